/** Where Steward and spdx-satisfies disagree on whether a license is covered by an entry, every pair of them, and why. */
import { createRequire } from 'node:module';
import satisfies from 'spdx-satisfies';
import { parseExpression } from '../../src/facts/spdx/expression.ts';
import { isCovered } from '../../src/rules/licensing/leaf.ts';

export interface Difference {
  readonly licenses: RegExp;
  readonly entries: RegExp;
  readonly theirs: 'yes' | 'no' | 'throws';
  readonly ours: 'yes' | 'no';
  /** Pairs of ids of this row that no row above it has. */
  readonly pairs: number;
  readonly because: string;
}

const EIGHT = 'It takes ids of eight characters for "or later", as it searches "-or-later" where their end would be.';
const STALE = 'Its list of versions ends before the newest one.';
const UNPARSED = 'It strips "-or-later" and "-only", and cannot parse what is left.';
const NO_PLACE = 'The same, so that it knows no order among these versions.';
const RENAMED = 'Both ids name one license: SPDX deprecated one for the other.';
const EXCEPTION = 'The deprecated id stands for a license with an exception, which only adds permission.';

const INVARIANTS = /^GFDL-.*invariants/;
const ANY = /^/;

export const DIFFERENCES: readonly Difference[] = [
  { licenses: /^AGPL-/, entries: /^AGPL-/, theirs: 'yes', ours: 'no', pairs: 8, because: EIGHT },
  { licenses: /^APSL-/, entries: /^APSL-/, theirs: 'yes', ours: 'no', pairs: 24, because: EIGHT },
  { licenses: /^CDDL-/, entries: /^CDDL-/, theirs: 'yes', ours: 'no', pairs: 4, because: EIGHT },
  { licenses: /^EUPL-/, entries: /^EUPL-/, theirs: 'yes', ours: 'no', pairs: 4, because: EIGHT },
  { licenses: /^GFDL-/, entries: /^GFDL-/, theirs: 'yes', ours: 'no', pairs: 24, because: EIGHT },
  { licenses: /^LGPL-/, entries: /^LGPL-/, theirs: 'yes', ours: 'no', pairs: 24, because: EIGHT },
  { licenses: /^LPPL-/, entries: /^LPPL-/, theirs: 'yes', ours: 'no', pairs: 36, because: EIGHT },
  { licenses: /^CECILL-/, entries: /^CECILL-/, theirs: 'no', ours: 'yes', pairs: 12, because: STALE },
  { licenses: /^EUPL-/, entries: /^EUPL-/, theirs: 'no', ours: 'yes', pairs: 8, because: STALE },
  { licenses: INVARIANTS, entries: INVARIANTS, theirs: 'no', ours: 'yes', pairs: 12, because: NO_PLACE },
  { licenses: INVARIANTS, entries: INVARIANTS, theirs: 'throws', ours: 'yes', pairs: 12, because: UNPARSED },
  { licenses: INVARIANTS, entries: ANY, theirs: 'throws', ours: 'no', pairs: 8_580, because: UNPARSED },
  { licenses: ANY, entries: INVARIANTS, theirs: 'throws', ours: 'no', pairs: 8_532, because: UNPARSED },
  { licenses: /^BSD-2-Clause/, entries: /^BSD-2-Clause/, theirs: 'no', ours: 'yes', pairs: 16, because: RENAMED },
  { licenses: /^bzip2-/, entries: /^bzip2-/, theirs: 'no', ours: 'yes', pairs: 4, because: RENAMED },
  { licenses: /^(?:Nunit|zlib-a)/, entries: /^(?:Nunit|zlib-a)/, theirs: 'no', ours: 'yes', pairs: 8, because: RENAMED },
  { licenses: /^(?:SMLNJ|StandardML)/, entries: /^(?:SMLNJ|StandardML)/, theirs: 'no', ours: 'yes', pairs: 8, because: RENAMED },
  { licenses: /^GPL-.*-with-/, entries: /^GPL-/, theirs: 'no', ours: 'yes', pairs: 112, because: EXCEPTION },
  { licenses: /^(?:eCos-2.0|wxWindows)/, entries: /^GPL-/, theirs: 'no', ours: 'yes', pairs: 40, because: EXCEPTION },
];

/** All pairs of ids, current and deprecated, with and without a plus, on which Steward and spdx-satisfies were compared. */
export const COMPARED = 2_056_356;

const required = createRequire(import.meta.url);
const IDS = [...(required('spdx-license-ids') as string[]), ...(required('spdx-license-ids/deprecated') as string[])];

/** Every id, and with a plus where it does not say "only" or "or later" itself. */
export const FORMS: readonly string[] = IDS.flatMap((id) => (/-(?:only|or-later)$/.test(id) ? [id] : [id, `${id}+`]));

const READ = new Map(FORMS.map((form) => [form, parseExpression(form)]));

/** How the two answer, when they differ; null: they agree. */
export function differenceOf(license: string, entry: string): Pick<Difference, 'theirs' | 'ours'> | null {
  const [theirs, ours] = [rawly(license, entry), asked(license, entry)];
  if (ours === 'unknown') throw new Error(`${license} by ${entry} is not known`);
  return theirs === ours ? null : { theirs, ours };
}

/** The first row that a difference belongs to; -1: it is listed nowhere. */
export function rowOf(license: string, entry: string, found: Pick<Difference, 'theirs' | 'ours'>): number {
  return DIFFERENCES.findIndex(
    ({ licenses, entries, theirs, ours }) =>
      theirs === found.theirs && ours === found.ours && licenses.test(license) && entries.test(entry),
  );
}

function rawly(license: string, entry: string): Difference['theirs'] {
  try {
    return satisfies(license, [entry]) ? 'yes' : 'no';
  } catch {
    return 'throws';
  }
}

function asked(license: string, entry: string): ReturnType<typeof isCovered> {
  const [offered, covered] = [READ.get(license), READ.get(entry)];
  if (!offered?.known || offered.value.kind !== 'license') throw new Error(`${license} is no license`);
  if (!covered?.known || covered.value.kind !== 'license') throw new Error(`${entry} is no license`);
  return isCovered(offered.value, covered.value);
}
