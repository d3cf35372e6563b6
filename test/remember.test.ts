/** What is remembered answers like any source: in the policy's own words, and unknown where a text was never read. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../src/facts/answer.ts';
import type { KeptAgreement } from '../src/facts/register.ts';
import { sha256 } from '../src/facts/digest.ts';
import { CERTIFICATION } from '../src/facts/sentences.ts';
import type { Decided } from '../src/spine/hear.ts';
import type { NamedAgreement } from '../src/policy/register-name.ts';
import type { Memory, Ports } from '../src/spine/ports.ts';
import { reader, remembered, watched } from '../src/spine/remember.ts';
import { NOW, shaOf } from './verdict/case.ts';

const ICLA: NamedAgreement = {
  ...{ id: 'icla', title: 'Widget Agreement', version: '1.0', kind: 'individual' },
  ...{ text: 'acme/legal:icla.md', register: 'foundation/icla' },
};

/** A memory that keeps agreements, and a web whose pages can change or be down. */
function aWorld(parts: Partial<Memory> = {}) {
  const kept = new Map<string, KeptAgreement>();
  const web = { text: known('You agree.') as ReturnType<typeof known<string>> | ReturnType<typeof unknown>, reads: 0 };
  const memory = {
    agreement: (name: string, version: string) => Promise.resolve(kept.get(`${name}@${version}`) ?? null),
    keepAgreement: (one: KeptAgreement) => Promise.resolve(void kept.set(`${one.agreement}@${one.version}`, one)),
    register: () => Promise.resolve({ signatures: [], companies: [] }),
    certified: (_place: unknown, shas: readonly string[]) => Promise.resolve(shas),
    ...parts,
  } as unknown as Memory;
  const platform = { agreementText: () => ((web.reads += 1), Promise.resolve(web.text)) } as never;
  const ports = {
    ...({ memory, platform, now: () => NOW } as unknown as Ports),
    agreementPage: (name: string) => `https://steward.example/cla/${name}`,
  };
  const source = (said: readonly Decided[] = []) =>
    remembered({
      place: { owner: 'acme', repo: 'widget' },
      agreements: [ICLA],
      agreement: reader('acme', ports),
      said,
      ports,
      register: (...about) => memory.register(...about),
    });
  return { web, source, ports, kept };
}

const names = [{ id: 'icla', version: '1.0', text: ICLA.text }];

test('the text of a version is read once for good, whatever its address says later', async () => {
  const { web, source } = aWorld();
  const expected = [
    { id: 'icla', version: '1.0', digest: sha256('You agree.'), page: 'https://steward.example/cla/foundation/icla' },
  ];
  expect(await source().agreements(names)).toEqual(known(expected));
  web.text = known('You agree to more.');
  expect(await source().agreements(names)).toEqual(known(expected));
  web.text = unknown('down');
  expect(await source().agreements(names)).toEqual(known(expected));
  expect(web.reads).toBe(1);
});

test('a text that was never read is unknown, with the reason, and is asked for again the next time', async () => {
  const { web, source } = aWorld();
  web.text = unknown('the address does not answer');
  const answer = unknown('the text of the Widget Agreement, version 1.0, could not be read: the address does not answer');
  expect(await source().agreements(names)).toEqual(answer);
  web.text = known('You agree.');
  expect((await source().agreements(names)).known).toBe(true);
});

test('an agreement that the policy in force does not name is not known', async () => {
  expect(
    (
      await aWorld()
        .source()
        .agreements([{ id: 'other', version: '1.0', text: ICLA.text }])
    ).known,
  ).toBe(false);
});

test("the register answers by the policy's own names, and asks by those of whoever keeps them", async () => {
  const asked: unknown[] = [];
  const signature = { version: '1.0', accountId: 1, at: '2026-01-01T00:00:00Z', until: null };
  const register = (...all: unknown[]) => {
    asked.push(all);
    return Promise.resolve({
      signatures: [
        { ...signature, agreement: 'foundation/icla' },
        { ...signature, agreement: 'other/icla' },
      ],
      companies: [],
    });
  };
  const { source } = aWorld({ register });
  expect(await source().register(['icla', 'unheard-of'], [1, 2])).toEqual(
    known({ signatures: [{ ...signature, agreement: 'icla' }], companies: [] }),
  );
  expect(asked).toEqual([[['foundation/icla'], [1, 2]]]);
});

test('a signature that comes after the register was asked is noticed, and nothing else', async () => {
  const signature = { agreement: 'foundation/icla', version: '1.0', accountId: 1, at: '2026-01-01T00:00:00Z', until: null };
  const signatures: (typeof signature)[] = [];
  const register = (_names: unknown, ids: readonly number[]) =>
    Promise.resolve({ signatures: signatures.filter(({ accountId }) => ids.includes(accountId)), companies: [] });
  const watch = watched({ register });
  expect(await watch.hasChanged()).toBe(false);
  await watch.register(['foundation/icla'], [1]);
  signatures.push({ ...signature, accountId: 2 });
  expect(await watch.hasChanged()).toBe(false);
  signatures.push(signature);
  expect(await watch.hasChanged()).toBe(true);
});

test('only accepted sentences that certify are statements, for the commits that were seen', async () => {
  const said = (text: string, outcome: Decided['decision']['outcome'], commentId: number | null = 5): Decided => ({
    ...{ id: 1, kind: 'sentence', accountId: 1, login: 'jane', text, at: '2026-03-10T11:00:00Z', commentId, url: null },
    ...{ body: 'whole', digest: null, seen: null },
    decision: { outcome, reason: null, permission: null, covers: [shaOf('a')], at: NOW.toISOString() },
  });
  const all = [
    said(CERTIFICATION, 'accepted'),
    said(CERTIFICATION, 'refused'),
    said('else', 'accepted'),
    said(CERTIFICATION, 'accepted', null),
  ];
  expect(await aWorld().source(all).statements()).toEqual(
    known([
      { accountId: 1, login: 'jane', at: '2026-03-10T11:00:00Z', commentId: 5, digest: sha256('whole'), seen: [shaOf('a')] },
    ]),
  );
});

describe('a repository whose policies differ by branch', () => {
  const own: NamedAgreement = { ...ICLA, register: 'acme/widget/icla' };
  const asked = (named: NamedAgreement, ports: Ports, isDefault: boolean) => reader('acme', ports, isDefault)(named);

  test('names an agreement on its default branch, and no new version on another', async () => {
    const { ports } = aWorld();
    expect(await asked(own, ports, false)).toMatchObject({
      known: false,
      reason:
        "a repository's agreements are named by the policy on its default branch, where the Widget Agreement, version 1.0, was never in force",
    });
    expect((await asked(own, ports, true)).known).toBe(true);
    expect((await asked(own, ports, false)).known).toBe(true);
  });

  test("asks for its organization's agreement on every branch", async () => {
    expect((await asked(ICLA, aWorld().ports, false)).known).toBe(true);
  });
});

test('it is noted when a version was last in force, at most once an hour, and from the default branch only', async () => {
  let now = NOW;
  const { ports, kept } = aWorld();
  const own: NamedAgreement = { ...ICLA, register: 'acme/widget/icla' };
  const seen = async (minutes: number, isDefault = true) => {
    now = new Date(NOW.getTime() + minutes * 60_000);
    await reader('acme', { ...ports, now: () => now }, isDefault)(own);
    return kept.get('acme/widget/icla@1.0')?.seen;
  };
  expect(await seen(0)).toBeUndefined();
  expect(await seen(59)).toBeUndefined();
  expect(await seen(61, false)).toBeUndefined();
  const noted = await seen(61);
  expect(noted).toBe(now.toISOString());
  expect(await seen(90)).toBe(noted);
});
