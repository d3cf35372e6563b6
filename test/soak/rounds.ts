/** Plays rounds, some at the same time, and tells of each as it ends. */
import { progress } from '../support/program.ts';
import { DATABASES, type DatabaseName } from './place.ts';

/** What every round tells, whatever it plays. */
export interface Played {
  readonly database: DatabaseName;
  readonly seed: number;
  readonly violations: readonly string[];
  /** What the processes warned of; told with violations. */
  readonly warnings: readonly string[];
}

export interface Plan<P, R extends Played> {
  readonly plans: readonly P[];
  readonly play: (plan: P) => Promise<R>;
  /** What a round was like, in a line. */
  readonly tell: (result: R) => string;
}

/** Plays until all are played, or until no further one may begin: `limit` is in milliseconds since the program began. */
export async function playAll<P, R extends Played>(
  { plans, play, tell }: Plan<P, R>,
  { parallel, limit }: { readonly parallel: number; readonly limit: number },
): Promise<readonly R[]> {
  const results: R[] = [];
  const left = plans.values();
  const player = async (): Promise<void> => {
    for (const plan of left) {
      if (performance.now() > limit) return;
      const result = await play(plan);
      results.push(result);
      progress(`${results.length}/${plans.length} ${result.database} seed ${result.seed}: ${outcome(result)}; ${tell(result)}`);
      explain(result);
    }
  };
  await Promise.all(Array.from({ length: parallel }, player));
  return results;
}

/** A round on each database for every seed, alternating, so that rounds side by side do not wait for the same thing. */
export function seeded<O>(
  common: O,
  { rounds, seed, databases }: { readonly rounds: number; readonly seed: number; readonly databases: readonly DatabaseName[] },
): readonly (O & { readonly database: DatabaseName; readonly seed: number })[] {
  return Array.from({ length: rounds }, (_, index) =>
    databases.map((database) => ({ ...common, database, seed: (seed + index) % 2 ** 32 })),
  ).flat();
}

/** The results on each database that was played on, to be made a row each. */
export function byDatabase<R extends Played>(results: readonly R[]): readonly (readonly [DatabaseName, readonly R[]])[] {
  return DATABASES.map((database) => [database, results.filter((one) => one.database === database)] as const).filter(
    ([, own]) => own.length > 0,
  );
}

/** Adds up. */
export function sum<R>(results: readonly R[], of: (one: R) => number): string {
  return String(results.reduce((total, one) => total + of(one), 0));
}

function outcome({ violations }: Played): string {
  return violations.length === 0 ? 'held' : `${violations.length} VIOLATED`;
}

function explain({ violations, warnings }: Played): void {
  if (violations.length === 0) return;
  for (const violation of violations) progress(`  ${violation}`);
  for (const warning of warnings.slice(-40)) progress(`  log: ${warning.slice(0, 500)}`);
}
