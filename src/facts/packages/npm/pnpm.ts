/** pnpm-lock.yaml of the versions 5 to 9. It tells no licenses. What links to a folder of the project is not listed. */
import { known, unknown, type Answer } from '../../answer.ts';
import { localOrigin } from '../local.ts';
import type { Lock, Package } from '../package.ts';
import { reached } from '../reach.ts';
import { entries, isGroup, own, text, type Tree } from '../tree.ts';
import { readYaml } from '../yaml.ts';
import { named } from './names.ts';
import { REGISTRY } from './origin.ts';
import { called, keysOf, withoutPeers } from './pnpm-keys.ts';
import { repositoryUrl } from '../repository-url.ts';
import { exactVersion } from './written.ts';
import { installed, type Named } from './tarball.ts';

/** Unknown, with the line, when the text is not YAML, or no lock. Since version 11 of pnpm a document of its own holds pnpm's tools. */
export function readPnpmLock(source: string): Answer<Lock> {
  const documents = readYaml(source);
  if (!documents.known) return documents;
  const strange = documents.value.some(({ value }) => !isGroup(value));
  if (strange || documents.value.length === 0) return unknown('the lock file holds no group of keys');
  return known({ ecosystem: 'npm', ...named(documents.value.flatMap(ofDocument)) });
}

function ofDocument({ value, line }: Tree): readonly Package[] {
  const major = Number.parseInt(text(own(value, 'lockfileVersion')) ?? '', 10) || 9;
  const { direct, development } = uses(value);
  return entries(own(value, 'packages')).flatMap(([key, entry]) => {
    const { name, version, host } = called(key, major);
    const found = text(own(entry, 'name')) ?? text(name);
    if (found === null) return [];
    const exact = text(own(entry, 'version')) ?? (version === null ? null : exactVersion(version));
    return {
      ecosystem: 'npm' as const,
      ...resolvedTo(own(entry, 'resolution'), host, { name: found, version: exact, written: version }),
      constraint: null,
      usage: development.has(key) ? ('development' as const) : ('runtime' as const),
      isDirect: direct.has(key),
      license: null,
      line: line('packages', key),
    };
  });
}

type Place = ReturnType<typeof installed>;
/** A name and exact version, and what stands in the place of the version. */
type Written = Named & { readonly written: string | null };

/** A registry other than the public one is told by the address of the archive, or until version 6 by its host. */
function resolvedTo(resolution: unknown, host: string | null, { written, ...called }: Written): Place {
  const [repo, commit, tarball] = [
    text(own(resolution, 'repo')),
    text(own(resolution, 'commit')),
    text(own(resolution, 'tarball')),
  ];
  const path = text(own(resolution, 'path'));
  if (repo !== null) return { ...called, origin: { kind: 'repository', url: repositoryUrl(repo), ref: commit, path } };
  if (tarball !== null) return withPath(installed(called, tarball), path);
  const directory = own(resolution, 'type') === 'directory' ? text(own(resolution, 'directory')) : null;
  if (directory !== null) return { ...called, origin: localOrigin(directory) };
  if (written !== null && /^[a-z+]+:/i.test(written)) return installed(called, written);
  const isPublic = host === null || host === 'registry.npmjs.org';
  return { ...called, origin: isPublic ? REGISTRY : { kind: 'registry', registry: `https://${host}` } };
}

function withPath(place: Place, path: string | null): Place {
  const { origin } = place;
  return origin.kind === 'repository' && path !== null
    ? { ...place, origin: { ...origin, path: path.replace(/^\//, '') } }
    : place;
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
