/** The next step for a value of the wrong kind: the shortest right form, a list, a number without quotes. */
import { LEVELS } from './policy.ts';
import type { Path } from './positions.ts';

/** The shortest right form of what newcomers write as a single value, by its key. */
const FORMS: Readonly<Record<string, string>> = {
  clause: 'clause: { says: … }',
  grace: 'grace: { newRepositories: 30, level: warn }',
  groups: 'groups: [{ name: docs, where: { names: [website] }, rules: { … } }]',
  lifecycle: 'lifecycle: { property: stage }',
  paused: 'paused: { because: … }',
  pilots: 'pilots: [{ name: …, owner: …, where: { … }, start: 2027-01-15, end: 2027-04-15 }]',
  rollout: 'rollout: [{ enforce: warn, from: 2027-01-15 }]',
  waivers: 'waivers: { maxDays: 180 }',
  where: 'where: { names: [website] }',
};

/** A sentence on how to write what was meant; null: nothing is known to say. `expected` is a kind of Zod's. */
export function typeHint(expected: string, value: unknown, path: Path): string | null {
  if (expected === 'boolean') return truthHint(value);
  if (expected === 'number' || expected === 'int') return isText(value, /^-?\d+(?:\.\d+)?$/) ? UNQUOTED : null;
  if (expected === 'string') return typeof value === 'number' || typeof value === 'boolean' ? 'Put it in quotes.' : null;
  if (expected === 'array') return formHint(path) ?? listHint(value);
  return expected === 'object' ? groupHint(value, path) : null;
}

/** The path from `rules` on, in the file or in one of its groups; empty elsewhere. */
export function ofRules(path: Path): Path {
  const within = path[0] === 'groups' ? path.slice(2) : path;
  return within[0] === 'rules' ? within : [];
}

const UNQUOTED = 'Remove the quotes.';

function truthHint(value: unknown): string | null {
  if (isText(value, /^(?:true|false)$/)) return UNQUOTED;
  if (!isText(value, /^(?:yes|no|on|off)$/i)) return null;
  return `Write ${/^(?:yes|on)$/i.test(value) ? 'true' : 'false'}.`;
}

function groupHint(value: unknown, path: Path): string | null {
  const isRule = ofRules(path).length === 2;
  if (isRule && typeof value === 'string' && (LEVELS as readonly string[]).includes(value)) {
    return `Write "enforce: ${value}" below it, indented.`;
  }
  if (path.at(-1) === 'rules') return 'Write each rule as a key below "rules:", without a dash.';
  const [, key, rest] = (typeof value === 'string' && /^([\w-]{1,40}):(\S{1,40})$/.exec(value)) || [];
  if (key !== undefined) return `Put a space behind the colon: "${key}: ${rest ?? ''}".`;
  return isRule ? null : formHint(path);
}

/** Only keys that stand where the policy has them: an option of a rule may have the same name deeper down. */
function formHint(path: Path): string | null {
  const key = path.at(-1);
  const isKnown = path.length === 1 || ofRules(path).length === 3 || (path.length === 3 && key === 'where');
  const form = isKnown && typeof key === 'string' && Object.hasOwn(FORMS, key) ? FORMS[key] : undefined;
  return form === undefined ? null : `Write "${form}".`;
}

/** The words of a text as a list; those that YAML would read otherwise are in quotes. */
function listHint(value: unknown): string | null {
  if (!isText(value, /^[\x20-\x7e]{1,60}$/)) return null;
  const words = value.split(',').map((word) => word.trim());
  return words.includes('') ? null : `Write a list: [${words.map(entry).join(', ')}].`;
}

function entry(word: string): string {
  const isPlain = /^[a-z_][\w.+*/-]*$/i.test(word) && !/^(?:true|false|null)$/i.test(word);
  return isPlain ? word : `'${word.replaceAll("'", "''")}'`;
}

function isText(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value);
}
