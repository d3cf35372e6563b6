/** What follows from a finding, by how firmly a rule is held: the table of the README, seen on GitHub. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aStage, signedOff, unsigned, WELL, without, type Stage } from '../support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

const INSECURE = without(WELL, 'SECURITY.md');
const COMMITS = ['repository', 'pullRequest', 'commits'];
const ROOT = ['repository', 'head', 'target', 'tree'];
const dco = (enforce: string): string => `rules: { dco: { enforce: ${enforce} } }`;
const security = (enforce: string): string => `rules: { required-files: { enforce: ${enforce}, files: [security] } }`;

test.each([
  ['observe', 'success (Nothing to fix; 1 observed rule fails)', null],
  ['warn', 'neutral (The commit needs a sign-off)', '### Something to consider in this pull request'],
  ['block', 'failure (The commit needs a sign-off)', '### This pull request needs a fix'],
])('a pull request that fails under %s', async (enforce, check, comment) => {
  const acme = await stage.organization({ policy: dco(enforce) });
  const widgets = await stage.repository(acme);
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual([`Steward: ${check}`]);
  expect(stage.comments(widgets, number).map(({ body }) => body.split('\n')[1])).toEqual(comment === null ? [] : [comment]);
  const { summary, text } = stage.run(widgets, sha);
  expect(`${summary ?? ''}\n${text ?? ''}`).toContain('has no sign-off');
});

test.each([
  ['observe', 'success (Nothing to fix; 1 observed rule is not known yet)'],
  ['warn', 'success (0 of 1 rule pass, 1 not known yet)'],
  ['block', 'action_required (Steward could not check everything yet; it tries again)'],
])('a pull request that is not known under %s is told, tried again, and healed', async (enforce, check) => {
  const acme = await stage.organization({ policy: dco(enforce) });
  const widgets = await stage.repository(acme);
  stage.github.trouble({ kind: 'partial', path: COMMITS, on: 'graphql', installation: acme.installation.id, times: 2 });
  const { number, sha } = await stage.pullRequest(widgets, signedOff());
  expect(stage.checks(widgets, sha)).toEqual([`Steward: ${check}`]);
  const { summary, text } = stage.run(widgets, sha);
  expect(`${summary ?? ''}\n${text ?? ''}`).toMatch(/could not check this yet.*Something went wrong/);
  if (enforce !== 'observe') expect(summary).toContain('This is not yours to mend. Steward tries again by itself');

  const mark = stage.github.log.mark();
  await stage.later(4);
  expect(stage.calls(mark, acme.installation)).toEqual([]);
  await stage.later(2);
  expect(stage.calls(mark, acme.installation)).toEqual(['graphql']);
  expect(stage.checks(widgets, sha)).toEqual([`Steward: ${check}`]);
  await stage.later(15);
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (The one rule passes)']);
  expect(stage.comments(widgets, number)).toEqual([]);
  expect(widgets.checkRuns.size).toBe(1);
  const healed = stage.github.log.mark();
  await stage.later(24 * 60);
  expect(stage.calls(healed, acme.installation)).toEqual([]);
});

test('a comment stays as it is while the result is not known', async () => {
  const acme = await stage.organization({ policy: dco('block') });
  const widgets = await stage.repository(acme);
  const { number, branch } = await stage.pullRequest(widgets, unsigned());
  const [before] = stage.comments(widgets, number).map((comment) => ({ ...comment }));
  stage.github.trouble({ kind: 'partial', path: COMMITS, on: 'graphql', installation: acme.installation.id });
  const sha = await stage.push(widgets, branch, signedOff(), { onto: widgets.branches.get('main') ?? null });
  expect(stage.run(widgets, sha).conclusion).toBe('action_required');
  expect(stage.comments(widgets, number)).toEqual([before]);
  await stage.later(6);
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (The one rule passes)']);
  expect(stage.comments(widgets, number)[0]?.body).toContain('### ✅ All well');
});

test('the worst of several rules wins, and each is told by how firmly it is held', async () => {
  const policy = `rules:
  dco: { enforce: warn }
  license-file: { enforce: block, allow: [MIT] }
  required-files: { enforce: observe, files: [readme] }
`;
  const acme = await stage.organization({ policy });
  const widgets = await stage.repository(acme);
  const { number, sha } = await stage.pullRequest(widgets, unsigned({ remove: ['LICENSE', 'README.md'] }));
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (No license file)']);
  const [comment] = stage.comments(widgets, number);
  expect(comment?.body.match(/^(?:❌|⚠️) \*\*.*?\*\*/gm)).toEqual([
    '❌ **Required: The repository carries an allowed license, unaltered.**',
    '⚠️ **Recommended: Every commit is signed off.**',
  ]);
  expect(stage.run(widgets, sha).text).toContain('There is no README');
});

test.each([
  ['observe', []],
  ['warn', ['1 to consider']],
  ['block', ['1 to fix']],
])('a repository that fails under %s', async (enforce, told) => {
  const acme = await stage.organization({ policy: security(enforce) });
  const widgets = await stage.repository(acme, { files: INSECURE });
  expect(stage.issues(widgets).map(({ title, body }) => [title, /^\*\*(.*?)\.\*\*/m.exec(body ?? '')?.[1]])).toEqual(
    told.map((count) => [`Open source upkeep for ${widgets.name}`, count]),
  );
  expect(widgets.checkRuns.size).toBe(0);
});

test.each(['observe', 'warn', 'block'])(
  'a repository that is not known under %s gets no issue and is tried again',
  async (enforce) => {
    const acme = await stage.organization({ policy: security(enforce) });
    stage.github.trouble({ kind: 'partial', path: ROOT, on: 'graphql', installation: acme.installation.id });
    const widgets = await stage.repository(acme, { files: INSECURE });
    expect(stage.issues(widgets)).toEqual([]);
    await stage.later(6);
    expect(stage.issues(widgets)).toHaveLength(enforce === 'observe' ? 0 : 1);
  },
);

test('a second page of commits that does not come makes the whole unknown, never a pass of the first page', async () => {
  const acme = await stage.organization({ policy: dco('block') });
  const widgets = await stage.repository(acme);
  const lost = { kind: 'partial', path: ['repository', 'pullRequest', 'page'], on: 'graphql', skip: 1 } as const;
  stage.github.trouble({ ...lost, installation: acme.installation.id });
  const commits = Array.from({ length: 120 }, (_, index) =>
    index < 100 ? signedOff() : unsigned({ message: `Change ${index}` }),
  );
  const { sha } = await stage.pullRequest(widgets, commits);
  expect(stage.run(widgets, sha).conclusion).toBe('action_required');
  await stage.later(6);
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (20 of 120 commits need a sign-off)']);
});

test('while GitHub answers 502 nothing is shown and nothing is lost', async () => {
  const acme = await stage.organization({ policy: dco('block') });
  const widgets = await stage.repository(acme);
  stage.github.trouble({ kind: 'status', status: 502, installation: acme.installation.id, times: 12 });
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  for (let minute = 0; minute < 10; minute += 1) await stage.later(1);
  expect(stage.checks(widgets, sha)).toEqual([]);
  for (let minute = 0; minute < 3; minute += 1) await stage.later(1);
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
  expect(stage.comments(widgets, number)).toHaveLength(1);
});

test.each(['checks/create', 'issues/create-comment'])(
  'an answer to %s that is lost on its way doubles nothing',
  async (operation) => {
    const acme = await stage.organization({ policy: dco('block') });
    const widgets = await stage.repository(acme);
    const { installation } = acme;
    stage.github.trouble({ kind: 'status', status: 502, on: operation, installation: installation.id, isAfter: true });
    stage.github.trouble({ kind: 'reset', on: operation, installation: installation.id });
    const { number, sha } = await stage.pullRequest(widgets, unsigned());
    await stage.later(1);
    await stage.later(1);
    expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
    expect(widgets.checkRuns.size).toBe(1);
    expect(stage.comments(widgets, number)).toHaveLength(1);
  },
);
