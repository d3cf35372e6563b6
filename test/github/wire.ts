/** GitHub on nock, for narrow tests: canned answers, and every request held against GitHub's own descriptions. */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeEach, expect } from '@jest/globals';
import nock from 'nock';
import type { Requested } from '../../src/github/client.ts';
import { githubPlatform, type GithubPlatform, type PlatformOptions } from '../../src/github/platform.ts';
import type {
  BlobShape,
  CommitShape,
  LookShape,
  PullRequestShape,
  RepositoryShape,
  StateShape,
} from '../../src/github/shapes.ts';
import { checkRequest } from '../support/github/described.ts';

export const API = 'https://api.github.com';
export const NOW = Date.parse('2026-03-01T12:00:00Z');
export const HEAD = 'a'.repeat(40);
export const TREE = 'c'.repeat(40);
export const BASE = 'b'.repeat(40);
export const APP_ID = 7;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
export const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Starts and ends nock around each test; requests that GitHub would not understand fail the test. */
export function wired(): void {
  const wrong: string[] = [];
  const plain = globalThis.fetch;
  // What nock replaces is Node's own and outlives this file in its worker.
  afterAll(() => {
    nock.restore();
  });
  beforeEach(() => {
    nock.disableNetConnect();
    const intercepted = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      const headers = Object.fromEntries(new Headers(init?.headers));
      const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
      wrong.push(
        ...checkRequest({
          method: init?.method ?? 'GET',
          url: input instanceof Request ? input.url : input.toString(),
          headers,
          body,
        }),
      );
      return intercepted(input, init);
    };
  });
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    nock.enableNetConnect();
    globalThis.fetch = plain;
    expect({ wrong: wrong.splice(0), pending }).toEqual({ wrong: [], pending: [] });
  });
}

/** A platform for the account `acme`, whose installation is 42. */
export function platform(more: Partial<PlatformOptions> = {}): { platform: GithubPlatform; requested: Requested[] } {
  const requested: Requested[] = [];
  const made = githubPlatform({
    appId: APP_ID,
    privateKey: PEM,
    isPaced: false,
    now: () => NOW,
    installations: { installation: () => Promise.resolve({ id: 42, isSuspended: false }) },
    onRequest: (one) => requested.push(one),
    ...more,
  });
  return { platform: made, requested };
}

export function mints(times = 1, token = 'ghs_token'): nock.Scope {
  return nock(API)
    .post('/app/installations/42/access_tokens')
    .times(times)
    .reply(201, { token, expires_at: new Date(NOW + 3_600_000).toISOString(), permissions: {} });
}

export function saysWho(slug = 'steward'): nock.Scope {
  return nock(API).get('/app').reply(200, { id: APP_ID, slug });
}

type Variables = Record<string, unknown>;

/** Answers the next GraphQL query of this name. */
export function answers(
  name: string,
  answer: object | ((variables: Variables) => object),
  errors?: readonly object[],
): nock.Scope {
  return nock(API)
    .post('/graphql', (body: { query: string }) => body.query.includes(`query ${name}(`))
    .reply(200, (_uri, body) => {
      const { variables } = body as unknown as { variables: Variables };
      const data = typeof answer === 'function' ? (answer as (variables: Variables) => object)(variables) : answer;
      return { data, ...(errors ? { errors } : {}) };
    });
}

const EMPTY_PAGE = { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };

export function page<T>(
  nodes: readonly T[],
  more: { totalCount?: number; endCursor?: string | null; hasNextPage?: boolean } = {},
) {
  const { totalCount = nodes.length, endCursor = null, hasNextPage = endCursor !== null } = more;
  return { totalCount, pageInfo: { hasNextPage, endCursor }, nodes };
}

export function aState(more: Partial<StateShape> = {}): StateShape {
  const folders = Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].map((index) => [`f${index}`, null]));
  return {
    oid: HEAD,
    policy: null,
    tree: { entries: [{ name: 'README.md', mode: 33188, oid: '1'.repeat(40) }] },
    ...folders,
    checkSuites: { nodes: [] },
    associatedPullRequests: { nodes: [] },
    ...more,
  };
}

export function aPolicy(text: string, oid = '2'.repeat(40)): { oid: string; object: BlobShape } {
  return { oid, object: { byteSize: text.length, isBinary: false, isTruncated: false, text } };
}

export function aCommit(more: Partial<CommitShape> = {}): CommitShape {
  const person = { name: 'Ada', email: 'ada@example.com', user: { login: 'Ada', databaseId: 1 } };
  return {
    oid: HEAD,
    message: 'Add a thing\n\nSigned-off-by: Ada <ada@example.com>',
    author: person,
    committer: person,
    parents: { totalCount: 1, nodes: [{ oid: BASE }] },
    signature: null,
    tree: { oid: TREE },
    committedDate: '2026-06-01T12:00:00Z',
    authors: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [person] },
    ...more,
  };
}

export function aPull(more: Partial<PullRequestShape> = {}): PullRequestShape {
  return {
    number: 1,
    title: 'Add a thing',
    url: 'https://github.com/acme/rocket/pull/1',
    state: 'OPEN',
    isDraft: false,
    createdAt: '2026-06-01T12:30:00Z',
    headRefOid: HEAD,
    headRefName: 'thing',
    isCrossRepository: false,
    baseRefName: 'main',
    baseRefOid: BASE,
    author: { __typename: 'User', login: 'Ada', databaseId: 1 },
    comments: EMPTY_PAGE,
    files: page([{ path: 'src/thing.ts', changeType: 'ADDED' }]),
    commits: page([{ commit: aCommit() }]),
    head: { nodes: [{ commit: aState() }] },
    baseRef: { target: aState({ oid: BASE }) },
    ...more,
  };
}

/** The answer to the first query; without an organization policy unless given. */
export function aLook(more: Partial<RepositoryShape> = {}, organization: LookShape['organization'] = null): LookShape {
  return {
    repository: {
      name: 'rocket',
      owner: { login: 'acme' },
      url: 'https://github.com/acme/rocket',
      description: 'Goes up',
      isPrivate: false,
      isArchived: false,
      isFork: false,
      hasIssuesEnabled: true,
      defaultBranchRef: { name: 'main', target: { oid: BASE } },
      ...more,
    },
    organization,
  };
}

export const NO_ORGANIZATION = [{ type: 'NOT_FOUND', path: ['organization'], message: 'Could not resolve to a Repository.' }];

export const PULL = { kind: 'pull-request', owner: 'acme', repo: 'rocket', number: 1 } as const;
export const REPOSITORY = { kind: 'repository', owner: 'acme', repo: 'rocket' } as const;
export const ALL = { commits: true, files: true } as const;
