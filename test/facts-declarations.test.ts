/** What manifests declare across folders: workspaces, named texts, excluded paths; and what a README says. */
import { describe, expect, test } from '@jest/globals';
import { interview } from '../src/facts/gather.ts';
import { isChoice } from '../src/facts/license/together.ts';
import type { LicenseFile } from '../src/facts/license/files.ts';
import { known } from '../src/facts/answer.ts';
import { readmeLicenses, type ReadmeLicense } from '../src/facts/license/readme.ts';
import { declarations, type Declaration, type Declarations } from '../src/facts/packages/declarations.ts';
import { isAside } from '../src/facts/packages/paths.ts';
import { aChange, aSource, type Files, type Literal } from './support/builders.ts';

const MIT_TAG = 'SPDX-License-Identifier: MIT\n';

async function declaredIn(literal: Literal, exclude: readonly string[] = []): Promise<Declarations> {
  const answer = await interview(aSource(literal))(declarations('head', exclude));
  if (!answer.known) throw new Error(answer.reason);
  return answer.value;
}

async function declaredAt(path: string, head: Files): Promise<Declaration> {
  const found = (await declaredIn({ head })).read.find((one) => one.path === path);
  if (!found) throw new Error(`${path} was not read`);
  return found;
}

const licenseOf = ({ stated }: Declaration): unknown => (stated.known ? stated.value.license : stated.reason);
const namedBy = ({ named }: Declaration): unknown => (named !== null && typeof named !== 'string' ? named.path : named);

describe('a crate', () => {
  const CRATE = '[package]\nname = "a"\nlicense.workspace = true\n';
  const ROOT = '[workspace]\nmembers = ["crates/*"]\n\n[workspace.package]\nlicense = "MIT/Apache-2.0"\n';

  test('declares what the nearest workspace above declares, at its own line', async () => {
    const head = { 'Cargo.toml': ROOT, 'crates/Cargo.toml': '[package]\nname = "no root"\n', 'crates/a/Cargo.toml': CRATE };
    expect(licenseOf(await declaredAt('crates/a/Cargo.toml', head))).toEqual({
      text: 'MIT/Apache-2.0',
      expression: 'MIT OR Apache-2.0',
      line: 3,
    });
  });

  test('declares nothing where the workspace declares nothing', async () => {
    expect(licenseOf(await declaredAt('a/Cargo.toml', { 'Cargo.toml': '[workspace]\n', 'a/Cargo.toml': CRATE }))).toBeNull();
  });

  test('is not told where no workspace is at hand', async () => {
    expect(licenseOf(await declaredAt('a/Cargo.toml', { 'a/Cargo.toml': CRATE }))).toMatchObject({
      untold: 'takes its license from a workspace that is not here',
    });
  });

  test('takes over the license file of its workspace, which lies where the workspace does', async () => {
    const head = {
      'Cargo.toml': '[workspace.package]\nlicense-file = "TERMS"\n',
      TERMS: MIT_TAG,
      'a/Cargo.toml': '[package]\nname = "a"\nlicense-file.workspace = true\n',
    };
    const found = await declaredAt('a/Cargo.toml', head);
    expect([licenseOf(found), namedBy(found)]).toEqual([null, 'TERMS']);
  });
});

describe('a license text that a manifest names', () => {
  const cargo = (file: string): string => `[package]\nname = "a"\nlicense-file = "${file}"\n`;

  test.each([
    ['beside it', 'a/COPYRIGHT', 'COPYRIGHT', 'a/COPYRIGHT'],
    ['above it', 'LICENSE', '../LICENSE', 'LICENSE'],
    ['nowhere', 'LICENSE', 'LICENSE', 'missing'],
    ['outside of the repository', 'LICENSE', '../../LICENSE', 'elsewhere'],
  ])('is looked for %s', async (_, path, written, expected) => {
    expect(namedBy(await declaredAt('a/Cargo.toml', { [path]: MIT_TAG, 'a/Cargo.toml': cargo(written) }))).toBe(expected);
  });

  test('is a text and no mere name where words of its own stand under the name that it gives itself', async () => {
    const tag = 'SPDX-License-Identifier: LicenseRef-Acme\n';
    const isOnlyNamed = async (TERMS: string): Promise<unknown> => {
      const { named } = await declaredAt('Cargo.toml', { TERMS, 'Cargo.toml': cargo('TERMS') });
      return named !== null && typeof named !== 'string' && named.license.known && named.license.value.isOnlyNamed === true;
    };
    expect(await isOnlyNamed(tag)).toBe(true);
    expect(await isOnlyNamed(`${tag}\n${'Whoever reads this work tells nobody what stands there. '.repeat(3)}`)).toBe(false);
  });

  test('may be a pattern in Python', async () => {
    const manifest = '[project]\nname = "a"\nlicense-files = ["LICEN[CS]E*", "LICENSE*"]\n';
    const plain = '[project]\nname = "a"\nlicense-files = ["LICENSE*"]\n';
    expect(namedBy(await declaredAt('pyproject.toml', { LICENSE: MIT_TAG, 'pyproject.toml': plain }))).toBe('LICENSE');
    expect(namedBy(await declaredAt('pyproject.toml', { LICENSE: MIT_TAG, 'pyproject.toml': manifest }))).toBe('elsewhere');
  });

  test('is not looked for in folders that a contribution does not read anyway', async () => {
    const base = { 'deep/down/TERMS': MIT_TAG, COPYRIGHT: MIT_TAG };
    const head = { ...base, 'a/Cargo.toml': cargo('../deep/down/TERMS'), 'b/Cargo.toml': cargo('../COPYRIGHT') };
    const changes = [aChange('a/Cargo.toml', 'added'), aChange('b/Cargo.toml', 'added')];
    expect((await declaredIn({ base, head, changes })).read.map(namedBy)).toEqual(['elsewhere', 'COPYRIGHT']);
  });
});

test('excluded manifests are neither read nor counted as left', async () => {
  const many = Object.fromEntries(Array.from({ length: 160 }, (_, index) => [`index/p${index}/package.json`, '{}']));
  const { read, left } = await declaredIn({ head: { 'package.json': '{}', ...many } }, ['index/**']);
  expect([read.map(({ path }) => path), left]).toEqual([['package.json'], 0]);
});

test.each([
  ['src/__mocks__/a/package.json', true],
  ['packages/create/templates-react/package.json', true],
  ['bench/locli/locli.cabal', false],
  ['packages/template/package.json', true],
  ['packages/temple/package.json', false],
])('%s lies aside: %s', (path, expected) => {
  expect(isAside(path)).toBe(expected);
});

describe('license files together', () => {
  const file = (path: string, ...may: readonly string[]): LicenseFile => ({
    path,
    via: 'file',
    license: known({ expression: may[0] ?? null, may, altered: [], reason: null }),
  });

  test.each([
    [true, [file('COPYING', 'Unlicense OR MIT'), file('LICENSE-MIT', 'MIT'), file('UNLICENSE', 'Unlicense')]],
    [true, [file('LICENSE', 'MIT OR Apache-2.0'), file('NOTES-LICENSE', 'MIT')]],
    [false, [file('COPYING', 'Unlicense AND MIT'), file('LICENSE-MIT', 'MIT'), file('UNLICENSE', 'Unlicense')]],
    [false, [file('COPYING', 'Unlicense OR MIT'), file('LICENSE-MIT', 'MIT'), file('LICENSE-plot', 'ISC')]],
    [false, [file('COPYING', 'Unlicense OR MIT')]],
  ])('are a choice: %s', (expected, files) => {
    expect(isChoice(files)).toBe(expected);
  });
});

describe('the license section of a README', () => {
  const readmeOf = async (head: Files): Promise<readonly ReadmeLicense[]> => {
    const answer = await interview(aSource({ head }))(readmeLicenses('head'));
    return answer.known ? answer.value : [];
  };

  test.each([
    ['[MIT](LICENSE)', 'MIT'],
    ['MIT © Foo', 'MIT'],
    ['**ISC** License.', 'ISC'],
    ['Apache License, Version 2.0', 'Apache-2.0'],
    ['Apache-2.0', 'Apache-2.0'],
  ])('of one short line, %s, says %s', async (line, expression) => {
    const found = await readmeOf({ 'README.md': `# A\n\n## License\n\n${line}\n` });
    expect(found.map((one) => [one.line, one.expression, one.by])).toEqual([[3, expression, 'section']]);
  });

  test('names every license that it speaks of', async () => {
    const text = '## License\n\nThe code is Apache-2.0. The documentation is licensed under CC-BY-4.0.\n';
    expect((await readmeOf({ 'README.md': text })).map(({ mentions }) => mentions)).toEqual([['Apache-2.0', 'CC-BY-4.0']]);
  });

  test('is read where the README is a link', async () => {
    const head = { 'README.md': '→ docs/README.md', 'docs/README.md': '## License\n\nMIT\n' };
    expect(await readmeOf(head)).toEqual([
      { path: 'docs/README.md', line: 1, expression: 'MIT', by: 'section', mentions: ['MIT'] },
    ]);
  });
});
