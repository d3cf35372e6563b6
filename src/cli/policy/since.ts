/** How far a look back reaches, as people write it. */
import { DAY } from '../../policy/dates.ts';
import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { d: DAY, w: 7 * DAY, m: 30 * DAY, y: 365 * DAY };

/** A span back from now (`90d`, `12w`, `6m`, `1y`) or a day (YYYY-MM-DD, UTC), as the milliseconds of a moment. */
export type Since = (now: Date) => Date;

/** Reads it; what cannot be read is told with what can. */
export function since(text: string): Since {
  const [, count, unit] = /^([1-9]\d{0,3})([dwmy])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) {
    const span = Number(count) * (UNITS[unit] ?? DAY);
    return (now) => new Date(now.getTime() - span);
  }
  const day = dayOf(text);
  if (day === null) throw new InvalidArgumentError('Write a span such as 90d, 12w, 6m or 1y, or a day such as 2026-01-31.');
  return () => day;
}

/** The start of a day, UTC; null: there is no such day. */
export function dayOf(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : null;
}

/** The day that an option names, at its start, UTC. */
export function day(text: string): Date {
  const found = dayOf(text);
  if (found === null) throw new InvalidArgumentError('It is a day, such as 2026-01-31.');
  return found;
}
