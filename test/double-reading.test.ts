/** What the double lets an App read, what goes wrong on order, and the deliveries it sends. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Octokit } from '@octokit/rest';
import { Webhooks } from '@octokit/webhooks';
import * as queries from '../src/github/queries.ts';
import { asApp, asInstallation, octokit, refusal } from './support/github/callers.ts';
import { checkDocument } from './support/github/described.ts';
import type { Account, Installation, Permissions, Repository } from './support/github/model.ts';
import { startGitHub } from './support/github/server.ts';
import type { GitHub } from './support/github/server.ts';

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

describe('reading', () => {
  test('every document of Steward’s is valid against GitHub’s schema', () => {
    const documents = Object.values(queries).filter((value) => typeof value === 'string' && value.includes('query '));
    documents.push(queries.blobsQuery(queries.BLOBS_A_QUERY));
    expect(documents.flatMap((document) => checkDocument(document as string).problems)).toEqual([]);
  });

  test('a pull request is read whole', async () => {
    const { number, sha } = openPull();
    github.world.repository({ owner: 'acme', name: '.github', files: { '.github/steward.yml': 'extends: baseline\n' } });
    const api = await installed();
    const { data } = await api.rest.checks.create({ ...at, name: 'Steward', head_sha: sha, external_id: 'key' });
    github.world.createCheckRun(widgets, { name: 'Other', head_sha: sha }, 7);
    github.world.comment(widgets, number, github.world.app.bot, 'Mine');
    const answer = await api.graphql(queries.PULL_REQUEST, variables(number));
    expect(answer).toMatchObject({
      rateLimit: { cost: 2 },
      repository: {
        defaultBranchRef: { name: 'main' },
        pullRequest: {
          headRefName: 'topic/ü',
          comments: { nodes: [{ body: 'Mine', author: { __typename: 'Bot', login: 'steward' } }] },
          files: { totalCount: 1, nodes: [{ path: 'a', changeType: 'ADDED' }] },
          commits: {
            totalCount: 1,
            nodes: [{ commit: { oid: sha, message: 'Add a\n', author: { user: { databaseId: ada.id } } } }],
          },
          head: {
            nodes: [
              {
                commit: {
                  tree: { entries: expect.arrayContaining([expect.objectContaining({ name: 'a "b"\nc.md', mode: 33188 })]) },
                  checkSuites: {
                    nodes: [{ checkRuns: { nodes: [{ databaseId: data.id, status: 'QUEUED', externalId: 'key' }] } }],
                  },
                  associatedPullRequests: { nodes: [{ number, state: 'OPEN', headRefOid: sha }] },
                },
              },
            ],
          },
        },
      },
      organization: { defaultBranchRef: { target: { policy: { object: { text: 'extends: baseline\n', isTruncated: false } } } } },
    });
    expect(github.violations).toEqual([]);
  });

  test('a repository is read with its issue, and who closed it', async () => {
    const { number } = github.world.openIssue(widgets, { title: 'Fix', author: github.world.app.bot });
    github.world.closeIssue(widgets, number, ada, 'not_planned');
    const wanted = { ...at, appId: github.world.app.id, files: true, issue: number, withIssue: true };
    const error = await (await installed()).graphql(queries.REPOSITORY_STATE, wanted).catch((failure: unknown) => failure);
    expect(error).toMatchObject({
      errors: [{ type: 'NOT_FOUND', path: ['organization'] }],
      data: {
        organization: null,
        repository: {
          head: { target: { oid: widgets.branches.get('main') } },
          issue: {
            state: 'CLOSED',
            stateReason: 'NOT_PLANNED',
            timelineItems: { nodes: [{ actor: { __typename: 'User', login: 'ada' } }] },
          },
        },
      },
    });
  });

  test('a repository without commits has no branch, and a field the double does not know is never a silent null', async () => {
    github.world.repository({ owner: 'acme', name: 'empty' });
    const api = await installed();
    const answer = await api.graphql('{ repository(owner: "acme", name: "empty") { isEmpty defaultBranchRef { name } } }');
    expect(answer).toEqual({ repository: { isEmpty: true, defaultBranchRef: null } });
    await expect(api.graphql('{ repository(owner: "acme", name: "empty") { forkCount } }')).rejects.toThrow('does not know');
    expect(github.violations).toEqual(['graphql: the double does not know Repository.forkCount']);
  });

  test('lists come page by page, by number and by cursor', async () => {
    const { number } = openPull();
    for (let index = 0; index < 120; index += 1) github.world.comment(widgets, number, ada, String(index));
    const api = await installed();
    const all = await api.paginate(api.rest.issues.listComments, { ...at, issue_number: number, per_page: 50 });
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 120 }, (_, index) => String(index)));
    const more = { ...at, number, after: null as string | null };
    interface Page {
      repository: { pullRequest: { page: { totalCount: number; pageInfo: { endCursor: string }; nodes: { body: string }[] } } };
    }
    const first = (await api.graphql<Page>(queries.MORE_COMMENTS, more)).repository.pullRequest.page;
    const second = await api.graphql<Page>(queries.MORE_COMMENTS, { ...more, after: first.pageInfo.endCursor });
    expect([first.totalCount, first.nodes.length, second.repository.pullRequest.page.nodes[0]?.body]).toEqual([120, 100, '100']);
  });

  test('contents, blobs and trees come as GitHub sends them, whatever their names', async () => {
    const api = await installed();
    const { data } = await api.rest.repos.getContent({ ...at, path: 'a "b"\nc.md' });
    expect(data).toMatchObject({ type: 'file', encoding: 'base64', content: Buffer.from('x').toString('base64') });
    const tree = await api.rest.git.getTree({ ...at, tree_sha: 'main', recursive: 'true' });
    expect(tree.data.tree.map(({ path }) => path).sort()).toEqual(['README.md', 'a "b"\nc.md', 'x', 'x/y']);
    const blob = await api.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
      ...at,
      file_sha: tree.data.tree[0]!.sha,
      mediaType: { format: 'raw' },
    });
    expect(blob.status).toBe(200);
    expect(github.violations).toEqual([]);
  });

  test('a renamed repository is found by its old name', async () => {
    github.world.rename(widgets, 'gadgets');
    const api = await installed();
    expect((await api.rest.repos.get(at)).data.full_name).toBe('acme/gadgets');
    expect(await api.graphql('{ repository(owner: "acme", name: "widgets") { name } }')).toEqual({
      repository: { name: 'gadgets' },
    });
  });

  test('an unchanged answer is 304 and costs nothing', async () => {
    const api = await installed();
    const { headers } = await api.rest.repos.get(at);
    expect(await refusal(api.rest.repos.get({ ...at, headers: { 'if-none-match': headers.etag } }))).toMatch(/^304/);
    expect((await api.rest.repos.get(at)).headers['x-ratelimit-used']).toBe('2');
  });

  test('the same is served as by a GitHub Enterprise Server', async () => {
    const token = (await installed().then((api) => api.auth())) as { token: string };
    const api = octokit(token.token, `${github.url}/api/v3`);
    expect((await api.rest.repos.get(at)).data.name).toBe('widgets');
    expect(await api.graphql('{ viewer { login } }')).toEqual({ viewer: { login: 'steward' } });
  });
});

describe('what goes wrong', () => {
  test('a used-up budget is 403 for REST and status 200 for GraphQL', async () => {
    const api = await installed();
    github.limit(installation, 'core', { seconds: 60 });
    github.limit(installation, 'graphql', { seconds: 60 });
    expect(await refusal(api.rest.repos.get(at))).toMatch(/^403 API rate limit exceeded for installation ID/);
    const error = await api.graphql('{ viewer { login } }').catch((failure: unknown) => failure);
    expect(error).toMatchObject({ errors: [{ type: 'RATE_LIMITED' }], headers: { 'x-ratelimit-remaining': '0' } });
  });

  test('ordered troubles hit the requests they name, as often as they say', async () => {
    const api = await installed();
    github.trouble({ kind: 'secondary', seconds: 7, on: 'repos/get' });
    github.trouble({ kind: 'status', status: 502, on: 'repos/get', times: 1, skip: 1 });
    const error = await api.rest.repos.get(at).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ status: 403, response: { headers: { 'retry-after': '7' } } });
    expect((await api.rest.repos.get(at)).status).toBe(200);
    expect(await refusal(api.rest.repos.get(at))).toMatch(/^502/);
    expect((await api.rest.repos.get(at)).status).toBe(200);
  });

  test('a write can take effect although its answer is lost', async () => {
    const api = await installed();
    github.trouble({ kind: 'reset', on: 'issues/create', isAfter: true });
    expect(await refusal(api.rest.issues.create({ ...at, title: 'Once' }))).not.toBe('not refused');
    expect([...widgets.issues.values()].map(({ title }) => title)).toEqual(['Once']);
  });

  test('an answer can stay away until the caller gives up', async () => {
    const api = await installed();
    github.trouble({ kind: 'hang', on: 'repos/get' });
    const impatient = new AbortController();
    const state = { isSettled: false };
    const asked = refusal(api.rest.repos.get({ ...at, request: { signal: impatient.signal } })).finally(
      () => (state.isSettled = true),
    );
    // A request that fails before it arrives must fail the test, not keep it waiting.
    while (!state.isSettled && github.log.calls('repos/get').length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    impatient.abort();
    expect(await asked).not.toBe('not refused');
    expect(github.log.calls('repos/get').map(({ status }) => status)).toEqual([0]);
  });

  test('a GraphQL answer can lose a part', async () => {
    const { number } = openPull();
    const api = await installed();
    github.trouble({ kind: 'partial', path: ['repository', 'pullRequest', 'commits'], on: 'graphql' });
    const error = await api.graphql(queries.PULL_REQUEST, variables(number)).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ data: { repository: { pullRequest: { commits: null, number } } } });
  });
});

describe('deliveries', () => {
  const received: { event: string; id: string; isSigned: boolean }[] = [];
  let status = 200;
  const app = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { 'x-github-event': event, 'x-github-delivery': id, 'x-hub-signature-256': signature } = request.headers;
      void new Webhooks({ secret: github.world.app.webhookSecret }).verify(text, String(signature)).then((isSigned) => {
        received.push({ event: String(event), id: String(id), isSigned });
        response.writeHead(status).end();
      });
    });
  });

  beforeEach(async () => {
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    github.webhookUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/`;
    received.length = 0;
    status = 200;
  });
  afterEach(() => new Promise((resolve) => app.close(resolve)));

  test('they arrive signed, and the log tells which failed', async () => {
    await github.deliver(github.world.comment(widgets, openPull().number, ada, 'Hello').deliveries);
    status = 500;
    await github.deliver(github.world.archive(widgets).deliveries);
    github.miss(github.world.unarchive(widgets).deliveries);
    expect(received.map(({ event, isSigned }) => [event, isSigned])).toEqual([
      ['issue_comment', true],
      ['repository', true],
    ]);
    const { data } = await asApp(github).request('GET /app/hook/deliveries', { status: 'failure' });
    expect(data.map(({ action, status_code: code }) => [action, code])).toEqual([
      ['unarchived', 502],
      ['archived', 500],
    ]);
    expect(github.violations).toEqual([]);
  });

  test('the log is read page by page, and shows what was sent', async () => {
    github.miss(github.world.archive(widgets).deliveries);
    github.miss(github.world.unarchive(widgets).deliveries);
    const api = asApp(github);
    const all = await api.paginate('GET /app/hook/deliveries', { per_page: 1 });
    expect(all.map(({ action }) => action)).toEqual(['unarchived', 'archived']);
    const { data } = await api.rest.apps.getWebhookDelivery({ delivery_id: all[1]!.id });
    expect(data.request.payload).toMatchObject({ action: 'archived', repository: { archived: true } });
  });

  test('a redelivery has the same id', async () => {
    const { deliveries } = github.world.archive(widgets);
    github.miss(deliveries);
    const attempt = github.deliveries.attempts[0]!;
    await asApp(github).rest.apps.redeliverWebhookDelivery({ delivery_id: attempt.id });
    await github.deliveries.settled();
    expect(received).toEqual([{ event: 'repository', id: deliveries[0]?.id, isSigned: true }]);
    expect(github.deliveries.attempts.map(({ isRedelivery, status: code }) => [isRedelivery, code])).toEqual([
      [false, 0],
      [true, 200],
    ]);
  });
});
