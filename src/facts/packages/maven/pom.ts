/** Reads `pom.xml`. What a parent or a property says is not looked up: a version in `${…}` stays a constraint. */
import { known, unknown, type Answer } from '../../answer.ts';
import type { Manifest, Package } from '../package.ts';
import { declaredLicense } from './license.ts';
import { versionOf } from './version.ts';
import { readXml, type XmlElement } from './xml.ts';

/** The manifest of a module; its group is its parent's where it names none. */
export function readPom(source: string): Answer<Manifest> {
  const document = readXml(source);
  if (!document.known) return document;
  const project = document.value;
  if (project.name !== 'project')
    return unknown(`line ${project.line}: found <${project.name.slice(0, 40)}> where <project> was wanted`);
  const group = textOf(project, 'groupId') ?? textOf(project, 'parent', 'groupId');
  const artifact = textOf(project, 'artifactId');
  const licenses = all(project, 'licenses', 'license');
  const profiles = all(project, 'profiles', 'profile');
  return known({
    ecosystem: 'maven',
    name: artifact === null ? null : group === null ? artifact : `${group}:${artifact}`,
    version: textOf(project, 'version') ?? textOf(project, 'parent', 'version'),
    license: declaredLicense(licenses.map((one) => ({ name: textOf(one, 'name'), url: textOf(one, 'url'), line: one.line }))),
    licenseFile: null,
    isPrivate: textOf(project, 'properties', 'maven.deploy.skip') === 'true',
    isScaffold: false,
    dependencies: [project, ...profiles].flatMap((owner) =>
      all(owner, 'dependencies', 'dependency').map((dependency) =>
        packageOf(dependency, { own: group, parent: textOf(project, 'parent', 'groupId') }),
      ),
    ),
  });
}

interface Groups {
  readonly own: string | null;
  readonly parent: string | null;
}

/** What lies in the group of the parent need not be of this repository: parents are often somebody else's. */
function packageOf(dependency: XmlElement, groups: Groups): Package {
  const written = textOf(dependency, 'groupId') ?? '';
  const isOwnGroup = /^\$\{(?:project|pom)\.groupId\}$/.test(written);
  const isParents = /^\$\{(?:project|pom)\.parent\.groupId\}$/.test(written);
  const group = isOwnGroup ? groups.own : isParents ? groups.parent : null;
  const version = textOf(dependency, 'version');
  const isOwn = isOwnGroup && (version === null || /^\$\{(?:project|pom)\.(?:parent\.)?version\}$/.test(version));
  return {
    ecosystem: 'maven',
    name: `${group ?? written}:${textOf(dependency, 'artifactId') ?? ''}`,
    ...versionOf(version),
    origin: isOwn ? { kind: 'own' } : { kind: 'registry', registry: null },
    usage: textOf(dependency, 'scope') === 'test' ? 'development' : 'runtime',
    isDirect: true,
    license: null,
    line: dependency.line,
  };
}

/** Elements at the end of a path. */
function all(from: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>(
    (elements, name) => elements.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [from],
  );
}

function textOf(from: XmlElement, ...path: readonly string[]): string | null {
  const text = all(from, ...path)[0]?.text ?? '';
  return text === '' || text.length > 2_000 ? null : text;
}
