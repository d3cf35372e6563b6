/** The pull requests that the default branch of a clone took, told from its own history. */
import { visible } from '../../facts/words.ts';
import type { Git } from '../git.ts';
import { commitAt, UsageError, type Located } from '../repository.ts';

/** A pull request as the history of the branch that took it tells of it. */
export interface Merged {
  /** The commit on the branch. */
  readonly sha: string;
  /** Null: the commit does not say. */
  readonly number: number | null;
  /** Name of the author of the contribution, by the mail map of the clone. */
  readonly author: string;
  /** When the branch took it, by the committer's clock; ISO 8601. */
  readonly at: string;
  /** What the branch was before. */
  readonly base: string;
  /** The last commits of what was merged; a squash is its own head. */
  readonly heads: readonly string[];
}

export interface Looked {
  readonly merged: readonly Merged[];
  /** Commits that no pull request is known to have brought. */
  readonly direct: number;
}

export interface Branch {
  readonly name: string;
  readonly sha: string;
}

const FORMAT = '%H%x00%P%x00%cI%x00%aN%x00%s';
/** A history of more merges than this in one look is cut, and that is an error. */
const MOST = 20_000;

/** The default branch of the repository as its clone knows it, else the branch that HEAD is on; null: no commit yet. */
export async function defaultBranch({ git, branch, headSha }: Located): Promise<Branch | null> {
  const { stdout } = await git(['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'], { expect: [0, 1] });
  const remote = stdout.toString('utf8').trim();
  const sha = remote === '' ? null : await commitAt(git, remote);
  if (sha !== null) return { name: remote.replace(/^refs\/remotes\/origin\//, ''), sha };
  return headSha === null ? null : { name: branch ?? 'HEAD', sha: headSha };
}

/** What the branch took since a moment (ISO 8601), newest first. Throws `UsageError` where the clone does not reach back so far. */
export async function mergedSince({ git, isShallow }: Located, { sha }: Branch, since: string): Promise<Looked> {
  const walk = ['--first-parent', `--since=${since}`, `--max-count=${MOST + 1}`, '-z', `--format=${FORMAT}`];
  const rows = fields(await git(['log', '--no-show-signature', ...walk, sha]));
  if (rows.length > MOST) throw new UsageError(`There are more than ${MOST} commits since ${since}. Give a later --since.`);
  const last = rows.at(-1);
  if (isShallow && (last === undefined || (await isCut(git, last[0] ?? '')))) {
    throw new UsageError(
      `The clone is shallow and does not reach back to ${since}. \`git fetch --unshallow\` brings its whole history; or give a later --since.`,
    );
  }
  const merged = rows.map(([one = '', parents = '', at = '', author = '', subject = '']) =>
    pullOf({ sha: one, parents: parents.split(' ').filter((parent) => parent !== ''), at, author, subject }),
  );
  const named = await withAuthors(
    git,
    merged.filter((one) => one !== null),
  );
  return { merged: named, direct: merged.length - named.length };
}

/** Git shows no parents beyond the cut, while the commit itself names them. */
async function isCut(git: Git, sha: string): Promise<boolean> {
  const { stdout } = await git(['cat-file', 'commit', sha]);
  const header = stdout.toString('latin1').split('\n\n')[0] ?? '';
  const shown =
    (await git(['rev-list', '--parents', '--max-count=1', sha])).stdout.toString('latin1').trim().split(' ').length - 1;
  return header.split('\n').filter((line) => line.startsWith('parent ')).length > shown;
}

interface Row {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly at: string;
  readonly author: string;
  readonly subject: string;
}

/** A merge is a pull request; so is a commit whose subject ends as GitHub ends that of a squash. Null: neither. */
function pullOf({ sha, parents, at, author, subject }: Row): Merged | null {
  const [base, ...heads] = parents;
  if (base === undefined) return null;
  const common = { sha, author: nameOf(author), at: new Date(at).toISOString(), base };
  if (heads.length > 0) return { ...common, number: numberIn(/#(\d{1,9})\b/.exec(subject)), heads };
  const number = numberIn(/\(#(\d{1,9})\)$/.exec(subject.trimEnd()));
  return number === null ? null : { ...common, number, heads: [sha] };
}

function numberIn(match: RegExpExecArray | null): number | null {
  return match ? Number(match[1]) : null;
}

/** Whose pull request a merge is, is told by the last commit of what was merged, not by who pressed the button. */
async function withAuthors(git: Git, merged: readonly Merged[]): Promise<readonly Merged[]> {
  const wanted = merged.flatMap(({ sha, heads }) => (heads[0] !== undefined && heads[0] !== sha ? [heads[0]] : []));
  if (wanted.length === 0) return merged;
  const walk = ['--no-walk=unsorted', '--stdin', '-z', '--format=%H%x00%aN'];
  const rows = fields(await git(['log', '--no-show-signature', ...walk], { input: wanted.map((sha) => `${sha}\n`).join('') }), 2);
  const names = new Map(rows.map(([sha = '', name = '']) => [sha, nameOf(name)]));
  return merged.map((one) => ({ ...one, author: names.get(one.heads[0] ?? '') ?? one.author }));
}

function fields({ stdout }: { readonly stdout: Buffer }, size = 5): readonly (readonly string[])[] {
  const all = stdout.toString('utf8').split('\0');
  return Array.from({ length: Math.floor(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}

/** What people call a pull request. */
export function nameOfPull({ number, sha }: Pick<Merged, 'number' | 'sha'>): string {
  return number === null ? `merge ${sha.slice(0, 7)}` : `#${number}`;
}

/** A name without what could be an address: some people write theirs in its place. */
export function nameOf(author: string): string {
  const name = visible(author.replace(/\s*[<(]?[^\s<>()]+@[^\s<>()]+[>)]?/g, '').trim()).slice(0, 100);
  return name === '' ? 'somebody without a name' : name;
}
