/** Every effective value of a policy, with where it was written: what `steward policy explain` and pages show. */
import { asks } from './certification.ts';
import type { Reached } from './managed.ts';
import { TOP_KEYS, type Origin, type Policy, type RuleSetting, type TopKey } from './policy.ts';

export interface EffectiveValue {
  /** Null: of the policy itself. */
  readonly rule: string | null;
  readonly key: string;
  /** JSON; undefined where nothing holds. Foreign text. */
  readonly value: unknown;
  readonly origin: Origin | 'default';
  /** What else decides, in Steward's own words: a roll-out, a pause, a certification; null: nothing. */
  readonly note: string | null;
}

/**
 * The values of the policy itself, then those of each rule: how firmly, the clause, and every option. What is known of where
 * the repository lies in roll-outs is told with them, by rule.
 */
export function effective(policy: Policy, here: ReadonlyMap<string, string> = new Map()): readonly EffectiveValue[] {
  const rules = Object.entries(policy.rules).flatMap(([id, setting]) => ofRule(id, setting, policy, here.get(id) ?? null));
  return [...TOP_KEYS.flatMap((key) => ofPolicy(key, policy)), ...rules];
}

function ofPolicy(key: TopKey, policy: Policy): readonly EffectiveValue[] {
  const origin = policy.origins[key] ?? 'default';
  const value = topValue(key, policy);
  return [{ rule: null, key, value, origin, note: key === 'paused' && policy.paused ? pauseNote(policy.paused.until) : null }];
}

function topValue(key: TopKey, { limits, waivers, ...policy }: Policy): unknown {
  if (key === 'maxNewFailures' || key === 'maxWritesPerHour') return limits[key];
  if (key === 'waivers.approvers') return waivers.approvers;
  if (key === 'waivers.maxDays') return waivers.maxDays;
  if (key === 'pilots') return policy.pilots.map(({ name }) => name);
  return key === 'paused' ? (policy.paused?.because ?? null) : policy[key];
}

function ofRule(
  id: string,
  { enforce, clause, options, origins, rollout }: RuleSetting,
  policy: Policy,
  here: string | null,
): readonly EffectiveValue[] {
  const originOf = (key: string): Origin | 'default' => (Object.hasOwn(origins, key) ? origins[key] : undefined) ?? 'default';
  const of = (key: string, value: unknown, note: string | null = null): EffectiveValue => ({
    ...{ rule: id, key, value, origin: originOf(key), note },
  });
  const notes = [certificationNote(id, enforce, policy), rollout ? rolloutNote(rollout) : null, here];
  const note = notes.filter((one) => one !== null).join(' ');
  return [
    of('enforce', enforce, note === '' ? null : note),
    ...(clause ? [of('clause', clause.says, clause.strength ? `The sentence is a "${clause.strength}" (RFC 2119).` : null)] : []),
    ...Object.entries(options).map(([key, value]) => of(key, value)),
  ];
}

function certificationNote(id: string, enforce: string, { certification }: Policy): string | null {
  if (certification === null || enforce === 'off' || !asks('both').includes(id)) return null;
  return asks(certification).includes(id) ? null : `It is not asked, because certification is "${certification}".`;
}

function rolloutNote({ step, aim, next, grace }: Reached): string {
  const spared = { 'new-repository': 'the repository is new', 'first-contribution': 'it is a first contribution' } as const;
  const sentences = [
    step === null ? 'Its roll-out has not begun here.' : `Step ${step + 1} of its roll-out is in force.`,
    ...(next ? [`From ${next.from.slice(0, 10)} it is "${next.enforce}".`] : []),
    ...(next?.enforce === aim ? [] : [`It leads to "${aim}".`]),
    ...(grace
      ? [`It is held less firmly${grace.until ? ` until ${grace.until.slice(0, 10)}` : ''}, because ${spared[grace.reason]}.`]
      : []),
  ];
  return sentences.join(' ');
}

function pauseNote(until: string | null): string {
  return `Nothing fails ${until === null ? 'until the key is removed' : `until the end of ${until}`}.`;
}
