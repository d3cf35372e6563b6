/** Reads `cabal.project`: the packages that are fetched from repositories, and the settings that decide which versions are built. */
import { known, map, type Answer } from '../../answer.ts';
import type { Lock, Manifest, Package } from '../package.ts';
import { repositoryUrl } from '../repository-url.ts';
import { bounds, items, readDependencies, readDependency, type Dependency } from './dependencies.ts';
import { readLayout, type Field, type Section, type ValueLine } from './layout.ts';

/** What a project file says, with what stands in its conditions. */
export interface Project {
  /** Folders, files and patterns of the packages of this repository. */
  readonly packages: readonly string[];
  /** One for each folder of a source repository. */
  readonly sources: readonly Package[];
  /** Built although no package of this repository names them. */
  readonly extraPackages: readonly Package[];
  /** Which versions of a package may be built, wherever it is needed. */
  readonly constraints: readonly Dependency[];
  /** Package repositories beside Hackage: CHaP. */
  readonly repositories: readonly Repository[];
  /** Up to when a repository is looked at; its name is null when all are meant. */
  readonly indexStates: readonly IndexState[];
}

export interface Repository {
  readonly name: string;
  readonly url: string | null;
  readonly line: number;
}

export interface IndexState {
  readonly repository: string | null;
  readonly time: string;
  readonly line: number;
}

/** Reads `cabal.project` and its relatives; unknown, with the line, when the text is none. */
export function readProject(text: string): Answer<Project> {
  const layout = readLayout(text);
  if (!layout.known) return layout;
  const found = collect(layout.value);
  const extra = readDependencies(found.fields.filter(({ name }) => name === 'extra-packages').flatMap(({ value }) => value));
  if (!extra.known) return extra;
  const field = (name: string): readonly Field[] => found.fields.filter((one) => one.name === name);
  return known({
    packages: ['packages', 'optional-packages'].flatMap((name) => field(name).flatMap(({ value }) => words(value))),
    sources: found.sections.filter(({ name }) => name === 'source-repository-package').flatMap(sourcesOf),
    extraPackages: extra.value.map(extraPackage),
    constraints: field('constraints').flatMap(({ value }) => constraintsOf(value)),
    repositories: found.sections.filter(({ name }) => name === 'repository').map(repositoryOf),
    indexStates: field('index-state').flatMap(({ value }) => items(value).map(indexState)),
  });
}

/** The same as a manifest: it describes no package, and names those of source repositories and the extra ones. */
export function readProjectManifest(text: string): Answer<Manifest> {
  return map(readProject(text), ({ sources, extraPackages }) => ({
    ecosystem: 'hackage',
    name: null,
    version: null,
    license: null,
    licenseFile: null,
    isPrivate: false,
    isScaffold: false,
    dependencies: [...sources, ...extraPackages],
  }));
}

/** Reads `cabal.project.freeze`: every constraint to one version pins a package. */
export function readFreeze(text: string): Answer<Lock> {
  return map(readProject(text), ({ constraints }) => {
    const pins = constraints.map((constraint) => ({ ...extraPackage(constraint), isDirect: null }));
    return { ecosystem: 'hackage', packages: pins.filter(({ version }) => version !== null) };
  });
}

interface Collected {
  readonly fields: readonly Field[];
  readonly sections: readonly Section[];
}

/** Fields and sections of the top and of its conditions. */
function collect(elements: Section['children']): Collected {
  const fields = elements.filter((element) => element.kind === 'field');
  const sections = elements.filter((element) => element.kind === 'section');
  const within = sections.filter(({ name }) => CONDITIONS.has(name)).map(({ children }) => collect(children));
  return {
    fields: [...fields, ...within.flatMap((one) => one.fields)],
    sections: [...sections, ...within.flatMap((one) => one.sections)],
  };
}

const CONDITIONS: ReadonlySet<string> = new Set(['if', 'elif', 'else']);

/** The project file does not say what the packages are called: each is known by its folder, or by its repository. */
function sourcesOf(section: Section): readonly Package[] {
  const url = words(valueOf(section, 'location'))[0];
  if (url === undefined) return [];
  const ref = words(valueOf(section, 'tag'))[0] ?? words(valueOf(section, 'branch'))[0] ?? null;
  const folders = words(valueOf(section, 'subdir')).filter((folder) => folder !== '.');
  return (folders.length > 0 ? folders : [null]).map((path) => ({
    ecosystem: 'hackage',
    name: lastPart(path ?? url),
    version: null,
    constraint: null,
    origin: { kind: 'repository', url: repositoryUrl(url), ref, path },
    usage: 'runtime',
    isDirect: true,
    license: null,
    line: section.line,
  }));
}

function extraPackage({ name, range, line }: Dependency): Package {
  const origin = { kind: 'registry', registry: null } as const;
  return { ecosystem: 'hackage', name, ...bounds(range), origin, usage: 'runtime', isDirect: true, license: null, line };
}

/** Constraints on versions; those on flags and on where a package is installed say nothing of a version. */
function constraintsOf(value: readonly ValueLine[]): readonly Dependency[] {
  return items(value).flatMap(({ text, line }) => {
    const constraint = readDependency(text, line);
    return constraint.known && constraint.value.range !== '' ? [constraint.value] : [];
  });
}

function repositoryOf(section: Section): Repository {
  return { name: section.argument, url: words(valueOf(section, 'url'))[0] ?? null, line: section.line };
}

/** `2026-01-01T00:00:00Z` for all, or `hackage.haskell.org 2026-01-01T00:00:00Z`. */
function indexState({ text, line }: ValueLine): IndexState {
  const [first = '', second] = text.split(/\s+/);
  return second === undefined ? { repository: null, time: first, line } : { repository: first, time: second, line };
}

function valueOf(section: Section, name: string): readonly ValueLine[] {
  return section.children.flatMap((child) => (child.kind === 'field' && child.name === name ? child.value : []));
}

function words(value: readonly ValueLine[]): readonly string[] {
  return value.flatMap(({ text }) => text.split(/[\s,]+/)).filter((word) => word !== '');
}

/** `hs/lib` is `lib`, `https://host/owner/name.git/` is `name`. */
export function lastPart(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  return (parts.at(-1) ?? path).replace(/\.git$/, '');
}
