/** A Cabal project of the size of a node: every dependency with its constraint, and its license wherever a registry knows it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { interview } from '../src/facts/gather.ts';
import { licensedPackages, type Licensed } from '../src/facts/packages/licensed.ts';
import type { Informed } from '../src/facts/source.ts';
import { dependencyLicenses } from '../src/rules/dependency-licenses/index.ts';
import { licenseDetector } from '../src/server/license-detector.ts';
import { licenses } from '../src/server/licenses.ts';
import { registries } from '../src/server/registries/registries.ts';
import type { KeptLicense } from '../src/store/store.ts';
import { aSource } from './support/builders.ts';
import { cabalProject, EXTERNAL, NEEDED, shelves } from './support/cabal-project.ts';
import { startRegistries, type Registries } from './support/registries.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const [BASE, HEAD] = [cabalProject({ isEmpty: true }), cabalProject()];
const CHANGES = Object.keys(HEAD)
  .filter((path) => BASE[path] !== HEAD[path])
  .map((path) => ({ path, status: 'modified' as const }));

let double: Registries;
let informed: Informed;
let added: Licensed;
let asked: readonly string[];

beforeAll(async () => {
  double = await startRegistries(NOW);
  for (const [address, reply] of shelves()) double.shelves.set(address, reply);
  informed = anewInformed();
  const source = aSource({
    base: BASE,
    head: HEAD,
    changes: CHANGES,
    instead: { packageLicenses: (...asking) => informed.packageLicenses(...asking) },
  });
  const answer = await interview(source)(licensedPackages('public', false));
  if (!answer.known) throw new Error(answer.reason);
  added = answer.value;
  asked = [...double.asked];
});
afterAll(() => double.close());

/** Steward's knowledge with an empty store. */
function anewInformed(): Informed {
  const kept = new Map<string, KeptLicense>();
  const store = {
    packageLicenses: (urls: readonly string[]) =>
      Promise.resolve(new Map(urls.flatMap((url) => (kept.has(url) ? [[url, kept.get(url)!.license] as const] : [])))),
    keepPackageLicenses: (all: readonly KeptLicense[]) => {
      for (const one of all) kept.set(one.key, one);
      return Promise.resolve();
    },
  };
  const detect = licenseDetector();
  return licenses({ store, detect, registries: registries(double.client(), detect, () => NOW), now: () => new Date(NOW) });
}

const byName = (one: { readonly name: string }, other: { readonly name: string }): number => (one.name < other.name ? -1 : 1);

describe(`a project of 14 packages with ${EXTERNAL} dependencies on others`, () => {
  test('has each of them named with its constraint, and its license wherever CHaP or Hackage knows it', () => {
    const told = added.packages.map(({ name, version, constraint, usage, isDirect, licensed }) => ({
      ...{ name, version, range: constraint, usage, isDirect },
      license: licensed.known ? licensed.value.expression : null,
    }));
    const wanted = NEEDED.map(({ name, range, version, usage, license }) => ({
      name,
      range,
      version,
      usage,
      license,
      isDirect: true,
    }));
    expect(told.sort(byName)).toEqual([...wanted].sort(byName));
    expect(told).toHaveLength(160);
    expect(told.filter(({ license }) => license !== null)).toHaveLength(154);
    expect(added.unread).toEqual([]);
  });

  test('has its own packages told to nobody, nothing asked twice, and the list of CHaP read once', () => {
    expect(asked.filter((address) => address.includes('widget'))).toEqual([]);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.filter((address) => address.endsWith('packages.json'))).toHaveLength(1);
  });

  test('costs no request the next time', async () => {
    const again = await informed.packageLicenses(added.packages, true);
    expect(again).toEqual(added.packages.map(({ licensed }) => licensed));
    expect(double.asked).toHaveLength(asked.length);
  });

  test('is judged in few words: what is in the way one by one, what is fine in one sentence', () => {
    const options = dependencyLicenses.options.parse({ allow: ['category:permissive', 'category:weak-copyleft'] });
    const findings = dependencyLicenses.check({ added, at: '2026-03-01T12:00:00Z' }, options);
    const count = (outcome: string): number => findings.filter((one) => one.outcome === outcome).length;
    const gpl = NEEDED.filter(({ license }) => license === 'GPL-3.0-or-later').length;
    expect({ fail: count('fail'), unknown: count('unknown'), pass: count('pass') }).toEqual({ fail: gpl, unknown: 6, pass: 1 });
  });

  test('keeps what CHaP says while Hackage is down, and tells that Hackage is', async () => {
    for (const [address] of shelves()) {
      if (address.startsWith('hackage')) double.shelves.set(address, (response) => response.writeHead(503).end());
    }
    const told = await anewInformed().packageLicenses(added.packages, true);
    expect(told.filter(({ known }) => known)).toHaveLength(48);
    const [reason] = told.flatMap((one) => (one.known ? [] : [one.reason]));
    expect(reason).toBe('hackage.haskell.org answers with status 503');
  });
});
