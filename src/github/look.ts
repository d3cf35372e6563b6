/** The first call of an evaluation: everything that is worth asking at once, and the places that later questions start from. */
import type { Judged } from '../facts/subject.ts';
import type { Wants } from '../spine/govern.ts';
import type { Api } from './client.ts';
import { GoneError, LaterError, MODEST } from './later.ts';
import { COMMIT_STATE, PULL_REQUEST, REPOSITORY_STATE } from './queries.ts';
import { query, type Faults, type Reply } from './reply.ts';
import type { LookShape, OrganizationShape, PullRequestShape, RepositoryShape, StateShape } from './shapes.ts';

/** What a reading works with. */
export interface Desk {
  readonly api: Api;
  readonly subject: Judged;
  readonly wants: Wants;
  /** The App whose check runs are ours; 0 when there is none. */
  readonly appId: number;
  /** The number of Steward's issue, when it is remembered; 0: it was looked for before and there was none. */
  readonly issue: number | null;
  /** The same of the issue for administrators; left out: it is not looked for, as everywhere but in the policy repository. */
  readonly policyIssue?: number | null;
}

/** A commit to look at, with the faults of the answer it came in. */
export interface Spot {
  /** The repository that holds it. */
  readonly owner: string;
  readonly repo: string;
  /** Null: there is no commit yet. */
  readonly state: StateShape | null;
  readonly faults: Faults;
}

export interface Look {
  /** Present names; a renamed repository is still found by its old one. */
  readonly owner: string;
  readonly repo: string;
  readonly repository: RepositoryShape;
  readonly pull: PullRequestShape | null;
  readonly organization: OrganizationShape | null;
  readonly faults: Faults;
  /** The contribution's head, or the default branch. */
  readonly head: Spot;
  /** The tip of the base branch, or the default branch. */
  readonly base: Spot;
}

/** Asks the one static query. Throws GoneError when there is nothing to look at any more. */
export async function look(desk: Desk): Promise<Look> {
  const { subject } = desk;
  const reply = await firstQuery(desk);
  const repository = reply.data.repository;
  if (!repository) throw missing(reply.faults.at('repository'), `${subject.owner}/${subject.repo}`);
  const owner = repository.owner.login;
  const repo = repository.name;
  if (owner.toLowerCase() !== subject.owner.toLowerCase()) {
    throw new GoneError(`${subject.owner}/${subject.repo} is now ${owner}/${repo}.`, { movedTo: { owner, repo } });
  }
  const names = { owner, repo };
  const common = { ...names, repository, organization: reply.data.organization, faults: reply.faults };
  if (subject.kind === 'repository') {
    const spot = {
      ...names,
      state: repository.head?.target ?? null,
      faults: reply.faults.within('repository', 'head', 'target'),
    };
    return { ...common, pull: null, head: spot, base: spot };
  }
  const pull = repository.pullRequest;
  if (!pull) throw missing(reply.faults.at('repository', 'pullRequest'), `${owner}/${repo}#${subject.number}`);
  return { ...common, pull, head: await headOf(desk, common, pull), base: await baseOf(desk, common, pull) };
}

function firstQuery({ api, subject, wants, appId, issue, policyIssue }: Desk): Promise<Reply<LookShape>> {
  const { owner, repo } = subject;
  const { commits, files } = wants;
  if (subject.kind === 'repository') {
    const issues = {
      ...{ issue: issue ?? 0, withIssue: (issue ?? 0) > 0 },
      ...{ policyIssue: policyIssue ?? 0, withPolicyIssue: (policyIssue ?? 0) > 0 },
    };
    return query<LookShape>(api, REPOSITORY_STATE, { owner, repo, appId, files, ...issues });
  }
  return query<LookShape>(api, PULL_REQUEST, { owner, repo, number: subject.number, appId, commits, files });
}

function missing(reason: string | null, what: string): Error {
  return reason === null
    ? new GoneError(`${what} does not exist, or Steward may not see it.`)
    : new LaterError(`${what} could not be read: ${reason}.`, { after: MODEST });
}

type Names = Pick<Look, 'owner' | 'repo' | 'faults'>;

/** The last listed commit is the head, unless the pull request has no commits or git's dates mislead the list. */
async function headOf(desk: Desk, { owner, repo, faults }: Names, pull: PullRequestShape): Promise<Spot> {
  const state = pull.head.nodes?.[0]?.commit;
  if (state?.oid === pull.headRefOid) {
    return { owner, repo, state, faults: faults.within('repository', 'pullRequest', 'head', 'nodes', 0, 'commit') };
  }
  return commitState(desk, owner, repo, pull.headRefOid, desk.wants.files);
}

/** A base branch can be deleted while the pull request is open; its last commit is still there. */
async function baseOf(desk: Desk, { owner, repo, faults }: Names, pull: PullRequestShape): Promise<Spot> {
  const state = pull.baseRef?.target;
  if (state) return { owner, repo, state, faults: faults.within('repository', 'pullRequest', 'baseRef', 'target') };
  return commitState(desk, owner, repo, pull.baseRefOid, desk.wants.files);
}

/** One commit, in a call of its own. */
export async function commitState(desk: Desk, owner: string, repo: string, oid: string, files: boolean): Promise<Spot> {
  type Shape = { repository: { object: StateShape | null } | null };
  const { data, faults } = await query<Shape>(desk.api, COMMIT_STATE, { owner, repo, oid, appId: desk.appId, files });
  const state = data.repository?.object ?? null;
  if (!state) throw missing(faults.at('repository', 'object'), `Commit ${oid} of ${owner}/${repo}`);
  return { owner, repo, state, faults: faults.within('repository', 'object') };
}
