/** What people say is kept with what they could see, decided once, and forgotten when it is no longer needed. */
import { expect, test } from '@jest/globals';
import { sha256 } from '../../src/facts/digest.ts';
import type { Subject } from '../../src/facts/subject.ts';
import type { Input } from '../../src/store/store.ts';
import type { Decision } from '../../src/verdict/said.ts';
import { describeOnBoth } from '../support/databases.ts';
import { aVerdict } from '../support/verdicts.ts';
import { stage } from './stage.ts';

const WIDGET = { owner: 'Acme', repo: 'widget' } as const;
const PULL = { kind: 'pull-request', ...WIDGET, number: 1 } as const;
const QUEUED = { kind: 'merge-group', ...WIDGET, number: 1, headSha: 'group' } as const;
const HEAD = { kind: 'head', ...WIDGET, sha: 'head' } as const;

const OLD = '2026-01-01T00:00:00.000Z';
const RETAINED = '2026-02-01T00:00:00.000Z';

function anInput(input: Partial<Input> = {}): Input {
  return {
    deliveryId: 'd1',
    kind: 'command',
    subject: PULL,
    accountId: 583231,
    login: 'octocat',
    text: '/steward override dco because we know the author',
    at: OLD,
    commentId: 4_503_599_627_370_497,
    url: 'https://github.com/acme/widget/pull/1#issuecomment-1',
    body: null,
    ...input,
  };
}

function aDecision(decision: Partial<Decision> = {}): Decision {
  return {
    outcome: 'accepted',
    reason: null,
    permission: 'maintain',
    covers: ['a', 'b'],
    at: '2026-03-01T00:00:00Z',
    ...decision,
  };
}

describeOnBoth('what was said', (kind) => {
  const { store, reopen } = stage(kind);
  const say = (...inputs: Input[]) =>
    store().transaction(async (transaction) => {
      for (const input of inputs) await store().keepInput(transaction, input);
    });
  const texts = async (subject: Parameters<ReturnType<typeof store>['said']>[0], sha: string) =>
    (await store().said(subject, sha)).map(({ text }) => text);
  const close = (subject: Subject) => store().transaction((transaction) => store().closeInputs(transaction, subject));

  test('it comes back whole, with the comment and its digest', async () => {
    const body = `\ud800 half, zero \0\r\n${'€'.repeat(60_000)}`;
    await say(anInput({ kind: 'sentence', body }));
    const [said] = await store().said(PULL, 'head');
    expect(said).toMatchObject({
      kind: 'sentence',
      accountId: 583231,
      login: 'octocat',
      at: OLD,
      commentId: 4_503_599_627_370_497,
      url: 'https://github.com/acme/widget/pull/1#issuecomment-1',
      body,
      digest: sha256(body),
      seen: null,
      decision: null,
    });
  });

  test('a comment beyond 65,536 characters is cut, and the digest is of what is kept', async () => {
    await say(anInput({ kind: 'sentence', body: 'x'.repeat(70_000) }));
    const [said] = await store().said(PULL, 'head');
    expect(said?.body).toHaveLength(65_536);
    expect(said?.digest).toBe(sha256('x'.repeat(65_536)));
  });

  test('it is kept with the verdict that stood when it was said, not with a later one', async () => {
    await say(anInput({ text: 'before any verdict' }));
    await store().keepVerdict(aVerdict({ subject: PULL, sha: 'first' }));
    await say(anInput({ text: 'after the first' }));
    await store().keepVerdict(aVerdict({ subject: PULL, sha: 'second' }));
    const seen = (await store().said(PULL, 'second')).map((said) => said.seen?.sha ?? null);
    expect(seen).toEqual([null, 'first']);
  });

  test('what arrives late is kept with the verdict that stood when it was written, to the second that GitHub tells', async () => {
    const judged = (sha: string, at: string) => store().keepVerdict(aVerdict({ subject: PULL, sha, at }));
    await judged('first', '2026-01-01T00:00:10.200Z');
    await judged('second', '2026-01-01T00:00:20.999Z');
    await judged('third', '2026-01-01T00:00:21.000Z');
    const at = (second: string) => anInput({ writtenAt: `2026-01-01T00:00:${second}Z` });
    await say(at('09'), at('10'), at('19'), at('20'), at('21'), anInput());
    const seen = (await store().said(PULL, 'third')).map((said) => said.seen?.sha ?? null);
    expect(seen).toEqual([null, 'first', 'first', 'second', 'third', 'third']);
  });

  test('once it is decided, the verdict is not loaded any more', async () => {
    await store().keepVerdict(aVerdict({ subject: PULL, sha: 'first' }));
    await say(anInput());
    const [said] = await store().said(PULL, 'first');
    expect(said?.seen).not.toBeNull();
    await store().decide(said!.id, aDecision());
    expect((await store().said(PULL, 'first'))[0]).toMatchObject({ seen: null, decision: aDecision() });
  });

  test('a decision is made once, also when it is made twice, and survives a restart', async () => {
    await say(anInput());
    const [said] = await store().said(PULL, 'head');
    await store().decide(said!.id, aDecision({ reason: 'first' }));
    await store().decide(said!.id, aDecision({ outcome: 'refused', reason: 'second' }));
    await reopen();
    expect((await store().said(PULL, 'head'))[0]?.decision).toEqual(aDecision({ reason: 'first' }));
  });

  test('a pull request gets the buttons pressed on its commit, and shares what was said with its place in a merge queue', async () => {
    await say(
      anInput({ text: 'on the pull request' }),
      anInput({ kind: 'action', subject: HEAD, text: 'on the commit' }),
      anInput({ kind: 'action', subject: { ...HEAD, sha: 'group' }, text: 'on the group' }),
      anInput({ kind: 'action', subject: { ...HEAD, sha: 'another' }, text: 'on another commit' }),
      anInput({ subject: { ...PULL, number: 2 }, text: 'on another pull request' }),
      anInput({ subject: { kind: 'repository', ...WIDGET }, text: 'on the repository' }),
    );
    expect(await texts(PULL, 'head')).toEqual(['on the pull request', 'on the commit']);
    expect(await texts(QUEUED, 'group')).toEqual(['on the pull request', 'on the group']);
    expect(await texts({ kind: 'repository', ...WIDGET }, 'head')).toEqual(['on the repository']);
  });

  test('of a closed pull request only what was accepted outlives the retention', async () => {
    await say(
      anInput({ text: 'undecided' }),
      anInput({ text: 'refused' }),
      anInput({ kind: 'sentence', text: 'accepted', body: 'I do.' }),
    );
    const [, refused, accepted] = await store().said(PULL, 'head');
    await store().decide(refused!.id, aDecision({ outcome: 'refused' }));
    await store().decide(accepted!.id, aDecision());
    await store().purge(RETAINED);
    expect(await texts(PULL, 'head')).toEqual(['undecided', 'refused', 'accepted']);
    await close(PULL);
    await store().purge(RETAINED);
    expect(await store().said(PULL, 'head')).toMatchObject([{ text: 'accepted', body: 'I do.' }]);
  });

  test('a sentence that nobody could decide on outlives the retention, and its pull request is found', async () => {
    const other = { ...PULL, number: 2 };
    const sentence = { kind: 'sentence', body: 'I do.' } as const;
    await say(
      anInput(sentence),
      anInput(sentence),
      anInput({ ...sentence, subject: other }),
      anInput({ subject: { ...PULL, number: 3 } }),
    );
    const [decided] = await store().said(other, 'head');
    await store().decide(decided!.id, aDecision({ outcome: 'refused' }));
    await close(PULL);
    await close(other);
    await store().purge(RETAINED);
    const found = { ...PULL, owner: 'acme' };
    expect(await store().undecided('', RETAINED)).toEqual([found]);
    expect(await store().undecided(OLD, RETAINED)).toEqual([found]);
    expect(await store().undecided('', OLD)).toEqual([]);
    expect(await store().undecided(RETAINED, '2027')).toEqual([]);
    expect(await store().said(other, 'head')).toEqual([]);
  });

  test('a pull request that is opened again keeps what was said about it', async () => {
    await say(anInput());
    await close(PULL);
    await store().transaction((transaction) => store().reopenInputs(transaction, PULL));
    await store().purge(RETAINED);
    expect(await store().said(PULL, 'head')).toHaveLength(1);
  });

  test('buttons and what was said about a repository are forgotten by age', async () => {
    const subjects = [HEAD, { kind: 'repository', ...WIDGET }] as const;
    for (const subject of subjects)
      await say(anInput({ subject, kind: 'action' }), anInput({ subject, kind: 'action', at: RETAINED }));
    await store().purge(RETAINED);
    for (const subject of subjects) expect((await store().inputs(subject)).map(({ at }) => at)).toEqual([RETAINED]);
  });

  test('it follows a repository to its new name', async () => {
    await store().keepVerdict(aVerdict({ subject: PULL, sha: 'head' }));
    await say(anInput(), anInput({ kind: 'action', subject: HEAD }));
    await store().transaction((transaction) => store().renameRepository(transaction, WIDGET, { owner: 'Zeta', repo: 'Gadget' }));
    const moved = { ...PULL, owner: 'Zeta', repo: 'Gadget' };
    const said = await store().said(moved, 'head');
    expect(said).toHaveLength(2);
    expect(said[0]?.seen?.subject).toEqual(moved);
    expect(await store().said(PULL, 'head')).toEqual([]);
  });
});
