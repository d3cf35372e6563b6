/** From the text of a waiver file to a waiver, or to all its problems at once. */
import type { AnyRule } from '../../rules/rule.ts';
import { explain } from '../explain.ts';
import type { PolicyFile, Problem } from '../policy.ts';
import type { Flaw, Path, Place, Positions } from '../positions.ts';
import { inOrder, pathText, quoted } from '../problem.ts';
import { readYaml } from '../yaml.ts';
import { waiverSchemaOf } from './schema.ts';
import { unfitness, waiverId } from './unfit.ts';
import type { Waiver } from './waiver.ts';

/** Where in the file something stands that can be wrong by what is known elsewhere. */
export interface WaiverPlaces {
  /** Of each entry. */
  readonly repositories: readonly Place[];
  readonly approver: Place;
  readonly until: Place;
}

export type ParsedWaiver =
  | { readonly waiver: Waiver; readonly places: WaiverPlaces; readonly problems: readonly [] }
  | { readonly waiver: null; readonly problems: readonly Problem[] };

const WAIVER = {
  is: 'a waiver is a group of keys such as "rule:" and "repositories:"',
  hint: 'Start with "rule:" and write each key on a line of its own.',
};

/** So many are remembered by their text: each evaluation reads all waivers of an organization, and few of them change. */
const REMEMBERED = 4_000;
const LONGEST_REMEMBERED = 4_096;

const remembered = new WeakMap<readonly AnyRule[], Map<string, ParsedWaiver>>();

/** Reads a waiver file. Never throws. */
export function parseWaiver(file: PolicyFile, rules: readonly AnyRule[]): ParsedWaiver {
  if (file.text.length > LONGEST_REMEMBERED) return read(file, rules);
  const known = remembered.get(rules) ?? new Map<string, ParsedWaiver>();
  remembered.set(rules, known);
  const key = `${file.source}\n${file.text}`;
  const parsed = known.get(key) ?? read(file, rules);
  // What was asked for longest ago is forgotten first.
  known.delete(key);
  known.set(key, parsed);
  const [oldest] = known.keys();
  if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  return parsed;
}

function read(file: PolicyFile, rules: readonly AnyRule[]): ParsedWaiver {
  const unfit = unfitness(file);
  if (unfit.length > 0) return { waiver: null, problems: unfit };
  const { value, positions, problems: flaws } = readYaml(file.text, WAIVER);
  if (value === undefined) return refused(file, flaws);
  const schema = waiverSchemaOf(rules);
  const result = schema.safeParse(value);
  // Rules are values here and no keys: a hint must not send anybody to "rules:".
  const issues = result.success ? [] : result.error.issues;
  const found = issues
    .flatMap((issue) => explain(issue, { value, schema, positions, rules: [] }))
    .map((flaw) => needed(flaw, value));
  const all = [...flaws, ...found, ...ownApproval(value, positions)];
  if (!result.success || all.length > 0) return refused(file, all);
  return { waiver: waiverOf(file.source, result.data), places: placesIn(positions, result.data), problems: [] };
}

function placesIn({ value }: Positions, { repositories }: Text): WaiverPlaces {
  return {
    repositories: repositories.map((_, index) => value(['repositories', index])),
    ...{ approver: value(['approver']), until: value(['until']) },
  };
}

/** What to write where a key that is needed stands there without a value. */
const WRITE: Readonly<Record<string, string>> = {
  rule: 'Write the id of the rule.',
  repositories: 'Write a list of names of repositories, without the owner.',
  reason: 'Say why the rule does not fit here.',
  approver: 'Write the login of whoever will approve this pull request.',
  until: 'Write the last day, such as 2026-01-31.',
};

/** The usual hint for a key without a value is to remove it. */
function needed(flaw: Flaw, value: unknown): Flaw {
  const [key, ...within] = flaw.path;
  const isEmpty = within.length === 0 && (value as Readonly<Record<PropertyKey, unknown>>)[key ?? ''] === null;
  const hint = isEmpty && Object.hasOwn(WRITE, key ?? '') ? WRITE[String(key)] : undefined;
  return hint === undefined ? flaw : { ...flaw, hint };
}

type Text = ReturnType<ReturnType<typeof waiverSchemaOf>['parse']>;

function waiverOf(source: string, text: Text): Waiver {
  const { rule, repositories, paths, packages, people, reason, approver, until } = text;
  const scope = { repositories, ...(paths && { paths }), ...(packages && { packages }), ...(people && { people }) };
  return {
    ...{ id: waiverId(source) ?? '', source, rule, scope, reason: reason.trim(), code: text.code ?? null },
    ...{ approver, requestedBy: text.requestedBy ?? null, until, discussion: text.discussion ?? null },
  };
}

/** Nobody waives for themselves. Looked for although other keys are wrong: all problems are told at once. */
function ownApproval(value: unknown, positions: Positions): readonly Flaw[] {
  const { approver, requestedBy, people } = value as Readonly<Record<string, unknown>>;
  if (typeof approver !== 'string') return [];
  const isApprover = (one: unknown): boolean => typeof one === 'string' && one.toLowerCase() === approver.toLowerCase();
  const why = isApprover(requestedBy)
    ? 'asked for this waiver'
    : Array.isArray(people) && people.some(isApprover)
      ? 'is among the people whom this waiver covers'
      : null;
  if (why === null) return [];
  const path: Path = ['approver'];
  const message = `${quoted(approver)} ${why}, and nobody waives for themselves.`;
  return [{ ...positions.value(path), path, message, hint: 'Name somebody else who approves it.' }];
}

function refused({ source }: PolicyFile, flaws: readonly Flaw[]): ParsedWaiver {
  const problems = flaws.map(({ line, column, path, message, hint }): Problem => ({
    ...{ source, line, column, path: pathText(path), severity: 'error', message, hint },
  }));
  return { waiver: null, problems: inOrder(problems) };
}
