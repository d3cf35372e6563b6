/** From the text of a waiver file to a waiver, or to all its problems at once. */
import type { z } from 'zod';
import type { AnyRule } from '../../rules/rule.ts';
import { explain } from '../explain.ts';
import type { PolicyFile, Problem } from '../policy.ts';
import type { Flaw, Path, Place, Positions } from '../positions.ts';
import { inOrder, pathText, quoted } from '../problem.ts';
import { plainGroup, readYaml } from '../yaml.ts';
import { waiverSchemaOf } from './schema.ts';
import { Shelf } from './shelf.ts';
import { unfitness, waiverId } from './unfit.ts';
import type { Waiver } from './waiver.ts';

/** Where in the file something stands that can be wrong by what is known elsewhere. */
export interface WaiverPlaces {
  /** Of each entry. */
  readonly repositories: readonly Place[];
  readonly approver: Place;
  readonly until: Place;
}

/** A waiver in which nothing is wrong. */
export interface Readable {
  readonly waiver: Waiver;
  readonly places: WaiverPlaces;
  readonly problems: readonly [];
}

export type ParsedWaiver = Readable | { readonly waiver: null; readonly problems: readonly Problem[] };

const WAIVER = {
  is: 'a waiver is a group of keys such as "rule:" and "repositories:"',
  hint: 'Start with "rule:" and write each key on a line of its own.',
};

const shelves = new WeakMap<readonly AnyRule[], Shelf<ParsedWaiver>>();

/** Reads a waiver file. Never throws. Each evaluation reads all waivers of an organization, and few of them change. */
export function parseWaiver(file: PolicyFile, rules: readonly AnyRule[]): ParsedWaiver {
  const shelf = shelves.get(rules) ?? new Shelf<ParsedWaiver>();
  shelves.set(rules, shelf);
  return shelf.of(file, (one) => quickly(one, rules) ?? read(one, rules));
}

/** A file in which nothing is wrong, as most are: where its keys stand is looked up when somebody is told of them. Null: something may be. */
export function quickly(file: PolicyFile, rules: readonly AnyRule[]): Readable | null {
  if (unfitness(file).length > 0) return null;
  const value = plainGroup(file.text);
  const result = value && waiverSchemaOf(rules).safeParse(value);
  if (!result?.success || whoseOwn(result.data) !== null) return null;
  return { waiver: waiverOf(file.source, result.data), places: placesLater(file.text, result.data), problems: [] };
}

function placesLater(text: string, waiver: Text): WaiverPlaces {
  let found: WaiverPlaces | undefined;
  const places = (): WaiverPlaces => (found ??= placesIn(readYaml(text, WAIVER).positions, waiver));
  return {
    get repositories() {
      return places().repositories;
    },
    get approver() {
      return lineOf(text, 'approver') ?? places().approver;
    },
    get until() {
      return lineOf(text, 'until') ?? places().until;
    },
  };
}

const LINES = { approver: /^approver: *(?=[A-Za-z0-9"'])/gm, until: /^until: *(?=[A-Za-z0-9"'])/gm } as const;

/** Where the value of a key stands that begins a line, as all do in most files; null: it does not, or seems to twice. */
function lineOf(text: string, key: keyof typeof LINES): Place | null {
  const [first, second] = text.matchAll(LINES[key]);
  if (!first || second || /[\uFEFF\r]/.test(text)) return null;
  return { line: text.slice(0, first.index).split('\n').length, column: first[0].length + 1 };
}

function read(file: PolicyFile, rules: readonly AnyRule[]): ParsedWaiver {
  const unfit = unfitness(file);
  if (unfit.length > 0) return { waiver: null, problems: unfit };
  const { value, positions, problems: flaws } = readYaml(file.text, WAIVER);
  if (value === undefined) return refused(file, flaws);
  const schema = waiverSchemaOf(rules);
  const result = schema.safeParse(value);
  // Rules are values here and no keys: a hint must not send anybody to "rules:".
  const issues = result.success ? [] : result.error.issues.slice(0, MOST_PROBLEMS).map(shortened);
  const found = issues
    .flatMap((issue) => explain(issue, { value, schema, positions, rules: [] }))
    .map((flaw) => needed(flaw, value));
  const all = [...flaws, ...found, ...ownApproval(value, positions)];
  if (!result.success || all.length > 0) return refused(file, all);
  return { waiver: waiverOf(file.source, result.data), places: placesIn(positions, result.data), problems: [] };
}

/** More problems of one file than this are read by nobody. */
const MOST_PROBLEMS = 30;

/** One issue can be about thousands of keys. */
function shortened(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  return issue.code === 'unrecognized_keys' ? { ...issue, keys: issue.keys.slice(0, MOST_PROBLEMS) } : issue;
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

/** Looked for although other keys are wrong: all problems are told at once. */
function ownApproval(value: unknown, positions: Positions): readonly Flaw[] {
  const keys = value as Readonly<Record<string, unknown>>;
  const why = whoseOwn(keys);
  if (why === null) return [];
  const path: Path = ['approver'];
  const message = `${quoted(String(keys['approver']))} ${why}, and nobody waives for themselves.`;
  return [{ ...positions.value(path), path, message, hint: 'Name somebody else who approves it.' }];
}

/** Why a waiver is its approver's own; null: it is not. */
function whoseOwn({ approver, requestedBy, people }: Readonly<Record<string, unknown>>): string | null {
  if (typeof approver !== 'string') return null;
  const isApprover = (one: unknown): boolean => typeof one === 'string' && one.toLowerCase() === approver.toLowerCase();
  if (isApprover(requestedBy)) return 'asked for this waiver';
  return Array.isArray(people) && people.some(isApprover) ? 'is among the people whom this waiver covers' : null;
}

function refused({ source }: PolicyFile, flaws: readonly Flaw[]): ParsedWaiver {
  const problems = flaws.map(({ line, column, path, message, hint }): Problem => ({
    ...{ source, line, column, path: pathText(path), severity: 'error', message, hint },
  }));
  return { waiver: null, problems: inOrder(problems).slice(0, MOST_PROBLEMS) };
}
