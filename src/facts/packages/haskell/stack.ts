/** Reads `stack.yaml` and its lock file: packages beside the snapshot, from Hackage, repositories and archives. */
import { known, unknown, type Answer } from '../../answer.ts';
import type { Lock, Manifest, Origin, Package } from '../package.ts';
import { repositoryUrl, withoutSecrets } from '../repository-url.ts';
import { isGroup, list, own, text } from '../tree.ts';
import { readYaml } from '../yaml.ts';
import { mentionedLines } from '../mentioned-lines.ts';
import { lastPart } from './project.ts';

/** The packages that a project adds to its snapshot; some of them only because others need them, which the file does not say. */
export function readStack(source: string): Answer<Manifest> {
  const file = readYaml(source);
  if (!file.known) return file;
  const value = file.value[0]?.value;
  if (!isGroup(value)) return unknown('the file holds no keys, where `extra-deps` or `packages` was wanted');
  // Until Stack 1.7 repositories stood among the packages.
  const locations = list(own(value, 'packages')).map((entry) => placed(own(entry, 'location'), entry));
  const entries = [...list(own(value, 'extra-deps')), ...locations.filter(isGroup)];
  const nothing = { name: null, version: null, license: null, licenseFile: null, isPrivate: false, isScaffold: false };
  return known({ ecosystem: 'hackage', ...nothing, dependencies: located(entries.flatMap(packagesOf), source) });
}

/** The packages that a lock file pins, beside those of the snapshot. */
export function readStackLock(source: string): Answer<Lock> {
  const file = readYaml(source);
  if (!file.known) return file;
  const value = file.value[0]?.value;
  if (!isGroup(value)) return unknown('the file holds no keys, where `packages` was wanted');
  const completed = list(own(value, 'packages')).map((entry) => own(entry, 'completed'));
  return known({ ecosystem: 'hackage', packages: located(completed.flatMap(packagesOf), source) });
}

/** `{location: {git, commit}, subdirs}` as `{git, commit, subdirs}`. */
function placed(location: unknown, entry: unknown): unknown {
  return isGroup(location) ? { ...location, subdirs: own(entry, 'subdirs') } : null;
}

function packagesOf(entry: unknown): readonly Package[] {
  const written = text(entry) ?? text(own(entry, 'hackage'));
  if (written !== null) return [fromText(written)];
  const url = addressOf(entry);
  if (url === null) return [];
  const archive = text(own(entry, 'url')) ?? text(own(entry, 'archive'));
  const ref = text(own(entry, 'commit'));
  const folders = [own(entry, 'subdir'), ...list(own(entry, 'subdirs'))].map(text).filter((folder) => folder !== null);
  return (folders.length > 0 ? folders : [null]).map((folder) => {
    const path = folder === '.' ? null : folder;
    const origin: Origin = archive === null ? { kind: 'repository', url, ref, path } : { kind: 'archive', url };
    const name = text(own(entry, 'name')) ?? lastPart(path ?? archiveName(url));
    return found(name, text(own(entry, 'version')), origin);
  });
}

/** Where a package lies, that is not on Hackage. */
function addressOf(entry: unknown): string | null {
  const github = text(own(entry, 'github'));
  if (github !== null) return `https://github.com/${github}`;
  const repository = text(own(entry, 'git')) ?? text(own(entry, 'hg'));
  if (repository !== null) return repositoryUrl(repository);
  const archive = text(own(entry, 'url')) ?? text(own(entry, 'archive'));
  return archive === null ? null : withoutSecrets(archive);
}

// `acme-missiles-0.3@sha256:2ba…,631` and `acme-missiles-0.3@rev:1`: the last part with digits is the version.
const IDENTIFIER = /^([A-Za-z0-9-]+?)(?:-(\d+(?:\.\d+)*))?(?:@|$)/;

function fromText(written: string): Package {
  if (/^https?:\/\//.test(written)) {
    const url = withoutSecrets(written);
    return found(archiveName(url), null, { kind: 'archive', url });
  }
  const [, name, version] = IDENTIFIER.exec(written) ?? [];
  const isFolder = name === undefined || (version === undefined && !written.includes('@'));
  if (isFolder) return found(lastPart(written), null, { kind: 'own' });
  return found(name, version ?? null, { kind: 'registry', registry: null });
}

/** `https://host/foo-1.2.tar.gz` is known as `foo-1.2`: what it is called stands inside. */
function archiveName(url: string): string {
  return lastPart(url.replace(/[?#].*$/, '')).replace(/\.(?:tar\.gz|tgz|zip|tar)$/, '');
}

function found(name: string, version: string | null, origin: Origin): Package {
  const unsaid = { constraint: null, isDirect: null, license: null, line: null };
  return { ecosystem: 'hackage', name, version, origin, usage: 'runtime', ...unsaid };
}

/** With the line on which each is first named: by itself, by its folder, or by its archive. */
function located(packages: readonly Package[], source: string): readonly Package[] {
  const lines = mentionedLines(source);
  return packages.map((one) => {
    const { origin, name, version } = one;
    const line = lines(version === null ? name : `${name}-${version}`) ?? lines(name);
    return { ...one, line: line ?? placeLine(origin, lines) };
  });
}

function placeLine(origin: Origin, lines: (word: string) => number | null): number | null {
  if (origin.kind === 'repository' && origin.path !== null) return lines(lastPart(origin.path));
  return origin.kind === 'archive' ? lines(lastPart(origin.url)) : null;
}
