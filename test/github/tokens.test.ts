/** Tokens: one a purpose, with no more than it needs, shared while they last. */
import { expect, test } from '@jest/globals';
import nock from 'nock';
import { appApi } from '../../src/github/client.ts';
import { connect } from '../../src/github/connection.ts';
import { tokens } from '../../src/github/tokens.ts';
import { API, APP_ID, NOW, PEM, wired } from './wire.ts';

wired();

function mint(body: object | undefined, token: string, minutes = 60): nock.Scope {
  return nock(API)
    .post('/app/installations/42/access_tokens', body as nock.RequestBodyMatcher)
    .reply(201, { token, expires_at: new Date(NOW + minutes * 60_000).toISOString(), permissions: {} });
}

function office(now: () => number = () => NOW) {
  return tokens((installation) => appApi({ appId: APP_ID, privateKey: PEM }, `app-${installation}`, { isPaced: false }), now);
}

test('a token for reading cannot write anything', async () => {
  const permissions = { checks: 'read', contents: 'read', issues: 'read', metadata: 'read', pull_requests: 'read' };
  mint({ permissions }, 'ghs_read');
  expect(await office().token(42, 'read')).toBe('ghs_read');
});

test('a token for a check run can write nothing else', async () => {
  mint({ permissions: { checks: 'write', metadata: 'read' } }, 'ghs_check');
  expect(await office().token(42, 'check')).toBe('ghs_check');
});

test('requests at the same time share one token, and so do later ones', async () => {
  mint(undefined, 'ghs_one');
  const shared = office();
  expect(await Promise.all([shared.token(42, 'read'), shared.token(42, 'read')])).toEqual(['ghs_one', 'ghs_one']);
  expect(await shared.token(42, 'read')).toBe('ghs_one');
});

test('a token is replaced five minutes before it ends, once for all who ask', async () => {
  mint(undefined, 'ghs_old');
  mint(undefined, 'ghs_new', 120);
  let now = NOW;
  const shared = office(() => now);
  expect(await shared.token(42, 'read')).toBe('ghs_old');
  now = NOW + 56 * 60_000;
  expect(await Promise.all([shared.token(42, 'read'), shared.token(42, 'read')])).toEqual(['ghs_new', 'ghs_new']);
});

test('a dropped token is minted anew, and a failed minting is not remembered', async () => {
  mint(undefined, 'ghs_one');
  const shared = office();
  await shared.token(42, 'read');
  shared.drop(42, 'read');
  nock(API).post('/app/installations/42/access_tokens').reply(502, {});
  await expect(shared.token(42, 'read')).rejects.toThrow('GitHub could not be reached or could not answer.');
  mint(undefined, 'ghs_two');
  expect(await shared.token(42, 'read')).toBe('ghs_two');
});

test.each([
  [404, 'Installation 42 does not exist any more.'],
  [403, 'Installation 42 is suspended.'],
  [
    422,
    'Installation 42 has not granted all of: issues: write, metadata: read. An owner accepts them on the page of the installed App.',
  ],
])('a refusal with %d is told in words', async (status, message) => {
  nock(API).post('/app/installations/42/access_tokens').reply(status, { message: 'no' });
  await expect(office().token(42, 'issue')).rejects.toThrow(message);
});

test('an installation that is not remembered is asked for once: as an organization, then as a user', async () => {
  nock(API).get('/orgs/ada/installation').reply(404, { message: 'Not Found' });
  nock(API).get('/users/ada/installation').reply(200, { id: 42 });
  mint(undefined, 'ghs_one');
  nock(API).get('/repos/ada/rocket/issues').twice().reply(200, []);
  const connection = connect({ appId: APP_ID, privateKey: PEM, isPaced: false, now: () => NOW });
  for (let time = 0; time < 2; time += 1) {
    await (await connection.as('ada', 'read')).request('GET /repos/{owner}/{repo}/issues', { owner: 'ada', repo: 'rocket' });
  }
});

test('an account without Steward is gone, a suspended installation too', async () => {
  nock(API).get('/orgs/ada/installation').reply(404, { message: 'Not Found' });
  nock(API).get('/users/ada/installation').reply(404, { message: 'Not Found' });
  await expect(connect({ appId: APP_ID, privateKey: PEM }).as('ada', 'read')).rejects.toThrow('Steward is not installed on ada.');
  const installations = { installation: () => Promise.resolve({ id: 42, isSuspended: true }) };
  const suspended = connect({ appId: APP_ID, privateKey: PEM, installations });
  await expect(suspended.as('ada', 'read')).rejects.toThrow('The installation on ada is suspended.');
});
