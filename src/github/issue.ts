/** Steward's issues of a repository: by their remembered numbers, else by listing what the App has opened. */
import { ISSUE_MARKER, POLICY_ISSUE_MARKER, type PresentIssue } from '../views/effect.ts';
import { LaterError, MODEST } from './later.ts';
import type { Desk, Look } from './look.ts';
import { isApp } from './people.ts';
import { ISSUE } from './queries.ts';
import { query } from './reply.ts';
import type { IssueShape } from './shapes.ts';

/** Which issue: on upkeep, or for administrators. Each has its place in the first answer, and its mark. */
export type IssueKind = 'issue' | 'policyIssue';

const MARKERS: Readonly<Record<IssueKind, string>> = { issue: ISSUE_MARKER, policyIssue: POLICY_ISSUE_MARKER };

/** The issue, or null when there is none. Never somebody else's, whatever it says. */
export async function issueOf(
  desk: Desk,
  seen: Look,
  slug: () => Promise<string>,
  kind: IssueKind = 'issue',
): Promise<PresentIssue | null> {
  // Without an App there is nothing of ours to find; without issues there is nothing to list.
  if (desk.appId === 0 || !seen.repository.hasIssuesEnabled) return null;
  const number = desk[kind] ?? null;
  if (number === 0) return null;
  const fault = number === null ? null : seen.faults.at('repository', kind);
  if (fault !== null) throw new LaterError(`Steward's issue could not be read: ${fault}.`, { after: MODEST });
  const name = await slug();
  const isOurs = ({ author, body }: IssueShape): boolean => isApp(author, name) && body.startsWith(MARKERS[kind]);
  const remembered = seen.repository[kind];
  if (remembered && isOurs(remembered)) return presentIssue(remembered, name);
  const there = await findNumber(desk, seen, name, MARKERS[kind]);
  if (there === null) return null;
  const found = await fetchIssue(desk, seen, there);
  return found && isOurs(found) ? presentIssue(found, name) : null;
}

/** An open one first, else the newest. */
async function findNumber({ api }: Desk, { owner, repo }: Look, slug: string, marker: string): Promise<number | null> {
  const { data } = await api.request('GET /repos/{owner}/{repo}/issues', {
    owner,
    repo,
    creator: `${slug}[bot]`,
    state: 'all',
    per_page: 100,
  });
  const ours = data.filter((issue) => !issue.pull_request && (issue.body ?? '').startsWith(marker));
  return (ours.find(({ state }) => state === 'open') ?? ours[0])?.number ?? null;
}

async function fetchIssue({ api }: Desk, { owner, repo }: Look, number: number): Promise<IssueShape | null> {
  type Shape = { repository: { issue: IssueShape | null } | null };
  const { data, faults } = await query<Shape>(api, ISSUE, { owner, repo, number });
  const fault = faults.at('repository', 'issue');
  if (fault !== null) throw new LaterError(`Steward's issue could not be read: ${fault}.`, { after: MODEST });
  return data.repository?.issue ?? null;
}

function presentIssue(issue: IssueShape, slug: string): PresentIssue {
  const state = issue.state === 'OPEN' ? 'open' : 'closed';
  const closer = issue.timelineItems.nodes?.at(-1)?.actor;
  return {
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state,
    stateReason: REASONS[issue.stateReason ?? ''] ?? null,
    isClosedBySteward: state === 'closed' && isApp(closer, slug),
  };
}

const REASONS: Readonly<Record<string, PresentIssue['stateReason']>> = {
  COMPLETED: 'completed',
  NOT_PLANNED: 'not_planned',
  REOPENED: 'reopened',
  DUPLICATE: 'duplicate',
};
