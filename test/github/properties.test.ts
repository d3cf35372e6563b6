/** What groups of repositories and graces go by: visibility, topics, language, age, custom properties, and who contributes first. */
import { expect, test } from '@jest/globals';
import { known, unknown } from '../../src/facts/answer.ts';
import { counting } from '../../src/github/calls.ts';
import { githubPlatform } from '../../src/github/platform.ts';
import { ALL, closesGitHub, installed, pullRequest, REPOSITORY, type Installed } from './installed.ts';

closesGitHub();

const at = (repo: string) => ({ ...REPOSITORY, repo });

async function repositoryOf({ platform }: Installed, repo: string) {
  const answer = await (await platform.open(at(repo), ALL)).repository();
  return answer.known ? answer.value : null;
}

test('visibility, topics, main language and age come with the first call', async () => {
  const place = await installed();
  const { world, acme } = place;
  const about = { topics: ['documentation', 'cardano'], language: 'Haskell', createdAt: '2026-01-05T00:00:00Z' };
  world.repository({ owner: acme, name: 'wallet', files: { a: '1' }, isPrivate: true, isInternal: true, ...about });
  world.repository({ owner: acme, name: 'bare', files: { a: '1' }, isPrivate: true });
  const { value, calls } = await counting(() => repositoryOf(place, 'wallet'));
  expect(value).toMatchObject({
    visibility: 'internal',
    topics: ['documentation', 'cardano'],
    language: 'Haskell',
    createdAt: '2026-01-05T00:00:00Z',
  });
  expect(calls).toMatchObject({ graphql: 1, rest: 0 });
  expect(await repositoryOf(place, 'bare')).toMatchObject({ visibility: 'private', topics: [], language: null });
  expect(await repositoryOf(place, 'rocket')).toMatchObject({ visibility: 'public' });
});

test('topics that GitHub did not tell are left out, and never an empty list', async () => {
  const place = await installed();
  place.github.trouble({ kind: 'partial', on: 'graphql', path: ['repository', 'repositoryTopics'] });
  expect(await repositoryOf(place, 'rocket')).not.toHaveProperty('topics');
});

test('who has not contributed before is told, and who has is too', async () => {
  const { world, rocket, platform } = await installed();
  world.push(rocket, 'topic', { author: world.user('ada'), message: 'A', files: { a: '1' } });
  world.openPullRequest(rocket, { head: 'topic', author: 'ada', isFirst: true });
  world.openPullRequest(rocket, { head: 'topic', author: 'grace' });
  world.openPullRequest(rocket, { head: 'topic', author: 'newcomer', association: 'NONE' });
  const first = async (number: number) => {
    const answer = await (await platform.open(pullRequest(number), ALL)).contribution();
    return answer.known && answer.value.isFirst;
  };
  expect([await first(1), await first(2), await first(3)]).toEqual([true, false, true]);
});

test('custom properties cost one call, which is remembered for ten minutes; one without a value is left out', async () => {
  let now = Date.now();
  const place = await installed({ now: () => now });
  const { world, acme, platform } = place;
  const properties = { lifecycle: 'incubation', tiers: ['core', 'edge'], office: null, ['__proto__']: 'x' };
  const wallet = world.repository({ owner: acme, name: 'wallet', files: { a: '1' }, properties });
  const ask = () => counting(async () => (await platform.open(at('wallet'), ALL)).properties());
  const told = await ask();
  expect(told).toMatchObject({ calls: { graphql: 1, rest: 1 } });
  expect(told.value).toEqual(known(Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null))));
  wallet.properties.set('lifecycle', 'growth');
  now += 9 * 60_000;
  expect(await ask()).toMatchObject({ calls: { rest: 0 }, value: { value: { lifecycle: 'incubation' } } });
  now += 2 * 60_000;
  expect(await ask()).toMatchObject({ calls: { rest: 1 }, value: { value: { lifecycle: 'growth' } } });
});

test.each([
  [404, 'GitHub keeps no custom properties here: only repositories of organizations have them'],
  [403, 'GitHub does not let Steward read the custom properties of this repository'],
  [502, 'GitHub does not tell custom properties just now'],
])('properties that are answered with %d are unknown, with the reason', async (status, reason) => {
  const { github, platform } = await installed();
  github.trouble({ kind: 'status', status, on: 'repos/custom-properties-for-repos-get-repository-values' });
  expect(await (await platform.open(REPOSITORY, ALL)).properties()).toEqual(unknown(reason));
});

test("a person's repositories have none", async () => {
  const { github, world } = await installed();
  const ada = world.user('ada');
  const { installation } = world.install(ada);
  world.repository({ owner: ada, name: 'notes', files: { a: '1' } });
  const installations = { installation: () => Promise.resolve({ id: installation.id, isSuspended: false }) };
  const { id: appId, privateKey } = world.app;
  const platform = githubPlatform({ appId, privateKey, baseUrl: github.url, isPaced: false, installations });
  const reading = await platform.open({ kind: 'repository', owner: 'ada', repo: 'notes' }, ALL);
  expect(await reading.properties()).toMatchObject({ known: false });
});
