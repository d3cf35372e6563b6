/** Policy test files and recorded facts on disk. */
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Facts } from '../../facts/fact.ts';
import { visible } from '../../facts/words.ts';
import { MAX_BYTES } from '../../policy/yaml.ts';
import { MAX_FILES } from '../../verdict/policy-test.ts';
import type { Bench, TestFile } from '../../verdict/policy-test-bench.ts';
import { linesOf } from '../lines.ts';
import { UsageError } from '../repository.ts';
import { factsLine } from '../schemas.ts';

const MAX_LINE = 64 * 1024 * 1024;

/** Every `*.test.yml` in the folder of a policy and the folders below it, in order; links and hidden folders are not followed. */
export async function testFilesBelow(policy: string): Promise<readonly string[]> {
  const folder = dirname(policy);
  const waiting = [folder];
  const found: string[] = [];
  for (let next = waiting.shift(); next !== undefined && found.length <= MAX_FILES; next = waiting.shift()) {
    for (const entry of (await readdir(next, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isFile() && entry.name.endsWith('.test.yml')) found.push(join(next, entry.name));
      if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
        waiting.push(join(next, entry.name));
    }
  }
  return found;
}

/** A test file; one that is too large is not read, and refused by its size. Throws `UsageError` when it cannot be read. */
export async function testFileAt(path: string): Promise<TestFile> {
  try {
    const { size } = await stat(path);
    return { source: path, text: size > MAX_BYTES ? ' '.repeat(MAX_BYTES + 1) : await readFile(path, 'utf8') };
  } catch (error) {
    throw new UsageError(`The policy test file ${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
  }
}

/** Recorded facts: files of `steward check --format facts`, named relative to the test file. Each is read once. */
export function recordedIn(): Bench['recorded'] {
  const read = new Map<string, Promise<Facts>>();
  return async (name, source) => {
    if (!/^\.{1,2}\//.test(name)) {
      throw new UsageError(
        `The command line has no stored facts of repositories, so "${visible(name)}" cannot be judged here. Record them with "steward check --format facts > facts.jsonl", and write "recorded: ./facts.jsonl".`,
      );
    }
    const path = resolve(dirname(source), name.replaceAll('/', sep));
    const facts = read.get(path) ?? factsIn(path, name);
    read.set(path, facts);
    return facts;
  };
}

async function factsIn(path: string, name: string): Promise<Facts> {
  const unusable = (reason: string, cause?: unknown): UsageError =>
    new UsageError(`The recorded facts in "${visible(name)}" cannot be used: ${reason}.`, { cause });
  let facts: Facts | null = null;
  try {
    for await (const line of linesOf(createReadStream(path), MAX_LINE)) {
      if (facts) throw unusable('it has more than one line; a test judges the facts of one');
      if (line.text === null) throw unusable(line.problem ?? 'the line cannot be read');
      facts = new Map(Object.entries(factsLine.parse(JSON.parse(line.text)).facts));
    }
  } catch (error) {
    throw error instanceof UsageError ? error : unusable(reasonOf(error), error);
  }
  if (!facts) throw unusable('it is empty');
  return facts;
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  return code ?? 'it is not what "steward check --format facts" writes';
}
