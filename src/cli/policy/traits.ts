/** What somebody tells of a repository on the command line, in place of what is not known here: `--trait KEY=VALUE`. */
import { InvalidArgumentError } from 'commander';
import { VISIBILITIES, type Traits } from '../../policy/managed.ts';
import { nearest } from '../../policy/problem.ts';
import { oneOf } from '../arguments.ts';
import { dayOf } from './since.ts';

/** What groups and pilots go by, beside the name. */
export type GivenTraits = Partial<Omit<Traits, 'owner' | 'name'>>;

const TRAITS = {
  topic: (value, { topics = [] }) => ({ topics: [...topics, value] }),
  visibility: (value) => ({ visibility: oneOf(VISIBILITIES)(value) }),
  language: (value) => ({ language: value }),
  created: (value) => ({ createdAt: dayIn(value) }),
} as const satisfies Record<string, (value: string, before: GivenTraits) => GivenTraits>;

/** The help of `--trait`. */
export const TRAITS_HELP =
  'what tells the repository apart: topic, visibility, language, created or property.NAME; can be repeated';

/** Adds what `KEY=VALUE` says; a property that is given again has several values. */
export function withTrait(given: string, before: GivenTraits = {}): GivenTraits {
  const [, key = '', value = ''] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
  if (value === '') throw new InvalidArgumentError('Expected KEY=VALUE, such as topic=documentation.');
  const [, property] = /^property\.(.+)$/s.exec(key) ?? [];
  if (property !== undefined) return { ...before, properties: withProperty(before.properties ?? {}, property, value) };
  const names = Object.keys(TRAITS) as (keyof typeof TRAITS)[];
  const name = names.find((one) => one === key);
  if (name !== undefined) return { ...before, ...TRAITS[name](value, before) };
  const near = nearest(key, names);
  throw new InvalidArgumentError(`${near === null ? '' : `Did you mean ${near}? `}Allowed: ${names.join(', ')}, property.NAME.`);
}

function withProperty(
  properties: NonNullable<Traits['properties']>,
  name: string,
  value: string,
): NonNullable<Traits['properties']> {
  const all = new Map(Object.entries(properties));
  const old = all.get(name);
  all.set(name, old === undefined ? value : [...(typeof old === 'string' ? [old] : old), value]);
  return Object.fromEntries(all);
}

function dayIn(value: string): string {
  const day = dayOf(value);
  if (day === null) throw new InvalidArgumentError('Expected a day of the calendar, such as created=2026-01-31.');
  return day.toISOString();
}
