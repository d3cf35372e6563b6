/** What reaches the default branch past a pull request, from the push to the issue that tells of it, over real HTTP. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CERTIFICATION } from '../../src/facts/sentences.ts';
import { remediationLine } from '../../src/rules/dco/remediation.ts';
import type { Repository } from '../support/github/model.ts';
import type { NewCommit } from '../support/github/world/commits.ts';
import { aStage, signedOff, unsigned, WELL, type Stage } from '../support/stage.ts';

const ADA = { name: 'ada', email: 'ada@example.com' };
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

const POLICY = `rules:
  dco: { enforce: block, byComment: all }
  dco-history: { enforce: block, since: '2026-01-01' }
`;

/** A repository whose one commit is signed off. */
async function aPlace(): Promise<Repository> {
  const acme = await stage.organization({ policy: POLICY });
  const made = stage.world.createRepository({ owner: acme.account, name: 'history' });
  await stage.deliver(made);
  await stage.push(made.repository, 'main', signedOff({ message: 'Start', files: WELL }));
  return made.repository;
}

/** The state of the one issue, and the commits that it names. */
function told(one: Repository): readonly unknown[] {
  return stage.issues(one).map(({ state, body }) => [state, [...(body ?? '').matchAll(/Commit `(\w{7})`/g)].map(([, id]) => id)]);
}

/** What Ada's unsigned push is signed off by afterwards. */
const remediation = (sha: string) => signedOff({ message: `Sign off\n\n${remediationLine(ADA, sha)}`, files: {} });

test('an unsigned push past every pull request is told in an issue, which closes itself when it is signed off later', async () => {
  const widgets = await aPlace();
  const sha = await stage.push(widgets, 'main', unsigned({ message: 'Past every pull request' }));
  expect(told(widgets)).toEqual([['open', [sha.slice(0, 7)]]]);
  expect(stage.issues(widgets)[0]?.body).toContain(remediationLine(ADA, sha));
  await stage.push(widgets, 'main', remediation(sha));
  expect(told(widgets)).toEqual([['closed', []]]);
});

test('a push costs three calls, one for the history and one for the names of all files, and those of the issue when something is to tell', async () => {
  const widgets = await aPlace();
  const calls = async (commit: NewCommit): Promise<readonly string[]> => {
    const mark = stage.github.log.mark();
    await stage.push(widgets, 'main', commit);
    return stage.calls(mark).toSorted();
  };
  const reading = ['git/get-tree', 'graphql', 'graphql'];
  expect(await calls(signedOff({ message: 'Well' }))).toEqual(reading);
  expect(await calls(unsigned({ message: 'Not well' }))).toEqual([...reading, 'issues/create']);
  expect(await calls(signedOff({ message: 'Others go on' }))).toEqual(reading);
});

test.each(['squash', 'merge', 'rebase'] as const)(
  'what a %s of a certified pull request brings is certified, though its message says nothing of a sign-off',
  async (method) => {
    const widgets = await aPlace();
    const { number } = await stage.pullRequest(widgets, unsigned());
    await stage.deliver(stage.world.comment(widgets, number, 'ada', CERTIFICATION));
    await stage.deliver(stage.world.mergePullRequest(widgets, number, 'mia', { method, message: 'Nothing of a sign-off' }));
    await stage.later(20);
    expect(told(widgets)).toEqual([]);
  },
);

test('what is merged against a failing check is told', async () => {
  const widgets = await aPlace();
  const { number } = await stage.pullRequest(widgets, unsigned());
  await stage.deliver(stage.world.mergePullRequest(widgets, number, 'mia', { method: 'squash', message: 'Squashed' }));
  await stage.later(20);
  expect(told(widgets)).toEqual([['open', [widgets.branches.get('main')?.slice(0, 7)]]]);
});

test('an organization that requires a check called DCO sees one check, of that name', async () => {
  const acme = await stage.organization({ policy: `checkName: DCO\n${POLICY}` });
  const widgets = await stage.repository(acme);
  const { sha, branch } = await stage.pullRequest(widgets, unsigned());
  expect(stage.world.checkRunsAt(widgets, sha).map(({ name, conclusion }) => [name, conclusion])).toEqual([['DCO', 'failure']]);
  const mended = await stage.push(widgets, branch, remediation(sha));
  expect(stage.world.checkRunsAt(widgets, mended).map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ['DCO', 'success'],
  ]);
});

test('who works on github.com alone signs off there: with the text of the check as the message of one more commit', async () => {
  const widgets = await aPlace();
  const web = { committer: { name: 'GitHub', email: 'noreply@github.com' }, sign: { isValid: true, byGitHub: true } };
  const { sha, branch } = await stage.pullRequest(widgets, unsigned({ message: 'Edit on github.com', ...web }));
  const [, message] = /```text\n(Sign off earlier commits\n[^`]+)\n```/.exec(stage.run(widgets, sha).summary ?? '') ?? [];
  expect(message).toContain(remediationLine(ADA, sha));
  const mended = await stage.push(widgets, branch, unsigned({ message, ...web }));
  expect(stage.run(widgets, mended).conclusion).toBe('success');
});
