/** The register tells who signed what and whom companies cover, on both databases alike. */
import { expect, test } from '@jest/globals';
import { describeOnBoth } from '../support/databases.ts';
import { aboutPerson, ADA, BOB, CCLA, CLA, companySigned, EVE, evidence, revoked, signed } from './entries.ts';
import { stage } from './stage.ts';

describeOnBoth('the register', (kind) => {
  const { store, another } = stage(kind);
  const enter = async (...entries: Parameters<ReturnType<typeof store>['enter']>[0][]): Promise<void> => {
    for (const entry of entries) expect(await store().enter(entry)).toBe(true);
  };

  test('an entry comes back as it was entered, whatever characters it holds', async () => {
    const entries = [
      signed({ ...ADA, name: 'A\u0301da \0 \u202e' }, { evidence: evidence({ source: 'comment', body: 'half \ud800' }) }),
      signed(BOB, { text: null, evidence: evidence({ source: 'import', body: '"bob";"acme"' }) }),
      revoked(ADA, '2026-03-02T00:00:00.000Z'),
      companySigned(),
      companySigned({ by: null, company: 'initech' }),
      aboutPerson('person-added', ADA, '2026-03-03T00:00:00.000Z'),
      {
        kind: 'domain-added',
        at: '2026-03-04T00:00:00.000Z',
        company: 'globex',
        domain: 'globex.example',
        by: BOB,
        evidence: evidence(),
      } as const,
      { kind: 'company-ended', at: '2026-03-05T00:00:00.000Z', company: 'globex', by: null, evidence: evidence() } as const,
    ];
    await enter(...entries);
    const entered = await store().entries(0, 100);
    expect(entered.map(({ entry }) => entry)).toEqual(entries);
    expect(entered.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await store().entries(3, 2)).map(({ sequence }) => sequence)).toEqual([4, 5]);
  });

  test('a signature names agreement, version, account and time; other agreements and accounts stay out of it', async () => {
    await enter(signed(ADA), signed(ADA, { agreement: 'zeta/cla' }), signed(EVE));
    expect(await store().register([CLA], [ADA.accountId, BOB.accountId])).toEqual({
      signatures: [{ agreement: CLA, version: '1.0', accountId: 101, at: '2026-03-01T12:00:00.000Z', until: null }],
      companies: [],
    });
    expect(await store().register([], [ADA.accountId])).toEqual({ signatures: [], companies: [] });
    expect(await store().register([CLA], [])).toEqual({ signatures: [], companies: [] });
  });

  test('a revocation ends what was signed before it, and nothing that is signed later', async () => {
    await enter(
      signed(ADA, { at: '2025-01-01T00:00:00Z' }),
      revoked(ADA, '2025-06-01T00:00:00Z'),
      signed(ADA, { at: '2025-07-01T00:00:00Z' }),
      signed(BOB, { at: '2025-01-01T00:00:00Z' }),
    );
    const { signatures } = await store().register([CLA], [ADA.accountId, BOB.accountId]);
    expect(signatures.map(({ accountId, at, until }) => ({ accountId, at, until }))).toEqual([
      { accountId: 101, at: '2025-01-01T00:00:00Z', until: '2025-06-01T00:00:00Z' },
      { accountId: 102, at: '2025-01-01T00:00:00Z', until: null },
      { accountId: 101, at: '2025-07-01T00:00:00Z', until: null },
    ]);
  });

  test('a signature of years ago that is imported after it was revoked does not come to life again', async () => {
    await enter(revoked(ADA, '2024-06-01T00:00:00Z'), signed(ADA, { at: '2019-01-01T00:00:00Z' }));
    const { signatures } = await store().register([CLA], [ADA.accountId]);
    expect(signatures.map(({ until }) => until)).toEqual(['2024-06-01T00:00:00Z']);
  });

  test('thousands of accounts may be asked about at once', async () => {
    await enter(signed(ADA));
    const many = Array.from({ length: 40_000 }, (_, index) => index + 1);
    expect((await store().register([CLA], many)).signatures).toHaveLength(1);
  });

  test('a company covers people, domains and organizations from when they are added until they are removed', async () => {
    const office = { company: 'globex', by: null } as const;
    await enter(
      companySigned(),
      aboutPerson('person-added', ADA, '2026-01-02T00:00:00Z'),
      aboutPerson('person-added', ADA, '2026-01-03T00:00:00Z'),
      aboutPerson('person-removed', ADA, '2026-01-04T00:00:00Z'),
      aboutPerson('person-added', ADA, '2026-01-05T00:00:00Z'),
      aboutPerson('person-added', EVE, '2026-01-05T00:00:00Z'),
      { kind: 'domain-added', at: '2026-01-02T00:00:00Z', domain: 'globex.example', evidence: evidence(), ...office },
      { kind: 'organization-added', at: '2026-01-02T00:00:00Z', login: 'globex-dev', evidence: evidence(), ...office },
      { kind: 'organization-removed', at: '2026-01-06T00:00:00Z', login: 'globex-dev', evidence: evidence(), ...office },
    );
    const { companies } = await store().register([CCLA], [ADA.accountId]);
    expect(companies).toEqual([
      {
        id: 'globex',
        name: 'Globex, Inc.',
        agreement: CCLA,
        version: '1.0',
        from: '2026-01-01T00:00:00.000Z',
        until: null,
        accounts: [
          { accountId: 101, from: '2026-01-02T00:00:00Z', until: '2026-01-04T00:00:00Z' },
          { accountId: 101, from: '2026-01-05T00:00:00Z', until: null },
        ],
        domains: [{ domain: 'globex.example', from: '2026-01-02T00:00:00Z', until: null }],
        organizations: [{ login: 'globex-dev', from: '2026-01-02T00:00:00Z', until: '2026-01-06T00:00:00Z' }],
      },
    ]);
    expect((await store().register([CLA], [ADA.accountId])).companies).toEqual([]);
  });

  test('the end of a company ends all of its cover; one that signs again begins with nobody', async () => {
    await enter(
      companySigned(),
      aboutPerson('manager-added', BOB, '2026-01-01T00:00:00Z'),
      aboutPerson('person-added', ADA, '2026-01-02T00:00:00Z'),
      { kind: 'company-ended', at: '2026-02-01T00:00:00Z', company: 'globex', by: null, evidence: evidence() },
      companySigned({ at: '2026-02-02T00:00:00Z', version: '2.0' }),
    );
    const { companies } = await store().register([CCLA], [ADA.accountId]);
    expect(companies.map(({ version, until }) => ({ version, until }))).toEqual([
      { version: '1.0', until: '2026-02-01T00:00:00Z' },
      { version: '2.0', until: null },
    ]);
    expect(companies[1]?.accounts).toEqual([{ accountId: 101, from: '2026-01-02T00:00:00Z', until: '2026-02-01T00:00:00Z' }]);
    expect(await store().company('globex')).toMatchObject({ version: '2.0', until: null, managers: [], people: [] });
  });

  test('a company is told with those who manage it and those whom it covers now, by name', async () => {
    await enter(
      companySigned(),
      companySigned({ version: '1.1', at: '2026-01-20T00:00:00Z' }),
      companySigned({ company: 'initech', name: 'Initech' }),
      aboutPerson('manager-added', BOB, '2026-01-01T00:00:00Z', null),
      aboutPerson('manager-added', EVE, '2026-01-01T00:00:00Z', null),
      aboutPerson('manager-removed', EVE, '2026-01-02T00:00:00Z', null),
      aboutPerson('person-added', ADA, '2026-01-02T00:00:00Z'),
    );
    expect(await store().company('globex')).toMatchObject({ version: '1.1', managers: [BOB], people: [ADA] });
    expect(await store().company('nobody')).toBeNull();
    expect((await store().companies()).map(({ id, version }) => `${id} ${version}`)).toEqual(['globex 1.1', 'initech 1.0']);
  });

  test('the same act is entered once, however often it is told', async () => {
    const entry = signed(ADA);
    await enter(entry);
    expect(await store().enter(entry)).toBe(false);
    expect(await store().enter({ ...entry, at: '2027-01-01T00:00:00Z' })).toBe(false);
    expect(await store().entries(0, 10)).toHaveLength(1);
  });

  test('an entry at a time that is none is refused', async () => {
    await expect(store().enter(signed(ADA, { at: 'yesterday' }))).rejects.toThrow('is written as ISO 8601; found "yesterday"');
  });

  test('a transaction that throws leaves no entry and no gap', async () => {
    const failed = store().transaction(async () => {
      await store().enter(signed(ADA));
      throw new Error('the disk is on fire');
    });
    await expect(failed).rejects.toThrow('the disk is on fire');
    await enter(signed(BOB));
    expect((await store().entries(0, 10)).map(({ sequence }) => sequence)).toEqual([1]);
  });

  test('people who sign in the same second get consecutive numbers, through different connections too', async () => {
    const other = await another();
    const people = Array.from({ length: 20 }, (_, index) => ({ accountId: 1_000 + index, login: `person-${index}` }));
    const told = people.map((person, index) => (index % 2 === 0 ? store() : other).enter(signed(person)));
    expect(new Set(await Promise.all(told))).toEqual(new Set([true]));
    expect((await store().entries(0, 100)).map(({ sequence }) => sequence)).toEqual(people.map((_, index) => index + 1));
    expect(await store().verifyRegister()).toMatchObject({ entries: 20, faults: [] });
  });

  test('one act told through two connections at once is entered once', async () => {
    const entry = signed(ADA);
    const other = await another();
    const told = await Promise.all([store().enter(entry), other.enter(entry), store().enter(entry), other.enter(entry)]);
    expect(told.filter(Boolean)).toHaveLength(1);
  });

  test('the agreements of a renamed repository are asked for by its new name, and entries stay what they were', async () => {
    await enter(signed(ADA, { agreement: 'acme/widget/cla' }), signed(BOB));
    const rename = (from: string, to: string) =>
      store().transaction((transaction) =>
        store().renameRepository(transaction, { owner: 'Acme', repo: from }, { owner: 'Acme', repo: to }),
      );
    await rename('Widget', 'Gadget');
    await rename('Gadget', 'Thing');
    const by = async (name: string) => (await store().register([name], [ADA.accountId, EVE.accountId])).signatures;
    expect(await by('acme/thing/cla')).toMatchObject([{ agreement: 'acme/thing/cla', accountId: 101 }]);
    expect(await by('acme/widget/cla')).toEqual([]);
    // Another repository takes the first name, and then the name of the renamed one.
    await enter(signed(EVE, { agreement: 'acme/widget/cla' }));
    expect(await by('acme/widget/cla')).toMatchObject([{ accountId: 103 }]);
    await rename('widget', 'thing');
    expect(await by('acme/thing/cla')).toMatchObject([{ accountId: 103 }]);
    expect((await store().register([CLA], [BOB.accountId])).signatures).toHaveLength(1);
    expect(await store().verifyRegister()).toMatchObject({ faults: [] });
  });

  test('the agreements of a renamed account follow it, and whoever takes its old name inherits none, told once or twice', async () => {
    const rename = () => store().transaction((transaction) => store().renameOwner(transaction, 'Acme', 'Zeta', 5));
    await store().transaction((transaction) =>
      store().keepInstallation(transaction, { owner: 'Acme', id: 5, isSuspended: false }),
    );
    await enter(signed(ADA, { agreement: 'acme/widget/cla' }), signed(BOB, { agreement: 'acme/cla' }));
    const text = {
      version: '1.0',
      title: 'CLA',
      kind: 'individual',
      source: 'acme/legal:cla.md',
      text: 'T',
      digest: 'd',
    } as const;
    await store().keepAgreement({ ...text, agreement: 'acme/cla', at: '2026-01-01T00:00:00Z' });
    await rename();
    await rename();
    const by = async (name: string) =>
      (await store().register([name], [ADA.accountId, BOB.accountId])).signatures.map(({ accountId }) => accountId);
    expect([await by('zeta/widget/cla'), await by('zeta/cla')]).toEqual([[ADA.accountId], [BOB.accountId]]);
    expect([await by('acme/widget/cla'), await by('acme/cla')]).toEqual([[], []]);
    await store().transaction((transaction) =>
      store().renameRepository(transaction, { owner: 'Zeta', repo: 'widget' }, { owner: 'Zeta', repo: 'gadget' }),
    );
    expect([await by('zeta/widget/cla'), await by('zeta/gadget/cla')]).toEqual([[], [ADA.accountId]]);
    expect(await store().agreement('acme/cla', '1.0')).toBeNull();
    expect((await store().agreement('zeta/cla', '1.0'))?.text).toBe('T');
    expect([await store().installation('acme'), (await store().installation('zeta'))?.id]).toEqual([null, 5]);
    await enter(signed(EVE, { agreement: 'acme/cla' }));
    expect((await store().register(['zeta/cla'], [EVE.accountId])).signatures).toEqual([]);
    expect(await store().verifyRegister()).toMatchObject({ faults: [] });
  });

  test('renaming a repository that the register does not name enters nothing', async () => {
    await enter(signed(ADA));
    await store().transaction((transaction) =>
      store().renameRepository(transaction, { owner: 'acme', repo: 'widget' }, { owner: 'acme', repo: 'gadget' }),
    );
    expect(await store().entries(0, 10)).toHaveLength(1);
  });
});
