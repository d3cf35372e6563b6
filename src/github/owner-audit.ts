/** Every repository of an account, read with a personal token: how an office tries Steward before installing anything. */
import { Octokit } from '@octokit/rest';
import { setTimeout as pause } from 'node:timers/promises';
import { common, watched, type Api, type ClientOptions } from './client.ts';
import { GoneError, LaterError } from './later.ts';
import type { Reading } from '../spine/govern.ts';
import { reading } from './source.ts';

export interface AuditOptions extends ClientOptions {
  /** A read-only personal token, classic or fine-grained. */
  readonly token: string;
  /** An organization or a user. */
  readonly owner: string;
  /** Names of repositories that an earlier run has finished. */
  readonly done?: readonly string[];
  /** Told before each wait for GitHub's rate limit. */
  readonly onWait?: (milliseconds: number) => void;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** One repository to judge, and how far the audit is. */
export interface Audited {
  readonly owner: string;
  readonly repo: string;
  /** Counts from 1, finished ones included. */
  readonly position: number;
  readonly total: number;
  readonly reading: Reading;
}

/** Goes through all repositories that are not archived, by name. Nothing of the account is changed. */
export async function* auditOwner(options: AuditOptions): AsyncGenerator<Audited, void> {
  const octokit = pacedOctokit(options);
  const names = await repositoryNames(octokit, options.owner);
  const done = new Set((options.done ?? []).map((name) => name.toLowerCase()));
  for (const [index, { owner, repo }] of names.entries()) {
    if (done.has(repo.toLowerCase())) continue;
    yield { owner, repo, position: index + 1, total: names.length, reading: open(octokit, owner, repo) };
  }
}

function open(api: Api, owner: string, repo: string): Reading {
  return reading({
    api,
    subject: { kind: 'repository', owner, repo },
    wants: { commits: false, files: true },
    appId: 0,
    issue: null,
    blobs: null,
    shown: { slug: () => Promise.reject(new Error('A personal token is no App.')), comment: null },
  });
}

interface Name {
  readonly owner: string;
  readonly repo: string;
}

async function repositoryNames(octokit: Octokit, owner: string): Promise<readonly Name[]> {
  const { data: account } = await found(octokit.rest.users.getByUsername({ username: owner }), owner);
  const listed =
    account.type === 'Organization'
      ? await octokit.paginate(octokit.rest.repos.listForOrg, { org: account.login, type: 'all', per_page: 100 })
      : await repositoriesOfUser(octokit, account.login);
  const names = listed.filter(({ archived }) => !archived).map((one) => ({ owner: one.owner.login, repo: one.name }));
  return names.sort((a, b) => (a.repo.toLowerCase() < b.repo.toLowerCase() ? -1 : 1));
}

/** A user's own token also lists the private ones. */
async function repositoriesOfUser(octokit: Octokit, username: string) {
  const { data: self } = await octokit.rest.users.getAuthenticated();
  return self.login === username
    ? octokit.paginate(octokit.rest.repos.listForAuthenticatedUser, { affiliation: 'owner', per_page: 100 })
    : octokit.paginate(octokit.rest.repos.listForUser, { username, type: 'owner', per_page: 100 });
}

async function found<T>(asked: Promise<T>, owner: string): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if ((error as { status?: number }).status !== 404) throw error;
    throw new GoneError(`There is no account ${owner} on GitHub, or the token may not see it.`, { cause: error });
  }
}

/** Left for the person whose token it is. */
const RESERVE = 50;
const MOST_TRIES = 6;

/** A client that waits for the rate limit instead of running into it: a person watches, so waiting in place is right. */
export function pacedOctokit(options: Omit<AuditOptions, 'owner' | 'done'>): Octokit {
  const { token, onWait, now = Date.now, sleep = (milliseconds: number) => pause(milliseconds) } = options;
  const settings = common('audit', options);
  const octokit = new Octokit({ ...settings, auth: token });
  watched(octokit, { ...options, owner: null });
  const until = new Map<string, number>();
  const wait = async (milliseconds: number): Promise<void> => {
    if (milliseconds <= 0) return;
    onWait?.(milliseconds);
    await sleep(milliseconds);
  };
  octokit.hook.wrap('request', async (request, parameters) => {
    const resource = parameters.url.endsWith('/graphql') ? 'graphql' : 'core';
    for (let tries = 1; ; tries += 1) {
      await wait((until.get(resource) ?? 0) - now());
      try {
        const response = await request(parameters);
        const remaining = Number(response.headers['x-ratelimit-remaining'] ?? NaN);
        const reset = Number(response.headers['x-ratelimit-reset'] ?? NaN) * 1000;
        until.set(resource, remaining < RESERVE && Number.isFinite(reset) ? reset : 0);
        return response;
      } catch (error) {
        if (!(error instanceof LaterError) || tries >= MOST_TRIES) throw error;
        await wait(error.after * tries);
      }
    }
  });
  return octokit;
}
