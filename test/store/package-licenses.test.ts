/** What registries said about packages: kept once for everybody, in bulk, for as long as it is true. */
import { expect, test } from '@jest/globals';
import { known, unknown } from '../../src/facts/answer.ts';
import type { PackageLicense } from '../../src/facts/packages/package.ts';
import { describeOnBoth } from '../support/databases.ts';
import { stage } from './stage.ts';

const MIT: PackageLicense = { declared: 'MIT', expression: 'MIT', source: 'registry', url: 'https://registry.example/left-pad' };
const SILENT: PackageLicense = { declared: null, expression: null, source: 'text', url: null };

describeOnBoth('what was looked up of packages', (kind) => {
  const { store, at, reopen } = stage(kind);
  const keep = (key: string, license = known(MIT), until: string | null = null) =>
    store().keepPackageLicenses([{ key, license, until }]);
  const keptOf = async (...keys: string[]) => [...(await store().packageLicenses(keys))];

  test('is found by the key of the package, and stays when the store is closed', async () => {
    const odd = { ...MIT, declared: 'Mine \0 alone \ud800', expression: null };
    await store().keepPackageLicenses([
      { key: 'pkg:npm/left-pad@1.0.0', license: known(MIT), until: null },
      { key: 'pkg:nix/silent@1', license: known(SILENT), until: null },
      { key: 'pkg:npm/odd@1', license: known(odd), until: null },
    ]);
    await reopen();
    expect(new Map(await keptOf('pkg:npm/odd@1', 'pkg:npm/left-pad@1.0.0', 'pkg:nix/silent@1', 'pkg:npm/other@1'))).toEqual(
      new Map([
        ['pkg:npm/left-pad@1.0.0', known(MIT)],
        ['pkg:nix/silent@1', known(SILENT)],
        ['pkg:npm/odd@1', known(odd)],
      ]),
    );
  });

  test('that a registry does not know a package counts until a time, and then it is asked again', async () => {
    const absent = unknown('registry.npmjs.org does not know this package in this version');
    await store().keepPackageLicenses([{ key: 'pkg:npm/new@1', license: absent, until: '2026-03-02T12:00:00.000Z' }]);
    at('2026-03-02T11:59:59.000Z');
    expect(await keptOf('pkg:npm/new@1')).toEqual([['pkg:npm/new@1', absent]]);
    at('2026-03-02T12:00:00.000Z');
    expect(await keptOf('pkg:npm/new@1')).toEqual([]);
    await keep('pkg:npm/new@1');
    expect(await keptOf('pkg:npm/new@1')).toEqual([['pkg:npm/new@1', known(MIT)]]);
  });

  test('is read and kept for 1,100 packages at once, more than one statement takes, also when some are named twice', async () => {
    const urls = Array.from({ length: 1100 }, (_, index) => `pkg:npm/package-${index}@1.0.0`);
    const all = [...urls, ...urls.slice(0, 10)];
    await store().keepPackageLicenses(all.map((key) => ({ key, license: known(MIT), until: null })));
    expect((await store().packageLicenses(all)).size).toBe(1100);
    expect(await store().packageLicenses([])).toEqual(new Map());
    await store().keepPackageLicenses([]);
  });

  test('is forgotten when nobody needed it for 400 days, or when it does not count any more', async () => {
    await keep('pkg:npm/needed@1');
    await keep('pkg:npm/unneeded@1');
    await keep('pkg:npm/passing@1', known(MIT), '2026-03-02T12:00:00.000Z');
    at('2026-12-01T00:00:00.000Z');
    await keptOf('pkg:npm/needed@1');
    at('2027-04-10T00:00:00.000Z');
    await store().purge('2027-03-10T00:00:00.000Z');
    at('2026-03-01T12:00:00.000Z');
    expect(await keptOf('pkg:npm/needed@1', 'pkg:npm/unneeded@1', 'pkg:npm/passing@1')).toEqual([
      ['pkg:npm/needed@1', known(MIT)],
    ]);
  });
});
