/** Policies in time, over real HTTP with a moved clock: roll-outs, grace, pauses, and the cap on what is written. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Repository } from '../support/github/model.ts';
import { aStage, POLICY_PATH, signedOff, unsigned, WELL, without, type Organization, type Stage } from '../support/stage.ts';

const DAY = 86_400_000;
const FILES = '  required-files: { enforce: warn, files: [security] }\n';
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

const home = ({ policies }: Organization): Repository => {
  if (policies === null) throw new Error('The organization has no policy.');
  return policies;
};

/** The day so many days from now, in UTC: YYYY-MM-DD. */
function day(days: number): string {
  return new Date(stage.now().getTime() + days * DAY).toISOString().slice(0, 10);
}

/** Lets time pass until a minute after the day has begun; nothing is delivered. */
async function until(date: string): Promise<void> {
  await stage.later((Date.parse(`${date}T00:00:00Z`) - stage.now().getTime()) / 60_000 + 1);
}

async function push(acme: Organization, policy: string): Promise<string> {
  return stage.push(home(acme), 'main', { author: 'ada', message: 'Change the policy', files: { [POLICY_PATH]: policy } });
}

const open = (one: Repository): number => stage.issues(one).filter(({ state }) => state === 'open').length;
test('a step of a roll-out comes on its day by itself, first for the repositories of its cohort', async () => {
  const [first, second] = [day(3), day(6)];
  const acme = await stage.organization({
    policy: `groups:
  - name: core
    where: { topics: [core] }
rules:
  dco:
    enforce: observe
    rollout:
      - { enforce: warn, from: ${first}, cohorts: [core] }
      - { enforce: block, from: ${second} }
  required-files:
    enforce: observe
    files: [security]
    rollout:
      - { enforce: warn, from: ${second} }
`,
  });
  const files = without(WELL, 'SECURITY.md');
  const [core, other] = [await stage.repository(acme, { topics: ['core'], files }), await stage.repository(acme, { files })];
  const pulls = [await stage.pullRequest(core, unsigned()), await stage.pullRequest(other, unsigned())];
  const conclusions = () => [core, other].map((one, index) => stage.run(one, pulls[index]?.sha ?? '').conclusion);
  expect(conclusions()).toEqual(['success', 'success']);
  const deliveries = stage.github.deliveries.attempts.length;

  await until(first);
  expect(conclusions()).toEqual(['neutral', 'success']);
  expect(stage.comments(core, pulls[0]?.number ?? 0)).toHaveLength(1);
  expect([open(core), open(other)]).toEqual([0, 0]);

  await until(second);
  expect(conclusions()).toEqual(['failure', 'failure']);
  expect([open(core), open(other)]).toEqual([1, 1]);
  // GitHub tells of what Steward wrote, and of nothing else.
  const told = stage.github.deliveries.attempts.slice(deliveries).map(({ delivery }) => delivery.event);
  expect(told.filter((event) => !['check_run', 'check_suite', 'issue_comment', 'issues'].includes(event))).toEqual([]);
});

test("grace spares a person's first contribution and a new repository, whose grace ends by itself", async () => {
  const acme = await stage.organization({
    policy: 'rules:\n  dco:\n    enforce: block\n    grace: { newRepositories: 10, firstContributions: true, level: warn }\n',
  });
  const old = await stage.repository(acme, { createdAt: new Date(stage.now().getTime() - 90 * DAY).toISOString() });
  const [known, newcomer] = [
    await stage.pullRequest(old, unsigned()),
    await stage.pullRequest(old, unsigned({ author: stage.world.user('newcomer') }), { author: 'newcomer', isFirst: true }),
  ];
  expect(stage.run(old, known.sha).conclusion).toBe('failure');
  expect(stage.run(old, newcomer.sha).conclusion).toBe('neutral');
  const young = await stage.repository(acme);
  const { sha } = await stage.pullRequest(young, unsigned());
  expect(stage.run(young, sha).conclusion).toBe('neutral');
  await stage.later(10 * 24 * 60 + 1);
  expect(stage.run(young, sha).conclusion).toBe('failure');
  expect(stage.run(old, newcomer.sha).conclusion).toBe('neutral');
});

test('while a policy is paused nothing but check runs is written and none fails; after its last day all goes on', async () => {
  const rules = `rules:\n  dco: { enforce: block }\n${FILES}`;
  const acme = await stage.organization({ policy: rules });
  const files = without(WELL, 'SECURITY.md');
  const one = await stage.repository(acme, { files });
  const before = await stage.pullRequest(one, unsigned());
  const [body, issue] = [stage.comments(one, before.number)[0]?.body, stage.issues(one)[0]?.body];
  const last = day(2);

  const mark = stage.github.log.mark();
  await push(acme, `paused: { because: 'A rule went *wrong*.', until: ${last} }\n${rules}`);
  const other = await stage.repository(acme, { files });
  const during = await stage.pullRequest(one, unsigned());
  await stage.push(one, before.branch, signedOff({ message: 'Second' }));
  const kinds = new Set(stage.github.log.writes(mark).map(({ operationId }) => operationId));
  expect([...kinds].filter((kind) => !kind.startsWith('checks/'))).toEqual([]);
  const runs = [...one.checkRuns.values()].slice(-2).map(({ conclusion }) => conclusion);
  expect(runs).toEqual(['neutral', 'neutral']);
  expect(stage.run(one, during.sha).summary).toContain(`Its last day is ${last} (UTC)`);
  expect(stage.run(one, during.sha).summary).toContain('A rule went \\*wrong\\*.');
  expect(stage.comments(one, before.number)[0]?.body).toBe(body);
  expect(stage.issues(one)[0]?.body).toBe(issue);
  expect([open(one), open(other)]).toEqual([1, 0]);

  await until(last);
  expect(stage.run(one, during.sha).conclusion).toBe('neutral');
  await until(day(1));
  expect(stage.run(one, during.sha).conclusion).toBe('failure');
  expect(stage.comments(one, during.number)).toHaveLength(1);
  expect([open(one), open(other)]).toEqual([1, 1]);
});

test('of five issues two are opened in an hour where the cap is two; the rest follow, none twice', async () => {
  const acme = await stage.organization({ policy: 'rules: { dco: { enforce: observe } }\n' });
  const files = without(WELL, 'SECURITY.md');
  const all: Repository[] = [];
  for (let left = 5; left > 0; left -= 1) all.push(await stage.repository(acme, { files }));
  const opened = (): number => [...all, home(acme)].reduce((sum, one) => sum + stage.issues(one).length, 0);
  await push(acme, `maxWritesPerHour: 2\nrules:\n${FILES}`);
  const counts = [opened()];
  for (let hours = 3; hours > 0; hours -= 1) {
    await stage.later(61);
    counts.push(opened());
  }
  // The policy repository is one of them.
  expect(counts).toEqual([2, 4, 6, 6]);
  expect(all.map((one) => stage.issues(one).length)).toEqual([1, 1, 1, 1, 1]);

  // Opening again reaches people just as opening does.
  await push(acme, 'rules: { dco: { enforce: observe } }\n');
  expect([...all, home(acme)].map(open)).toEqual([0, 0, 0, 0, 0, 0]);
  await stage.later(61);
  await push(acme, `# Again\nmaxWritesPerHour: 4\nrules:\n${FILES}`);
  const reopened = (): number => [...all, home(acme)].reduce((sum, one) => sum + open(one), 0);
  expect(reopened()).toBe(4);
  await stage.later(61);
  expect([reopened(), opened()]).toEqual([6, 6]);
});

test('a pause comes and goes without a limit, and is no way around one', async () => {
  const acme = await stage.organization({ policy: `maxNewFailures: 5\nrules:\n${FILES}` });
  const one = await stage.repository(acme, { files: without(WELL, 'SECURITY.md') });
  const { sha } = await stage.pullRequest(one, unsigned());
  const strict = `rules:\n  dco: { enforce: block }\n${FILES}`;
  const pause = 'paused: { because: Tuesday. }\n';
  await push(acme, `maxNewFailures: 0\nrules:\n${FILES}`);
  await push(acme, `${pause}maxNewFailures: 0\nrules:\n${FILES}`);
  expect(stage.run(one, sha).summary).toContain('Steward is paused');

  // Neutral, because no check fails in a pause; held all the same.
  const hidden = await push(acme, `${pause}maxNewFailures: 0\n${strict}`);
  expect(stage.checks(home(acme), hidden)).toEqual(['Steward policy: neutral (Held back: 1 repository would newly fail)']);
  const broken = await stage.pullRequest(home(acme), signedOff({ files: { [POLICY_PATH]: 'rules: [' } }));
  expect(stage.run(home(acme), broken.sha, 'Steward policy').conclusion).toBe('neutral');
  const back = await push(acme, `maxNewFailures: 0\nrules:\n${FILES}`);
  expect(stage.checks(home(acme), back)).toEqual([]);
  expect(stage.run(one, sha).summary).not.toContain('Steward is paused');
  expect(stage.run(home(acme), broken.sha, 'Steward policy').conclusion).toBe('failure');
});
