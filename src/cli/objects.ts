/** Reads git objects many at a time; one that is not here is told apart from one that is too large. */
import { GitFault, type Git } from './git.ts';

export interface GitObject {
  readonly type: string;
  readonly size: number;
  /** Null: larger than asked for. */
  readonly content: Buffer | null;
}

/** Where the objects of a batch that are missing end the command; more endings than this, and the rest counts as missing. */
const PATIENCE = 50;
const BATCH_BYTES = 32 * 1024 * 1024;

/** Objects by id, in the order asked; null: missing from this clone. */
export async function readObjects(git: Git, oids: readonly string[], cap: number): Promise<readonly (GitObject | null)[]> {
  const heads = await headers(git, oids);
  const wanted = [...new Set(oids.filter((_oid, index) => (heads[index]?.size ?? Infinity) <= cap))];
  const sizes = new Map(oids.map((oid, index) => [oid, heads[index]?.size ?? 0]));
  const contents = new Map<string, Buffer>();
  for (const part of parts(wanted, sizes)) {
    const { stdout } = await git(['cat-file', '--batch'], { input: lines(part), cap: Math.max(cap, BATCH_BYTES) + BATCH_BYTES });
    readBatch(stdout, contents);
  }
  return oids.map((oid, index) => {
    const head = heads[index];
    if (!head) return null;
    if (head.size > cap) return { ...head, content: null };
    const content = contents.get(oid);
    return content ? { ...head, content } : null;
  });
}

interface Head {
  readonly type: string;
  readonly size: number;
}

/**
 * Type and size of each object. In a partial clone, git before 2.45 ends at the first object that it may not fetch:
 * that one is missing, and the rest is asked anew.
 */
async function headers(git: Git, oids: readonly string[]): Promise<readonly (Head | null)[]> {
  const heads: (Head | null)[] = [];
  for (let tries = 0; heads.length < oids.length && tries < PATIENCE; tries += 1) {
    const rest = oids.slice(heads.length);
    const { status, stdout } = await git(['cat-file', '--batch-check'], { input: lines(rest), expect: [0, 128] });
    const answers = stdout.toString('latin1').split('\n').slice(0, -1);
    heads.push(...answers.map(readHead));
    if (status !== 0 && heads.length < oids.length) heads.push(null);
  }
  return oids.map((_oid, index) => heads[index] ?? null);
}

function readHead(line: string): Head | null {
  const match = /^[0-9a-f]+ ([a-z]+) (\d+)$/.exec(line);
  return match ? { type: match[1] ?? '', size: Number(match[2]) } : null;
}

/** Fills `contents` from the output of `cat-file --batch`: a header line, that many bytes, a line feed. */
function readBatch(output: Buffer, contents: Map<string, Buffer>): void {
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    if (end < 0) throw new GitFault('git cat-file ended in the middle of an answer');
    const line = output.toString('latin1', at, end);
    const head = readHead(line);
    at = end + 1;
    if (!head) continue;
    contents.set(line.slice(0, line.indexOf(' ')), output.subarray(at, at + head.size));
    at += head.size + 1;
  }
}

/** Groups of ids whose contents fit one answer. */
function parts(oids: readonly string[], sizes: ReadonlyMap<string, number>): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let room = 0;
  for (const oid of oids) {
    // 128: the header line of each answer.
    const size = (sizes.get(oid) ?? 0) + 128;
    if (groups.length === 0 || size > room) {
      groups.push([]);
      room = BATCH_BYTES;
    }
    groups.at(-1)?.push(oid);
    room -= size;
  }
  return groups;
}

const lines = (oids: readonly string[]): string => oids.map((oid) => `${oid}\n`).join('');
