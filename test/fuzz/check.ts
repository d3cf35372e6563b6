/** One thing that has to hold for any input, and what came of trying to break it. */
import fc from 'fast-check';

export interface Options {
  readonly runs: number;
  readonly seed: number;
}

export interface Outcome {
  /** Inputs that were tried. */
  readonly runs: number;
  /** The smallest input that breaks it, and how; null: none was found. */
  readonly broken: { readonly counterexample: string; readonly reason: string } | null;
}

export interface Check {
  readonly name: string;
  readonly says: string;
  readonly run: (options: Options) => Outcome;
}

/** A place in a text, from its start (0) to its end (1), each as likely as the next: numbers with a point favor the start. */
export const share = fc.nat(1_000_000).map((millionths) => millionths / 1_000_000);

/** Thrown inside a property with a sentence on what should be so. */
export function must(isSo: boolean, otherwise: () => string): void {
  if (!isSo) throw new Error(otherwise());
}

/** Tries to break a property, and makes what breaks it as small as possible. */
export function attempt<T>(input: fc.Arbitrary<T>, holds: (value: T) => void, { runs, seed }: Options): Outcome {
  const details = fc.check(fc.property(input, holds), { numRuns: runs, seed });
  if (!details.failed) return { runs: details.numRuns, broken: null };
  const [counterexample] = details.counterexample ?? [];
  const reason = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  return { runs: details.numRuns, broken: { counterexample: fc.stringify(counterexample), reason } };
}
