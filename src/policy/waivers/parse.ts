/** From the text of a waiver file to a waiver, or to all its problems at once. */
import type { AnyRule } from '../../rules/rule.ts';
import { explain } from '../explain.ts';
import type { PolicyFile, Problem } from '../policy.ts';
import type { Flaw, Path, Place, Positions } from '../positions.ts';
import { inOrder, pathText, quoted } from '../problem.ts';
import { readYaml } from '../yaml.ts';
import { waiverSchemaOf } from './schema.ts';
import { NOT_A_FILE, type Waiver } from './waiver.ts';

/** Where in the file something stands that can be wrong by what is known elsewhere. */
export interface WaiverPlaces {
  readonly approver: Place;
  readonly until: Place;
}

export type ParsedWaiver =
  | { readonly waiver: Waiver; readonly places: WaiverPlaces; readonly problems: readonly [] }
  | { readonly waiver: null; readonly problems: readonly Problem[] };

/** A waiver larger than this is no waiver. */
const MAX_BYTES = 16 * 1024;

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
  const id = idOf(file.source);
  if (file.text === NOT_A_FILE) return refused(file, [noFile(file.source)]);
  const unfit = [...(id === null ? [misnamed(file.source)] : []), ...tooLarge(file.text)];
  if (unfit.length > 0) return refused(file, unfit);
  const { value, positions, problems: flaws } = readYaml(file.text, WAIVER);
  if (value === undefined) return refused(file, flaws);
  const schema = waiverSchemaOf(rules);
  const result = schema.safeParse(value);
  // Rules are values here and no keys: a hint must not send anybody to "rules:".
  const issues = result.success ? [] : result.error.issues;
  const found = issues.flatMap((issue) => explain(issue, { value, schema, positions, rules: [] }));
  const all = [...flaws, ...found, ...ownApproval(value, positions)];
  if (!result.success || all.length > 0) return refused(file, all);
  const places = { approver: positions.value(['approver']), until: positions.value(['until']) };
  return { waiver: waiverOf(id ?? '', file.source, result.data), places, problems: [] };
}

type Text = ReturnType<ReturnType<typeof waiverSchemaOf>['parse']>;

function waiverOf(id: string, source: string, text: Text): Waiver {
  const { rule, repositories, paths, packages, people, reason, approver, until } = text;
  const scope = { repositories, ...(paths && { paths }), ...(packages && { packages }), ...(people && { people }) };
  return {
    ...{ id, source, rule, scope, reason: reason.trim(), code: text.code ?? null },
    ...{ approver, requestedBy: text.requestedBy ?? null, until, discussion: text.discussion ?? null },
  };
}

/** The name of the file; null: it is none that a waiver can have. */
function idOf(source: string): string | null {
  const [, id = null] = /[/:]([A-Za-z0-9._-]{1,100})\.ya?ml$/.exec(source) ?? [];
  return id;
}

function noFile(source: string): Flaw {
  const message = `${quoted(nameIn(source))} is a link, a folder or a submodule, and a waiver is a file of its own.`;
  const hint = 'Put each waiver right into this folder, as a file with its own text.';
  return { line: 1, column: 1, path: [], message, hint };
}

function nameIn(source: string): string {
  return source.slice(source.lastIndexOf('/') + 1);
}

function misnamed(source: string): Flaw {
  const message = `The name ${quoted(nameIn(source))} is none for a waiver.`;
  const hint = 'Name it with letters, digits, dots, dashes and underscores, at most 100, and end it in ".yml".';
  return { line: 1, column: 1, path: [], message, hint };
}

function tooLarge(text: string): readonly Flaw[] {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_BYTES) return [];
  const message = `The file is ${Math.ceil(bytes / 1024)} KiB; a waiver has at most ${MAX_BYTES / 1024} KiB.`;
  return [{ line: 1, column: 1, path: [], message, hint: 'Keep the reason short, and link to the rest as "discussion".' }];
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
