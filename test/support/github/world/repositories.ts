/** Repositories and their commits: made, forked, pushed to, renamed, transferred, archived, deleted. */
import { emptyObjects } from '../git.ts';
import type { GitCommit } from '../git.ts';
import type { Account, Delivery, Repository } from '../model.ts';
import { WEB, account, fullName, pushedCommit } from '../shapes.ts';
import { Commits } from './commits.ts';
import type { Files, NewCommit } from './commits.ts';
import type { Outcome } from './state.ts';

export interface RepositoryOptions {
  readonly owner: Account | string;
  readonly name: string;
  /** Left out: a repository without commits. */
  readonly files?: Files;
  readonly isPrivate?: boolean;
  readonly isArchived?: boolean;
  readonly hasIssues?: boolean;
  readonly description?: string;
  readonly defaultBranch?: string;
  readonly isInternal?: boolean;
  readonly topics?: readonly string[];
  readonly language?: string;
  readonly properties?: Readonly<Record<string, string | readonly string[] | null>>;
  /** Left out: now. */
  readonly createdAt?: string;
}

export interface PushOptions {
  /** Who pushes; the first commit's author unless said. */
  readonly by?: Account | string;
  /** The commit to build on instead of the branch's tip (a force push); null starts a new history. */
  readonly onto?: string | null;
}

const NONE = '0'.repeat(40);

/** A branch that has just moved; `sha` null: it was deleted. */
export interface Moved {
  readonly repository: Repository;
  readonly branch: string;
  readonly sha: string | null;
  readonly by: Account;
}

export class Repositories extends Commits {
  /** What else a push sets off: pull requests and checks add theirs. */
  protected readonly afterPush: ((moved: Moved) => readonly Delivery[])[] = [];

  /** A repository as it stands; no delivery is sent for it. */
  repository(options: RepositoryOptions): Repository {
    const owner = this.accountOf(options.owner);
    const { topics = [], language = null, isInternal = false, properties = {}, createdAt, ...like } = options;
    const one = Object.assign(this.#store(owner, options.name, null, like), { topics, language, isInternal });
    if (createdAt !== undefined) one.createdAt = createdAt;
    for (const [name, value] of Object.entries(properties)) one.properties.set(name, value);
    if (options.files !== undefined) {
      const first = this.writeOn(one, null, { message: 'Initial commit', author: owner, files: options.files });
      one.branches.set(one.defaultBranch, first.oid);
    }
    return one;
  }

  /** A repository that is made now, which GitHub tells the App. */
  createRepository(options: RepositoryOptions, by?: Account | string): Outcome<{ readonly repository: Repository }> {
    const repository = this.repository(options);
    return { repository, deliveries: this.#tellRepository('created', repository, by) };
  }

  fork(parent: Repository, owner: Account | string, name = parent.name): Repository {
    const one = this.#store(this.accountOf(owner), name, parent, parent);
    for (const [branch, oid] of parent.branches) one.branches.set(branch, oid);
    return one;
  }

  #store(owner: Account, name: string, parent: Repository | null, like: Partial<Repository> | RepositoryOptions): Repository {
    if (this.find(owner.login, name)?.name.toLowerCase() === name.toLowerCase())
      throw new Error(`${owner.login}/${name} exists.`);
    const now = this.now();
    const one: Repository = {
      id: this.nextId(),
      owner,
      name,
      description: like.description ?? null,
      isPrivate: like.isPrivate ?? false,
      isArchived: parent === null && (like.isArchived ?? false),
      hasIssues: parent === null && (like.hasIssues ?? true),
      parent,
      defaultBranch: like.defaultBranch ?? 'main',
      branches: new Map(),
      objects: parent?.objects ?? emptyObjects(),
      pulls: new Map(),
      issues: new Map(),
      comments: new Map(),
      checkSuites: new Map(),
      checkRuns: new Map(),
      collaborators: new Map(),
      isInternal: false,
      topics: [],
      language: null,
      properties: new Map(),
      createdAt: now,
      pushedAt: now,
      lastNumber: 0,
      graph: like.isPrivate === true ? null : { changes: new Map(), warnings: null },
    };
    this.repositories.set(one.id, one);
    return one;
  }

  /** Commits on a branch (made from the default branch where it is new) and what GitHub sends for it. */
  push(
    one: Repository,
    branch: string,
    commits: NewCommit | readonly NewCommit[],
    options: PushOptions = {},
  ): Outcome<{ readonly sha: string }> {
    const before = one.branches.get(branch);
    const start = options.onto === undefined ? (before ?? one.branches.get(one.defaultBranch) ?? null) : options.onto;
    const list = (Array.isArray as (value: unknown) => value is readonly NewCommit[])(commits) ? commits : [commits];
    const made: GitCommit[] = [];
    for (const commit of list) made.push(this.writeOn(one, made.at(-1)?.oid ?? start, commit));
    const sha = made.at(-1)?.oid ?? start;
    if (sha === null) throw new Error('A push needs a commit.');
    const author = list[0]?.author;
    const by = this.accountOf(options.by ?? (typeof author === 'object' && 'login' in author ? author : one.owner));
    return { sha, deliveries: this.moveBranch(one, branch, sha, { by, commits: made, isForced: options.onto !== undefined }) };
  }

  /** Points a branch at a commit and tells of it. */
  protected moveBranch(
    one: Repository,
    branch: string,
    sha: string | null,
    { by, commits = [], isForced = false }: { by: Account; commits?: readonly GitCommit[]; isForced?: boolean },
  ): Delivery[] {
    const before = one.branches.get(branch) ?? NONE;
    if (sha === null) one.branches.delete(branch);
    else one.branches.set(branch, sha);
    one.pushedAt = this.now();
    const listed = commits.map((commit) => pushedCommit(one, commit, this.accountByEmail));
    const told = this.tell('push', null, one, by, {
      ref: `refs/heads/${branch}`,
      before,
      after: sha ?? NONE,
      created: before === NONE,
      deleted: sha === null,
      forced: isForced,
      base_ref: null,
      compare: `${WEB}/${fullName(one)}/compare/${before.slice(0, 12)}...${(sha ?? NONE).slice(0, 12)}`,
      commits: listed.slice(-2048),
      head_commit: listed.at(-1) ?? null,
      pusher: { name: by.login, email: by.email },
      // A push names times as numbers, as no other delivery does.
      repository: {
        created_at: Math.floor(Date.parse(one.createdAt) / 1000),
        pushed_at: Math.floor(Date.parse(one.pushedAt) / 1000),
      },
    });
    return [...told, ...this.afterPush.flatMap((listen) => listen({ repository: one, branch, sha, by }))];
  }

  deleteBranch(one: Repository, branch: string, by?: Account | string): Outcome {
    return { deliveries: this.moveBranch(one, branch, null, { by: this.accountOf(by ?? one.owner) }) };
  }

  rename(one: Repository, name: string, by?: Account | string): Outcome {
    const from = one.name;
    this.formerNames.set(fullName(one).toLowerCase(), one.id);
    one.name = name;
    return { deliveries: this.#tellRepository('renamed', one, by, { changes: { repository: { name: { from } } } }) };
  }

  /** The new owner's installation is told, as on GitHub. */
  transfer(one: Repository, to: Account | string, by?: Account | string): Outcome {
    const from = one.owner;
    this.formerNames.set(fullName(one).toLowerCase(), one.id);
    one.owner = this.accountOf(to);
    const owner = from.type === 'Organization' ? { organization: account(from) } : { user: account(from) };
    return { deliveries: this.#tellRepository('transferred', one, by, { changes: { owner: { from: owner } } }) };
  }

  archive(one: Repository, by?: Account | string): Outcome {
    one.isArchived = true;
    return { deliveries: this.#tellRepository('archived', one, by) };
  }

  unarchive(one: Repository, by?: Account | string): Outcome {
    one.isArchived = false;
    return { deliveries: this.#tellRepository('unarchived', one, by) };
  }

  /** GitHub tells this twice, once as the older event `public`. */
  publicize(one: Repository, by?: Account | string): Outcome {
    one.isPrivate = false;
    const older = this.tell('public', null, one, this.accountOf(by ?? one.owner), {});
    return { deliveries: [...older, ...this.#tellRepository('publicized', one, by)] };
  }

  privatize(one: Repository, by?: Account | string): Outcome {
    one.isPrivate = true;
    return { deliveries: this.#tellRepository('privatized', one, by) };
  }

  changeDefaultBranch(one: Repository, branch: string, by?: Account | string): Outcome {
    const from = one.defaultBranch;
    one.defaultBranch = branch;
    return { deliveries: this.#tellRepository('edited', one, by, { changes: { default_branch: { from } } }) };
  }

  describe(one: Repository, description: string | null, by?: Account | string): Outcome {
    const from = one.description;
    one.description = description;
    return { deliveries: this.#tellRepository('edited', one, by, { changes: { description: { from } } }) };
  }

  deleteRepository(one: Repository, by?: Account | string): Outcome {
    const deliveries = this.#tellRepository('deleted', one, by);
    this.repositories.delete(one.id);
    return { deliveries };
  }

  #tellRepository(
    action: string,
    one: Repository,
    by?: Account | string,
    own: Readonly<Record<string, unknown>> = {},
  ): Delivery[] {
    return this.tell('repository', action, one, this.accountOf(by ?? one.owner), own);
  }
}
