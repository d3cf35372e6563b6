/** Git that remembers objects: what is asked of many commits is mostly the same files, and starting git costs more than reading. */
import type { Git } from '../git.ts';
import { listing } from './git-trees.ts';
import { ObjectShelf, type KeptObject } from './object-shelf.ts';

/** A larger object is read each time. */
const LARGEST = 1024 * 1024;

export interface KeptGit {
  readonly git: Git;
  /** Reads objects together that are about to be asked for, by id or by a name such as `COMMIT^{tree}`. */
  readonly prefetch: (names: readonly string[]) => Promise<void>;
}

/** Answers `cat-file --batch…` and `ls-tree` from what it remembers; everything else, and what it does not remember, asks git. */
export function keptGit(git: Git): KeptGit {
  const shelf = new ObjectShelf();
  const prefetch = async (names: readonly string[]): Promise<void> => {
    const missing = [...new Set(names)].filter((name) => !shelf.has(name));
    if (missing.length > 0) await fetchInto(shelf, git, missing);
  };
  return {
    prefetch,
    git: async (args, running) => {
      const answer = await answered(args, running?.input ?? '', { shelf, prefetch });
      return answer === null ? git(args, running) : { status: 0, stdout: answer, stderr: '' };
    },
  };
}

type Sources = Pick<KeptGit, 'prefetch'> & { readonly shelf: ObjectShelf };

/** What git would print; null: it has to be asked. */
async function answered(args: readonly string[], input: string, { shelf, prefetch }: Sources): Promise<Buffer | null> {
  const [command, ...rest] = args;
  if (command === 'ls-tree') return listing(rest, shelf, prefetch);
  const mode = command === 'cat-file' ? rest.join(' ') : '';
  if (mode !== '--batch' && mode !== '--batch-check') return null;
  const names = input.split('\n').slice(0, -1);
  await prefetch(names);
  const objects = names.map((name) => shelf.get(name));
  if (!objects.every((one) => one !== undefined)) return null;
  return Buffer.concat(objects.flatMap((one) => (mode === '--batch' ? [header(one), one.content, LINE_FEED] : [header(one)])));
}

const LINE_FEED = Buffer.from('\n');

function header({ oid, type, content }: KeptObject): Buffer {
  return Buffer.from(`${oid} ${type} ${content.length}\n`);
}

/** Reads what is not too large. What is missing is left out, and whoever asks for it asks git. */
async function fetchInto(shelf: ObjectShelf, git: Git, names: readonly string[]): Promise<void> {
  const input = (some: readonly string[]): string => some.map((name) => `${name}\n`).join('');
  const { status, stdout } = await git(['cat-file', '--batch-check'], { input: input(names), expect: [0, 128] });
  if (status !== 0) return;
  const heads = stdout.toString('latin1').split('\n');
  const small = names.filter((_name, index) => Number(/ (\d+)$/.exec(heads[index] ?? '')?.[1] ?? Infinity) <= LARGEST);
  for (const some of portions(small))
    read(shelf, some, (await git(['cat-file', '--batch'], { input: input(some), cap: 2 * PART * LARGEST })).stdout);
}

/** Objects read at once: at most this many times the largest. */
const PART = 64;

function portions(names: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(names.length / PART) }, (_, index) => names.slice(index * PART, (index + 1) * PART));
}

function read(shelf: ObjectShelf, names: readonly string[], output: Buffer): void {
  let at = 0;
  for (const name of names) {
    const end = output.indexOf(10, at);
    const [, oid, type, size] = /^([0-9a-f]+) ([a-z]+) (\d+)$/.exec(output.toString('latin1', at, end)) ?? [];
    if (oid === undefined || type === undefined) return;
    const from = end + 1;
    at = from + Number(size) + 1;
    // A copy, so that one small object does not keep the whole answer.
    shelf.put(name, { oid, type, content: Buffer.from(output.subarray(from, at - 1)) });
  }
}
