/** What it takes to judge a subject again is stored with it, for as long as that may be needed. */
import { expect, test } from '@jest/globals';
import { known } from '../../src/facts/answer.ts';
import type { Judged, PullRequestSubject, RepositorySubject } from '../../src/facts/subject.ts';
import { describeOnBoth } from '../support/databases.ts';
import { aFinding, aRepositoryVerdict, aRuleVerdict, keeping } from '../support/verdicts.ts';
import { stage, START } from './stage.ts';

const repository = (repo: string, owner = 'Acme'): RepositorySubject => ({ kind: 'repository', owner, repo });
const pull = (number: number, owner = 'Acme'): PullRequestSubject => ({ kind: 'pull-request', owner, repo: 'Widget', number });

describeOnBoth('what is stored of an account', (kind) => {
  const { store, at, raw } = stage(kind);
  const keep = (subject: Judged, sha = 's') => store().keepFacts(keeping(subject, sha));
  const stored = async (owner = 'Acme') => (await store().stored(owner, null, 100)).map(({ subject }) => subject);
  const merged = async (since: string) =>
    (await store().storedMerged('acme', since, null, 100)).map(({ subject }) => (subject as PullRequestSubject).number);
  const judged = (outcome: 'fail' | 'pass' | 'unknown', enforce: 'block' | 'warn' | 'observe' = 'block', repo = 'Widget') =>
    store().keepVerdict(
      aRepositoryVerdict({
        subject: repository(repo),
        rules: [aRuleVerdict({ on: 'repository', enforce, findings: [aFinding({ outcome })] })],
      }),
    );
  const hasIssue = async () => (await store().stored('Acme', null, 100))[0]?.hasIssue;

  test('comes back whole, under the name as it is written, and nothing of another account', async () => {
    const circumstances = {
      ...keeping(pull(1), 's').circumstances,
      title: 'Half \ud800, zero \0',
      author: 'ada',
      baseRef: 'main',
    };
    const overrides = [
      {
        ...{ rule: 'dco', by: { login: 'bob', accountId: 2 }, permission: 'admin', reason: 'Fine.', at: START },
        url: null,
        covers: ['c1'],
      },
    ];
    const facts = { description: known('text') };
    await store().keepFacts(keeping(pull(1), 'sha1', facts, { circumstances, overrides, isPrivate: true, hasOwnPolicy: false }));
    await keep(repository('other', 'Acme2'));
    expect(await store().stored('ACME', null, 100)).toEqual([
      {
        ...{ key: 'pull-request:acme/widget#1', subject: pull(1), sha: 'sha1', facts, circumstances, overrides, isPrivate: true },
        ...{ hasOwnPolicy: false, hasIssue: false, state: 'open', at: START },
      },
    ]);
  });

  test('is read a page at a time, each subject once', async () => {
    for (const repo of ['e', 'a', 'd', 'b', 'c']) await keep(repository(repo));
    await keep(pull(7));
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await store().stored('acme', after, 2);
      seen.push(...page.map(({ key }) => key));
      after = page.at(-1)?.key ?? null;
      if (after === null) break;
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
    expect([...seen].sort()).toEqual(seen);
    expect((await store().storedSubjects('acme')).map(({ repo }) => repo)).toEqual(['Widget', 'a', 'b', 'c', 'd', 'e']);
  });

  test('leaves out facts of an older version, which do not say enough, until they are kept anew', async () => {
    await raw(
      "insert into facts (subject_key, repo_key, sha, body) values ('repository:acme/widget', 'acme/widget', 'old', '{}')",
    );
    expect([await stored(), await store().storedSubjects('acme')]).toEqual([[], []]);
    expect((await store().facts(repository('Widget')))?.sha).toBe('old');
    await store().closeFacts(repository('Widget'), 'closed');
    await keep(repository('Widget'));
    expect(await stored()).toEqual([repository('Widget')]);
  });

  test('does not hold a repository that is gone, nor its pull requests, until it is judged again', async () => {
    await keep(repository('Widget'));
    for (const number of [1, 2]) await keep(pull(number));
    await store().closeFacts(pull(2), 'merged');
    await store().closeFacts(repository('Widget'), 'closed');
    expect(await stored()).toEqual([]);
    await keep(repository('Widget'), 'back');
    expect(await stored()).toEqual([repository('Widget')]);
  });

  test('does not hold pull requests that were merged or closed, unless they were opened again', async () => {
    for (const number of [1, 2, 3]) await keep(pull(number));
    await store().closeFacts(pull(1), 'merged');
    await store().closeFacts(pull(2), 'closed');
    await store().closeFacts(pull(9), 'merged');
    expect(await stored()).toEqual([pull(3)]);
    await keep(pull(2), 'reopened');
    expect(await stored()).toEqual([pull(2), pull(3)]);
  });

  test('stays merged when it is told that the same pull request was closed, before or after', async () => {
    for (const number of [1, 2]) await keep(pull(number));
    for (const state of ['merged', 'closed'] as const) await store().closeFacts(pull(1), state);
    for (const state of ['closed', 'merged'] as const) await store().closeFacts(pull(2), state);
    expect(await merged(START)).toEqual([1, 2]);
  });

  test('tells which pull requests were merged since, by when that was heard first', async () => {
    for (const number of [1, 2, 3]) await keep(pull(number));
    await store().closeFacts(pull(1), 'merged');
    at('2026-04-01T00:00:00.000Z');
    for (const number of [1, 2]) await store().closeFacts(pull(number), 'merged');
    await store().closeFacts(pull(3), 'closed');
    expect([await merged('2026-01-01T00:00:00.000Z'), await merged('2026-04-01T00:00:00.000Z')]).toEqual([[1, 2], [2]]);
    expect(
      (await store().storedMerged('acme', START, 'pull-request:acme/widget#1', 5)).map(({ key, state }) => [key, state]),
    ).toEqual([['pull-request:acme/widget#2', 'merged']]);
  });

  test('says that an issue is open when there is one and the last verdict wishes it open', async () => {
    await keep(repository('Widget'));
    await judged('fail');
    expect(await hasIssue()).toBe(false);
    await store().keepPublication(repository('Widget'), 'issue', -1);
    expect(await hasIssue()).toBe(false);
    await store().keepPublication(repository('Widget'), 'issue', 12);
    expect(await hasIssue()).toBe(true);
    await judged('unknown');
    expect(await hasIssue()).toBe(true);
    await judged('fail', 'observe');
    expect(await hasIssue()).toBe(false);
    await judged('fail', 'warn');
    expect(await hasIssue()).toBe(true);
    await judged('pass');
    expect(await hasIssue()).toBe(false);
  });

  test('learns of the issue also from a verdict that an older version kept', async () => {
    await keep(repository('Widget'));
    await store().keepPublication(repository('Widget'), 'issue', 12);
    await judged('fail');
    await raw('update verdicts set issue = null');
    expect(await hasIssue()).toBe(false);
    await judged('fail');
    expect(await hasIssue()).toBe(true);
    expect(await store().verdictsAfter('acme', 'widget', 0, 10)).toHaveLength(1);
  });

  test('follows a repository that is transferred, and an account that gets another name', async () => {
    await keep(repository('Widget'));
    await keep(pull(1));
    await store().closeFacts(pull(1), 'merged');
    await store().transaction((transaction) =>
      store().renameRepository(transaction, { owner: 'Acme', repo: 'Widget' }, { owner: 'Beta', repo: 'Gadget' }),
    );
    expect([await stored(), await stored('Beta')]).toEqual([[], [repository('Gadget', 'Beta')]]);
    await store().transaction((transaction) => store().renameOwner(transaction, 'Beta', 'Zeta', 5));
    expect([await stored('Beta'), await stored('Zeta')]).toEqual([[], [repository('Gadget', 'Zeta')]]);
    expect((await store().storedMerged('zeta', START, null, 9)).map(({ subject }) => subject)).toEqual([
      { kind: 'pull-request', owner: 'Zeta', repo: 'Gadget', number: 1 },
    ]);
  });

  test('is forgotten 400 days after a pull request was closed, and 400 days after it was kept where Steward was removed', async () => {
    const install = (owner: string, id: number) =>
      store().transaction((transaction) => store().keepInstallation(transaction, { owner, id, isSuspended: false }));
    await install('Acme', 1);
    await install('Gone', 2);
    await keep(repository('old'));
    await keep(repository('left', 'Gone'));
    for (const number of [1, 2, 3]) await keep(pull(number));
    await store().closeFacts(pull(1), 'merged');
    await store().transaction((transaction) => store().removeInstallation(transaction, 'Gone'));
    at('2026-03-02T12:00:00.000Z');
    await store().closeFacts(pull(2), 'merged');
    at('2027-04-05T12:00:00.001Z');
    await store().purge('2027-03-01T00:00:00.000Z');
    expect([await stored(), await stored('Gone'), await merged(START)]).toEqual([[pull(3), repository('old')], [], [2]]);
  });
});
