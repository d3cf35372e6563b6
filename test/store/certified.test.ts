/** What stays accepted after a merge, which agreements are kept, and who is waited for. */
import { expect, test } from '@jest/globals';
import { words } from '../../src/facts/words.ts';
import type { KeptAgreement } from '../../src/facts/register.ts';
import type { PullRequestSubject } from '../../src/facts/subject.ts';
import { newestOf } from '../../src/server/cla/standing.ts';
import { describeOnBoth } from '../support/databases.ts';
import { aFinding, aPass, aRuleVerdict, aVerdict } from '../support/verdicts.ts';
import { ADA, BOB, signed } from './entries.ts';
import { stage } from './stage.ts';

const pull = (number: number, repo = 'widget'): PullRequestSubject => ({ kind: 'pull-request', owner: 'Acme', repo, number });
const sha = (digit: number): string => String(digit).repeat(40);

function anAgreement(agreement: Partial<KeptAgreement> = {}): KeptAgreement {
  return {
    agreement: 'acme/cla',
    version: '1.0',
    title: 'Acme CLA \0',
    kind: 'individual',
    source: 'acme/.github:CLA.md',
    text: 'You keep your rights. \ud800',
    digest: 'd'.repeat(64),
    at: '2026-01-01T00:00:00.000Z',
    ...agreement,
  };
}

describeOnBoth('certifications', (kind) => {
  const { store } = stage(kind);
  const merge = (number: number, headSha: string, mergeSha: string | null) =>
    store().transaction((transaction) =>
      store().certifyMerged(transaction, pull(number), { headSha, baseRef: 'main', mergeSha }),
    );
  const widget = { owner: 'ACME', repo: 'Widget' };
  const gadget = { owner: 'acme', repo: 'gadget' };
  const rename = (to: { owner: string; repo: string }) =>
    store().transaction((transaction) => store().renameRepository(transaction, { owner: 'Acme', repo: 'widget' }, to));
  const signedOff = (...commits: string[]) =>
    aRuleVerdict({ findings: commits.map((commit) => aPass(words`Signed off.`, commit)), options: 'these' });

  test('commits that were accepted when they were merged stay so in their repository, and under the same options in every other of the owner', async () => {
    await store().keepVerdict(aVerdict({ subject: pull(1), sha: sha(2), rules: [signedOff(sha(1), sha(2))] }));
    await merge(1, sha(2), sha(3));
    await merge(1, sha(2), sha(3));
    const asked = [sha(4), sha(3), sha(2), sha(1)];
    const accepted = [sha(3), sha(2), sha(1)];
    expect(await store().certified(widget, asked, 'these')).toEqual(accepted);
    expect(await store().certified(widget, asked, 'other options')).toEqual(accepted);
    expect(await store().certified(gadget, asked, 'these')).toEqual(accepted);
    expect(await store().certified(gadget, asked, 'other options')).toEqual([]);
    expect(await store().certified({ owner: 'zeta', repo: 'widget' }, asked, 'these')).toEqual([]);
  });

  test('what another branch took is accepted by the same options only, until the default branch takes it', async () => {
    const judged = (baseRef: string) => ({
      ...aVerdict({ subject: pull(1), sha: sha(1), rules: [signedOff(sha(1))] }),
      circumstances: { ...aVerdict().circumstances, baseRef },
    });
    const into = async (baseRef: string): Promise<void> => {
      await store().keepVerdict(judged(baseRef));
      await store().transaction((transaction) =>
        store().certifyMerged(transaction, pull(1), { headSha: sha(1), baseRef, mergeSha: null }),
      );
    };
    const accepted = async () => [
      ...(await store().certified(widget, [sha(1)], 'other options')),
      ...(await store().certified(widget, [sha(1)], 'these')),
    ];
    await into('release');
    expect(await accepted()).toEqual([sha(1)]);
    await into('main');
    await into('release');
    expect(await accepted()).toEqual([sha(1), sha(1)]);
  });

  test('what was accepted follows its repository to the new name, and stays with the owner by whose policy it was', async () => {
    await store().keepVerdict(aVerdict({ subject: pull(1), sha: sha(1), rules: [signedOff(sha(1))] }));
    await merge(1, sha(1), null);
    const moved = { owner: 'Zeta', repo: 'Gizmo' };
    await rename(moved);
    expect(await store().certified(moved, [sha(1)], 'other options')).toEqual([sha(1)]);
    expect(await store().certified({ ...moved, repo: 'other' }, [sha(1)], 'these')).toEqual([]);
    expect(await store().certified(widget, [sha(1)], 'other options')).toEqual([]);
    expect(await store().certified(gadget, [sha(1)], 'these')).toEqual([sha(1)]);
  });

  test('what was accepted in a repository that lost its name is not so in the one that takes the name', async () => {
    await store().keepVerdict(aVerdict({ subject: pull(1, 'gadget'), sha: sha(1), rules: [signedOff(sha(1))] }));
    await store().transaction((transaction) =>
      store().certifyMerged(transaction, pull(1, 'gadget'), { headSha: sha(1), baseRef: 'main', mergeSha: null }),
    );
    await rename(gadget);
    expect(await store().certified(gadget, [sha(1)], 'other options')).toEqual([]);
  });

  test('nothing is accepted by a verdict of another commit, or without one', async () => {
    await store().keepVerdict(aVerdict({ subject: pull(1), sha: sha(1), rules: [signedOff(sha(1))] }));
    await store().keepVerdict(aVerdict({ subject: pull(1), sha: sha(2), rules: [aRuleVerdict()] }));
    await merge(1, sha(1), sha(3));
    await merge(2, sha(1), sha(3));
    expect(await store().certified(widget, [sha(1), sha(3)], 'these')).toEqual([]);
  });

  test('a thousand commits are accepted at once, and asked for at once', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => index.toString(16).padStart(40, '0'));
    await store().keepVerdict(aVerdict({ subject: pull(1), sha: sha(9), rules: [signedOff(...many)] }));
    await merge(1, sha(9), null);
    expect(await store().certified(gadget, many, 'these')).toEqual(many);
  });

  test('a version of an agreement stays as it was first kept', async () => {
    await store().keepAgreement(anAgreement());
    await store().keepAgreement(anAgreement({ text: 'You give up your rights.' }));
    expect(await store().agreement('acme/cla', '1.0')).toEqual(anAgreement());
    expect(await store().agreement('acme/cla', '1.1')).toBeNull();
  });

  test('the version in force is the one that was seen last: a higher one may have been a mistake', async () => {
    const [right, wrong] = [anAgreement({ version: '2.0' }), anAgreement({ version: '20.0', at: '2026-02-01T00:00:00Z' })];
    for (const one of [right, wrong, { ...right, seen: '2026-03-01T00:00:00Z' }]) await store().keepAgreement(one);
    expect(await store().agreement('acme/cla', '2.0')).toEqual({ ...right, seen: '2026-03-01T00:00:00Z' });
    expect(newestOf(await store().agreementVersions('acme/cla'))?.version).toBe('2.0');
    expect((await store().agreementsOf('acme')).map(({ version }) => version)).toEqual(['2.0']);
    await store().keepAgreement({ ...right, seen: '2026-02-15T00:00:00Z' });
    expect((await store().agreement('acme/cla', '2.0'))?.seen).toBe('2026-03-01T00:00:00Z');
  });

  test('the versions of an agreement are told oldest first, those of an account by the highest', async () => {
    const versions = ['1.9', '1.10', '2.0'].map((version, day) => anAgreement({ version, at: `2026-01-0${day + 1}T00:00:00Z` }));
    for (const version of versions.toReversed()) await store().keepAgreement(version);
    await store().keepAgreement(anAgreement({ agreement: 'acme/widget/cla' }));
    await store().keepAgreement(anAgreement({ agreement: 'acme-labs/cla' }));
    expect(await store().agreementVersions('acme/cla')).toEqual(versions);
    const all = await store().agreementsOf('Acme');
    expect(all.map(({ agreement, version }) => `${agreement} ${version}`)).toEqual(['acme/cla 2.0', 'acme/widget/cla 1.0']);
  });

  test('the agreements of a repository follow it to its new name, and those of the name it takes are set aside', async () => {
    await store().keepAgreement(anAgreement({ agreement: 'acme/widget/cla', title: 'Ours' }));
    await store().keepAgreement(anAgreement({ agreement: 'acme/gadget/cla', title: 'Theirs' }));
    await store().transaction((transaction) =>
      store().renameRepository(transaction, { owner: 'Acme', repo: 'Widget' }, { owner: 'Acme', repo: 'Gadget' }),
    );
    expect((await store().agreement('acme/gadget/cla', '1.0'))?.title).toBe('Ours');
    expect(await store().agreement('acme/widget/cla', '1.0')).toBeNull();
    expect((await store().agreement('former:acme/gadget/cla', '1.0'))?.title).toBe('Theirs');
  });

  const waitingFor = (number: number, ...accounts: number[]) =>
    aVerdict({
      subject: pull(number),
      sha: accounts.join(),
      rules: [
        aRuleVerdict({
          id: 'cla',
          findings: accounts.map((accountId) => aFinding({ about: `account:${accountId}`, accountId })),
        }),
      ],
    });

  test('a pull request waits for those who have not signed, as its last verdict says', async () => {
    await store().keepVerdict(waitingFor(1, 101, 102));
    await store().keepVerdict(waitingFor(2, 101));
    await store().keepVerdict(waitingFor(1, 102));
    expect(await store().awaiting(101)).toEqual([pull(2)]);
    expect(await store().awaiting(102)).toEqual([pull(1)]);
    expect(await store().awaiting(103)).toEqual([]);
  });

  test('who signed while a pull request waited is found, so that a process that ended in between catches up', async () => {
    await store().keepVerdict(waitingFor(1, 101, 102, 103));
    await store().enter(signed(ADA, { at: '2026-03-02T08:00:00.000Z' }));
    await store().enter(signed(BOB, { at: '2026-03-01T08:00:00.000Z' }));
    expect(await store().signedMeanwhile('2026-03-02T00:00:00.000Z')).toEqual([101]);
    await store().keepVerdict(waitingFor(1, 102, 103));
    expect(await store().signedMeanwhile('2026-03-02T00:00:00.000Z')).toEqual([]);
  });

  test('nobody is waited for by what passes, what the base has too, another rule, or a merge queue', async () => {
    const findings = [
      aFinding({ about: 'a', accountId: 101, outcome: 'pass' }),
      aFinding({ about: 'b', accountId: 101, isExisting: true }),
      aFinding({ about: 'c' }),
    ];
    await store().keepVerdict(aVerdict({ subject: pull(1), rules: [aRuleVerdict({ id: 'cla', findings })] }));
    const failing = [aFinding({ accountId: 101 })];
    await store().keepVerdict(aVerdict({ subject: pull(2), rules: [aRuleVerdict({ id: 'dco', findings: failing })] }));
    const queued = { ...pull(3), kind: 'merge-group', headSha: 'g' } as const;
    await store().keepVerdict(aVerdict({ subject: queued, rules: [aRuleVerdict({ id: 'cla', findings: failing })] }));
    expect(await store().awaiting(101)).toEqual([]);
  });

  test('a closed pull request waits for nobody, and waits again once it is open and judged as before', async () => {
    await store().keepVerdict(waitingFor(1, 101));
    await store().transaction((transaction) => store().closeInputs(transaction, pull(1)));
    expect(await store().awaiting(101)).toEqual([]);
    await store().keepVerdict(waitingFor(1, 101));
    expect(await store().awaiting(101)).toEqual([pull(1)]);
  });

  test('a pull request that waits follows its repository to the new name', async () => {
    await store().keepVerdict(waitingFor(1, 101));
    await store().transaction((transaction) =>
      store().renameRepository(transaction, { owner: 'Acme', repo: 'widget' }, { owner: 'Acme', repo: 'Gadget' }),
    );
    expect(await store().awaiting(101)).toEqual([pull(1, 'Gadget')]);
  });
});
