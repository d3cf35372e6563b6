/** The package URL (purl) of a package: one line that other tools know it by. */
import { PackageURL } from 'packageurl-js';
import type { Origin, Package } from './package.ts';
import { onGitHub } from './repository-url.ts';

/** Names of components of a package URL; what is not told is left out. */
interface Parts {
  readonly type: string;
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly version: string | null;
  readonly qualifiers?: Readonly<Record<string, string>> | undefined;
  readonly path?: string | null | undefined;
}

/** Never throws: a name that makes no package URL of its kind gets a generic one. */
export function packageUrl(found: Package): string {
  const parts = partsOf(found);
  return (
    written(parts) ??
    written({ ...parts, type: 'generic', namespace: undefined, name: found.name }) ??
    `pkg:generic/${encodeURIComponent(found.name.toWellFormed()) || 'unnamed'}`
  );
}

function written({ type, namespace, name, version, qualifiers, path }: Parts): string | null {
  try {
    return new PackageURL(type, namespace, name, version ?? undefined, qualifiers, path ?? undefined).toString();
  } catch {
    return null;
  }
}

function partsOf(found: Package): Parts {
  if (found.ecosystem === 'aiken' || found.ecosystem === 'nix') return inRepository(found);
  const common = {
    type: found.ecosystem,
    version: found.version,
    qualifiers: qualifiersOf(found.origin),
    path: pathOf(found.origin),
  };
  const { namespace, name } = split(found);
  return { ...common, namespace, name };
}

/** Packages of these are repositories. */
function inRepository({ name, version, origin }: Package): Parts {
  const ref = (origin.kind === 'repository' ? origin.ref : null) ?? version;
  const repository = onGitHub(origin.kind === 'repository' ? origin.url : `github.com/${name}`);
  if (repository)
    return { type: 'github', namespace: repository.owner, name: repository.name, version: ref, path: pathOf(origin) };
  return { type: 'generic', name, version: ref, qualifiers: qualifiersOf(origin), path: pathOf(origin) };
}

/** Where a name has two parts, and what stands between them. */
function split({ ecosystem, name }: Package): { readonly namespace?: string; readonly name: string } {
  const at =
    ecosystem === 'maven' ? name.indexOf(':') : ecosystem === 'npm' || ecosystem === 'golang' ? name.lastIndexOf('/') : -1;
  return at <= 0 ? { name } : { namespace: name.slice(0, at), name: name.slice(at + 1) };
}

/** Qualifiers that every kind of package URL knows (purl specification, "known qualifiers"). */
function qualifiersOf(origin: Origin): Readonly<Record<string, string>> | undefined {
  switch (origin.kind) {
    case 'registry':
      return origin.registry === null ? undefined : { repository_url: origin.registry };
    case 'repository':
      return { vcs_url: `git+${origin.url}${origin.ref === null ? '' : `@${origin.ref}`}` };
    case 'archive':
      return { download_url: origin.url };
    case 'own':
      return undefined;
  }
}

function pathOf(origin: Origin): string | null {
  return origin.kind === 'repository' ? origin.path : null;
}
