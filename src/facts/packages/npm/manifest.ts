/** package.json: what a package of npm says of itself. */
import { known, unknown, type Answer } from '../../answer.ts';
import { declared } from '../declared.ts';
import { readJson } from '../json.ts';
import type { Declared, Manifest, Package } from '../package.ts';
import { entries, isGroup, own, text, type Tree } from '../tree.ts';
import { licenseKey, statedLicense } from './license.ts';
import { named } from './names.ts';
import { wanted } from './spec.ts';

/** Unknown when the text is not JSON, or no group. */
export function readManifest(source: string): Answer<Manifest> {
  const tree = readJson(source);
  if (!tree.known) return tree;
  const { value } = tree.value;
  if (!isGroup(value)) return unknown('package.json holds no group of keys');
  const license = licenseOf(tree.value);
  const { packages, ...rest } = named(GROUPS.flatMap((group) => dependenciesOf(tree.value, group)));
  return known({
    ecosystem: 'npm',
    name: text(own(value, 'name')),
    version: text(own(value, 'version')),
    license,
    licenseFile: license ? (/^SEE LICENSE IN (.+)$/i.exec(license.text)?.[1]?.trim() ?? null) : null,
    isPrivate: own(value, 'private') === true || own(value, 'private') === 'true',
    isScaffold: isScaffold(value),
    dependencies: packages,
    ...rest,
  });
}

function licenseOf({ value, line }: Tree): Declared | null {
  const stated = statedLicense(value);
  return stated === null ? null : declared(stated, line(licenseKey(value)));
}

/** `npm init` answers every question itself when asked to: this license, no description, no author, no tests. */
function isScaffold(value: unknown): boolean {
  const isEmpty = (key: string): boolean => (own(value, key) ?? '') === '';
  const test = own(value, 'scripts', 'test');
  const isUntested = test === 'echo "Error: no test specified" && exit 1';
  return own(value, 'license') === 'ISC' && isEmpty('description') && isEmpty('author') && isUntested;
}

/** npm installs peers that are not optional since its version 7: whoever uses the package runs them. */
const GROUPS = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'] as const;

function dependenciesOf({ value, line }: Tree, group: (typeof GROUPS)[number]): readonly Package[] {
  return entries(own(value, group)).flatMap(([key, spec]) => {
    const name = text(key);
    if (name === null || typeof spec !== 'string' || isLeftOut(value, group, key)) return [];
    return {
      ecosystem: 'npm' as const,
      ...wanted(name, text(spec) ?? ''),
      usage: group === 'devDependencies' ? ('development' as const) : ('runtime' as const),
      isDirect: true,
      license: null,
      line: line(group, key),
    };
  });
}

/** An optional peer is not installed; an optional dependency overrides one of the same name (npm's documents). */
function isLeftOut(value: unknown, group: (typeof GROUPS)[number], name: string): boolean {
  if (group === 'peerDependencies') return own(value, 'peerDependenciesMeta', name, 'optional') === true;
  return group === 'dependencies' && own(value, 'optionalDependencies', name) !== undefined;
}
