/** Reads `setup.cfg` (setuptools). What `setup.py` says is the result of running it, and never read. */
import { known, unknown, type Answer } from '../../answer.ts';
import { licenseAmong } from '../license-files.ts';
import type { Manifest, Package } from '../package.ts';
import { unfit, withoutMark } from '../tree.ts';
import { declaredLicense, isPrivate } from './license.ts';
import { readRequirement } from './requirement.ts';

/** The manifest; a file without `[metadata]` and `[options]`, which also holds settings of tools, says nothing. */
export function readSetupCfg(text: string): Answer<Manifest> {
  const refused = unfit(text);
  if (refused) return refused;
  const sections = sectionsOf(withoutMark(text));
  const metadata = (key: string): readonly Line[] => sections.get('metadata')?.get(key) ?? [];
  const dependencies = dependenciesOf(sections);
  if (!dependencies.known) return dependencies;
  const classifiers = metadata('classifiers').map(({ written }) => written);
  const lines = { license: metadata('license')[0]?.line ?? null, classifiers: metadata('classifiers')[0]?.line ?? null };
  return known({
    ecosystem: 'pypi',
    name: stated(metadata('name')),
    version: stated(metadata('version')),
    license: declaredLicense(stated(metadata('license')), classifiers, lines),
    licenseFile: licenseAmong(metadata('license_files').map(({ written }) => written)) ?? stated(metadata('license_file')),
    isPrivate: isPrivate(classifiers),
    isScaffold: false,
    dependencies: dependencies.value,
  });
}

interface Line {
  readonly written: string;
  readonly line: number;
}

type Sections = ReadonlyMap<string, ReadonlyMap<string, readonly Line[]>>;

/** `attr: …` and `file: …` are filled in by a build. */
function stated(lines: readonly Line[]): string | null {
  const text = lines.map(({ written }) => written).join(' ');
  return text === '' || /^(?:attr|file|find):/.test(text) ? null : text;
}

const COMMENT = /^\s*[#;]/;
const KEY = /^([^\s=:][^=:]*)[=:](.*)$/;

/** Values go on in lines that are indented. Whatever is no section and no key is passed over, as by other readers. */
function sectionsOf(text: string): Sections {
  const sections = new Map<string, Map<string, Line[]>>();
  let section = new Map<string, Line[]>();
  let value: Line[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const written = raw.trim();
    if (written === '' || COMMENT.test(raw)) continue;
    if (/^\s/.test(raw)) value.push({ written, line: index + 1 });
    else if (written.startsWith('[') && written.endsWith(']')) {
      section = sections.get(written.slice(1, -1)) ?? new Map<string, Line[]>();
      sections.set(written.slice(1, -1), section);
      value = [];
    } else {
      const [, key = '', first = ''] = KEY.exec(raw) ?? [];
      value = first.trim() === '' ? [] : [{ written: first.trim(), line: index + 1 }];
      section.set(key.trim().toLowerCase().replaceAll('-', '_'), value);
    }
  }
  return sections;
}

function dependenciesOf(sections: Sections): Answer<readonly Package[]> {
  const options = sections.get('options');
  const extras = [...(sections.get('options.extras_require') ?? new Map<string, readonly Line[]>())];
  const wanted: readonly (readonly [readonly Line[], Package['usage']])[] = [
    [options?.get('install_requires') ?? [], 'runtime'],
    ...extras.map(
      ([name, lines]) => [lines, /^(?:dev|tests?|testing|docs?|lint)/.test(name) ? 'development' : 'runtime'] as const,
    ),
    [options?.get('setup_requires') ?? [], 'development'],
    [options?.get('tests_require') ?? [], 'development'],
  ];
  const packages: Package[] = [];
  for (const [lines, usage] of wanted) {
    for (const { written, line } of lines.flatMap(requirementIn)) {
      if (/^(?:file|attr):/.test(written)) continue;
      const requirement = readRequirement(written);
      if (requirement === null)
        return unknown(`line ${line}: found ${JSON.stringify(written.slice(0, 40))} where a requirement was wanted`);
      packages.push({ ecosystem: 'pypi', ...requirement, usage, isDirect: true, license: null, line });
    }
  }
  return known(packages);
}

/** Without the comment; no requirement is longer than what is left. */
function requirementIn({ written, line }: Line): readonly Line[] {
  const comment = written.search(/\s#/);
  const text = (comment < 0 ? written : written.slice(0, comment)).trim();
  return text === '' ? [] : [{ written: text.slice(0, 2_000), line }];
}
