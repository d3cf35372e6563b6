/** When GitHub is slow, strict or silent, when Steward was down, and when strangers knock. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { signature } from '../support/github/described.ts';
import { send, type Answered } from '../support/server.ts';
import { aStage, signedOff, unsigned, WELL, without, type Stage, type StageOptions } from '../support/stage.ts';

const BLOCKING = 'rules: { dco: { enforce: block } }\n';
const UNSIGNED = 'Steward: failure (The commit needs a sign-off)';
let stage: Stage;

async function opened(options: StageOptions = {}): Promise<Stage> {
  stage = await aStage(options);
  return stage;
}

afterEach(async () => {
  expect(await stage.close()).toEqual([]);
});

async function aPlace(login: string) {
  const organization = await stage.organization({ login, policy: BLOCKING });
  return { ...organization, widgets: await stage.repository(organization) };
}

const counts = () => stage.running.services.memory.jobs.counts();

describe('limits', () => {
  test.each(['graphql', 'core'] as const)(
    'a used-up %s budget stops its own account until it is new, and no other',
    async (resource) => {
      await opened();
      const [acme, moon] = [await aPlace('acme'), await aPlace('moon')];
      stage.github.limit(acme.installation, resource, { seconds: 1800 });
      const late = await stage.pullRequest(acme.widgets, unsigned());
      const second = await stage.pullRequest(acme.widgets, unsigned());
      const other = await stage.pullRequest(moon.widgets, unsigned());
      expect(stage.checks(moon.widgets, other.sha)).toEqual([UNSIGNED]);
      expect([late, second].flatMap(({ sha }) => stage.checks(acme.widgets, sha))).toEqual([]);

      const mark = stage.github.log.mark();
      await stage.later(25);
      expect(stage.calls(mark)).toEqual([]);
      stage.github.limit(acme.installation, resource, { seconds: 1800, remaining: 5000 });
      await stage.later(6);
      expect([late, second].flatMap(({ sha }) => stage.checks(acme.widgets, sha))).toEqual([UNSIGNED, UNSIGNED]);
      expect(stage.comments(acme.widgets, late.number)).toHaveLength(1);
      expect(await counts()).toMatchObject({ waiting: 0, dead: 0 });
    },
  );

  test('a secondary limit is waited out for as long as GitHub asks, by the whole account', async () => {
    await opened();
    const [acme, moon] = [await aPlace('acme'), await aPlace('moon')];
    stage.github.trouble({ kind: 'secondary', seconds: 240, on: 'checks/create', installation: acme.installation.id });
    const late = await stage.pullRequest(acme.widgets, unsigned());
    const mark = stage.github.log.mark();
    const second = await stage.pullRequest(acme.widgets, unsigned());
    const other = await stage.pullRequest(moon.widgets, unsigned());
    await stage.later(3);
    expect(stage.calls(mark, acme.installation)).toEqual([]);
    expect(stage.checks(moon.widgets, other.sha)).toEqual([UNSIGNED]);
    await stage.later(2);
    expect([late, second].flatMap(({ sha }) => stage.checks(acme.widgets, sha))).toEqual([UNSIGNED, UNSIGNED]);
    expect(acme.widgets.checkRuns.size).toBe(2);
  });

  test('a limit that is reached between the check and the comment leaves the check alone and brings the comment later', async () => {
    await opened();
    const acme = await aPlace('acme');
    stage.github.trouble({ kind: 'secondary', seconds: 60, on: 'issues/create-comment' });
    const { number, sha } = await stage.pullRequest(acme.widgets, unsigned());
    expect([stage.checks(acme.widgets, sha), stage.comments(acme.widgets, number)]).toEqual([[UNSIGNED], []]);
    await stage.later(2);
    expect(stage.comments(acme.widgets, number)).toHaveLength(1);
    expect(stage.run(acme.widgets, sha).writes).toBe(1);
  });

  test('waiting for GitHub uses up no attempt, however long it takes', async () => {
    await opened();
    const acme = await aPlace('acme');
    stage.github.trouble({ kind: 'status', status: 503, installation: acme.installation.id, times: 30 });
    const { sha } = await stage.pullRequest(acme.widgets, unsigned());
    for (let minute = 0; minute < 32; minute += 1) await stage.later(1);
    expect(stage.checks(acme.widgets, sha)).toEqual([UNSIGNED]);
  });

  test('a token that is refused just after it was minted is minted again', async () => {
    await opened();
    const acme = await aPlace('acme');
    stage.github.trouble({ kind: 'status', status: 401, on: 'graphql', installation: acme.installation.id });
    stage.github.trouble({ kind: 'status', status: 401, on: 'checks/create', installation: acme.installation.id });
    const { sha } = await stage.pullRequest(acme.widgets, unsigned());
    await stage.later(1);
    await stage.later(1);
    expect(stage.checks(acme.widgets, sha)).toEqual([UNSIGNED]);
    expect(acme.widgets.checkRuns.size).toBe(1);
  });

  test('a token serves for an hour, and a new one is minted before it ends', async () => {
    await opened();
    const acme = await aPlace('acme');
    const { branch } = await stage.pullRequest(acme.widgets, signedOff());
    const minted = async (minutes: number): Promise<number> => {
      await stage.later(minutes);
      const mark = stage.github.log.mark();
      await stage.push(acme.widgets, branch, signedOff());
      return stage.github.log.since(mark, 'apps/create-installation-access-token').length;
    };
    expect([await minted(10), await minted(30), await minted(18)]).toEqual([0, 0, 2]);
  });
});

describe('recovery', () => {
  test('what GitHub could not deliver while Steward was down is brought back when it starts', async () => {
    await opened();
    const acme = await aPlace('acme');
    await stage.stop();
    const pushed = stage.world.push(acme.widgets, 'topic', unsigned());
    const { number, deliveries } = stage.world.openPullRequest(acme.widgets, { head: 'topic', author: 'ada' });
    const moon = stage.world.organization('moon');
    const gadgets = stage.world.repository({ owner: moon, name: 'gadgets', files: without(WELL, 'README.md') });
    stage.world.repository({ owner: moon, name: '.github', files: { '.github/steward.yml': 'extends: baseline\n' } });
    stage.github.miss([...pushed.deliveries, ...deliveries, ...stage.world.install(moon).deliveries]);
    await stage.start();
    expect(stage.checks(acme.widgets, pushed.sha)).toEqual([UNSIGNED]);
    expect(stage.comments(acme.widgets, number)).toHaveLength(1);
    expect(stage.issues(gadgets)).toHaveLength(1);

    const mark = stage.github.log.mark();
    await stage.reconciled();
    expect(stage.calls(mark)).toEqual(['apps/list-installations', 'apps/list-webhook-deliveries']);
  });

  test('a command that was missed is kept once, and its redelivery adds nothing', async () => {
    await opened();
    const acme = await aPlace('acme');
    const { number } = await stage.pullRequest(acme.widgets, unsigned());
    await stage.stop();
    const said = stage.world.comment(acme.widgets, number, 'ada', '/steward override dco');
    stage.github.miss(said.deliveries);
    await stage.start();
    await stage.deliver(said);
    const subject = { kind: 'pull-request', owner: 'acme', repo: acme.widgets.name, number } as const;
    expect(await stage.running.services.memory.inputs(subject)).toHaveLength(1);
  });

  test('jobs that waited when Steward stopped run when it starts again', async () => {
    await opened();
    const acme = await aPlace('acme');
    stage.github.trouble({ kind: 'secondary', seconds: 60, on: 'graphql' });
    const { sha } = await stage.pullRequest(acme.widgets, unsigned());
    expect(await counts()).toMatchObject({ waiting: 1 });
    await stage.stop();
    await stage.start();
    await stage.later(2);
    expect(stage.checks(acme.widgets, sha)).toEqual([UNSIGNED]);
  });

  test('a first start looks at everything that is installed, and a second one at nothing', async () => {
    let sha = '';
    await opened({
      before: ({ world }) => {
        const account = world.organization('acme');
        world.repository({ owner: account, name: '.github', files: { '.github/steward.yml': BLOCKING } });
        const widgets = world.repository({ owner: account, name: 'widgets', files: WELL });
        ({ sha } = world.push(widgets, 'topic', unsigned()));
        world.openPullRequest(widgets, { head: 'topic', author: 'ada' });
        world.install(account);
      },
    });
    const widgets = stage.world.find('acme', 'widgets');
    expect(widgets && stage.checks(widgets, sha)).toEqual([UNSIGNED]);
    await stage.stop();
    const mark = stage.github.log.mark();
    await stage.start();
    expect(stage.calls(mark)).toEqual(['apps/list-installations', 'apps/list-webhook-deliveries']);
  });
});

test('accounts that are not served cause no call, whatever they send', async () => {
  await opened({ env: { ALLOWED_OWNERS: 'acme, other' } });
  const mark = stage.github.log.mark();
  const moon = await aPlace('moon');
  const { number, sha } = await stage.pullRequest(moon.widgets, unsigned());
  await stage.deliver(stage.world.comment(moon.widgets, number, 'ada', '/steward recheck'));
  expect(stage.calls(mark)).toEqual([]);
  expect(stage.github.log.since(mark, () => true)).toEqual([]);
  expect(stage.checks(moon.widgets, sha)).toEqual([]);
  const acme = await aPlace('ACME');
  const served = await stage.pullRequest(acme.widgets, unsigned());
  expect(stage.checks(acme.widgets, served.sha)).toEqual([UNSIGNED]);
});

describe('strangers', () => {
  const body = JSON.stringify({ action: 'opened', number: 1 });

  async function knock(
    changes: Record<string, string | undefined>,
    text: string | (() => Iterable<Buffer>) = body,
  ): Promise<Answered> {
    const { webhookSecret } = stage.world.app;
    const headers: Record<string, string | undefined> = {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': 'a-stranger',
      'x-hub-signature-256': signature(webhookSecret, typeof text === 'string' ? text : body),
      ...changes,
    };
    const known = Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    return send(stage.github.webhookUrl ?? '', { method: 'POST', headers: known, body: text });
  }

  test('are refused with the right words, and nothing follows', async () => {
    await opened();
    const mark = stage.github.log.mark();
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    const endless = () => Array.from({ length: 27 }, () => chunk);
    const answers = {
      'a wrong signature': await knock({ 'x-hub-signature-256': signature('another secret', body) }),
      'no signature': await knock({ 'x-hub-signature-256': undefined }),
      'an old signature': await knock({ 'x-hub-signature-256': undefined, 'x-hub-signature': 'sha1=00' }),
      'malformed JSON': await knock({}, '{"action":'),
      'not an object': await knock({}, '[1]'),
      'a form': await knock({ 'content-type': 'application/x-www-form-urlencoded' }),
      'more than 25 MB': await knock({ 'content-length': String(26 * 1024 * 1024) }, endless),
      'more than 25 MB, unannounced': await knock({}, endless),
      'an unknown event': await knock({ 'x-github-event': 'event_of_the_future' }),
      'an event without an action': await knock({}, '{"number":1}'),
    };
    expect(Object.fromEntries(Object.entries(answers).map(([what, { status }]) => [what, status]))).toEqual({
      'a wrong signature': 400,
      'no signature': 400,
      'an old signature': 400,
      'malformed JSON': 400,
      'not an object': 400,
      'a form': 415,
      'more than 25 MB': 413,
      'more than 25 MB, unannounced': 413,
      'an unknown event': 200,
      'an event without an action': 200,
    });
    expect(stage.github.log.since(mark, () => true)).toEqual([]);
    expect(await counts()).toMatchObject({ waiting: 0, running: 0, dead: 0 });
    expect((await send(`${stage.running.url}/readyz`)).status).toBe(200);
  });

  test('who know the secret and send nonsense break nothing', async () => {
    await opened();
    const acme = await aPlace('acme');
    const repository = { name: acme.widgets.name, owner: { login: 'acme' } };
    const mark = stage.github.log.mark();
    const nonsense: readonly [string, Record<string, unknown>][] = [
      ['pull_request', { action: 'opened', repository, pull_request: { number: '1' } }],
      ['pull_request', { action: 'opened', repository, pull_request: null }],
      [
        'pull_request',
        { action: 'opened', repository: { name: '../..', owner: { login: 'acme' } }, pull_request: { number: 1 } },
      ],
      ['pull_request', { action: 'opened', repository: { name: 'a/b?c', owner: { login: 'x y' } }, pull_request: { number: 1 } }],
      ['pull_request', { action: '__proto__', repository, pull_request: { number: 1 } }],
      ['check_run', { action: 'rerequested', repository, check_run: { head_sha: 'HEAD', app: { id: stage.world.app.id } } }],
      ['merge_group', { action: 'checks_requested', repository, merge_group: { head_ref: 7, head_sha: {} } }],
      ['push', { ref: ['refs/heads/main'], repository, commits: 'many' }],
      ['installation_repositories', { action: 'added', repositories_added: { length: 1e9 } }],
      ['issue_comment', { action: 'created', repository, issue: { number: 1e99 }, comment: { body: '/steward recheck' } }],
    ];
    const statuses = [];
    for (const [event, payload] of nonsense) statuses.push((await stage.event(event, payload)).status);
    expect(statuses).toEqual(nonsense.map(() => 200));
    expect(stage.calls(mark)).toEqual([]);
    expect(await counts()).toMatchObject({ waiting: 0, dead: 0 });
  });

  test('whatever happens, the log holds no secret, no token, no address and no text of a commit', async () => {
    await opened();
    const acme = await aPlace('acme');
    stage.github.trouble({ kind: 'status', status: 422, on: 'checks/create', times: 2 });
    await stage.pullRequest(acme.widgets, unsigned({ message: 'A confidential sentence' }));
    await knock({ 'x-hub-signature-256': signature('another secret', body) });
    const log = stage.log();
    expect(log.length).toBeGreaterThan(1000);
    for (const secret of [
      'A confidential sentence',
      'ada@example.com',
      'ghs_',
      stage.world.app.webhookSecret,
      'PRIVATE KEY',
      'sha256=',
    ]) {
      expect([secret, log.includes(secret)]).toEqual([secret, false]);
    }
  });
});
