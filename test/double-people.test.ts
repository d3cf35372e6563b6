/** The double as people meet GitHub: they sign in, merge, react, and are limited. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exchangeWebFlowCode } from '@octokit/oauth-methods';
import { request } from '@octokit/request';
import { asInstallation, octokit, refusal } from './support/github/callers.ts';
import { flatten } from './support/github/git.ts';
import type { Installation, Repository } from './support/github/model.ts';
import { startGitHub, type GitHub } from './support/github/server.ts';

let github: GitHub;
let rocket: Repository;
let installation: Installation;

beforeEach(async () => {
  github = await startGitHub();
  ({ installation } = github.world.install('acme'));
  rocket = github.world.repository({ owner: 'acme', name: 'rocket', files: { a: '1\n' } });
});

afterEach(() => github.close());

describe('signing in', () => {
  const verifier = 'v'.repeat(43);
  const redirectUrl = 'https://steward.example.com/cla/callback';

  const asked = (more: Readonly<Record<string, string>> = {}) => {
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const fields = { client_id: github.world.app.clientId, state: 's', redirect_uri: redirectUrl, ...more };
    const query = new URLSearchParams({ ...fields, code_challenge: challenge, code_challenge_method: 'S256' });
    return fetch(`${github.url}/login/oauth/authorize?${query.toString()}`, { redirect: 'manual' });
  };
  const backFrom = (response: Response) => new URL(response.headers.get('location') ?? 'about:blank');
  const exchanged = (code: string, more: { readonly clientSecret?: string; readonly code_verifier?: string } = {}) => {
    const { clientId, clientSecret } = github.world.app;
    const { code_verifier = verifier, ...given } = more;
    const from = request.defaults({ baseUrl: `${github.url}/api/v3`, code_verifier });
    return exchangeWebFlowCode({ clientType: 'github-app', clientId, clientSecret, code, redirectUrl, request: from, ...given });
  };

  test('sends people back with a code that is good once, and the token tells who they are', async () => {
    const ada = github.world.user('Ada');
    github.signIn.person = ada;
    const back = backFrom(await asked());
    expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([redirectUrl, 's']);
    const code = back.searchParams.get('code') ?? '';
    const { authentication } = await exchanged(code);
    const { data } = await octokit(authentication.token, github.url).request('GET /user');
    expect([data.login, data.id]).toEqual(['Ada', ada.id]);
    await expect(exchanged(code)).rejects.toThrow('bad_verification_code');
    expect(github.violations).toEqual([]);
  });

  test('lets somebody be chosen where nobody is signed in', async () => {
    github.world.user('grace');
    const page = await (await asked()).text();
    expect(page).toContain('Authorize Steward as grace');
    expect(backFrom(await asked({ login: 'grace' })).searchParams.has('code')).toBe(true);
  });

  test('is refused with another secret, another verifier, another address, or by the person', async () => {
    github.world.app.callbackUrls.push(redirectUrl);
    github.signIn.person = github.world.user('ada');
    const code = async () => backFrom(await asked()).searchParams.get('code') ?? '';
    await expect(exchanged(await code(), { clientSecret: 'no' })).rejects.toThrow('incorrect_client_credentials');
    await expect(exchanged(await code(), { code_verifier: 'w'.repeat(43) })).rejects.toThrow('bad_verification_code');
    expect((await asked({ redirect_uri: 'https://evil.example.com' })).status).toBe(400);
    github.signIn.isDenied = true;
    expect(backFrom(await asked()).searchParams.get('error')).toBe('access_denied');
  });

  test('without state, or with parameters GitHub does not document, is a violation', async () => {
    await asked({ state: '', scopes: 'repo' });
    expect(github.violations).toEqual([
      'GET /login/oauth/authorize: state is missing',
      'GET /login/oauth/authorize: GitHub documents no scopes',
    ]);
  });
});

describe('merging', () => {
  const commits = ['One', 'Two'].map((message) => ({ author: 'ada', message, files: { [message]: `${message}\n` } }));

  test.each([
    ['merge', 2, ['Merge pull request #1 from topic\n\nA contribution']],
    ['squash', 1, ['A contribution (#1)\n\n* One\n\n* Two']],
    ['rebase', 1, ['One', 'Two']],
  ] as const)('by %s makes its own commits and tells the last one', (method, parents, messages) => {
    const { world } = github;
    world.push(rocket, 'topic', commits);
    const { number } = world.openPullRequest(rocket, { head: 'topic', author: 'ada' });
    world.push(rocket, 'main', { author: 'eve', files: { later: '1\n' } });
    const { sha, deliveries } = world.mergePullRequest(rocket, number, 'eve', { method });
    expect(rocket.branches.get('main')).toBe(sha);
    expect(rocket.objects.commits.get(sha)?.parents).toHaveLength(parents);
    const closed = deliveries.find(({ event }) => event === 'pull_request')?.payload;
    expect(closed).toMatchObject({ action: 'closed', pull_request: { merged: true, merge_commit_sha: sha } });
    const pushed = deliveries.find(({ event }) => event === 'push')?.payload as { commits: { message: string }[] };
    expect(pushed.commits.map(({ message }) => message)).toEqual(messages);
    const files = flatten(rocket.objects, rocket.objects.commits.get(sha)?.tree ?? '');
    expect([...files.keys()].sort()).toEqual(['One', 'Two', 'a', 'later']);
  });
});

test('a reaction is kept once, and a commit does not lead to pull requests from forks', async () => {
  const { world } = github;
  const { number } = world.openIssue(rocket, { title: 'x' });
  const { comment } = world.comment(rocket, number, 'ada', 'hello');
  const api = await asInstallation(github, installation);
  const names = { owner: 'acme', repo: 'rocket' };
  const react = () => api.rest.reactions.createForIssueComment({ ...names, comment_id: comment.id, content: '+1' });
  expect([(await react()).status, (await react()).status]).toEqual([201, 200]);
  expect([...comment.reactions.keys()]).toEqual(['steward[bot] +1']);
  world.deleteComment(rocket, comment, 'ada');
  expect(await refusal(react())).toMatch(/^404/);

  const fork = world.fork(rocket, 'eve');
  const { sha } = world.push(fork, 'topic', { author: 'eve' });
  world.openPullRequest(rocket, { head: { repository: fork, ref: 'topic' } });
  const listed = api.rest.repos.listPullRequestsAssociatedWithCommit({ ...names, commit_sha: sha });
  expect((await listed).data).toEqual([]);
  expect(github.violations).toEqual([]);
});

describe('secondary limits', () => {
  test('are counted for each caller, where a window is fullest', async () => {
    let now = 0;
    github.limits.clock = () => now;
    const api = await asInstallation(github, installation);
    const { number } = github.world.openIssue(rocket, { title: 'x' });
    const comment = () => api.rest.issues.createComment({ owner: 'acme', repo: 'rocket', issue_number: number, body: 'hello' });
    for (let index = 0; index < 90; index += 1) {
      now += 1000;
      await comment();
    }
    await api.graphql('{ viewer { login } }');
    expect(github.limits.maxima(`installation ${installation.id}`)).toEqual({
      restPointsAMinute: 60 * 5,
      graphqlPointsAMinute: 1,
      contentAMinute: 60,
      contentAnHour: 90,
      concurrent: 1,
    });
    expect(github.limits.breached()).toEqual([]);
  });

  test('refuse what goes beyond, where the test wants it', async () => {
    github.limits.isEnforced = true;
    const api = await asInstallation(github, installation);
    const { number } = github.world.openIssue(rocket, { title: 'x' });
    const comment = () => api.rest.issues.createComment({ owner: 'acme', repo: 'rocket', issue_number: number, body: 'hello' });
    for (let index = 0; index < 80; index += 1) await comment();
    expect(await refusal(comment())).toMatch(/^403 You have exceeded a secondary rate limit/);
    expect(github.limits.breached()).toEqual(['contentAMinute']);
    expect(rocket.comments.size).toBe(80);
  });
});
