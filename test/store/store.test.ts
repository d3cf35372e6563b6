/** The store keeps what it is given, on both databases alike. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { known, unknown, type Answer } from '../../src/facts/answer.ts';
import type { Judged, PullRequestSubject } from '../../src/facts/subject.ts';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import type { Delivery, Input } from '../../src/store/store.ts';
import type { PolicyFile } from '../../src/policy/policy.ts';
import { describeOnBoth, type Place } from '../support/databases.ts';
import { aVerdict, keeping } from '../support/verdicts.ts';

const pull = (number: number, repo = 'widget'): PullRequestSubject => ({ kind: 'pull-request', owner: 'Acme', repo, number });
const repository: Judged = { kind: 'repository', owner: 'Acme', repo: 'widget' };

function aDelivery(delivery: Partial<Delivery> = {}): Delivery {
  return { id: 'd1', event: 'pull_request', action: 'opened', owner: 'Acme', at: '2026-03-01T12:00:00.000Z', ...delivery };
}

function anInput(input: Partial<Input> = {}): Input {
  return {
    deliveryId: 'd1',
    kind: 'command',
    subject: pull(1),
    accountId: 583231,
    login: 'octocat',
    text: '/steward recheck',
    at: '2026-03-01T12:00:00.000Z',
    commentId: null,
    url: null,
    body: null,
    ...input,
  };
}

function aPolicy(policy: Partial<PolicyFile> = {}): PolicyFile {
  return {
    layer: 'repository',
    source: 'Acme/widget:.github/steward.yml',
    commit: 'c1',
    oid: 'o1',
    text: 'rules: {}\n',
    ...policy,
  };
}

describeOnBoth('store', (kind) => {
  let place: Place;
  let store: Memory;
  let now = new Date('2026-03-01T12:00:00.000Z');

  beforeAll(async () => {
    place = await kind.create();
  });
  beforeEach(async () => {
    await place.empty();
    now = new Date('2026-03-01T12:00:00.000Z');
    store = await openStore({ ...place, now: () => now });
  });
  afterEach(async () => {
    await store.close();
  });
  afterAll(() => place.remove());
  const reopen = async (): Promise<void> => {
    await store.close();
    store = await openStore({ ...place, now: () => now });
  };

  test('the mode follows from the settings', () => {
    expect(store.mode).toBe(kind.name === 'SQLite' ? 'embedded' : 'scale');
  });

  test('a delivery is recorded once, and is still there after a restart', async () => {
    const record = () => store.transaction((transaction) => store.recordDelivery(transaction, aDelivery()));
    expect([await record(), await record()]).toEqual([true, false]);
    await reopen();
    expect([await store.hasDelivery('d1'), await store.hasDelivery('d2'), await record()]).toEqual([true, false, false]);
  });

  test('a transaction that throws leaves neither delivery, input nor job', async () => {
    const work = store.transaction(async (transaction) => {
      await store.recordDelivery(transaction, aDelivery());
      await store.keepInput(transaction, anInput());
      await store.jobs.enqueue(transaction, [{ subject: pull(1) }]);
      throw new Error('the disk is on fire');
    });
    await expect(work).rejects.toThrow('the disk is on fire');
    expect(await store.hasDelivery('d1')).toBe(false);
    expect(await store.inputs(pull(1))).toEqual([]);
    expect(await store.jobs.counts()).toMatchObject({ waiting: 0, running: 0, dead: 0 });
  });

  test('a call inside a transaction belongs to it, even when it is not handed the transaction', async () => {
    const seen = await store.transaction(async (transaction) => {
      await store.recordDelivery(transaction, aDelivery());
      return store.hasDelivery('d1');
    });
    expect(seen).toBe(true);
    const failed = store.transaction(async () => {
      await store.keepBlob('o1', 'text');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await store.blob('o1')).toBeNull();
  });

  test('anything but a transaction of the store is refused', async () => {
    await expect(store.recordDelivery({}, aDelivery())).rejects.toThrow('This is not a transaction of the store.');
  });

  test('what people said is given back in the order they said it, whatever characters it holds', async () => {
    const said = [
      anInput(),
      anInput({ deliveryId: 'd2', kind: 'action', text: 'zero \0, half \ud800, quote \' " and 😀', login: 'ada' }),
    ];
    await store.transaction(async (transaction) => {
      for (const input of said) await store.keepInput(transaction, input);
      await store.keepInput(transaction, anInput({ subject: pull(2) }));
    });
    expect(await store.inputs(pull(1))).toEqual(said);
  });

  test('a command longer than 4,096 characters is cut', async () => {
    await store.transaction((transaction) => store.keepInput(transaction, anInput({ text: 'x'.repeat(5_000) })));
    expect((await store.inputs(pull(1)))[0]?.text).toHaveLength(4_096);
  });

  test('installations are found by account in any spelling', async () => {
    await store.transaction(async (transaction) => {
      await store.keepInstallation(transaction, { owner: 'Acme', id: 1, isSuspended: false });
      await store.keepInstallation(transaction, { owner: 'acme', id: 1, isSuspended: true });
      await store.keepInstallation(transaction, { owner: 'Zeta', id: 4_503_599_627_370_497, isSuspended: false });
    });
    expect(await store.installation('ACME')).toEqual({ owner: 'acme', id: 1, isSuspended: true });
    expect((await store.installations()).map((each) => each.id)).toEqual([1, 4_503_599_627_370_497]);
    await store.transaction((transaction) => store.removeInstallation(transaction, 'acme'));
    expect(await store.installation('Acme')).toBeNull();
  });

  test('an account that was renamed keeps one installation, under its new name', async () => {
    await store.transaction(async (transaction) => {
      await store.keepInstallation(transaction, { owner: 'old', id: 7, isSuspended: false });
      await store.keepInstallation(transaction, { owner: 'new', id: 7, isSuspended: false });
    });
    expect(await store.installations()).toEqual([{ owner: 'new', id: 7, isSuspended: false }]);
  });

  test('the last good policy of a source replaces the one before', async () => {
    await store.keepGoodPolicy(aPolicy());
    await store.keepGoodPolicy(aPolicy({ commit: null, oid: null, text: 'rules:\n  dco: { enforce: warn } # \0\n' }));
    expect(await store.goodPolicy('Acme/widget:.github/steward.yml')).toEqual(
      aPolicy({ commit: null, oid: null, text: 'rules:\n  dco: { enforce: warn } # \0\n' }),
    );
    expect(await store.goodPolicy('baseline')).toBeNull();
    await store.forgetGoodPolicy('Acme/widget:.github/steward.yml');
    expect(await store.goodPolicy('Acme/widget:.github/steward.yml')).toBeNull();
  });

  test('the text of a blob comes back as it was, control characters included', async () => {
    const text = `\ufefffirst\r\n\0\ud800${'ä'.repeat(100_000)}`;
    await store.keepBlob('o1', text);
    await store.keepBlob('o1', text);
    expect(await store.blob('o1')).toBe(text);
    expect(await store.blob('o2')).toBeNull();
  });

  test('the number of a comment is kept apart from that of an issue', async () => {
    await store.keepPublication(pull(1), 'comment', 10);
    await store.keepPublication(pull(1), 'issue', 20);
    await store.keepPublication(pull(1), 'comment', 30);
    expect(await store.publication(pull(1), 'comment')).toBe(30);
    expect(await store.publication(pull(1), 'issue')).toBe(20);
    expect(await store.publication(pull(2), 'comment')).toBeNull();
  });

  test('the last verdict of a subject is the one given last, and comes back whole', async () => {
    const verdict = aVerdict({ subject: pull(1) });
    await store.keepVerdict(aVerdict({ subject: pull(1), sha: 'older' }));
    await store.keepVerdict(verdict);
    expect(await store.lastVerdict(pull(1))).toEqual(verdict);
    expect(await store.lastVerdict({ ...pull(1), owner: 'ACME' })).toEqual(verdict);
    expect(await store.lastVerdict(pull(2))).toBeNull();
  });

  test('a verdict that differs in its time only is not written again; one that went back to what it was is', async () => {
    const verdict = aVerdict({ subject: pull(1) });
    await store.keepVerdict(verdict);
    await store.keepVerdict({ ...verdict, at: '2026-03-02T00:00:00.000Z' });
    expect((await store.lastVerdict(pull(1)))?.at).toBe(verdict.at);
    await store.keepVerdict({ ...verdict, at: '2026-03-03T00:00:00.000Z', conclusion: 'failure' });
    await store.keepVerdict({ ...verdict, at: '2026-03-04T00:00:00.000Z' });
    expect((await store.lastVerdict(pull(1)))?.at).toBe('2026-03-04T00:00:00.000Z');
  });

  test('the verdicts on a commit are those of pull requests whose last verdict is on it', async () => {
    await store.keepVerdict(aVerdict({ subject: pull(1), sha: 'shared' }));
    await store.keepVerdict(aVerdict({ subject: pull(2), sha: 'shared', conclusion: 'failure' }));
    await store.keepVerdict(aVerdict({ subject: pull(3), sha: 'shared' }));
    await store.keepVerdict(aVerdict({ subject: pull(3), sha: 'moved-on' }));
    await store.keepVerdict(aVerdict({ subject: pull(4, 'other'), sha: 'shared' }));
    await store.keepVerdict(aVerdict({ subject: repository, sha: 'shared' }));
    const found = await store.verdictsAt('acme', 'WIDGET', 'shared');
    expect(found.map(({ subject, conclusion }) => ({ subject, conclusion }))).toEqual([
      { subject: pull(1), conclusion: 'success' },
      { subject: pull(2), conclusion: 'failure' },
    ]);
  });

  test('facts are kept as the last ones asked for', async () => {
    await store.keepFacts(keeping(repository, 'sha1', { description: known('old') }));
    await store.keepFacts(keeping(repository, 'sha2', { description: known('new'), readme: unknown('GitHub did not answer') }));
    expect(await store.facts(repository)).toEqual({
      sha: 'sha2',
      facts: { description: known('new'), readme: unknown('GitHub did not answer') },
    });
    expect(await store.facts(pull(1))).toBeNull();
  });

  test('facts beyond 64 kB lose their largest answers, which say so', async () => {
    // Three bytes a character: the bound counts bytes.
    const facts: Record<string, Answer<string>> = {
      small: known('kept'),
      large: known('€'.repeat(18_000)),
      larger: known('€'.repeat(18_500)),
    };
    await store.keepFacts(keeping(repository, 'sha', facts));
    const kept = (await store.facts(repository))?.facts ?? {};
    expect(kept['small']).toEqual(known('kept'));
    expect(kept['large']).toEqual(facts['large']);
    expect(kept['larger']).toEqual(unknown('the answer is too large to be stored; the next evaluation asks again'));
  });

  test('facts stay within 64 kB even when there are too many of them, and a strange name stays a name', async () => {
    const many = Object.fromEntries(Array.from({ length: 6_000 }, (_, index) => [`question ${index}`, known(true)] as const));
    await store.keepFacts(keeping(repository, 'sha', { ...JSON.parse('{"__proto__":{"known":true,"value":1}}'), ...many }));
    const kept = (await store.facts(repository))?.facts ?? {};
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThanOrEqual(64_000);
    expect(Object.keys(kept)).toContain('__proto__');
  });

  test('a renamed repository keeps its verdicts, facts, numbers, inputs and policy', async () => {
    await store.keepVerdict(aVerdict({ subject: pull(1), sha: 's' }));
    await store.keepFacts(keeping(repository, 's', { description: known('text') }));
    await store.keepPublication(pull(1), 'comment', 10);
    await store.keepGoodPolicy(aPolicy());
    await store.transaction(async (transaction) => {
      await store.keepInput(transaction, anInput());
      await store.renameRepository(transaction, { owner: 'Acme', repo: 'widget' }, { owner: 'Zeta', repo: 'Gadget' });
    });
    const moved: PullRequestSubject = { kind: 'pull-request', owner: 'Zeta', repo: 'Gadget', number: 1 };
    expect(await store.lastVerdict(pull(1))).toBeNull();
    expect((await store.lastVerdict(moved))?.subject).toEqual(moved);
    expect(await store.verdictsAt('zeta', 'gadget', 's')).toHaveLength(1);
    expect((await store.facts({ kind: 'repository', owner: 'Zeta', repo: 'Gadget' }))?.sha).toBe('s');
    expect(await store.publication(moved, 'comment')).toBe(10);
    expect(await store.inputs(moved)).toEqual([anInput({ subject: moved })]);
    expect((await store.goodPolicy('Zeta/Gadget:.github/steward.yml'))?.text).toBe('rules: {}\n');
    expect(await store.goodPolicy('Acme/widget:.github/steward.yml')).toBeNull();
  });

  test('a renamed account keeps what is remembered of its repositories, and nothing is left under its old name', async () => {
    await store.keepVerdict(aVerdict({ subject: pull(1), sha: 's' }));
    await store.keepPublication(pull(1), 'comment', 10);
    await store.keepGoodPolicy(aPolicy());
    await store.transaction((transaction) => store.renameOwner(transaction, 'Acme', 'Zeta', 5));
    const moved: PullRequestSubject = { kind: 'pull-request', owner: 'Zeta', repo: 'widget', number: 1 };
    expect((await store.lastVerdict(moved))?.subject).toEqual(moved);
    expect(await store.publication(moved, 'comment')).toBe(10);
    expect((await store.goodPolicy('Zeta/widget:.github/steward.yml'))?.text).toBe('rules: {}\n');
    expect([await store.lastVerdict(pull(1)), await store.goodPolicy('Acme/widget:.github/steward.yml')]).toEqual([null, null]);
  });

  test('a repository that takes the name of another one does not inherit what was remembered of that', async () => {
    await store.keepVerdict(aVerdict({ subject: pull(1, 'taken'), sha: 'of-the-other' }));
    await store.keepPublication(pull(1, 'taken'), 'comment', 99);
    await store.transaction((transaction) =>
      store.renameRepository(transaction, { owner: 'Acme', repo: 'widget' }, { owner: 'Acme', repo: 'taken' }),
    );
    expect(await store.lastVerdict(pull(1, 'taken'))).toBeNull();
    expect(await store.publication(pull(1, 'taken'), 'comment')).toBeNull();
  });

  test('a rename that changes capital letters only keeps everything', async () => {
    await store.keepVerdict(aVerdict({ subject: pull(1), sha: 's' }));
    await store.transaction((transaction) =>
      store.renameRepository(transaction, { owner: 'Acme', repo: 'widget' }, { owner: 'Acme', repo: 'Widget' }),
    );
    expect((await store.lastVerdict(pull(1)))?.subject.repo).toBe('Widget');
  });

  test('purging forgets old deliveries, closed inputs and unused blobs, and nothing else', async () => {
    now = new Date('2026-01-01T00:00:00.000Z');
    await store.keepBlob('unused', 'text');
    await store.keepBlob('used', 'text');
    now = new Date('2026-03-01T00:00:00.000Z');
    await store.blob('used');
    await store.transaction(async (transaction) => {
      for (let index = 0; index < 1_100; index++) {
        await store.recordDelivery(transaction, aDelivery({ id: `old ${index}`, at: '2026-01-01T00:00:00.000Z' }));
      }
      await store.recordDelivery(transaction, aDelivery({ id: 'new' }));
      await store.keepInput(transaction, anInput({ at: '2026-01-01T00:00:00.000Z' }));
      await store.keepInput(transaction, anInput({ subject: pull(2), at: '2026-01-01T00:00:00.000Z' }));
      await store.closeInputs(transaction, pull(2));
    });
    await store.purge('2026-02-01T00:00:00.000Z');
    expect([await store.hasDelivery('old 0'), await store.hasDelivery('old 1099'), await store.hasDelivery('new')]).toEqual([
      false,
      false,
      true,
    ]);
    expect([await store.blob('unused'), await store.blob('used')]).toEqual([null, 'text']);
    expect([await store.inputs(pull(1)), await store.inputs(pull(2))]).toEqual([
      [anInput({ at: '2026-01-01T00:00:00.000Z' })],
      [],
    ]);
  });

  test('a ping writes', async () => {
    await store.ping();
    await store.ping();
  });
});
