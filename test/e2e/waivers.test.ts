/** Waivers from end to end: asked for, approved by merging, shown, warned about, ended; and everything that does not count. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Repository } from '../support/github/model.ts';
import { aStage, signedOff, unsigned, WELL, without, type Organization, type Stage } from '../support/stage.ts';
import { ASKING_FILES, FOLDER, WaiverDesk, type Home } from '../support/waivers.ts';

const MISSING = 'Steward: failure (1 of 1 file is missing)';
const WAIVED = 'Steward: success (Nothing to fix; 1 rule is waived)';
let stage: Stage;
let desk: WaiverDesk;

beforeAll(async () => {
  stage = await aStage();
  desk = new WaiverDesk(stage);
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

const pathOf = (one: Repository): string => `${FOLDER}/${one.name}.yml`;
const stateOf = (one: Repository): string => desk.issue(one).state;

/** A repository that lacks a file, and a pull request that takes its README away. */
async function failing(acme: Organization): Promise<{ one: Repository; number: number; sha: string }> {
  const one = await desk.lacking(acme);
  return { one, ...(await stage.pullRequest(one, signedOff({ files: { 'src/a.ts': '1\n' }, remove: ['README.md'] }))) };
}

/** The page of a repository, as everybody sees it. */
async function page(one: Repository): Promise<string> {
  const answer = await fetch(`${stage.running.url}/policy/${one.owner.login}/${one.name}`);
  expect(answer.status).toBe(200);
  return answer.text();
}

/** The file that the prefilled link of an answer proposes. */
function prefilled(answer: string): { readonly page: string; readonly path: string; readonly text: string } {
  const [, link = ''] = /\]\((https:\/\/[^)\s]+\/new\/[^)\s]+)\)/.exec(answer) ?? [];
  const url = new URL(link.replaceAll('&amp;', '&'));
  const of = (key: string): string => url.searchParams.get(key) ?? '';
  return { page: url.origin + url.pathname, path: of('filename'), text: of('value') };
}

test("a waiver's whole life: asked, approved by merging, shown, warned about, ended", async () => {
  const acme = await desk.organization();
  const { policies } = acme;
  const { one, number, sha } = await failing(acme);
  const others = await failing(acme);
  const owner = acme.account.login;
  const until = desk.day(60);
  const id = `required-files-${one.name}-${until}`;
  const writes = (from: number): readonly string[] =>
    stage.github.log
      .writes(from)
      .map(({ operationId }) => operationId)
      .sort();
  expect(stage.checks(one, sha)).toEqual([MISSING]);
  expect(stateOf(one)).toBe('open');

  // Asked for on the pull request; nothing is waived yet.
  const command = `/steward waive required-files until ${until} because the files come from upstream`;
  await stage.deliver(stage.world.comment(one, number, 'ada', command));
  const file = prefilled(stage.comments(one, number).at(-1)?.body ?? '');
  expect([file.page, file.path]).toEqual([`https://github.com/${owner}/.github/new/main`, `${FOLDER}/${id}.yml`]);

  // Proposed with exactly that text and an approver: the check says what it would change.
  const text = file.text.replace('approver:\n', 'approver: grace\n');
  expect(text).not.toBe(file.text);
  const proposal = await stage.pullRequest(policies, unsigned({ files: { [file.path]: text } }));
  const { conclusion, summary } = stage.run(policies, proposal.sha, 'Steward policy');
  expect(conclusion).toBe('success');
  for (const part of [
    'In 1 repository something newly passes, and nothing newly fails.',
    '1 issue would close.',
    `1 waiver would come into use: \`${id}\`.`,
    `| [\`${one.name}\`](https://github.com/${owner}/${one.name}) |  | \`required-files\` |  | closes |`,
    `| [\`${one.name}#${number}\`](https://github.com/${owner}/${one.name}/pull/${number}) A contribution |  | \`required-files\` |  |  |`,
  ]) {
    expect(summary).toContain(part);
  }
  expect(stage.checks(one, sha)).toEqual([MISSING]);

  // Approved by somebody else and merged: what it concerns is looked at again, and nothing else.
  stage.world.review(policies, proposal.number, 'grace');
  const [mark, log] = [stage.github.log.mark(), stage.log().length];
  await stage.deliver(stage.world.mergePullRequest(policies, proposal.number, 'grace'));
  const concerned = [
    `pull-request:${owner}/${one.name}#${number}`,
    `repository:${owner}/.github`,
    `repository:${owner}/${one.name}`,
  ];
  expect(desk.lookedAt(log)).toEqual(concerned);
  // One query a subject, and for the policy repository one for its folder of waivers and one for the approval.
  expect(desk.queries(mark).filter((name) => !['Directories', 'Blobs'].includes(name))).toEqual([
    'Approvals',
    'PullRequest',
    'RepositoryState',
    'RepositoryState',
    'Waivers',
  ]);
  expect(writes(mark)).toEqual(['checks/update', 'issues/update', 'issues/update-comment']);
  const approved = 'Approved by **grace**';
  expect(stage.checks(one, sha)).toEqual([WAIVED]);
  expect(stage.run(one, sha).summary).toContain(`Until ${until}, by the waiver [\`${id}\`]`);
  for (const shown of [stage.run(one, sha).summary, desk.comment(one, number), desk.issue(one).body]) {
    expect(shown).toContain('“the files come from upstream”');
    expect(shown).toContain(approved);
  }
  expect(desk.issue(one)).toMatchObject({ state: 'closed', stateReason: 'completed' });
  expect(desk.issue(one).body).toContain('what fails in it is waived for now');
  expect(await page(one)).toMatch(/<h4>Waived<\/h4>[^]*the files come from upstream/);
  expect([stage.checks(others.one, others.sha), stateOf(others.one)]).toEqual([[MISSING], 'open']);
  expect(desk.policyIssue(acme).state).toBe('none');

  // Nothing is written before, between and after the two warnings.
  const quiet = async (...before: readonly number[]): Promise<void> => {
    const from = stage.github.log.mark();
    for (const days of before) await desk.untilBeforeEnd(until, days);
    expect([before, writes(from)]).toEqual([before, []]);
  };
  await quiet(30, 15);
  const first = stage.github.log.mark();
  await desk.untilBeforeEnd(until, 14);
  expect(writes(first)).toEqual(['checks/update', 'issues/create', 'issues/create-comment']);
  expect(desk.policyIssue(acme).state).toBe('open');
  expect(desk.policyIssue(acme).notes.map((note) => note.split('\n')[1])).toEqual([
    `The waiver \`${id}\` of the rule \`required-files\` ends after ${until}, in 14 days. What it covers fails again then. To go on, move \`until\` in its file, in a pull request that somebody else approves (so far: grace). To let it end, do nothing.`,
  ]);
  expect(desk.policyIssue(acme).body).toContain(`This waiver ends soon: ${until} is its last day.`);
  expect(stage.run(one, sha).summary).toContain('This waiver ends in 14 days');
  await quiet(13, 8, 4);
  const second = stage.github.log.mark();
  await desk.untilBeforeEnd(until, 3);
  expect(writes(second)).toEqual(['checks/update', 'issues/create-comment', 'issues/update']);
  expect(desk.policyIssue(acme).notes.map((note) => /in \d+ days/.exec(note)?.[0])).toEqual(['in 14 days', 'in 3 days']);
  await quiet(2, 1, 0.01);
  expect([stage.checks(one, sha), stateOf(one)]).toEqual([[WAIVED], 'closed']);

  // The day after its last day everything fails again, and says why.
  const last = stage.github.log.mark();
  await desk.untilBeforeEnd(until, 0);
  expect(writes(last)).toEqual(['checks/update', 'issues/update', 'issues/update', 'issues/update-comment']);
  expect([stage.checks(one, sha), stateOf(one)]).toEqual([[MISSING], 'open']);
  for (const shown of [stage.run(one, sha).summary, desk.comment(one, number), desk.issue(one).body]) {
    expect(shown).toContain('A waiver covered this and ended');
    expect(shown).toContain(`on ${until}`);
  }
  expect(desk.policyIssue(acme).state).toBe('open');
  expect(desk.policyIssue(acme).body).toContain('This waiver has ended');
  expect(await page(one)).not.toContain('<h4>Waived</h4>');

  // Everything once more: nothing is said twice.
  const again = stage.github.log.mark();
  for (const { delivery } of [...stage.github.deliveries.attempts]) await stage.github.deliveries.send(delivery, true);
  await stage.settled();
  expect(writes(again)).toEqual([]);
  expect(desk.policyIssue(acme).notes).toHaveLength(2);

  // After a month it is history: administrators are not told any more.
  await desk.untilBeforeEnd(until, -30);
  expect(desk.policyIssue(acme).state).toBe('closed');
});

test('a waiver is asked for on an issue too, and refused there in a sentence', async () => {
  const acme = await desk.organization(`waivers: { maxDays: 30 }\n${ASKING_FILES}`);
  const one = await desk.lacking(acme);
  const { number } = desk.issue(one);
  const asking = async (command: string, login = 'ada'): Promise<string> => {
    await stage.deliver(stage.world.comment(one, number, login, `/steward waive ${command} because it comes from upstream`));
    return stage.comments(one, number).at(-1)?.body ?? '';
  };
  expect(prefilled(await asking(`required-files until ${desk.day(30)}`)).text).toContain('requestedBy: ada\n');
  expect(await asking(`required-files until ${desk.day(31)}`)).toContain('lets a waiver last 30 days at most');
  expect(await asking(`required-files until ${desk.day(0)}`)).toContain('is no later day than today');
  // The fourth question of one person within an hour gets no answer.
  expect(await asking(`required-file until ${desk.day(9)}`, 'eve')).toContain('Did you mean');
  expect(stage.comments(one, number)).toHaveLength(4);
});

test('a waiver is renewed in time and taken back, and the check tells what that would change', async () => {
  const acme = await desk.organization();
  const one = await desk.lacking(acme);
  const [first, later] = [desk.day(20), desk.day(50)];
  await desk.bring(acme, { [pathOf(one)]: desk.text(one, { until: first }) });
  await desk.untilBeforeEnd(first, 14);
  expect(desk.policyIssue(acme)).toMatchObject({ state: 'open', notes: { length: 1 } });
  await desk.bring(acme, { [pathOf(one)]: desk.text(one, { until: later }) });
  expect([desk.policyIssue(acme).state, desk.issue(one).body?.includes(`Until ${later}`)]).toEqual(['closed', true]);
  await desk.untilBeforeEnd(first, 0);
  expect(stateOf(one)).toBe('closed');

  const { sha } = await desk.bring(acme, {}, { remove: [pathOf(one)] });
  const { conclusion, summary } = stage.run(acme.policies, sha, 'Steward policy');
  expect(conclusion).toBe('neutral');
  for (const part of ['In 1 repository something newly fails', `1 waiver would be needless: \`${one.name}\`.`, 'opens']) {
    expect(summary).toContain(part);
  }
  expect(stateOf(one)).toBe('open');
});

describe('a waiver does not count, and administrators are told why,', () => {
  let acme: Home;
  beforeAll(async () => {
    acme = await desk.organization();
  });

  /** What administrators are told of a waiver that covers nothing. */
  function refused(one: Repository): string {
    expect([one.name, stateOf(one)]).toEqual([one.name, 'open']);
    return desk.told(acme, `/${one.name}.yml`);
  }

  test('when its approver opened the pull request, which is told before anybody merges it', async () => {
    const one = await desk.lacking(acme);
    const { number, sha } = await desk.bring(acme, { [pathOf(one)]: desk.text(one) }, { author: 'grace' });
    expect(refused(one)).toContain(`grace wrote some of #${number}, and nobody approves their own waiver`);
    const check = stage.run(acme.policies, sha, 'Steward policy');
    expect(check.conclusion).toBe('failure');
    expect(check.annotations).toMatchObject([{ path: pathOf(one), start_line: 1, annotation_level: 'failure' }]);
    expect(check.annotations[0]?.message).toContain('nobody waives for themselves');
  });

  test('when its approver asked for it', async () => {
    const one = await desk.lacking(acme);
    const { sha } = await desk.bring(acme, { [pathOf(one)]: desk.text(one, { requestedBy: 'Grace' }) });
    expect(refused(one)).toContain('asked for this waiver, and nobody waives for themselves.');
    expect(stage.run(acme.policies, sha, 'Steward policy').conclusion).toBe('failure');
  });

  test('when it was approved on an older commit', async () => {
    const one = await desk.lacking(acme);
    const then = { [pathOf(one)]: desk.text(one, { repositories: ['*'] }) };
    const { number } = await desk.bring(acme, { [pathOf(one)]: desk.text(one) }, { then });
    expect(refused(one)).toContain(`#${number} was changed after grace approved it`);
  });

  test('when it was pushed without a pull request', async () => {
    const one = await desk.lacking(acme);
    await stage.push(acme.policies, 'main', { author: 'grace', message: 'Waive', files: { [pathOf(one)]: desk.text(one) } });
    expect(refused(one)).toContain('was pushed without a pull request');
  });

  test('when a bot approved it, or nobody', async () => {
    const [one, other] = [await desk.lacking(acme), await desk.lacking(acme)];
    await desk.bring(acme, { [pathOf(one)]: desk.text(one, { approver: 'robot' }) }, { approver: 'robot[bot]' });
    expect(refused(one)).toContain('robot is no person, and only people approve waivers');
    const { number } = await desk.bring(acme, { [pathOf(other)]: desk.text(other) }, { approver: null });
    expect(refused(other)).toContain(`grace did not approve #${number}`);
  });

  test('when another content was pushed after the approval, or the file was deleted: failing again at once', async () => {
    const [one, other] = [await desk.lacking(acme), await desk.lacking(acme)];
    await desk.bring(acme, { [pathOf(one)]: desk.text(one), [pathOf(other)]: desk.text(other) });
    expect([stateOf(one), stateOf(other)]).toEqual(['closed', 'closed']);
    const change = { files: { [pathOf(one)]: desk.text(one, { until: desk.day(90) }) }, remove: [pathOf(other)] };
    await stage.push(acme.policies, 'main', { author: 'grace', message: 'Longer', ...change });
    expect(refused(one)).toContain('was pushed without a pull request');
    expect(stateOf(other)).toBe('open');
    expect(refused(other)).toBe('');
  });

  test('while GitHub cannot tell who approved it: it is asked again after ten minutes, and counts then', async () => {
    const one = await desk.lacking(acme);
    const files = { [pathOf(one)]: desk.text(one) };
    const { number } = await stage.pullRequest(acme.policies, { author: 'ada', message: 'Waive', files });
    stage.world.review(acme.policies, number, 'grace');
    stage.github.trouble({ kind: 'status', status: 502, on: 'graphql', installation: acme.installation.id, skip: 2 });
    await stage.deliver(stage.world.mergePullRequest(acme.policies, number, 'eve'));
    expect(refused(one)).toContain('is not known yet: GitHub does not tell just now');
    await stage.later(11);
    expect(stateOf(one)).toBe('closed');
    expect(desk.policyIssue(acme).body).not.toContain(pathOf(one));
  });

  test('while GitHub does not find the pull request that was just merged: it is asked again after ten minutes, and counts then', async () => {
    const one = await desk.lacking(acme);
    Object.assign(stage.world, { writesNow: true, lag: 60_000 });
    await desk.bring(acme, { [pathOf(one)]: desk.text(one) });
    expect(refused(one)).toContain('is not known yet: GitHub tells only some minutes after a merge which pull request brought');
    await stage.later(11);
    Object.assign(stage.world, { writesNow: false, lag: 0 });
    expect(stateOf(one)).toBe('closed');
    expect(desk.policyIssue(acme).body).not.toContain(pathOf(one));
  });

  test('and nobody else is looked at because of it', async () => {
    const [one, log] = [await desk.lacking(acme), stage.log().length];
    const text = desk.text(one, { repositories: ['*'] });
    await stage.push(acme.policies, 'main', { author: 'grace', message: 'Waive all', files: { [pathOf(one)]: text } });
    expect(desk.lookedAt(log)).toEqual([`repository:${acme.account.login}/.github`]);
  });

  test('when the policy names others who may approve: people, or a team', async () => {
    acme = await desk.organization(`waivers: { approvers: ['team:office', hal], maxDays: 90 }\n${ASKING_FILES}`);
    acme.account.teams.set('office', new Set(['grace']));
    acme.account.members.set('hal', 'member');
    const [byTeam, byName, byNobody, long] = [
      await desk.lacking(acme),
      await desk.lacking(acme),
      await desk.lacking(acme),
      await desk.lacking(acme),
    ];
    await desk.bring(acme, { [pathOf(byTeam)]: desk.text(byTeam) });
    await desk.bring(acme, { [pathOf(byName)]: desk.text(byName, { approver: 'hal' }) }, { approver: 'hal' });
    await desk.bring(acme, { [pathOf(byNobody)]: desk.text(byNobody, { approver: 'eve' }) }, { approver: 'eve' });
    const { sha } = await desk.bring(acme, { [pathOf(long)]: desk.text(long, { until: desk.day(91) }) });
    expect([byTeam, byName].map((one) => stateOf(one))).toEqual(['closed', 'closed']);
    expect(refused(byNobody)).toContain('eve is not among those who approve waivers');
    expect(refused(long)).toContain('it lasts 91 days from its merge');
    const [annotation] = stage.run(acme.policies, sha, 'Steward policy').annotations;
    expect(annotation?.message).toContain('and the policy allows 90');
  });
});

describe('a waiver covers only what it names:', () => {
  test('a path', async () => {
    const acme = await desk.organization();
    const one = await stage.repository(acme, { files: without(WELL, 'SECURITY.md', 'README.md') });
    await desk.bring(acme, { [pathOf(one)]: desk.text(one, { paths: ['SECURITY.md'] }) });
    expect(stateOf(one)).toBe('open');
    expect(desk.issue(one).body).toMatch(
      /\*\*1 to fix\.\*\*[^]*- \[ \] There is no README[^]*#### Waived[^]*There is no security policy/,
    );
  });

  test('a person', async () => {
    const acme = await desk.organization('rules: { dco: { enforce: block } }\n');
    const one = await desk.lacking(acme);
    const sign = { isValid: true, byGitHub: false };
    const commits = [unsigned({ sign }), unsigned({ sign, author: 'bob', message: 'Another' })];
    const { sha } = await stage.pullRequest(one, commits);
    await desk.bring(acme, { [pathOf(one)]: desk.text(one, { rule: 'dco', people: ['Ada'] }) }, { author: 'eve' });
    expect(stage.checks(one, sha)).toEqual(['Steward: failure (1 of 2 commits needs a sign-off)']);
    await desk.bring(acme, { [`${FOLDER}/bob.yml`]: desk.text(one, { rule: 'dco', people: ['bob'] }) }, { author: 'eve' });
    expect(stage.checks(one, sha)).toEqual([WAIVED]);
  });

  test('a package', async () => {
    const acme = await desk.organization("rules: { dependency-licenses: { enforce: block, allow: ['category:permissive'] } }\n");
    const one = await desk.lacking(acme);
    const files = { 'package-lock.json': lock('viral', 'worse') };
    const { sha } = await stage.pullRequest(one, signedOff({ files }));
    const covering = (name: string) =>
      desk.bring(acme, {
        [`${FOLDER}/${name}.yml`]: desk.text(one, { rule: 'dependency-licenses', packages: [`pkg:npm/${name}@1.*`] }),
      });
    await covering('viral');
    expect(stage.checks(one, sha)).toEqual(['Steward: failure (A dependency needs another license)']);
    expect(stage.run(one, sha).summary).toMatch(/worse[^]*What is waived:[^]*viral/);
    await covering('worse');
    expect(stage.checks(one, sha)).toEqual([WAIVED]);
  });
});

/** A lock file of npm with packages under the GPL. */
function lock(...names: readonly string[]): string {
  const entry = (name: string) => ({
    version: '1.0.0',
    resolved: `https://registry.npmjs.org/${name}/-/${name}-1.0.0.tgz`,
    license: 'GPL-3.0-only',
  });
  const root = { name: 'widgets', dependencies: Object.fromEntries(names.map((name) => [name, '^1.0.0'])) };
  const packages = { '': root, ...Object.fromEntries(names.map((name) => [`node_modules/${name}`, entry(name)])) };
  return JSON.stringify({ name: 'widgets', lockfileVersion: 3, packages });
}
