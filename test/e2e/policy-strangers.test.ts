/** Proposals by strangers over real HTTP: what they can find out, cost, and let in; and what alone lets a policy past its limit. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Files } from '../support/github/world/commits.ts';
import type { CheckRun, Repository } from '../support/github/model.ts';
import { aStage, POLICY_PATH, signedOff, WELL, without, type Organization, type Stage } from '../support/stage.ts';

const CHECK = 'Steward policy';
const FILES = 'rules:\n  required-files: { enforce: warn, files: [security] }\n';
const dco = (enforce: string): string => `rules:\n  dco: { enforce: ${enforce} }\n`;
const TESTS = '.github/steward/tests/';
const WAIVERS = '.github/steward/waivers/';
let stage: Stage;
let strangers = 0;

beforeAll(async () => {
  stage = await aStage({ env: { PUBLIC_URL: 'https://steward.example.org' } });
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

const home = ({ policies }: Organization): Repository => {
  if (policies === null) throw new Error('The organization has no policy.');
  return policies;
};
const bare = (acme: Organization): Promise<Repository> => stage.repository(acme, { files: without(WELL, 'SECURITY.md') });
const head = ({ conclusion, title }: CheckRun): string => `${conclusion ?? ''}: ${title ?? ''}`;

/** A pull request from a stranger's fork, and its check. */
async function fromFork(acme: Organization, files: Files): Promise<CheckRun> {
  strangers += 1;
  const author = `mallory-${strangers}`;
  const fork = stage.world.fork(home(acme), stage.world.user(author));
  const { sha } = await stage.pullRequest(home(acme), signedOff({ files }), { head: { repository: fork, ref: 'mine' }, author });
  return stage.run(home(acme), sha, CHECK);
}

async function push(acme: Organization, policy: string): Promise<string> {
  return stage.push(home(acme), 'main', { author: 'ada', message: 'Change the policy', files: { [POLICY_PATH]: policy } });
}

/** What was said of a pushed version; empty: it is in force, and nothing was to be said. */
const told = (acme: Organization, sha: string): readonly string[] =>
  stage.checks(home(acme), sha).filter((line) => line.startsWith(CHECK));

test('a stranger who asks about private repositories gets the same answer whether there are such or not', async () => {
  const asked = `groups:
  - { name: g, where: { names: ['secret-*'], visibility: [private] }, rules: { required-files: { enforce: warn, files: [security] } } }
${dco('observe')}`;
  const answers: string[] = [];
  for (const name of ['secret-plan', null]) {
    const acme = await stage.organization({ policy: dco('observe') });
    if (name !== null) await stage.repository(acme, { name, files: without(WELL, 'SECURITY.md'), isPrivate: true });
    const run = await fromFork(acme, { [POLICY_PATH]: asked });
    answers.push([head(run), (run.summary ?? '').replace(/\/policy\/previews\/[\w-]+/g, '')].join('\n'));
  }
  expect(answers[0]).toBe(answers[1]);
  expect(answers[0]).toContain('success: Nothing would newly fail');
  expect(answers[0]).toContain('Steward judged 1 public repository and 0 open pull requests');
  expect(answers[0]).toContain('Private repositories are left out, because the change is proposed from a fork.');
});

test("a stranger's policy tests are not run, and a file of a stranger's keeps nobody waiting", async () => {
  const acme = await stage.organization({ policy: dco('warn') });
  const keys = Array.from({ length: 15_000 }, (_, index) => `k${index}: 1`).join(', ');
  const text = `tests:\n- {name: x, rule: dco, expect: {outcome: fail}, ${keys}}\n`;
  const run = await fromFork(acme, { [`${TESTS}a.test.yml`]: text });
  expect(head(run)).toBe('neutral: The policy tests were not run');
  expect(run.summary).toContain('Policy tests run when somebody who may write in this repository pushes the branch here.');
  expect(run.annotations).toEqual([]);
});

test('however many files a stranger brings, few of them are read, and it is told', async () => {
  const acme = await stage.organization({ policy: dco('warn') });
  const many = Array.from({ length: 200 }, (_, index) => index);
  const files = Object.fromEntries(
    many.flatMap((index) => [
      [`${TESTS}t${index}.test.yml`, `# ${index}\n`],
      [`${WAIVERS}w${index}.yml`, `# ${index}\n`],
    ]),
  );
  const mark = stage.github.log.mark();
  const run = await fromFork(acme, files);
  const read = stage.github.log
    .since(mark, 'graphql')
    .flatMap(({ body }) => JSON.stringify(body).match(/"o\d+":"[0-9a-f]{40}"/g) ?? []);
  expect(read.length).toBeLessThanOrEqual(60);
  expect(run.text).toContain('At most 50 new waivers are read of a proposal from a fork');
});

test('what a stranger proposes lets nothing in: not with waivers of hope, and not while there is no limit', async () => {
  const acme = await stage.organization({ policy: `maxNewFailures: 0\n${dco('warn')}` });
  const one = await bare(acme);
  const policy = `maxNewFailures: 0\n${FILES}`;
  const hope = {
    rule: 'required-files',
    repositories: ['*'],
    reason: 'Because of this and that.',
    approver: 'nobody',
    until: '2099-01-01',
  };
  await fromFork(acme, { [POLICY_PATH]: policy, [`${WAIVERS}x.yml`]: JSON.stringify(hope) });
  expect(told(acme, await push(acme, policy))).toEqual([`${CHECK}: failure (Held back: 2 repositories would newly fail)`]);
  expect(stage.issues(one)).toEqual([]);

  const free = await stage.organization({ policy: dco('warn') });
  const other = await bare(free);
  await fromFork(free, { [POLICY_PATH]: FILES });
  await push(free, `maxNewFailures: 0\n${dco('warn')}`);
  expect(told(free, await push(free, FILES))).toEqual([`${CHECK}: failure (Held back: 2 repositories would newly fail)`]);
  expect(stage.issues(other)).toEqual([]);
});

test('a version that was let in once is decided on anew when it comes back after another', async () => {
  const lax = `maxNewFailures: 0\n${dco('warn')}`;
  const acme = await stage.organization({ policy: lax });
  const one = await stage.repository(acme);
  const strict = `maxNewFailures: 1\n${FILES}`;
  // The policy repository itself has no SECURITY.md.
  expect(told(acme, await push(acme, strict))).toEqual([]);
  await push(acme, lax);
  const two = await bare(acme);
  expect(told(acme, await push(acme, strict))).toEqual([`${CHECK}: failure (Held back: 2 repositories would newly fail)`]);
  expect([one, two].flatMap((place) => stage.issues(place))).toEqual([]);
});

test('a merged version that keeps to the limit is in force at once, with the waivers that are merged and approved with it', async () => {
  const acme = await stage.organization({ policy: `maxNewFailures: 1\n${dco('warn')}` });
  stage.world.user('grace');
  home(acme).collaborators.set('grace', 'write');
  const [waived, held] = [await bare(acme), await stage.repository(acme)];
  const waiver = {
    rule: 'required-files',
    repositories: [waived.name],
    reason: 'It is only an example.',
    approver: 'grace',
    until: dayAhead(60),
  };
  const files = { [POLICY_PATH]: `maxNewFailures: 1\n${FILES}`, [`${WAIVERS}example.yml`]: JSON.stringify(waiver) };
  const { number } = await stage.pullRequest(home(acme), signedOff({ files }));
  stage.world.review(home(acme), number, 'grace');
  await stage.deliver(stage.world.mergePullRequest(home(acme), number, 'ada'));
  // Only the policy repository itself newly fails.
  expect(stage.issues(home(acme)).map(({ state }) => state)).toEqual(['open']);
  expect([waived, held].flatMap((one) => stage.issues(one))).toEqual([]);
});

test('whoever is looked at before it is decided is looked at again when a version is let in', async () => {
  const acme = await stage.organization({ policy: `maxNewFailures: 3\n${dco('warn')}` });
  const one = await bare(acme);
  const files = { [POLICY_PATH]: `maxNewFailures: 3\n${FILES}` };
  const pushed = stage.world.push(home(acme), 'main', { author: 'ada', message: 'Change the policy', files });
  // A sweep comes first: nobody has told of the push yet.
  await stage.deliver(stage.world.push(one, 'main', { author: 'ada', message: 'More', files: { more: '' } }));
  expect(stage.issues(one)).toEqual([]);
  await stage.deliver(pushed);
  expect(stage.issues(one).map(({ state }) => state)).toEqual(['open']);
});

test('on a public policy repository no policy test tells of a private repository, whoever proposes it', async () => {
  const acme = await stage.organization({ policy: dco('warn') });
  await stage.repository(acme, { name: 'secret-plan', isPrivate: true });
  await stage.repository(acme, { name: 'open-plan' });
  const one = (name: string): string => `  - { name: ${name}, recorded: ${name}, expect: { dco: { enforce: warn } } }\n`;
  const text = `tests:\n${one('secret-plan')}${one('open-plan')}`;
  const { sha } = await stage.pullRequest(home(acme), signedOff({ files: { [`${TESTS}plans.test.yml`]: text } }));
  const run = stage.run(home(acme), sha, CHECK);
  expect(head(run)).toBe('failure: 1 policy test fails');
  expect(run.annotations.map(({ message }) => message)).toEqual([
    'No facts of "secret-plan" are recorded here, so nothing can be judged.',
  ]);
});

test('a policy file that is moved away is previewed as removed', async () => {
  const acme = await stage.organization({ policy: dco('block') });
  const moved = signedOff({ files: { 'old/steward.yml': dco('block') }, remove: [POLICY_PATH] });
  const { sha } = await stage.pullRequest(home(acme), moved);
  const run = stage.run(home(acme), sha, CHECK);
  expect(head(run)).toBe('success: Nothing would newly fail');
  expect(run.summary).toContain('Steward judged 1 repository and');
});

function dayAhead(days: number): string {
  return new Date(stage.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
