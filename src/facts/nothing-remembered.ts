/** The memory of a source that has none: a clone, an audit. What it would have to remember is unknown, never a pass. */
import { known, unknown } from './answer.ts';
import type { Remembered } from './source.ts';

const AGREEMENTS = 'agreements are read by the server alone';
const REGISTER = 'the register of signatures is kept by the server alone';

/** Why something is unknown that nothing but the server can tell. */
export const SERVER_ALONE: readonly string[] = [AGREEMENTS, REGISTER];

/** Nothing was said, nothing was certified before, and the register of signatures is out of reach. */
export function nothingRemembered(now: Date): Remembered {
  return {
    now: () => Promise.resolve(known(now.toISOString())),
    statements: () => Promise.resolve(known([])),
    certified: () => Promise.resolve(known([])),
    agreements: () => Promise.resolve(unknown(AGREEMENTS)),
    register: () => Promise.resolve(unknown(REGISTER)),
  };
}
