/** What options of the command line can be, and the words of their help. */
import { InvalidArgumentError } from 'commander';
import { nearest } from '../policy/problem.ts';
import { EXIT_HELP } from './console.ts';

/** Told what a command amounts to. */
export type Done = (code: number) => void;

/** The help of `--format`. */
export function formatHelp(formats: readonly string[]): string {
  return `how to print it: ${formats.join(', ')}`;
}

/** An argument that is one of a few words; a near miss is named. */
export function oneOf<T extends string>(words: readonly T[]): (word: string) => T {
  return (word) => {
    const found = words.find((one) => one === word);
    if (found !== undefined) return found;
    const near = nearest(word, words);
    throw new InvalidArgumentError(`${near === null ? '' : `Did you mean ${near}? `}Allowed: ${words.join(', ')}.`);
  };
}

/** A whole number, 1 or more. */
export function positive(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It is a whole number, 1 or more.');
  return Number(text);
}

/** The number of a port; 0 is any free one. */
export function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('It is a number from 0 to 65535.');
  return Number(text);
}

/** Examples and exit codes, below the help of a command. */
export function help(...lines: readonly string[]): string {
  return `\n${examples(...lines)}\n${EXIT_HELP}`;
}

/** Example command lines. */
export function examples(...lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  $ ${line}\n`).join('')}`;
}
