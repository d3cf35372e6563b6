/** Waivers are evidence: every version stays, with who approved it. */
import { expect, test } from '@jest/globals';
import type { Approval, KeptWaiver } from '../../src/policy/waivers/waiver.ts';
import { describeOnBoth } from '../support/databases.ts';
import { stage, START } from './stage.ts';

const PLACE = 'Acme/.github';
const APPROVED: Approval = {
  ...{
    state: 'approved',
    by: { login: 'ada', accountId: 1 },
    author: 'bob',
    pull: 7,
    url: 'https://github.com/acme/.github/pull/7',
  },
  mergedAt: START,
};
const UNKNOWN: Approval = { state: 'unknown', reason: 'GitHub did not answer' };
const REFUSED: Approval = { state: 'refused', reason: 'nobody approved it' };

function aWaiver(name: string, approval: Approval = APPROVED, text = `rule: ${name} # \0\n`, place = PLACE): KeptWaiver {
  const source = `${place}:.github/steward/waivers/${name}.yml`;
  return { file: { layer: 'organization', source, commit: 'c1', oid: `oid ${text.length}`, text }, approval };
}

describeOnBoth('waivers', (kind) => {
  const { store, at, another, reopen } = stage(kind);
  const keep = (tree: string, ...kept: KeptWaiver[]) => store().keepWaivers(PLACE, tree, kept);
  const approvals = async () => (await store().lastWaivers(PLACE)).map(({ approval }) => approval.state);
  const every = async (place = PLACE) =>
    (await store().everyWaiver(place)).map(({ file, from, until }) => [
      file.text,
      from.slice(0, 10),
      until?.slice(0, 10) ?? null,
    ]);

  test('of a tree are those that were kept for it; of another tree nothing is known', async () => {
    expect([await store().waivers(PLACE, 't1'), await store().lastWaivers(PLACE)]).toEqual([null, []]);
    await keep('t1', aWaiver('a'), aWaiver('b', UNKNOWN));
    await reopen();
    expect(await store().waivers('acme/.GITHUB', 't1')).toEqual([aWaiver('a'), aWaiver('b', UNKNOWN)]);
    expect(await store().waivers(PLACE, 't2')).toBeNull();
    expect(await store().lastWaivers(PLACE)).toHaveLength(2);
  });

  test('of an empty folder are none, which is not the same as not knowing', async () => {
    await keep('t1', aWaiver('a'));
    await keep('t2');
    expect([await store().waivers(PLACE, 't2'), await store().waivers(PLACE, 't1')]).toEqual([[], null]);
  });

  test('that are changed, taken back or brought again leave every version with its time', async () => {
    await keep('t1', aWaiver('a', APPROVED, 'one'), aWaiver('b', APPROVED, 'two'));
    at('2026-03-02T00:00:00.000Z');
    await keep('t2', aWaiver('a', APPROVED, 'one longer'), aWaiver('b', APPROVED, 'two'));
    at('2026-03-03T00:00:00.000Z');
    await keep('t3', aWaiver('a', APPROVED, 'one longer'));
    at('2026-03-04T00:00:00.000Z');
    await keep('t2', aWaiver('a', APPROVED, 'one longer'), aWaiver('b', APPROVED, 'two'));
    expect(await every()).toEqual([
      ['one', '2026-03-01', '2026-03-02'],
      ['two', '2026-03-01', '2026-03-03'],
      ['one longer', '2026-03-02', null],
      ['two', '2026-03-04', null],
    ]);
    await store().purge('2036-01-01T00:00:00.000Z');
    expect(await every()).toHaveLength(4);
  });

  test('that were approved stay so, and what was found out is not forgotten when GitHub does not answer', async () => {
    await keep('t1', aWaiver('a', UNKNOWN), aWaiver('b', UNKNOWN), aWaiver('c', REFUSED), aWaiver('d'));
    await keep('t1', aWaiver('a', APPROVED), aWaiver('b', REFUSED), aWaiver('c', UNKNOWN), aWaiver('d', REFUSED));
    expect(await approvals()).toEqual(['approved', 'refused', 'refused', 'approved']);
    await keep('t2', aWaiver('a', UNKNOWN), aWaiver('b', APPROVED));
    expect(await approvals()).toEqual(['approved', 'approved']);
    expect(await every()).toHaveLength(4);
  });

  test('that were approved by one list are refused by another, and remember by which', async () => {
    const byTeam: Approval = { ...APPROVED, terms: ['team:office'] };
    const outside: Approval = { ...REFUSED, terms: ['team:legal'] };
    await keep('t1', aWaiver('a', byTeam), aWaiver('b', byTeam), aWaiver('c', byTeam), aWaiver('d', byTeam));
    const late: Approval = { ...REFUSED, terms: ['TEAM:office'] };
    const again: Approval = { ...byTeam, terms: ['team:legal'] };
    await keep('t1', aWaiver('a', outside), aWaiver('b', UNKNOWN), aWaiver('c', again), aWaiver('d', late));
    expect((await store().lastWaivers(PLACE)).map(({ approval }) => approval)).toEqual([outside, byTeam, again, byTeam]);
  });

  test('are read once while nobody keeps them anew, here or in another process', async () => {
    await keep('t1', aWaiver('a', UNKNOWN));
    const first = await store().waivers(PLACE, 't1');
    expect([await store().waivers('acme/.github', 't1'), await store().lastWaivers(PLACE)].every((one) => one === first)).toBe(
      true,
    );
    await keep('t1', aWaiver('a', APPROVED));
    expect(await store().waivers(PLACE, 't1')).toEqual([aWaiver('a', APPROVED)]);
    const other = await another();
    at('2026-03-01T00:01:00.000Z');
    await other.keepWaivers(PLACE, 't1', [aWaiver('a', APPROVED), aWaiver('b', APPROVED)]);
    expect(await store().waivers(PLACE, 't1')).toHaveLength(2);
  });

  test('that two processes keep at once are kept once', async () => {
    const other = await another();
    await Promise.all([store(), other, store(), other].map((one) => one.keepWaivers(PLACE, 't1', [aWaiver('a'), aWaiver('b')])));
    expect(await every()).toHaveLength(2);
  });

  test('follow the name of their repository and of its account; whoever has the name next inherits none', async () => {
    await keep('t1', aWaiver('a'));
    await store().transaction((transaction) =>
      store().renameRepository(transaction, { owner: 'Acme', repo: '.github' }, { owner: 'Acme', repo: 'rules' }),
    );
    expect([await store().waivers(PLACE, 't1'), await every()]).toEqual([null, []]);
    expect(await store().waivers('acme/rules', 't1')).toEqual([aWaiver('a', APPROVED, undefined, 'Acme/rules')]);
    await store().transaction((transaction) => store().renameOwner(transaction, 'Acme', 'Zeta', 5));
    expect([await every('Acme/rules'), await store().lastWaivers('acme/rules')]).toEqual([[], []]);
    expect(await store().waivers('Zeta/rules', 't1')).toEqual([aWaiver('a', APPROVED, undefined, 'Zeta/rules')]);
    await store().transaction((transaction) =>
      store().renameRepository(transaction, { owner: 'Zeta', repo: 'other' }, { owner: 'Zeta', repo: 'rules' }),
    );
    expect([await store().waivers('Zeta/rules', 't1'), await every('Zeta/rules')]).toEqual([null, []]);
  });

  test('that came under the new name before the renaming was told are those in force', async () => {
    await keep('t1', aWaiver('a'));
    at('2026-03-02T00:00:00.000Z');
    await store().keepWaivers('Zeta/.github', 't2', [aWaiver('b', APPROVED, 'new', 'Zeta/.github')]);
    at('2026-03-03T00:00:00.000Z');
    await store().transaction((transaction) => store().renameOwner(transaction, 'Acme', 'Zeta', 5));
    expect((await store().waivers('zeta/.github', 't2'))?.map(({ file }) => file.text)).toEqual(['new']);
    expect(await every('zeta/.github')).toEqual([
      ['rule: a # \0\n', '2026-03-01', '2026-03-02'],
      ['new', '2026-03-02', null],
    ]);
  });
});
