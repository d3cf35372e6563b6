/** What is wrong with a waiver file on disk, also by its last day and by the policy that it lies beside. */
import { dirname, join, relative, resolve as absolute, sep } from 'node:path';
import { existsSync } from 'node:fs';
import type { WaiverTerms } from '../policy/managed.ts';
import { parse } from '../policy/parse.ts';
import type { PolicyFile, Problem } from '../policy/policy.ts';
import { listed, quoted } from '../policy/problem.ts';
import { resolve } from '../policy/resolve.ts';
import { dayOf, daysBefore, DAY, endOf } from '../policy/dates.ts';
import { parseWaiver, type Readable } from '../policy/waivers/parse.ts';
import { mayApprove, openApprover } from '../policy/waivers/proposed.ts';
import { policyAt, type Shelf } from './policies.ts';

/** Whether a path is that of a waiver: a file right in a folder of this name, wherever the path begins. */
export function isWaiver(path: string): boolean {
  return /\/waivers\/[^/]+\.ya?ml$/.test(fullName(path));
}

/** Everything that is wrong with a waiver; where only the merge, the day or the policy beside it will tell, a notice. */
export async function waiverProblems(file: PolicyFile, shelf: Shelf, now: Date): Promise<readonly Problem[]> {
  // A waiver is called by its file, and a path that was typed inside the folder has no folder.
  const parsed = parseWaiver({ ...file, source: fullName(file.source) }, shelf.rules);
  const found = parsed.waiver ? await notices(parsed, file.source, shelf, now) : parsed.problems;
  return found.map((problem) => ({ ...problem, source: file.source }));
}

async function notices(read: Readable, path: string, shelf: Shelf, now: Date): Promise<readonly Problem[]> {
  const { until } = read.waiver;
  if (endOf(until) <= now.getTime()) {
    const hint = 'Remove the file. To keep the waiver, set a later day in a pull request that somebody else approves.';
    return [noticeAt(read, 'until', `This waiver ended on ${until}; it covers nothing.`, hint)];
  }
  const beside = policyBeside(path);
  const terms = beside === null ? null : await termsIn(beside, shelf, now);
  if (beside === null || terms === null) return [];
  return [...approverNotices(read, terms, beside), ...lengthNotices(read, terms, beside, now)];
}

/** The policy of the folder that the folder of waivers lies in; null: there is none. */
function policyBeside(path: string): string | null {
  const file = join(dirname(absolute(path)), '..', '..', 'steward.yml');
  return existsSync(file) ? relative('.', file) : null;
}

/** Null: the policy does not parse, which is told where it is validated itself. */
async function termsIn(path: string, { rules, presets }: Shelf, now: Date): Promise<WaiverTerms | null> {
  const { document } = parse(await policyAt(path), rules, presets);
  return document ? resolve([document], rules, presets, { now, traits: null, isFirst: null }).policy.waivers : null;
}

function approverNotices(read: Readable, { approvers }: WaiverTerms, beside: string): readonly Problem[] {
  const prospect = { approvers, members: null };
  const { approver } = read.waiver;
  if (mayApprove(approver, prospect) !== false) return openApprover(read.waiver, read.places, prospect);
  const message = `${quoted(approver)} is not among those who approve waivers by ${beside} (${listed(approvers)}), so this waiver would not count.`;
  return [
    noticeAt(read, 'approver', message, `Name one of them, or add ${quoted(approver)} to "waivers.approvers" of the policy.`),
  ];
}

/** Whoever merges it later has fewer days; so what is too long today was too long before. */
function lengthNotices(read: Readable, { maxDays }: WaiverTerms, beside: string, now: Date): readonly Problem[] {
  const { until } = read.waiver;
  if (maxDays === null) return [];
  const today = dayOf(now);
  const last = daysBefore(today, -maxDays);
  if (until <= last) return [];
  const days = Math.round((endOf(until) - endOf(today)) / DAY);
  const message = `Merged today, this waiver lasts ${days} days, and ${beside} allows ${maxDays}; it would not count.`;
  return [noticeAt(read, 'until', message, `Set "until" to ${last} or an earlier day.`)];
}

function noticeAt({ waiver, places }: Readable, path: 'until' | 'approver', message: string, hint: string): Problem {
  const { line, column } = places[path];
  return { source: waiver.source, line, column, path, severity: 'notice', message, hint };
}

function fullName(path: string): string {
  return absolute(path).split(sep).join('/');
}
