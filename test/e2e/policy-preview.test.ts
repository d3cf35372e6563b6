/** Previews and limits over real HTTP: what a change of the policy would do, told before anybody merges it, and what is held back. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Issue, Repository } from '../support/github/model.ts';
import { aStage, POLICY_PATH, signedOff, unsigned, WELL, without, type Organization, type Stage } from '../support/stage.ts';

const CHECK = 'Steward policy';
const ADDRESS = 'https://steward.example.org';
const TOKEN = 'a-token-for-operators-only';
const FILES = 'rules:\n  required-files: { enforce: warn, files: [security] }\n';
const dco = (enforce: string): string => `rules:\n  dco: { enforce: ${enforce} }\n`;
let stage: Stage;

beforeAll(async () => {
  stage = await aStage({ env: { PUBLIC_URL: ADDRESS, METRICS_TOKEN: TOKEN } });
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

const home = ({ policies }: Organization): Repository => {
  if (policies === null) throw new Error('The organization has no policy.');
  return policies;
};

/** A pull request that proposes a policy, and what its check says. */
async function propose(acme: Organization, policy: string, more: Readonly<Record<string, string>> = {}) {
  const pull = await stage.pullRequest(home(acme), signedOff({ files: { [POLICY_PATH]: policy, ...more } }));
  return { ...pull, said: () => said(home(acme), pull.sha) };
}

/** Pushes a policy past every preview. */
async function push(acme: Organization, policy: string): Promise<string> {
  return stage.push(home(acme), 'main', { author: 'ada', message: 'Change the policy', files: { [POLICY_PATH]: policy } });
}

function said(one: Repository, sha: string): { readonly head: string; readonly summary: string } {
  const { conclusion, title, summary } = stage.run(one, sha, CHECK);
  return { head: `${conclusion ?? ''}: ${title ?? ''}`, summary: summary ?? '' };
}

/** A page of Steward's own, by an address that a check names. */
async function read(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(address.replace(ADDRESS, stage.running.url), { headers });
}

const pageIn = (summary: string): string => /\((https:[^)\s]*\/policy\/previews\/[^)\s.]*)\)/.exec(summary)?.[1] ?? '';
const administrators = (acme: Organization): readonly Issue[] =>
  stage.issues(home(acme)).filter(({ body }) => body?.startsWith('<!-- steward:policy-issue -->'));

/** So many repositories without a way to report a weakness. */
async function bare(acme: Organization, count: number): Promise<readonly Repository[]> {
  const made: Repository[] = [];
  for (let left = count; left > 0; left -= 1) made.push(await stage.repository(acme, { files: without(WELL, 'SECURITY.md') }));
  return made;
}

test('a proposal says which repositories and pull requests would newly fail, and asks GitHub about none of them', async () => {
  const acme = await stage.organization({ policy: dco('observe') });
  const { login } = acme.account;
  const files = without(WELL, 'SECURITY.md');
  await stage.repository(acme, { name: 'well' });
  const wallet = await stage.repository(acme, { name: 'wallet', files });
  await stage.repository(acme, { name: 'node', files });
  await stage.repository(acme, { name: 'secret-plan', files, isPrivate: true });
  await stage.pullRequest(wallet, unsigned(), { title: 'Mend *it*' });
  await stage.pullRequest(wallet, signedOff());
  const mark = stage.github.log.mark();
  const { said: told, sha } = await propose(acme, `${dco('block')}  required-files: { enforce: warn, files: [security] }\n`);

  // Each evaluation of the proposal reads the proposal, and the two checks on it are all that is written.
  expect(stage.github.log.since(mark, 'graphql').every(({ body }) => JSON.stringify(body).includes('"repo":".github"'))).toBe(
    true,
  );
  expect(stage.calls(mark).filter((operation) => operation !== 'graphql')).toEqual(['checks/create', 'checks/create']);

  const { head, summary } = told();
  expect(head).toBe('neutral: 4 repositories would newly fail');
  expect(summary).toContain('Steward judged 5 repositories and 2 open pull requests under both versions');
  expect(summary).toContain('4 issues would open.');
  expect(summary).toContain(`| [\`wallet\`](https://github.com/${login}/wallet) | \`required-files\` |  |  | opens |`);
  expect(summary).toContain(`| [\`wallet#1\`](https://github.com/${login}/wallet/pull/1) Mend \\*it\\* | \`dco\` |  |  |  |`);
  expect(summary).not.toContain('wallet#2');
  // The policy repository is public, so it tells nobody which private repositories there are.
  expect(summary).not.toContain('secret-plan');
  expect(summary).toContain('1 row of private repositories is left out here. In 1 private repository something newly fails.');
  // These facts were stored though nobody asked for them.
  expect(summary).not.toContain('cannot be told');

  const page = pageIn(summary);
  expect(stage.run(home(acme), sha, CHECK).detailsUrl).toBe(page);
  const html = await (await read(page)).text();
  expect(html).toContain('<h1>4 repositories would newly fail</h1>');
  expect(html).toContain('Steward judged 5 repositories and 2 open pull requests');
  expect(html).not.toContain('secret-plan');
  const rows = (await (await read(`${page}.csv`)).text()).trim().split('\r\n');
  expect(rows.slice(1).map((row) => row.split(',').slice(1, 3).join('#'))).toEqual(['wallet#1', '.github#', 'node#', 'wallet#']);
  const all = await (await read(`${page}.csv`, { authorization: `Bearer ${TOKEN}` })).text();
  expect(
    all
      .trim()
      .split('\r\n')
      .slice(1)
      .filter((row) => row.includes('secret-plan,,')),
  ).toHaveLength(1);
  expect((await read(`${page.slice(0, -4)}aaaa`)).status).toBe(404);
});

test('where only insiders read the policy repository, the check names private repositories too', async () => {
  const acme = await stage.organization({ policy: dco('observe') });
  home(acme).isPrivate = true;
  await stage.repository(acme, { name: 'insiders', files: without(WELL, 'SECURITY.md'), isPrivate: true });
  const { said: told } = await propose(acme, FILES);
  expect(told().summary).toContain('[`insiders`]');
  expect(await (await read(pageIn(told().summary))).text()).not.toContain('insiders');
});

test('a rule that was off before is previewed from what was stored of it', async () => {
  const acme = await stage.organization({ policy: dco('observe') });
  const one = await stage.repository(acme);
  await stage.pullRequest(one, signedOff());
  const ids = 'dco-history dependency-licenses license-consistency license-file notice required-files'.split(' ');
  const { said: told } = await propose(acme, `rules:\n${ids.map((id) => `  ${id}: { enforce: warn }\n`).join('')}`);
  expect(told().summary).not.toContain('cannot be told');
});

test('moving the pin of a shared policy is previewed, and nothing of it is in force before the merge', async () => {
  const { world } = stage;
  const shared = world.repository({
    owner: world.organization('enterprise'),
    name: '.github',
    files: { [POLICY_PATH]: dco('observe') },
  });
  const pin = (commit: string): string => `extends: enterprise/.github@${commit}\n`;
  const old = shared.branches.get('main') ?? '';
  const { sha: newer } = world.push(shared, 'main', { author: 'ada', files: { [POLICY_PATH]: dco('block') } });
  const acme = await stage.organization({ policy: pin(old) });
  const one = await stage.repository(acme);
  const { sha } = await stage.pullRequest(one, unsigned());
  const { said: told, number } = await propose(acme, pin(newer));
  expect(told().head).toBe('neutral: 1 repository would newly fail');
  expect(told().summary).toContain(`[\`${one.name}#1\`]`);
  expect(stage.run(one, sha).conclusion).toBe('success');
  await stage.deliver(world.mergePullRequest(home(acme), number, 'ada'));
  expect(stage.run(one, sha).conclusion).toBe('failure');
});

test("a fork's proposal that extends something new is only parsed, and says so", async () => {
  const { world } = stage;
  const acme = await stage.organization({ policy: dco('warn') });
  world.repository({ owner: world.organization('stranger-base'), name: 'policies', files: { [POLICY_PATH]: dco('block') } });
  const fork = world.fork(home(acme), world.user('mallory'));
  const files = { [POLICY_PATH]: '# Mine\nextends: stranger-base/policies\n' };
  const mark = stage.github.log.mark();
  const head = { repository: fork, ref: 'mine' };
  const { sha } = await stage.pullRequest(home(acme), signedOff({ files }), { head, author: 'mallory' });
  expect(stage.github.log.since(mark).filter(({ body }) => JSON.stringify(body).includes('stranger-base'))).toEqual([]);
  const run = stage.run(home(acme), sha, CHECK);
  expect([run.conclusion, run.title]).toEqual(['neutral', 'The policy is valid, with 1 notice']);
  expect(run.annotations).toMatchObject([{ path: POLICY_PATH, start_line: 2, annotation_level: 'warning' }]);
  expect(run.annotations[0]?.message).toContain('not read for a proposal from a fork');
});

test('policy tests beside the policy run in the same check; one that fails fails it, with what was expected and found', async () => {
  const acme = await stage.organization({ policy: dco('block') });
  const cases = (expected: string, example = 'a last commit without a sign-off is amended'): string =>
    `tests:\n  - name: a commit without sign-off is stopped\n    rule: dco\n    example: ${example}\n    expect: { outcome: fail, enforce: ${expected} }\n`;
  const path = '.github/steward/tests/commits.test.yml';
  const wrong = await propose(acme, `# Same\n${dco('block')}`, { [path]: cases('warn') });
  expect(wrong.said().head).toBe('failure: 1 policy test fails');
  expect(wrong.said().summary).toContain('enforce');
  expect(stage.run(home(acme), wrong.sha, CHECK).annotations).toMatchObject([
    { path, start_line: 2, annotation_level: 'failure' },
  ]);
  expect(stage.run(home(acme), wrong.sha, CHECK).annotations[0]?.message).toMatch(/Expected .*warn.*found .*block/);
  const right = await stage.push(home(acme), wrong.branch, signedOff({ message: 'Right', files: { [path]: cases('block') } }));
  expect(said(home(acme), right).head).toBe('success: Nothing would newly fail');
  expect(said(home(acme), right).summary).toContain('The policy test passes');
  const unread = signedOff({ message: 'Worse', files: { [path]: cases('block', 'no such example') } });
  const worse = said(home(acme), await stage.push(home(acme), wrong.branch, unread));
  expect(worse.head).toBe('failure: 1 problem to fix in policy tests');
  expect(worse.summary).not.toContain('This version of the policy file is not used');
});

test('an account or a team that does not exist is told on its line, to those who may write there', async () => {
  const acme = await stage.organization({ policy: dco('warn') });
  const { sha } = await propose(acme, `${dco('warn')}waivers:\n  approvers: ['team:ofice', nobody-at-all, ada]\n`);
  const { annotations, conclusion } = stage.run(home(acme), sha, CHECK);
  expect(conclusion).toBe('neutral');
  expect(annotations.map(({ start_line, message }) => [start_line, message.split('\n')[0]])).toEqual([
    [4, 'The organization has no team "ofice", or Steward may not see it.'],
    [4, 'There is no account "nobody-at-all", or Steward may not see it.'],
  ]);
});

test('more new failures than the limit stop the change, until the same change raises the limit', async () => {
  const acme = await stage.organization({ policy: `maxNewFailures: 1\n${dco('observe')}` });
  const [one] = await bare(acme, 2);
  const { said: told, branch, number } = await propose(acme, `maxNewFailures: 1\n${FILES}`);
  expect(told().head).toBe('failure: 3 repositories would newly fail; the limit is 1');
  expect(told().summary).toContain('raise the limit with `maxNewFailures: 3` in this same change, where reviewers see it');
  const raised = { [POLICY_PATH]: `maxNewFailures: 3\n${FILES}` };
  const sha = await stage.push(home(acme), branch, signedOff({ message: 'Raise it', files: raised }));
  expect(said(home(acme), sha).head).toBe('neutral: 3 repositories would newly fail');
  expect(stage.issues(one as Repository)).toEqual([]);

  // What came in by a previewed merge is in force at once.
  await stage.deliver(stage.world.mergePullRequest(home(acme), number, 'ada'));
  expect(stage.issues(one as Repository)).toHaveLength(1);
  expect(administrators(acme)).toEqual([]);
});

test('a roll-out that begins tomorrow counts today', async () => {
  const acme = await stage.organization({ policy: `maxNewFailures: 0\n${dco('warn')}` });
  const [one] = await bare(acme, 1);
  const tomorrow = new Date(stage.now().getTime() + 86_400_000).toISOString().slice(0, 10);
  const files = `required-files: { enforce: observe, files: [security], rollout: [{ enforce: block, from: ${tomorrow} }] }`;
  const planned = (limit: number): string => `maxNewFailures: ${limit}\n${dco('warn')}  ${files}\n`;
  const held = await push(acme, planned(0));
  expect(said(home(acme), held).head).toBe(`failure: Held back: 2 repositories fail by ${tomorrow}`);
  expect(administrators(acme)[0]?.body).toContain('raise `maxNewFailures` to 2');
  expect(stage.issues(one as Repository)).toEqual([]);
  await push(acme, planned(2));
  expect(administrators(acme).map(({ state }) => state)).toEqual(['closed']);
});

test('a policy that is pushed past the preview is held for everybody, until the limit is raised', async () => {
  const acme = await stage.organization({ policy: `maxNewFailures: 1\n${dco('warn')}` });
  const [one] = await bare(acme, 2);
  const { sha: pull } = await stage.pullRequest(one as Repository, unsigned());
  const held = await push(acme, `maxNewFailures: 1\n${dco('block')}  required-files: { enforce: warn, files: [security] }\n`);
  expect(said(home(acme), held).head).toBe('failure: Held back: 3 repositories would newly fail');
  expect(said(home(acme), held).summary).toContain('the last good version stays in force');
  expect(stage.run(one as Repository, pull).conclusion).toBe('neutral');
  expect(stage.issues(one as Repository)).toEqual([]);
  // Nor does it hold whoever comes later.
  const other = await stage.repository(acme, { files: without(WELL, 'SECURITY.md') });
  expect(stage.issues(other)).toEqual([]);
  expect(administrators(acme).map(({ state }) => state)).toEqual(['open']);
  expect(administrators(acme)[0]?.body).toContain('A new version of the policy is held');
  expect((await read(pageIn(administrators(acme)[0]?.body ?? ''))).status).toBe(200);

  const raised = await push(acme, `maxNewFailures: 5\n${dco('block')}  required-files: { enforce: warn, files: [security] }\n`);
  expect(stage.checks(home(acme), raised).filter((line) => line.includes('Held'))).toEqual([]);
  expect(stage.run(one as Repository, pull).conclusion).toBe('failure');
  expect([one as Repository, other].map((place) => stage.issues(place).length)).toEqual([1, 1]);
  expect(administrators(acme).map(({ state }) => state)).toEqual(['closed']);
});

test('a held policy that is taken back leaves nothing behind', async () => {
  const acme = await stage.organization({ policy: `maxNewFailures: 0\n${dco('warn')}` });
  const [one] = await bare(acme, 1);
  await push(acme, `maxNewFailures: 0\n${FILES}`);
  expect(administrators(acme).map(({ state }) => state)).toEqual(['open']);
  const back = await push(acme, `maxNewFailures: 0\n${dco('warn')}`);
  expect(stage.checks(home(acme), back)).toEqual([]);
  expect(administrators(acme).map(({ state }) => state)).toEqual(['closed']);
  expect(stage.issues(one as Repository)).toEqual([]);
});
