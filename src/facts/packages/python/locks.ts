/** Reads the lock files of Poetry, PDM and Pipenv, and the common one (`pylock.toml`, PEP 751). */
import { known, unknown, type Answer } from '../../answer.ts';
import { readJson } from '../json.ts';
import { localOrigin } from '../local.ts';
import type { Lock, Origin, Package } from '../package.ts';
import { readToml } from '../toml.ts';
import { entries, isGroup, list, own, text } from '../tree.ts';
import { bounds, canonical } from './requirement.ts';
import { publicIsNull, sourceOf } from './sources.ts';

/** `poetry.lock`, `pdm.lock` and `pylock.toml` list packages in tables, and do not say which the project names itself. */
export function readTables(source: string): Answer<Lock> {
  const file = readToml(source);
  if (!file.known) return file;
  const { value, line } = file.value;
  const key = isList(own(value, 'package')) ? 'package' : 'packages';
  const packages: Package[] = [];
  for (const [index, entry] of list(own(value, key)).entries()) {
    const name = text(own(entry, 'name'));
    if (name === null) return unknown(`line ${line(key, index) ?? 1}: a package has no name`);
    packages.push({
      ecosystem: 'pypi',
      name: canonical(name),
      version: text(own(entry, 'version')),
      constraint: null,
      origin: originOf(entry),
      usage: usageOf(entry),
      isDirect: null,
      license: null,
      line: line(key, index),
    });
  }
  return known({ ecosystem: 'pypi', packages });
}

function isList(value: unknown): boolean {
  return Array.isArray(value);
}

/** Poetry has a table `source` with a type, PDM keys of the package itself, the common file one table for each kind. */
function originOf(entry: unknown): Origin {
  const source = own(entry, 'source');
  const url = text(own(source, 'url'));
  const type = text(own(source, 'type'));
  if (type === 'git') return sourceOf({ ...groupOf(source), git: url, ref: text(own(source, 'reference')) }) ?? PUBLIC;
  if (type === 'directory') return localOrigin(url ?? '.');
  if (type === 'file') return { kind: 'archive', url: url ?? '' };
  if (type === 'legacy') return { kind: 'registry', registry: url === null ? null : publicIsNull(url) };
  const [vcs, archive] = [own(entry, 'vcs'), own(entry, 'archive')];
  if (isGroup(vcs))
    return (
      sourceOf({
        git: own(vcs, 'url') ?? own(vcs, 'path'),
        rev: own(vcs, 'commit-id'),
        subdirectory: own(vcs, 'subdirectory'),
      }) ?? PUBLIC
    );
  if (isGroup(own(entry, 'directory'))) return localOrigin(text(own(entry, 'directory', 'path')) ?? '.');
  if (isGroup(archive)) return sourceOf(archive) ?? PUBLIC;
  return sourceOf(source) ?? sourceOf(entry) ?? PUBLIC;
}

const PUBLIC: Origin = { kind: 'registry', registry: null };

function groupOf(value: unknown): Readonly<Record<string, unknown>> {
  return isGroup(value) ? value : {};
}

/** Poetry: `category` until 1.4, `groups` from 2.0 on; PDM calls the first group `default`. What neither says counts as runtime. */
function usageOf(entry: unknown): Package['usage'] {
  if (text(own(entry, 'category')) === 'dev') return 'development';
  const groups = list(own(entry, 'groups'));
  return groups.length === 0 || groups.includes('main') || groups.includes('default') ? 'runtime' : 'development';
}

/** `Pipfile.lock`: two groups from names to details. */
export function readPipfileLock(source: string): Answer<Lock> {
  const file = readJson(source);
  if (!file.known) return file;
  const { value, line } = file.value;
  if (!isGroup(value)) return unknown('the file holds no keys, where `default` and `develop` were wanted');
  const group = (key: string, usage: Package['usage']): readonly Package[] =>
    entries(own(value, key)).map(([name, details]) => ({
      ecosystem: 'pypi',
      name: canonical(name),
      version: bounds(text(own(details, 'version')) ?? '').version,
      constraint: null,
      // `index` only names one of the sources at the top.
      origin: sourceOf({ ...groupOf(details), index: null }) ?? PUBLIC,
      usage,
      isDirect: null,
      license: null,
      line: line(key, name),
    }));
  return known({ ecosystem: 'pypi', packages: [...group('default', 'runtime'), ...group('develop', 'development')] });
}
