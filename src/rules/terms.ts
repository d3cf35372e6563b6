/** By what a rule judges, as a name: equal names, equal judgement. */
import { digestOf } from '../facts/digest.ts';
import type { Options } from './rule.ts';

const named = new WeakMap<Options, WeakMap<object, string>>();

/** Names options by those that are not as they are by default: a release that adds an option changes no name. */
export function optionsName(options: Options, chosen: Readonly<Record<string, unknown>>): string {
  const names = named.get(options) ?? new WeakMap<object, string>();
  named.set(options, names);
  const name = names.get(chosen) ?? nameOf(options, chosen);
  names.set(chosen, name);
  return name;
}

function nameOf(options: Options, chosen: Readonly<Record<string, unknown>>): string {
  const usual = options.parse({}) as Readonly<Record<string, unknown>>;
  const isUsual = (name: string): boolean => JSON.stringify(chosen[name]) === JSON.stringify(usual[name]);
  return digestOf(Object.fromEntries(Object.entries(chosen).filter(([name]) => !isUsual(name))));
}
