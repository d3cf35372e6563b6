/** Commands as people write them after `/steward `, and what to tell when one cannot be read. */
import { listed, nearest, quoted } from '../policy/problem.ts';

export interface OverrideCommand {
  readonly kind: 'override';
  /** Lower-case. */
  readonly rule: string;
  readonly reason: string;
}

export interface WaiveCommand {
  readonly kind: 'waive';
  /** Lower-case. */
  readonly rule: string;
  /** The last day, a real one: YYYY-MM-DD. */
  readonly until: string;
  readonly reason: string;
}

export type Command =
  OverrideCommand | WaiveCommand | { readonly kind: 'recheck' } | { readonly kind: 'unreadable'; readonly reason: string };

/** A reason shorter than this gives none; a longer one belongs into a comment of its own. */
const SHORTEST = 10;
const LONGEST = 500;

const HOW = '/steward override RULE because REASON';
const HOW_WAIVE = '/steward waive RULE until YYYY-MM-DD because REASON';
const COMMANDS = ['recheck', 'override', 'waive'];

/** Reads a command. Keywords are read in any case. */
export function readCommand(text: string): Command {
  const [word = ''] = text.trim().split(/\s/, 1);
  const verb = word.toLowerCase();
  if (verb === 'recheck') return { kind: 'recheck' };
  if (verb === 'override') return readOverride(text);
  if (verb === 'waive') return readWaive(text);
  const meant = nearest(word, COMMANDS);
  const hint = meant === null ? '' : ` Did you mean "/steward ${meant}"?`;
  return {
    kind: 'unreadable',
    reason: `${quoted(word)} is not a command. Steward knows "/steward recheck", "${HOW}" and "${HOW_WAIVE}".${hint}`,
  };
}

function readOverride(text: string): Command {
  const [, rule, reason] = /^override\s+["'`]?([\w-]{1,64})["'`]?\s+because(?:\s+(.*))?$/is.exec(text.trim()) ?? [];
  if (rule === undefined) return { kind: 'unreadable', reason: `An override is written in one line: "${HOW}".` };
  const why = reason?.trim() ?? '';
  const unfit = unfitReason(why, 'An override', HOW);
  return unfit === null ? { kind: 'override', rule: rule.toLowerCase(), reason: why } : { kind: 'unreadable', reason: unfit };
}

function readWaive(text: string): Command {
  const [, rule, until, reason] =
    /^waive\s+["'`]?([\w-]{1,64})["'`]?\s+until\s+(\S{1,40})\s+because(?:\s+(.*))?$/is.exec(text.trim()) ?? [];
  if (rule === undefined || until === undefined)
    return { kind: 'unreadable', reason: `A waiver is asked for in one line: "${HOW_WAIVE}".` };
  if (!isDay(until))
    return { kind: 'unreadable', reason: `${quoted(until)} is no day of the calendar. Write the last day as YYYY-MM-DD.` };
  const why = reason?.trim() ?? '';
  const unfit = unfitReason(why, 'A waiver', HOW_WAIVE);
  return unfit === null ? { kind: 'waive', rule: rule.toLowerCase(), until, reason: why } : { kind: 'unreadable', reason: unfit };
}

function unfitReason(why: string, what: string, how: string): string | null {
  const length = Array.from(why).length;
  if (length < SHORTEST) return `${what} needs a reason of at least ${SHORTEST} characters: "${how}".`;
  if (length <= LONGEST) return null;
  return `The reason of ${what.toLowerCase()} has at most ${LONGEST} characters, and this one has ${length}. Put the rest into a comment and link to it.`;
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Why a rule cannot be overridden or waived where it is not asked: the rules that are, and the one that was probably meant. */
export function noSuchRule(rule: string, asked: readonly string[], verb: 'override' | 'waive' = 'override'): string {
  if (asked.length === 0) return `No rule is asked here, so there is nothing to ${verb}.`;
  const meant = nearest(rule, asked);
  const hint = meant === null ? '' : ` Did you mean "${meant}"?`;
  return `${quoted(rule)} is not a rule that is asked here. These are: ${listed(asked)}.${hint}`;
}
