/** What previews lack and Steward gathers by itself, over real HTTP: answers that no rule needed before, and custom properties. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Repository } from '../support/github/model.ts';
import { aStage, POLICY_PATH, signedOff, WELL, without, type Organization, type Stage } from '../support/stage.ts';

const CHECK = 'Steward policy';
const DCO = 'rules:\n  dco: { enforce: observe }\n';
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

/** A pull request that proposes a policy, and what its check says at the moment. One delivery tells of it, so it is looked at once. */
async function propose(acme: Organization, policy: string) {
  const { sha } = stage.world.push(home(acme), `topic-${policy.length}`, signedOff({ files: { [POLICY_PATH]: policy } }));
  const opened = stage.world.openPullRequest(home(acme), { author: 'ada', head: `topic-${policy.length}` });
  await stage.deliver(opened);
  const { number } = opened;
  const run = () => stage.run(home(acme), sha, CHECK);
  return { sha, number, run, head: () => `${run().conclusion ?? ''}: ${run().title ?? ''}`, says: () => run().summary ?? '' };
}

test('a group by custom property is previewed, though no policy went by properties before', async () => {
  const acme = await stage.organization({ policy: DCO });
  const files = without(WELL, 'SECURITY.md');
  await stage.repository(acme, { name: 'engine', files, properties: { tier: 'core' } });
  await stage.repository(acme, { name: 'site', files, properties: { tier: 'edge' } });
  const mark = stage.github.log.mark();
  const group = `groups:\n  - name: core\n    where: { properties: { tier: [core] } }\n    rules: { required-files: { enforce: warn, files: [security] } }\n`;
  const { head, says } = await propose(acme, `${group}${DCO}`);
  expect(head()).toBe('neutral: 1 repository would newly fail');
  expect(says()).toContain('`engine`');
  expect(says()).not.toContain('`site`');
  // The properties had been stored: neither repository was asked about anew.
  expect(stage.github.log.since(mark).filter(({ body }) => JSON.stringify(body).includes('"repo":"engine"'))).toEqual([]);
});

test('answers that would cost a call are not there at first, are gathered when a preview lacks them, and stay', async () => {
  const acme = await stage.organization({ policy: `${DCO}  license-headers: { enforce: 'off' }\n` });
  const widgets = await stage.repository(acme);
  const bare = signedOff({ files: { 'src/bare.ts': 'export const a = 1;\n' } });
  const mark = stage.github.log.mark();
  const { branch } = await stage.pullRequest(widgets, bare);
  expect(stage.calls(mark)).toEqual(['graphql', 'checks/create']);

  const { head, says } = await propose(acme, `${DCO}  license-headers: { enforce: block }\n`);
  expect(head()).toBe('neutral: No new failure is known; 1 cannot be told');
  expect(says()).toContain(
    '1 repository or pull request cannot be told yet. Steward gathers what is missing and looks again by itself, in some minutes.',
  );
  await stage.later(6);
  expect(head()).toBe('neutral: 1 repository would newly fail');
  expect(says()).toContain(`| [\`${widgets.name}#1\`]`);
  expect(says()).not.toContain('cannot be told yet');
  // Nothing is left to wait for.
  const quiet = stage.github.log.mark();
  await stage.later(24 * 60);
  expect(stage.calls(quiet, acme.installation)).toEqual([]);

  // An evaluation of the same commit that asks less does not forget it.
  await stage.deliver(stage.world.editTitle(widgets, 1, 'Another title'));
  const again = await propose(acme, `${DCO}  license-headers: { enforce: warn }\n`);
  expect(again.head()).toBe('neutral: 1 repository would newly fail');
  const push = stage.github.log.mark();
  await stage.push(widgets, branch, signedOff({ message: 'More', files: { 'src/more.ts': 'export const b = 1;\n' } }));
  expect(stage.calls(push)).toEqual(['graphql', 'checks/create']);
});

test('a group or pilot whose names mean no repository is told on its line', async () => {
  const acme = await stage.organization({ policy: DCO });
  await stage.repository(acme, { name: 'engine' });
  const group = (name: string, names: string) =>
    `  - name: ${name}\n    where: { names: [${names}] }\n    rules: { dco: { enforce: observe } }\n`;
  const { run } = await propose(acme, `groups:\n${group('core', 'engin')}${group('rest', 'eng*')}${DCO}`);
  expect(run().annotations.map(({ start_line, message }) => [start_line, message.split('\n')[0]])).toEqual([
    [2, 'No repository that Steward knows is in the group "core": none is called as "names" says.'],
  ]);
});

test('what nobody may ask is unknown by nature: it is looked for once, and then said to be so', async () => {
  const acme = await stage.organization({ policy: DCO });
  const widgets = await stage.repository(acme);
  const lock = { lockfileVersion: 3, packages: { '': {}, 'node_modules/left-pad': { version: '1.3.0' } } };
  const files = { 'package-lock.json': JSON.stringify(lock, null, 2) };
  const mark = stage.github.log.mark();
  await stage.pullRequest(widgets, signedOff({ files }));
  expect(stage.calls(mark).length).toBeLessThanOrEqual(3);
  const { head, says } = await propose(acme, `${DCO}  dependency-licenses: { enforce: block, allow: [MIT] }\n`);
  expect(head()).toBe('neutral: No new failure is known; 1 cannot be told');
  expect(says()).toContain('cannot be told yet');
  await stage.later(6);
  expect(head()).toBe('neutral: No new failure is known; 1 cannot be told');
  expect(says()).not.toContain('cannot be told yet');
});
