/** `steward policy undo`, beside the server whose policy went wrong: what a version caused is taken back, and nothing else. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { takingBack, type TakeBack } from '../../src/cli/policy/undo-github.ts';
import { undo, type UndoOptions } from '../../src/cli/policy/undo.ts';
import { aConsole } from '../support/console.ts';
import type { Repository } from '../support/github/model.ts';
import { aStage, POLICY_PATH, unsigned, WELL, without, type Organization, type Stage } from '../support/stage.ts';

const MILD = 'rules:\n  dco: { enforce: observe }\n';
const WRONG = 'rules:\n  dco: { enforce: block }\n  required-files: { enforce: warn, files: [security] }\n';
const LATER = `# Once more\n${WRONG}`;
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

async function push(acme: Organization, policy: string): Promise<void> {
  await stage.push(home(acme), 'main', { author: 'ada', message: 'Change it', files: { [POLICY_PATH]: policy } });
}

/** Runs the command on what the running server remembers, as its App. */
async function run(acme: Organization, options: Partial<UndoOptions> = {}, way: (() => TakeBack) | null = null) {
  const { memory, platform } = stage.running.services;
  const console = aConsole();
  const ports = {
    office: {
      reading: <T>(work: (store: typeof memory) => Promise<T>) => work(memory),
      writing: () => Promise.reject(new Error('nothing is written')),
    },
    takeBack: () => Promise.resolve(way?.() ?? ((...asked: Parameters<TakeBack>) => platform.takeBack(...asked))),
  };
  const code = await undo(acme.account.login, { format: 'text', ...options }, ports, console);
  await stage.settled();
  return { code, out: console.printed(), lines: console.printed().trim().split('\n'), notes: console.noted() };
}

const bodies = (one: Repository, number: number): readonly string[] => stage.comments(one, number).map(({ body }) => body);
const issueOf = (one: Repository) => stage.issues(one)[0];
const idOf = (out: string): string => out.slice(0, 12);

/** An organization in which a wrong version has made a comment and two issues; its id. */
async function wronged() {
  const acme = await stage.organization({ policy: MILD });
  const one = await stage.repository(acme, { files: without(WELL, 'SECURITY.md') });
  const pull = await stage.pullRequest(one, unsigned());
  await stage.deliver(stage.world.comment(one, pull.number, 'ada', '<!-- steward:comment -->\nA word of my own.'));
  await push(acme, WRONG);
  const version = idOf((await run(acme)).out);
  return { acme, one, ...pull, version };
}

test('the whole story: the version in force is refused, its comments and issues are taken back under a pause, once', async () => {
  const { acme, one, number, sha, version } = await wronged();
  const listed = await run(acme);
  expect(listed.lines).toHaveLength(1);
  expect(listed.out).toMatch(/^[0-9a-f]{40} {2}3 made from \S+ to \S+ {2}\(in force\)\n$/);
  await expect(run(acme, { version })).rejects.toThrow('This version is in force');
  expect(bodies(one, number)).toHaveLength(1);

  await push(acme, `paused: { because: 'A rule went wrong.' }\n${WRONG}`);
  let mark = stage.github.log.mark();
  const would = await run(acme, { version, dryRun: true });
  expect(would.lines).toHaveLength(3);
  expect(would.out).toContain(`issue 2 of repository:${acme.account.login}/${one.name}`);
  expect(would.notes).toContain('Nothing was changed.');
  expect(stage.github.log.since(mark)).toEqual([]);

  const done = await run(acme, { version });
  expect([done.code, done.lines.map((line) => line.split(' ')[0])]).toEqual([0, ['done', 'done', 'done']]);
  expect(bodies(one, number)).toEqual([]);
  expect(issueOf(one)).toMatchObject({ state: 'closed', stateReason: 'not_planned' });
  expect(issueOf(one)?.body).toMatch(/^<!-- steward:issue -->\n\*\*Taken back\.\*\*[^]*What it said before/);
  // Somebody else's comment stays, even with Steward's mark on it.
  expect([...one.comments.values()].map(({ author }) => author.login)).toEqual(['ada']);

  mark = stage.github.log.mark();
  const again = await run(acme, { version });
  expect([again.code, again.lines.map((line) => line.split(' ')[0])]).toEqual([0, ['gone', 'gone', 'gone']]);
  expect(stage.github.log.writes(mark)).toEqual([]);

  // The revert brings nothing back, and the issue goes on to say why it was closed.
  await push(acme, MILD);
  expect(stage.run(one, sha).conclusion).toBe('success');
  expect(bodies(one, number)).toEqual([]);
  expect(issueOf(one)).toMatchObject({ state: 'closed', stateReason: 'not_planned' });
  expect(issueOf(one)?.body).toContain('**Taken back.**');

  // Later, in a new version, the rule works again; what that version made is its own.
  await push(acme, LATER);
  expect(bodies(one, number)).toHaveLength(1);
  expect(issueOf(one)).toMatchObject({ state: 'open' });
  expect(issueOf(one)?.body).not.toContain('Taken back');
  const [newer, ...older] = (await run(acme)).lines;
  expect(newer).toMatch(/ {2}3 made from .*\(in force\)$/);
  expect(older).toEqual([]);
  await expect(run(acme, { version })).rejects.toThrow('names no version that caused anything');
});

test('after a revert the comments that say that all is well go, and the issues are closed already', async () => {
  const { acme, one, number, version } = await wronged();
  await push(acme, MILD);
  expect(bodies(one, number)).toEqual([expect.stringContaining('All well')]);
  const { out } = await run(acme, { version });
  expect(out).toMatch(/^done comment [^]*gone issue/);
  expect(bodies(one, number)).toEqual([]);
  expect(issueOf(one)).toMatchObject({ state: 'closed', stateReason: 'completed' });
});

test('what a later version asks for all the same is left alone', async () => {
  const { acme, one, number, version } = await wronged();
  await push(acme, 'rules:\n  dco: { enforce: observe }\n  required-files: { enforce: warn, files: [security] }\n');
  const { lines, notes } = await run(acme, { version });
  expect(lines).toEqual([expect.stringMatching(/^done comment /)]);
  expect(notes).toBe('2 left alone: the policy in force asks for the same, so Steward would make them anew.');
  expect(bodies(one, number)).toEqual([]);
  expect(issueOf(one)).toMatchObject({ state: 'open' });
});

test('a comment on a pull request that was closed meanwhile is taken back as well', async () => {
  const { acme, one, number, version } = await wronged();
  await stage.deliver(stage.world.closePullRequest(one, number));
  await push(acme, MILD);
  // As the command does it on the machine of the server: the environment names the App.
  const before = { ...process.env };
  Object.assign(process.env, stage.github.env);
  try {
    expect((await run(acme, { version }, takingBack)).out).toMatch(/^done comment [^]*gone issue/);
  } finally {
    process.env = before;
  }
  expect(bodies(one, number)).toEqual([]);
});
