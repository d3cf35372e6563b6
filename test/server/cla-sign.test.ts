/** Signing an agreement on its page, and revoking it. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../src/facts/digest.ts';
import { aClaStage, anAgreement, aVisitor, aWaitingPull, formOf, NOON, type ClaStage, type Visitor } from '../support/cla.ts';
import { describeOnBoth } from '../support/databases.ts';
import { send, type Answered } from '../support/server.ts';

const PAGE = '/cla/acme/icla';

let stage: ClaStage;
let visitor: Visitor;
let octocat: number;

beforeEach(async () => {
  stage = await aClaStage();
  visitor = aVisitor(stage.url);
  octocat = stage.octocat.id;
  await stage.services.memory.keepAgreement(anAgreement());
});
afterEach(async () => {
  expect(await stage.close()).toEqual([]);
});

const entries = () => stage.services.memory.entries(0, 100);
const signatures = async () => (await stage.services.memory.register(['acme/icla'], [octocat])).signatures;

async function signIn(): Promise<Record<string, string>> {
  return formOf(await visitor.signIn(PAGE), 'sign');
}

async function sign(changes: Record<string, string> = {}): Promise<Answered> {
  return visitor.post(PAGE, { ...(await signIn()), agree: 'yes', ...changes });
}

async function revoke(reason = ''): Promise<Answered> {
  return visitor.post(PAGE, { ...formOf(await visitor.get(PAGE), 'revoke'), reason });
}

describe('a signature on the page', () => {
  test('is an entry with the account, the version, the text and the sentence', async () => {
    expect(await sign()).toMatchObject({ status: 303, headers: { location: `${PAGE}?done=signed` } });
    const body = 'I have read and agree to the Widget CLA, version 1.0.';
    expect((await entries()).map(({ entry }) => entry)).toEqual([
      {
        kind: 'signed',
        agreement: 'acme/icla',
        version: '1.0',
        text: anAgreement().digest,
        person: { accountId: octocat, login: 'octocat' },
        evidence: expect.objectContaining({ source: 'page', url: `${stage.url}${PAGE}`, body, digest: sha256(body) }),
        at: NOON,
      },
    ]);
    const page = await visitor.get(`${PAGE}?done=signed`);
    expect(page.text).toContain('Signed. Your pull requests are looked at again.');
    expect(page.text).toContain('You signed this version on <time');
  });

  test('has every pull request looked at that waits for this person, and no other', async () => {
    for (const number of [1, 2, 3]) await aWaitingPull(stage.services, number, octocat);
    await aWaitingPull(stage.services, 4, 99);
    expect((await visitor.signIn(PAGE)).text).toContain('3 pull requests wait for your signature.');
    await sign();
    expect(await stage.waiting()).toBe(3);
  });

  test('is one entry, however often and from wherever the form is sent', async () => {
    const form = { ...(await signIn()), agree: 'yes' };
    const answers = await Promise.all([1, 2, 3].map(() => visitor.post(PAGE, form)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await entries()).toHaveLength(1);
  });

  test('of a repository of its own is made at a longer address', async () => {
    await stage.services.memory.keepAgreement(anAgreement({ agreement: 'acme/widget.js/icla' }));
    const page = await visitor.signIn('/cla/Acme/widget.js/icla');
    await visitor.post('/cla/Acme/widget.js/icla', { ...formOf(page, 'sign'), agree: 'yes' });
    expect((await entries())[0]?.entry).toMatchObject({ agreement: 'acme/widget.js/icla' });
  });

  test.each([
    ['without the tick', { agree: '' }, 422, 'tick the box'],
    ['without the token of the session', { form: '' }, 403, 'too old'],
    ['with the token of somebody else', { form: 'A'.repeat(43) }, 403, 'too old'],
    ['of a version that is not in force', { version: '0.9' }, 409, 'changed while you were reading'],
    ['of another text', { digest: sha256('other') }, 409, 'changed while you were reading'],
    ['that asks for something else', { do: 'erase' }, 422, 'cannot be done here'],
  ])('%s is refused, and the page shown again says why', async (_what, changes, status, why) => {
    const answer = await sign(changes);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(why);
    expect(answer.text).toContain('Sign as @octocat');
    expect(await entries()).toEqual([]);
  });

  test('of a form that grew old shows what changed meanwhile', async () => {
    const form = { ...(await signIn()), agree: 'yes' };
    await stage.services.memory.keepAgreement(anAgreement({ version: '1.1', text: 'You grant *nobody* a license.\n' }));
    const answer = await visitor.post(PAGE, form);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('What changed since version 1.0');
    expect(answer.text).toContain('name="version" value="1.1"');
    expect(await entries()).toEqual([]);
  });

  test('after the session ended is refused kindly', async () => {
    const form = { ...(await signIn()), agree: 'yes' };
    stage.now = new Date(Date.parse(NOON) + 3_600_000);
    const answer = await visitor.post(PAGE, form);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('You are no longer signed in');
    expect(answer.text).toContain('Continue with GitHub');
    expect(await entries()).toEqual([]);
  });

  test('sent by another site, or in another shape, or too large is refused', async () => {
    const form = { ...(await signIn()), agree: 'yes' };
    expect((await visitor.post(PAGE, form, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await visitor.post(PAGE, form, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await visitor.post(PAGE, { ...form, padding: 'x'.repeat(16_384) })).status).toBe(413);
    expect((await send(`${stage.url}${PAGE}`, { method: 'PUT' })).status).toBe(405);
    expect(await entries()).toEqual([]);
  });
});

describeOnBoth('signatures by several people in the same moment', (kind) => {
  test('are all entered, each once', async () => {
    const place = await kind.create();
    const { databaseUrl = null } = place;
    const busy = await aClaStage({ databaseUrl });
    await busy.services.memory.keepAgreement(anAgreement());
    const people = ['ada', 'grace', 'edsger'].map((login) => busy.github.world.user(login));
    const forms: (() => Promise<Answered>)[] = [];
    for (const person of people) {
      busy.github.signIn.person = person;
      const one = aVisitor(busy.url);
      const form = { ...formOf(await one.signIn(PAGE), 'sign'), agree: 'yes' };
      forms.push(() => one.post(PAGE, form));
    }
    const answers = await Promise.all([...forms, ...forms].map((post) => post()));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303, 303]);
    const { signatures: kept } = await busy.services.memory.register(
      ['acme/icla'],
      people.map(({ id }) => id),
    );
    expect(kept.map(({ accountId }) => accountId).sort()).toEqual(people.map(({ id }) => id).sort());
    expect(await busy.services.memory.verifyRegister()).toMatchObject({ entries: 3, faults: [] });
    await busy.close();
    await place.remove();
  });
});

describe('a version that follows', () => {
  const later = (version: string) => anAgreement({ version, text: `${anAgreement().text}\n## 3. Law\n\nThe law of the sea.\n` });

  test('with the same first number needs nothing', async () => {
    await sign();
    await stage.services.memory.keepAgreement(later('1.1'));
    const { text } = await visitor.get(PAGE);
    expect(text).toMatch(/and that also holds for\s+this version/);
    expect(text).toContain('What changed since version 1.0');
  });

  test('with another first number is signed again, and what changed is shown', async () => {
    await sign();
    await stage.services.memory.keepAgreement(later('2.0'));
    const page = await visitor.get(PAGE);
    expect(page.text).toMatch(/needs to\s+be\s+signed\s+again/);
    expect(page.text).toMatch(/<ins>.*The law of the sea\.<\/ins>/s);
    expect(page.text.match(/<del>/g)).toHaveLength(1);
    await visitor.post(PAGE, { ...formOf(page, 'sign'), agree: 'yes' });
    expect((await signatures()).map(({ version }) => version)).toEqual(['1.0', '2.0']);
  });
});

describe('revoking', () => {
  test('is an entry with the reason, after which the page asks to sign again', async () => {
    await sign();
    stage.now = new Date('2026-03-01T12:30:00.000Z');
    expect(await revoke('I changed jobs.')).toMatchObject({ status: 303, headers: { location: `${PAGE}?done=revoked` } });
    expect((await entries())[1]?.entry).toMatchObject({
      kind: 'revoked',
      agreement: 'acme/icla',
      person: { accountId: octocat },
      evidence: { source: 'page', body: 'I revoke my signature of the Widget CLA.\n\nI changed jobs.' },
      at: '2026-03-01T12:30:00.000Z',
    });
    const { text } = await visitor.get(`${PAGE}?done=revoked`);
    expect(text).toContain('Pull requests you open from now on are not covered.');
    expect(text).toContain('You revoked your signature on');
    expect(text).toContain('Sign as @octocat');
  });

  test('can be followed by signing and revoking again', async () => {
    for (const minute of [10, 20, 30]) {
      await sign();
      stage.now = new Date(`2026-03-01T12:${minute}:00.000Z`);
      await revoke();
    }
    expect((await entries()).map(({ kind }) => kind)).toEqual(['signed', 'revoked', 'signed', 'revoked', 'signed', 'revoked']);
    expect((await signatures()).filter(({ until }) => until === null)).toEqual([]);
  });

  test('nothing enters nothing', async () => {
    const { form = '' } = await signIn();
    expect((await visitor.post(PAGE, { do: 'revoke', form })).status).toBe(303);
    expect(await entries()).toEqual([]);
    expect((await visitor.get(`${PAGE}?done=signed`)).text).not.toContain('Signed. Your');
  });
});

test('what was erased can be signed anew', async () => {
  await sign();
  await stage.services.memory.erase(octocat, { source: 'office', key: 'letter 1', reason: 'asked to' }, NOON);
  expect((await visitor.get(PAGE)).text).toContain('You have not signed it.');
  stage.now = new Date('2026-03-02T12:00:00.000Z');
  await sign();
  expect(await signatures()).toMatchObject([{ version: '1.0', until: null, at: '2026-03-02T12:00:00.000Z' }]);
  expect((await stage.services.memory.verifyRegister()).faults).toEqual([]);
});

describe('the page', () => {
  test('of an agreement that nobody keeps is not found', async () => {
    const answer = await visitor.get('/cla/acme/nothing');
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('There is no such agreement');
    for (const path of [
      '/cla',
      '/cla/',
      '/cla/acme',
      '/cla/acme/',
      '/cla/a/b/c/d',
      '/cla/acme/%2e%2e',
      '/cla/acme/ic<la',
      '/cla/__proto__',
    ])
      expect((await visitor.get(path)).status).toBe(404);
  });

  test('forbids scripts, frames, foreign content and foreign form targets', async () => {
    const { headers, text } = await visitor.get(PAGE);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'nonce-[^']+'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(text).not.toMatch(/<script|style="/);
  });

  test('shows a title and a text full of HTML as text', async () => {
    const hostile = '"><img src=x onerror=alert(1)>';
    await stage.services.memory.keepAgreement(
      anAgreement({ agreement: 'acme/evil', title: hostile, text: `${hostile}\n\n<script>1</script>` }),
    );
    const { text } = await visitor.signIn('/cla/acme/evil');
    expect(text).not.toMatch(/<img|<script/);
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('shows 300 kB of text to its end', async () => {
    const text = Array.from(
      { length: 4_000 },
      (_, index) => `## ${index}\n\nYou agree to point ${index} of this very long agreement.\n`,
    ).join('\n');
    await stage.services.memory.keepAgreement(
      anAgreement({ agreement: 'acme/long', text: text.slice(0, 300_000) + '\n\nThe end.' }),
    );
    const answer = await visitor.get('/cla/acme/long');
    expect(answer.text).toContain('The end.');
  });

  test('says what is kept, where the text is from and its digest', async () => {
    const { text } = await visitor.get(PAGE);
    expect(text).toContain(anAgreement().digest);
    expect(text).toContain(`href="${stage.github.url}/acme/legal/blob/HEAD/CLA.md"`);
    for (const word of ['What is kept', 'Who can see it', 'How to undo it']) expect(text).toContain(word);
  });

  test('of a corporate agreement offers nobody to sign for themselves', async () => {
    await stage.services.memory.keepAgreement(anAgreement({ agreement: 'acme/ccla', kind: 'corporate' }));
    const page = await visitor.signIn('/cla/acme/ccla');
    expect(page.text).toContain('signed by companies');
    const [, form = ''] = /name="form" value="([^"]+)"/.exec(page.text) ?? [];
    const { version, digest } = anAgreement();
    expect((await visitor.post('/cla/acme/ccla', { do: 'sign', form, version, digest, agree: 'yes' })).status).toBe(422);
    expect(await entries()).toEqual([]);
  });
});
