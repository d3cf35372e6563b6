/** An account gets another name: GitHub tells of it twice, late, or not at all, and nothing that people said or signed is lost. */
import { expect, test } from '@jest/globals';
import type { KeptAgreement } from '../../src/facts/register.ts';
import type { Judged } from '../../src/facts/subject.ts';
import { once, presentName } from '../../src/store/names.ts';
import { describeOnBoth } from '../support/databases.ts';
import { aFinding, aRuleVerdict, aVerdict, keeping } from '../support/verdicts.ts';
import { ADA, BOB, EVE, signed } from './entries.ts';
import { stage } from './stage.ts';

const pull = (owner: string): Judged => ({ kind: 'pull-request', owner, repo: 'widget', number: 1 });
const people = [ADA, BOB, EVE].map(({ accountId }) => accountId);

describeOnBoth('a renamed account', (kind) => {
  const { store, another, at } = stage(kind);
  const install = (owner: string, id: number) =>
    store().transaction((transaction) => store().keepInstallation(transaction, { owner, id, isSuspended: false }));
  const remove = (owner: string) => store().transaction((transaction) => store().removeInstallation(transaction, owner));
  const rename = (from: string, to: string, id: number | null = 5, on = store()) =>
    on.transaction((transaction) => on.renameOwner(transaction, from, to, id));
  const say = (owner: string, text: string) =>
    store().transaction((transaction) =>
      store().keepInput(transaction, {
        ...{ deliveryId: text, kind: 'sentence', subject: pull(owner), accountId: 101, login: 'ada', text },
        ...{ at: '2026-03-01T12:00:00.000Z', commentId: 1, url: null, body: text },
      }),
    );
  const said = async (owner: string) => (await store().said(pull(owner), 's')).map(({ text }) => text);
  const keep = (given: Partial<KeptAgreement>) =>
    store().keepAgreement({
      ...{ agreement: 'acme/cla', version: '1.0', title: 'CLA', kind: 'individual', source: 'acme/legal:cla.md', text: 'T' },
      ...{ digest: 'd', at: '2026-01-01T00:00:00Z', ...given },
    });
  const signers = async (agreement: string) =>
    (await store().register([agreement], people)).signatures.map(({ accountId }) => accountId);
  const kinds = async () => (await store().entries(0, 100)).map(({ kind: what }) => what);

  test('is told of twice, with a late comment under the old name between: it keeps its signatures, texts and what was said', async () => {
    await install('Acme', 5);
    await keep({});
    await store().enter(signed(ADA));
    await rename('Acme', 'Zeta');
    await say('Acme', 'I sign.');
    at('2026-03-01T12:00:01.000Z');
    await rename('Acme', 'Zeta');
    await rename('acme', 'zeta', null);
    expect([await signers('zeta/cla'), await signers('acme/cla')]).toEqual([[101], []]);
    expect((await store().agreement('zeta/cla', '1.0'))?.text).toBe('T');
    expect([await said('Zeta'), await said('Acme')]).toEqual([['I sign.'], []]);
    expect(await store().verifyRegister()).toMatchObject({ faults: [] });
  });

  test('is told of twice, with a late signature under the old name between: that one counts too', async () => {
    await install('Acme', 5);
    await store().enter(signed(ADA));
    await rename('Acme', 'Zeta');
    await store().enter(signed(BOB));
    await store().enter(signed(EVE, { agreement: 'zeta/cla' }));
    for (const second of [1, 2]) {
      at(`2026-03-01T12:00:0${second}.000Z`);
      await rename('Acme', 'Zeta');
    }
    expect(await signers('zeta/cla')).toEqual([101, 102, 103]);
    expect(await kinds()).toEqual(['signed', 'renamed', 'signed', 'signed', 'renamed']);
  });

  test('is told of to several processes at once', async () => {
    await install('Acme', 5);
    await keep({});
    await store().enter(signed(ADA));
    const other = await another();
    await Promise.all([store(), other, store(), other].map((one) => rename('Acme', 'Zeta', 5, one)));
    expect(await signers('zeta/cla')).toEqual([101]);
    expect(await kinds()).toEqual(['signed', 'renamed']);
    expect((await store().agreement('zeta/cla', '1.0'))?.text).toBe('T');
  });

  test('is told of late: what came under the new name meanwhile stays, beside all that came before', async () => {
    await install('Acme', 5);
    await keep({});
    await store().enter(signed(ADA));
    const waiting = [aRuleVerdict({ id: 'cla', findings: [aFinding({ about: 'account:102', accountId: 102 })] })];
    await store().keepVerdict(aVerdict({ subject: pull('Acme'), sha: 'old', rules: waiting }));
    await store().keepPublication(pull('Acme'), 'comment', 10);
    await store().keepFacts(keeping(pull('Acme'), 'old'));
    await say('Acme', 'before');
    await keep({ agreement: 'zeta/cla', text: 'U', at: '2026-02-01T00:00:00Z' });
    await store().enter(signed(BOB, { agreement: 'zeta/cla' }));
    await store().keepVerdict(aVerdict({ subject: pull('Zeta'), sha: 'new' }));
    await store().keepPublication(pull('Zeta'), 'comment', 11);
    await store().keepFacts(keeping(pull('Zeta'), 'new'));
    await say('Zeta', 'after');
    await rename('Acme', 'Zeta');
    expect(await signers('zeta/cla')).toEqual([101, 102]);
    expect((await store().agreement('zeta/cla', '1.0'))?.text).toBe('T');
    expect((await store().lastVerdict(pull('Zeta')))?.sha).toBe('new');
    expect((await store().verdictsAfter('zeta', 'widget', 0, 10)).map(({ verdict }) => verdict.sha)).toEqual(['old', 'new']);
    expect(await store().awaiting(102)).toEqual([]);
    expect(await store().publication(pull('Zeta'), 'comment')).toBe(11);
    expect((await store().facts(pull('Zeta')))?.sha).toBe('new');
    expect(await said('Zeta')).toEqual(['before', 'after']);
  });

  test.each([
    ['had the name', () => Promise.resolve()],
    ['had the name and removed Steward', () => remove('Zeta')],
  ])('inherits nothing of another account that %s', async (_what, then) => {
    await install('Zeta', 3);
    await keep({ agreement: 'zeta/cla', title: 'Theirs' });
    await store().enter(signed(BOB, { agreement: 'zeta/cla' }));
    await say('Zeta', 'theirs');
    await then();
    await install('Acme', 5);
    await store().enter(signed(ADA));
    await rename('Acme', 'Zeta');
    expect(await signers('zeta/cla')).toEqual([101]);
    expect(await said('Zeta')).toEqual([]);
    expect((await store().agreement('former:zeta/cla', '1.0'))?.title).toBe('Theirs');
    expect(await store().installations()).toEqual([{ owner: 'Zeta', id: 5, isSuspended: false }]);
  });

  test('takes nothing from whoever has its old name by now, and nothing from whoever has the new one', async () => {
    await install('Zeta', 5);
    await install('Acme', 6);
    await store().enter(signed(BOB));
    await say('Acme', 'theirs');
    await rename('Acme', 'Zeta');
    expect([await signers('acme/cla'), await said('Acme')]).toEqual([[102], ['theirs']]);
    await install('Zeta', 7);
    await store().enter(signed(ADA, { agreement: 'zeta/cla' }));
    await rename('Old', 'Zeta');
    expect(await signers('zeta/cla')).toEqual([101]);
  });

  test('can go back to its first name, and leave it again', async () => {
    await install('Acme', 5);
    await store().enter(signed(ADA));
    for (const [from, to] of [
      ['Acme', 'Zeta'],
      ['Zeta', 'Acme'],
      ['Acme', 'Zeta'],
    ] as const) {
      await rename(from, to);
      at(`2026-03-01T12:00:0${(await kinds()).length}.000Z`);
    }
    expect([await signers('zeta/cla'), await signers('acme/cla')]).toEqual([[101], []]);
  });

  test('keeps its number, also once Steward is removed', async () => {
    await install('Acme', 5);
    await rename('Acme', 'Zeta');
    await remove('Zeta');
    expect(await store().installation('zeta')).toBeNull();
    expect(await store().installationOf(5)).toMatchObject({ owner: 'Zeta' });
    expect(await store().installationOf(6)).toBeNull();
  });
});

test('a register that notes the same renaming twice calls agreements by the new name all the same', () => {
  const renamed = (sequence: number, from: string, to: string, installation = 5) => ({ sequence, from, to, installation });
  const by = (...renames: ReturnType<typeof renamed>[]): string | null => presentName('acme/cla', 1, once(renames));
  expect(by(renamed(2, 'acme', 'zeta'), renamed(3, 'acme', 'zeta'))).toBe('zeta/cla');
  expect(by(renamed(2, 'acme', 'zeta'), renamed(3, 'acme', 'zeta', 6))).toBeNull();
  expect(by(renamed(2, 'acme', 'zeta'), renamed(3, 'zeta', 'eta'), renamed(4, 'acme', 'zeta'))).toBe('eta/cla');
  const repository = [renamed(2, 'acme/a', 'acme/b'), renamed(3, 'acme/a', 'acme/b')];
  expect(presentName('acme/a/cla', 1, once(repository))).toBeNull();
});
