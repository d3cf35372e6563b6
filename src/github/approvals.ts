/** Whether somebody else approved the present content of a waiver file: the reviews of the merged pull request that brought it. */
import type { Approval } from '../policy/waivers/waiver.ts';
import type { AskedApproval } from '../spine/govern.ts';
import { approvalsQuery, FILES_A_QUERY } from './approval-queries.ts';
import { approvedBy, refused, unknownYet, type BringingShape, type Verdict } from './approved-by.ts';
import type { Ways } from './connection.ts';
import { LaterError, UngrantedError } from './later.ts';
import { query, type Faults } from './reply.ts';
import { teamsOf, type Teams } from './teams.ts';

interface Names {
  readonly owner: string;
  readonly repo: string;
}

/**
 * The approval of each file, in the order asked. Costs a call for twenty files, and one more for the teams that are named. Who brought
 * the content in a commit of their own, or by a trailer, is not asked: only authors and committers of the pull request's commits count.
 */
export async function approvals(
  as: Ways,
  names: Names,
  asked: readonly AskedApproval[],
  now: () => number,
): Promise<readonly Approval[]> {
  const told: Told[] = [];
  for (let from = 0; from < asked.length; from += FILES_A_QUERY) {
    told.push(...(await tellSome(as, names, asked.slice(from, from + FILES_A_QUERY), now)));
  }
  const slugs = told.flatMap((one) => ('byTeam' in one ? one.byTeam.teams : []));
  const teams = slugs.length === 0 ? null : await orReason(() => teamsOf(as, names.owner, [...new Set(slugs)]));
  return told.map((one) => ('byTeam' in one ? settled(one, teams) : one));
}

type Told = Approval | Extract<Verdict, { readonly byTeam: object }>;

interface CommitShape {
  readonly committedDate: string;
  readonly file: { readonly oid: string } | null;
  readonly associatedPullRequests: { readonly nodes: readonly (BringingShape | null)[] | null } | null;
}

interface BranchShape {
  readonly name: string;
  readonly target:
    | (Readonly<Record<`a${number}`, { readonly nodes: readonly (CommitShape | null)[] | null } | null>> & {
        readonly committedDate?: string;
      })
    | null;
}

interface Shape {
  readonly repository: { readonly nameWithOwner: string; readonly defaultBranchRef: BranchShape | null } | null;
}

async function tellSome(as: Ways, names: Names, asked: readonly AskedApproval[], now: () => number): Promise<readonly Told[]> {
  const answer = await orReason(async () => {
    const variables = Object.fromEntries(asked.map(({ path }, index) => [`p${index}`, path]));
    return query<Shape>(await as('read'), approvalsQuery(asked.length), { ...names, ...variables });
  });
  if (typeof answer === 'string') return asked.map(() => unknownYet(answer));
  const { repository } = answer.data;
  if (!repository) return asked.map(() => unknownYet(answer.faults.at('repository') ?? NOT_SEEN));
  return asked.map((one, index) => tell(one, repository, { faults: answer.faults, index, now: now() }));
}

const NOT_SEEN = 'Steward does not see the policy repository';

function tell(
  asked: AskedApproval,
  { nameWithOwner, defaultBranchRef: branch }: NonNullable<Shape['repository']>,
  { faults, index, now }: { readonly faults: Faults; readonly index: number; readonly now: number },
): Told {
  const fault = faults.at('repository', 'defaultBranchRef', 'target', `a${index}`);
  if (fault !== null) return unknownYet(fault);
  const commit = branch?.target?.[`a${index}`]?.nodes?.[0];
  if (!branch || commit?.file?.oid !== asked.oid) return unknownYet('the file has changed since it was read');
  const brought = (commit.associatedPullRequests?.nodes ?? []).filter(
    (pull) =>
      pull?.state === 'MERGED' &&
      pull.baseRefName === branch.name &&
      pull.baseRepository?.nameWithOwner.toLowerCase() === nameWithOwner.toLowerCase(),
  );
  const verdicts = brought.flatMap((pull) => (pull ? [approvedBy(pull, asked)] : []));
  // Where several pull requests brought it, the most favorable one counts.
  const best = ORDER.map((state) => verdicts.find((one) => stateOf(one) === state)).find((one) => one !== undefined);
  if (best) return best;
  // Of a merge commit, what brought the file can be old; the tip of the branch is as young as the merge.
  const isFresh = [commit.committedDate, branch.target?.committedDate].some((date) => isYoung(date, now));
  return isFresh ? unknownYet(lagging(asked)) : pushed(asked);
}

/** GitHub finds the pull request of a commit some seconds to minutes after its merge. */
const LAG = 15 * 60_000;

/** Whoever pushes chooses the date: one that is far ahead is not waited for. */
function isYoung(date: string | undefined, now: number): boolean {
  return date !== undefined && Math.abs(now - Date.parse(date)) < LAG;
}

function lagging({ path }: AskedApproval): string {
  return `GitHub tells only some minutes after a merge which pull request brought ${path}, and this is such a moment`;
}

const ORDER = ['approved', 'by-team', 'unknown', 'refused'] as const;

function stateOf(verdict: Verdict): (typeof ORDER)[number] {
  return 'byTeam' in verdict ? 'by-team' : verdict.state;
}

function pushed({ path }: AskedApproval): Approval {
  const again = 'take it back, and bring it in again with a pull request that its approver approves before it is merged';
  return refused(`${path} was pushed without a pull request; ${again}`);
}

/** An approval by somebody whom only a team entitles. */
function settled({ byTeam }: Extract<Verdict, { readonly byTeam: object }>, teams: Teams | string | null): Approval {
  const { approved, outside, teams: slugs } = byTeam;
  if (teams === null || typeof teams === 'string') return unknownYet(teams ?? 'the teams could not be read');
  const members = slugs.map((slug) => teams.get(slug) ?? null);
  if (members.some((one) => one?.has(approved.by.accountId))) return approved;
  const unseen = slugs.find((_, index) => members[index] === null);
  if (unseen === undefined) return outside;
  return unknownYet(`the members of the team ${unseen} cannot be seen; check its name in "waivers.approvers" of the policy`);
}

/** Faults that concern these questions alone become a reason; a limit of the whole account makes everything wait. */
async function orReason<T extends object>(ask: () => Promise<T>): Promise<T | string> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof LaterError && error.owner === null) return 'GitHub does not tell just now';
    if (error instanceof UngrantedError) return error.message;
    const { status } = error as { status?: number };
    if (status === 403 || status === 404) return `GitHub does not tell (status ${status})`;
    throw error;
  }
}
