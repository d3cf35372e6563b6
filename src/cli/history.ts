/** What a branch adds to its base, read from a clone: commits, changed files, renames. Complete, or unknown. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Change, Commit, Rename } from '../facts/source.ts';
import { readCommit } from './commit.ts';
import { GitFault, type Git } from './git.ts';
import { readObjects } from './objects.ts';

/** Two commits: what is judged lies on `head` and not on `base`. */
export interface Range {
  readonly base: string;
  readonly head: string;
  readonly isShallow: boolean;
}

export interface Diff {
  readonly changes: readonly Change[];
  readonly renames: readonly Rename[];
}

const MAX_COMMITS = 20_000;
const MAX_COMMIT_BYTES = 1024 * 1024;
const CUT = 'this clone is shallow and its history is cut off within the commits; run `git fetch --unshallow`';

/** The commits of a range, oldest first, parents before children. */
export async function readCommits(git: Git, range: Range): Promise<Answer<readonly Commit[]>> {
  const rows = await listed(git, ['--topo-order', '--reverse', range.head, `^${range.base}`]);
  if (rows.length > MAX_COMMITS) return unknown(`there are more than ${MAX_COMMITS} commits since the base; choose a nearer one`);
  const commits = await contents(git, rows);
  if (!commits.known || !range.isShallow) return commits;
  return (await isCut(git, range, rows, commits.value)) ? unknown(CUT) : commits;
}

/** Every commit since a time that a head reaches, newest first, as `git log --since` walks. */
export async function readHistory(
  git: Git,
  { head, isShallow }: Pick<Range, 'head' | 'isShallow'>,
  since: string,
): Promise<Answer<readonly Commit[]>> {
  const rows = await listed(git, [`--since=${since}`, head]);
  if (rows.length > MAX_COMMITS) {
    return unknown(`there are more than ${MAX_COMMITS} commits since ${since.slice(0, 10)}; move the date forward`);
  }
  const commits = await contents(git, rows);
  return commits.known && isShallow && isCutWithin(rows, commits.value) ? unknown(CUT) : commits;
}

type Rows = readonly (readonly string[])[];

/** Commits and their parents, as git walks them. */
async function listed(git: Git, walk: readonly string[]): Promise<Rows> {
  const args = ['rev-list', '--parents', `--max-count=${MAX_COMMITS + 1}`, ...walk];
  return lines(await git(args)).map((line) => line.split(' '));
}

async function contents(git: Git, rows: Rows): Promise<Answer<readonly Commit[]>> {
  const shas = rows.map(([sha = '']) => sha);
  const objects = await readObjects(git, shas, MAX_COMMIT_BYTES);
  const commits: Commit[] = [];
  for (const [index, object] of objects.entries()) {
    const sha = shas[index] ?? '';
    if (!object) return unknown(`commit ${sha} is missing from this clone`);
    if (!object.content) return unknown(`commit ${sha} is larger than 1 MiB`);
    commits.push(readCommit(sha, object.content));
  }
  return known(commits);
}

/** Git walks a shallow clone as if the parents beyond the cut did not exist, while the commits themselves still name them. */
function isCutWithin(rows: Rows, commits: readonly Commit[]): boolean {
  return commits.some((commit, index) => commit.parents.join() !== rows[index]?.slice(1).join());
}

/** Whether a shallow clone hides commits that belong to the range, or hides that commits of it are the base's too. */
async function isCut(git: Git, range: Range, rows: Rows, commits: readonly Commit[]): Promise<boolean> {
  if (isCutWithin(rows, commits)) return true;
  const bases = await mergeBases(git, range);
  if (bases.length === 0) return true;
  const roots = lines(await git(['rev-list', '--max-parents=0', range.base, ...bases.map((base) => `^${base}`)]));
  return roots.length > 0;
}

/** What changed between the merge base and the head, as a pull request shows it. */
export async function readDiff(git: Git, range: Range): Promise<Answer<Diff>> {
  const [base] = await mergeBases(git, range);
  if (!base) return unknown(range.isShallow ? CUT : 'the base and HEAD share no history, so nothing can be compared');
  return known(await diffBetween(git, base, range.head));
}

/** What changed between two commits. */
export async function diffBetween(git: Git, base: string, head: string): Promise<Diff> {
  const rows = await diffTree(git, base, head);
  return { changes: rows.map(({ change }) => change), renames: renamesOf(rows) };
}

/** The first one is what a pull request is compared with. */
async function mergeBases(git: Git, { base, head }: Range): Promise<readonly string[]> {
  const { stdout } = await git(['merge-base', '--all', base, head], { expect: [0, 1] });
  return lines({ stdout });
}

interface Row {
  readonly change: Change;
  readonly from: string | null;
}

const STATUS: Readonly<Record<string, Change['status']>> = {
  A: 'added',
  C: 'copied',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
};

async function diffTree(git: Git, base: string, head: string): Promise<readonly Row[]> {
  try {
    return rowsOf(await git([...DIFF, '-M', base, head]));
  } catch (error) {
    if (!(error instanceof GitFault)) throw error;
    // Without the contents (a partial clone) git only knows unchanged files under their new names; others are removed and added.
    return rowsOf(await git([...DIFF, '-M100%', base, head]));
  }
}

const DIFF = ['diff-tree', '-r', '-z', '--name-status', '--no-ext-diff', '--no-textconv'];

function rowsOf({ stdout }: { readonly stdout: Buffer }): readonly Row[] {
  const fields = stdout.toString('utf8').split('\0').slice(0, -1);
  const rows: Row[] = [];
  for (let at = 0; at < fields.length;) {
    const letter = fields[at]?.[0] ?? '';
    const hasOrigin = letter === 'R' || letter === 'C';
    const path = fields[at + (hasOrigin ? 2 : 1)] ?? '';
    rows.push({ change: { path, status: STATUS[letter] ?? 'changed' }, from: hasOrigin ? (fields[at + 1] ?? '') : null });
    at += hasOrigin ? 3 : 2;
  }
  return rows;
}

function renamesOf(rows: readonly Row[]): readonly Rename[] {
  return rows.flatMap(({ change, from }) => (change.status === 'renamed' && from !== null ? [{ from, to: change.path }] : []));
}

function lines({ stdout }: { readonly stdout: Buffer }): readonly string[] {
  return stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
}
