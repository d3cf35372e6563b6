/** What a layer that may only tighten can do to an option, in words; by how the option tightens. */
import type { Tightening } from '../rules/rule.ts';

/** Follows "may only" or "may": `add to the list`. */
export const TIGHTENING: Readonly<Record<Tightening, string>> = {
  union: 'add to the list',
  intersection: 'take from the list',
  subset: 'take from the list',
  later: 'move to a later word',
  'only-true': 'turn it on',
  'only-false': 'turn it off',
  min: 'lower it',
  max: 'raise it',
  fixed: 'change nothing',
};
