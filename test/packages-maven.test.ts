/** Manifests and lock files of Maven and Gradle. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCatalog, readLockfile, readScript } from '../src/facts/packages/maven/gradle.ts';
import { declaredLicense } from '../src/facts/packages/maven/license.ts';
import { readPom } from '../src/facts/packages/maven/pom.ts';
import { readers } from '../src/facts/packages/maven/readers.ts';
import type { Package } from '../src/facts/packages/package.ts';

const maven = (name: string, version: string | null, line: number, rest: Partial<Package> = {}): Package => ({
  ecosystem: 'maven',
  name,
  version,
  constraint: null,
  origin: { kind: 'registry', registry: null },
  usage: 'runtime',
  isDirect: true,
  license: null,
  line,
  ...rest,
});
const nothing = { name: null, version: null, license: null, licenseFile: null, isPrivate: false, isScaffold: false };

test('a POM says its coordinates, with those of its parent, its license and what it needs', () => {
  const text = `<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>org.acme</groupId><artifactId>parent</artifactId><version>2.0</version></parent>
  <artifactId>core</artifactId>
  <licenses>
    <license><name>The Apache Software License, Version 2.0</name><url>https://www.apache.org/licenses/LICENSE-2.0.txt</url></license>
  </licenses>
  <dependencies>
    <dependency><groupId>com.google.guava</groupId><artifactId>guava</artifactId><version>33.0-jre</version></dependency>
    <dependency><groupId>\${project.groupId}</groupId><artifactId>api</artifactId><version>\${project.version}</version></dependency>
    <dependency><groupId>a</groupId><artifactId>b</artifactId><version>\${b.version}</version></dependency>
    <dependency><groupId>a</groupId><artifactId>c</artifactId><version>[1,2)</version></dependency>
    <dependency>
      <groupId>org.junit</groupId><artifactId>junit</artifactId><scope>test</scope>
    </dependency>
  </dependencies>
</project>
`;
  expect(readPom(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'maven',
      name: 'org.acme:core',
      version: '2.0',
      license: { text: 'The Apache Software License, Version 2.0', expression: 'Apache-2.0', line: 6 },
      licenseFile: null,
      isPrivate: false,
      isScaffold: false,
      dependencies: [
        maven('com.google.guava:guava', '33.0-jre', 9),
        maven('org.acme:api', null, 10, { constraint: '${project.version}', origin: { kind: 'own' } }),
        maven('a:b', null, 11, { constraint: '${b.version}' }),
        maven('a:c', null, 12, { constraint: '[1,2)' }),
        maven('org.junit:junit', null, 13, { usage: 'development' }),
      ],
    },
  });
});

test.each([
  [[['MIT License', null]], 'MIT'],
  [
    [
      ['MIT License', null],
      ['EPL 2.0', null],
    ],
    'MIT OR EPL-2.0',
  ],
  [[[null, 'http://opensource.org/licenses/MIT/']], 'MIT'],
  [[['GPL-2.0-or-later', 'https://www.gnu.org/licenses/old-licenses/gpl-2.0.html']], 'GPL-2.0-or-later'],
  [[['BSD License', null]], null],
  [[['MIT License', 'https://www.apache.org/licenses/LICENSE-2.0']], null],
  [
    [
      ['MIT License', null],
      ['Ours', null],
    ],
    null,
  ],
] as const)('licenses %j mean %s', (licenses, expression) => {
  expect(declaredLicense(licenses.map(([name, url]) => ({ name, url, line: 1 })))?.expression).toBe(expression);
});

test.each([
  ['<project>\n<a></b></project>', 'line 2 is not valid XML'],
  ['<!DOCTYPE project [<!ENTITY a "b">]>\n<project><name>&a;</name></project>', 'line 2 is not valid XML'],
  ['<html></html>', 'line 1: found <html> where <project> was wanted'],
  ['<a>'.repeat(200), 'line 1 nests more than 100 deep'],
])('%j is not known: %s', (text, reason) => {
  expect(readPom(text)).toEqual({ known: false, reason });
});

test('a Gradle script says the license of its POM and dependencies that are written out', () => {
  const text = `dependencies {
    implementation 'org.acme:core:1.2.3'
    api(platform("org.acme:bom:2.+"))
    testImplementation "org.junit:junit:$junit"
    implementation project(':api')
    implementation libs.guava
}
publishing { pom { licenses { license { name.set("MIT License"); url = 'https://opensource.org/licenses/MIT' } } } }
`;
  expect(readScript(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'maven',
      ...nothing,
      license: { text: 'MIT License', expression: 'MIT', line: 8 },
      dependencies: [
        maven('org.acme:core', '1.2.3', 2),
        maven('org.acme:bom', null, 3, { constraint: '2.+' }),
        maven('org.junit:junit', null, 4, { constraint: '$junit', usage: 'development' }),
      ],
      unread: [{ line: 6, what: 'names libs.guava, which only its catalog can tell' }],
    },
  });
});

test('a Gradle lock file pins; what only tests use is for development', () => {
  const text =
    '# generated\norg.acme:core:1.2.3=compileClasspath,testCompileClasspath\norg.junit:junit:5.1=testRuntimeClasspath\nempty=annotationProcessor\n';
  expect(readLockfile(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'maven',
      packages: [
        maven('org.acme:core', '1.2.3', 2, { isDirect: null }),
        maven('org.junit:junit', '5.1', 3, { isDirect: null, usage: 'development' }),
      ],
    },
  });
  expect(readLockfile('a:b=c')).toEqual({
    known: false,
    reason: 'line 1: found "a:b=c" where group:artifact:version= was wanted',
  });
});

test('a version catalog is read with its own versions', () => {
  const text =
    '[versions]\nguava = "33.0"\n[libraries]\nguava = { module = "com.google.guava:guava", version.ref = "guava" }\ncore = "org.acme:core:1.2"\nbom = { group = "a", name = "b", version = { strictly = "[1,2)" } }\n';
  expect(readCatalog(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'maven',
      ...nothing,
      dependencies: [
        maven('com.google.guava:guava', '33.0', 4),
        maven('org.acme:core', '1.2', 5),
        maven('a:b', null, 6, { constraint: '[1,2)' }),
      ],
    },
  });
});

test('no text makes a reader of Maven and Gradle files throw', () => {
  const word = fc.constantFrom(
    '<project>',
    '</project>',
    '<dependency>',
    '&lt;',
    '&x;',
    '<![CDATA[',
    'licenses {',
    'license {',
    'name = "x"',
    '}',
    'a:b:1',
    '=',
    '\n',
    '[libraries]\n',
    'x = "a:b"\n',
  );
  const texts = fc.array(word, { maxLength: 20 }).map((words) => words.join(''));
  fc.assert(
    fc.property(fc.oneof(texts, fc.string({ unit: 'binary' })), (text) =>
      readers.every((reader) => typeof reader.read(text).known === 'boolean'),
    ),
  );
});

test('what lies in the group of the parent need not be the own', () => {
  const dependency = '<dependency><groupId>${project.parent.groupId}</groupId><artifactId>a</artifactId></dependency>';
  const text = `<project><parent><groupId>org.other</groupId></parent><groupId>org.acme</groupId><dependencies>${dependency}</dependencies></project>`;
  const answer = readPom(text);
  expect(answer.known && answer.value.dependencies).toEqual([maven('org.other:a', null, 1)]);
});
