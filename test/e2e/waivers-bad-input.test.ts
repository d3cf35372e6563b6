/** Waivers that are too many, unreadable, no files at all, or in a repository that goes away. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Repository } from '../support/github/model.ts';
import { aStage, signedOff, unsigned, type Stage } from '../support/stage.ts';
import { FOLDER, WaiverDesk, type Home } from '../support/waivers.ts';

let stage: Stage;
let desk: WaiverDesk;

beforeAll(async () => {
  stage = await aStage();
  desk = new WaiverDesk(stage);
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

const stateOf = (one: Repository): string => desk.issue(one).state;

/** An organization with one repository whose waiver counts. */
async function waived(): Promise<{ readonly acme: Home; readonly one: Repository }> {
  const acme = await desk.organization();
  const one = await desk.lacking(acme);
  await desk.bring(acme, { [`${FOLDER}/good.yml`]: desk.text(one) });
  expect(stateOf(one)).toBe('closed');
  return { acme, one };
}

/** A push by a person to a repository, so that it is looked at again. */
async function touched(one: Repository): Promise<string> {
  await stage.push(one, 'main', signedOff({ message: `Change ${one.branches.get('main') ?? ''}` }));
  return stateOf(one);
}

/** How often each operation was asked for since a mark. */
function counted(mark: number): Readonly<Record<string, number>> {
  const calls = Map.groupBy(stage.calls(mark), (call) => call);
  return Object.fromEntries([...calls].map(([operation, all]) => [operation, all.length]));
}

test('2,000 waivers cost a bounded number of calls once, and then no more than one', async () => {
  const acme = await desk.organization();
  const one = await desk.lacking(acme);
  const many = Array.from({ length: 1999 }, (_, index) => [`${FOLDER}/w${index}.yml`, desk.text({ name: `other-${index}` })]);
  const { world } = stage;
  world.push(acme.policies, 'many', unsigned({ files: { ...Object.fromEntries(many), [`${FOLDER}/one.yml`]: desk.text(one) } }));
  const { number } = world.openPullRequest(acme.policies, { head: 'many', author: 'ada' });
  world.review(acme.policies, number, 'grace');
  const [mark, log] = [stage.github.log.mark(), stage.log().length];
  await stage.deliver(world.mergePullRequest(acme.policies, number, 'eve'));
  expect([stateOf(one), desk.policyIssue(acme).state]).toEqual(['closed', 'none']);
  const owner = acme.account.login;
  expect(desk.lookedAt(log)).toEqual([`repository:${owner}/.github`, `repository:${owner}/${one.name}`]);
  // The two subjects, the folder, and texts and approvals by twenties.
  expect(counted(mark)).toEqual({ graphql: 2 + 1 + 100 + 100, 'git/get-tree': 1, 'issues/update': 1 });

  const again = stage.github.log.mark();
  await touched(one);
  await touched(acme.policies);
  expect(counted(again)).toEqual({ graphql: 2, 'git/get-tree': 2 });

  // One more is told where it is proposed and where it lies; those that were read go on.
  const { sha } = await desk.bring(acme, { [`${FOLDER}/x.yml`]: desk.text(one, { until: desk.day(70) }) });
  const { conclusion, annotations } = stage.run(acme.policies, sha, 'Steward policy');
  expect([conclusion, annotations.map(({ path }) => path)]).toEqual(['failure', [FOLDER]]);
  expect(desk.told(acme, FOLDER)).toContain('There are 2,001 waivers, and at most 2,000 are read.');
  expect(await touched(one)).toBe('closed');
}, 90_000);

test('a waiver that cannot be read stands in no other’s way; links and folders are told and not followed', async () => {
  const { acme, one } = await waived();
  const other = await desk.lacking(acme);
  const { sha } = await desk.bring(acme, {
    [`${FOLDER}/broken.yml`]: 'rule: [',
    [`${FOLDER}/binary.yml`]: new Uint8Array([0, 1, 2]),
    [`${FOLDER}/link.yml`]: { symlink: '../../../elsewhere.yml' },
    [`${FOLDER}/2027/deep.yml`]: desk.text(one),
    [`${FOLDER}/also-good.yml`]: desk.text(other),
    'elsewhere.yml': desk.text(one),
  });
  const { conclusion, annotations } = stage.run(acme.policies, sha, 'Steward policy');
  const names = ['2027', 'binary.yml', 'broken.yml', 'link.yml'];
  expect([conclusion, annotations.map(({ path }) => path)]).toEqual(['failure', names.map((name) => `${FOLDER}/${name}`)]);
  expect(names.map((name) => desk.told(acme, `${FOLDER}/${name}:1`).replace(/^.*?\): /, ''))).toEqual([
    expect.stringMatching(/^"2027" is a .*folder/),
    expect.stringContaining('The file is not text in'),
    expect.stringContaining('This is not valid YAML'),
    expect.stringMatching(/^"link\.yml" is a link.*and a waiver is a file of its own\./),
  ]);
  expect([stateOf(one), stateOf(other)]).toEqual(['closed', 'closed']);
});

test('a folder that GitHub does not tell just now is read ten minutes later', async () => {
  const acme = await desk.organization();
  const one = await desk.lacking(acme);
  const lost = { kind: 'partial', on: 'graphql', installation: acme.installation.id, path: ['repository', 'object'] } as const;
  const files = { [`${FOLDER}/good.yml`]: desk.text(one) };
  const { number } = await stage.pullRequest(acme.policies, unsigned({ files }));
  stage.world.review(acme.policies, number, 'grace');
  stage.github.trouble({ ...lost, skip: 1 });
  await stage.deliver(stage.world.mergePullRequest(acme.policies, number, 'eve'));
  expect(stateOf(one)).toBe('open');
  await stage.later(11);
  expect(stateOf(one)).toBe('closed');
});

test('where the folder is a file, the waivers that were read last go on, and administrators are told', async () => {
  const { acme, one } = await waived();
  const file = { files: { [FOLDER]: 'rule: dco\n' }, remove: [`${FOLDER}/good.yml`] };
  await stage.push(acme.policies, 'main', { author: 'eve', ...file });
  expect(desk.told(acme, FOLDER)).toContain('is no folder, and each waiver is a file in a folder of this name.');
  expect(await touched(one)).toBe('closed');
  // Without the folder there are none: that is no mistake.
  await stage.push(acme.policies, 'main', { author: 'eve', remove: [FOLDER] });
  expect([stateOf(one), desk.policyIssue(acme).state]).toEqual(['open', 'closed']);
});

test('when the policy repository is deleted, the policy and the waivers stay, each waiver to its last day, and checks say so', async () => {
  const { acme, one } = await waived();
  const until = desk.day(60);
  const { branch } = await stage.pullRequest(one, signedOff({ files: { a: '1' }, remove: ['README.md'] }));
  await stage.deliver(stage.world.deleteRepository(acme.policies));
  expect(await touched(one)).toBe('closed');
  const sha = await stage.push(one, branch, signedOff({ message: 'More' }));
  const { title, summary, text } = stage.run(one, sha);
  expect(title).toBe('Nothing to fix; 1 rule is waived');
  expect(summary).toContain(`Until ${until}`);
  expect(text).toContain('The policy repository can no longer be read.');
  await desk.untilBeforeEnd(until, 0);
  expect(stateOf(one)).toBe('open');
  expect(stage.checks(one, sha)).toEqual(['Steward: failure (1 of 1 file is missing)']);
});

test('a policy repository that gets another name governs as long as GitHub leads there, and says so in its issue', async () => {
  const { acme, one } = await waived();
  const { policies } = acme;
  await stage.deliver(stage.world.rename(policies, 'policies'));
  expect(desk.policyIssue(acme).body).toContain('The policy repository has another name');
  expect(await touched(one)).toBe('closed');
  const other = await desk.lacking(acme);
  const { sha } = await desk.bring(acme, { [`${FOLDER}/other.yml`]: desk.text(other) });
  expect(stage.run(policies, sha, 'Steward policy').summary).toContain('1 waiver would come into use: `other`.');
  const page = await fetch(`${stage.running.url}/policy/${acme.account.login}/${other.name}`);
  expect(await page.text()).toMatch(/<h4>Waived<\/h4>[^]*The files come from upstream/);
  expect([stateOf(one), stateOf(other)]).toEqual(['closed', 'closed']);
  await stage.deliver(stage.world.rename(policies, '.github'));
  expect(desk.policyIssue(acme).state).toBe('closed');
});

test('a policy repository that is made private is read as before', async () => {
  const { acme, one } = await waived();
  await stage.deliver(stage.world.privatize(acme.policies));
  expect(await touched(one)).toBe('closed');
  const other = await desk.lacking(acme);
  await desk.bring(acme, { [`${FOLDER}/other.yml`]: desk.text(other) });
  expect([stateOf(one), stateOf(other)]).toEqual(['closed', 'closed']);
});

test('when the history of the policy repository is replaced, what was approved stays so as long as the same file is there', async () => {
  const { acme, one } = await waived();
  const onto = [...acme.policies.objects.commits.values()].find(({ parents }) => parents.length === 0)?.oid ?? '';
  const replace = (files: Readonly<Record<string, string>>) =>
    stage.push(acme.policies, 'main', unsigned({ files }), { onto, by: 'eve' });
  await replace({ [`${FOLDER}/good.yml`]: desk.text(one) });
  expect(await touched(one)).toBe('closed');
  await replace({ 'README.md': '# Policies\n' });
  expect(stateOf(one)).toBe('open');
  await replace({ [`${FOLDER}/good.yml`]: desk.text(one) });
  expect(stateOf(one)).toBe('open');
  expect(desk.told(acme, 'good.yml')).toContain('was pushed without a pull request');
});
