/** Policies: where they come from, who may change what, and what becomes of broken ones. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Repository } from '../support/github/model.ts';
import { aStage, POLICY_PATH, signedOff, unsigned, WELL, without, type Organization, type Stage } from '../support/stage.ts';

const dco = (enforce: string): string => `rules:\n  dco: { enforce: ${enforce} }\n`;
const BROKEN = 'rules:\n  dco:\n    enforce: blok\n';
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

/** A push of a policy to the default branch; what its commit shows. */
async function write(one: Repository, policy: string): Promise<string> {
  return stage.push(one, 'main', { author: 'ada', message: 'Change the policy', files: { [POLICY_PATH]: policy } });
}

const policies = ({ policies: one }: Organization): Repository => {
  if (one === null) throw new Error('The organization has no policy.');
  return one;
};

test('a repository may tighten what its organization asks', async () => {
  const acme = await stage.organization({ policy: dco('warn') });
  const widgets = await stage.repository(acme, { files: { ...WELL, [POLICY_PATH]: dco('block') } });
  const gadgets = await stage.repository(acme);
  const strict = await stage.pullRequest(widgets, unsigned());
  const mild = await stage.pullRequest(gadgets, unsigned());
  expect(stage.checks(widgets, strict.sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
  expect(stage.checks(gadgets, mild.sha)).toEqual(['Steward: neutral (The commit needs a sign-off)']);
});

test('what would loosen has no effect, and is told on the line that tries it', async () => {
  const acme = await stage.organization({ policy: dco('block') });
  const widgets = await stage.repository(acme);
  const pushed = await write(widgets, '# Ours\nrules:\n  dco:\n    enforce: off\n');
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
  expect(stage.checks(widgets, pushed)).toEqual(['Steward policy: neutral (The policy is valid, with 1 notice)']);
  expect(stage.run(widgets, pushed, 'Steward policy').annotations).toMatchObject([
    { path: POLICY_PATH, start_line: 4, annotation_level: 'warning' },
  ]);
});

test('what the organization lets go may be loosened', async () => {
  const acme = await stage.organization({ policy: `mayLoosen: [dco.enforce]\n${dco('block')}` });
  const widgets = await stage.repository(acme, { files: { ...WELL, [POLICY_PATH]: dco('warn') } });
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: neutral (The commit needs a sign-off)']);
});

test('a policy that breaks on the default branch is told on its commit and line; the last good one stays in force', async () => {
  const acme = await stage.organization({ policy: dco('warn') });
  const widgets = await stage.repository(acme, { files: { ...WELL, [POLICY_PATH]: dco('block') } });
  const broken = await write(widgets, BROKEN);
  expect(stage.checks(widgets, broken)).toEqual(['Steward policy: failure (1 problem to fix in the policy file)']);
  const [annotation] = stage.run(widgets, broken, 'Steward policy').annotations;
  expect(annotation).toMatchObject({ path: POLICY_PATH, start_line: 3, annotation_level: 'failure' });
  expect(annotation?.message).toMatch(/blok[^]*block/);
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
  expect(stage.comments(widgets, number)[0]?.body).not.toContain('policy file');

  const mended = await write(widgets, dco('warn'));
  expect(stage.checks(widgets, mended)).toEqual([]);
  expect(stage.checks(widgets, sha)).toEqual(['Steward: neutral (The commit needs a sign-off)']);
});

test('each branch has a last good policy of its own: a looser branch loosens no other', async () => {
  const acme = await stage.organization();
  const widgets = await stage.repository(acme, { files: { ...WELL, [POLICY_PATH]: dco('block') } });
  await stage.push(widgets, 'loose', { author: 'ada', message: 'Loosen', files: { [POLICY_PATH]: dco('off') } });
  const loose = await stage.pullRequest(widgets, unsigned(), { base: 'loose' });
  expect(stage.checks(widgets, loose.sha)).toEqual(['Steward: success (No rule applies here)']);
  await write(widgets, BROKEN);
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
});

test("an organization's broken policy is told in its own repository, and the last good one stays in force everywhere", async () => {
  const acme = await stage.organization({ policy: dco('block') });
  const widgets = await stage.repository(acme);
  const broken = await write(policies(acme), BROKEN);
  expect(stage.checks(policies(acme), broken)).toEqual(['Steward policy: failure (1 problem to fix in the policy file)']);
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
});

test('where no good version is remembered, the newest commit whose policy parses is in force', async () => {
  const { world } = stage;
  const account = world.organization('late-comer');
  const one = world.repository({ owner: account, name: '.github', files: { [POLICY_PATH]: dco('block') } });
  world.push(one, 'main', { author: 'ada', message: 'Break it', files: { [POLICY_PATH]: BROKEN } });
  world.push(one, 'main', { author: 'ada', message: 'Break it more', files: { [POLICY_PATH]: 'rules: [' } });
  const { installation, deliveries } = world.install(account);
  await stage.deliver({ deliveries });
  const widgets = await stage.repository({ account, installation, policies: one });
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
});

test('a policy that never parsed holds nobody', async () => {
  const acme = await stage.organization({ policy: 'rules: {{{' });
  const widgets = await stage.repository(acme, { files: without(WELL, 'README.md') });
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.run(widgets, sha)).toMatchObject({ conclusion: 'success' });
  expect(stage.comments(widgets, number)).toEqual([]);
  expect(stage.issues(widgets)).toEqual([]);
});

test("a pull request that breaks the policy is told so, and judged by its base's", async () => {
  const acme = await stage.organization();
  const widgets = await stage.repository(acme, { files: { ...WELL, [POLICY_PATH]: dco('block') } });
  const { sha, branch } = await stage.pullRequest(widgets, unsigned({ files: { [POLICY_PATH]: BROKEN } }));
  expect(stage.checks(widgets, sha)).toEqual([
    'Steward: failure (The commit needs a sign-off)',
    'Steward policy: failure (1 problem to fix in the policy file)',
  ]);
  const better = await stage.push(widgets, branch, signedOff({ files: { [POLICY_PATH]: dco('off') } }));
  expect(stage.checks(widgets, better)).toEqual([
    'Steward: failure (1 of 2 commits needs a sign-off)',
    'Steward policy: success (The policy file is valid)',
  ]);
});

test("a pull request in the .github repository proposes the organization's policy", async () => {
  const acme = await stage.organization({ policy: dco('block') });
  const { sha } = await stage.pullRequest(policies(acme), signedOff({ files: { [POLICY_PATH]: BROKEN } }));
  expect(stage.checks(policies(acme), sha)).toEqual([
    'Steward: success (The one rule passes)',
    'Steward policy: failure (1 problem to fix in the policy file)',
  ]);
});

test('a pull request that leaves the policy alone shows no check of it', async () => {
  const acme = await stage.organization({ policy: dco('block') });
  const widgets = await stage.repository(acme, { files: { ...WELL, [POLICY_PATH]: dco('block') } });
  const old = widgets.branches.get('main') ?? null;
  await write(widgets, `# Newer\n${dco('block')}`);
  const { sha } = await stage.pullRequest(widgets, signedOff(), { onto: old });
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (The one rule passes)']);
});

test('a new policy of a repository judges its open pull requests anew', async () => {
  const acme = await stage.organization();
  const widgets = await stage.repository(acme, { files: { ...WELL, [POLICY_PATH]: dco('block') } });
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  await write(widgets, dco('warn'));
  expect(stage.checks(widgets, sha)).toEqual(['Steward: neutral (The commit needs a sign-off)']);
  expect(stage.comments(widgets, number).map(({ body }) => body.split('\n')[1])).toEqual([
    '### Something to consider in this pull request',
  ]);
});

test('a new policy of an organization judges everything anew', async () => {
  const acme = await stage.organization({ policy: dco('observe') });
  const widgets = await stage.repository(acme, { files: without(WELL, 'SECURITY.md') });
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect([stage.run(widgets, sha).conclusion, stage.issues(widgets).length]).toEqual(['success', 0]);
  await write(policies(acme), `${dco('block')}  required-files: { enforce: block, files: [security] }\n`);
  expect([stage.run(widgets, sha).conclusion, stage.issues(widgets).length]).toEqual(['failure', 1]);
  await write(policies(acme), dco('off'));
  expect([stage.run(widgets, sha).conclusion, stage.issues(widgets)[0]?.state]).toEqual(['success', 'closed']);
});

test('without any policy the baseline is observed: nobody is blocked, nothing is written to', async () => {
  const acme = await stage.organization();
  const widgets = await stage.repository(acme, { files: { 'src/a.ts': '1\n' } });
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (Nothing to fix; 1 observed rule fails)']);
  expect(stage.comments(widgets, number)).toEqual([]);
  expect(stage.issues(widgets)).toEqual([]);
  const { summary, text } = stage.run(widgets, sha);
  expect(`${summary ?? ''}${text ?? ''}`).not.toContain('steward.yml');
});

test("an organization's policy names the check run; a repository's cannot", async () => {
  const acme = await stage.organization({ policy: `checkName: DCO\n${dco('block')}` });
  const widgets = await stage.repository(acme);
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual(['DCO: failure (The commit needs a sign-off)']);
  const pushed = await write(widgets, `checkName: Mine\n${dco('block')}`);
  expect(stage.runs(widgets, pushed).map(({ name, conclusion }) => [name, conclusion])).toEqual([['Steward policy', 'failure']]);
});

test("a preset is extended, and the organization's own words win", async () => {
  const acme = await stage.organization({ policy: `extends: apache-2.0\n${dco('block')}` });
  const widgets = await stage.repository(acme);
  expect(stage.issues(widgets)).toHaveLength(1);
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
});

test('hostile policies are told what is wrong, quickly and whole', async () => {
  const acme = await stage.organization();
  const widgets = await stage.repository(acme);
  const hostile = {
    aliases: 'a: &a [x]\nb: &b [*a, *a, *a]\nrules: { dco: { enforce: [*b, *b] } }\n',
    large: `rules: {}\n# ${'x'.repeat(10 * 1024 * 1024)}\n`,
    deep: `rules: ${'['.repeat(50_000)}${']'.repeat(50_000)}\n`,
    duplicate: 'rules: {}\nrules: {}\n',
    types: 'rules: 7\nextends: [1]\ncheckName: { a: b }\n',
    prototype: '__proto__: { dco: 1 }\nrules: { constructor: { enforce: block } }\n',
    binary: 'rules\0',
  };
  for (const [kind, policy] of Object.entries(hostile)) {
    const sha = await write(widgets, policy);
    expect([kind, stage.runs(widgets, sha).map(({ name, conclusion }) => [name, conclusion])]).toEqual([
      kind,
      [['Steward policy', 'failure']],
    ]);
  }
  expect(await stage.running.services.memory.jobs.counts()).toMatchObject({ waiting: 0, dead: 0 });
});

test('a policy of a public repository of another owner is extended at a commit that is recorded', async () => {
  const { world } = stage;
  const moon = world.organization('moon');
  const shared = world.repository({ owner: moon, name: 'policies', files: { 'strict.yml': dco('block') } });
  const acme = await stage.organization({ policy: 'extends: moon/policies:strict.yml@main\n' });
  const widgets = await stage.repository(acme);
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
  const subject = { kind: 'pull-request', owner: acme.account.login, repo: widgets.name, number } as const;
  const verdict = await stage.running.services.memory.lastVerdict(subject);
  expect(verdict?.policy.files).toMatchObject([
    { source: 'moon/policies:strict.yml@main', commit: shared.branches.get('main') },
    { source: `${acme.account.login}/.github:${POLICY_PATH}` },
  ]);
});

test('a policy that extends what does not exist is broken, and says so', async () => {
  const acme = await stage.organization({ policy: dco('block') });
  const sha = await write(policies(acme), 'extends: nobody/nowhere\n');
  const [annotation] = stage.run(policies(acme), sha, 'Steward policy').annotations;
  expect(annotation).toMatchObject({ start_line: 1, annotation_level: 'failure' });
  expect(annotation?.message).toContain('nobody/nowhere');
});

test('extending a shared policy costs no call a push, and a change of it is seen within minutes', async () => {
  const { world } = stage;
  const moon = world.organization('changing-moon');
  const shared = world.repository({ owner: moon, name: 'policies', files: { [POLICY_PATH]: dco('block') } });
  const acme = await stage.organization({ policy: 'extends: changing-moon/policies\n' });
  const widgets = await stage.repository(acme);
  const { branch } = await stage.pullRequest(widgets, signedOff());
  const mark = stage.github.log.mark();
  await stage.push(widgets, branch, signedOff({ message: 'Second' }));
  expect(stage.calls(mark)).toEqual(['graphql', 'checks/create']);
  world.push(shared, 'main', { author: 'ada', message: 'Milder', files: { [POLICY_PATH]: dco('warn') } });
  await stage.later(6);
  const sha = await stage.push(widgets, branch, unsigned({ message: 'Third' }));
  expect(stage.checks(widgets, sha)).toEqual(['Steward: neutral (1 of 3 commits needs a sign-off)']);
});

test('a shared policy that cannot be read just now is waited for, never taken for absent', async () => {
  stage.world.repository({
    owner: stage.world.organization('slow-moon'),
    name: 'policies',
    files: { [POLICY_PATH]: dco('block') },
  });
  const acme = await stage.organization({ policy: 'extends: slow-moon/policies\n' });
  const widgets = await stage.repository(acme);
  await stage.later(6);
  const lost = { kind: 'partial', path: ['repository'], on: 'graphql', installation: acme.installation.id } as const;
  stage.github.trouble({ ...lost, skip: 1, times: 3 });
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual([]);
  for (let minute = 0; minute < 4; minute += 1) await stage.later(1);
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
});

test('a private policy is extended only by those whom its repository names as readers', async () => {
  const moon = await stage.organization({ login: 'private-moon' });
  const files = (readers: string) => ({ [POLICY_PATH]: `readers: [${readers}]\n${dco('block')}` });
  await stage.repository(moon, { name: 'for-all', files: files('reader-org, other'), isPrivate: true });
  await stage.repository(moon, { name: 'for-others', files: files('other'), isPrivate: true });
  const reader = await stage.organization({ login: 'reader-org', policy: 'extends: private-moon/for-all\n' });
  const widgets = await stage.repository(reader);
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);

  const refused = await write(policies(reader), 'extends: private-moon/for-others\n');
  const missing = await write(policies(reader), 'extends: private-moon/nowhere\n');
  const said = [refused, missing].map((commit) => stage.run(policies(reader), commit, 'Steward policy'));
  expect(said.map(({ conclusion }) => conclusion)).toEqual(['failure', 'failure']);
  // Whether a private repository exists is nobody else's business.
  expect(said[0]?.text?.replace('for-others', 'nowhere')).toBe(said[1]?.text);
});
