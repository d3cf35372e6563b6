/** Which rows of a list are meant. */
import { UsageError } from '../../repository.ts';
import type { Parsed, Row } from './row.ts';

/** Rows of several agreements are not one: which of them is meant must be said. Throws `UsageError`. */
export function only(rows: readonly Row[], wanted: string | undefined): readonly Row[] {
  const of = ({ says }: Row): string | null => (says.kind === 'signature' && says.of ? says.of.agreement : null);
  const counts = [...Map.groupBy(rows, of)].flatMap(([name, all]) => (name === null ? [] : [[name, all.length] as const]));
  const listed = counts.map(([name, count]) => `\n  ${name || '(none)'}: ${count} rows`).join('');
  if (wanted === undefined) {
    if (counts.length < 2) return rows;
    throw new UsageError(`The list holds signatures of several agreements. Import each by itself, with --only ADDRESS:${listed}`);
  }
  const chosen = rows.filter((row) => of(row) === wanted);
  if (chosen.length === 0)
    throw new UsageError(`No row is of the agreement ${wanted}. The list holds:${listed || ' none that it names'}`);
  return chosen;
}

/** A signature of tomorrow would outlive every revocation of today. */
export function future(rows: readonly Row[], now: Date): Parsed {
  const latest = new Date(now.getTime() + 24 * 60 * 60 * 1000).toISOString();
  const isLate = ({ says }: Row): boolean =>
    ('at' in says && (says.at ?? '') > latest) || (says.kind === 'signature' && (says.revokedAt ?? '') > latest);
  const flaws = rows
    .filter(isLate)
    .map(({ line }) => ({ line, found: 'a time that has not come yet', wanted: 'a time in the past' }));
  return { rows: rows.filter((row) => !isLate(row)), flaws };
}
