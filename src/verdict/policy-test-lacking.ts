/** Whether the facts that a case gives have what its rule reads: they are written by hand, and nothing else checks their form. */
import type { Needs } from '../facts/fact.ts';
import { quoted } from '../policy/problem.ts';
import type { AnyRule } from '../rules/rule.ts';

type Values = Readonly<Record<string, unknown>>;

/** The last thing that was read of given facts. */
interface LastRead {
  /** Keys from the name of the fact, with dots. */
  path: string;
  /** `undefined`: it is not there. */
  value: unknown;
}

const SHOWN_PATH = 200;

/** What the given facts lack for the rule's check, in a sentence; null: the check can read them. */
export function lacking(rule: AnyRule, options: Values, values: Values): string | null {
  const last: LastRead = { path: '', value: undefined };
  const names = Object.keys(rule.needs('head', options) as Needs);
  // A fact that is left out as a whole is not known, and judged as such.
  if (names.some((name) => !Object.hasOwn(values, name))) return null;
  const noted = Object.fromEntries(names.map((name) => [name, noting(values[name], name, last)]));
  for (const name of names) {
    if (typeof values[name] !== 'object' || values[name] === null) Object.assign(last, { path: name, value: values[name] });
  }
  try {
    rule.check(noted, options);
    return null;
  } catch {
    return `${said(last)} which the rule ${rule.id} reads. The facts of its examples are a whole: name one as "example".`;
  }
}

function said({ path, value }: LastRead): string {
  const where = quoted(path.slice(0, SHOWN_PATH));
  if (value === undefined) return `The facts of this test lack ${where},`;
  return `The facts of this test have ${kindOf(value)} as ${where}, and not that`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a group of keys' : `a ${typeof value}`;
}

/** The value, noting what is read of it. A copy, since a proxy cannot stand in for what is frozen. */
function noting(value: unknown, path: string, last: LastRead): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy<object>(Array.isArray(value) ? [...(value as unknown[])] : { ...value }, {
    get(target, key, receiver) {
      const found: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol' || (!Object.hasOwn(target, key) && key in target)) return found;
      // A list is wanted where there is none.
      const isMethod = found === undefined && key in Array.prototype;
      Object.assign(last, isMethod ? { path, value } : { path: `${path}.${key}`, value: found });
      return Object.hasOwn(target, key) ? noting(found, `${path}.${key}`, last) : found;
    },
  });
}
