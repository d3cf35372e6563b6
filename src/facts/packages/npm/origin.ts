/** Where a package of npm comes from, by the address that a manifest or a lock file names. */
import { localOrigin } from '../local.ts';
import type { Origin } from '../package.ts';
import { repositoryUrl, withoutSecrets } from '../repository-url.ts';

/** The public registry; yarn's name for it leads to the same. */
const PUBLIC = /^https?:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)(?:\/|$)/i;
const OWN = /^(?:workspace|root):/i;
const LOCAL = /^(?:(?:file|link|portal):|(?=\.{0,2}\/|~\/))(?:\/\/(?=\/))?([^#]*)/i;

/** The public registry. */
export const REGISTRY = { kind: 'registry', registry: null } as const satisfies Origin;

/** The public registry serves this address. */
export function isPublic(address: string): boolean {
  return PUBLIC.test(address);
}

/** Of an address, not of a range of versions: that names no place, and has none. */
export function originOf(written: string): Origin {
  if (isPublic(written))
    return /^[^/]+\/\/[^/]+\/?$/.test(written) ? REGISTRY : { kind: 'archive', url: withoutSecrets(written) };
  if (OWN.test(written)) return { kind: 'own' };
  const local = LOCAL.exec(written)?.[1];
  if (local !== undefined) return localOrigin(local.split('::', 1)[0] ?? '');
  const repository = asForgeArchive(written) ?? asRepository(written);
  if (repository) return repository;
  const url = withoutSecrets(written.split('#', 1)[0] ?? '');
  const registry = registryOf(url);
  return registry === null ? { kind: 'archive', url } : { kind: 'registry', registry };
}

/** npm's shorthands, and every address that git understands (npm-package-arg, "hosted git"). */
export function asRepository(written: string): Origin | null {
  const [address = '', ...rest] = written.split('#');
  const hosted = /^(github|gitlab|bitbucket):([^/]+\/[^/]+)$/i.exec(address);
  const url = hosted ? `https://${HOSTS[hosted[1]?.toLowerCase() ?? ''] ?? ''}/${hosted[2] ?? ''}` : gitAddress(address);
  return url === null ? null : { kind: 'repository', url: repositoryUrl(url), ...partsOf(rest.join('#')) };
}

const HOSTS: Readonly<Record<string, string>> = { github: 'github.com', gitlab: 'gitlab.com', bitbucket: 'bitbucket.org' };

function gitAddress(address: string): string | null {
  if (/^gist:/i.test(address)) return `https://gist.github.com/${address.slice('gist:'.length)}`;
  if (/^[\w.-]+\/[\w.-]+$/.test(address)) return `https://github.com/${address}`;
  const isGit =
    /^(?:git(?:\+[a-z]+)?|ssh):/i.test(address) || /^[^/@\s]+@[\w.-]+:/.test(address) || /^https?:.*\.git$/i.test(address);
  return isGit || /^https?:\/\/(?:www\.)?(?:github|gitlab)\.com\/[^/]+\/[^/]+$/i.test(address) ? address : null;
}

/** What follows `#`: `sha`, `commit=sha`, `semver:^1`, and `path:/folder` where only a folder is wanted (pnpm). */
function partsOf(fragment: string): { readonly ref: string | null; readonly path: string | null } {
  let ref: string | null = null;
  let path: string | null = null;
  for (const part of (fragment.split('::', 1)[0] ?? '').split('&')) {
    const [, key = '', value = ''] = /^(commit|tag|head|branch|path|workspace|cwd)[=:](.*)$/.exec(part) ?? [];
    if (key === 'path' || key === 'cwd') path = value.replace(/^\//, '') || null;
    else if (key !== 'workspace') ref = (key === '' ? part : value) || ref;
  }
  return { ref, path };
}

/** Archives that forges make of a commit: the repository says more than the archive. */
function asForgeArchive(written: string): Origin | null {
  const match =
    /^https:\/\/codeload\.github\.com\/([^/]+)\/([^/]+)\/tar\.gz\/(?:refs\/(?:tags|heads)\/)?([^#?]+)/i.exec(written) ??
    /^https:\/\/github\.com\/([^/]+)\/([^/]+)\/archive\/(?:refs\/(?:tags|heads)\/)?([^#?]+)\.(?:tar\.gz|tgz|zip)(?=$|[#?])/i.exec(
      written,
    );
  if (!match) return null;
  const path = /[#&]path:\/?([^&]+)/.exec(written)?.[1] ?? null;
  return { kind: 'repository', url: `https://github.com/${match[1] ?? ''}/${match[2] ?? ''}`, ref: match[3] ?? null, path };
}

/** Registries serve `REGISTRY/NAME/-/FILE.tgz`, and GitHub's `REGISTRY/download/NAME/VERSION/HASH`; null: no registry does this. */
function registryOf(url: string): string | null {
  const mark = url.indexOf('/-/');
  if (mark > 0 && /\.tgz(?:$|\?)/.test(url)) return url.slice(0, mark).replace(/\/(?:@[^/]+(?:\/|%2f))?[^/@]+$/i, '');
  return /^https:\/\/npm\.pkg\.github\.com(?=\/download\/)/i.exec(url)?.[0] ?? null;
}
