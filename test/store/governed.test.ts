/** What policies did and would do is kept: previews, what was admitted, baselines, and what was made because of a version. */
import { expect, test } from '@jest/globals';
import type { PullRequestSubject } from '../../src/facts/subject.ts';
import type { PolicyFile } from '../../src/policy/policy.ts';
import type { Preview } from '../../src/verdict/preview.ts';
import { describeOnBoth } from '../support/databases.ts';
import { stage, START } from './stage.ts';

const pull = (number: number, owner = 'Acme'): PullRequestSubject => ({ kind: 'pull-request', owner, repo: 'Widget', number });

function aPreview(preview: Partial<Preview> = {}): Preview {
  const row = {
    isPrivate: true,
    title: null,
    url: null,
    before: 'success',
    after: 'failure',
    failing: ['dco'],
    later: [],
    passing: [],
  } as const;
  return {
    ...{
      owner: 'Acme',
      at: START,
      policy: { before: 'o1', after: 'o2' },
      repositories: 2,
      pullRequests: 1,
      privateRepositories: 1,
    },
    ...{ newFailuresLater: 1, laterBy: null, stopped: null, rowsLeft: 0 },
    ...{ newFailures: 1, newPasses: 0, unknown: 0, issuesOpening: 1, issuesClosing: 0, waiversUsed: [], waiversNeedless: [] },
    rows: [
      { subject: { kind: 'repository', owner: 'Acme', repo: 'a' }, ...row, unknown: [], issue: 'opens' },
      { subject: { kind: 'repository', owner: 'Other', repo: 'b' }, ...row, unknown: [], issue: null },
    ],
    ...preview,
  };
}

describeOnBoth('what is kept of policies', (kind) => {
  const { store, at, reopen } = stage(kind);
  const renameOwner = (from: string, to: string) =>
    store().transaction((transaction) => store().renameOwner(transaction, from, to, 5));

  test('a preview is found by an id that nobody can guess, and an equal one keeps its id', async () => {
    const id = await store().keepPreview(aPreview());
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(await store().keepPreview(aPreview({ at: '2026-03-02T00:00:00.000Z' }))).toBe(id);
    await reopen();
    expect(await store().preview(id)).toEqual(aPreview({ at: '2026-03-02T00:00:00.000Z' }));
    const ids = [
      await store().keepPreview(aPreview({ policy: { before: 'o1', after: 'o3' } })),
      await store().keepPreview(aPreview({ owner: 'Other' })),
    ];
    expect(new Set([id, ...ids]).size).toBe(3);
    expect(await store().preview('AAAAAAAAAAAAAAAAAAAAAA')).toBeNull();
  });

  test('a preview is forgotten after 400 days', async () => {
    const id = await store().keepPreview(aPreview());
    at('2027-04-05T11:59:59.000Z');
    await store().purge(START);
    expect(await store().preview(id)).not.toBeNull();
    at('2027-04-05T12:00:01.000Z');
    await store().purge(START);
    expect(await store().preview(id)).toBeNull();
  });

  test('of what it is made for there is one preview, the latest, for 30 days', async () => {
    const about = 'pull-request:acme/.github#7';
    const id = await store().keepPreview(aPreview(), about);
    expect(await store().keepPreview(aPreview({ newFailures: 5 }), about)).toBe(id);
    expect(await store().preview(id)).toMatchObject({ newFailures: 5 });
    const others = [
      await store().keepPreview(aPreview(), 'pull-request:acme/.github#8'),
      await store().keepPreview(aPreview({ owner: 'Other' }), about),
      await store().keepPreview(aPreview()),
    ];
    expect(new Set([id, ...others]).size).toBe(4);
    at('2026-03-31T12:00:01.000Z');
    await store().purge(START);
    const left = await Promise.all([id, ...others].map(async (one) => (await store().preview(one)) !== null));
    expect(left).toEqual([false, false, false, true]);
  });

  test('what was decided of a version is forgotten after 400 days', async () => {
    const source = 'Acme/.github:.github/steward.yml';
    await store().admit(source, 'o1', { state: 'held', preview: null });
    at('2026-03-02T12:00:00.000Z');
    await store().admit(source, 'o2', { state: 'held', preview: null });
    at('2027-04-05T12:00:01.000Z');
    await store().purge(START);
    expect([await store().admission(source, 'o1'), (await store().admission(source, 'o2'))?.state]).toEqual([null, 'held']);
  });

  test('whether a version may come into force is told for each version, and can change', async () => {
    const source = 'Acme/.github:.github/steward.yml';
    expect(await store().admission(source, 'o1')).toBeNull();
    await store().admit(source, 'o1', { state: 'held', preview: 'p' });
    await store().admit(source, 'o2', { state: 'admitted', preview: null });
    expect(await store().admission(source, 'o1')).toEqual({ state: 'held', preview: 'p' });
    await store().admit(source, 'o1', { state: 'admitted', preview: 'p' });
    expect(await store().admission(source, 'o1')).toEqual({ state: 'admitted', preview: 'p' });
  });

  test('a baseline is written once and never changed', async () => {
    await store().keepSnapshot('Acme', 'pilot a', '2026-12-01', { dco: [1, 2] });
    await store().keepSnapshot('ACME', 'pilot a', '2026-12-02', { dco: [9, 9] });
    expect(await store().snapshot('acme', 'pilot a')).toEqual({ at: '2026-12-01', body: { dco: [1, 2] } });
    expect(await store().snapshot('acme', 'pilot b')).toBeNull();
  });

  test('issues and comments are found by the version of the policy that they were made because of', async () => {
    await store().keepPublication(pull(1), 'comment', 10, 'o1');
    await store().keepPublication({ kind: 'repository', owner: 'Acme', repo: 'Widget' }, 'issue', 20, 'o1');
    await store().keepPublication(pull(2), 'comment', 11, 'o2');
    await store().keepPublication(pull(3), 'comment', 12, null);
    await store().keepPublication(pull(1, 'Acme2'), 'comment', 13, 'o1');
    expect(await store().publicationsBy('acme', 'o1')).toEqual([
      { subject: pull(1), kind: 'comment', number: 10, at: START },
      { subject: { kind: 'repository', owner: 'Acme', repo: 'Widget' }, kind: 'issue', number: 20, at: START },
    ]);
  });

  test('what is found again keeps its cause; what somebody else made in its place has none', async () => {
    const causes = async () => (await store().publicationsBy('acme', 'o1')).map(({ number }) => number);
    await store().keepPublication(pull(1), 'comment', -1, 'o1');
    expect(await causes()).toEqual([]);
    at('2026-03-02T00:00:00.000Z');
    await store().keepPublication(pull(1), 'comment', 10);
    expect(await store().publicationsBy('acme', 'o1')).toMatchObject([{ number: 10, at: START }]);
    await store().keepPublication(pull(1), 'comment', 10);
    expect(await causes()).toEqual([10]);
    await store().keepPublication(pull(1), 'comment', 11);
    expect(await causes()).toEqual([]);
  });

  test('writes are counted for each account, and forgotten after a day', async () => {
    await store().noteWrite('Acme');
    at('2026-03-01T12:30:00.000Z');
    await store().noteWrite('acme');
    await store().noteWrite('Other');
    expect(await store().writesSince('ACME', START)).toEqual([START, '2026-03-01T12:30:00.000Z']);
    expect(await store().writesSince('acme', '2026-03-01T12:00:00.001Z')).toEqual(['2026-03-01T12:30:00.000Z']);
    at('2026-03-02T12:15:00.000Z');
    await store().purge('2026-02-01T00:00:00.000Z');
    expect(await store().writesSince('acme', START)).toEqual(['2026-03-01T12:30:00.000Z']);
  });

  test('a renamed account takes all of it along, and whoever takes the old name finds nothing', async () => {
    const source = '.github:.github/steward.yml';
    const id = await store().keepPreview(aPreview());
    await store().admit(`Acme/${source}`, 'o1', { state: 'held', preview: id });
    await store().keepSnapshot('Acme', 'pilot', '2026-12-01', 1);
    await store().keepPublication(pull(1), 'comment', 10, 'o1');
    await store().noteWrite('Acme');
    await renameOwner('Acme', 'Zeta');
    expect(await store().preview(id)).toMatchObject({
      owner: 'Zeta',
      rows: [{ subject: { owner: 'Zeta' } }, { subject: { owner: 'Other' } }],
    });
    const of = async (owner: string) => [
      await store().admission(`${owner}/${source}`, 'o1'),
      await store().snapshot(owner, 'pilot'),
      (await store().publicationsBy(owner, 'o1')).map(({ subject }) => subject),
      await store().writesSince(owner, START),
    ];
    expect(await of('Zeta')).toEqual([{ state: 'held', preview: id }, { at: '2026-12-01', body: 1 }, [pull(1, 'Zeta')], [START]]);
    expect(await of('Acme')).toEqual([null, null, [], []]);
    expect(await store().keepPreview(aPreview())).not.toBe(id);
  });

  test('a renamed account inherits nothing of another account that had its new name', async () => {
    const source = 'Zeta/.github:.github/steward.yml';
    const install = (owner: string, number: number) =>
      store().transaction((transaction) => store().keepInstallation(transaction, { owner, id: number, isSuspended: false }));
    await install('Zeta', 3);
    const id = await store().keepPreview(aPreview({ owner: 'Zeta' }));
    await store().admit(source, 'o1', { state: 'admitted', preview: id });
    await store().keepSnapshot('Zeta', 'pilot', '2026-01-01', 'theirs');
    await store().noteWrite('Zeta');
    await install('Acme', 5);
    await renameOwner('Acme', 'Zeta');
    expect([await store().preview(id), await store().admission(source, 'o1'), await store().snapshot('Zeta', 'pilot')]).toEqual([
      null,
      null,
      null,
    ]);
    expect(await store().writesSince('Zeta', START)).toEqual([]);
  });

  test('what is kept of both names of an account is, once, what came under the present one', async () => {
    await store().keepSnapshot('Acme', 'pilot', '2026-01-01', 'old');
    await store().admit('Acme/.github:p.yml', 'o1', { state: 'held', preview: null });
    await store().keepSnapshot('Zeta', 'pilot', '2026-02-01', 'new');
    await store().admit('Zeta/.github:p.yml', 'o1', { state: 'admitted', preview: null });
    await renameOwner('Acme', 'Zeta');
    expect(await store().snapshot('Zeta', 'pilot')).toEqual({ at: '2026-02-01', body: 'new' });
    expect(await store().admission('Zeta/.github:p.yml', 'o1')).toEqual({ state: 'admitted', preview: null });
  });

  test('a renamed repository takes along what was admitted of its policy', async () => {
    await store().admit('Acme/rules:p.yml', 'o1', { state: 'held', preview: null });
    await store().admit('Acme/taken:p.yml', 'o1', { state: 'admitted', preview: null });
    await store().transaction((transaction) =>
      store().renameRepository(transaction, { owner: 'Acme', repo: 'rules' }, { owner: 'Acme', repo: 'taken' }),
    );
    expect(await store().admission('Acme/taken:p.yml', 'o1')).toEqual({ state: 'held', preview: null });
    expect(await store().admission('Acme/rules:p.yml', 'o1')).toBeNull();
  });
});

describeOnBoth('whose policy extends a file', (kind) => {
  const { store } = stage(kind);
  const keep = (source: string, text: string, layer: PolicyFile['layer'] = 'organization') =>
    store().keepGoodPolicy({ layer, source, commit: null, oid: null, text });
  const org = (owner: string): string => `${owner}/.github:.github/steward.yml`;
  const base = 'Big/Base:.github/steward.yml';

  test('is told with the reference as they write it, whatever ref that has', async () => {
    await keep(org('Acme'), 'extends: Big/Base@v1\n');
    await keep(`${org('Acme')} extends ${base}@v1`, 'rules: {}', 'shared');
    await keep(`${org('Acme')} extends ${base}@v1 as`, `${base}@v1`, 'shared');
    await keep(org('Beta'), '{"extends": "big/base"}');
    await keep(`${org('Beta')} extends big/base:.github/steward.yml`, 'rules: {}', 'shared');
    await keep(org('Other'), 'extends: Big/Base:other.yml\n');
    await keep(`${org('Other')} extends Big/Base:other.yml`, 'rules: {}', 'shared');
    expect(await store().extendedBy('BIG/base:.github/steward.yml')).toEqual([
      { owner: 'Acme', reference: `${base}@v1` },
      { owner: 'Beta', reference: 'big/base:.github/steward.yml' },
    ]);
    expect(await store().extendedBy('Big/Base:.github/STEWARD.yml')).toEqual([]);
    expect(await store().extendedBy('not a file')).toEqual([]);
  });

  test('leaves out what a policy extended once, and repositories that extend it for themselves', async () => {
    await keep(org('Acme'), 'extends: Big/Base@v2\n');
    for (const ref of ['v1', 'v2']) await keep(`${org('Acme')} extends ${base}@${ref}`, 'rules: {}', 'shared');
    await keep('Beta/app:.github/steward.yml', 'extends: Big/Base\n', 'repository');
    await keep(`Beta/app:.github/steward.yml extends ${base}`, 'rules: {}', 'shared');
    expect(await store().extendedBy(base)).toEqual([{ owner: 'Acme', reference: `${base}@v2` }]);
  });

  test('sees through other policies between, and by the name that the file has now', async () => {
    await keep(org('Acme'), 'extends: Mid/Dle\n');
    await keep(`${org('Acme')} extends Mid/Dle:.github/steward.yml`, 'extends: Old/Base@v1', 'shared');
    await keep(`${org('Acme')} extends Old/Base:.github/steward.yml@v1`, 'rules: {}', 'shared');
    await keep(`${org('Acme')} extends Old/Base:.github/steward.yml@v1 as`, `${base}@v1`, 'shared');
    expect(await store().extendedBy(base)).toEqual([{ owner: 'Acme', reference: 'Old/Base:.github/steward.yml@v1' }]);
  });

  test('leaves out accounts that removed or suspended Steward', async () => {
    for (const owner of ['Acme', 'Beta', 'Gone']) {
      await keep(org(owner), 'extends: Big/Base\n');
      await keep(`${org(owner)} extends ${base}`, 'rules: {}', 'shared');
    }
    await store().transaction(async (transaction) => {
      await store().keepInstallation(transaction, { owner: 'Acme', id: 1, isSuspended: false });
      await store().keepInstallation(transaction, { owner: 'Beta', id: 2, isSuspended: true });
      await store().keepInstallation(transaction, { owner: 'Gone', id: 3, isSuspended: false });
      await store().removeInstallation(transaction, 'Gone');
    });
    expect((await store().extendedBy(base)).map(({ owner }) => owner)).toEqual(['Acme']);
  });

  test('follows the reader to its new name', async () => {
    await keep(org('Acme'), 'extends: Big/Base\n');
    await keep(`${org('Acme')} extends ${base}`, 'rules: {}', 'shared');
    await store().transaction((transaction) => store().renameOwner(transaction, 'Acme', 'Zeta', 5));
    expect(await store().extendedBy(base)).toEqual([{ owner: 'Zeta', reference: base }]);
  });
});
