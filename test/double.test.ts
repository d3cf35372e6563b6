/** The double's own contract: it answers as GitHub does, refuses what GitHub refuses, and hides nothing. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Octokit } from '@octokit/rest';
import nock from 'nock';
import * as queries from '../src/github/queries.ts';
import { appJwt, asApp, asInstallation, octokit, refusal } from './support/github/callers.ts';
import type { Account, Installation, Permissions, Repository } from './support/github/model.ts';
import { routes } from './support/github/rest/routes.ts';
import { startGitHub } from './support/github/server.ts';
import type { GitHub } from './support/github/server.ts';
import { assertRequest, checkRequest, operations, validating } from './support/github/described.ts';

let github: GitHub;
let installation: Installation;
let ada: Account;
let widgets: Repository;
const at = { owner: 'acme', repo: 'widgets' };

beforeEach(async () => {
  github = await startGitHub();
  ({ installation } = github.world.install('acme'));
  ada = github.world.user('ada');
  widgets = github.world.repository({
    ...at,
    name: 'widgets',
    files: { 'README.md': '# Widgets\n', 'a "b"\nc.md': 'x', 'x/y': '1' },
  });
});

afterEach(async () => {
  await github.close();
});

afterAll(() => {
  nock.restore();
});

const installed = (permissions?: Permissions): Promise<Octokit> => asInstallation(github, installation, permissions);

function openPull(): { number: number; sha: string } {
  const { sha } = github.world.push(widgets, 'topic/ü', { author: ada, message: 'Add a\n', files: { a: '1\n' } });
  return { number: github.world.openPullRequest(widgets, { head: 'topic/ü', author: ada }).number, sha };
}

const variables = (number: number): Record<string, unknown> => ({
  ...at,
  number,
  appId: github.world.app.id,
  commits: true,
  files: true,
});

describe('requests', () => {
  test('every operation that Steward may call has a route, and no route is without one', () => {
    expect(Object.keys(routes).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
  });

  test.each([
    ['an unknown operation', 'DELETE', '/repos/a/b', {}, undefined],
    ['an unknown query parameter', 'GET', '/repos/a/b/issues', { creater: 'x' }, undefined],
    ['a page that is too large', 'GET', '/repos/a/b/issues', { per_page: 101 }, undefined],
    ['an unknown field', 'POST', '/repos/a/b/issues', {}, { title: 'x', text: 'y' }],
    [
      'an unknown field within a field',
      'POST',
      '/repos/a/b/check-runs',
      {},
      { name: 'x', head_sha: 'y', output: { title: 'a', summary: 'b', body: 'c' } },
    ],
    ['a missing field', 'POST', '/repos/a/b/check-runs', {}, { name: 'x' }],
    ['a wrong value', 'PATCH', '/repos/a/b/check-runs/1', {}, { conclusion: 'skip' }],
    ['51 annotations', 'PATCH', '/repos/a/b/check-runs/1', {}, { output: { summary: '', annotations: Array(51).fill({}) } }],
    ['a body where none belongs', 'GET', '/repos/a/b', {}, { a: 1 }],
    ['an unknown permission', 'POST', '/app/installations/1/access_tokens', {}, { permissions: { check: 'read' } }],
  ])('%s is not allowed', (_name, method, path, query, body) => {
    expect(() => {
      assertRequest(method, path, query, body);
    }).toThrow(path);
  });

  test('a body that is not sent as JSON and a caller without a name are not allowed', () => {
    const problems = checkRequest({ method: 'POST', url: '/repos/a/b/issues', headers: {}, body: { title: 'x' } });
    expect(problems).toHaveLength(2);
  });

  test('what is not allowed is answered with 422 and kept as a violation', async () => {
    const api = await installed();
    expect(await refusal(api.request('GET /repos/{owner}/{repo}/issues', { ...at, foo: 'bar' }))).toMatch(/^422 Invalid request/);
    expect(github.violations).toEqual([expect.stringContaining('query foo: no such parameter')]);
  });

  test('an Octokit that is validated throws before it sends', async () => {
    const scope = nock('https://api.github.com').get('/repos/a/b').reply(200, { id: 1 });
    const api = validating(octokit('x', 'https://api.github.com'));
    await expect(api.request('GET /repos/{owner}/{repo}', { owner: 'a', repo: 'b', page: 2 })).rejects.toThrow(
      'no such parameter',
    );
    expect((await api.rest.repos.get({ owner: 'a', repo: 'b' })).data).toEqual({ id: 1 });
    scope.done();
  });
});

describe('who may do what', () => {
  test('App routes need a valid JWT signed with the App’s key', async () => {
    expect(await refusal(asApp(github, { expires: -1 }).rest.apps.getAuthenticated())).toMatch(/^401/);
    expect(await refusal(octokit(`${appJwt(github).slice(0, -8)}AAAAAAAA`, github.url).rest.apps.getAuthenticated())).toMatch(
      /^401/,
    );
    expect(await refusal((await installed()).rest.apps.getAuthenticated())).toMatch(/^401/);
    expect((await asApp(github).rest.apps.getAuthenticated()).data?.slug).toBe('steward');
  });

  test('a read token cannot write, and a missing permission is refused on public repositories too', async () => {
    const { number } = openPull();
    const api = await installed({ contents: 'read', pull_requests: 'read' });
    const run = { ...at, name: 'Steward', head_sha: widgets.branches.get('main')! };
    expect(await refusal(api.rest.checks.create(run))).toMatch(/^403 Resource not accessible by integration/);
    expect(await refusal(api.rest.issues.createComment({ ...at, issue_number: number, body: 'x' }))).toMatch(/^403/);
    expect(await refusal(api.rest.issues.listForRepo(at))).toMatch(/^403/);
    expect((await api.rest.pulls.get({ ...at, pull_number: number })).data.number).toBe(number);
  });

  test('GraphQL forbids what the token may not read, and answers the rest', async () => {
    const { number } = openPull();
    const api = await installed({ contents: 'read', pull_requests: 'read' });
    const error = await api.graphql(queries.PULL_REQUEST, variables(number)).catch((failure: unknown) => failure);
    const { errors, data } = error as { errors: { type: string; path: string[] }[]; data: { repository: { name: string } } };
    expect(errors.map(({ type, path }) => [type, path.at(-1)])).toContainEqual(['FORBIDDEN', 'checkSuites']);
    expect(data.repository.name).toBe('widgets');
  });

  test('GraphQL tells collaborators to those only who may push; a role is told to everybody who sees the repository', async () => {
    widgets.collaborators.set('ada', 'write');
    const document = `query($owner: String!, $repo: String!, $login: String!) {
      repository(owner: $owner, name: $repo) { collaborators(login: $login, first: 1) { nodes { login } } } }`;
    const told = async (contents: 'read' | 'write'): Promise<string> => {
      const api = await asInstallation(github, github.world.install('acme', { permissions: { contents } }).installation);
      const { data } = await api.rest.repos.getCollaboratorPermissionLevel({ ...at, username: 'ada' });
      expect(data.role_name).toBe('write');
      return refusal(api.graphql(document, { ...at, login: 'ada' }));
    };
    expect(await told('read')).toContain('response errors');
    expect(await told('write')).toBe('not refused');
  });

  test('the App finds its installation by organization, by person and by repository', async () => {
    const own = github.world.install(ada).installation;
    const { apps } = asApp(github).rest;
    expect((await apps.getOrgInstallation({ org: 'Acme' })).data.id).toBe(installation.id);
    expect((await apps.getUserInstallation({ username: 'ada' })).data.id).toBe(own.id);
    expect((await apps.getRepoInstallation(at)).data.id).toBe(installation.id);
    expect((await apps.getInstallation({ installation_id: own.id })).data.account).toMatchObject({ login: 'ada' });
    expect(await refusal(apps.getOrgInstallation({ org: 'nowhere' }))).toMatch(/^404/);
    expect(github.violations).toEqual([]);
  });

  test('a token cannot have more than its installation, nor outlive its hour, its suspension or its end', async () => {
    const api = await installed();
    expect(await refusal(installed({ administration: 'write' }))).toMatch(/^422/);
    github.world.suspend(installation);
    expect(await refusal(api.rest.repos.get(at))).toMatch(/^403 This installation has been suspended/);
    expect(await refusal(installed())).toMatch(/^403/);
    github.world.unsuspend(installation);
    for (const token of github.world.tokens.values()) token.expiresAt = '2020-01-01T00:00:00Z';
    expect(await refusal(api.rest.repos.get(at))).toMatch(/^401/);
    github.world.uninstall(installation);
    expect(await refusal(installed())).toMatch(/^404/);
  });

  test('a private repository elsewhere is not found, by REST and by GraphQL', async () => {
    github.world.repository({ owner: 'other', name: 'secret', isPrivate: true, files: {} });
    const api = await installed();
    expect(await refusal(api.rest.repos.get({ owner: 'other', repo: 'secret' }))).toMatch(/^404 Not Found/);
    const error = await api
      .graphql('{ repository(owner: "other", name: "secret") { name } }')
      .catch((failure: unknown) => failure);
    expect(error).toMatchObject({ data: { repository: null }, errors: [{ type: 'NOT_FOUND', path: ['repository'] }] });
  });

  test('a personal token reads what is public and what its person belongs to', async () => {
    github.world.repository({ owner: 'ada', name: 'secret', isPrivate: true, files: {} });
    const api = octokit(github.world.personalToken('ada'), github.url);
    expect((await api.rest.repos.listForOrg({ org: 'acme' })).data.map(({ name }) => name)).toEqual(['widgets']);
    expect((await api.rest.repos.listForAuthenticatedUser()).data.map(({ name }) => name)).toEqual(['secret']);
    expect(
      (await octokit(github.world.personalToken('bob'), github.url).rest.repos.listForUser({ username: 'ada' })).data,
    ).toEqual([]);
  });
});

describe('what GitHub refuses', () => {
  test('a completed check run needs a conclusion, and a commit that exists', async () => {
    const api = await installed();
    const run = { ...at, name: 'Steward', head_sha: widgets.branches.get('main')!, status: 'completed' as const };
    expect(await refusal(api.rest.checks.create(run))).toMatch(/^422.*Invalid request/s);
    expect(await refusal(api.rest.checks.create({ ...run, head_sha: '0'.repeat(40), conclusion: 'success' }))).toMatch(
      /^422 No commit found/,
    );
    expect(github.violations).toEqual([]);
  });

  test('annotations of an update are added to those that are there', async () => {
    const api = await installed();
    const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice' as const, message: 'm' };
    const output = { title: 't', summary: 's', annotations: Array<typeof annotation>(50).fill(annotation) };
    const { data } = await api.rest.checks.create({ ...at, name: 'Steward', head_sha: widgets.branches.get('main')!, output });
    const updated = await api.rest.checks.update({ ...at, check_run_id: data.id, output });
    expect(updated.data.output.annotations_count).toBe(100);
  });

  test('issues that are switched off are gone, and an archived repository is read-only', async () => {
    const api = await installed();
    widgets.hasIssues = false;
    expect(await refusal(api.rest.issues.create({ ...at, title: 'x' }))).toMatch(/^410/);
    github.world.archive(widgets);
    const run = { ...at, name: 'x', head_sha: widgets.branches.get('main')! };
    expect(await refusal(api.rest.checks.create(run))).toMatch(/^403 Repository was archived/);
  });

  test('a comment is neither blank nor too long', async () => {
    const { number } = openPull();
    const api = await installed();
    expect(await refusal(api.rest.issues.createComment({ ...at, issue_number: number, body: ' ' }))).toMatch(/^422/);
    expect(await refusal(api.rest.issues.createComment({ ...at, issue_number: number, body: 'x'.repeat(65_537) }))).toMatch(
      /^422/,
    );
    const { data } = await api.rest.issues.createComment({ ...at, issue_number: number, body: 'x' });
    expect(data.user?.login).toBe('steward[bot]');
  });
});
