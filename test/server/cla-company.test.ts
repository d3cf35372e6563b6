/** The page of a company: its managers say whom it covers. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aClaStage, anAgreement, aVisitor, aWaitingPull, formOf, NOON, type ClaStage, type Visitor } from '../support/cla.ts';
import type { Account } from '../support/github/model.ts';
import { send, type Answered } from '../support/server.ts';

const PAGE = '/cla/companies/initech';

let stage: ClaStage;
let visitor: Visitor;
let manager: number;
let ada: Account;

beforeEach(async () => {
  stage = await aClaStage();
  visitor = aVisitor(stage.url);
  manager = stage.octocat.id;
  ada = stage.github.world.user('Ada');
  stage.github.world.organization('initech');
  const { memory } = stage.services;
  const office = (key: string) =>
    ({ company: 'initech', by: null, evidence: { source: 'office', key, reason: 'letter' }, at: NOON }) as const;
  await memory.keepAgreement(anAgreement({ agreement: 'acme/ccla', kind: 'corporate' }));
  await memory.enter({
    ...office('1'),
    kind: 'company-signed',
    agreement: 'acme/ccla',
    version: '1.0',
    text: null,
    name: 'Initech <GmbH>',
  });
  await memory.enter({ ...office('2'), kind: 'manager-added', person: { accountId: manager, login: 'octocat' } });
  await memory.enter({ ...office('3'), kind: 'organization-added', login: 'initech' });
});
afterEach(async () => {
  expect(await stage.close()).toEqual([]);
});

const covered = async () => (await stage.services.memory.company('initech'))?.people.map(({ accountId }) => accountId);

async function add(login: string): Promise<Answered> {
  return visitor.post(PAGE, { ...formOf(await visitor.get(PAGE), 'add'), login });
}

async function remove(): Promise<Answered> {
  return visitor.post(PAGE, formOf(await visitor.get(PAGE), 'remove'));
}

test('a manager adds a person by name; the register holds the number, and waiting pull requests are looked at', async () => {
  await aWaitingPull(stage.services, 1, ada.id);
  await visitor.signIn(PAGE);
  expect(await add('@ada')).toMatchObject({ status: 303, headers: { location: `${PAGE}?done=added` } });
  const [added] = (await stage.services.memory.entries(3, 10)).map(({ entry }) => entry);
  expect(added).toMatchObject({
    kind: 'person-added',
    company: 'initech',
    by: { accountId: manager, login: 'octocat' },
    person: { accountId: ada.id, login: 'Ada' },
    evidence: { source: 'page', url: `${stage.url}${PAGE}` },
  });
  expect(await stage.waiting()).toBe(1);
  const page = await visitor.get(`${PAGE}?done=added`);
  expect(page.text).toContain('Added. Pull requests that waited are looked at again.');
  expect(page.text).toContain('@Ada');
});

test('whoever is covered reads so on the pages of the agreements', async () => {
  await visitor.signIn(PAGE);
  await add('ada');
  stage.github.signIn.person = ada;
  await stage.services.memory.keepAgreement(anAgreement());
  const reader = aVisitor(stage.url);
  await reader.signIn('/cla/acme/icla');
  for (const path of ['/cla/acme/icla', '/cla/acme/ccla']) {
    const { text } = await reader.get(path);
    expect(text).toContain('Initech &lt;GmbH&gt; has signed <a href="/cla/acme/ccla">acme/ccla</a> for you.');
    expect(text).not.toContain('You have not signed it.');
  }
});

test('a manager removes a person, and adds them again', async () => {
  await visitor.signIn(PAGE);
  for (const minute of [10, 20]) {
    stage.now = new Date(`2026-03-01T12:${minute}:00.000Z`);
    await add('ada');
    expect(await covered()).toEqual([ada.id]);
    expect(await remove()).toMatchObject({ status: 303, headers: { location: `${PAGE}?done=removed` } });
    expect(await covered()).toEqual([]);
  }
  expect((await stage.services.memory.company('initech'))?.accounts).toHaveLength(2);
});

test.each([
  ['nobody', 'GitHub knows no person named nobody'],
  ['initech', 'GitHub knows no person named initech'],
  ['<script>', 'named as in their address'],
  ['../../user', 'named as in their address'],
  ['', 'named as in their address'],
])('adding %j changes nothing and says why', async (login, why) => {
  await visitor.signIn(PAGE);
  const answer = await add(login);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(why);
  expect(answer.text).not.toContain('<script>');
  expect(await covered()).toEqual([]);
});

test('adding somebody twice says so', async () => {
  await visitor.signIn(PAGE);
  await add('ada');
  expect((await add('Ada')).text).toContain('@Ada is covered already.');
  expect(await stage.services.memory.entries(3, 10)).toHaveLength(1);
});

test('while GitHub does not answer, nothing is changed', async () => {
  await visitor.signIn(PAGE);
  stage.github.trouble({ kind: 'status', status: 502, on: 'users/get-by-username' });
  const answer = await add('ada');
  expect(answer.status).toBe(502);
  expect(answer.text).toContain('try again in a few minutes');
  expect(answer.text).toContain('value="ada"');
  expect(await covered()).toEqual([]);
});

test('nobody else sees whether there is such a company', async () => {
  const strangers = await Promise.all([visitor.get(PAGE), visitor.get('/cla/companies/none')]);
  for (const { status, text } of strangers) {
    expect(status).toBe(200);
    expect(text).toContain('Continue with GitHub');
    expect(text).not.toContain('Initech');
  }
  stage.github.signIn.person = ada;
  for (const path of [PAGE, '/cla/companies/none']) {
    const answer = await visitor.signIn(path);
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('You manage no such company');
  }
});

test('nobody else changes it', async () => {
  await visitor.signIn(PAGE);
  const form = formOf(await visitor.get(PAGE), 'add');
  expect((await visitor.post(PAGE, { ...form, form: '', login: 'ada' })).status).toBe(403);
  expect((await visitor.post(PAGE, { ...form, login: 'ada' }, { 'sec-fetch-site': 'same-site' })).status).toBe(403);
  expect(
    (
      await send(`${stage.url}${PAGE}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: '',
      })
    ).status,
  ).toBe(403);
  stage.github.signIn.person = ada;
  await visitor.signIn(PAGE);
  expect((await visitor.post(PAGE, { ...form, login: 'ada' })).status).toBe(404);
  expect(await covered()).toEqual([]);
});

test('a manager who was removed manages nothing from then on', async () => {
  await visitor.signIn(PAGE);
  const form = { ...formOf(await visitor.get(PAGE), 'add'), login: 'ada' };
  const evidence = { source: 'office', key: '4', reason: 'left' } as const;
  await stage.services.memory.enter({
    kind: 'manager-removed',
    company: 'initech',
    by: null,
    person: { accountId: manager, login: 'octocat' },
    evidence,
    at: NOON,
  });
  expect((await visitor.post(PAGE, form)).status).toBe(404);
  expect(await covered()).toEqual([]);
});

test('nobody manages a company whose agreement ended', async () => {
  await visitor.signIn(PAGE);
  const form = { ...formOf(await visitor.get(PAGE), 'add'), login: 'ada' };
  const evidence = { source: 'office', key: '5', reason: 'notice' } as const;
  await stage.services.memory.enter({ kind: 'company-ended', company: 'initech', by: null, evidence, at: NOON });
  expect((await visitor.get(PAGE)).status).toBe(404);
  expect((await visitor.post(PAGE, form)).status).toBe(404);
  expect(await covered()).toEqual([]);
});
