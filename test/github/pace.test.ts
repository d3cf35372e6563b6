/** What one installation sends stays inside GitHub's documented secondary limits, however much there is to do. */
import { describe, expect, test } from '@jest/globals';
import { LaterError } from '../../src/github/later.ts';
import { pace, type Pace, type Paced } from '../../src/github/pace.ts';
import type { CheckRunEffect, CommentEffect } from '../../src/views/effect.ts';
import { aClock, type Clock } from '../support/clock.ts';
import { Limits, SECONDARY } from '../support/github/limits.ts';
import { closesGitHub, installed, pullRequest } from './installed.ts';

closesGitHub();

const MINUTE = 60_000;
/** A thousand requests over HTTP take a while where many other tests run. */
const WHILE = 2 * MINUTE;

const READ = { kind: 'graphql', isContent: false } as const;
const EDIT = { kind: 'writes', isContent: false } as const;
const COMMENT = { kind: 'writes', isContent: true } as const;
const OPERATIONS = new Map<Paced, { readonly method: string; readonly operation: string }>([
  [READ, { method: 'POST', operation: 'graphql' }],
  [EDIT, { method: 'PATCH', operation: 'checks/update' }],
  [COMMENT, { method: 'POST', operation: 'issues/create-comment' }],
  [
    { kind: 'rest', isContent: false },
    { method: 'GET', operation: 'pulls/list-files' },
  ],
]);

/** Eight jobs at a time, as a process runs them; a job that must wait too long is queued anew at the time it was told. */
async function worked(jobs: readonly (readonly Paced[])[], replicas = 1) {
  const clock = aClock();
  const limits = new Limits();
  limits.clock = clock.now;
  const one = (): Pace => pace({ owner: 'acme', now: clock.now, sleep: clock.sleep, replicas: () => replicas });
  const all = [...jobs];
  const workers = Array.from({ length: replicas }, one).flatMap((own) =>
    Array.from({ length: 8 }, async () => {
      for (let job = all.shift(); job; job = all.shift()) for (const request of job) await sent(request, own, clock, limits);
    }),
  );
  const minutes = (await clock.during(Promise.all(workers))) / MINUTE;
  return { limits, minutes: Math.ceil(minutes) };
}

async function sent(request: Paced, own: Pace, clock: Clock, limits: Limits): Promise<void> {
  for (;;) {
    try {
      await own.send(request, async () => {
        limits.count('installation 1', OPERATIONS.get(request) ?? { method: 'GET', operation: 'pulls/list-files' });
        const end = limits.begin('installation 1');
        await clock.sleep(100);
        end();
      });
      return;
    } catch (error) {
      if (!(error instanceof LaterError)) throw error;
      await clock.sleep(error.after);
    }
  }
}

const times = (count: number, job: readonly Paced[]): (readonly Paced[])[] => Array.from({ length: count }, () => job);

describe('one installation', () => {
  test('looks at 500 pull requests anew, each with an update of its check and an edit of its comment, in 17 minutes', async () => {
    const { limits, minutes } = await worked(times(500, [READ, EDIT, EDIT]));
    expect(limits.breached()).toEqual([]);
    expect({ ...limits.maxima(), minutes }).toEqual({
      restPointsAMinute: 60 * 5,
      graphqlPointsAMinute: expect.any(Number),
      contentAMinute: 0,
      contentAnHour: 0,
      concurrent: 8,
      minutes: 17,
    });
  });

  test('gets 1,000 first comments in less than three hours, never more than 500 an hour', async () => {
    const { limits, minutes } = await worked(times(1000, [READ, COMMENT]));
    expect(limits.breached()).toEqual([]);
    expect(limits.maxima()).toMatchObject({ contentAMinute: 60, contentAnHour: 400 });
    expect(minutes).toBeLessThan(3 * 60);
  });

  test('is read no faster than GitHub allows', async () => {
    const { limits, minutes } = await worked([...times(2500, [READ]), ...times(1500, [{ kind: 'rest', isContent: false }])]);
    expect(limits.breached()).toEqual([]);
    expect(limits.maxima()).toMatchObject({ graphqlPointsAMinute: 1600, restPointsAMinute: 720 });
    expect(minutes).toBeLessThan(10);
  });

  test('is shared by all replicas', async () => {
    const { limits } = await worked(times(1500, [READ, EDIT, EDIT, COMMENT]), 4);
    expect(limits.breached()).toEqual([]);
    expect(limits.maxima().restPointsAMinute).toBeLessThanOrEqual(SECONDARY.restPointsAMinute);
  });
});

test('who would have to wait long makes room for others, and is told for how long', async () => {
  const clock = aClock();
  const own = pace({ owner: 'acme', now: clock.now, sleep: clock.sleep, replicas: () => 1 });
  const waits: number[] = [];
  for (let index = 0; index < 40; index += 1)
    own.send(EDIT, () => Promise.resolve()).catch((error: unknown) => waits.push((error as LaterError).after));
  await clock.during(clock.sleep(0));
  expect(waits.slice(0, 2)).toEqual([31_000, 31_000]);
});

test(
  'over HTTP: 500 check runs are updated and 500 comments edited, and GitHub refuses nothing',
  async () => {
    const started = aClock().now();
    let passed = 0;
    const clock = { now: () => started + passed, sleep: (milliseconds: number) => Promise.resolve((passed += milliseconds)) };
    const { github, world, rocket, installation, platform } = await installed({ isPaced: true, ...clock });
    Object.assign(github.limits, { isEnforced: true, clock: clock.now });
    const judged = async (branch: string): Promise<void> => {
      const { sha } = world.push(rocket, branch, { author: 'ada', files: { a: branch } });
      const { number } = world.openPullRequest(rocket, { head: branch, author: 'ada' });
      const { run } = world.createCheckRun(rocket, { name: 'Steward', head_sha: sha, conclusion: 'failure' });
      const { comment } = world.comment(rocket, number, world.app.bot, 'Please sign.');
      await platform.publish(pullRequest(number), [checkRun(sha), thanks(number)], {
        checkRuns: [{ id: run.id, name: 'Steward', sha, isCompleted: true, externalId: 'steward:1:before:none' }],
        comment: { id: comment.id, body: comment.body },
        issue: null,
        siblings: [number],
      });
    };
    const branches = Array.from({ length: 500 }, (_, index) => `thing-${index}`);
    const job = async (): Promise<void> => {
      for (let branch = branches.shift(); branch !== undefined; branch = branches.shift()) await judged(branch);
    };
    await Promise.all(Array.from({ length: 8 }, job));
    expect(github.limits.breached()).toEqual([]);
    const maxima = github.limits.maxima(`installation ${installation.id}`);
    expect(maxima).toMatchObject({ contentAMinute: 0, contentAnHour: 0 });
    // 60 writes a minute, and the eight that may be under way.
    expect(maxima.restPointsAMinute).toBeLessThanOrEqual(5 * (60 + 8));
    expect(Math.floor(passed / MINUTE)).toBe(16);
    expect([...rocket.checkRuns.values()].every(({ conclusion }) => conclusion === 'success')).toBe(true);
    expect([...rocket.comments.values()].every(({ body }) => body.endsWith('Thank you.'))).toBe(true);
  },
  WHILE,
);

const checkRun = (sha: string): CheckRunEffect => ({
  kind: 'check-run',
  name: 'Steward',
  sha,
  conclusion: 'success',
  title: 'Everybody has signed',
  summary: 'What is so',
  text: '',
  annotations: [],
  detailsUrl: null,
  externalId: 'steward:1:after:none',
});
const thanks = (number: number): CommentEffect => ({
  kind: 'comment',
  number,
  body: '<!-- steward:comment -->\nThank you.',
  mode: 'edit-only',
});
