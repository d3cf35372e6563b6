/** What policy tests are made of and run on. Types only. */
import type { Facts } from '../facts/fact.ts';
import type { Presets } from '../policy/policy.ts';
import type { AnyRule } from '../rules/rule.ts';

/** A policy test file. */
export interface TestFile {
  readonly source: string;
  readonly text: string;
}

/** What policy tests run on. */
export interface Bench {
  readonly rules: readonly AnyRule[];
  readonly presets: Presets;
  readonly now: Date;
  /**
   * The stored facts of a repository, by name without the owner, or by what else `recorded` of the test file `source` may say;
   * null: none are stored. Rejects with a sentence for people where they cannot be read.
   */
  readonly recorded: (repository: string, source: string) => Promise<Facts | null>;
  /** Lets others have their turn, between files and between cases; left out: nobody waits. */
  readonly breathe?: () => Promise<void>;
  /** After so many milliseconds by this clock no further file is read and no further case run; left out: it may take as long as it does. */
  readonly budget?: { readonly milliseconds: number; readonly clock: () => number };
}
