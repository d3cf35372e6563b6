/** Where answers come from: GitHub, a git checkout, or a literal in a test. Every method is asked at most once an evaluation. */
import type { Answer } from './answer.ts';

/** A person as git writes one. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/** The GitHub account that an author or committer address is linked to. */
export interface Account {
  /** Lower-cased login, with `[bot]` where GitHub shows it. */
  readonly login: string;
  /** Numeric account id: the only identity that survives a rename. */
  readonly id: number;
  readonly kind: 'User' | 'Bot' | 'Organization';
}

export interface Signature {
  /** Verified by GitHub; null: whoever looks cannot verify it, as in a clone. */
  readonly isVerified: boolean | null;
  /** Signed by GitHub's own key (web editor, merge button, an App's API commit). */
  readonly byGitHub: boolean;
}

export interface Commit {
  readonly sha: string;
  /** The whole message as stored, with LF or CRLF as it came. */
  readonly message: string;
  readonly author: Person;
  readonly committer: Person;
  /** Null: the address belongs to no account, or the source does not know accounts. */
  readonly authorAccount: Account | null;
  readonly committerAccount: Account | null;
  readonly parents: readonly string[];
  /** Null: the commit is not signed. */
  readonly signature: Signature | null;
}

/** What a contribution does to one file, as GitHub names it. */
export interface Change {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed' | 'copied' | 'changed';
}

export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** One entry of a directory. */
export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'submodule';
  /** Git object id. */
  readonly oid: string;
}

/** A contribution: a pull request, or in a checkout the commits since a base. */
export interface Contribution {
  /** Null in a checkout. */
  readonly number: number | null;
  readonly title: string;
  readonly url: string | null;
  readonly state: 'open' | 'closed' | 'merged';
  readonly isDraft: boolean;
  readonly headSha: string;
  readonly headRef: string;
  /** False when the head lives in another repository (a fork). */
  readonly isFromSameRepository: boolean;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly author: Account | null;
}

export interface Repository {
  readonly owner: string;
  readonly name: string;
  readonly url: string | null;
  readonly description: string | null;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isFork: boolean;
  readonly hasIssues: boolean;
  /** Null: the repository has no commit yet. */
  readonly defaultBranch: string | null;
  /** The commit judged when the repository itself is the subject; null: no commit yet. */
  readonly headSha: string | null;
  /** False in a clone, which does not know what GitHub alone tells: description, visibility, issues. */
  readonly isFromGitHub?: boolean;
}

/**
 * Which tree is meant: the contribution's head (or a repository's default branch), the tip of the base branch,
 * or the organization's public `.github` repository, whose files GitHub shows wherever a repository has none.
 */
export type Tree = 'head' | 'base' | 'defaults';

export interface Source {
  repository(): Promise<Answer<Repository>>;
  contribution(): Promise<Answer<Contribution>>;
  /** Every commit of the contribution, oldest first, or unknown: never a part of them. */
  commits(): Promise<Answer<readonly Commit[]>>;
  /** Every changed file of the contribution against its merge base, or unknown. */
  changes(): Promise<Answer<readonly Change[]>>;
  /** Where renamed files came from; asked only when a rename could matter, because GitHub charges an extra call. */
  renames(): Promise<Answer<readonly Rename[]>>;
  /** The entries of a directory (`''` is the root); null when the tree has no such directory. */
  directory(tree: Tree, path: string): Promise<Answer<readonly Entry[] | null>>;
  /** The text of a blob (at most 1 MiB); unknown when it is larger or not text. */
  text(tree: Tree, oid: string): Promise<Answer<string>>;
}
