/** Reads `uv.lock`: packages with what each needs, from which follows what is direct and what is only for development. */
import { known, unknown, type Answer } from '../../answer.ts';
import type { Lock, Origin } from '../package.ts';
import { readToml } from '../toml.ts';
import { entries, list, own, text } from '../tree.ts';
import { canonical } from './requirement.ts';
import { sourceOf } from './sources.ts';

interface Entry {
  readonly name: string;
  readonly version: string | null;
  readonly origin: Origin;
  readonly line: number | null;
  /** Names of what it needs at run time, with all extras. */
  readonly needs: readonly string[];
  readonly development: readonly string[];
}

/** The packages that a uv project pins; its own ones are of origin `own`. */
export function readUvLock(source: string): Answer<Lock> {
  const file = readToml(source);
  if (!file.known) return file;
  const all: Entry[] = [];
  for (const [index, entry] of list(own(file.value.value, 'package')).entries()) {
    const line = file.value.line('package', index);
    const name = text(own(entry, 'name'));
    if (name === null) return unknown(`line ${line ?? 1}: a package has no name`);
    const groups = entries(own(entry, 'dev-dependencies')).flatMap(([, wanted]) => names(wanted));
    const extras = entries(own(entry, 'optional-dependencies')).flatMap(([, wanted]) => names(wanted));
    all.push({
      name: canonical(name),
      version: text(own(entry, 'version')),
      origin: sourceOf(own(entry, 'source')) ?? { kind: 'registry', registry: null },
      line,
      needs: [...names(own(entry, 'dependencies')), ...extras],
      development: groups,
    });
  }
  return known({ ecosystem: 'pypi', packages: packagesOf(all) });
}

function names(wanted: unknown): readonly string[] {
  return list(wanted)
    .map((one) => text(own(one, 'name')))
    .filter((name) => name !== null)
    .map(canonical);
}

function packagesOf(all: readonly Entry[]): Lock['packages'] {
  const roots = all.filter(({ origin }) => origin.kind === 'own');
  const direct = new Set(roots.flatMap(({ needs, development }) => [...needs, ...development]));
  const running = reached(all, roots);
  return all.map(({ name, version, origin, line }) => ({
    ecosystem: 'pypi',
    name,
    version,
    constraint: null,
    origin,
    // Without a project of its own the file does not say what is needed when.
    usage: roots.length === 0 || running.has(name) ? 'runtime' : 'development',
    isDirect: roots.length === 0 ? null : direct.has(name),
    license: null,
    line,
  }));
}

/** What the project's packages need at run time, directly or not. */
function reached(all: readonly Entry[], roots: readonly Entry[]): ReadonlySet<string> {
  const byName = Map.groupBy(all, ({ name }) => name);
  const seen = new Set<string>();
  const waiting = roots.map(({ name }) => name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const entry of byName.get(name) ?? []) waiting.push(...entry.needs.filter((need) => !seen.has(need)));
  }
  return seen;
}
