/** Large pull requests and signatures that concern many: nothing is left out, and each costs what one costs. Over real HTTP. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { signingSentence } from '../../src/facts/sentences.ts';
import type { Judged } from '../../src/facts/subject.ts';
import type { Comment, Installation, Repository } from '../support/github/model.ts';
import type { NewCommit } from '../support/github/world/commits.ts';
import { aStage, POLICY_PATH, signedOff, unsigned, type Organization, type Stage } from '../support/stage.ts';

const DCO = 'rules: { dco: { enforce: block } }\n';
const ICLA = { title: 'Widget Agreement', version: '1.0' };
const SIGNING = signingSentence(ICLA);
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

/** The lines of a policy that asks for a signed agreement, whose text is a file of the keeper's `.github` repository. */
function agreed(keeper: string, more = ''): string {
  const agreement = `{ id: icla, title: ${ICLA.title}, version: '1.0', text: '${keeper}/.github:icla.md', since: 2026-01-01 }`;
  return `rules: { cla: { enforce: block, agreements: [${agreement}] }${more} }\n`;
}

/** An organization whose `.github` repository holds its agreement. */
async function aFoundation(more = ''): Promise<Organization> {
  const login = `foundation-${stage.world.nextId()}`;
  const account = stage.world.organization(login);
  const files = { [POLICY_PATH]: agreed(login, more), 'icla.md': 'You give what is yours to give.\n' };
  const policies = stage.world.repository({ owner: account, name: '.github', files });
  const { installation, deliveries } = stage.world.install(account);
  await stage.deliver({ deliveries });
  return { account, installation, policies };
}

async function say(one: Repository, number: number, author: string, body: string): Promise<Comment> {
  const said = stage.world.comment(one, number, author, body);
  await stage.deliver(said);
  return said.comment;
}

const subjectOf = (one: Repository, number: number): Judged => ({
  ...{ kind: 'pull-request', owner: one.owner.login, repo: one.name, number },
});

/** The findings of a rule, by outcome: what they are about. */
async function found(one: Repository, number: number, id: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const verdict = await stage.running.services.memory.lastVerdict(subjectOf(one, number));
  const findings = verdict?.rules.find((rule) => rule.id === id)?.findings ?? [];
  const by = Map.groupBy(findings, ({ outcome }) => outcome);
  return Object.fromEntries([...by].map(([outcome, all]) => [outcome, all.flatMap(({ about, commits }) => commits ?? [about])]));
}

/** So many commits, of which those at some places are others. */
function aThousand(commit: (index: number) => NewCommit, others: Readonly<Record<number, NewCommit>>): readonly NewCommit[] {
  return Array.from({ length: 1000 }, (_, index) => others[index] ?? commit(index));
}

/** Calls of each kind, in the order of the alphabet. */
function tally(calls: readonly string[]): Readonly<Record<string, number>> {
  const counts = Map.groupBy([...calls].sort(), (operation) => operation);
  return Object.fromEntries([...counts].map(([operation, all]) => [operation, all.length]));
}

/** The ids of the commits of a pull request, oldest first. */
function shasOf(one: Repository, head: string): readonly string[] {
  const shas: string[] = [];
  for (let at: string | undefined = head; at !== undefined && at !== one.branches.get('main');) {
    shas.unshift(at);
    at = one.objects.commits.get(at)?.parents[0];
  }
  return shas;
}

test('of 1,000 commits all are judged: the second and the last but one without a sign-off are found', async () => {
  const acme = await stage.organization({ policy: DCO });
  const widgets = await stage.repository(acme);
  const commits = aThousand((index) => signedOff({ message: `Change ${index}` }), {
    1: unsigned({ message: 'Second' }),
    998: unsigned({ message: 'Last but one' }),
  });
  const mark = stage.github.log.mark();
  const { number, sha, branch } = await stage.pullRequest(widgets, commits);
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (2 of 1000 commits need a sign-off)']);
  const shas = shasOf(widgets, sha);
  const { fail, ...others } = await found(widgets, number, 'dco');
  expect(fail).toEqual([shas[1], shas[998]]);
  expect(new Set(Object.values(others).flat())).toEqual(new Set(shas.filter((one) => fail?.includes(one) !== true)));
  // A page for every hundred commits; what is written is written once.
  expect(tally(stage.calls(mark))).toEqual({ graphql: 10, 'checks/create': 1, 'issues/create-comment': 1 });

  const again = stage.github.log.mark();
  await stage.push(widgets, branch, signedOff({ message: 'One more' }));
  expect(tally(stage.calls(again))).toEqual({ graphql: 11, 'checks/create': 1 });
});

test('of 1,000 commits the authors of all sign: whoever wrote only the second or the last but one is asked', async () => {
  const acme = await aFoundation(', dco: { enforce: block }');
  const widgets = await stage.repository(acme);
  await say(widgets, (await stage.pullRequest(widgets, signedOff())).number, 'ada', SIGNING);
  const commits = aThousand((index) => signedOff({ message: `Change ${index}` }), {
    1: signedOff({ author: 'ben', message: 'Second' }),
    998: signedOff({ author: { name: 'Nobody', email: 'nobody@nowhere.example' }, message: 'Last but one' }),
  });
  const mark = stage.github.log.mark();
  const { number, sha } = await stage.pullRequest(widgets, commits);
  expect(stage.run(widgets, sha).conclusion).toBe('failure');
  const shas = shasOf(widgets, sha);
  expect(new Set((await found(widgets, number, 'cla'))['fail'])).toEqual(new Set([shas[1], shas[998]]));
  expect(tally(stage.calls(mark))).toEqual({ graphql: 10, 'checks/create': 1, 'issues/create-comment': 1 });
});

/** Pull requests by ada, none of them like another, all delivered and judged. */
async function waiting(one: Repository, count: number): Promise<readonly { readonly number: number; readonly sha: string }[]> {
  const pulls = [];
  for (let index = 0; index < count; index += 1) {
    const pushed = stage.world.push(one, `topic-${index}`, unsigned({ message: `Change ${index}` }));
    const opened = stage.world.openPullRequest(one, { head: `topic-${index}`, author: 'ada' });
    await stage.github.deliver([...pushed.deliveries, ...opened.deliveries]);
    pulls.push({ number: opened.number, sha: pushed.sha });
  }
  await stage.settled();
  return pulls;
}

test('a signature judges 40 pull requests in two organizations anew, each by one query, its check and an edit of its comment', async () => {
  const keeper = await aFoundation();
  const other = await stage.organization({ policy: `extends: ${keeper.account.login}/.github:${POLICY_PATH}\n` });
  const [here, there] = [await stage.repository(keeper), await stage.repository(other)];
  const [mine, theirs] = [await waiting(here, 20), await waiting(there, 20)];
  const conclusions = (one: Repository, pulls: typeof mine) => new Set(pulls.map(({ sha }) => stage.run(one, sha).conclusion));
  expect([conclusions(here, mine), conclusions(there, theirs)]).toEqual([new Set(['failure']), new Set(['failure'])]);
  const before = [here, there].map((one) => [...one.comments.keys()]);

  const mark = stage.github.log.mark();
  const comment = await say(here, mine[0]?.number ?? 0, 'ada', SIGNING);
  expect([conclusions(here, mine), conclusions(there, theirs)]).toEqual([new Set(['success']), new Set(['success'])]);
  const each = { graphql: 20, 'checks/update': 20, 'issues/update-comment': 20 };
  const calls = (to: Installation) => tally(stage.calls(mark, to));
  expect(calls(keeper.installation)).toEqual({ ...each, 'reactions/create-for-issue-comment': 1 });
  expect(calls(other.installation)).toEqual(each);
  // Nothing is written beside what was there.
  expect([here, there].map((one) => [...one.comments.keys()].filter((id) => id !== comment.id))).toEqual(before);
  for (const one of [here, there])
    for (const { id, body } of one.comments.values()) if (id !== comment.id) expect(body).toContain('Thank you');
});
