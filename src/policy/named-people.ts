/** The accounts and teams that policy files name, with their places: whether they exist is asked of GitHub, never guessed. */
import { didYouMean, quoted } from './problem.ts';
import type { Document, WrittenRule } from './document.ts';
import type { Problem } from './policy.ts';
import type { Granted } from './waivers/waiver.ts';

/** A login, or `team:SLUG`, and where it is written. */
export interface NamedPerson {
  readonly name: string;
  readonly source: string;
  readonly line: number;
  readonly column: number;
  /** Keys from the top. */
  readonly path: string;
}

const TEAM = /^team:[a-z0-9][a-z0-9_-]{0,99}$/i;
/** Rules whose people are known by a number: the login is for readers only, and may be outdated. */
const BY_NUMBER = ['cla'];

/** Everybody whom the files name: approvers of waivers, and teams in the options of rules. */
export function namedPeople(documents: readonly Document[]): readonly NamedPerson[] {
  return documents.flatMap((document) => {
    const { source } = document.file;
    const { approvers, groups } = document.governance;
    const own = (approvers?.value ?? []).map((name) => ({ name, source, ...placeOf(approvers), path: 'waivers.approvers' }));
    const inRules = (rules: Readonly<Record<string, WrittenRule>>, path: string): readonly NamedPerson[] =>
      Object.entries(rules).flatMap(([id, rule]) => (BY_NUMBER.includes(id) ? [] : teamsIn(rule, source, `${path}.${id}`)));
    return [
      ...own,
      ...inRules(document.rules, 'rules'),
      ...groups.flatMap(({ name, rules }) => inRules(rules, `groups.${name}.rules`)),
    ];
  });
}

/** Whom waivers name: who approved them is known already, so these are the people they cover. */
export function coveredPeople(waivers: readonly Granted[]): readonly NamedPerson[] {
  return waivers.flatMap(({ source, scope: { people = [] } }) =>
    people.map((name) => ({ name, source, line: 1, column: 1, path: 'people' })),
  );
}

/** A notice for each place that names somebody who does not exist. */
export function missingPeople(named: readonly NamedPerson[], missing: readonly string[]): readonly Problem[] {
  const gone = new Set(missing.map((name) => name.toLowerCase()));
  const others = named.map(({ name }) => name).filter((name) => !gone.has(name.toLowerCase()));
  return named
    .filter(({ name }) => gone.has(name.toLowerCase()))
    .map(({ name, source, line, column, path }): Problem => {
      const isTeam = TEAM.test(name);
      const what = isTeam
        ? `The organization has no team ${quoted(name.slice('team:'.length))}`
        : `There is no account ${quoted(name)}`;
      const hint =
        didYouMean(name, others) ??
        (isTeam ? 'Write the slug of the team, as in its address.' : 'Write the login, as in github.com/NAME.');
      return { source, line, column, path, severity: 'notice', message: `${what}, or Steward may not see it.`, hint };
    });
}

function placeOf(written: { readonly line: number; readonly column: number } | null): {
  readonly line: number;
  readonly column: number;
} {
  return { line: written?.line ?? 1, column: written?.column ?? 1 };
}

function teamsIn({ options }: WrittenRule, source: string, path: string): readonly NamedPerson[] {
  return Object.entries(options).flatMap(([option, written]) =>
    textsIn(written.value)
      .filter((text) => TEAM.test(text))
      .map((name) => ({ name, source, ...placeOf(written), path: `${path}.${option}` })),
  );
}

/** Every text within a value of a policy, which is bounded in depth and size by its parser. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
