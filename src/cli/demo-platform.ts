/** GitHub as the demo plays it: subjects are branches of clones, and what would be posted is kept to be looked at. */
import { known, map, unknown } from '../facts/answer.ts';
import { subjectKey, type Group, type Judged } from '../facts/subject.ts';
import type { Platform, Reading } from '../spine/govern.ts';
import type { Effect, Present } from '../views/effects.ts';
import { openCheckout, type Checkout } from './checkout.ts';
import { alone, policyFilesIn } from './policies.ts';

/** A branch of a clone, shown as a pull request. */
export interface DemoPullRequest {
  readonly number: number;
  readonly branch: string;
  readonly title: string;
  readonly author: string | null;
}

export interface DemoRepository {
  readonly owner: string;
  readonly name: string;
  /** Where the clone is. */
  readonly path: string;
  readonly branch: string;
  readonly description: string | null;
  readonly pullRequests: readonly DemoPullRequest[];
  /** A clone of the organization's `.github` repository. */
  readonly defaults: string | null;
}

export interface DemoPlatform extends Platform {
  /** What would be posted for a subject. */
  posted(subject: Judged): readonly Effect[];
}

const NOTHING_SHOWN: Present = { checkRuns: [], comment: null, issue: null, siblings: [] };

/** A platform on clones. Nothing is written anywhere. */
export function demoPlatform(repositories: readonly DemoRepository[]): DemoPlatform {
  const posted = new Map<string, readonly Effect[]>();
  const named = ({ owner, repo }: { owner: string; repo: string }): DemoRepository => {
    const found = repositories.find((one) => one.owner === owner && one.name === repo);
    if (!found) throw new Error(`The demo has no repository ${owner}/${repo}.`);
    return found;
  };
  return {
    open: async (subject) => reading(await checkoutOf(subject, named(subject)), subject, named(subject)),
    publish: (subject, effects) => {
      posted.set(subjectKey(subject), effects);
      return Promise.resolve({ postponed: null });
    },
    expand: (group: Group) => Promise.resolve(repositories.filter(({ owner }) => owner === group.owner).flatMap(subjectsOf)),
    permission: () => Promise.resolve(null),
    approvals: (_, asked) => Promise.resolve(asked.map(() => ({ state: 'unknown', reason: 'the demo has no reviews' }))),
    withoutCalls: (work) => work(),
    inTeams: () => Promise.resolve(known([])),
    missing: () => Promise.resolve(known([])),
    agreementText: () => Promise.resolve(unknown('the demo reads no agreements')),
    posted: (subject) => posted.get(subjectKey(subject)) ?? [],
  };
}

/** A repository and its pull requests. */
export function subjectsOf({ owner, name: repo, pullRequests }: DemoRepository): readonly Judged[] {
  return [
    { kind: 'repository', owner, repo },
    ...pullRequests.map(({ number }): Judged => ({ kind: 'pull-request', owner, repo, number })),
  ];
}

function checkoutOf(subject: Judged, { path, branch, defaults, ...repository }: DemoRepository): Promise<Checkout> {
  const options = defaults === null ? {} : { defaults };
  if (subject.kind === 'repository') return openCheckout(path, { ...options, head: branch });
  const head = repository.pullRequests.find(({ number }) => number === subject.number)?.branch;
  return openCheckout(path, { ...options, base: branch, ...(head === undefined ? {} : { head }) });
}

/** What a clone cannot know of itself (names, titles, authors) is added; all else is read from git. */
function reading(checkout: Checkout, subject: Judged, repository: DemoRepository): Reading {
  const { owner, name, description, branch } = repository;
  const pull =
    subject.kind === 'repository' ? undefined : repository.pullRequests.find(({ number }) => number === subject.number);
  return {
    ...checkout,
    repository: async () =>
      map(await checkout.repository(), (seen) => ({ ...seen, owner, name, description, defaultBranch: branch, url: null })),
    contribution: async () =>
      map(await checkout.contribution(), (seen) => ({
        ...seen,
        number: pull?.number ?? null,
        title: pull?.title ?? seen.title,
        author: pull?.author == null ? null : { login: pull.author, id: 0, kind: 'User' as const },
      })),
    policyFiles: () =>
      policyFilesIn({ ...checkout, owner, name, defaults: checkout.defaults && { ...checkout.defaults, owner } }),
    present: () => Promise.resolve(NOTHING_SHOWN),
    waiverFolder: () => Promise.resolve(known(null)),
    waiverFiles: () => Promise.resolve(known({ files: [] })),
    policyHistory: () => Promise.resolve([]),
    sharedPolicy: (reference) => alone(checkout).shared(reference),
  };
}
