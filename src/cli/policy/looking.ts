/** What a look back is asked for, and what it goes by. */
import type { Occasion } from '../../policy/managed.ts';
import type { Console } from '../console.ts';
import type { Shelf } from '../policies.ts';
import type { Since } from './since.ts';
import type { GivenTraits } from './traits.ts';

export const BACKTEST_FORMATS = ['text', 'json', 'csv'] as const;

/** The options of `steward policy backtest`. */
export interface BacktestOptions {
  readonly since: Since;
  readonly policy?: string;
  readonly defaults?: string;
  /** Judge stored facts of this account instead of a clone. */
  readonly owner?: string;
  /** `OWNER/REPO`, in place of what the clone's origin says. */
  readonly name?: string;
  /** What a clone does not know of its repository. */
  readonly trait?: GivenTraits;
  /** Judge as if it were this day: roll-outs go by it. */
  readonly at?: Date;
  readonly format: (typeof BACKTEST_FORMATS)[number];
}

/** A look back, in a clone or in what is stored. */
export interface Looking {
  readonly since: string;
  readonly shelf: Shelf;
  readonly console: Console;
  readonly occasion: Occasion;
}
