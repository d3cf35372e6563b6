/** Reads `NAME.cabal`: what a Haskell package declares, and every package that one of its components needs. */
import { known, type Answer } from '../../answer.ts';
import { licenseAmong } from '../license-files.ts';
import type { Manifest, Package } from '../package.ts';
import { readDependencies } from './dependencies.ts';
import { readLayout, type Element, type Field, type Section } from './layout.ts';
import { declaredLicense, isSpdxFormat } from './license.ts';
import { packagesOf, type Mention } from './mentions.ts';

/** The manifest of a package. Packages of other folders of the project are ordinary packages here: only the caller knows those. */
export function readCabal(text: string): Answer<Manifest> {
  const layout = readLayout(text);
  return layout.known ? manifestOf(layout.value) : layout;
}

function manifestOf(elements: readonly Element[]): Answer<Manifest> {
  const name = valueOf(elements, 'name');
  const mentions = mentionsOf(elements);
  if (!mentions.known) return mentions;
  return known({
    ecosystem: 'hackage',
    name,
    version: valueOf(elements, 'version'),
    license: licenseOf(elements),
    licenseFile: licenseFileOf(elements),
    isPrivate: false,
    isScaffold: isScaffold(elements),
    dependencies: packagesOf(mentions.value, ownNames(elements, name)),
  });
}

function licenseOf(elements: readonly Element[]): Manifest['license'] {
  const field = fieldOf(elements, 'license');
  const text = valueOf(elements, 'license');
  if (field === undefined || text === null) return null;
  return declaredLicense(text, field.value[0]?.line ?? field.line, isSpdxFormat(valueOf(elements, 'cabal-version') ?? ''));
}

function licenseFileOf(elements: readonly Element[]): string | null {
  const files = valueOf(elements, 'license-file') ?? valueOf(elements, 'license-files');
  return licenseAmong((files ?? '').split(/[\s,]+/).filter((file) => file !== ''));
}

/** `stack new` writes BSD-3-Clause and leaves its author to be filled in. */
function isScaffold(elements: readonly Element[]): boolean {
  const license = valueOf(elements, 'license');
  return (license === 'BSD3' || license === 'BSD-3-Clause') && valueOf(elements, 'author') === 'Author name here';
}

/** The package itself and what its components are called, which older files name without it. */
function ownNames(elements: readonly Element[], name: string | null): ReadonlySet<string> {
  const libraries = elements.filter((element) => element.kind === 'section' && element.name === 'library');
  const names = libraries.map((element) => (element.kind === 'section' ? element.argument : ''));
  return new Set([name ?? '', ...names]);
}

type Usage = Package['usage'];

/** Where a component is used; other sections need no packages. */
const COMPONENTS: ReadonlyMap<string, Usage> = new Map([
  ['library', 'runtime'],
  ['foreign-library', 'runtime'],
  ['executable', 'runtime'],
  ['test-suite', 'development'],
  ['benchmark', 'development'],
  ['custom-setup', 'development'],
]);

function mentionsOf(elements: readonly Element[]): Answer<readonly Mention[]> {
  const sections = elements.filter((element) => element.kind === 'section');
  const executables = new Set(sections.filter(({ name }) => name === 'executable').map(({ argument }) => argument));
  const shared = new Map(sections.filter(({ name }) => name === 'common').map((section) => [section.argument, section]));
  const fields = [...usedFields(elements, sections, shared)].sort((a, b) => a.field.line - b.field.line);
  const mentions: Mention[] = [];
  for (const { field, usage } of fields) {
    const isTool = TOOLS.has(field.name);
    const dependencies = readDependencies(field.value);
    if (!dependencies.known) return dependencies;
    for (const dependency of dependencies.value) {
      // A tool that this package builds itself is named in the same way as another's.
      if (isTool && executables.has(dependency.name)) continue;
      mentions.push({ ...dependency, usage: isTool ? 'development' : usage });
    }
  }
  return known(mentions);
}

interface UsedField {
  readonly field: Field;
  readonly usage: Usage;
}

const TOOLS: ReadonlySet<string> = new Set(['build-tool-depends', 'build-tools']);
const NEEDS: ReadonlySet<string> = new Set([...TOOLS, 'build-depends', 'setup-depends']);

/** The fields that name packages, of all components and the stanzas that they import. */
function* usedFields(
  elements: readonly Element[],
  sections: readonly Section[],
  shared: ReadonlyMap<string, Section>,
): Generator<UsedField> {
  // Before Cabal 1.2 the library's fields stood outside of any section.
  for (const field of elements) if (field.kind === 'field' && NEEDS.has(field.name)) yield { field, usage: 'runtime' };
  for (const usage of ['runtime', 'development'] as const) {
    const seen = new Set<Section>();
    const waiting = sections.filter(({ name }) => COMPONENTS.get(name) === usage);
    for (let section = waiting.pop(); section !== undefined; section = waiting.pop()) {
      if (seen.has(section)) continue;
      seen.add(section);
      for (const field of fieldsWithin(section)) {
        if (NEEDS.has(field.name)) yield { field, usage };
        if (field.name === 'import') waiting.push(...importsOf(field, shared));
      }
    }
  }
}

function importsOf(field: Field, shared: ReadonlyMap<string, Section>): readonly Section[] {
  const names = new Set(field.value.flatMap(({ text }) => text.split(/[\s,]+/)));
  return [...names].flatMap((name) => shared.get(name) ?? []);
}

/** The fields of a section, with those of its conditions: on some platform, or by some flag, they count. */
function* fieldsWithin(section: Section): Generator<Field> {
  for (const child of section.children) {
    if (child.kind === 'field') yield child;
    else yield* fieldsWithin(child);
  }
}

function fieldOf(elements: readonly Element[], name: string): Field | undefined {
  return elements.findLast((element) => element.kind === 'field' && element.name === name) as Field | undefined;
}

/** The value of a field on one line; null: it is not there, or empty. */
function valueOf(elements: readonly Element[], name: string): string | null {
  const text = fieldOf(elements, name)
    ?.value.map((line) => line.text)
    .join(' ');
  return text === undefined || text === '' ? null : text;
}
