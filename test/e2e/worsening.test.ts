/** A pull request is judged only on what it adds or worsens, however large and odd it is. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aStage, APACHE, MIT, POLICY_PATH, signedOff, unsigned, WELL, without, type Stage } from '../support/stage.ts';

const LICENSED = 'rules: { license-file: { enforce: block, allow: [MIT] } }';
const ALL = `rules:
  dco: { enforce: block }
  license-file: { enforce: block, allow: [MIT] }
  required-files: { enforce: block, files: [readme, security] }
`;
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

test('what the base fails already is told and held against nobody; it belongs to the issue of the repository', async () => {
  const acme = await stage.organization({ policy: LICENSED });
  const widgets = await stage.repository(acme, { files: without(WELL, 'LICENSE') });
  const { number, sha } = await stage.pullRequest(widgets, signedOff());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (Nothing to fix here; 1 rule failed before)']);
  expect(stage.run(widgets, sha).text).toContain('Was so before this pull request');
  expect(stage.comments(widgets, number)).toEqual([]);
  expect(stage.issues(widgets)).toHaveLength(1);
});

test('taking the license away fails', async () => {
  const acme = await stage.organization({ policy: LICENSED });
  const widgets = await stage.repository(acme);
  const { number, sha } = await stage.pullRequest(widgets, { author: 'ada', remove: ['LICENSE'] });
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (No license file)']);
  expect(stage.comments(widgets, number)).toHaveLength(1);
  expect(stage.issues(widgets)).toEqual([]);
});

test('changing the license to one that is not allowed fails, with a note on the file', async () => {
  const acme = await stage.organization({ policy: LICENSED });
  const widgets = await stage.repository(acme);
  const { sha } = await stage.pullRequest(widgets, { author: 'ada', files: { LICENSE: APACHE } });
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (A license that is not allowed)']);
  expect(stage.run(widgets, sha).annotations).toMatchObject([{ path: 'LICENSE', start_line: 1, annotation_level: 'failure' }]);
});

test('a branch that is behind a base which gained a license does not take it away', async () => {
  const acme = await stage.organization({ policy: LICENSED });
  const widgets = await stage.repository(acme, { files: without(WELL, 'LICENSE') });
  const old = widgets.branches.get('main') ?? null;
  await stage.push(widgets, 'main', { author: 'ada', message: 'Add the license', files: { LICENSE: MIT } });
  const { sha } = await stage.pullRequest(widgets, signedOff(), { onto: old });
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (The one rule passes)']);
});

test('a branch that is behind a base which lost its license does not bring it back', async () => {
  const acme = await stage.organization({ policy: LICENSED });
  const widgets = await stage.repository(acme);
  const old = widgets.branches.get('main') ?? null;
  await stage.push(widgets, 'main', { author: 'ada', message: 'Drop the license', remove: ['LICENSE'] });
  const { sha } = await stage.pullRequest(widgets, signedOff(), { onto: old });
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (Nothing to fix here; 1 rule failed before)']);
});

test('renaming the license to another name that counts is no loss', async () => {
  const acme = await stage.organization({ policy: LICENSED });
  const widgets = await stage.repository(acme);
  const { sha } = await stage.pullRequest(widgets, {
    author: 'ada',
    remove: ['LICENSE'],
    files: { 'LICENSE.txt': MIT },
  });
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (The one rule passes)']);
});

test('renaming the license to a name that does not count is a loss', async () => {
  const acme = await stage.organization({ policy: LICENSED });
  const widgets = await stage.repository(acme);
  const { sha } = await stage.pullRequest(widgets, { author: 'ada', remove: ['LICENSE'], files: { 'legal/terms.txt': MIT } });
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (No license file)']);
});

test('a pull request that mends one file is not held for the other one that was missing', async () => {
  const acme = await stage.organization({ policy: ALL });
  const widgets = await stage.repository(acme, { files: without(WELL, 'README.md', 'SECURITY.md') });
  const { sha } = await stage.pullRequest(widgets, signedOff({ files: { 'README.md': '# Widgets\n' } }));
  expect(stage.run(widgets, sha)).toMatchObject({ conclusion: 'success' });
  expect(stage.run(widgets, sha).text).toContain('There is no security policy');
});

test.each([130, 260, 305])('all of %i commits are judged', async (many) => {
  const acme = await stage.organization({ policy: ALL });
  const widgets = await stage.repository(acme);
  const commits = Array.from({ length: many }, (_, index) =>
    index === many - 2 ? unsigned({ message: 'The one without' }) : signedOff({ message: `Change ${index}` }),
  );
  const { sha } = await stage.pullRequest(widgets, commits);
  expect(stage.checks(widgets, sha)).toEqual([`Steward: failure (1 of ${many} commits needs a sign-off)`]);
  expect(stage.run(widgets, sha).summary).toContain('The one without');
});

test('a license that goes away among 250 changed files is seen', async () => {
  const acme = await stage.organization({ policy: ALL });
  const widgets = await stage.repository(acme);
  const files = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`src/${index}.ts`, `${index}\n`]));
  const { sha } = await stage.pullRequest(widgets, signedOff({ files, remove: ['LICENSE'] }));
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (No license file)']);
});

test('more changed files than GitHub lists are not known, which is not a pass', async () => {
  const acme = await stage.organization({ policy: ALL });
  const widgets = await stage.repository(acme);
  const files = Object.fromEntries(Array.from({ length: 3001 }, (_, index) => [`src/${index}.ts`, `${index}\n`]));
  const { sha } = await stage.pullRequest(widgets, signedOff({ files, remove: ['LICENSE'] }));
  expect(stage.run(widgets, sha)).toMatchObject({ conclusion: 'action_required' });
  expect(stage.run(widgets, sha).summary).toContain('GitHub lists at most 3000 changed files');
});

test('file names with spaces, quotes, newlines and tricks are judged like any other', async () => {
  const acme = await stage.organization({ policy: ALL });
  const widgets = await stage.repository(acme);
  const names = ['a file.md', `it's "quoted".md`, 'two\nlines.md', '`code` $(rm -rf).md', '@everyone <!-- x.md', '日本語/ñ.md'];
  const files = Object.fromEntries([...names, ...names.map((name) => `.github/${name}`)].map((name) => [name, 'text\n']));
  const { sha, branch } = await stage.pullRequest(widgets, signedOff({ files }));
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (All 3 rules pass)']);
  const next = await stage.push(
    widgets,
    branch,
    signedOff({ files: { 'LICENSE with spaces.md': APACHE, 'LICENSE\n# Forged': APACHE } }),
  );
  expect(stage.checks(widgets, next)).toEqual(['Steward: failure (A license that is not allowed)']);
  expect(stage.run(widgets, next).annotations.map(({ path }) => path)).toEqual(['LICENSE with spaces.md']);
});

test('a commit message cannot forge a table, ping people, close the comment or hide itself', async () => {
  const acme = await stage.organization({ policy: ALL });
  const widgets = await stage.repository(acme);
  const message = '--> </details> | forged | ✅ | @acme/owners <img src=x> [link](https://evil.example) `\u202e\n\n# All well\n';
  const { number, sha } = await stage.pullRequest(widgets, unsigned({ message }), {
    title: '<!-- steward:comment --> @everyone',
  });
  const { conclusion, title, summary, text } = stage.run(widgets, sha);
  expect([conclusion, title]).toEqual(['failure', 'The commit needs a sign-off']);
  for (const shown of [summary ?? '', text ?? '', ...stage.comments(widgets, number).map(({ body }) => body)]) {
    expect(shown).not.toMatch(
      /(?<![\\`\w])<img|\]\(https:\/\/evil|(?<![`\w;\u200b\u2060])@(?:acme\/owners|everyone)|\u202e|^# All well/m,
    );
  }
});

test('a stranger who writes the mark of a comment or check does not take its place', async () => {
  const acme = await stage.organization({ policy: ALL });
  const widgets = await stage.repository(acme);
  stage.world.push(widgets, 'topic', unsigned());
  const opened = stage.world.openPullRequest(widgets, { head: 'topic', author: 'eve' });
  const forged = stage.world.comment(widgets, opened.number, 'eve', '<!-- steward:comment -->\n### ✅ All well');
  stage.world.createCheckRun(
    widgets,
    { name: 'Steward', head_sha: opened.pull.head.sha, conclusion: 'success', external_id: 'steward:1:x:none' },
    99,
  );
  await stage.deliver(opened, forged);
  expect(forged.comment.body).toBe('<!-- steward:comment -->\n### ✅ All well');
  expect(stage.comments(widgets, opened.number)).toHaveLength(1);
  expect(stage.world.checkRunsAt(widgets, opened.pull.head.sha).map((run) => [run.suite.appId, run.conclusion])).toEqual([
    [99, 'success'],
    [stage.world.app.id, 'failure'],
  ]);
});

test('more commits than can be shown fit into the limits of GitHub, and the text says so', async () => {
  const acme = await stage.organization({ policy: ALL });
  const widgets = await stage.repository(acme);
  const commits = Array.from({ length: 700 }, (_, index) => unsigned({ message: `${index} ${'äöü€'.repeat(40)}` }));
  const { sha } = await stage.pullRequest(widgets, commits);
  const { summary, text, title } = stage.run(widgets, sha);
  expect(title).toBe('700 of 700 commits need a sign-off');
  expect((summary ?? '').length).toBeLessThanOrEqual(65_535);
  expect((text ?? '').length).toBeLessThanOrEqual(65_535);
  expect(text?.includes('longer than GitHub can show')).toBe(true);
});

test('a policy with more problems than one request may annotate is told in one', async () => {
  const acme = await stage.organization({ policy: ALL });
  const widgets = await stage.repository(acme);
  const wrong = Array.from({ length: 120 }, (_, index) => `  rule-${index}: { enforce: block }`).join('\n');
  const { sha } = await stage.pullRequest(widgets, signedOff({ files: { [POLICY_PATH]: `rules:\n${wrong}\n` } }));
  const { conclusion, annotations, writes } = stage.run(widgets, sha, 'Steward policy');
  expect({ conclusion, annotations: annotations.length, writes }).toEqual({ conclusion: 'failure', annotations: 50, writes: 1 });
  expect(annotations.map(({ start_line: line }) => line)).toEqual(Array.from({ length: 50 }, (_, index) => index + 2));
  expect(annotations.at(-1)?.message).toContain('There are more problems from here on.');
});
