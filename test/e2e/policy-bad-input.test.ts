/** Policies that go wrong, over real HTTP: broken, endless, vanished, hostile. Nobody is left unguarded, and somebody is told. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Issue, Repository } from '../support/github/model.ts';
import { aStage, POLICY_PATH, signedOff, unsigned, type Organization, type Stage } from '../support/stage.ts';

const CHECK = 'Steward policy';
const BROKEN = 'rules:\n  dco:\n    enforce: blok\n';
const dco = (enforce: string): string => `rules:\n  dco: { enforce: ${enforce} }\n`;
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

async function push(one: Repository, policy: string): Promise<string> {
  return stage.push(one, 'main', { author: 'ada', message: 'Change the policy', files: { [POLICY_PATH]: policy } });
}

const administrators = (acme: Organization): readonly Issue[] =>
  stage.issues(home(acme)).filter(({ body }) => body?.startsWith('<!-- steward:policy-issue -->'));

/** What a new pull request without a sign-off gets: how firmly the policy in force holds `dco`. */
async function held(one: Repository): Promise<string | null> {
  const { sha } = await stage.pullRequest(one, unsigned());
  return stage.run(one, sha).conclusion;
}

/** An organization that asks for sign-offs, with a repository. */
async function acmeWith(policy = dco('block')): Promise<Organization & { readonly one: Repository }> {
  const acme = await stage.organization({ policy });
  return { ...acme, one: await stage.repository(acme) };
}

test('a broken policy is told to administrators in exactly one issue, which is closed when it is mended', async () => {
  const acme = await acmeWith();
  const broken = await push(home(acme), BROKEN);
  expect(await held(acme.one)).toBe('failure');
  expect(administrators(acme)).toMatchObject([{ state: 'open', title: 'The policy needs a look' }]);
  const body = administrators(acme)[0]?.body ?? '';
  expect(body).toContain(`https://github.com/${acme.account.login}/.github/blob/${broken}/.github/steward.yml#L3`);
  expect(body).toContain('the last version that could be read stays in force');

  const mark = stage.github.log.mark();
  for (const { delivery } of [...stage.github.deliveries.attempts]) await stage.github.deliveries.send(delivery, true);
  await stage.settled();
  expect(stage.github.log.writes(mark)).toEqual([]);
  await push(home(acme), `# Still\n${BROKEN}`);
  expect(administrators(acme)).toHaveLength(1);
  expect(administrators(acme)[0]?.body).toContain('steward.yml#L4');
  expect(await held(acme.one)).toBe('failure');

  await push(home(acme), dco('warn'));
  expect(administrators(acme)).toMatchObject([{ state: 'closed', stateReason: 'completed' }]);
  expect(await held(acme.one)).toBe('neutral');
  await push(home(acme), BROKEN);
  expect(administrators(acme)).toMatchObject([{ state: 'open' }]);
});

test('policies that extend each other in a circle are told, and the last good one stays', async () => {
  const { world } = stage;
  const moon = world.organization('round');
  world.repository({ owner: moon, name: 'a', files: { [POLICY_PATH]: 'extends: round/b\n' } });
  world.repository({ owner: moon, name: 'b', files: { [POLICY_PATH]: 'extends: round/a\n' } });
  const acme = await acmeWith();
  const own = `extends: ${acme.account.login}/.github\n`;
  for (const policy of ['extends: round/a\n', own]) {
    const sha = await push(home(acme), policy);
    const run = stage.run(home(acme), sha, CHECK);
    expect(run.conclusion).toBe('failure');
    expect(run.annotations).toMatchObject([{ path: POLICY_PATH, start_line: 1, annotation_level: 'failure' }]);
    expect(run.annotations[0]?.message).toMatch(/form a circle[^]*extend nothing that leads back/);
  }
  expect(await held(acme.one)).toBe('failure');
  expect(administrators(acme)).toMatchObject([{ state: 'open' }]);
});

test('a shared policy that vanishes or becomes private goes on as it was read last, and administrators are told', async () => {
  const { world } = stage;
  const ends = {
    gone: (one: Repository) => world.deleteRepository(one),
    hidden: (one: Repository) => world.privatize(one),
  };
  for (const [name, end] of Object.entries(ends)) {
    const owner = world.organization(`${name}-moon`);
    const shared = world.repository({ owner, name: 'policies', files: { [POLICY_PATH]: dco('block') } });
    const acme = await acmeWith(`extends: ${name}-moon/policies\n`);
    end(shared);
    await stage.later(6);
    // Nobody pushes to the policy repository: a pull request anywhere finds it out.
    expect(await held(acme.one)).toBe('failure');
    expect(administrators(acme)).toMatchObject([{ state: 'open' }]);
    expect(administrators(acme)[0]?.body).toMatch(
      /can no longer be used: the repository does not exist, or Steward may not see it/,
    );
    const mark = stage.github.log.mark();
    expect(await held(acme.one)).toBe('failure');
    expect(stage.github.log.since(mark).filter(({ url }) => url.includes('issues/'))).toMatchObject([{}]);

    const next = await push(home(acme), `# Next\nextends: ${name}-moon/policies\n`);
    expect(stage.run(home(acme), next, CHECK).text).toContain('stays in force as it was read last');
    expect(await held(acme.one)).toBe('failure');
    await push(home(acme), dco('warn'));
    expect(administrators(acme)).toMatchObject([{ state: 'closed' }]);
  }
});

test('who extends what is private or does not exist is told so, in the same words', async () => {
  const acme = await acmeWith();
  stage.world.repository({
    owner: stage.world.organization('shy'),
    name: 'there',
    files: { [POLICY_PATH]: dco('off') },
    isPrivate: true,
  });
  const texts: string[] = [];
  for (const name of ['there', 'nowhere']) {
    const sha = await push(home(acme), `extends: shy/${name}\n`);
    texts.push((stage.run(home(acme), sha, CHECK).text ?? '').replace(name, 'NAME'));
  }
  expect(texts[0]).toContain('the repository does not exist, or Steward may not see it');
  expect(texts[1]).toBe(texts[0]);
  expect(await held(acme.one)).toBe('failure');
});

test('a policy of five megabytes is told, and the last good one stays', async () => {
  const acme = await acmeWith();
  const sha = await push(home(acme), `rules: {}\n# ${'x'.repeat(5 * 1024 * 1024)}\n`);
  expect(stage.checks(home(acme), sha)).toEqual([`${CHECK}: failure (1 problem to fix in the policy file)`]);
  expect(stage.run(home(acme), sha, CHECK).annotations[0]?.message).toContain('a policy has at most 256 KiB');
  expect(administrators(acme)).toMatchObject([{ state: 'open' }]);
  expect(await held(acme.one)).toBe('failure');
  const pull = await stage.pullRequest(
    home(acme),
    signedOff({ files: { [POLICY_PATH]: `rules: {}\n# ${'y'.repeat(5 * 1024 * 1024)}\n` } }),
  );
  expect(stage.run(home(acme), pull.sha, CHECK).conclusion).toBe('failure');
});

test('a policy repository that is deleted unguards nobody', async () => {
  const acme = await acmeWith();
  await stage.deliver(stage.world.deleteRepository(home(acme)));
  expect(await held(acme.one)).toBe('failure');
  expect(await stage.running.services.memory.jobs.counts()).toMatchObject({ waiting: 0, dead: 0 });
  // One that is made anew says what holds from then on.
  await stage.repository(acme, { name: '.github', files: { [POLICY_PATH]: dco('warn') } });
  expect(await held(acme.one)).toBe('neutral');
});

test('a policy that was taken away does not come back with the next one', async () => {
  const acme = await acmeWith(`maxNewFailures: 0\n${dco('block')}`);
  const { sha } = await stage.pullRequest(acme.one, unsigned());
  await stage.push(home(acme), 'main', { author: 'ada', message: 'No more', remove: [POLICY_PATH] });
  expect(stage.run(acme.one, sha).conclusion).toBe('success');
  await push(home(acme), `# Anew\nmaxNewFailures: 0\n${dco('warn')}`);
  expect(stage.run(acme.one, sha).conclusion).toBe('neutral');
  expect(administrators(acme)).toEqual([]);
});

test('a policy repository that is renamed goes on governing while GitHub leads to it, and its issue tells', async () => {
  const acme = await acmeWith();
  await stage.deliver(stage.world.rename(home(acme), 'dot-github'));
  expect(await held(acme.one)).toBe('failure');
  await push(home(acme), dco('warn'));
  expect(await held(acme.one)).toBe('neutral');
  await push(home(acme), BROKEN);
  expect(await held(acme.one)).toBe('neutral');
  expect(administrators(acme)).toMatchObject([{ state: 'open' }]);
  expect(administrators(acme)[0]?.body).toContain('The policy repository has another name');
  await stage.deliver(stage.world.rename(home(acme), '.github'));
  expect(administrators(acme)).toHaveLength(1);
  expect(administrators(acme)[0]?.body).not.toContain('another name');
  expect(await held(acme.one)).toBe('neutral');
});

test('a policy whose history is rewritten is in force as it is now', async () => {
  const acme = await acmeWith();
  await push(home(acme), dco('warn'));
  const { sha } = await stage.pullRequest(acme.one, unsigned());
  expect(stage.run(acme.one, sha).conclusion).toBe('neutral');
  const commit = { author: 'ada', message: 'A new beginning', files: { [POLICY_PATH]: dco('observe') } };
  await stage.push(home(acme), 'main', commit, { onto: null });
  expect(stage.run(acme.one, sha).conclusion).toBe('success');
  // Rewritten to something broken: the last good version is remembered though no commit has it any more.
  await stage.push(home(acme), 'main', { ...commit, files: { [POLICY_PATH]: BROKEN } }, { onto: null });
  expect(stage.run(acme.one, sha).conclusion).toBe('success');
  expect(administrators(acme)).toMatchObject([{ state: 'open' }]);
});

test('of two layers that lock the same key the lower one counts', async () => {
  const { world } = stage;
  world.repository({
    owner: world.organization('locking'),
    name: '.github',
    files: { [POLICY_PATH]: `locked: [dco.enforce]\n${dco('block')}` },
  });
  const acme = await acmeWith(dco('warn'));
  const sha = await push(home(acme), `extends: locking/.github\nlocked: [dco.enforce]\n${dco('warn')}`);
  const { conclusion, annotations } = stage.run(home(acme), sha, CHECK);
  expect(conclusion).toBe('neutral');
  expect(annotations.map(({ start_line, message }) => [start_line, message.split('\n')[0]])).toEqual(
    expect.arrayContaining([
      [2, expect.stringContaining('is locked already (locking/.github')],
      [4, expect.stringContaining('"block" stays (locking/.github')],
    ]),
  );
  expect(await held(acme.one)).toBe('failure');
});

test("a repository's file that writes the organization's keys is told so on each line, and is not in force", async () => {
  const acme = await acmeWith();
  const keys =
    'maxNewFailures: 9\npaused: { because: No. }\nwaivers: { approvers: [ada] }\nlocked: [dco]\ngroups: []\nmaxWritesPerHour: 9\npilots: []\nmayOverride: nobody\n';
  const sha = await push(acme.one, keys);
  const { conclusion, annotations } = stage.run(acme.one, sha, CHECK);
  expect(conclusion).toBe('failure');
  expect(annotations.map(({ start_line }) => start_line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(annotations.every(({ message }) => message.startsWith('Only the policy of the organization can set '))).toBe(true);
  expect(await held(acme.one)).toBe('failure');
});
