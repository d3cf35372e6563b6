/** What the last verdicts say of a repository, rule by rule, and reading back what was kept of that. Pure. */
import { z } from 'zod';
import type { Outcome, Verdict } from './verdict.ts';

/** A repository as it was found, rule by rule. */
export interface Measured {
  /** `OWNER/REPO`. */
  readonly repository: string;
  readonly isPrivate: boolean;
  /** Whether it belongs to the pilot; null: it cannot be told. */
  readonly isIn: boolean | null;
  /** By id of the rule; a rule that is left out was not asked there. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

/** Repositories as they were found at a time. What is kept of a pilot at its start and at its end. */
export interface Measurement {
  /** ISO 8601. */
  readonly at: string;
  readonly repositories: readonly Measured[];
}

/** Worst first: of several pull requests the worst counts. */
const WORST_FIRST = ['fail', 'unknown', 'overridden', 'waived', 'pass', 'exempt'] as const satisfies readonly Outcome[];

/**
 * The outcome of each rule in a repository: of what its own verdict asks, and of rules about contributions the worst among its
 * open pull requests.
 */
export function outcomesIn(repository: Verdict | null, pulls: readonly Verdict[]): Readonly<Record<string, Outcome>> {
  const own = repository?.rules.map(({ id, outcome }) => [id, outcome] as const) ?? [];
  const worst = new Map<string, Outcome>();
  for (const { id, on, outcome } of pulls.flatMap(({ rules }) => rules)) {
    if (on !== 'contribution') continue;
    const other = worst.get(id) ?? outcome;
    worst.set(id, WORST_FIRST.indexOf(outcome) < WORST_FIRST.indexOf(other) ? outcome : other);
  }
  return Object.fromEntries([...worst, ...own]);
}

const measurement = z.object({
  at: z.iso.datetime(),
  repositories: z.array(
    z.object({
      repository: z.string(),
      isPrivate: z.boolean(),
      isIn: z.boolean().nullable(),
      outcomes: z.record(z.string(), z.enum(WORST_FIRST)),
    }),
  ),
});

/** A measurement as it was kept; null: it is none that this version can read. */
export function readMeasurement(body: unknown): Measurement | null {
  return measurement.safeParse(body).data ?? null;
}
