/** Which waivers are in force at a moment: read, approved by somebody else, and not ended. */
import type { AnyRule } from '../../rules/rule.ts';
import type { WaiverTerms } from '../managed.ts';
import { NO_WAIVERS, type KeptWaiver, type Waivers } from './waiver.ts';

/** Sorts the waiver files of an organization: what is granted, what has ended, and what administrators should know. */
export function waiversInForce(
  _kept: readonly KeptWaiver[],
  _terms: WaiverTerms,
  _rules: readonly AnyRule[],
  _now: Date,
): Waivers {
  return NO_WAIVERS;
}
