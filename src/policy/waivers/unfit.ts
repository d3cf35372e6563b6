/** What keeps a file from being read as a waiver at all: it is no file, has no name for one, or is too large. */
import type { PolicyFile, Problem } from '../policy.ts';
import { quoted } from '../problem.ts';
import { A_FOLDER, NOT_A_FILE } from './waiver.ts';

/** A waiver larger than this is no waiver. */
const MAX_BYTES = 16 * 1024;

type Words = Pick<Problem, 'message' | 'hint'>;

/** All of it; empty: its text can be read. Of a folder there is a notice only, for it stands in nobody's way. */
export function unfitness({ source, text }: PolicyFile): readonly Problem[] {
  const at = { source, line: 1, column: 1, path: '' } as const;
  if (text === A_FOLDER) return [{ ...at, severity: 'notice', ...folder(source) }];
  const found =
    text === NOT_A_FILE ? [noFile(source)] : [...(waiverId(source) === null ? [misnamed(source)] : []), ...tooLarge(text)];
  return found.map((one): Problem => ({ ...at, severity: 'error', ...one }));
}

/** The id of a waiver by the name of its file; null: it is none that a waiver can have. */
export function waiverId(source: string): string | null {
  const [, id = null] = /[/:]([A-Za-z0-9._-]{1,100})\.ya?ml$/.exec(source) ?? [];
  return id;
}

function folder(source: string): Words {
  const message = `${quoted(nameIn(source))} is a folder, and waivers lie directly in this one: nothing in it is read.`;
  const hint = 'Move its files up, or keep it for something else.';
  return { message, hint };
}

function noFile(source: string): Words {
  const message = `${quoted(nameIn(source))} is a link or a submodule, and a waiver is a file of its own.`;
  const hint = 'Put each waiver right into this folder, as a file with its own text.';
  return { message, hint };
}

function nameIn(source: string): string {
  return source.slice(source.lastIndexOf('/') + 1);
}

function misnamed(source: string): Words {
  const message = `The name ${quoted(nameIn(source))} is none for a waiver.`;
  const hint = 'Name it with letters, digits, dots, dashes and underscores, at most 100, and end it in ".yml".';
  return { message, hint };
}

function tooLarge(text: string): readonly Words[] {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_BYTES) return [];
  const message = `The file is ${Math.ceil(bytes / 1024)} KiB; a waiver has at most ${MAX_BYTES / 1024} KiB.`;
  return [{ message, hint: 'Keep the reason short, and link to the rest as "discussion".' }];
}
