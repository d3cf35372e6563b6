/** Where a package of Python comes from, as Poetry, uv, PDM and Pipenv write it in a group of keys. */
import { localOrigin } from '../local.ts';
import type { Origin } from '../package.ts';
import { repositoryUrl, withoutSecrets } from '../repository-url.ts';
import { own, text } from '../tree.ts';
import { originOf } from './requirement.ts';

/** `{git, rev}`, `{path}`, `{workspace}`, `{url}`, `{index}`; null: it says nothing of that. `indexes` are addresses by name. */
export function sourceOf(details: unknown, indexes: ReadonlyMap<string, string> = new Map()): Origin | null {
  const get = (...keys: readonly string[]): string | null => firstText(details, keys);
  const git = get('git', 'hg');
  if (git !== null) {
    const { url, ref, path } = fromGit(git);
    const written = get('resolved_reference', 'revision', 'rev', 'ref', 'tag', 'branch');
    return { kind: 'repository', url, ref: written ?? ref, path: get('subdirectory', 'subdir') ?? path };
  }
  const path = get('path', 'directory', 'editable', 'virtual');
  if (path !== null) return localOrigin(path);
  if (own(details, 'workspace') === true) return { kind: 'own' };
  const url = get('url', 'file');
  if (url !== null) return originOf(url);
  const index = get('registry', 'index', 'source');
  return index === null ? null : { kind: 'registry', registry: publicIsNull(indexes.get(index) ?? index) };
}

/** The public index is no address of its own. */
export function publicIsNull(address: string): string | null {
  return /^https:\/\/(?:pypi\.org|pypi\.python\.org)(?:\/|$)/.test(address) || address === 'pypi'
    ? null
    : withoutSecrets(address);
}

/** The first of the keys that holds a text. */
function firstText(details: unknown, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = text(own(details, key));
    if (value !== null) return value;
  }
  return null;
}

/** uv writes `https://host/owner/name?rev=main&subdirectory=x#COMMIT` into its lock file. */
function fromGit(written: string): { readonly url: string; readonly ref: string | null; readonly path: string | null } {
  const [address = '', commit] = written.split('#');
  const [url = '', query = ''] = address.split('?');
  const path = query.split('&').find((part) => part.startsWith('subdirectory='));
  return { url: repositoryUrl(url), ref: commit ?? null, path: path?.slice('subdirectory='.length) ?? null };
}
