/** Overrides, sign-offs by comment and signed agreements, from what people write to what the check says, over real HTTP. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CERTIFICATION, signingSentence } from '../../src/facts/sentences.ts';
import type { Judged } from '../../src/facts/subject.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import type { Comment, Repository } from '../support/github/model.ts';
import { aStage, signedOff, unsigned, type Stage } from '../support/stage.ts';

const DCO = 'rules: { dco: { enforce: block, byComment: all } }\n';
const REASON = 'the committee agreed on it';
const OVERRIDE = `/steward override dco because ${REASON}`;
const ICLA = { title: 'Foundation Agreement', version: '1.0' };
const SIGNING = signingSentence(ICLA);
let stage: Stage;
let foundations = 0;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

/** A repository of an organization with this policy, that mia maintains. */
async function aPlace(policy = DCO) {
  const acme = await stage.organization({ policy });
  const widgets = await stage.repository(acme);
  widgets.collaborators.set('mia', 'maintain');
  return { acme, widgets };
}

async function say(one: Repository, number: number, author: string, body: string): Promise<Comment> {
  const said = stage.world.comment(one, number, author, body);
  await stage.deliver(said);
  return said.comment;
}

const reactionsTo = (comment: Comment): readonly string[] => [...comment.reactions.values()].map(({ content }) => content);
const subjectOf = (one: Repository, number: number): Judged => ({
  ...{ kind: 'pull-request', owner: one.owner.login, repo: one.name, number },
});
const verdictOn = (one: Repository, number: number) => stage.running.services.memory.lastVerdict(subjectOf(one, number));

/** A foundation whose policy repository names an agreement, and organizations that extend it. */
function aFoundation(text = 'You give what is yours to give.\n') {
  const files = { 'icla.md': text };
  const office = stage.world.createRepository({
    owner: stage.world.organization(`foundation-${(foundations += 1)}`),
    name: '.github',
    files,
  });
  const { owner } = office.repository;
  const agreement = `{ id: icla, title: ${ICLA.title}, version: '1.0', text: '${owner.login}/.github:icla.md', since: 2026-01-01 }`;
  stage.world.push(office.repository, 'main', {
    message: 'Name the agreement',
    files: { 'cla.yml': `certification: cla\nrules: { cla: { enforce: block, agreements: [${agreement}] } }\n` },
  });
  return {
    office: office.repository,
    policy: `extends: ${owner.login}/.github:cla.yml\n`,
    register: `${owner.login}/icla`.toLowerCase(),
  };
}

/** A repository with an open pull request by ada that nobody has signed for. */
async function waiting(policy: string) {
  const { acme, widgets } = await aPlace(policy);
  const pull = await stage.pullRequest(widgets, unsigned());
  return { acme, widgets, ...pull };
}

test('a maintainer overrides a rule: the check is neutral and says who, why and when', async () => {
  const { widgets } = await aPlace();
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  const comment = await say(widgets, number, 'mia', `Fine.\n${OVERRIDE}`);
  expect(stage.run(widgets, sha).conclusion).toBe('neutral');
  const { title, summary } = stage.run(widgets, sha);
  const shown = `${title ?? ''}\n${summary ?? ''}`;
  for (const part of ['mia', REASON, comment.createdAt.slice(0, 10)]) expect(shown).toContain(part);
  expect(reactionsTo(comment)).toEqual(['+1']);

  const [rule] = (await verdictOn(widgets, number))?.rules ?? [];
  expect(rule?.overrides).toEqual([
    {
      ...{
        rule: 'dco',
        by: { login: 'mia', accountId: stage.world.accountOf('mia').id },
        permission: 'maintain',
        reason: REASON,
      },
      ...{ at: expect.any(String), url: expect.stringContaining(`#issuecomment-${comment.id}`), covers: [sha] },
    },
  ]);
  const [said] = await stage.running.services.memory.said(subjectOf(widgets, number), sha);
  expect(said).toMatchObject({ login: 'mia', decision: { outcome: 'accepted', permission: 'maintain', covers: [sha] } });
});

test('a commit after the override fails again, and the next override covers it too', async () => {
  const { widgets } = await aPlace();
  const { number, branch } = await stage.pullRequest(widgets, unsigned());
  await say(widgets, number, 'mia', OVERRIDE);
  const second = await stage.push(widgets, branch, unsigned({ message: 'Second' }));
  expect(stage.checks(widgets, second)).toEqual(['Steward: failure (1 of 2 commits needs a sign-off)']);
  await say(widgets, number, 'mia', OVERRIDE);
  expect(stage.run(widgets, second).conclusion).toBe('neutral');
});

test('whoever takes part, or whose role GitHub says is too low, overrides nothing and is told why', async () => {
  const { acme, widgets } = await aPlace();
  for (const login of ['ada', 'cy', 'opener']) widgets.collaborators.set(login, 'admin');
  widgets.collaborators.set('wes', 'write');
  const { number, sha } = await stage.pullRequest(widgets, [unsigned(), unsigned({ author: 'cy', message: 'More' })], {
    author: 'opener',
  });
  const before = stage.github.log.mark();
  const refused = [];
  for (const login of ['ada', 'cy', 'opener']) refused.push(await say(widgets, number, login, OVERRIDE));
  expect(stage.github.log.since(before, 'repos/get-collaborator-permission-level')).toEqual([]);
  for (const login of ['wes', 'stranger']) refused.push(await say(widgets, number, login, OVERRIDE));
  expect(refused.map(reactionsTo)).toEqual(refused.map(() => ['confused']));
  expect(stage.run(widgets, sha).conclusion).toBe('failure');
  const text = `${stage.run(widgets, sha).summary ?? ''}${stage.run(widgets, sha).text ?? ''}`;
  for (const part of ['You took part in commit', 'You opened this pull request', 'yours is']) expect(text).toContain(part);
  const roles = stage.github.log.since(before, 'repos/get-collaborator-permission-level');
  expect(roles.filter(({ installation }) => installation === acme.installation.id)).toHaveLength(2);
});

test('a command on an issue, by anybody, is answered there and keeps nothing from being judged', async () => {
  const { acme, widgets } = await aPlace();
  const asked = stage.world.openIssue(widgets, { title: 'A question', body: null, author: 'eve' });
  await stage.deliver(asked);
  const comment = await say(widgets, asked.issue.number, 'eve', OVERRIDE);
  expect(reactionsTo(comment)).toEqual(['confused']);
  const repository: Judged = { kind: 'repository', owner: acme.account.login, repo: widgets.name };
  const [said] = await stage.running.services.memory.said(repository, widgets.branches.get('main') ?? '');
  expect(said?.decision?.reason).toContain('on pull requests only');
  expect((await stage.running.services.memory.jobs.counts()).waiting).toBe(0);
});

test('the button on the check shows how a rule is overridden, and overrides nothing', async () => {
  const { widgets } = await aPlace();
  const { sha } = await stage.pullRequest(widgets, unsigned());
  const run = stage.run(widgets, sha);
  expect(run.actions).toEqual([expect.objectContaining({ identifier: 'override' })]);
  await stage.deliver(stage.world.requestAction(widgets, run, 'override', 'mia'));
  expect(stage.run(widgets, sha).conclusion).toBe('failure');
  expect(`${stage.run(widgets, sha).summary ?? ''}${stage.run(widgets, sha).text ?? ''}`).toContain(
    '/steward override dco because',
  );
});

test('a sentence in a comment certifies the commits of its writer, and no push is needed', async () => {
  const { widgets } = await aPlace();
  const { number, sha, branch } = await stage.pullRequest(widgets, unsigned());
  const comment = await say(widgets, number, 'ada', `Yes!\r\n\r\n${CERTIFICATION}\r\n`);
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (The one rule passes)']);
  expect(reactionsTo(comment)).toEqual(['+1']);
  const second = await stage.push(widgets, branch, unsigned({ message: 'Second' }));
  expect(stage.checks(widgets, second)).toEqual(['Steward: failure (1 of 2 commits needs a sign-off)']);
});

test('what is edited or deleted afterwards changes nothing, and what somebody edits in is no signature', async () => {
  const { widgets } = await aPlace();
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  const innocent = await say(widgets, number, 'ada', 'Nice weather.');
  const mark = stage.github.log.mark();
  await stage.deliver(stage.world.editComment(widgets, innocent, CERTIFICATION, 'mia'));
  await stage.deliver(stage.world.editComment(widgets, innocent, CERTIFICATION, 'ada'));
  expect([stage.run(widgets, sha).conclusion, stage.calls(mark)]).toEqual(['failure', []]);

  const meant = await say(widgets, number, 'ada', CERTIFICATION);
  await stage.deliver(stage.world.editComment(widgets, meant, 'I take it back.', 'mia'));
  await stage.deliver(stage.world.deleteComment(widgets, meant, 'ada'));
  await say(widgets, number, 'ada', '/steward recheck');
  expect(stage.run(widgets, sha).conclusion).toBe('success');
  const said = await stage.running.services.memory.said(subjectOf(widgets, number), sha);
  expect(said.find(({ kind }) => kind === 'sentence')).toMatchObject({ body: CERTIFICATION, commentId: meant.id });
});

test('signing once makes every pull request pass that waits for it, in other organizations too', async () => {
  const { policy, register } = aFoundation();
  const [here, there] = [await waiting(policy), await waiting(policy)];
  expect(stage.run(here.widgets, here.sha).conclusion).toBe('failure');
  expect(stage.run(there.widgets, there.sha).conclusion).toBe('failure');
  const [sticky] = stage.comments(here.widgets, here.number);
  expect(sticky?.body).toContain(SIGNING);

  const comment = await say(here.widgets, here.number, 'ada', SIGNING);
  expect(stage.run(here.widgets, here.sha).conclusion).toBe('success');
  expect(stage.run(there.widgets, there.sha).conclusion).toBe('success');
  expect(reactionsTo(comment)).toEqual(['+1']);
  const [thanked, ...more] = stage.comments(here.widgets, here.number);
  expect([thanked?.id, more]).toEqual([sticky?.id, []]);
  expect(thanked?.body).toContain('Thank you');

  const entered = (await stage.running.services.memory.entries(0, 1000)).flatMap(({ entry }) => entry ?? []);
  expect(entered.filter((entry) => 'agreement' in entry && entry.agreement === register)).toMatchObject([
    {
      ...{ kind: 'signed', version: '1.0', person: { login: 'ada', accountId: stage.world.accountOf('ada').id } },
      evidence: { source: 'comment', key: `comment:${comment.id} ${register}`, body: SIGNING },
    },
  ]);
});

test("a commit of a fork, found under the foundation's name, is not the foundation's word", async () => {
  const { office, register } = aFoundation();
  const fork = stage.world.fork(office, 'eve');
  const text = `rules: { cla: { enforce: block, agreements: [{ id: icla, title: ${ICLA.title}, version: '1.0', text: '${office.owner.login}/.github:icla.md', since: 2026-01-01 }] } }\n`;
  const evil = stage.world.push(fork, 'evil', { author: 'eve', message: 'Evil', files: { 'cla.yml': text } });
  const { widgets, number, sha } = await waiting(`extends: ${office.owner.login}/.github:cla.yml@${evil.sha}\n`);
  await say(widgets, number, 'ada', SIGNING);
  expect(stage.run(widgets, sha).conclusion).toBe('success');
  const entered = (await stage.running.services.memory.entries(0, 1000)).flatMap(({ entry }) => entry ?? []);
  const names = entered.flatMap((entry) => ('agreement' in entry ? [entry.agreement] : []));
  expect(names).toContain(`${widgets.owner.login}/icla`.toLowerCase());
  expect(names).not.toContain(register);
});

test('a sentence that is quoted, changed or of another version signs nothing', async () => {
  const { policy } = aFoundation();
  const { widgets, number, sha } = await waiting(policy);
  for (const body of [`> ${SIGNING}`, `I do not agree. ${SIGNING}`, `${SIGNING} Not.`]) await say(widgets, number, 'ada', body);
  const other = await say(widgets, number, 'ada', SIGNING.replace('1.0', '2.0'));
  expect(reactionsTo(other)).toEqual(['confused']);
  expect(stage.run(widgets, sha).conclusion).toBe('failure');
  expect(`${stage.run(widgets, sha).summary ?? ''}${stage.run(widgets, sha).text ?? ''}`).toContain(
    'Version 2.0 is not the one in force',
  );
});

test.each(['nobody/nothing:icla.md', 'https://agreements.invalid/icla.txt'])(
  'while the text %s cannot be read nobody passes, and nobody signs what they could not read',
  async (text) => {
    const agreement = `{ id: icla, title: ${ICLA.title}, version: '1.0', text: '${text}', since: 2026-01-01 }`;
    const { widgets, number, sha } = await waiting(`rules: { cla: { enforce: block, agreements: [${agreement}] } }\n`);
    expect(stage.run(widgets, sha).conclusion).toBe('action_required');
    const comment = await say(widgets, number, 'ada', SIGNING);
    expect([stage.run(widgets, sha).conclusion, reactionsTo(comment)]).toEqual(['action_required', []]);
    const [said] = await stage.running.services.memory.said(subjectOf(widgets, number), sha);
    expect(said?.decision).toBeNull();
  },
);

test('a signature that waited for the text counts as soon as the text can be read', async () => {
  const owner = stage.world.organization('late-foundation');
  const agreement = `{ id: icla, title: ${ICLA.title}, version: '1.0', text: '${owner.login}/legal:icla.md', since: 2026-01-01 }`;
  const { widgets, number, sha } = await waiting(`rules: { cla: { enforce: block, agreements: [${agreement}] } }\n`);
  const comment = await say(widgets, number, 'ada', SIGNING);
  expect(stage.run(widgets, sha).conclusion).toBe('action_required');
  stage.world.createRepository({ owner, name: 'legal', files: { 'icla.md': 'You give what is yours.\n' } });
  await stage.later(30);
  expect([stage.run(widgets, sha).conclusion, reactionsTo(comment)]).toEqual(['success', ['+1']]);
});

test('either is enough: a sign-off here, a signed agreement there, and neither is not', async () => {
  const { policy } = aFoundation();
  const { widgets } = await aPlace(`${policy}certification: either\nrules: { dco: { enforce: block } }\n`);
  const { number, sha } = await stage.pullRequest(widgets, [
    signedOff(),
    unsigned({ author: 'ben', message: 'Another', files: { 'src/b.ts': '1\n' } }),
  ]);
  expect(stage.run(widgets, sha).conclusion).toBe('failure');
  // Ada's own commit is signed off, so only Ben is asked.
  await say(widgets, number, 'ben', SIGNING);
  expect(stage.run(widgets, sha).conclusion).toBe('success');
});

test('with an override and a signature in place a push costs two calls', async () => {
  const { policy } = aFoundation();
  const both = `${policy}certification: both\nrules: { dco: { enforce: block } }\n`;
  const { widgets, number, branch } = await waiting(both);
  await say(widgets, number, 'ada', SIGNING);
  await say(widgets, number, 'mia', OVERRIDE);
  await stage.push(widgets, branch, signedOff({ message: 'Second' }));
  const mark = stage.github.log.mark();
  const third = await stage.push(widgets, branch, signedOff({ message: 'Third' }));
  expect(stage.calls(mark)).toEqual(['graphql', 'checks/create']);
  expect(stage.run(widgets, third).conclusion).toBe('neutral');
});

test('a merge queue waves nothing through: it holds to what the pull request is held to', async () => {
  const { widgets } = await aPlace();
  const { number } = await stage.pullRequest(widgets, unsigned());
  const queued = stage.world.enqueuePullRequest(widgets, number);
  await stage.deliver(queued);
  expect(stage.run(widgets, queued.sha).conclusion).toBe('failure');
  await say(widgets, number, 'mia', OVERRIDE);
  await stage.deliver(stage.world.rerequestCheckRun(widgets, stage.run(widgets, queued.sha), 'mia'));
  expect(stage.run(widgets, queued.sha).conclusion).toBe('neutral');
});

test.each(['merge', 'squash'] as const)(
  'what is certified when it is merged by %s needs no second sign-off in a promotion',
  async (method) => {
    const { widgets } = await aPlace();
    const { number, sha } = await stage.pullRequest(widgets, unsigned());
    await say(widgets, number, 'ada', CERTIFICATION);
    expect(stage.run(widgets, sha).conclusion).toBe('success');
    stage.world.push(widgets, 'release', signedOff({ message: 'Release' }), { onto: widgets.branches.get('main') ?? null });
    await stage.deliver(stage.world.mergePullRequest(widgets, number, 'mia', { method, message: 'Nothing of a sign-off' }));
    const main = widgets.branches.get('main') ?? '';
    const promoted = stage.world.openPullRequest(widgets, { head: 'main', base: 'release', author: 'mia' });
    await stage.deliver(promoted);
    expect(stage.run(widgets, main).conclusion).toBe('success');
    const merged = method === 'merge' ? sha : main;
    const [rule] = (await verdictOn(widgets, promoted.number))?.rules ?? [];
    expect(rule?.findings.find(({ about }) => about === merged)?.outcome).toBe('pass');
  },
);

test.each([
  ['against a failing check is not accepted by being merged', null, 'failure'],
  ['by the word of a maintainer is accepted from then on', OVERRIDE, 'success'],
] as const)('what was merged %s', async (_name, word, conclusion) => {
  const { widgets } = await aPlace();
  const { number } = await stage.pullRequest(widgets, unsigned());
  stage.world.push(widgets, 'release', signedOff({ message: 'Release' }), { onto: widgets.branches.get('main') ?? null });
  if (word !== null) await say(widgets, number, 'mia', word);
  await stage.deliver(stage.world.mergePullRequest(widgets, number, 'mia', { method: 'squash', message: 'Squashed' }));
  await stage.deliver(stage.world.openPullRequest(widgets, { head: 'main', base: 'release', author: 'mia' }));
  expect(stage.run(widgets, widgets.branches.get('main') ?? '').conclusion).toBe(conclusion);
});

test('a reopened pull request keeps what was said of it', async () => {
  const { widgets } = await aPlace();
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  await say(widgets, number, 'mia', OVERRIDE);
  await stage.deliver(stage.world.closePullRequest(widgets, number));
  await stage.deliver(stage.world.reopenPullRequest(widgets, number));
  expect(stage.run(widgets, sha).conclusion).toBe('neutral');
});

test('a signature that comes between the look at the register and the verdict is not missed', async () => {
  const { policy, register } = aFoundation();
  const { widgets } = await aPlace(policy);
  const { memory } = stage.running.services;
  const usual = { ...memory };
  const keepVerdict = async (verdict: Verdict): Promise<void> => {
    Object.assign(memory, usual);
    const person = { accountId: stage.world.user('ada').id, login: 'ada' };
    const evidence = { source: 'page', key: `meanwhile ${register}` } as const;
    const at = new Date().toISOString();
    await memory.enter({ kind: 'signed', agreement: register, version: '1.0', text: null, person, evidence, at });
    return usual.keepVerdict(verdict);
  };
  Object.assign(memory, { keepVerdict });
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.run(widgets, sha).conclusion).toBe('success');
});

test('whoever signs on a merged pull request has signed, and is answered; nothing is judged there any more', async () => {
  const { policy } = aFoundation();
  const [here, there] = [await waiting(policy), await waiting(policy)];
  await stage.deliver(stage.world.mergePullRequest(here.widgets, here.number, 'mia'));
  const comment = await say(here.widgets, here.number, 'ada', SIGNING);
  expect(reactionsTo(comment)).toEqual(['+1']);
  expect(stage.run(here.widgets, here.sha).conclusion).toBe('failure');
  expect(stage.run(there.widgets, there.sha).conclusion).toBe('success');
  expect(reactionsTo(await say(here.widgets, here.number, 'mia', '/steward override cla because it is late'))).toEqual([
    'confused',
  ]);
});

test('a sentence in a repository that was archived meanwhile waits for nothing, and signs nothing', async () => {
  const { policy, register } = aFoundation();
  const { widgets, number, sha } = await waiting(policy);
  await stage.deliver(stage.world.archive(widgets));
  widgets.isArchived = false;
  const said = stage.world.comment(widgets, number, 'ada', SIGNING);
  widgets.isArchived = true;
  await stage.deliver(said);
  const { memory } = stage.running.services;
  expect(await memory.undecided('', '2100')).not.toContainEqual(expect.objectContaining({ repo: widgets.name }));
  const [one] = await memory.said(subjectOf(widgets, number), sha);
  expect(one?.decision).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('archived') });
  expect((await memory.register([register], [stage.world.user('ada').id])).signatures).toEqual([]);
});

test('a repository is judged although the text of an agreement that it names cannot be read just now', async () => {
  const acme = await stage.organization();
  stage.github.trouble({ kind: 'partial', path: ['repository'], on: 'graphql', installation: acme.installation.id, skip: 1 });
  const agreement = `{ id: icla, title: ${ICLA.title}, version: '1.0', text: '${acme.account.login}/tools:icla.md', since: 2026-01-01 }`;
  const tools = await stage.repository(acme, {
    name: 'tools',
    files: {
      'icla.md': 'You agree.\n',
      '.github/steward.yml': `rules: { cla: { enforce: block, agreements: [${agreement}] } }\n`,
    },
  });
  const subject: Judged = { kind: 'repository', owner: tools.owner.login, repo: tools.name };
  expect(await stage.running.services.memory.lastVerdict(subject)).not.toBeNull();
  const { sha } = await stage.pullRequest(tools, unsigned());
  expect(stage.run(tools, sha).conclusion).toBe('failure');
});

test('a fault in the middle of signing loses nothing: the next attempt ends what was begun, once', async () => {
  const { policy, register } = aFoundation();
  const [here, there] = [await waiting(policy), await waiting(policy)];
  stage.github.trouble({ kind: 'status', status: 502, on: 'checks/update', times: 9 });
  const comment = await say(here.widgets, here.number, 'ada', SIGNING);
  expect([stage.run(here.widgets, here.sha).conclusion, reactionsTo(comment)]).toEqual(['failure', []]);
  stage.github.calm();
  await stage.later(5);
  expect(stage.run(here.widgets, here.sha).conclusion).toBe('success');
  expect(stage.run(there.widgets, there.sha).conclusion).toBe('success');
  expect(reactionsTo(comment)).toEqual(['+1']);
  const entered = (await stage.running.services.memory.entries(0, 1000)).flatMap(({ entry }) => entry ?? []);
  expect(entered.filter((entry) => 'agreement' in entry && entry.agreement === register)).toHaveLength(1);
});

test('signatures follow an account to its new name, though GitHub tells of it twice and of a comment in between, by the old name', async () => {
  const agreement = `{ id: icla, title: ${ICLA.title}, version: '1.0', text: 'before/widgets:icla.md', since: 2026-01-01 }`;
  const acme = await stage.organization({
    login: 'before',
    policy: `rules: { cla: { enforce: block, agreements: [${agreement}] } }\n`,
  });
  const widgets = await stage.repository(acme, { name: 'widgets', files: { 'icla.md': 'You give what is yours to give.\n' } });
  const [ada, ben] = [
    await stage.pullRequest(widgets, unsigned()),
    await stage.pullRequest(widgets, unsigned({ author: 'ben' })),
  ];
  await say(widgets, ada.number, 'ada', SIGNING);
  const late = stage.world.comment(widgets, ben.number, 'ben', SIGNING);
  const [first, second] = stage.world.renameAccount(acme.account, 'after').deliveries.map((one) => ({ deliveries: [one] }));
  for (const told of [first, late, second]) if (told) await stage.deliver(told);
  const { memory } = stage.running.services;
  const people = ['ada', 'ben'].map((login) => stage.world.user(login).id);
  expect((await memory.register(['after/icla'], people)).signatures.map(({ accountId }) => accountId)).toEqual(people);
  for (const { sha } of [ada, ben]) expect(stage.run(widgets, sha).conclusion).toBe('success');
  expect((await memory.register(['before/icla'], people)).signatures).toEqual([]);
});

test('two people who sign at once are both entered, and the chain holds', async () => {
  const { policy } = aFoundation();
  const { widgets } = await aPlace(policy);
  const { number, sha } = await stage.pullRequest(widgets, [
    unsigned(),
    unsigned({ author: 'ben', message: 'Another', files: { 'src/b.ts': '1\n' } }),
  ]);
  const said = ['ada', 'ben'].map((login) => stage.world.comment(widgets, number, login, SIGNING));
  await Promise.all(said.map(({ deliveries }) => stage.github.deliver(deliveries)));
  await stage.settled();
  expect(stage.run(widgets, sha).conclusion).toBe('success');
  expect((await stage.running.services.memory.verifyRegister()).faults).toEqual([]);
});
