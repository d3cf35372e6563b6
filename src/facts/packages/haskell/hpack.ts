/** Reads `package.yaml` (hpack): the same package as its `.cabal` file, written shorter. */
import { known, unknown, type Answer } from '../../answer.ts';
import { mentionedLines } from '../mentioned-lines.ts';
import type { Manifest, Origin, Package } from '../package.ts';
import { repositoryUrl } from '../repository-url.ts';
import { entries, isGroup, list, own, text } from '../tree.ts';
import { readYaml } from '../yaml.ts';
import { readDependency } from './dependencies.ts';
import { declaredLicense } from './license.ts';
import { packagesOf, type Mention } from './mentions.ts';

/** The manifest of a package; without a name, it is called as its folder. */
export function readHpack(source: string): Answer<Manifest> {
  const file = readYaml(source);
  if (!file.known) return file;
  const tree = file.value[0];
  if (tree === undefined || !isGroup(tree.value)) return unknown('the file holds no keys, where those of a package were wanted');
  const { value } = tree;
  const needs = new Needs(mentionedLines(source));
  needs.readPackage(value);
  if (needs.problem !== null) return unknown(needs.problem);
  const name = text(own(value, 'name'));
  const license = text(own(value, 'license'));
  const declared = license === null ? null : declaredLicense(license, tree.line('license'), false);
  const origins = needs.origins;
  return known({
    ecosystem: 'hackage',
    name,
    version: text(own(value, 'version')),
    license: declared,
    licenseFile: text(own(value, 'license-file')) ?? text(list(own(value, 'license-file'))[0]),
    isPrivate: false,
    // `stack new` writes BSD-3-Clause and leaves its author to be filled in.
    isScaffold: declared?.expression === 'BSD-3-Clause' && text(own(value, 'author')) === 'Author name here',
    dependencies: packagesOf(needs.mentions, ownNames(value, name)).map((one) => {
      const origin = origins.get(one.name);
      return origin === undefined ? one : { ...one, origin };
    }),
  });
}

type Usage = Package['usage'];

/** Keys of one component, or of a group of them by name. */
const SINGLE: readonly (readonly [string, Usage])[] = [
  ['library', 'runtime'],
  ['executable', 'runtime'],
  ['custom-setup', 'development'],
];
const GROUPS: readonly (readonly [string, Usage])[] = [
  ['internal-libraries', 'runtime'],
  ['foreign-libraries', 'runtime'],
  ['executables', 'runtime'],
  ['tests', 'development'],
  ['benchmarks', 'development'],
];

function ownNames(value: unknown, name: string | null): ReadonlySet<string> {
  return new Set([name ?? '', ...entries(own(value, 'internal-libraries')).map(([library]) => library)]);
}

class Needs {
  readonly mentions: Mention[] = [];
  readonly origins = new Map<string, Origin>();
  problem: string | null = null;

  private readonly lines: (word: string, from?: number) => number | null;

  constructor(lines: (word: string, from?: number) => number | null) {
    this.lines = lines;
  }

  readPackage(value: unknown): void {
    this.readSection(value, 'runtime');
    for (const [key, usage] of SINGLE) this.readSection(own(value, key), usage);
    for (const [key, usage] of GROUPS) for (const [, section] of entries(own(value, key))) this.readSection(section, usage);
  }

  /** With its conditions; YAML is read to a bounded depth. */
  private readSection(section: unknown, usage: Usage): void {
    this.readList(own(section, 'dependencies'), usage);
    this.readList(own(section, 'build-tools'), 'development');
    const conditions = own(section, 'when');
    for (const condition of isGroup(conditions) ? [conditions] : list(conditions)) {
      this.readSection(condition, usage);
      this.readSection(own(condition, 'then'), usage);
      this.readSection(own(condition, 'else'), usage);
    }
  }

  /** `text >= 2`, a list of such, groups with `name`, or a group from names to ranges. */
  private readList(value: unknown, usage: Usage): void {
    const single = text(value);
    if (single !== null) this.add(single, usage);
    for (const entry of list(value)) {
      const written = text(entry);
      const name = text(own(entry, 'name'));
      if (written !== null) this.add(written, usage);
      else if (name !== null) this.addNamed(name, entry, usage);
    }
    for (const [name, details] of entries(value)) this.addNamed(name, details, usage);
  }

  private addNamed(name: string, details: unknown, usage: Usage): void {
    this.add(`${name} ${rangeOf(text(details) ?? text(own(details, 'version')))}`, usage);
    const url = repositoryOf(details);
    if (url === null) return;
    const [ref, path] = [text(own(details, 'ref')), text(own(details, 'subdir'))];
    this.origins.set(name, { kind: 'repository', url, ref, path });
  }

  private add(written: string, usage: Usage): void {
    const dependency = readDependency(written, 0);
    if (!dependency.known) {
      const line = this.lines(written.split(/\s/)[0] ?? '');
      this.problem ??= dependency.reason.replace(/^line 0/, line === null ? 'dependencies' : `line ${line}`);
      return;
    }
    this.mentions.push({ ...dependency.value, usage, line: this.lines(dependency.value.name) ?? 1 });
  }
}

/** A bare version means exactly that one, `*` any. */
function rangeOf(version: string | null): string {
  if (version === null || version === '*') return '';
  return /^\d/.test(version) ? `== ${version}` : version;
}

function repositoryOf(details: unknown): string | null {
  const github = text(own(details, 'github'));
  if (github !== null) return `https://github.com/${github.split('/').slice(0, 2).join('/')}`;
  const git = text(own(details, 'git'));
  return git === null ? null : repositoryUrl(git);
}
