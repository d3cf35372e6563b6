/** yarn.lock of both yarns. Neither tells licenses, nor what is for development only: all of it counts as run. */
import { map, type Answer } from '../../answer.ts';
import type { Lock, Package } from '../package.ts';
import { text } from '../tree.ts';
import { named } from './names.ts';
import { REGISTRY } from './origin.ts';
import { wanted, type Wanted } from './spec.ts';
import { decoded, splitAt } from './written.ts';
import { installed } from './tarball.ts';
import { yarnEntries, type YarnEntry } from './yarn-text.ts';

/** Unknown, with the line, when the text is no lock of yarn's. */
export function readYarnLock(source: string): Answer<Lock> {
  return map(yarnEntries(source), (entries) => {
    const isBerry = entries.some((entry) => entry.patterns[0] === METADATA);
    return {
      ecosystem: 'npm' as const,
      ...named(isBerry ? ofBerry(entries) : entries.flatMap((entry) => ofClassic(entry) ?? [])),
    };
  });
}

const METADATA = '__metadata';

/** `name@range` asks; the version and the address are the answer. Version 1 does not tell what the project names itself. */
function ofClassic(entry: YarnEntry): Package | null {
  const asked = splitAt(entry.patterns[0] ?? '');
  const found = wanted(asked.name, asked.rest ?? '');
  const resolved = text(entry.fields.get('resolved'));
  // The bare name of a file is one of an offline mirror: where it came from, only the range tells.
  const called = { name: found.name, version: text(entry.fields.get('version')) };
  const place = resolved?.includes(':') ? installed(called, resolved) : { ...called, origin: found.origin };
  return packageOf(entry, { ...place, constraint: null }, null);
}

function ofBerry(entries: readonly YarnEntry[]): readonly Package[] {
  const direct = directPatterns(entries);
  return entries.flatMap((entry) => {
    if (entry.patterns[0] === METADATA) return [];
    const found = resolvedAs(entry.fields.get('resolution') ?? '', text(entry.fields.get('version')));
    const isDirect = entry.patterns.some((pattern) => direct.has(withoutBinding(pattern)));
    return packageOf(entry, found, isDirect || isWorkspace(entry)) ?? [];
  });
}

function packageOf(entry: YarnEntry, found: Wanted, isDirect: boolean | null): Package | null {
  const name = text(found.name);
  if (name === null) return null;
  return { ecosystem: 'npm', ...found, name, usage: 'runtime', isDirect, license: null, line: entry.line };
}

/** What workspaces ask for; older locks leave `npm:` out there. */
function directPatterns(entries: readonly YarnEntry[]): ReadonlySet<string> {
  const asked = entries.filter(isWorkspace).flatMap(({ dependencies }) => dependencies);
  return new Set(asked.flatMap(([name, range]) => [withoutBinding(`${name}@${range}`), `${name}@npm:${range}`]));
}

function isWorkspace(entry: YarnEntry): boolean {
  return splitAt(entry.fields.get('resolution') ?? '').rest?.startsWith('workspace:') ?? false;
}

/** `name@patch:name@npm%3A1#file::locator=…`: the binding, and how the rest is encoded, differ between who asks and what answers. */
function withoutBinding(pattern: string): string {
  return decoded(pattern.split('::', 1)[0] ?? '').replace(/#(?:~|\.)\//, '#');
}

/** `name@npm:1.0.0`, `name@workspace:packages/a`, `name@https://…#commit=…`, `name@patch:name@npm%3A1.0.0#…`. */
function resolvedAs(resolution: string, version: string | null): Wanted {
  const { name, rest } = splitAt(resolution);
  const [reference = '', binding = ''] = (rest ?? '').split('::', 2);
  const called = { name, version };
  if (reference.startsWith('patch:')) return patched(name, reference, version);
  if (!reference.startsWith('npm:')) {
    const place = installed(called, reference);
    return { ...place, version: place.origin.kind === 'own' ? null : place.version, constraint: null };
  }
  const archive = /(?:^|&)__archiveUrl=([^&]+)/.exec(binding)?.[1];
  const place = archive === undefined ? { ...called, origin: REGISTRY } : installed(called, decoded(archive));
  return { ...place, constraint: null };
}

/** The package below the patch, as far as it is from a registry or a repository. */
function patched(name: string, reference: string, version: string | null): Wanted {
  const inner = splitAt(decoded(reference.slice('patch:'.length).split('#', 1)[0] ?? ''));
  const called = { name: inner.name || name, version };
  const isPublic = inner.rest === null || /^(?:npm|patch):/.test(inner.rest);
  return { constraint: null, ...(isPublic ? { ...called, origin: REGISTRY } : installed(called, inner.rest)) };
}
