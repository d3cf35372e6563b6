/** Waivers from end to end: asked for, approved by merging, shown, warned about, ended; and everything that does not count. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Comment, Issue, Repository } from '../support/github/model.ts';
import type { Content } from '../support/github/git.ts';
import { aStage, signedOff, unsigned, WELL, without, type Organization, type Stage } from '../support/stage.ts';

const DAY = 86_400_000;
const POLICY = 'rules:\n  required-files: { enforce: block, files: [readme, security] }\n';
const FOLDER = '.github/steward/waivers';
const MISSING = 'Steward: failure (1 of 1 file is missing)';
const WAIVED = 'Steward: success (Nothing to fix; 1 rule is waived)';
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

/** The day so many days from now, in UTC: YYYY-MM-DD. */
function day(days: number): string {
  return new Date(stage.now().getTime() + days * DAY).toISOString().slice(0, 10);
}

/** Lets time pass until a minute after the moment so many days before a last day is over. */
async function untilBeforeEnd(until: string, days: number): Promise<void> {
  const moment = Date.parse(`${until}T00:00:00Z`) + DAY - days * DAY;
  await stage.later((moment - stage.now().getTime()) / 60_000 + 1);
}

type Home = Organization & { readonly policies: Repository };

/** An organization with a policy, in whose policy repository Grace and Eve may write. */
async function anOrganization(policy = POLICY): Promise<Home> {
  const acme = await stage.organization({ policy });
  const { policies } = acme;
  if (policies === null) throw new Error('The organization has no policy.');
  for (const login of ['grace', 'eve']) {
    stage.world.user(login);
    policies.collaborators.set(login, 'write');
  }
  return { ...acme, policies };
}

/** A repository that does not say how to report a weakness: it has an open issue. */
async function lacking(acme: Organization): Promise<Repository> {
  return stage.repository(acme, { files: without(WELL, 'SECURITY.md') });
}

/** The same, and a pull request that takes its README away. */
async function failing(acme: Organization): Promise<{ one: Repository; number: number; sha: string }> {
  const one = await lacking(acme);
  return { one, ...(await stage.pullRequest(one, signedOff({ files: { 'src/a.ts': '1\n' }, remove: ['README.md'] }))) };
}

/** A waiver file; what is given last stands in it. */
function waiver(one: Repository, more: Readonly<Record<string, unknown>> = {}): string {
  const keys = { rule: 'required-files', repositories: [one.name], reason: 'The files come from upstream.', approver: 'grace' };
  return JSON.stringify({ ...keys, until: day(60), ...more });
}

const pathOf = (one: Repository): string => `${FOLDER}/${one.name}.yml`;

interface Bringing {
  /** Who opens the pull request and writes its commit. */
  readonly author?: string;
  /** Who approves it; null: nobody. */
  readonly approver?: string | null;
  /** What is pushed after the approval. */
  readonly then?: Readonly<Record<string, Content>>;
}

/** Brings files into the policy repository by a pull request that is approved and merged. */
async function bring(
  { policies }: Home,
  files: Readonly<Record<string, Content>>,
  { author = 'ada', approver = 'grace', then }: Bringing = {},
): Promise<{ readonly number: number; readonly sha: string; readonly merged: string }> {
  const { number, sha, branch } = await stage.pullRequest(policies, { author, message: 'Waive', files }, { author });
  const by = approver?.endsWith('[bot]') ? stage.world.bot(approver) : approver;
  if (by !== null && by !== undefined) stage.world.review(policies, number, by);
  if (then) await stage.push(policies, branch, { author, message: 'Waive more', files: then });
  const merged = stage.world.mergePullRequest(policies, number, 'eve');
  await stage.deliver(merged);
  return { number, sha, merged: merged.sha };
}

/** Subjects that jobs looked at since a place in Steward's log, each once. */
function lookedAt(from: number): readonly string[] {
  const lines = stage.log().slice(from).split('\n');
  const jobs = lines.filter((line) => line.includes('"msg":"job"')).map((line) => (JSON.parse(line) as { job: string }).job);
  return [...new Set(jobs)].sort();
}

/** Steward's comment on a pull request that shows the verdict. */
function commentOf(one: Repository, number: number): string {
  return stage.comments(one, number).find(({ body }: Comment) => body.startsWith('<!-- steward:comment -->'))?.body ?? '';
}

function issueOf(one: Repository): Issue {
  const found = stage.issues(one).find(({ body }) => body?.startsWith('<!-- steward:issue -->'));
  if (!found) throw new Error(`${one.name} has no issue.`);
  return found;
}

/** The issue for administrators, and the notes below it. */
function policyIssue({ policies }: Home): { readonly state: string; readonly body: string; readonly notes: readonly string[] } {
  const found = stage.issues(policies).filter(({ body }) => body?.startsWith('<!-- steward:policy-issue -->'));
  const [issue] = found;
  if (!issue) return { state: 'none', body: '', notes: [] };
  expect(found).toHaveLength(1);
  return { state: issue.state, body: issue.body ?? '', notes: stage.comments(policies, issue.number).map(({ body }) => body) };
}

/** The file that the prefilled link of an answer proposes. */
function prefilled(answer: string): { readonly page: string; readonly path: string; readonly text: string } {
  const [, link = ''] = /\]\((https:\/\/[^)\s]+\/new\/[^)\s]+)\)/.exec(answer) ?? [];
  const url = new URL(link.replaceAll('&amp;', '&'));
  const of = (key: string): string => url.searchParams.get(key) ?? '';
  return { page: url.origin + url.pathname, path: of('filename'), text: of('value') };
}

test("a waiver's whole life: asked, approved by merging, shown, warned about, ended", async () => {
  const acme = await anOrganization();
  const { policies } = acme;
  const { one, number, sha } = await failing(acme);
  const others = await failing(acme);
  const owner = acme.account.login;
  const until = day(60);
  const id = `required-files-${one.name}-${until}`;
  const writes = (from: number): readonly string[] =>
    stage.github.log
      .writes(from)
      .map(({ operationId }) => operationId)
      .sort();
  expect(stage.checks(one, sha)).toEqual([MISSING]);
  expect(issueOf(one).state).toBe('open');

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
  expect(lookedAt(log)).toEqual(concerned);
  // One query a subject; for the policy repository one for the folder and one for the approval, and its names of files.
  expect(stage.calls(mark).filter((call) => call === 'graphql')).toHaveLength(5);
  expect(writes(mark)).toEqual(['checks/update', 'issues/update', 'issues/update-comment']);
  const approved = 'Approved by **grace**';
  expect(stage.checks(one, sha)).toEqual([WAIVED]);
  expect(stage.run(one, sha).summary).toContain(`Until ${until}, by the waiver [\`${id}\`]`);
  for (const shown of [stage.run(one, sha).summary, commentOf(one, number), issueOf(one).body]) {
    expect(shown).toContain('“the files come from upstream”');
    expect(shown).toContain(approved);
  }
  expect(issueOf(one)).toMatchObject({ state: 'closed', stateReason: 'completed' });
  expect(issueOf(one).body).toContain('what fails in it is waived for now');
  expect([stage.checks(others.one, others.sha), issueOf(others.one).state]).toEqual([[MISSING], 'open']);
  expect(policyIssue(acme).state).toBe('none');

  // Nothing is written before, between and after the two warnings.
  const quiet = async (...before: readonly number[]): Promise<void> => {
    const from = stage.github.log.mark();
    for (const days of before) await untilBeforeEnd(until, days);
    expect([before, writes(from)]).toEqual([before, []]);
  };
  await quiet(30, 15);
  const first = stage.github.log.mark();
  await untilBeforeEnd(until, 14);
  expect(writes(first)).toEqual(['checks/update', 'issues/create', 'issues/create-comment']);
  expect(policyIssue(acme).state).toBe('open');
  expect(policyIssue(acme).notes.map((note) => note.split('\n')[1])).toEqual([
    `The waiver \`${id}\` of the rule \`required-files\` ends after ${until}, in 14 days. What it covers fails again then. To go on, move \`until\` in its file, in a pull request that somebody else approves (so far: grace). To let it end, do nothing.`,
  ]);
  expect(policyIssue(acme).body).toContain(`This waiver ends soon: ${until} is its last day.`);
  expect(stage.run(one, sha).summary).toContain('This waiver ends in 14 days');
  await quiet(13, 8, 4);
  const second = stage.github.log.mark();
  await untilBeforeEnd(until, 3);
  expect(writes(second)).toEqual(['checks/update', 'issues/create-comment', 'issues/update']);
  expect(policyIssue(acme).notes.map((note) => /in \d+ days/.exec(note)?.[0])).toEqual(['in 14 days', 'in 3 days']);
  await quiet(2, 1, 0.01);
  expect([stage.checks(one, sha), issueOf(one).state]).toEqual([[WAIVED], 'closed']);

  // The day after its last day everything fails again, and says why.
  const last = stage.github.log.mark();
  await untilBeforeEnd(until, 0);
  expect(writes(last)).toEqual(['checks/update', 'issues/update', 'issues/update', 'issues/update-comment']);
  expect([stage.checks(one, sha), issueOf(one).state]).toEqual([[MISSING], 'open']);
  for (const shown of [stage.run(one, sha).summary, commentOf(one, number), issueOf(one).body]) {
    expect(shown).toContain('A waiver covered this and ended');
    expect(shown).toContain(`on ${until}`);
  }
  expect(policyIssue(acme).state).toBe('open');
  expect(policyIssue(acme).body).toContain('This waiver has ended');

  // Everything once more: nothing is said twice.
  const again = stage.github.log.mark();
  for (const { delivery } of [...stage.github.deliveries.attempts]) await stage.github.deliveries.send(delivery, true);
  await stage.settled();
  expect(writes(again)).toEqual([]);
  expect(policyIssue(acme).notes).toHaveLength(2);

  // After a month it is history: administrators are not told any more.
  await untilBeforeEnd(until, -30);
  expect(policyIssue(acme).state).toBe('closed');
});

describe('a waiver does not count, and administrators are told why,', () => {
  let acme: Home;
  beforeAll(async () => {
    acme = await anOrganization();
  });

  /** What administrators are told of a waiver that covers nothing. */
  async function refused(one: Repository): Promise<string> {
    expect([one.name, issueOf(one).state]).toEqual([one.name, 'open']);
    const { state, body } = policyIssue(acme);
    expect(state).toBe('open');
    const line = body.split('\n').find((text) => text.includes(`/${one.name}.yml`)) ?? '';
    // A number is shown so that it links to nothing of the same number here.
    return line.replaceAll('\\#\u200b', '#');
  }

  test('when its approver opened the pull request, which is told before anybody merges it', async () => {
    const one = await lacking(acme);
    const { number, sha } = await bring(acme, { [pathOf(one)]: waiver(one) }, { author: 'grace' });
    expect(await refused(one)).toContain(`grace wrote some of #${number}, and nobody approves their own waiver`);
    const check = stage.run(acme.policies, sha, 'Steward policy');
    expect(check.conclusion).toBe('failure');
    expect(check.annotations).toMatchObject([{ path: pathOf(one), start_line: 1, annotation_level: 'failure' }]);
    expect(check.annotations[0]?.message).toContain('nobody waives for themselves');
  });

  test('when its approver asked for it', async () => {
    const one = await lacking(acme);
    const { sha } = await bring(acme, { [pathOf(one)]: waiver(one, { requestedBy: 'Grace' }) });
    expect(await refused(one)).toContain('asked for this waiver, and nobody waives for themselves.');
    expect(stage.run(acme.policies, sha, 'Steward policy').conclusion).toBe('failure');
  });

  test('when it was approved on an older commit', async () => {
    const one = await lacking(acme);
    const then = { [pathOf(one)]: waiver(one, { repositories: ['*'] }) };
    const { number } = await bring(acme, { [pathOf(one)]: waiver(one) }, { then });
    expect(await refused(one)).toContain(`#${number} was changed after grace approved it`);
  });

  test('when it was pushed without a pull request', async () => {
    const one = await lacking(acme);
    await stage.push(acme.policies, 'main', { author: 'grace', message: 'Waive', files: { [pathOf(one)]: waiver(one) } });
    expect(await refused(one)).toContain('was pushed without a pull request');
  });

  test('when a bot approved it, or nobody', async () => {
    const [one, other] = [await lacking(acme), await lacking(acme)];
    await bring(acme, { [pathOf(one)]: waiver(one, { approver: 'robot' }) }, { approver: 'robot[bot]' });
    expect(await refused(one)).toContain('robot is no person, and only people approve waivers');
    const { number } = await bring(acme, { [pathOf(other)]: waiver(other) }, { approver: null });
    expect(await refused(other)).toContain(`grace did not approve #${number}`);
  });

  test('when another content was pushed after the approval, or the file was deleted: failing again at once', async () => {
    const [one, other] = [await lacking(acme), await lacking(acme)];
    await bring(acme, { [pathOf(one)]: waiver(one), [pathOf(other)]: waiver(other) });
    expect([issueOf(one).state, issueOf(other).state]).toEqual(['closed', 'closed']);
    const change = { files: { [pathOf(one)]: waiver(one, { until: day(90) }) }, remove: [pathOf(other)] };
    await stage.push(acme.policies, 'main', { author: 'grace', message: 'Longer', ...change });
    expect(await refused(one)).toContain('was pushed without a pull request');
    expect(issueOf(other).state).toBe('open');
    expect(await refused(other)).toBe('');
  });

  test('while GitHub cannot tell who approved it: it is asked again after ten minutes, and counts then', async () => {
    const one = await lacking(acme);
    const files = { [pathOf(one)]: waiver(one) };
    const { number } = await stage.pullRequest(acme.policies, { author: 'ada', message: 'Waive', files });
    stage.world.review(acme.policies, number, 'grace');
    stage.github.trouble({ kind: 'status', status: 502, on: 'graphql', installation: acme.installation.id, skip: 2 });
    await stage.deliver(stage.world.mergePullRequest(acme.policies, number, 'eve'));
    expect(await refused(one)).toContain('is not known yet: GitHub does not tell just now');
    await stage.later(11);
    expect(issueOf(one).state).toBe('closed');
    expect(policyIssue(acme).body).not.toContain(pathOf(one));
  });

  test('and nobody else is looked at because of it', async () => {
    const [one, log] = [await lacking(acme), stage.log().length];
    const text = waiver(one, { repositories: ['*'] });
    await stage.push(acme.policies, 'main', { author: 'grace', message: 'Waive all', files: { [pathOf(one)]: text } });
    expect(lookedAt(log)).toEqual([`repository:${acme.account.login}/.github`]);
  });

  test('when the policy names others who may approve: people, or a team', async () => {
    acme = await anOrganization(`waivers: { approvers: ['team:office', hal], maxDays: 90 }\n${POLICY}`);
    acme.account.teams.set('office', new Set(['grace']));
    const [byTeam, byName, byNobody, long] = [await lacking(acme), await lacking(acme), await lacking(acme), await lacking(acme)];
    await bring(acme, { [pathOf(byTeam)]: waiver(byTeam) });
    await bring(acme, { [pathOf(byName)]: waiver(byName, { approver: 'hal' }) }, { approver: 'hal' });
    await bring(acme, { [pathOf(byNobody)]: waiver(byNobody, { approver: 'eve' }) }, { approver: 'eve' });
    const { sha } = await bring(acme, { [pathOf(long)]: waiver(long, { until: day(91) }) });
    expect([byTeam, byName].map((one) => issueOf(one).state)).toEqual(['closed', 'closed']);
    expect(await refused(byNobody)).toContain('eve is not among those who approve waivers');
    expect(await refused(long)).toContain('it lasts 91 days from its merge');
    const [annotation] = stage.run(acme.policies, sha, 'Steward policy').annotations;
    expect(annotation?.message).toContain('and the policy allows 90');
  });
});

describe('a waiver covers only what it names:', () => {
  test('a path', async () => {
    const acme = await anOrganization();
    const one = await stage.repository(acme, { files: without(WELL, 'SECURITY.md', 'README.md') });
    await bring(acme, { [pathOf(one)]: waiver(one, { paths: ['SECURITY.md'] }) });
    expect(issueOf(one).state).toBe('open');
    expect(issueOf(one).body).toMatch(
      /\*\*1 to fix\.\*\*[^]*- \[ \] There is no README[^]*#### Waived[^]*There is no security policy/,
    );
  });

  test('a person', async () => {
    const acme = await anOrganization('rules: { dco: { enforce: block } }\n');
    const one = await lacking(acme);
    const sign = { isValid: true, byGitHub: false };
    const commits = [unsigned({ sign }), unsigned({ sign, author: 'bob', message: 'Another' })];
    const { sha } = await stage.pullRequest(one, commits);
    await bring(acme, { [pathOf(one)]: waiver(one, { rule: 'dco', people: ['Ada'] }) }, { author: 'eve' });
    expect(stage.checks(one, sha)).toEqual(['Steward: failure (1 of 2 commits needs a sign-off)']);
    await bring(acme, { [`${FOLDER}/bob.yml`]: waiver(one, { rule: 'dco', people: ['bob'] }) }, { author: 'eve' });
    expect(stage.checks(one, sha)).toEqual([WAIVED]);
  });

  test('a package', async () => {
    const acme = await anOrganization("rules: { dependency-licenses: { enforce: block, allow: ['category:permissive'] } }\n");
    const one = await lacking(acme);
    const files = { 'package-lock.json': lock('viral', 'worse') };
    const { sha } = await stage.pullRequest(one, signedOff({ files }));
    const covering = (name: string) =>
      bring(acme, { [`${FOLDER}/${name}.yml`]: waiver(one, { rule: 'dependency-licenses', packages: [`pkg:npm/${name}@1.*`] }) });
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
