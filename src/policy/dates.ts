/** Days as policies write them: when they are over, and when that is warned about. All in UTC. */

/** In milliseconds. */
export const DAY = 86_400_000;

/** So many days before its end a waiver is warned about: once in good time, once with little left. */
export const MARKS = [14, 3] as const;

/** The moment at which a last day is over, in milliseconds. */
export function endOf(until: string): number {
  return Date.parse(`${until}T00:00:00Z`) + DAY;
}

/** YYYY-MM-DD of a moment. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The day so many days before another; negative: after. */
export function daysBefore(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY));
}

/** Days until an end in milliseconds, begun ones included: on the last day 1. */
export function daysLeft(ends: number, now: Date): number {
  return Math.ceil((ends - now.getTime()) / DAY);
}

/** The moments at which something about an end is told or changes, ISO 8601, those that are still ahead. */
export function momentsOf(ends: string, now: Date): readonly string[] {
  const end = Date.parse(ends);
  const moments = [...MARKS.map((days) => end - days * DAY), end];
  return moments.filter((moment) => moment > now.getTime()).map((moment) => new Date(moment).toISOString());
}
