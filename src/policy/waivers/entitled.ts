/** Whether somebody who approved a waiver still may: whoever is taken off the list of approvers takes their approvals along. */
import type { WaiverTerms } from '../managed.ts';
import type { Approval } from './waiver.ts';

type Approved = Extract<Approval, { state: 'approved' }>;

/**
 * By the present list of approvers. `ask`: only GitHub tells, since the list names teams, or nobody, and the approval was given
 * under another one; it counts until GitHub answered.
 */
export function entitled({ by, terms: before }: Approved, { approvers }: Pick<WaiverTerms, 'approvers'>): 'yes' | 'no' | 'ask' {
  const [login, list] = [by.login.toLowerCase(), approvers.map((one) => one.toLowerCase())];
  if (list.includes(login)) return 'yes';
  const isOfLogins = list.length > 0 && !list.some((one) => one.startsWith('team:'));
  if (isOfLogins) return 'no';
  return before === undefined || isSameList(before, list) ? 'yes' : 'ask';
}

/** Why an approval does not count any more, and after "; " the next step. */
export function noLonger({ by: { login }, terms }: Approved): Extract<Approval, { state: 'refused' }> {
  const why = terms === undefined ? 'is not among those who approve waivers' : 'may no longer approve waivers';
  const step = `name another approver, or add ${login} to "waivers.approvers" of the policy`;
  return { state: 'refused', reason: `${login} ${why}; ${step}` };
}

/** Whether two lists of approvers name the same, in whatever order. */
export function isSameList(one: readonly string[], other: readonly string[]): boolean {
  const key = (list: readonly string[]): string => [...new Set(list.map((name) => name.toLowerCase()))].sort().join(' ');
  return key(one) === key(other);
}
