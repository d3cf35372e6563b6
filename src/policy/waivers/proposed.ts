/** What is told of a waiver before anybody approves it: whether its approver may, and whether its repositories are there. */
import { isMatch } from '../../facts/license/glob.ts';
import type { Problem } from '../policy.ts';
import { listed, quoted } from '../problem.ts';
import { globOf } from '../where.ts';
import type { WaiverPlaces } from './parse.ts';
import type { Approval, Waiver } from './waiver.ts';

/** What a proposed waiver is looked at with. */
export interface Prospect {
  /** Logins, or `team:SLUG`; empty: whoever may write in the policy repository. */
  readonly approvers: readonly string[];
  /** Logins, in lower case, of those approvers who belong to one of these teams; null: not known. */
  readonly members: ReadonlySet<string> | null;
}

/** The slugs of the teams among approvers, in lower case. */
export function teamsAmong(approvers: readonly string[]): readonly string[] {
  return approvers.map((one) => one.toLowerCase()).flatMap((one) => (one.startsWith(TEAM) ? [one.slice(TEAM.length)] : []));
}

const TEAM = 'team:';

/** Whether somebody may approve waivers; null: that depends on teams whose members are not known, or on who may write. */
export function mayApprove(approver: string, { approvers, members }: Prospect): boolean | null {
  const login = approver.toLowerCase();
  if (approvers.some((one) => one.toLowerCase() === login)) return true;
  if (approvers.length === 0) return null;
  return teamsAmong(approvers).length === 0 ? false : (members?.has(login) ?? null);
}

/** As if its approver had approved it, unless that counts for nothing. */
export function hopedApproval(
  { approver }: Pick<Waiver, 'approver'>,
  prospect: Prospect,
  pull: { readonly author: string | null; readonly pull: number; readonly mergedAt: string },
): Approval {
  if (mayApprove(approver, prospect) !== false) {
    return { state: 'approved', by: { login: approver, accountId: 0 }, ...pull, url: '' };
  }
  const why = `${approver} is not among those who approve waivers (${listed(prospect.approvers)})`;
  return { state: 'refused', reason: `${why}; name one of them, or add ${approver} to "waivers.approvers" of the policy` };
}

/** A notice where only the merge will tell whether the approver may. */
export function openApprover(
  { source, approver }: Waiver,
  { approver: place }: WaiverPlaces,
  prospect: Prospect,
): readonly Problem[] {
  if (prospect.approvers.length === 0 || mayApprove(approver, prospect) !== null) return [];
  const message = `Whether ${quoted(approver)} may approve this waiver is not known before the merge: those who may are ${listed(prospect.approvers)}.`;
  const hint = 'Make sure that it is one of them, or a member of one of these teams.';
  return [{ source, ...place, path: 'approver', severity: 'notice', message, hint }];
}

/** A notice for each entry that means no repository of these names, which are in lower case; none where no name is known at all. */
export function unknownRepositories(
  { source, scope }: Waiver,
  { repositories: places }: WaiverPlaces,
  names: ReadonlySet<string>,
): readonly Problem[] {
  if (names.size === 0) return [];
  return scope.repositories.flatMap((pattern, index): readonly Problem[] => {
    const place = places[index];
    if (!place || isAny(pattern.toLowerCase(), names)) return [];
    const message = `No repository that Steward knows is called ${quoted(pattern)}.`;
    const hint = 'Write its name as it is now, without the owner. One that is archived, or was never looked at, is not known.';
    return [{ source, ...place, path: `repositories[${index}]`, severity: 'notice', message, hint }];
  });
}

function isAny(pattern: string, names: ReadonlySet<string>): boolean {
  if (names.has(pattern)) return true;
  const glob = /[*?]/.test(pattern) ? globOf(pattern) : null;
  return glob?.known === true && [...names].some((name) => isMatch(glob.value, name));
}
