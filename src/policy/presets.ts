/** Policies that come with Steward and can be extended by name. */
import type { AnyRule } from '../rules/rule.ts';
import { parse, type Parsed } from './parse.ts';
import type { Presets } from './policy.ts';

/** What holds when nobody has written a policy. */
export const BASELINE = 'baseline';

const made = new WeakMap<Presets, WeakMap<readonly AnyRule[], Map<string, Parsed>>>();

/** A preset as a document; null when there is none of that name. Parsed once for a list of rules. */
export function presetNamed(name: string, rules: readonly AnyRule[], presets: Presets): Parsed | null {
  const text = presets.get(name);
  if (text === undefined) return null;
  const ofPresets = made.get(presets) ?? new WeakMap<readonly AnyRule[], Map<string, Parsed>>();
  made.set(presets, ofPresets);
  const ofRules = ofPresets.get(rules) ?? new Map<string, Parsed>();
  ofPresets.set(rules, ofRules);
  const parsed = ofRules.get(name) ?? parse({ layer: 'preset', source: name, commit: null, oid: null, text }, rules, presets);
  ofRules.set(name, parsed);
  return parsed;
}
