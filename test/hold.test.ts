/** What lets a new version of a policy in, and that nobody is forgotten when the evaluation that does so ends too early. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { known } from '../src/facts/answer.ts';
import type { Judged } from '../src/facts/subject.ts';
import { holding, type Holding } from '../src/spine/hold.ts';
import type { NewVersion } from '../src/policy/library.ts';
import { parse, type Document } from '../src/policy/parse.ts';
import type { PolicyFile } from '../src/policy/policy.ts';
import { NO_WAIVERS } from '../src/policy/waivers/waiver.ts';
import { rules } from '../src/rules/index.ts';
import { openStore, type Memory } from '../src/server/jobs/open.ts';
import { aRepository } from './support/builders.ts';
import { SQLITE, type Place } from './support/databases.ts';

const SOURCE = 'acme/.github:.github/steward.yml';
const HOME: Judged = { kind: 'repository', owner: 'acme', repo: '.github' };
const WALLET = { kind: 'repository', owner: 'acme', repo: 'wallet' } as const;
const NOW = new Date('2026-03-10T12:00:00Z');
const LAX = 'rules: { dco: { enforce: warn } }\n';
// Nothing is stored of the files of the one repository, so nothing newly fails by either.
const STRICT = 'rules: { dco: { enforce: warn }, required-files: { enforce: warn } }\n';

let place: Place;
let store: Memory;

beforeEach(async () => {
  place = await SQLITE.create();
  store = await openStore({ ...place, now: () => NOW });
  const circumstances = { title: null, url: null, author: null, isDraft: false, defaultBranch: 'main', baseRef: null };
  await store.keepFacts({
    ...{ subject: WALLET, sha: 'f'.repeat(40), circumstances, overrides: [] },
    ...{ isPrivate: false, hasOwnPolicy: false, facts: { repository: known(aRepository({ owner: 'acme', name: 'wallet' })) } },
  });
});
afterEach(async () => {
  await store.close();
  await place.remove();
});

function fileOf(text: string, commit: string): PolicyFile {
  return { layer: 'organization', source: SOURCE, commit, oid: `oid of ${text}`, text };
}

function documentsOf(file: PolicyFile): readonly Document[] {
  const { document } = parse(file, rules);
  if (!document) throw new Error('The policy cannot be read.');
  return [document];
}

/** A version in the place of another, within a limit of both. */
function version({ from = LAX, to = STRICT, limit = 'maxNewFailures: 0\n', since = 'c1' } = {}): NewVersion {
  const [good, file] = [fileOf(`${limit}${from}`, since), fileOf(`${limit}${to}`, 'c9')];
  return { file, documents: documentsOf(file), good, goodDocuments: documentsOf(good) };
}

/** An evaluation of a subject, as far as it decides. */
function evaluating(subject: Judged): Holding {
  const waiversBy = () => Promise.resolve(NO_WAIVERS);
  const platform = { withoutCalls: <T>(work: () => Promise<T>) => work() };
  const ports = { memory: store, rules, presets: new Map<string, string>(), now: () => NOW, platform };
  return holding({ subject, repository: 'acme/.github', waiversBy }, ports as unknown as Parameters<typeof holding>[1]);
}

test('others wait for the evaluation of the policy repository, and then go by what it has let in', async () => {
  expect(await evaluating(WALLET).admits(version())).toBe('awaited');
  expect(await evaluating(HOME).admits(version())).toBe('admitted');
  expect(await evaluating(WALLET).admits(version())).toBe('admitted');
});

test('an evaluation that ends before all are queued is repeated, and lets everybody be looked at again', async () => {
  const first = evaluating(HOME);
  await first.admits(version());
  expect(first.isFresh()).toBe(true);
  // It ended here. Whoever is judged meanwhile does not make the version the good one.
  await evaluating(WALLET).admits(version());
  expect(await store.goodPolicy(SOURCE)).toBeNull();
  const second = evaluating(HOME);
  await second.admits(version());
  expect(second.isFresh()).toBe(true);
  await second.settle();
  expect((await store.goodPolicy(SOURCE))?.text).toBe(version().file.text);
});

test.each([
  ['in the place of another policy', { from: 'rules: { dco: { enforce: observe } }\n' }],
  ['within another limit', { limit: 'maxNewFailures: 5\n' }],
  ['after the same policy when that is in force once more', { since: 'c5' }],
])('what was let in is another question %s', async (_when, other) => {
  await evaluating(HOME).admits(version());
  expect(await evaluating(WALLET).admits(version(other))).toBe('awaited');
});

test('without a limit nothing is decided, and nothing is remembered that could count when there is one', async () => {
  expect(await evaluating(WALLET).admits(version({ limit: '' }))).toBe('good');
  expect(await evaluating(WALLET).admits(version())).toBe('awaited');
});
