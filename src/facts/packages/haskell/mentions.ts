/** Brings every mention of a package in a Haskell project together: one package a name, as the solver takes them together as well. */
import type { Package } from '../package.ts';
import { bounds, type Dependency } from './dependencies.ts';

export interface Mention extends Dependency {
  readonly usage: Package['usage'];
}

/**
 * One package a name, at its first mention: needed at run time if one mention is, and within all ranges at once.
 * Names that `own` holds are of this project itself.
 */
export function packagesOf(mentions: readonly Mention[], own: ReadonlySet<string>): readonly Package[] {
  const byName = Map.groupBy(mentions, (mention) => mention.name);
  return [...byName].map(([name, all]) => ({
    ecosystem: 'hackage',
    name,
    ...bounds(together(all.map((mention) => mention.range))),
    origin: own.has(name) ? { kind: 'own' } : { kind: 'registry', registry: null },
    usage: all.some((mention) => mention.usage === 'runtime') ? 'runtime' : 'development',
    isDirect: true,
    license: null,
    line: all[0]?.line ?? null,
  }));
}

function together(ranges: readonly string[]): string {
  const distinct = [...new Set(ranges.filter((range) => range !== ''))];
  if (distinct.length <= 1) return distinct[0] ?? '';
  return distinct.map((range) => (range.includes('||') ? `(${range})` : range)).join(' && ');
}
