/** Where answers come from: GitHub, a git checkout, or a literal in a test. Every method is asked at most once an evaluation. */
import type { Answer } from './answer.ts';
import type { Detection } from './license/detection.ts';
import type { Package, PackageLicense } from './packages/package.ts';

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
  /** Those that `Co-authored-by` trailers name, with the account GitHub links to each address; null where it links none. */
  readonly coAuthors: readonly LinkedPerson[];
  /** Git id of the whole tree: equal trees have equal files. */
  readonly tree: string;
  /** When it was committed; ISO 8601. Anybody can write any time into a commit. */
  readonly committedAt: string;
}

export interface LinkedPerson extends Person {
  readonly account: Account | null;
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

/** One file of a whole tree; `path` from the root. */
export interface TreeFile {
  readonly path: string;
  readonly kind: 'file' | 'symlink' | 'submodule';
  /** Git object id. */
  readonly oid: string;
}

/** A package that a contribution adds, as GitHub's dependency graph sees it. */
export interface GraphedPackage {
  /** Package URL, with the version. */
  readonly packageUrl: string;
  /** The manifest that names it, from the root. */
  readonly manifest: string;
  readonly usage: 'runtime' | 'development';
  /** As GitHub states it; null: GitHub knows none. */
  readonly license: string | null;
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
  /** When it was opened; ISO 8601. Null in a checkout. */
  readonly createdAt: string | null;
  /** Its author has not contributed to the repository before; left out: not known. */
  readonly isFirst?: boolean;
}

/** Whether an account belongs to a group: `members` (of the owner), `collaborators`, `team:SLUG`, `organization:LOGIN`. */
export interface Membership {
  readonly accountId: number;
  readonly group: string;
  /** Null: it could not be told. */
  readonly belongs: boolean | null;
}

/** A sentence that certifies a person's own commits of a contribution, as it was said in a comment. */
export interface Statement {
  readonly accountId: number;
  readonly login: string;
  /** ISO 8601. */
  readonly at: string;
  readonly commentId: number;
  /** SHA-256 of the whole comment as it was written; the text itself is kept by the store. */
  readonly digest: string;
  /** The commits that the contribution had, and that were judged, when it was said. */
  readonly seen: readonly string[];
}

/** An agreement as a policy names it. */
export interface AgreementName {
  /** The policy's own name for it. */
  readonly id: string;
  readonly version: string;
  /** `https://…`, or `OWNER/REPO:PATH[@REF]`. */
  readonly text: string;
}

/** The text of a version of an agreement, as it was first read: a version never changes its text. */
export interface AgreementText {
  readonly id: string;
  readonly version: string;
  /** SHA-256 of the text in UTF-8. */
  readonly digest: string;
  /** Where people read and sign it; null or left out: Steward has no page that they can reach. */
  readonly page?: string | null;
}

/** A signature of an agreement by one account. */
export interface AgreementSignature {
  readonly agreement: string;
  /** The version that was signed. */
  readonly version: string;
  readonly accountId: number;
  /** ISO 8601. */
  readonly at: string;
  /** When it was revoked; null: it holds. */
  readonly until: string | null;
}

/** A span of time in which a company covers somebody; ISO 8601, null: it has not ended. */
export interface Span {
  readonly from: string;
  readonly until: string | null;
}

/** A company that signed a version of a corporate agreement, and whom it covers. Signing another version is another record. */
export interface Company extends Span {
  readonly id: string;
  readonly name: string;
  readonly agreement: string;
  readonly version: string;
  /** Of the accounts that were asked about. A span that the end of the company cut off ends with it. */
  readonly accounts: readonly (Span & { readonly accountId: number })[];
  /** Verified domains, lower-case: whole ones, no patterns. */
  readonly domains: readonly (Span & { readonly domain: string })[];
  /** GitHub organizations, lower-case logins. */
  readonly organizations: readonly (Span & { readonly login: string })[];
}

/** What the register of signatures holds on some accounts. */
export interface Register {
  readonly signatures: readonly AgreementSignature[];
  /** Every company that signed one of the agreements. */
  readonly companies: readonly Company[];
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
  /** Left out where GitHub did not tell, as the four below. */
  readonly visibility?: 'public' | 'private' | 'internal';
  readonly topics?: readonly string[];
  /** The main language, by GitHub's name; null: it has none. */
  readonly language?: string | null;
  /** ISO 8601. */
  readonly createdAt?: string;
}

/**
 * Which tree is meant: the contribution's head (or a repository's default branch), the tip of the base branch,
 * or the organization's public `.github` repository, whose files GitHub shows wherever a repository has none.
 */
export type Tree = 'head' | 'base' | 'defaults';

/** What is read of the subject itself: from GitHub, or from a clone. */
export interface Observed {
  repository(): Promise<Answer<Repository>>;
  /** GitHub custom properties of the repository, by name. Costs a call: asked only where a policy tells repositories apart by them. */
  properties(): Promise<Answer<Readonly<Record<string, string | readonly string[]>>>>;
  contribution(): Promise<Answer<Contribution>>;
  /** Every commit of the contribution, oldest first, or unknown: never a part of them. */
  commits(): Promise<Answer<readonly Commit[]>>;
  /** Every changed file of the contribution against its merge base, or unknown. */
  changes(): Promise<Answer<readonly Change[]>>;
  /** Where renamed files came from; asked only when a rename could matter, because GitHub charges an extra call. */
  renames(): Promise<Answer<readonly Rename[]>>;
  /** The entries of a directory (`''` is the root); null when the tree has no such directory. */
  directory(tree: Tree, path: string): Promise<Answer<readonly Entry[] | null>>;
  /** The text of a blob; unknown when it is not text, or larger than `largest` bytes (1 MiB when left out). */
  text(tree: Tree, oid: string, largest?: number): Promise<Answer<string>>;
  /** Every file of the judged tree, or of the base; unknown when they are not told all. Costs a call: repositories ask it, contributions do not. */
  files(tree: 'head' | 'base'): Promise<Answer<readonly TreeFile[]>>;
  /** What the contribution adds to GitHub's dependency graph; null: GitHub keeps none here. */
  graphed(): Promise<Answer<readonly GraphedPackage[] | null>>;
  /** `.mailmap` at the root of the base branch; null: there is none. */
  mailmap(): Promise<Answer<string | null>>;
  /** Which of the groups each account belongs to; one entry for each pair. */
  memberships(accounts: readonly Account[], groups: readonly string[]): Promise<Answer<readonly Membership[]>>;
  /** Every commit on the default branch committed since a time (ISO 8601), newest first, or unknown: never a part of them. */
  history(since: string): Promise<Answer<readonly Commit[]>>;
}

/** What Steward itself remembers; answers come from its store, never from GitHub. */
export interface Remembered {
  /** The time of the evaluation; ISO 8601. */
  now(): Promise<Answer<string>>;
  /** Sentences that certify commits of this contribution, oldest first. */
  statements(): Promise<Answer<readonly Statement[]>>;
  /** Those of the commits that were accepted when they were merged, elsewhere by the same options. */
  certified(shas: readonly string[], options: string): Promise<Answer<readonly string[]>>;
  /** The text of each agreement, in the order asked; unknown when one cannot be read and was never read before. */
  agreements(names: readonly AgreementName[]): Promise<Answer<readonly AgreementText[]>>;
  /** Signatures by these accounts, and the companies that signed, of the agreements with these ids. */
  register(agreements: readonly string[], accountIds: readonly number[]): Promise<Answer<Register>>;
}

/** What is known of licenses beside the subject: the texts of licenses, and the metadata of packages. */
export interface Informed {
  /** What a text says about its license. `oid` is the git id that names it: equal ids are read once. */
  detect(oid: string, text: string): Promise<Answer<Detection>>;
  /**
   * What is known of the license of each package, in the order asked. `mayAsk` false: what is kept already, and nobody is
   * asked; so names that are known from a private repository alone stay there.
   */
  packageLicenses(packages: readonly Package[], mayAsk: boolean): Promise<readonly Answer<PackageLicense>[]>;
}

/** Everything that questions can be put to. */
export interface Source extends Observed, Remembered, Informed {}
