/** Dependencies as Poetry and Pipenv write them: a group from names to versions or details. */
import type { Package } from '../package.ts';
import { entries, list, own, text } from '../tree.ts';
import { bounds, canonical } from './requirement.ts';
import { sourceOf } from './sources.ts';

type LineOf = (word: string) => number | null;

/** Everything that the tables of Poetry name. */
export function poetryPackages(poetry: unknown, line: LineOf, indexes: ReadonlyMap<string, string>): readonly Package[] {
  const groups = entries(own(poetry, 'group')).map(([name, group]) => [own(group, 'dependencies'), usageOf(name)] as const);
  return [
    ...tablePackages(own(poetry, 'dependencies'), 'runtime', line, indexes),
    ...tablePackages(own(poetry, 'dev-dependencies'), 'development', line, indexes),
    ...groups.flatMap(([table, usage]) => tablePackages(table, usage, line, indexes)),
  ];
}

function usageOf(group: string): Package['usage'] {
  return group === 'main' ? 'runtime' : 'development';
}

/** `name = "^1.2"`, `name = {version, git, …}`, or a list of such for several platforms. `python` is no package. */
export function tablePackages(
  table: unknown,
  usage: Package['usage'],
  line: LineOf,
  indexes: ReadonlyMap<string, string> = new Map(),
): readonly Package[] {
  return entries(table)
    .filter(([name]) => name !== 'python')
    .flatMap(([name, written]) => (Array.isArray(written) ? list(written) : [written]).map((details) => [name, details] as const))
    .map(([name, details]) => ({
      ecosystem: 'pypi',
      name: canonical(name),
      ...bounds(text(details) ?? text(own(details, 'version')) ?? ''),
      origin: sourceOf(details, indexes) ?? { kind: 'registry', registry: null },
      usage,
      isDirect: true,
      license: null,
      line: line(name),
    }));
}
