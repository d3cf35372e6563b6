/** Addresses of repositories and registries, written the same way whatever tool wrote them, and without secrets. */

/** Hosts whose repositories are two names: owner and repository. */
const FORGES = ['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org'];

/** Without `git+`, the password or token, and for well-known forges as `https://github.com/owner/repository`. */
export function repositoryUrl(written: string): string {
  const url = withoutSecrets(written.replace(/^git\+/, ''));
  const forge = onForge(url);
  return forge === null ? url : `https://${forge.host}/${forge.path}`;
}

/** The owner and the name of a repository on GitHub; null: it lies elsewhere. */
export function onGitHub(url: string): { readonly owner: string; readonly name: string } | null {
  const forge = onForge(url);
  if (forge?.host !== 'github.com') return null;
  const [owner = '', name = ''] = forge.path.split('/');
  return { owner, name };
}

/** Addresses in lock files may hold the token of whoever wrote them. `git@` is a name, and stays. */
export function withoutSecrets(url: string): string {
  const start = url.indexOf('://');
  // `user:password@host:path`, as ssh is written in short.
  if (start < 0) return url.replace(/^[^/@:]*:[^/@]*@/, '');
  const rest = url.slice(start + 3);
  const slash = rest.search(/[/?#]/);
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const at = authority.lastIndexOf('@');
  if (at < 0) return url;
  const isName = url.startsWith('ssh:') && !authority.slice(0, at).includes(':');
  return isName ? url : `${url.slice(0, start + 3)}${authority.slice(at + 1)}${rest.slice(authority.length)}`;
}

function onForge(url: string): { readonly host: string; readonly path: string } | null {
  const match = /^(?:(?:https?|git|ssh):\/\/)?(?:git@)?([a-z.]+)(?::22)?[/:]([^/?#]+)\/([^/?#]+)\/?(?=$|[?#])/i.exec(url);
  const host = match?.[1]?.toLowerCase().replace(/^www\./, '') ?? '';
  if (!match || !FORGES.includes(host)) return null;
  return { host, path: `${match[2] ?? ''}/${(match[3] ?? '').replace(/\.git$/, '')}` };
}
