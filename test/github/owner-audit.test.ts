/** An audit reads every repository of an account with a personal token, waits for the limit, and can be resumed. */
import { expect, test } from '@jest/globals';
import nock from 'nock';
import { auditOwner, type AuditOptions } from '../../src/github/owner-audit.ts';
import { API, NOW, aLook, aState, answers, wired } from './wire.ts';

wired();

const listed = (name: string, more: object = {}) => ({ name, owner: { login: 'acme' }, archived: false, ...more });

function audit(more: Partial<AuditOptions> = {}) {
  const waits: number[] = [];
  let now = NOW;
  const sleep = (milliseconds: number): Promise<void> => {
    now += milliseconds;
    return Promise.resolve();
  };
  const options = { token: 'ghp_x', owner: 'acme', now: () => now, sleep, onWait: (one: number) => waits.push(one), ...more };
  return { audited: auditOwner(options), waits };
}

function organization(...names: string[]): void {
  nock(API).get('/users/acme').reply(200, { login: 'acme', type: 'Organization' });
  nock(API)
    .get('/orgs/acme/repos')
    .query({ type: 'all', per_page: 100 })
    .reply(200, [...names.map((name) => listed(name)), listed('attic', { archived: true })]);
}

async function namesOf(audited: ReturnType<typeof auditOwner>): Promise<string[]> {
  const names = [];
  for await (const { repo, position, total } of audited) names.push(`${repo} ${position}/${total}`);
  return names;
}

test('every repository that is not archived is gone through by name, finished ones left out', async () => {
  organization('Beta', 'alpha', 'gamma');
  expect(await namesOf(audit({ done: ['BETA'] }).audited)).toEqual(['alpha 1/3', 'gamma 3/3']);
});

test('further pages of the list are read', async () => {
  nock(API).get('/users/acme').reply(200, { login: 'acme', type: 'Organization' });
  const next = `${API}/orgs/acme/repos?type=all&per_page=100&page=2`;
  nock(API)
    .get('/orgs/acme/repos')
    .query({ type: 'all', per_page: 100 })
    .reply(200, [listed('a')], { link: `<${next}>; rel="next"` });
  nock(API)
    .get('/orgs/acme/repos')
    .query({ type: 'all', per_page: 100, page: 2 })
    .reply(200, [listed('b')]);
  expect(await namesOf(audit().audited)).toEqual(['a 1/2', 'b 2/2']);
});

test('a repository is read by one query, with nothing of ours shown on it', async () => {
  organization('rocket');
  let asked: unknown;
  answers('RepositoryState', (variables) => ((asked = variables), aLook({ head: { target: aState() } })));
  for await (const { reading } of audit().audited) {
    expect(await reading.repository()).toMatchObject({ known: true, value: { name: 'rocket' } });
    expect(await reading.directory('head', '')).toMatchObject({ known: true });
    expect(await reading.present()).toEqual({ checkRuns: [], comment: null, issue: null, siblings: [] });
  }
  expect(asked).toMatchObject({ owner: 'acme', repo: 'rocket', appId: 0, withIssue: false, withPolicyIssue: false });
});

test("a user's own token also lists what is private", async () => {
  nock(API).get('/users/ada').reply(200, { login: 'ada', type: 'User' });
  nock(API).get('/user').reply(200, { login: 'ada' });
  nock(API)
    .get('/user/repos')
    .query({ affiliation: 'owner', per_page: 100 })
    .reply(200, [listed('diary')]);
  expect(await namesOf(audit({ owner: 'ada' }).audited)).toEqual(['diary 1/1']);
});

test("somebody else's repositories are the public ones", async () => {
  nock(API).get('/users/ada').reply(200, { login: 'ada', type: 'User' });
  nock(API).get('/user').reply(200, { login: 'eve' });
  nock(API)
    .get('/users/ada/repos')
    .query({ type: 'owner', per_page: 100 })
    .reply(200, [listed('rocket')]);
  expect(await namesOf(audit({ owner: 'ada' }).audited)).toEqual(['rocket 1/1']);
});

test('an account that does not exist is told in words', async () => {
  nock(API).get('/users/acme').reply(404, { message: 'Not Found' });
  await expect(namesOf(audit().audited)).rejects.toThrow('There is no account acme on GitHub, or the token may not see it.');
});

test('the audit waits before it runs into the limit, and after it did', async () => {
  const limit = { 'x-ratelimit-remaining': '10', 'x-ratelimit-reset': String(NOW / 1000 + 60) };
  nock(API).get('/users/acme').reply(200, { login: 'acme', type: 'Organization' }, limit);
  nock(API).get('/orgs/acme/repos').query(true).reply(429, { message: 'slow down' }, { 'retry-after': '5' });
  nock(API)
    .get('/orgs/acme/repos')
    .query(true)
    .reply(200, [listed('rocket')]);
  const { audited, waits } = audit();
  expect(await namesOf(audited)).toEqual(['rocket 1/1']);
  expect(waits).toEqual([60_000, 5000]);
});
