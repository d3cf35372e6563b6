/** Recorded payloads in, subjects out. */
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CERTIFICATION, signingSentence } from '../../src/facts/sentences.ts';
import { subjectKey } from '../../src/facts/subject.ts';
import { commands } from '../../src/server/commands.ts';
import { accountOf, EVENTS, HANDLED, installationOf, react } from '../../src/server/webhooks.ts';
import { queuedNumber } from '../../src/server/rows-contributions.ts';

interface Recorded {
  readonly name: string;
  readonly examples: readonly Record<string, unknown>[];
}

const recorded = createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json') as readonly Recorded[];
const ANY_APP = { appId: null };
const SHA = 'a'.repeat(40);

/** A recorded payload of an event, with parts of it replaced. */
function payloadOf(name: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const [event, action] = name.split('.');
  const examples = recorded.find((one) => one.name === event)?.examples ?? [];
  const found = examples.find((example) => action === undefined || example.action === action) ?? examples[0];
  return { ...structuredClone(found), ...(action === undefined ? {} : { action }), ...changes };
}

function keys(name: string, payload: unknown = payloadOf(name), context: { appId: number | null } = ANY_APP): readonly string[] {
  const { wishes = [] } = react(name.split('.')[0] ?? '', payload, context);
  return wishes.map((wish) => subjectKey(wish.subject));
}

const repository = (owner: string, name: string, more: object = {}): object => ({
  name,
  owner: { login: owner },
  default_branch: 'main',
  ...more,
});

const pushOf = (changes: Record<string, unknown>): Record<string, unknown> =>
  payloadOf('push', {
    ref: 'refs/heads/main',
    repository: repository('acme', 'rocket'),
    commits: [{ added: [], modified: ['README.md'], removed: [] }],
    created: false,
    forced: false,
    deleted: false,
    ...changes,
  });
const touching = [{ added: [], modified: ['.github/steward.yml'], removed: [] }];

describe('a pull request is looked at again', () => {
  test.each(['opened', 'synchronize', 'reopened', 'ready_for_review'])('when it is %s', (action) => {
    expect(keys(`pull_request.${action}`)).toEqual(['pull-request:codertocat/hello-world#2']);
  });

  test('when its base changes, but not when its title does', () => {
    const changed = (changes: object): unknown => payloadOf('pull_request.edited', { changes });
    expect(keys('pull_request.edited', changed({ base: { ref: { from: 'old' }, sha: { from: SHA } } }))).toHaveLength(1);
    expect(keys('pull_request.edited', changed({ title: { from: 'old' } }))).toEqual([]);
  });

  test('also as a draft, but not once it is closed', () => {
    const pull = (more: object): unknown =>
      payloadOf('pull_request.synchronize', { pull_request: { number: 7, state: 'open', draft: false, ...more } });
    expect(keys('pull_request.synchronize', pull({ draft: true }))).toEqual(['pull-request:codertocat/hello-world#7']);
    expect(keys('pull_request.synchronize', pull({ state: 'closed' }))).toEqual([]);
  });

  test.each(['labeled', 'assigned', 'locked', 'review_requested', 'converted_to_draft'])('not when it is %s', (action) => {
    expect(react('pull_request', payloadOf(`pull_request.${action}`), ANY_APP)).toEqual({});
  });

  test('a closed one leaves its commit to the others that share it', () => {
    const { wishes, shared, changes } = react('pull_request', payloadOf('pull_request.closed'), ANY_APP);
    expect(wishes).toBeUndefined();
    expect(shared).toMatchObject({ owner: 'Codertocat', repo: 'Hello-World', without: 2 });
    expect(changes).toEqual([
      { kind: 'closed', subject: { kind: 'pull-request', owner: 'Codertocat', repo: 'Hello-World', number: 2 } },
    ]);
  });

  test('a merged one is certified before what was said of it is let go', () => {
    const pull = { number: 2, merged: true, merge_commit_sha: 'b'.repeat(40), head: { sha: SHA }, base: { ref: 'main' } };
    const { changes } = react('pull_request', payloadOf('pull_request.closed', { pull_request: pull }), ANY_APP);
    expect(changes?.map(({ kind }) => kind)).toEqual(['merged', 'closed']);
    expect(changes?.[0]).toMatchObject({
      subject: { number: 2 },
      merged: { headSha: SHA, baseRef: 'main', mergeSha: 'b'.repeat(40) },
    });
  });

  test('a reopened one needs again what was said about it', () => {
    const { wishes, changes } = react('pull_request', payloadOf('pull_request.reopened'), ANY_APP);
    expect(wishes).toHaveLength(1);
    expect(changes).toEqual([{ kind: 'reopened', subject: wishes?.[0]?.subject }]);
  });
});

describe('a merge group', () => {
  test.each([
    ['refs/heads/gh-readonly-queue/main/pr-12-' + SHA, 12],
    ['refs/heads/gh-readonly-queue/release/1.x/pr-7-' + SHA, 7],
    ['gh-readonly-queue/führung/数据/pr-104-' + SHA, 104],
    ['refs/heads/gh-readonly-queue/pr-1-x/pr-9-' + SHA, 9],
    ['refs/heads/main', null],
    ['refs/heads/gh-readonly-queue/main/pr-0-' + SHA, null],
    ['refs/heads/gh-readonly-queue/main/pr-12-zzz', null],
    [undefined, null],
  ])('of %s is the pull request %s', (ref, number) => {
    expect(queuedNumber(ref)).toBe(number);
  });

  test('of an absurdly long branch is no pull request', () => {
    expect(queuedNumber(`gh-readonly-queue/${'x/'.repeat(100_000)}pr-1-${SHA}`)).toBeNull();
  });

  test('is judged on its own commit', () => {
    const merge_group = { head_sha: SHA, head_ref: `refs/heads/gh-readonly-queue/main/pr-5-${SHA}` };
    const payload = payloadOf('merge_group.checks_requested', { merge_group, repository: repository('acme', 'rocket') });
    expect(keys('merge_group.checks_requested', payload)).toEqual([`merge-group:acme/rocket#5@${SHA}`]);
  });
});

describe('a check that is asked for again', () => {
  const rocket = repository('acme', 'rocket');
  const suiteOf = (appId: number, head_branch: string | null): object => ({ head_sha: SHA, app: { id: appId }, head_branch });
  const run = (appId: number, branch: string | null = null): Record<string, unknown> => ({
    check_run: { head_sha: SHA, app: { id: appId }, check_suite: suiteOf(appId, branch) },
    repository: rocket,
  });
  const suite = (appId: number, branch: string | null = null): Record<string, unknown> => ({
    check_suite: suiteOf(appId, branch),
    repository: rocket,
  });

  test.each([
    ['the pull requests of its commit', null, [`head:acme/rocket@${SHA}`]],
    ['the repository too, on its default branch', 'main', [`head:acme/rocket@${SHA}`, 'repository:acme/rocket']],
    ['the merge group, on its branch', `gh-readonly-queue/main/pr-4-${SHA}`, [`merge-group:acme/rocket#4@${SHA}`]],
  ])('means %s', (_what, branch, subjects) => {
    expect(keys('check_run.rerequested', payloadOf('check_run.rerequested', run(5, branch)), { appId: 5 })).toEqual(subjects);
    expect(keys('check_suite.rerequested', payloadOf('check_suite.rerequested', suite(5, branch)), { appId: 5 })).toEqual(
      subjects,
    );
  });

  test("is none of Steward's business when it is another App's", () => {
    for (const name of ['check_run.rerequested', 'check_run.requested_action', 'check_suite.rerequested']) {
      const payload = payloadOf(name, { ...run(6), ...suite(6) });
      expect(react(name.split('.')[0] ?? '', payload, { appId: 5 })).toEqual({});
    }
  });

  test('by an action keeps who asked for what', () => {
    const payload = payloadOf('check_run.requested_action', {
      ...run(5),
      requested_action: { identifier: 'recheck' },
      sender: { id: 42, login: 'mona' },
    });
    const { said } = react('check_run', payload, { appId: 5 });
    expect(said).toEqual([expect.objectContaining({ kind: 'action', accountId: 42, login: 'mona', text: 'recheck' })]);
  });
});

describe('a comment', () => {
  const mona = { id: 42, login: 'mona', type: 'User' };
  const url = 'https://github.com/acme/rocket/pull/3#issuecomment-9';
  const comment = (body: string, more: object = {}): Record<string, unknown> =>
    payloadOf('issue_comment.created', {
      repository: repository('acme', 'rocket'),
      issue: { number: 3, pull_request: { url: 'https://api.github.com/x' } },
      comment: { id: 9, html_url: url, body, user: mona, ...more },
      sender: mona,
    });
  const onPull = { kind: 'pull-request', owner: 'acme', repo: 'rocket', number: 3 };
  const by = { accountId: 42, login: 'mona', commentId: 9, url };

  test('that asks for a recheck means its pull request', () => {
    expect(keys('issue_comment.created', comment('Thanks!\r\n/steward recheck'))).toEqual(['pull-request:acme/rocket#3']);
  });

  test('on an issue means the repository', () => {
    const payload = { ...comment('/steward recheck'), issue: { number: 3 } };
    expect(keys('issue_comment.created', payload)).toEqual(['repository:acme/rocket']);
  });

  test('with a command is kept, and looked at, because it needs an answer', () => {
    const reaction = react('issue_comment', comment('/steward override dco because of reasons'), ANY_APP);
    expect(reaction).toEqual({
      wishes: [{ subject: onPull, priority: 0 }],
      said: [{ kind: 'command', subject: onPull, text: 'override dco because of reasons', ...by }],
    });
  });

  test('with a sentence that certifies or signs is kept whole, as evidence', () => {
    const body = `Sure!\r\n${CERTIFICATION}  \r\nBye.`;
    expect(react('issue_comment', comment(body), ANY_APP)).toEqual({
      wishes: [{ subject: onPull, priority: 0 }],
      said: [{ kind: 'sentence', subject: onPull, text: CERTIFICATION, body, ...by }],
    });
    const sentence = signingSentence({ title: 'Widget Agreement', version: '1.2' });
    expect(react('issue_comment', comment(sentence), ANY_APP).said).toMatchObject([{ kind: 'sentence', text: sentence }]);
  });

  test('with several sentences states each of them, with the same comment as evidence', () => {
    const sentence = signingSentence({ title: 'Widget Agreement', version: '1.2' });
    const body = `${CERTIFICATION}\n${sentence}`;
    const said = { kind: 'sentence', subject: onPull, body, ...by };
    expect(react('issue_comment', comment(body), ANY_APP).said).toEqual([
      { ...said, text: CERTIFICATION },
      { ...said, text: sentence },
    ]);
  });

  test('that an App wrote with the token of a person says nothing for that person, but may ask for another look', () => {
    const byApp = (body: string) => react('issue_comment', comment(body, { performed_via_github_app: { id: 7 } }), ANY_APP);
    expect(byApp(CERTIFICATION)).toEqual({});
    expect(byApp('/steward override dco because the App says so')).toEqual({});
    expect(byApp('/steward recheck').said).toMatchObject([{ kind: 'command', text: 'recheck' }]);
  });

  test.each([
    ['quoted', `> ${CERTIFICATION}`],
    ['with more on its line', `${CERTIFICATION} Not.`],
    ['denied', `I do not agree. ${CERTIFICATION}`],
    ['indented', `    ${CERTIFICATION}`],
    ['in a comment longer than GitHub allows', `${CERTIFICATION}\n${'x'.repeat(65_536)}`],
  ])('with a sentence that is %s states nothing', (_how, body) => {
    expect(react('issue_comment', comment(body), ANY_APP)).toEqual({});
  });

  test('with a sentence on an issue states nothing: there is no pull request to certify', () => {
    expect(react('issue_comment', { ...comment(CERTIFICATION), issue: { number: 3 } }, ANY_APP)).toEqual({});
  });

  test('that is edited or deleted says nothing and takes nothing back', () => {
    for (const action of ['edited', 'deleted'])
      expect(react('issue_comment', { ...comment(CERTIFICATION), action }, ANY_APP)).toEqual({});
  });

  test('speaks only for its author: whoever else sends it says nothing', () => {
    const payload = { ...comment(CERTIFICATION), sender: { id: 43, login: 'eve', type: 'User' } };
    expect(react('issue_comment', payload, ANY_APP)).toEqual({});
  });

  test.each(['Nice work', '> /steward recheck', '    /steward recheck', '/stewardess recheck', '/steward', ''])(
    'that says %j is irrelevant',
    (body) => {
      expect(react('issue_comment', comment(body), ANY_APP)).toEqual({});
    },
  );

  test('by a bot is irrelevant, so that Steward never answers itself', () => {
    const bot = { id: 1, login: 'steward[bot]', type: 'Bot' };
    for (const body of ['/steward recheck', CERTIFICATION])
      expect(react('issue_comment', { ...comment(body, { user: bot }), sender: bot }, ANY_APP)).toEqual({});
  });

  test('holds at most ten commands of at most 4,096 characters', () => {
    expect(commands(`/steward ${'x'.repeat(9000)}`)[0]).toHaveLength(4096);
    expect(commands('/steward recheck\n'.repeat(20))).toHaveLength(10);
  });
});

describe('a push', () => {
  test('to the default branch means the repository', () => {
    expect(keys('push', pushOf({}))).toEqual(['repository:acme/rocket']);
  });

  test('to another branch, of a tag, or deleting a branch is irrelevant', () => {
    expect(react('push', pushOf({ ref: 'refs/heads/feature/näch§te' }), ANY_APP)).toEqual({});
    expect(react('push', pushOf({ ref: 'refs/tags/main' }), ANY_APP)).toEqual({});
    expect(react('push', pushOf({ deleted: true }), ANY_APP)).toEqual({});
  });

  test('that touches the policy means the open pull requests too', () => {
    expect(keys('push', pushOf({ commits: touching }))).toEqual(['repository:acme/rocket', 'pull-requests:acme/rocket']);
    expect(keys('push', pushOf({ ref: 'refs/heads/release/1.x', commits: touching }))).toEqual(['pull-requests:acme/rocket']);
  });

  test("to the organization's policy means the whole account", () => {
    const inOrganization = { repository: repository('acme', '.github') };
    expect(keys('push', pushOf(inOrganization))).toEqual(['repository:acme/.github']);
    expect(keys('push', pushOf({ ...inOrganization, commits: touching }))).toContain('owner:acme');
  });

  test.each(['SECURITY.md', '.github/CONTRIBUTING.md', '.github/ISSUE_TEMPLATE/bug.yml'])(
    'to a default file of the organization, %s, means the whole account',
    (path) => {
      const commits = [{ added: [path], modified: [], removed: [] }];
      expect(keys('push', pushOf({ repository: repository('acme', '.github'), commits }))).toEqual([
        'repository:acme/.github',
        'owner:acme',
      ]);
      expect(keys('push', pushOf({ commits }))).toEqual(['repository:acme/rocket']);
    },
  );

  test.each([
    ['the list of commits is cut short', { commits: Array.from({ length: 2048 }, () => ({ modified: ['a'] })) }],
    ['the branch was reset', { forced: true }],
    ['no commit is listed', { commits: [] }],
  ])('may touch the policy when %s', (_why, changes) => {
    expect(keys('push', pushOf({ repository: repository('acme', '.github'), ...changes }))).toContain('owner:acme');
  });
});

describe('an installation', () => {
  test.each(['created', 'new_permissions_accepted', 'unsuspend'])('that is %s means its whole account', (action) => {
    const reaction = react('installation', payloadOf(`installation.${action}`), ANY_APP);
    expect(reaction.wishes?.map(({ subject }) => subject.kind)).toEqual(['owner']);
    expect(reaction.changes).toEqual([expect.objectContaining({ kind: 'installed', isSuspended: false })]);
  });

  test('that is suspended or deleted is remembered and causes no work', () => {
    const suspended = react('installation', payloadOf('installation.suspend'), ANY_APP);
    const deleted = react('installation', payloadOf('installation.deleted'), ANY_APP);
    expect(suspended).toEqual({ changes: [expect.objectContaining({ kind: 'installed', isSuspended: true })] });
    expect(deleted).toEqual({ changes: [expect.objectContaining({ kind: 'removed' })] });
  });

  test('with new repositories means each of them, or the account when they are many', () => {
    const added = (count: number): unknown =>
      payloadOf('installation_repositories.added', {
        installation: { id: 1, account: { login: 'acme' } },
        repositories_added: Array.from({ length: count }, (_, index) => ({ full_name: `acme/r${index}` })),
      });
    expect(keys('installation_repositories.added', added(1))).toEqual(['repository:acme/r0', 'pull-requests:acme/r0']);
    expect(keys('installation_repositories.added', added(101))).toEqual(['owner:acme']);
    expect(react('installation_repositories', payloadOf('installation_repositories.removed'), ANY_APP)).toEqual({});
  });
});

describe('a repository', () => {
  test.each(['created', 'unarchived', 'publicized', 'privatized'])('that is %s is looked at', (action) => {
    expect(keys(`repository.${action}`)).toHaveLength(1);
  });

  test.each(['archived', 'deleted'])('that is %s is not looked at, and nothing of it counts as there', (action) => {
    const { wishes, changes } = react('repository', payloadOf(`repository.${action}`), ANY_APP);
    expect([wishes, changes?.map(({ kind }) => kind)]).toEqual([undefined, ['gone']]);
  });

  test('takes what is remembered of an account to its new name, of which GitHub tells in two ways', () => {
    const [changes, installation] = [{ login: { from: 'acme' } }, { id: 5 }];
    const expected = {
      changes: [{ kind: 'owner-renamed', from: 'acme', to: 'zeta', id: 5 }],
      wishes: [{ subject: { kind: 'owner', owner: 'zeta' }, priority: 10 }],
    };
    const organization = { action: 'renamed', organization: { login: 'zeta' }, changes, installation };
    const target = { action: 'renamed', account: { login: 'zeta' }, target_type: 'User', changes, installation };
    expect(react('organization', organization, ANY_APP)).toEqual(expected);
    expect(react('installation_target', target, ANY_APP)).toEqual(expected);
    expect([accountOf(organization), accountOf(target)]).toEqual(['zeta', 'zeta']);
    expect(react('organization', { ...organization, changes: {} }, ANY_APP)).toEqual({});
  });

  test('takes what is remembered of it to its new name and owner', () => {
    const renamed = payloadOf('repository.renamed', {
      repository: repository('acme', 'new'),
      changes: { repository: { name: { from: 'old' } } },
    });
    const transferred = payloadOf('repository.transferred', {
      repository: repository('acme', 'rocket'),
      changes: { owner: { from: { user: { login: 'mona' } } } },
    });
    const to = (repo: string): object => ({ owner: 'acme', repo });
    expect(react('repository', renamed, ANY_APP).changes).toEqual([{ kind: 'renamed', from: to('old'), to: to('new') }]);
    const home = payloadOf('repository.renamed', {
      repository: { name: 'policies', owner: { login: 'acme' } },
      changes: { repository: { name: { from: '.github' } } },
    });
    expect(react('repository', home, ANY_APP).wishes?.map(({ subject }) => subject)).toEqual([
      { kind: 'repository', owner: 'acme', repo: 'policies' },
      { kind: 'owner', owner: 'acme' },
    ]);
    expect(react('repository', transferred, ANY_APP).changes).toEqual([
      { kind: 'renamed', from: { owner: 'mona', repo: 'rocket' }, to: to('rocket') },
    ]);
  });

  test('whose default branch or description changes is looked at, whose topics change is not', () => {
    const edited = (changes: object): unknown => payloadOf('repository.edited', { changes });
    expect(keys('repository.edited', edited({ default_branch: { from: 'master' } }))).toHaveLength(1);
    expect(keys('repository.edited', edited({ topics: { from: [] } }))).toHaveLength(1);
    expect(keys('repository.edited', edited({ homepage: { from: '' } }))).toEqual([]);
  });
});

test('every recorded payload of every event is understood or irrelevant, never an error', () => {
  for (const { name, examples } of recorded) {
    for (const example of examples) expect(() => react(name, example, { appId: 1 })).not.toThrow();
  }
});

test('a payload of any shape is never an error', () => {
  const names = HANDLED.map((name) => name.split('.'));
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.anything({ maxDepth: 4 }), fc.integer(), ([event = '', action], value, seed) => {
      const broken = breakOne(payloadOf(action === undefined ? event : `${event}.${action}`), seed, value);
      react(event, broken, ANY_APP);
      react(event, value, ANY_APP);
      accountOf(broken);
      accountOf(value);
      installationOf(value);
    }),
    { numRuns: 2000 },
  );
});

/** Replaces one part of a payload, somewhere, by a value. */
function breakOne(payload: Record<string, unknown>, seed: number, value: unknown): unknown {
  let place = payload;
  for (let step = Math.abs(seed); ; step = Math.floor(step / 7)) {
    const names = Object.keys(place).filter((name) => name !== 'action');
    const name = names[step % Math.max(names.length, 1)];
    const next = name === undefined ? null : place[name];
    if (name !== undefined && (typeof next !== 'object' || next === null || step % 3 === 0)) place[name] = value;
    if (typeof next !== 'object' || next === null || step % 3 === 0) return payload;
    place = next as Record<string, unknown>;
  }
}

test.each(['../x', 'a/b', 'a b', '', 'x'.repeat(101), '__proto__/x', 5, null])(
  'a repository called %j does not exist',
  (name) => {
    expect(
      keys('repository.created', payloadOf('repository.created', { repository: { name, owner: { login: 'acme' } } })),
    ).toEqual([]);
  },
);

test('names of built-in properties are no events', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) expect(react(name, {}, ANY_APP)).toEqual({});
});

test('the events to subscribe to are those of the table, without the ones GitHub always sends', () => {
  expect(EVENTS).toEqual([
    ...[
      'check_run',
      'check_suite',
      'installation_target',
      'issue_comment',
      'merge_group',
      'organization',
      'pull_request',
      'push',
    ],
    'repository',
  ]);
});
