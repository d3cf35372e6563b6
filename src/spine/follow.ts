/** What belongs to a verdict: those shown together with it, and the subjects to look at because of it. Part of the spine. */
import { subjectKey, type Judged, type Subject } from '../facts/subject.ts';
import type { Memory } from './ports.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Present } from '../views/effects.ts';

/** The verdicts that one check run shows: of every open pull request that shares the head commit. */
export async function together(verdict: Verdict, present: Present, memory: Memory): Promise<readonly [Verdict, ...Verdict[]]> {
  const { subject, sha } = verdict;
  if (subject.kind !== 'pull-request' || !present.siblings.some((number) => number !== subject.number)) return [verdict];
  const others = (await memory.verdictsAt(subject.owner, subject.repo, sha)).filter(
    (other) =>
      other.subject.kind === 'pull-request' &&
      other.subject.number !== subject.number &&
      present.siblings.includes(other.subject.number),
  );
  return [verdict, ...others];
}

/** What to look at next: itself when a sibling was judged meanwhile, a repository's pull requests when its policy changed. */
export async function follow(
  verdict: Verdict,
  last: Verdict | null,
  shown: readonly Verdict[],
  present: Present,
  memory: Memory,
): Promise<readonly Subject[]> {
  const { subject } = verdict;
  if (subject.kind === 'repository') {
    const changed = last !== null && texts(last) !== texts(verdict);
    return changed ? [{ kind: 'pull-requests', owner: subject.owner, repo: subject.repo }] : [];
  }
  const now = await together(verdict, present, memory);
  const state = (verdicts: readonly Verdict[]) =>
    verdicts
      .map((one) => `${subjectKey(one.subject)} ${one.at}`)
      .sort()
      .join();
  return state(now) === state(shown) ? [] : [subject];
}

/** Names the policy texts a verdict was judged by, whatever commit they were read at. */
function texts({ policy }: Verdict): string {
  return policy.files.map((file) => `${file.source} ${file.oid ?? ''}`).join();
}

/**
 * The policy repository (`OWNER/REPO`), where what the policy extends cannot be read any more and its own last verdict does not
 * say so yet: nobody pushes there then, and its issue tells administrators.
 */
export async function untold({ subject, problems }: Verdict, repository: string, memory: Memory): Promise<readonly Subject[]> {
  const [owner = '', repo = ''] = repository.split('/');
  const isOf = ({ source }: Verdict['problems'][number]): boolean => source.startsWith(`${repository}:`);
  const stale = problems.filter((problem) => problem.isStale === true && isOf(problem)).map(({ message }) => message);
  if (stale.length === 0 || subject.repo.toLowerCase() === repo.toLowerCase()) return [];
  const home: Subject = { kind: 'repository', owner, repo };
  const told = (await memory.lastVerdict(home))?.problems.map(({ message }) => message) ?? [];
  return stale.every((message) => told.includes(message)) ? [] : [home];
}

/** Whether a verdict waits for somebody to do something that Steward remembers: to sign. */
export function isWaiting({ rules }: Verdict): boolean {
  return rules.some(({ findings }) => findings.some(({ outcome, accountId }) => outcome === 'fail' && accountId !== undefined));
}

/** Every pull request that waits for somebody who has signed just now. */
export async function waitingFor(accountIds: readonly number[], but: Judged, memory: Memory): Promise<readonly Judged[]> {
  const found = new Map<string, Judged>();
  for (const accountId of accountIds) {
    for (const one of await memory.awaiting(accountId)) found.set(subjectKey(one), one);
  }
  found.delete(subjectKey(but));
  return [...found.values()];
}
