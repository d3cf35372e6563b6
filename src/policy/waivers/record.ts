/** What became of every version of a waiver file: evidence of who let what pass, for how long, and why. */
import type { AnyRule } from '../../rules/rule.ts';
import type { WaiverTerms } from '../managed.ts';
import { endOf } from '../dates.ts';
import { waiversInForce } from './in-force.ts';
import { parseWaiver, type ParsedWaiver } from './parse.ts';
import type { KeptWaiver, Waiver, Waivers } from './waiver.ts';

/** A version of a waiver file, and the time for which it was there; ISO 8601, `until` null: it is there. */
export type KeptVersion = KeptWaiver & { readonly from: string; readonly until: string | null };

/**
 * `in-force`: it counts now. `ended`: its last day has passed. `gone`: it was approved, and taken back or replaced by another
 * version before its last day. `refused`: it does not count. `unknown`: whether it was approved is not known yet.
 */
export const WAIVER_STATES = ['in-force', 'ended', 'gone', 'refused', 'unknown'] as const;
export type WaiverState = (typeof WAIVER_STATES)[number];

/** One version and what became of it. JSON only. */
export interface WaiverRecord {
  /** `OWNER/REPO:PATH`. */
  readonly file: string;
  /** The git id of its content. */
  readonly oid: string | null;
  readonly from: string;
  readonly until: string | null;
  readonly state: WaiverState;
  /** Why it is refused, or not known; else null. Foreign text. */
  readonly why: string | null;
  /** What the file says; null: it cannot be read. */
  readonly waiver: Waiver | null;
  readonly approval: KeptWaiver['approval'];
}

/** Every version, oldest first, as it counts at a moment by what the policy says of waivers. */
export function waiverRecords(
  kept: readonly KeptVersion[],
  terms: WaiverTerms,
  rules: readonly AnyRule[],
  now: Date,
): readonly WaiverRecord[] {
  const present = kept.filter(({ until }) => until === null);
  const standing = waiversInForce(present, terms, rules, now);
  return kept.map((version): WaiverRecord => {
    const { file, approval, from, until } = version;
    const parsed = parseWaiver(file, rules);
    const fate = parsed.waiver === null ? unread(parsed) : fateOf(version, parsed.waiver, standing, now);
    return { file: file.source, oid: file.oid, from, until, ...fate, waiver: parsed.waiver, approval };
  });
}

type Fate = Pick<WaiverRecord, 'state' | 'why'>;

function unread({ problems }: ParsedWaiver): Fate {
  return { state: 'refused', why: problems.map(({ line, message }) => `line ${line}: ${message}`).join(' ') };
}

function fateOf({ approval, until }: KeptVersion, waiver: Waiver, { granted, problems }: Waivers, now: Date): Fate {
  if (approval.state !== 'approved') return { state: approval.state, why: approval.reason };
  const own = problems.find(({ source, severity }) => until === null && source === waiver.source && severity === 'error');
  if (own) return { state: 'refused', why: own.message };
  const lasted = until === null ? now.getTime() : Date.parse(until);
  if (endOf(waiver.until) <= lasted) return { state: 'ended', why: null };
  if (until !== null) return { state: 'gone', why: null };
  return granted.some(({ source }) => source === waiver.source)
    ? { state: 'in-force', why: null }
    : { state: 'refused', why: null };
}
