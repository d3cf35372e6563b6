/** Where Allstar asks for something, as the policy of an organization with groups of repositories. */
import { LEVELS } from '../../policy/policy.ts';
import type { Path } from '../../policy/positions.ts';
import { globOf, isNamed } from '../../policy/where.ts';
import { levelOf, type Asks } from './allstar-files.ts';
import type { AllstarText } from './allstar-text.ts';
import { becomes, lineIn, placed, remark, todo, type Decision, type Draft } from './decision.ts';

/** Something that one file asks for. */
export interface Unit {
  readonly text: AllstarText;
  readonly asks: Asks;
  readonly path: Path;
  readonly found: string;
}

/** What is asked of some repositories: by rule, how firmly and which files. */
type Demands = ReadonlyMap<string, { readonly enforce: string; readonly files: readonly string[] }>;

interface Setting {
  readonly units: readonly Unit[];
  /** `allstar.yaml` of the organization; null: not given. */
  readonly app: AllstarText | null;
  /** Files that speak of one repository. */
  readonly own: readonly AllstarText[];
}

/** Decisions on what is asked of all repositories, of groups, and what repositories may change. */
export function asked(texts: readonly AllstarText[], unitsOf: (text: AllstarText) => readonly Unit[]): readonly Decision[] {
  const general = texts.filter(({ repository }) => repository === null);
  const units = general.flatMap(unitsOf);
  if (units.length === 0) return [];
  const app = general.find(({ kind }) => kind.name === 'allstar') ?? null;
  const setting: Setting = { units, app, own: texts.filter(({ repository }) => repository !== null) };
  const base = demands(setting, null);
  return [
    ...units.flatMap((unit) => at(unit.text, forAll(unit, setting))),
    ...named(setting, base),
    ...hidden(setting, base),
    ...(app === null ? [notGiven(units)] : []),
  ];
}

const at = (text: AllstarText, drafts: readonly Draft[]): readonly Decision[] =>
  placed(drafts, text.source, lineIn(text.positions));

/** What one file asks of every repository, and what a repository may change of it. */
function forAll(unit: Unit, setting: Setting): readonly Draft[] {
  const { asks, path, found, text } = unit;
  const { optConfig, action } = text.written;
  const free = optConfig.disableRepoOverride === true ? locked(asks) : loosened(asks);
  if (!isOn(unit, setting, null)) return [remark(found, 'is asked for only where repositories opted in.', path), free];
  const level = levelOf(action);
  const why = action === undefined ? 'no action is written, so it is only logged.' : `action ${action} is ${level}.`;
  return [
    becomes(
      action === undefined ? found : `action: ${action}`,
      `rules.${asks.rule}.enforce`,
      level,
      why,
      action === undefined ? path : ['action'],
    ),
    ...(asks.file === null
      ? []
      : [becomes(found, `rules.${asks.rule}.files`, [asks.file], `asks for the file ${asks.file}.`, path)]),
    free,
  ];
}

function locked({ rule }: Asks): Draft {
  const says = 'repositories cannot change how firmly it is held.';
  return becomes('optConfig.disableRepoOverride: true', 'locked', [`${rule}.enforce`], says, [
    'optConfig',
    'disableRepoOverride',
  ]);
}

function loosened({ rule }: Asks): Draft {
  const says = 'repositories could opt out by a file of their own. Remove this line where they should not.';
  return becomes('disableRepoOverride is not set', 'mayLoosen', [rule], says, ['optConfig']);
}

/** Repositories that are told apart by name: those with the same demands are one group. */
function named(setting: Setting, base: Demands): readonly Decision[] {
  const lists = setting.units.map(({ text }) => text).concat(setting.app ?? []);
  const patterns = [...new Set(lists.flatMap(({ written: { optConfig: o } }) => [...o.optInRepos, ...o.optOutRepos]))];
  const odd = patterns.filter((pattern) => !globOf(pattern).known);
  const own = setting.own.flatMap(({ repository }) => repository ?? []);
  const fit = [...new Set([...patterns.filter((pattern) => !odd.includes(pattern)), ...own])];
  const groups = Map.groupBy(fit, (pattern) => keyOf(demands(setting, pattern)));
  const source = setting.app ?? setting.units[0]?.text;
  if (!source) return [];
  const told = [...groups].filter(([key]) => key !== keyOf(base));
  const drafts = told.flatMap(([, some], index) =>
    group(nameOf(told.length, index), { names: some }, demands(setting, some[0] ?? ''), base),
  );
  const left = odd.map((pattern) =>
    todo(`optConfig: ${pattern}`, 'this pattern says more than * and ? can; list the names in a group.', ['optConfig']),
  );
  return at(source, [...drafts, ...left]);
}

function nameOf(count: number, index: number): string {
  return count === 1 ? 'allstar-exceptions' : `allstar-exceptions-${index + 1}`;
}

/** Repositories that are told apart by who can see them. */
function hidden(setting: Setting, base: Demands): readonly Decision[] {
  const source = setting.app ?? setting.units[0]?.text;
  if (!source) return [];
  const of = (
    flag: 'optOutPrivateRepos' | 'optOutPublicRepos',
    visibility: readonly string[],
    name: string,
  ): readonly Decision[] => {
    const isOut = (text: AllstarText | null): boolean => text?.written.optConfig[flag] === true;
    const stay = setting.units.filter((unit) => !isOut(unit.text) && !isOut(setting.app));
    if (stay.length === setting.units.length) return [];
    return at(source, group(name, { visibility }, demands({ ...setting, units: stay }, null), base, ['optConfig', flag]));
  };
  return [
    ...of('optOutPrivateRepos', ['private', 'internal'], 'allstar-private'),
    ...of('optOutPublicRepos', ['public'], 'allstar-public'),
  ];
}

/** One group: what its repositories are asked beside, or instead of, what all are. */
function group(
  name: string,
  where: Readonly<Record<string, readonly string[]>>,
  wanted: Demands,
  base: Demands,
  path: Path = ['optConfig'],
): readonly Draft[] {
  const found = Object.entries(where)
    .map(([key, values]) => `${key} ${values.join(', ')}`)
    .join('; ');
  const heads = Object.entries(where).map(([key, values]) =>
    becomes('optConfig', `groups.${name}.where.${key}`, values, 'repositories of which Allstar asked something else.', path),
  );
  const rules = [...new Set([...wanted.keys(), ...base.keys()])].flatMap((rule): readonly Draft[] => {
    const demand = wanted.get(rule);
    const key = `groups.${name}.rules.${rule}`;
    if (!demand) return [becomes(found, `${key}.enforce`, 'off', 'they opted out.', path)];
    const says = base.has(rule) ? 'they are asked for a part of it.' : 'they opted in.';
    return [
      becomes(found, `${key}.enforce`, demand.enforce, says, path),
      ...(demand.files.length === 0 ? [] : [becomes(found, `${key}.files`, demand.files, says, path)]),
    ];
  });
  return [...heads, ...rules];
}

/** What is asked of repositories that a pattern names; null: of those that no list names. */
function demands(setting: Setting, pattern: string | null): Demands {
  const on = setting.units.filter((unit) => isOn(unit, setting, pattern));
  const byRule = Map.groupBy(on, ({ asks }) => asks.rule);
  return new Map(
    [...byRule].map(([rule, units]) => {
      const levels = units.map((unit) => levelOf(ownFile(unit, setting, pattern)?.written.action ?? unit.text.written.action));
      const enforce = LEVELS.findLast((level) => levels.some((one) => one === level)) ?? 'observe';
      return [rule, { enforce, files: units.flatMap(({ asks }) => asks.file ?? []) }];
    }),
  );
}

function isOn(unit: Unit, setting: Setting, pattern: string | null): boolean {
  const own = ownFile(unit, setting, pattern)?.written.optConfig;
  if (own?.optOut === true) return false;
  return (setting.app === null || isIn(setting.app, pattern)) && (own?.optIn === true || isIn(unit.text, pattern));
}

function isIn({ written: { optConfig } }: AllstarText, pattern: string | null): boolean {
  const listed = (list: readonly string[]): boolean =>
    pattern !== null && list.some((one) => one === pattern || isNamed(one, pattern));
  return optConfig.optOutStrategy === true ? !listed(optConfig.optOutRepos) : listed(optConfig.optInRepos);
}

function ownFile({ text }: Unit, { own }: Setting, pattern: string | null): AllstarText | null {
  return own.find(({ repository, kind }) => repository === pattern && kind.name === text.kind.name) ?? null;
}

function keyOf(wanted: Demands): string {
  return JSON.stringify([...wanted].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function notGiven(units: readonly Unit[]): Decision {
  const says =
    'was not given; Allstar is taken to look at every repository. Import it together with these files where it does not.';
  const source = units[0]?.text.source ?? '';
  return { source, line: 1, key: '', ...{ found: 'allstar.yaml', says, set: null, isTodo: false } };
}
