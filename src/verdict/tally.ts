/** Adds up what a change of the policy does to each subject. */
import { repositoryKey } from '../facts/subject.ts';
import { MOST_ROWS, type LaterFailure, type Preview, type PreviewRow } from './preview.ts';
import type { Stored } from './stored.ts';
import { CONCLUSIONS } from './verdict.ts';

/** What came of one subject; no row: nothing differs there. */
export interface Weighed {
  readonly row: PreviewRow | null;
  readonly waivers: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** Counts that grow subject by subject. */
export class Tally {
  private readonly repositories = { all: 0, private: 0 };
  private pullRequests = 0;
  private readonly rows: PreviewRow[] = [];
  private readonly waivers = { before: new Set<string>(), after: new Set<string>() };

  add({ subject, isPrivate }: Pick<Stored, 'subject' | 'isPrivate'>, { row, waivers }: Weighed): void {
    if (subject.kind === 'pull-request') this.pullRequests += 1;
    else {
      this.repositories.all += 1;
      this.repositories.private += isPrivate ? 1 : 0;
    }
    if (row) this.rows.push(row);
    for (const id of waivers.before) this.waivers.before.add(id);
    for (const id of waivers.after) this.waivers.after.add(id);
  }

  total(of: Pick<Preview, 'owner' | 'at' | 'policy' | 'stopped'>): Preview {
    const { rows, waivers } = this;
    const failing = places(rows.filter((row) => row.failing.length > 0));
    const later = rows.flatMap((row) => row.later);
    const failingLater = places(rows.filter((row) => row.failing.length + row.later.length > 0));
    const passing = places(rows.filter((row) => row.passing.length > 0));
    return {
      ...of,
      repositories: this.repositories.all,
      pullRequests: this.pullRequests,
      privateRepositories: this.repositories.private,
      newFailures: failing.size,
      newFailuresLater: failingLater.size,
      laterBy: lastOf(later),
      newPasses: [...passing].filter((place) => !failing.has(place)).length,
      unknown: rows.filter((row) => row.unknown.length > 0).length,
      issuesOpening: rows.filter(({ issue }) => issue === 'opens').length,
      issuesClosing: rows.filter(({ issue }) => issue === 'closes').length,
      waiversUsed: [...waivers.after].filter((id) => !waivers.before.has(id)).sort(),
      waiversNeedless: [...waivers.before].filter((id) => !waivers.after.has(id)).sort(),
      rows: rows.sort(worstFirst).slice(0, MOST_ROWS),
      rowsLeft: Math.max(0, rows.length - MOST_ROWS),
    };
  }
}

/** The day by which all of them have begun; null: one has none. */
function lastOf(later: readonly LaterFailure[]): string | null {
  const days = later.map(({ from }) => from);
  return days.includes(null)
    ? null
    : (days
        .filter((day) => day !== null)
        .sort()
        .at(-1) ?? null);
}

function places(rows: readonly PreviewRow[]): ReadonlySet<string> {
  return new Set(rows.map(({ subject }) => repositoryKey(subject)));
}

function worstFirst(a: PreviewRow, b: PreviewRow): number {
  return weight(b) - weight(a) || compareText(repositoryKey(a.subject), repositoryKey(b.subject)) || numberOf(a) - numberOf(b);
}

/** What newly fails before what will before what cannot be told before the rest; among equals the worse conclusion, then more rules. */
function weight({ failing, later, unknown, after }: PreviewRow): number {
  const kind = failing.length > 0 ? 3 : later.length > 0 ? 2 : unknown.length > 0 ? 1 : 0;
  return (kind * CONCLUSIONS.length + CONCLUSIONS.indexOf(after)) * 1_000 + failing.length;
}

function numberOf({ subject }: PreviewRow): number {
  return subject.kind === 'repository' ? 0 : subject.number;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
