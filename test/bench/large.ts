/** Measures how long a pull request of many commits waits for its check, against reading its commits and judging nothing. */
import { setTimeout as wait } from 'node:timers/promises';
import { signingSentence } from '../../src/facts/sentences.ts';
import { mintToken } from '../support/github/access.ts';
import type { Delivery, Installation, Repository } from '../support/github/model.ts';
import { startGitHub, type GitHub } from '../support/github/server.ts';
import type { NewCommit } from '../support/github/world/commits.ts';
import { letter, send } from './load.ts';
import { startSubject, type Running } from './subject.ts';

export interface Large {
  /** Milliseconds from sending the delivery until GitHub has the completed check, one a pull request. */
  readonly check: readonly number[];
  /** Milliseconds to read the same commits and to write a check run, one after another. */
  readonly read: readonly number[];
  /** Requests to GitHub a pull request, until its check is there. */
  readonly calls: readonly number[];
}

interface Stage {
  readonly github: GitHub;
  readonly installation: Installation;
  readonly repository: Repository;
}

const OWNER = 'acme';
const SIGNING = signingSentence({ title: 'Agreement', version: '1' });
const POLICY = `rules:
  dco: { enforce: block }
  cla:
    enforce: block
    agreements: [{ id: icla, title: Agreement, version: '1', text: 'acme/work:CLA.md', since: 2026-01-01 }]
`;

/** Judges as many pull requests as `runs`, each of so many commits, signed off and under an agreement that is signed. */
export async function measureLarge(options: { commits: number; latency: number; runs: number }): Promise<Large> {
  const stage = setStage();
  const { github } = await stage;
  try {
    const running = await startSubject('sqlite', github);
    try {
      return await measure(await stage, running, options);
    } finally {
      await running.stop();
    }
  } finally {
    await github.close();
  }
}

async function setStage(): Promise<Stage> {
  const github = await startGitHub();
  const { installation } = github.world.install(OWNER);
  const files = { 'README.md': '# Work\n', 'CLA.md': 'You give what is yours.\n', '.github/steward.yml': POLICY };
  return { github, installation, repository: github.world.repository({ owner: OWNER, name: 'work', files }) };
}

async function measure(
  stage: Stage,
  running: Running,
  { commits, latency, runs }: { commits: number; latency: number; runs: number },
): Promise<Large> {
  const { github, repository } = stage;
  const { world } = github;
  await sign(stage, running);
  world.latency = latency;
  const measured = { check: [] as number[], read: [] as number[], calls: [] as number[] };
  for (let run = 1; run <= runs; run += 1) {
    const all = Array.from({ length: commits }, (_, index) => commit(`${run}.${index}`));
    const { sha } = world.push(repository, `large-${run}`, all);
    const { number, deliveries } = world.openPullRequest(repository, { head: `large-${run}`, author: 'ada' });
    const mark = github.log.mark();
    const checked = completed(github, sha);
    const started = performance.now();
    await deliver(github, running, deliveries);
    if ((await checked) !== 'success') throw new Error('A large pull request that is well did not pass.');
    measured.check.push(performance.now() - started);
    measured.calls.push(github.log.since(mark).length);
    await quiet(running);
    measured.read.push(await readAndWrite(stage, number, sha));
  }
  return measured;
}

/** Ada signs on a small pull request. */
async function sign({ github, repository }: Stage, running: Running): Promise<void> {
  const { world } = github;
  const pushed = world.push(repository, 'small', commit('small'));
  const { number, deliveries } = world.openPullRequest(repository, { head: 'small', author: 'ada' });
  await deliver(github, running, [...pushed.deliveries, ...deliveries]);
  await quiet(running);
  await deliver(github, running, world.comment(repository, number, 'ada', SIGNING).deliveries);
  await quiet(running);
}

function commit(name: string): NewCommit {
  const message = `Change ${name}\n\nSigned-off-by: ada <ada@example.com>\n`;
  return { author: 'ada', message, files: { 'change.txt': `${name}\n` } };
}

async function deliver({ world }: GitHub, running: Running, deliveries: readonly Delivery[]): Promise<void> {
  for (const delivery of deliveries) await send(running.webhooks, letter(delivery, world.app.webhookSecret));
}

/** The conclusion of the first check run that is completed on a commit. */
async function completed({ world }: GitHub, sha: string): Promise<string | undefined> {
  const create = world.createCheckRun.bind(world);
  return new Promise((resolve) => {
    world.createCheckRun = (one, fields, appId) => {
      if (fields.head_sha === sha && fields.status === 'completed') {
        world.createCheckRun = create;
        resolve(fields.conclusion);
      }
      return create(one, fields, appId);
    };
  });
}

async function quiet(running: Running): Promise<void> {
  for (let calm = 0; calm < 3;) {
    await wait(100);
    calm = (await running.open()) === 0 ? calm + 1 : 0;
  }
}

const QUERY = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) { commits(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { commit { oid message author { name email user { databaseId } } } }
  } } }
}`;

interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function readAndWrite({ github, installation, repository }: Stage, number: number, sha: string): Promise<number> {
  const asked = { permissions: { checks: 'write', contents: 'read', metadata: 'read', pull_requests: 'read' } } as const;
  const token = mintToken(github.world, installation, asked).value;
  const headers = { authorization: `token ${token}`, 'content-type': 'application/json', 'user-agent': 'baseline' };
  const post = async (path: string, body: object): Promise<unknown> =>
    (await fetch(`${github.url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  const started = performance.now();
  for (let after: string | null = null, isMore = true; isMore;) {
    const variables = { owner: OWNER, repo: repository.name, number, after };
    const answer = (await post('graphql', { query: QUERY, variables })) as {
      data: { repository: { pullRequest: { commits: Page } } };
    };
    const { hasNextPage, endCursor } = answer.data.repository.pullRequest.commits.pageInfo;
    [after, isMore] = [endCursor, hasNextPage];
  }
  const output = { title: 'Read', summary: 'Nothing was judged.' };
  const run = { name: 'Baseline', head_sha: sha, status: 'completed', conclusion: 'success', output };
  await post(`repos/${OWNER}/${repository.name}/check-runs`, run);
  return performance.now() - started;
}
