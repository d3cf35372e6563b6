/** What administrators are told of a waiver that nobody else approved, or of which that is not known yet. */
import type { Problem } from '../policy.ts';
import { quoted } from '../problem.ts';
import type { WaiverPlaces } from './parse.ts';
import type { Approval, Waiver } from './waiver.ts';

/** The problem, on the line that names the approver; with one next step. */
export function notApproved(
  { source, approver }: Waiver,
  { approver: { line, column } }: WaiverPlaces,
  { state, reason }: Exclude<Approval, { state: 'approved' }>,
): Problem {
  const at = { source, line, column, path: 'approver' };
  if (state === 'unknown') {
    const message = `Whether somebody else approved this waiver is not known yet: ${ended(reason)} It does not count until then.`;
    return { ...at, severity: 'notice', message, hint: 'Steward asks again by itself.' };
  }
  const [why, step] = taken(reason);
  const usual = `Bring the file in with a pull request of somebody else's that ${quoted(approver)} approves before it is merged.`;
  return { ...at, severity: 'error', message: `This waiver does not count: ${ended(why)}`, hint: step ?? usual };
}

/** What is so and the next step, which many reasons have after a semicolon; null: it has none. */
function taken(reason: string): readonly [string, string | null] {
  const at = reason.indexOf('; ');
  if (at < 0) return [reason, null];
  const step = reason.slice(at + 2);
  return [reason.slice(0, at), ended(`${step.slice(0, 1).toUpperCase()}${step.slice(1)}`)];
}

function ended(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}
