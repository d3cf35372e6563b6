/** Times as the lists of other tools write them. */

export const WANTED_TIME = 'a time such as 2021-03-04T05:06:07Z, 2021-03-04 or Mar 4,2021';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The time in ISO 8601; null: it is none. A day alone begins at midnight UTC; a time without its zone is none. */
export function timeOf(text: string): string | null {
  const [, month, date, year] = /^([A-Z][a-z]{2}) (\d{1,2}), ?(\d{4})$/.exec(text) ?? [];
  if (month !== undefined) return day(Number(year), MONTHS.indexOf(month) + 1, Number(date));
  const [, y, m, d, rest] =
    /^(\d{4})-(\d{2})-(\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text) ?? [];
  if (y !== undefined) {
    const midnight = day(Number(y), Number(m), Number(d));
    return midnight === null || rest === undefined ? midnight : iso(text);
  }
  // As JavaScript prints a Date.
  return /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{4} \d{2}:\d{2}:\d{2} GMT[+-]\d{4}(?: \([^)]*\))?$/.test(text) ? iso(text) : null;
}

function iso(text: string): string | null {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** February 30 is no day. */
function day(year: number, month: number, date: number): string | null {
  const time = new Date(Date.UTC(year, month - 1, date));
  return time.getUTCMonth() === month - 1 && time.getUTCDate() === date ? time.toISOString() : null;
}
