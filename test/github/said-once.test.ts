/** Answers and notes are given once, the policy issue is one, and a bad policy cannot flood an organization. */
import { describe, expect, test } from '@jest/globals';
import { counting } from '../../src/github/calls.ts';
import type { Publications } from '../../src/github/kept.ts';
import type { Skipped } from '../../src/github/refusal.ts';
import { noteMarker, POLICY_ISSUE_MARKER, replyMarker, type Effect, type Present } from '../../src/views/effect.ts';
import { ALL, closesGitHub, installed, pullRequest, REPOSITORY, type InstalledOptions } from './installed.ts';

closesGitHub();

const NOTHING: Present = { checkRuns: [], comment: null, issue: null, siblings: [] };
const HOME = { kind: 'repository', owner: 'acme', repo: '.github' } as const;
const START = Date.parse('2026-06-01T12:00:00Z');
const MINUTE = 60_000;

/** A memory in the order of writing, with a clock that a test moves. */
function remembering() {
  const numbers = new Map<string, number>();
  const writes: { readonly owner: string; readonly at: string }[] = [];
  const causes: (readonly [string, number, string | null | undefined])[] = [];
  const clock = { now: START };
  const forget = (): void => {
    numbers.clear();
  };
  const keyOf = (...all: readonly unknown[]) => JSON.stringify(all);
  const publications: Publications = {
    publication: (subject, kind) => Promise.resolve(numbers.get(keyOf(subject, kind)) ?? null),
    keepPublication: (subject, kind, id, cause) => {
      numbers.set(keyOf(subject, kind), id);
      causes.push([kind, id, cause]);
      return Promise.resolve();
    },
    noteWrite: (owner) => {
      writes.push({ owner: owner.toLowerCase(), at: new Date(clock.now).toISOString() });
      return Promise.resolve();
    },
    writesSince: (owner, since) =>
      Promise.resolve(writes.filter((one) => one.owner === owner.toLowerCase() && one.at >= since).map(({ at }) => at)),
  };
  return { publications, writes, causes, clock, forget };
}

async function place(options: InstalledOptions = {}) {
  const memory = remembering();
  const skipped: Skipped[] = [];
  const { publications, clock } = memory;
  const onSkipped = (_: unknown, one: Skipped) => skipped.push(one);
  const at = await installed({ publications, now: () => clock.now, onSkipped, ...options });
  const { world, rocket, acme } = at;
  const home = world.repository({ owner: acme, name: '.github', files: { 'README.md': '# Policies\n' } });
  world.push(rocket, 'topic', { author: world.user('ada'), message: 'A', files: { a: '1' } });
  const { number } = world.openPullRequest(rocket, { head: 'topic', author: 'ada' });
  return { ...at, ...memory, home, number, skipped };
}

describe('an answer to a comment', () => {
  test('is given once, also when the run that gave it died and nothing is remembered', async () => {
    const { platform, world, rocket, number, github, writes } = await place();
    const { comment } = world.comment(rocket, number, 'ada', '/steward waive dco until 2027-01-01 because x');
    const reply: Effect = {
      kind: 'reply',
      number,
      commentId: comment.id,
      to: 'ada',
      body: `${replyMarker(comment.id)}\nHere is a link.`,
    };
    const send = () => counting(() => platform.publish(pullRequest(number), [reply], NOTHING));
    expect((await send()).calls).toMatchObject({ writes: 1, rest: 2 });
    const mark = github.log.mark();
    expect(await send()).toMatchObject({ value: { postponed: null }, calls: { writes: 0 } });
    const [, list] = github.log
      .since(mark, 'issues/list-comments')
      .map(({ url }) => url)
      .join()
      .split('since=');
    expect(decodeURIComponent(list ?? '')).toContain(comment.createdAt);
    expect([...rocket.comments.values()].filter(({ author }) => author === world.app.bot)).toHaveLength(1);
    expect(writes.map(({ owner }) => owner)).toEqual(['acme/answers', 'acme/answers/ada']);
  });

  test('is given although somebody else copied its mark', async () => {
    const { platform, world, rocket, number } = await place();
    const { comment } = world.comment(rocket, number, 'ada', '/steward help');
    world.comment(rocket, number, 'eve', `${replyMarker(comment.id)}\nNo.`);
    const reply: Effect = { kind: 'reply', number, commentId: comment.id, to: 'ada', body: `${replyMarker(comment.id)}\nYes.` };
    await platform.publish(pullRequest(number), [reply], NOTHING);
    expect([...rocket.comments.values()].at(-1)).toMatchObject({ author: world.app.bot });
  });

  test('on an issue takes the permission for issues', async () => {
    const { platform, world, rocket, github } = await place();
    const { number } = world.openIssue(rocket, { title: 'Upkeep', author: 'ada' });
    const { comment } = world.comment(rocket, number, 'ada', '/steward help');
    const reply: Effect = { kind: 'reply', number, commentId: comment.id, to: 'ada', body: `${replyMarker(comment.id)}\nYes.` };
    await platform.publish(REPOSITORY, [reply], NOTHING);
    expect(github.log.calls('issues/create-comment')).toMatchObject([{ status: 201, permissions: { issues: 'write' } }]);
  });

  test('has room of its own, for each person three in an hour; what is over is told in the log and never given', async () => {
    const { platform, world, rocket, number, skipped, clock } = await place();
    const answer = async (to: string, perHour = 30) => {
      const { comment } = world.comment(rocket, number, to, '/steward waive dco until 2027-01-01 because x');
      const body = `${replyMarker(comment.id)}\nYes.`;
      const { postponed } = await platform.publish(
        pullRequest(number),
        [{ kind: 'reply', number, commentId: comment.id, to, body }],
        NOTHING,
        { perHour },
      );
      return [postponed, skipped.splice(0)[0]?.reason];
    };
    const given = [null, undefined];
    expect([await answer('ada'), await answer('ada'), await answer('ada')]).toEqual([given, given, given]);
    expect(await answer('ada')).toEqual([null, 'this person had 3 answers within an hour']);
    expect(await answer('eve')).toEqual(given);
    expect(await answer('eve', 12)).toEqual([null, '4 answers were given within an hour, and the account has at most 4']);
    const comment: Effect = {
      kind: 'comment',
      number,
      body: '<!-- steward:comment -->\nHere.',
      mode: 'upsert',
      cause: null,
    };
    expect(await platform.publish(pullRequest(number), [comment], NOTHING, { perHour: 1 })).toEqual({ postponed: null });
    clock.now += 3_600_001;
    expect(await answer('ada')).toEqual(given);
  });

  test('to a comment that was deleted meanwhile is left out, and told', async () => {
    const { platform, number, skipped } = await place();
    const reply: Effect = { kind: 'reply', number, commentId: 99, to: 'ada', body: `${replyMarker(99)}\nYes.` };
    await platform.publish(pullRequest(number), [reply], NOTHING);
    expect(skipped).toEqual([{ write: 'create-reply', reason: 'the comment is not there any more' }]);
  });
});

const policyIssue = (state: 'open' | 'closed' = 'open'): Effect => ({
  ...{ kind: 'issue', about: 'policy', title: 'What administrators should know', state, cause: 'o1' },
  body: `${POLICY_ISSUE_MARKER}\nOne waiver ends soon.`,
});
const note: Effect = { kind: 'note', key: 'waiver dco-rocket 14', body: `${noteMarker('waiver dco-rocket 14')}\nIt ends soon.` };

describe('the issue for administrators', () => {
  test('is opened once in the policy repository, and a note goes below it once', async () => {
    const { platform, home, causes } = await place();
    const run = async () => platform.publish(HOME, [policyIssue(), note], await (await platform.open(HOME, ALL)).present());
    await run();
    expect([...home.issues.values()].map(({ title }) => title)).toEqual(['What administrators should know']);
    expect(home.comments.size).toBe(1);
    expect(causes).toContainEqual(['policy-issue', 1, 'o1']);
    const again = await counting(run);
    expect(again.calls).toMatchObject({ writes: 0, graphql: 1 });
    expect([home.issues.size, home.comments.size]).toEqual([1, 1]);
  });

  test('is found again when its number was forgotten, and never taken for the one on upkeep', async () => {
    const { platform, home, forget } = await place();
    await platform.publish(HOME, [policyIssue()], { ...NOTHING, policyIssue: null });
    forget();
    const present = await (await platform.open(HOME, ALL)).present();
    expect(present).toMatchObject({ issue: null, policyIssue: { number: 1, state: 'open' } });
    await platform.publish(HOME, [policyIssue('closed')], present);
    expect(home.issues.get(1)).toMatchObject({ state: 'closed', stateReason: 'completed' });
  });

  test('is looked for in no other repository, and none is opened where nobody looked', async () => {
    const { platform, rocket } = await place();
    const present = await (await platform.open(REPOSITORY, ALL)).present();
    expect(present).not.toHaveProperty('policyIssue');
    await platform.publish(REPOSITORY, [policyIssue(), note], present);
    expect(rocket.issues.size).toBe(0);
  });
});

describe('the cap on what is made in an hour', () => {
  const upkeep = (state: 'open' | 'closed'): Effect => ({
    ...{ kind: 'issue', title: 'Upkeep', state },
    body: '<!-- steward:issue -->\nx',
  });

  test('leaves out an issue that is too many, says when there is room, and makes it then', async () => {
    const { platform, writes, clock, rocket } = await place();
    const made = (minutes: number) => ({ owner: 'acme', at: new Date(START - minutes * MINUTE).toISOString() });
    writes.push(made(50), made(20));
    const send = (perHour: number) => platform.publish(REPOSITORY, [upkeep('open')], NOTHING, { perHour });
    expect(await send(2)).toEqual({ postponed: 10 * MINUTE });
    // With a lower cap than was made already, more has to become old first.
    expect(await send(1)).toEqual({ postponed: 40 * MINUTE });
    expect(rocket.issues.size).toBe(0);
    clock.now += 11 * MINUTE;
    expect(await send(2)).toEqual({ postponed: null });
    expect([rocket.issues.size, writes.length]).toEqual([1, 3]);
  });

  test('holds for two subjects at once, and waits a second at least', async () => {
    const { platform, writes, number, rocket, world } = await place();
    world.push(rocket, 'other', { author: world.user('ada'), message: 'B', files: { b: '1' } });
    const other = world.openPullRequest(rocket, { head: 'other', author: 'ada' });
    writes.push({ owner: 'acme', at: new Date(START - 60 * MINUTE).toISOString() });
    const send = (one: number) =>
      platform.publish(
        pullRequest(one),
        [{ kind: 'comment', number: one, body: '<!-- steward:comment -->\nx', mode: 'upsert' }],
        NOTHING,
        { perHour: 2 },
      );
    const [first, second] = await Promise.all([send(number), send(other.number)]);
    expect([first.postponed, second.postponed]).toEqual([null, 1000]);
    expect(rocket.comments.size).toBe(1);
  });

  test('never keeps back check runs, updates and closings', async () => {
    const { platform, world, rocket, number } = await place();
    const { comment } = world.comment(rocket, number, world.app.bot, '<!-- steward:comment -->\nold');
    const { issue } = world.openIssue(rocket, { title: 'Upkeep', body: 'old', author: world.app.bot });
    const run: Effect = {
      ...{ kind: 'check-run', name: 'Steward', sha: rocket.pulls.get(number)?.head.sha ?? '', conclusion: 'success' },
      ...{ title: 't', summary: 's', text: 'x', annotations: [], detailsUrl: null, externalId: 'steward:1:x:none' },
    };
    const present: Present = {
      ...{ checkRuns: [], siblings: [number], comment: { id: comment.id, body: comment.body } },
      issue: { number: issue.number, title: 'Upkeep', body: 'old', state: 'open', stateReason: null, isClosedBySteward: false },
    };
    const update: Effect = { kind: 'comment', number, body: '<!-- steward:comment -->\nnew', mode: 'upsert' };
    const sent = await platform.publish(pullRequest(number), [run, update, upkeep('closed')], present, { perHour: 0 });
    expect(sent).toEqual({ postponed: null });
    expect([rocket.checkRuns.size, comment.body, issue.state]).toEqual([1, '<!-- steward:comment -->\nnew', 'closed']);
  });
});
