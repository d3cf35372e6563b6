/** The memory of a source that has none: a clone, an audit. What it would have to remember is unknown, never a pass. */
import { known, unknown } from './answer.ts';
import type { Remembered } from './source.ts';

/** Nothing was said, nothing was certified before, and the register of signatures is out of reach. */
export function nothingRemembered(now: Date): Remembered {
  return {
    now: () => Promise.resolve(known(now.toISOString())),
    statements: () => Promise.resolve(known([])),
    certified: () => Promise.resolve(known([])),
    agreements: () => Promise.resolve(unknown('agreements are read by the server alone')),
    register: () => Promise.resolve(unknown('the register of signatures is kept by the server alone')),
  };
}
