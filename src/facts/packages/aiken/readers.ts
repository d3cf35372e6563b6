/** Reads `aiken.toml` and `aiken.lock`: packages of Aiken lie on GitHub, under the tag that is their version. */
import { known, unknown, type Answer } from '../../answer.ts';
import { declared } from '../declared.ts';
import type { Lock, Manifest, Origin, Package, PackageReader } from '../package.ts';
import { nameOf } from '../paths.ts';
import { readToml } from '../toml.ts';
import { list, own, text } from '../tree.ts';

export const readers: readonly PackageReader[] = [
  { role: 'manifest', ecosystem: 'aiken', matches: (path) => nameOf(path) === 'aiken.toml', read: readManifest },
  { role: 'lock', ecosystem: 'aiken', matches: (path) => nameOf(path) === 'aiken.lock', read: readLock },
];

function readManifest(source: string): Answer<Manifest> {
  const file = readToml(source);
  if (!file.known) return file;
  const { value, line } = file.value;
  const name = text(own(value, 'name'));
  const license = text(own(value, 'license'));
  const dependencies = packagesOf(own(value, 'dependencies'), (index) => line('dependencies', index));
  if (!dependencies.known) return dependencies;
  return known({
    ecosystem: 'aiken',
    name,
    version: text(own(value, 'version')),
    license: license === null ? null : declared(license, line('license')),
    licenseFile: null,
    isPrivate: false,
    isScaffold: isScaffold(license, text(own(value, 'description'))),
    dependencies: dependencies.value.map((found) => ({ ...found, isDirect: true })),
  });
}

/** `aiken new` writes both of these. */
function isScaffold(license: string | null, description: string | null): boolean {
  return license === 'Apache-2.0' && description?.startsWith("Aiken contracts for project '") === true;
}

/** What the project requires is direct, the rest is not. */
function readLock(source: string): Answer<Lock> {
  const file = readToml(source);
  if (!file.known) return file;
  const { value, line } = file.value;
  const packages = packagesOf(own(value, 'packages'), (index) => line('packages', index));
  if (!packages.known) return packages;
  const direct = new Set(list(own(value, 'requirements')).map((requirement) => text(own(requirement, 'name'))));
  return known({ ecosystem: 'aiken', packages: packages.value.map((found) => ({ ...found, isDirect: direct.has(found.name) })) });
}

function packagesOf(entries: unknown, lineOf: (index: number) => number | null): Answer<readonly Package[]> {
  const found: Package[] = [];
  for (const [index, entry] of list(entries).entries()) {
    const name = text(own(entry, 'name'));
    const line = lineOf(index);
    if (name === null)
      return unknown(`a package${line === null ? '' : ` on line ${line}`} has no name, where OWNER/REPOSITORY was wanted`);
    const version = text(own(entry, 'version'));
    const origin = originOf(name, version, text(own(entry, 'source')));
    found.push({
      ecosystem: 'aiken',
      name,
      version,
      constraint: null,
      origin,
      usage: 'runtime',
      isDirect: true,
      license: null,
      line,
    });
  }
  return known(found);
}

/** GitHub is the only source that Aiken knows; an unknown one is told as it is written. */
function originOf(name: string, version: string | null, source: string | null): Origin {
  if (source !== null && source !== 'github') return { kind: 'registry', registry: source };
  return { kind: 'repository', url: `https://github.com/${name}`, ref: version, path: null };
}
