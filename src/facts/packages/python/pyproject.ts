/** Reads `pyproject.toml`: the standard's own tables (PEP 621, 639, 735) and those of Poetry, uv and PDM. */
import { known, unknown, type Answer } from '../../answer.ts';
import { licenseAmong } from '../license-files.ts';
import { mentionedLines } from '../mentioned-lines.ts';
import type { Declared, Manifest, Package } from '../package.ts';
import { readToml } from '../toml.ts';
import { entries, isGroup, list, own, text, type Tree } from '../tree.ts';
import { declaredLicense, isPrivate } from './license.ts';
import { poetryPackages } from './poetry.ts';
import { readRequirement } from './requirement.ts';
import { sourceOf } from './sources.ts';

/** The manifest of a project. What a build fills in (`dynamic`), nobody can read here. */
export function readPyproject(source: string): Answer<Manifest> {
  const file = readToml(source);
  if (!file.known) return file;
  const { value } = file.value;
  const dependencies = dependenciesOf(value, source);
  if (!dependencies.known) return dependencies;
  const [project, poetry] = [own(value, 'project'), own(value, 'tool', 'poetry')];
  const classifiers = texts(own(project, 'classifiers') ?? own(poetry, 'classifiers'));
  return known({
    ecosystem: 'pypi',
    name: text(own(project, 'name')) ?? text(own(poetry, 'name')),
    version: text(own(project, 'version')) ?? text(own(poetry, 'version')),
    license:
      leftToBuild(file.value) ??
      declaredLicense(licenseOf(project) ?? text(own(poetry, 'license')), classifiers, linesOf(file.value)),
    licenseFile: text(own(project, 'license', 'file')) ?? licenseAmong(texts(own(project, 'license-files'))),
    isPrivate: isPrivate(classifiers) || own(poetry, 'package-mode') === false,
    isScaffold: false,
    dependencies: dependencies.value,
  });
}

/** PEP 639 has a text, PEP 621 a group with `text` or `file`. */
function licenseOf(project: unknown): string | null {
  return text(own(project, 'license')) ?? text(own(project, 'license', 'text'));
}

/** `dynamic = ["license"]` (PEP 621): the build fills it in; null: the manifest says it itself. */
function leftToBuild({ value, line }: Tree): Declared | null {
  if (!texts(own(value, 'project', 'dynamic')).includes('license')) return null;
  return { text: 'dynamic', expression: null, line: line('project', 'dynamic'), untold: 'leaves its license to its build' };
}

function linesOf({ line }: Tree): { readonly license: number | null; readonly classifiers: number | null } {
  const first = (key: string): number | null => line('project', key) ?? line('tool', 'poetry', key);
  return { license: line('project', 'license', 'text') ?? first('license'), classifiers: first('classifiers') };
}

type Usage = Package['usage'];

/** Extras are for users, but for those that are called after what developers do. */
const FOR_DEVELOPERS =
  /^(?:dev|develop|development|tests?|testing|docs?|lint|linting|typing|ci|build|coverage|types|pre-commit)$/i;

/** Lists of requirements, each with what they are for. */
function lists(value: unknown): readonly (readonly [unknown, Usage])[] {
  const extras = entries(own(value, 'project', 'optional-dependencies'));
  const groups = [...entries(own(value, 'dependency-groups')), ...entries(own(value, 'tool', 'pdm', 'dev-dependencies'))];
  return [
    [own(value, 'project', 'dependencies'), 'runtime'],
    ...extras.map(([name, wanted]) => [wanted, FOR_DEVELOPERS.test(name) ? 'development' : 'runtime'] as const),
    ...groups.map(([, wanted]) => [wanted, 'development'] as const),
    [own(value, 'tool', 'uv', 'dev-dependencies'), 'development'],
    [own(value, 'build-system', 'requires'), 'development'],
  ];
}

function dependenciesOf(value: unknown, source: string): Answer<readonly Package[]> {
  const line = mentionedLines(source);
  const sources = own(value, 'tool', 'uv', 'sources');
  const indexes = indexesOf(value);
  const packages: Package[] = [];
  for (const [wanted, usage] of lists(value)) {
    for (const written of texts(wanted)) {
      const requirement = readRequirement(written);
      const place = line(nameAsWritten(written));
      if (requirement === null) {
        return unknown(
          `${place === null ? 'dependencies' : `line ${place}`}: found ${JSON.stringify(written.slice(0, 40))} where a requirement was wanted`,
        );
      }
      const details = own(sources, nameAsWritten(written)) ?? own(sources, requirement.name);
      const origin = sourceOf(Array.isArray(details) ? list(details)[0] : details, indexes) ?? requirement.origin;
      packages.push({ ecosystem: 'pypi', ...requirement, origin, usage, isDirect: true, license: null, line: place });
    }
  }
  return known([...packages, ...poetryPackages(own(value, 'tool', 'poetry'), line, indexes)]);
}

function nameAsWritten(requirement: string): string {
  return /^[A-Za-z0-9._-]*/.exec(requirement.trim())?.[0] ?? '';
}

/** The names that uv and Poetry give to indexes. */
function indexesOf(value: unknown): ReadonlyMap<string, string> {
  const all = [...list(own(value, 'tool', 'uv', 'index')), ...list(own(value, 'tool', 'poetry', 'source'))];
  const named = all.filter(isGroup).map((index) => [text(own(index, 'name')), text(own(index, 'url'))] as const);
  return new Map(named.flatMap(([name, url]) => (name !== null && url !== null ? [[name, url]] : [])));
}

/** The texts of a list; groups in it (`include-group`) name no package. */
function texts(value: unknown): readonly string[] {
  return list(value)
    .map(text)
    .filter((one) => one !== null);
}
