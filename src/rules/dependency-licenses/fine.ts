/** One sentence for all packages that are allowed. */
import type { LicenseSource } from '../../facts/packages/package.ts';
import { words, type Words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';
import type { JudgedPackage } from './judge.ts';
import { fromTheirs, licenseWords, sayer } from './named.ts';

/** Licenses that are named; the rest is counted. */
const MOST = 6;

/** How many there are, who says so, and under which licenses, the most frequent first; nothing where there are none. */
export function fine(judged: readonly JudgedPackage[]): readonly Finding[] {
  const [first, ...others] = judged;
  if (first === undefined) return [];
  const subject =
    others.length === 0
      ? words`One dependency is added or changed, and it is allowed, as ${sayer(first.found)} says`
      : words`${judged.length} dependencies are added or changed and allowed, ${sourcesOf(judged)}`;
  return [{ outcome: 'pass', about: 'dependencies', says: words`${subject}: ${licensesOf(judged)}.` }];
}

function sourcesOf(judged: readonly JudgedPackage[]): string {
  const known = judged.flatMap(({ found }) => (found.licensed.known ? [found.licensed.value.source] : []));
  const rows = [...Map.groupBy<LicenseSource, LicenseSource>(known, (source) => source)];
  if (rows.length === 1) return rows.map(([source]) => fromTheirs(source)).join('');
  return rows
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([source, { length }]) => `${length} ${fromTheirs(source)}`)
    .join(', ');
}

function licensesOf(judged: readonly JudgedPackage[]): Words {
  const counts = Map.groupBy(judged, ({ expression }) => expression ?? '');
  const rows = [...counts].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1)).slice(0, MOST);
  const counted = (count: number): string => (judged.length === 1 ? '' : `${count} × `);
  const told = rows.map(([expression, all]) => words`${counted(all.length)}${licenseWords(expression)}`);
  const list = told.reduce((sentence, one) => words`${sentence}, ${one}`);
  return counts.size > told.length ? words`${list} and ${counts.size - told.length} other licenses` : list;
}
