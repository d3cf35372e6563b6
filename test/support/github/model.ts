/** What the world holds: accounts, repositories and everything in them, installations. Plain records, changed by the verbs. */
import type { Objects } from './git.ts';

export type Level = 'read' | 'write' | 'admin';
export type Permissions = Readonly<Record<string, Level>>;

export interface Account {
  readonly id: number;
  login: string;
  readonly type: 'User' | 'Organization' | 'Bot';
  name: string | null;
  /** The address that commits of this account carry. */
  email: string;
  /** Of an organization: logins of its members and their roles. */
  readonly members: Map<string, 'admin' | 'member'>;
  /** Of an organization: logins of members who show their membership to everybody. */
  readonly publicMembers: Set<string>;
  /** Of an organization: logins of a team's members, by the team's slug. */
  readonly teams: Map<string, Set<string>>;
}

/** What somebody may do in a repository; an organization's own roles build on one that GitHub gives. */
export type Role = Level | 'triage' | 'maintain' | { readonly name: string; readonly base: Level };

export interface Repository {
  readonly id: number;
  owner: Account;
  name: string;
  description: string | null;
  isPrivate: boolean;
  isArchived: boolean;
  hasIssues: boolean;
  readonly parent: Repository | null;
  defaultBranch: string;
  /** Branch name to commit id; empty for a repository without commits. */
  readonly branches: Map<string, string>;
  /** Shared with forks, as on GitHub. */
  readonly objects: Objects;
  readonly pulls: Map<number, PullRequest>;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  readonly checkSuites: Map<number, CheckSuite>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly collaborators: Map<string, Role>;
  /** On Enterprise Cloud: private to the enterprise instead of to the organization. */
  isInternal: boolean;
  topics: readonly string[];
  /** The main language by GitHub's name; null: it has none. */
  language: string | null;
  /** Custom properties that the organization set; null: declared, and without a value here. */
  readonly properties: Map<string, string | readonly string[] | null>;
  createdAt: string;
  pushedAt: string;
  lastNumber: number;
  /** Null: GitHub keeps no dependency graph here, as on private repositories without Advanced Security. */
  graph: DependencyGraph | null;
}

/** What GitHub's dependency graph tells. */
export interface DependencyGraph {
  /** By the commit that is compared with another: what it changes. */
  readonly changes: Map<string, readonly PackageChange[]>;
  /** What GitHub says is missing of it. */
  warnings: string | null;
}

/** A package that a commit adds or removes. */
export interface PackageChange {
  readonly change_type: 'added' | 'removed';
  readonly manifest: string;
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly package_url: string | null;
  readonly license: string | null;
  readonly scope: 'unknown' | 'runtime' | 'development';
}

export interface PullRequest {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly author: Account;
  state: 'open' | 'closed';
  mergedAt: string | null;
  /** The commit that the merge made, or the last of those it copied. */
  mergeCommitSha: string | null;
  /** The commits that the merge put on the base. */
  mergedCommits: readonly string[];
  /** What GitHub says of an author who has no part in the repository yet; null: as people stand to it. */
  readonly association: 'FIRST_TIME_CONTRIBUTOR' | 'NONE' | null;
  readonly reviews: Review[];
  /** When its base was changed. */
  readonly retargeted: string[];
  isDraft: boolean;
  /** Null repository: the fork was deleted. */
  readonly head: { readonly repository: Repository | null; readonly ref: string; sha: string };
  readonly base: { ref: string; sha: string };
  readonly createdAt: string;
  updatedAt: string;
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';

/** What somebody said of a pull request at a commit. */
export interface Review {
  readonly id: number;
  readonly author: Account;
  state: ReviewState;
  /** The head at that time. */
  readonly sha: string;
  readonly submittedAt: string;
}

export type StateReason = 'completed' | 'not_planned' | 'reopened' | 'duplicate';

export interface Issue {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly author: Account;
  state: 'open' | 'closed';
  stateReason: StateReason | null;
  closedBy: Account | null;
  /** Every time it was closed, oldest first. */
  readonly closings: { readonly by: Account; readonly at: string; readonly reason: StateReason }[];
  readonly createdAt: string;
  updatedAt: string;
}

/** A comment on an issue or pull request. */
export interface Comment {
  readonly id: number;
  readonly number: number;
  body: string;
  readonly author: Account;
  readonly createdAt: string;
  updatedAt: string;
  /** Who reacted how: `login content`. */
  readonly reactions: Map<string, Reaction>;
}

export interface Reaction {
  readonly id: number;
  readonly by: Account;
  readonly content: string;
  readonly createdAt: string;
}

export interface CheckSuite {
  readonly id: number;
  readonly headSha: string;
  readonly appId: number;
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: string;
  readonly message: string;
  readonly title?: string;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  name: string;
  readonly headSha: string;
  status: string;
  conclusion: string | null;
  externalId: string | null;
  detailsUrl: string | null;
  startedAt: string | null;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: Annotation[];
  actions: readonly unknown[];
  /** How often it was written: 1 after its creation. */
  writes: number;
}

export interface Installation {
  readonly id: number;
  readonly account: Account;
  /** `all`, or the ids of the chosen repositories. */
  repositories: 'all' | Set<number>;
  permissions: Permissions;
  readonly createdAt: string;
  suspendedAt: string | null;
  isDeleted: boolean;
}

/** A token the world has handed out. */
export interface Token {
  readonly value: string;
  /** Null: a person's own token. */
  readonly installation: Installation | null;
  readonly person: Account | null;
  readonly permissions: Permissions;
  /** Null: all of the installation's. */
  readonly repositories: ReadonlySet<number> | null;
  expiresAt: string;
}

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  /** The account it acts as: `slug[bot]`. */
  readonly bot: Account;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly webhookSecret: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people may be sent back to after signing in; none: anywhere. */
  readonly callbackUrls: string[];
}

/** A webhook delivery as GitHub would send it. */
export interface Delivery {
  /** `X-GitHub-Delivery`. */
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly payload: Readonly<Record<string, unknown>>;
}
