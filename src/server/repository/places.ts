/** Addresses of policy files and pull requests on GitHub, for the page of a repository. */
import { safeUrl } from '../../views/markdown.ts';
import type { Explained } from '../../views/effective.ts';

/** Where a line of a policy file can be read, at the commit that was read; null: nowhere, as for presets. */
export type Address = (source: string, line: number | null) => string | null;

/** `web` is where repositories are, without a trailing slash: `https://github.com`. */
export function addressOf(web: string, files: Explained['files']): Address {
  const commits = new Map(files.map(({ source, commit }) => [source, commit]));
  return (source, line) => {
    const [, owner, repo, path, ref = 'HEAD'] = /^([\w.-]+)\/([\w.-]+):([^@]+)(?:@(.+))?$/s.exec(source) ?? [];
    if (owner === undefined || repo === undefined || path === undefined) return null;
    const place = commits.get(source) ?? ref;
    return safeUrl(`${web}/${segments(`${owner}/${repo}/blob/${place}/${path}`)}${line === null ? '' : `#L${line}`}`);
  };
}

/** Where a repository's page is below the address of the server. The `@` parts an owner called `previews` from the pages of previews. */
export function repositoryPath(owner: string, repo: string): string {
  return `/policy/${isReserved(owner) ? '@' : ''}${owner}/${repo}`;
}

/** The repository that a path below `/policy/` names; null: none. An `@` before the owner changes nothing. */
export function repositoryIn(path: string): { readonly owner: string; readonly repo: string } | null {
  const [, mark, owner, repo] = /^\/policy\/(@?)([A-Za-z0-9_-]{1,100})\/([A-Za-z0-9._-]{1,100})$/.exec(path) ?? [];
  if (owner === undefined || repo === undefined || /^\.{1,2}$/.test(repo)) return null;
  return mark === '' && isReserved(owner) ? null : { owner, repo };
}

/** `/policy/previews/ID` is a preview. Pages of pilots have one part more, so a repository may be called `pilots`. */
function isReserved(owner: string): boolean {
  return owner.toLowerCase() === 'previews';
}

function segments(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
