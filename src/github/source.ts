/** GitHub as a source of facts: one reading of one subject, asked lazily and at most once a question. */
import { known } from '../facts/answer.ts';
import type { Repository } from '../facts/source.ts';
import type { Reading } from '../spine/govern.ts';
import type { PresentCheckRun } from '../views/effect.ts';
import { texts, type Blobs } from './blobs.ts';
import { changesOf, commitsOf, contributionOf, renamesOf } from './contributions.ts';
import { filesOf } from './files.ts';
import { graphedOf } from './graphed.ts';
import { historyOf } from './history.ts';
import { look, type Desk, type Look } from './look.ts';
import { mailmapOf } from './mailmap.ts';
import { membershipsOf, type MembersApi } from './memberships.ts';
import { policyFilesOf, policyHistoryOf } from './policies.ts';
import { checkRunsNow, presentOf, type Shown } from './present.ts';
import { propertiesOf, type Properties } from './properties.ts';
import { waiverFilesOf, waiverFolderOf } from './waivers.ts';
import { sharedPolicyOf, type SharedPolicies } from './shared-policies.ts';
import { directories } from './trees.ts';

export interface ReadingOptions extends Desk {
  /** Texts seen before; null reads every text anew. */
  readonly blobs: Blobs | null;
  readonly shown: Shown;
  /** Left out: policies of other accounts are read only where they are public. */
  readonly shared?: SharedPolicies;
  /** Left out: private members are not seen. */
  readonly members?: MembersApi;
  /** Left out: custom properties are read anew. */
  readonly properties?: Properties;
}

/** A reading and the names its subject has now. */
export interface GithubReading extends Reading {
  names(): Promise<{ readonly owner: string; readonly repo: string }>;
  /** Steward's check runs on the judged commit as they are now, asked anew each time. */
  checkRuns(): Promise<readonly PresentCheckRun[]>;
}

/** Opens a reading. Nothing is sent before the first question; the first question sends the one static query. */
export function reading(options: ReadingOptions): GithubReading {
  const shared: SharedPolicies = options.shared ?? ((reader, reference) => sharedPolicyOf(reader, reference, null));
  const first = once(() => look(options));
  const changes = once(async () => changesOf(options, await first()));
  const names = async () => {
    const { owner, repo } = await first();
    return { owner, repo };
  };
  const own = texts(options.api, names, options.blobs);
  const defaults = texts(options.api, async () => defaultsNames(await first()), options.blobs);
  return {
    names,
    checkRuns: async () => checkRunsNow(options, await first()),
    repository: async () => known(repositoryOf(await first())),
    properties: once(async () => (options.properties ?? propertiesOf)(options.api, await names())),
    contribution: async () => contributionOf(await first()),
    commits: once(async () => commitsOf(options, await first())),
    changes,
    renames: once(async () => renamesOf(options, await first())),
    directory: directories(options, first, options.blobs),
    files: async (tree) => filesOf(options.api, (await first())[tree], options.blobs),
    graphed: once(async () => graphedOf(options.api, await first())),
    text: (tree, oid, largest) => (tree === 'defaults' ? defaults(oid, largest) : own(oid, largest)),
    mailmap: once(async () => mailmapOf(await first(), own)),
    memberships: async (accounts, groups) => membershipsOf(options, await first(), options.members ?? null, { accounts, groups }),
    history: async (since) => historyOf(options, await first(), since),
    policyFiles: once(async () => policyFilesOf(await first(), changes)),
    present: once(async () => presentOf(options, await first(), options.shown)),
    waiverFolder: once(async () => waiverFolderOf(await first())),
    waiverFiles: once(async () => waiverFilesOf(options.api, await first(), defaults)),
    policyHistory: async (file) => policyHistoryOf(options, await first(), file),
    sharedPolicy: (reference) => shared({ api: options.api, account: options.subject.owner }, reference),
  };
}

function repositoryOf({ owner, repo, repository, faults }: Look): Repository {
  const isTold = (field: string): boolean => faults.at('repository', field) === null;
  const { visibility, repositoryTopics, primaryLanguage, createdAt } = repository;
  const topics = repositoryTopics?.nodes?.flatMap((node) => node?.topic.name ?? []);
  return {
    owner,
    name: repo,
    url: repository.url,
    description: repository.description,
    isPrivate: repository.isPrivate,
    isArchived: repository.isArchived,
    isFork: repository.isFork,
    hasIssues: repository.hasIssuesEnabled,
    defaultBranch: repository.defaultBranchRef?.name ?? null,
    headSha: repository.defaultBranchRef?.target?.oid ?? null,
    ...(VISIBILITIES[visibility ?? ''] ?? {}),
    ...(topics && isTold('repositoryTopics') ? { topics } : {}),
    ...(primaryLanguage !== undefined && isTold('primaryLanguage') ? { language: primaryLanguage?.name ?? null } : {}),
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}

const VISIBILITIES: Readonly<Record<string, Pick<Repository, 'visibility'>>> = {
  PUBLIC: { visibility: 'public' },
  PRIVATE: { visibility: 'private' },
  INTERNAL: { visibility: 'internal' },
};

function defaultsNames({ owner, organization }: Look): { owner: string; repo: string } {
  return { owner: organization?.owner.login ?? owner, repo: organization?.name ?? '.github' };
}

/** Remembers a promise, also a failed one: within one evaluation the same question has one answer. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => (asked ??= ask());
}
