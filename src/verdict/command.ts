/** Commands as people write them after `/steward `, and what to tell when one cannot be read. */
import { listed, nearest, quoted } from '../policy/problem.ts';

export interface OverrideCommand {
  readonly kind: 'override';
  /** Lower-case. */
  readonly rule: string;
  readonly reason: string;
}

export type Command = OverrideCommand | { readonly kind: 'recheck' } | { readonly kind: 'unreadable'; readonly reason: string };

/** A reason shorter than this gives none; a longer one belongs into a comment of its own. */
const SHORTEST = 10;
const LONGEST = 500;

const HOW = '/steward override RULE because REASON';
const COMMANDS = ['recheck', 'override'];

/** Reads a command. Keywords are read in any case. */
export function readCommand(text: string): Command {
  const [word = ''] = text.trim().split(/\s/, 1);
  const verb = word.toLowerCase();
  if (verb === 'recheck') return { kind: 'recheck' };
  if (verb === 'override') return readOverride(text);
  const meant = nearest(word, COMMANDS);
  const hint = meant === null ? '' : ` Did you mean "/steward ${meant}"?`;
  return {
    kind: 'unreadable',
    reason: `${quoted(word)} is not a command. Steward knows "/steward recheck" and "${HOW}".${hint}`,
  };
}

function readOverride(text: string): Command {
  const [, rule, reason] = /^override\s+["'`]?([\w-]{1,64})["'`]?\s+because(?:\s+(.*))?$/is.exec(text.trim()) ?? [];
  if (rule === undefined) return { kind: 'unreadable', reason: `An override is written in one line: "${HOW}".` };
  const why = reason?.trim() ?? '';
  const length = Array.from(why).length;
  if (length < SHORTEST)
    return { kind: 'unreadable', reason: `An override needs a reason of at least ${SHORTEST} characters: "${HOW}".` };
  if (length > LONGEST)
    return {
      kind: 'unreadable',
      reason: `The reason of an override has at most ${LONGEST} characters, and this one has ${length}. Put the rest into a comment and link to it.`,
    };
  return { kind: 'override', rule: rule.toLowerCase(), reason: why };
}

/** Why a rule cannot be overridden where it is not asked: the rules that are, and the one that was probably meant. */
export function noSuchRule(rule: string, asked: readonly string[]): string {
  if (asked.length === 0) return 'No rule is asked of this pull request, so there is nothing to override.';
  const meant = nearest(rule, asked);
  const hint = meant === null ? '' : ` Did you mean "${meant}"?`;
  return `${quoted(rule)} is not a rule that is asked here. These are: ${listed(asked)}.${hint}`;
}
