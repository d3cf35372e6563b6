/** pnpm-lock.yaml of the versions 5 to 9. It tells no licenses. What links to a folder of the project is not listed. */
import { known, unknown, type Answer } from '../../answer.ts';
import type { Lock, Origin, Package } from '../package.ts';
import { reached } from '../reach.ts';
import { entries, isGroup, own, text, type Tree } from '../tree.ts';
import { readYaml } from '../yaml.ts';
import { originOf, REGISTRY } from './origin.ts';
import { called, keysOf, withoutPeers } from './pnpm-keys.ts';
import { repositoryUrl } from '../repository-url.ts';
import { exactVersion } from './spec.ts';

/** Unknown, with the line, when the text is not YAML, or no lock. Since version 11 of pnpm a document of its own holds pnpm's tools. */
export function readPnpmLock(source: string): Answer<Lock> {
  const documents = readYaml(source);
  if (!documents.known) return documents;
  const strange = documents.value.some(({ value }) => !isGroup(value));
  if (strange || documents.value.length === 0) return unknown('the lock file holds no group of keys');
  return known({ ecosystem: 'npm', packages: documents.value.flatMap(ofDocument) });
}

function ofDocument({ value, line }: Tree): readonly Package[] {
  const major = Number.parseInt(text(own(value, 'lockfileVersion')) ?? '', 10) || 9;
  const { direct, development } = uses(value);
  return entries(own(value, 'packages')).flatMap(([key, entry]) => {
    const { name, version, host } = called(key, major);
    const found = text(own(entry, 'name')) ?? text(name);
    if (found === null) return [];
    return {
      ecosystem: 'npm' as const,
      name: found,
      version: text(own(entry, 'version')) ?? (version === null ? null : exactVersion(version)),
      constraint: null,
      origin: resolvedTo(own(entry, 'resolution'), host, version),
      usage: development.has(key) ? ('development' as const) : ('runtime' as const),
      isDirect: direct.has(key),
      license: null,
      line: line('packages', key),
    };
  });
}

/** A registry other than the public one is told by the address of the archive, or until version 6 by its host. */
function resolvedTo(resolution: unknown, host: string | null, version: string | null): Origin {
  const [repo, commit, tarball] = [
    text(own(resolution, 'repo')),
    text(own(resolution, 'commit')),
    text(own(resolution, 'tarball')),
  ];
  if (repo !== null) return { kind: 'repository', url: repositoryUrl(repo), ref: commit, path: text(own(resolution, 'path')) };
  if (tarball !== null) return withPath(originOf(tarball), text(own(resolution, 'path')));
  if (own(resolution, 'type') === 'directory') return { kind: 'own' };
  if (version !== null && /^[a-z+]+:/i.test(version)) return originOf(version);
  return host === null || host === 'registry.npmjs.org' ? REGISTRY : { kind: 'registry', registry: `https://${host}` };
}

function withPath(origin: Origin, path: string | null): Origin {
  return origin.kind === 'repository' && path !== null ? { ...origin, path: path.replace(/^\//, '') } : origin;
}

/** Keys of `packages`: those that the project names, and those that only its development needs. */
function uses(value: unknown): { readonly direct: ReadonlySet<string>; readonly development: ReadonlySet<string> } {
  const snapshots = own(value, 'snapshots') ?? own(value, 'packages');
  const find = (name: string, version: string): string | null =>
    keysOf(name, version).find((key) => own(snapshots, key) !== undefined) ?? null;
  const named = (holder: unknown, groups: readonly string[]): readonly string[] =>
    groups.flatMap((group) => entries(own(holder, group)).flatMap(([name, entry]) => find(name, versionOf(entry)) ?? []));
  const next = (key: string): readonly string[] => named(own(snapshots, key), RUNTIME);
  const importers = [value, ...entries(own(value, 'importers')).map(([, importer]) => importer)];
  const runtime = importers.flatMap((importer) => named(importer, RUNTIME));
  const tools = importers.flatMap((importer) => named(importer, DEVELOPMENT));
  const run = keys(reached(runtime, next), value);
  const development = [...keys(reached(tools, next), value)].filter((key) => !run.has(key));
  return { direct: keys([...runtime, ...tools], value), development: new Set(development) };
}

const RUNTIME = ['dependencies', 'optionalDependencies'];
const DEVELOPMENT = ['devDependencies', 'configDependencies', 'packageManagerDependencies'];

/** `1.0.0`, and since version 6 `{ specifier, version }`. */
function versionOf(entry: unknown): string {
  return text(entry) ?? text(own(entry, 'version')) ?? '';
}

/** Since version 9 `packages` leaves out the peers that `snapshots` tells. */
function keys(found: Iterable<string>, value: unknown): ReadonlySet<string> {
  const packages = own(value, 'packages');
  return new Set([...found].map((key) => (own(packages, key) === undefined ? withoutPeers(key) : key)));
}
