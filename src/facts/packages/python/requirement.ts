/** One requirement as Python writes it (PEP 508): `requests[socks] >= 2.8.1, == 2.8.* ; python_version < "3.7"`. */
import { localOrigin } from '../local.ts';
import type { Origin, Package } from '../package.ts';
import { repositoryUrl, withoutSecrets } from '../repository-url.ts';

/** What a requirement says; the rest of a `Package` depends on where it stands. */
export type Requirement = Pick<Package, 'name' | 'version' | 'constraint' | 'origin'>;

// PEP 508: the name, then extras, then either an address or a version, with or without parentheses.
const NAME = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*/;
const RANGE = /^(?:[<>=!~][\w\s.,*+!<>=~-]*|\([\w\s.,*+!<>=~-]*\))?$/;

/** Reads one requirement; null: it is none. */
export function readRequirement(written: string): Requirement | null {
  const requirement = written.trim();
  const name = NAME.exec(requirement);
  if (name?.[1] === undefined) return null;
  const rest = requirement.slice(name[0].length);
  if (rest.startsWith('@'))
    return { name: canonical(name[1]), ...unpinned, origin: originOf(withoutMarker(rest.slice(1), ' ;')) };
  const range = withoutMarker(rest, ';');
  if (!RANGE.test(range)) return null;
  return { name: canonical(name[1]), ...bounds(range.replace(/^\(|\)$/g, '')), origin: { kind: 'registry', registry: null } };
}

/** The name by which an index knows a package (PEP 503): `Zope.Interface` is `zope-interface`. */
export function canonical(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

const unpinned = { version: null, constraint: null };
const EXACT = /^===?\s*([\w.!+-]+)$/;

/** What a range says: one version, a constraint, or nothing. */
export function bounds(range: string): Pick<Package, 'version' | 'constraint'> {
  const trimmed = range.trim();
  const version = EXACT.exec(trimmed)?.[1] ?? null;
  return { version, constraint: version !== null || trimmed === '' || trimmed === '*' ? null : trimmed };
}

/** Where an address leads: `git+https://host/owner/name@ref#subdirectory=path`, a file, or an archive. */
export function originOf(address: string): Origin {
  const [place, fragment] = cut(address.trim(), '#');
  const local = /^(?:file:(?:\/\/)?|(?=\.|\/|~))(?:\/\$\{PROJECT_ROOT\}\/)?(.*)$/i.exec(place)?.[1];
  if (local !== undefined) return localOrigin(local);
  if (!/^(?:git|hg|svn|bzr)\+/.test(place)) return { kind: 'archive', url: withoutSecrets(place) };
  const url = withoutSecrets(place.replace(/^[a-z]+\+/, ''));
  const at = url.lastIndexOf('@');
  const hasRef = at > url.lastIndexOf('/');
  const path = fragment.split('&').find((part) => part.startsWith('subdirectory='));
  return {
    kind: 'repository',
    url: repositoryUrl(hasRef ? url.slice(0, at) : url),
    ref: hasRef ? url.slice(at + 1) : null,
    path: path?.slice('subdirectory='.length) ?? null,
  };
}

function withoutMarker(text: string, mark: string): string {
  return cut(text, mark)[0].trim();
}

function cut(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}
