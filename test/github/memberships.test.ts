/** Who belongs to what is asked of GitHub, by account id; what cannot be told is null and never a yes. */
import { expect, test } from '@jest/globals';
import { counting } from '../../src/github/calls.ts';
import type { Account } from '../../src/facts/source.ts';
import type { Account as Known } from '../support/github/model.ts';
import { ALL, closesGitHub, installed, REPOSITORY, type Installed } from './installed.ts';

closesGitHub();

const asAccount = ({ login, id }: Known): Account => ({ login: login.toLowerCase(), id, kind: 'User' });

async function asked({ platform }: Installed, people: readonly Account[], groups: readonly string[]) {
  const { value, calls } = await counting(async () => (await platform.open(REPOSITORY, ALL)).memberships(people, groups));
  if (!value.known) throw new Error(value.reason);
  const login = new Map(people.map((one) => [one.id, one.login]));
  const told = value.value.map(({ accountId, group, belongs }) => `${login.get(accountId) ?? ''} ${group}: ${String(belongs)}`);
  return { told, graphql: calls.graphql, rest: calls.rest };
}

test('members, teams and other organizations are told in one call more, collaborators in one call each', async () => {
  const place = await installed();
  const { world, acme, rocket } = place;
  const [ada, grace, eve] = [world.user('Ada'), world.user('grace'), world.user('eve')];
  acme.members.set('Ada', 'member');
  acme.teams.set('core', new Set(['Ada']));
  rocket.collaborators.set('grace', 'write');
  const moon = world.organization('moon');
  moon.members.set('grace', 'member').set('eve', 'member');
  moon.publicMembers.add('grace');
  const groups = ['members', 'collaborators', 'team:Core', 'organization:Moon', 'organization:ACME'];
  const { told, graphql, rest } = await asked(place, [ada, grace, eve].map(asAccount), groups);
  expect({ graphql, rest }).toEqual({ graphql: 2, rest: 3 });
  expect(told).toEqual([
    'ada members: true',
    'ada team:Core: true',
    'ada organization:Moon: false',
    'ada organization:ACME: true',
    'grace members: false',
    'grace team:Core: false',
    'grace organization:Moon: true',
    'grace organization:ACME: false',
    'eve members: false',
    'eve team:Core: false',
    // A membership elsewhere counts where its owner shows it.
    'eve organization:Moon: false',
    'eve organization:ACME: false',
    // Who only reads what is public, as every member does here, collaborates no more than anybody.
    'ada collaborators: false',
    'grace collaborators: true',
    'eve collaborators: false',
  ]);
});

test.each([
  ['read', false],
  ['triage', true],
  ['write', true],
  ['maintain', true],
  ['admin', true],
  [{ name: 'docs writer', base: 'write' }, true],
  [{ name: 'docs reader', base: 'read' }, false],
] as const)('whoever has the role %j collaborates: %s', async (role, belongs) => {
  const place = await installed();
  const ada = place.world.user('ada');
  place.rocket.collaborators.set('ada', role);
  const { told, graphql, rest } = await asked(place, [asAccount(ada)], ['collaborators']);
  expect(told).toEqual([`ada collaborators: ${String(belongs)}`]);
  // Nothing but the role is asked for, and only of those who take part.
  expect({ graphql, rest }).toEqual({ graphql: 1, rest: 1 });
});

test('who collaborates cannot be told where GitHub refuses to', async () => {
  const place = await installed();
  const ada = place.world.user('ada');
  place.github.trouble({ kind: 'status', on: 'repos/get-collaborator-permission-level', status: 403 });
  expect((await asked(place, [asAccount(ada)], ['collaborators'])).told).toEqual(['ada collaborators: null']);
});

test('whether an account collaborates is asked once, however many rules exempt collaborators', async () => {
  const place = await installed();
  const [ada, grace] = [place.world.user('ada'), place.world.user('grace')].map(asAccount);
  place.rocket.collaborators.set('ada', 'write');
  const reading = await place.platform.open(REPOSITORY, ALL);
  const { calls } = await counting(async () => {
    for (const people of [[ada!], [grace!, ada!]]) await reading.memberships(people, ['collaborators']);
    return reading.memberships([ada!], ['collaborators', 'members']);
  });
  expect(calls.rest).toBe(2);
});

test('a login that belongs to another account by now tells nothing of the one that had it', async () => {
  const place = await installed();
  const ada = place.world.user('ada');
  place.acme.members.set('ada', 'member');
  place.rocket.collaborators.set('ada', 'write');
  const before: Account = { login: 'ada', id: ada.id + 100_000, kind: 'User' };
  const gone: Account = { login: 'nobody-any-more', id: 5, kind: 'User' };
  expect((await asked(place, [before, gone], ['members', 'collaborators'])).told).toEqual([
    'ada members: null',
    'nobody-any-more members: null',
    'ada collaborators: null',
    'nobody-any-more collaborators: false',
  ]);
});

test('a team that is not there, or not shown, has no members that could be told', async () => {
  const place = await installed();
  const ada = place.world.user('ada');
  expect((await asked(place, [asAccount(ada)], ['team:ghosts'])).told).toEqual(['ada team:ghosts: null']);
});

test('a large team is read to its end', async () => {
  const place = await installed();
  const logins = Array.from({ length: 250 }, (_, index) => place.world.user(`person-${index}`).login);
  place.acme.teams.set('all', new Set(logins));
  const last = asAccount(place.world.user('person-249'));
  const { told, graphql } = await asked(place, [last], ['team:all']);
  expect({ told, graphql }).toEqual({ told: ['person-249 team:all: true'], graphql: 1 + 3 });
});

test('many people are asked for fifty a call', async () => {
  const place = await installed();
  const people = Array.from({ length: 120 }, (_, index) => place.world.user(`person-${index}`));
  place.acme.members.set('person-119', 'member');
  const { told, graphql } = await asked(place, people.map(asAccount), ['members']);
  expect(told.filter((line) => line.endsWith('true'))).toEqual(['person-119 members: true']);
  expect({ pairs: told.length, graphql }).toEqual({ pairs: 120, graphql: 1 + 3 });
});

test('an owner who has not granted members yet: who shows a membership is a member, of others it cannot be told', async () => {
  const granted = { checks: 'write', contents: 'read', issues: 'write', metadata: 'read', pull_requests: 'write' } as const;
  const place = await installed({ granted });
  const [ada, grace] = [place.world.user('ada'), place.world.user('grace')];
  place.acme.members.set('ada', 'member').set('grace', 'member');
  place.acme.publicMembers.add('ada');
  place.acme.teams.set('core', new Set(['ada']));
  expect((await asked(place, [ada, grace].map(asAccount), ['members', 'team:core'])).told).toEqual([
    'ada members: true',
    'ada team:core: null',
    'grace members: null',
    'grace team:core: null',
  ]);
});

test('the only member of a person is that person, and bots belong to nothing', async () => {
  const place = await installed();
  const { world, platform } = place;
  const [ada, eve] = [world.user('ada'), world.user('eve')];
  world.install(ada);
  world.repository({ owner: ada, name: 'notes', files: { a: '1\n' } });
  const bot: Account = { login: 'helper[bot]', id: 77, kind: 'Bot' };
  const reading = await platform.open({ kind: 'repository', owner: 'ada', repo: 'notes' }, ALL);
  expect(await reading.memberships([asAccount(ada), asAccount(eve), bot], ['members', 'team:core'])).toEqual({
    known: true,
    value: [
      { accountId: ada.id, group: 'members', belongs: true },
      { accountId: ada.id, group: 'team:core', belongs: false },
      { accountId: eve.id, group: 'members', belongs: false },
      { accountId: eve.id, group: 'team:core', belongs: false },
      { accountId: 77, group: 'members', belongs: false },
      { accountId: 77, group: 'team:core', belongs: false },
    ],
  });
});

test('a part of the answer that GitHub leaves out is null, and the rest is told', async () => {
  const place = await installed();
  const ada = place.world.user('ada');
  place.acme.members.set('ada', 'member');
  place.rocket.collaborators.set('ada', 'write');
  const reading = await place.platform.open(REPOSITORY, ALL);
  await reading.repository();
  place.github.trouble({ kind: 'partial', on: 'graphql', path: ['u0', 'g0'] });
  expect(await reading.memberships([asAccount(ada)], ['members', 'collaborators'])).toMatchObject({
    value: [{ belongs: null }, { belongs: true }],
  });
});
