/** The chain of entries: nothing in it can be changed unseen, and what names people can still be erased. */
import { beforeEach, expect, test } from '@jest/globals';
import { sha256 } from '../../src/facts/digest.ts';
import { CERTIFICATION, signingSentence } from '../../src/facts/sentences.ts';
import { describeOnBoth } from '../support/databases.ts';
import { aFinding, aRuleVerdict, aVerdict } from '../support/verdicts.ts';
import { aboutPerson, ADA, BOB, CCLA, CLA, companySigned, EVE, evidence, signed } from './entries.ts';
import { stage } from './stage.ts';

describeOnBoth('the chain', (kind) => {
  const { store, raw, register } = stage(kind);
  const isSqlite = kind.name === 'SQLite';
  const drop = isSqlite
    ? 'drop trigger entries_refuse_update; drop trigger entries_refuse_delete;'
    : 'alter table entries disable trigger user;';
  const restore = isSqlite ? '' : 'alter table entries enable trigger user;';
  const tamper = (statements: string): Promise<void> => raw(`${drop} ${statements}; ${restore}`);
  const holds = async (text: string): Promise<boolean> => (await register()).includes(text);
  const faults = async (anchor?: string) => (await store().verifyRegister(anchor)).faults;
  const forEntry = (sequence: number, message: string) => ({ sequence, message });

  const UNFIT = 'It is not what was entered: its hash does not fit.';
  const UNLINKED = 'It does not follow the entry before it: that one was changed, removed or moved.';

  beforeEach(async () => {
    for (const person of [ADA, BOB, EVE]) await store().enter(signed(person));
    await store().enter(companySigned());
  });

  test('an untouched one holds, and its head names all of it', async () => {
    const entries = await store().entries(0, 10);
    expect(await store().verifyRegister()).toEqual({ entries: 4, head: entries[3]?.hash, erased: 0, faults: [] });
    for (const { hash } of entries) expect(await faults(hash)).toEqual([]);
  });

  test('an empty one holds', async () => {
    await tamper('delete from entries; delete from people');
    expect(await store().verifyRegister()).toEqual({ entries: 0, head: null, erased: 0, faults: [] });
  });

  test('the database itself refuses to change or delete an entry', async () => {
    const emptying = isSqlite ? [] : ['truncate entries'];
    const statements = ['update entries set at = at', "update entries set agreement = 'x'", 'delete from entries', ...emptying];
    for (const statement of statements) {
      await expect(raw(statement)).rejects.toThrow(
        'The register of signatures only grows: an entry is never changed or deleted.',
      );
    }
    expect(await faults()).toEqual([]);
  });

  test('a change in any column of a row is found', async () => {
    const changes = [
      "at = '2020-01-01T00:00:00.000Z'",
      "version = '2.0'",
      "agreement = 'zeta/cla'",
      'text_digest = null',
      "kind = 'revoked'",
      "company = 'globex'",
      `body = '{"source":"page"}'`,
      'by_digest = evidence_digest',
    ];
    for (let count = 0; count < changes.length; count++) await store().enter(signed(ADA));
    await tamper(changes.map((change, index) => `update entries set ${change} where sequence = ${index + 5}`).join(';'));
    const found = await faults();
    expect(found.filter(({ message }) => message === UNFIT)).toEqual(changes.map((_, index) => forEntry(index + 5, UNFIT)));
  });

  test('a changed row with a hash that was made to fit is found by the entry after it', async () => {
    await tamper(`update entries set hash = '${'0'.repeat(64)}' where sequence = 2`);
    expect(await faults()).toEqual([forEntry(2, UNFIT), forEntry(3, UNLINKED)]);
  });

  test('a removed row is found', async () => {
    await tamper('delete from entries where sequence = 2; delete from people where sequence = 2');
    expect(await faults()).toEqual([forEntry(2, 'Entry 2 is missing.'), forEntry(3, UNLINKED)]);
  });

  test('several removed rows are told as one gap', async () => {
    await tamper('delete from entries where sequence < 3; delete from people where sequence < 3');
    expect(await faults()).toEqual([forEntry(1, 'Entries 1 to 2 are missing.'), forEntry(3, UNLINKED)]);
  });

  test('two rows that changed places are found', async () => {
    await tamper(
      'update entries set sequence = 99 where sequence = 2; update entries set sequence = 2 where sequence = 3; update entries set sequence = 3 where sequence = 99',
    );
    const found = await faults();
    expect(found).toEqual(expect.arrayContaining([forEntry(2, UNFIT), forEntry(2, UNLINKED), forEntry(3, UNFIT)]));
  });

  test('a row that is cut off at the end leaves its people behind, and the anchor finds it when those are cut off as well', async () => {
    const { head } = await store().verifyRegister();
    await tamper('delete from entries where sequence = 4');
    expect(await faults()).toEqual([forEntry(4, 'Entry 4 is missing.')]);
    await raw('delete from people where sequence = 4');
    expect(await faults()).toEqual([]);
    expect(await faults(head ?? '')).toEqual([
      forEntry(0, `No entry has the anchored hash "${head ?? ''}": the chain was changed after it was anchored.`),
    ]);
  });

  test('what was changed of the people in an entry is told of that entry', async () => {
    for (let count = 0; count < 4; count++) await store().enter(signed(ADA));
    await raw(`
      update people set account_id = 999 where sequence = 1 and role = 'person';
      update people set body = '{"accountId":1,"login":"x"}', account_id = 1 where sequence = 2 and role = 'person';
      update people set body = 'no JSON' where sequence = 3 and role = 'person';
      update people set salt = 's' where sequence = 4 and role = 'by';
      update people set body = '{}' where sequence = 5 and role = 'evidence';
      insert into people (sequence, role, account_id, salt, body) values (6, 'by', 5, 's', '{"accountId":5}');
      delete from people where sequence = 7 and role = 'person';
      update people set evidence_key = 'another' where sequence = 8 and role = 'evidence'`);
    const changed = (what: string): string => `What it says about ${what} is not what was entered.`;
    expect(await faults()).toEqual([
      forEntry(1, changed('the person')),
      forEntry(2, changed('the person')),
      forEntry(3, changed('the person')),
      forEntry(4, changed('who entered it')),
      forEntry(5, changed('its evidence')),
      forEntry(6, changed('who entered it')),
      forEntry(7, 'What it said about people is gone, and no erasure says so.'),
      forEntry(8, changed('its evidence')),
    ]);
  });

  test('a row that was put before the first entry is found', async () => {
    await raw(`
      insert into entries (sequence, kind, at, agreement, evidence_digest, body, previous, hash)
      values (-1, 'signed', '2026-01-01T00:00:00Z', 'acme/cla', '', '{}', '', '')`);
    expect(await faults()).toEqual(expect.arrayContaining([forEntry(-1, UNFIT), forEntry(1, UNLINKED)]));
  });

  test('erasing an account removes its name, its evidence and the salt, and leaves a tombstone that verifies', async () => {
    const because = evidence({ reason: 'Asked for it on 2026-03-04.' });
    expect(await store().erase(ADA.accountId, because, '2026-03-05T00:00:00Z')).toBe(1);
    const [tombstone, bob] = await store().entries(0, 10);
    expect(tombstone).toMatchObject({ sequence: 1, kind: 'signed', entry: null });
    expect(bob?.entry).toMatchObject({ person: BOB });
    expect((await store().entries(4, 1))[0]?.entry).toEqual({
      kind: 'erased',
      at: '2026-03-05T00:00:00Z',
      entries: [1],
      evidence: because,
    });
    expect(await store().verifyRegister()).toMatchObject({ entries: 5, erased: 1, faults: [] });
    expect((await store().register([CLA], [ADA.accountId])).signatures).toEqual([]);
  });

  test('a changed erasure is found, and explains nothing any more', async () => {
    await store().erase(ADA.accountId, evidence(), '2026-03-05T00:00:00Z');
    await tamper("update entries set body = 'no JSON' where sequence = 5");
    expect(await faults()).toEqual([
      forEntry(1, 'What it said about people is gone, and no erasure says so.'),
      forEntry(5, UNFIT),
    ]);
  });

  test('erasing who entered something about another leaves what it says about the other', async () => {
    await store().enter(aboutPerson('person-added', ADA, '2026-01-02T00:00:00Z', BOB));
    expect(await store().erase(BOB.accountId, evidence(), '2026-03-05T00:00:00Z')).toBe(3);
    expect((await store().entries(4, 1))[0]?.entry).toMatchObject({
      kind: 'person-added',
      person: ADA,
      by: null,
      evidence: { source: 'office' },
    });
    expect((await store().register([CCLA], [ADA.accountId])).companies[0]?.accounts).toHaveLength(1);
    expect(await store().verifyRegister()).toMatchObject({ erased: 3, faults: [] });
  });

  test('nothing is left of an erased account anywhere in the register, nor of what it wrote to sign', async () => {
    const subject = { kind: 'pull-request', owner: 'acme', repo: 'widget', number: 1 } as const;
    const said = { deliveryId: 'd', kind: 'sentence', subject, at: '2026-03-01T12:00:00Z', commentId: 1 } as const;
    const byAda = { accountId: ADA.accountId, login: 'ada', url: 'https://github.example/ada', body: 'ada@example.org signs.' };
    const signing = signingSentence({ title: 'CLA', version: '1.0' });
    await store().transaction(async (transaction) => {
      await store().keepInput(transaction, { ...said, ...byAda, text: signing });
      await store().keepInput(transaction, { ...said, ...byAda, text: CERTIFICATION, body: `${CERTIFICATION}\nada@example.org` });
      await store().keepInput(transaction, {
        ...said,
        accountId: BOB.accountId,
        login: 'bob',
        url: null,
        body: '!',
        text: signing,
      });
    });
    const waiting = aRuleVerdict({ id: 'cla', findings: [aFinding({ accountId: ADA.accountId })] });
    await store().keepVerdict(aVerdict({ subject, rules: [waiting] }));
    await store().erase(ADA.accountId, evidence(), '2026-03-05T00:00:00Z');
    const left = await store().said(subject, 'sha');
    expect(JSON.stringify([await store().entries(0, 100), left])).not.toMatch(/lovelace|example\.org/i);
    expect(left.map(({ login, text }) => `${login}: ${text}`)).toEqual([`ada: ${CERTIFICATION}`, `bob: ${signing}`]);
    expect(await store().awaiting(ADA.accountId)).toEqual([]);
  });

  test('nobody can try out whether a guessed key was that of an erased act', async () => {
    const key = 'page:acme/cla@1.0:104';
    await store().enter(signed({ accountId: 104, login: 'dan' }, { evidence: evidence({ source: 'page', key }) }));
    expect(await holds(sha256(key))).toBe(true);
    await store().erase(104, evidence(), '2026-03-05T00:00:00Z');
    expect(await holds(sha256(key))).toBe(false);
  });

  test('an account that the register does not name is erased without an entry; evidence that was used is refused', async () => {
    expect(await store().erase(999, evidence(), '2026-03-05T00:00:00Z')).toBe(0);
    expect(await store().entries(4, 10)).toEqual([]);
    const used = evidence();
    await store().erase(ADA.accountId, used, '2026-03-05T00:00:00Z');
    await expect(store().erase(BOB.accountId, used, '2026-03-05T00:00:00Z')).rejects.toThrow('Nothing was erased');
    expect((await store().register([CLA], [BOB.accountId])).signatures).toHaveLength(1);
  });

  test('what was erased is not remembered: the same act told again is a new one', async () => {
    const entry = signed({ accountId: 104, login: 'dan' });
    await store().enter(entry);
    await store().erase(104, evidence(), '2026-03-05T00:00:00Z');
    expect(await store().enter(entry)).toBe(true);
    expect(await store().enter(entry)).toBe(false);
    expect(await faults()).toEqual([]);
  });

  test('a chain of several pages is read to its end', async () => {
    await store().transaction(async () => {
      for (let index = 0; index < 1_100; index++) await store().enter(signed({ accountId: 5_000 + index, login: `p${index}` }));
    });
    expect(await store().verifyRegister()).toMatchObject({ entries: 1_104, faults: [] });
    await tamper("update entries set version = '9' where sequence in (3, 1001)");
    expect((await faults()).map(({ sequence }) => sequence)).toEqual([3, 1_001]);
  });
});
