/**
 * Steward as `npm start` runs it, over real HTTP and a real SQLite file, against the double of GitHub. Time is the test's:
 * it passes as usual, and `later` lets more of it pass.
 *
 *     const stage = await aStage();
 *     const acme = await stage.organization({ policy: 'rules: { dco: { enforce: block } }' });
 *     const widgets = await stage.repository(acme);
 *     const { sha } = await stage.pullRequest(widgets, unsigned());
 *     expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
 *     expect(await stage.close()).toEqual([]);               // nothing was sent that GitHub does not describe
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { readConfig, type Env } from '../../src/server/config.ts';
import type { Logger } from '../../src/server/log.ts';
import { serve, type Running } from '../../src/server/main.ts';
import type { Registries } from './registries.ts';
import { aLog } from './server.ts';
import type { Attempt } from './github/deliveries.ts';
import type { Account, CheckRun, Comment, Delivery, Installation, Issue, Permissions, Repository } from './github/model.ts';
import { startGitHub, type GitHub } from './github/server.ts';
import type { Files, NewCommit } from './github/world/commits.ts';
import type { PushOptions, RepositoryOptions } from './github/world/repositories.ts';
import type { PullOptions } from './github/world/pulls.ts';
import type { World } from './github/world/world.ts';

const require = createRequire(import.meta.url);
const registration = load(readFileSync('app.yml', 'utf8')) as { default_permissions: Permissions; default_events: string[] };

export const MIT = textOf('MIT');
export const APACHE = textOf('Apache-2.0');

/** One text: the whole list has megabytes. */
function textOf(id: string): string {
  return (require(`spdx-license-list/licenses/${id}.json`) as { readonly licenseText: string }).licenseText;
}

/** What every rule of the baseline is content with. */
export const WELL = {
  'README.md': '# A thing\n',
  'CONTRIBUTING.md': 'Send a pull request.\n',
  'SECURITY.md': 'Write to us.\n',
  LICENSE: MIT,
} satisfies Files;

/** Some files less. */
export function without(files: Files, ...paths: readonly string[]): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
}

export const POLICY_PATH = '.github/steward.yml';
const MINUTE = 60_000;

export interface StageOptions {
  /** Variables on top of what Steward needs to know the double. */
  readonly env?: Env;
  /** What is there before Steward starts for the first time. */
  readonly before?: (github: GitHub) => void;
  /** True: writes are spaced out as for GitHub, and the time that passes in waiting for their turn passes at once. */
  readonly isPaced?: boolean;
  /** Registries that are asked; left out: none is. */
  readonly registries?: Registries;
}

export interface OrganizationOptions {
  readonly login?: string;
  /** The organization's policy; left out: there is no `.github` repository. */
  readonly policy?: string;
}

/** Opens a stage with Steward running on it. */
export async function aStage({ env = {}, before, isPaced = false, registries }: StageOptions = {}): Promise<Stage> {
  const { default_permissions: permissions, default_events: events } = registration;
  const github = await startGitHub({ app: { permissions, events } });
  before?.(github);
  const stage = new Stage(github, env, isPaced, registries ?? null);
  try {
    await stage.start();
  } catch (error) {
    // An open server would keep the test run from ending.
    await stage.close();
    throw error;
  }
  return stage;
}

export class Stage {
  readonly github: GitHub;
  /** Everything that Steward has logged. */
  readonly log: () => string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'steward-e2e-'));
  readonly #env: Env;
  readonly #isPaced: boolean;
  readonly #registries: Registries | null;
  readonly #log: Logger;
  #running: Running | null = null;
  #ahead = 0;
  #names = 0;

  constructor(github: GitHub, env: Env, isPaced = false, registries: Registries | null = null) {
    this.#registries = registries;
    this.github = github;
    this.#env = env;
    this.#isPaced = isPaced;
    github.limits.clock = () => this.now().getTime();
    const { log, text } = aLog();
    this.#log = log;
    this.log = text;
  }

  get world(): World {
    return this.github.world;
  }

  /** What time it is for Steward, and for GitHub's secondary limits. */
  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  #pass(milliseconds: number): Promise<void> {
    this.#ahead += milliseconds;
    this.world.ahead = this.#ahead;
    return Promise.resolve();
  }

  get running(): Running {
    if (this.#running === null) throw new Error('Steward is down.');
    return this.#running;
  }

  /** Starts Steward, and waits until its first look around is done. */
  async start(): Promise<void> {
    const registries = this.#registries;
    const settings = {
      REGISTRIES: registries ? 'on' : 'off',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'debug',
      STEWARD_DATA: this.#folder,
    };
    const read = readConfig({ ...settings, ...this.github.env, ...this.#env });
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    // A failed attempt waits for the test to let time pass.
    const tuning = { backOff: () => MINUTE };
    this.#running = await serve(read.config, {
      log: this.#log,
      now: () => this.now(),
      tuning,
      isPaced: this.#isPaced,
      sleep: (time) => this.#pass(time),
      ...(registries ? { registries: registries.reached() } : {}),
    });
    this.github.webhookUrl = `${this.running.url}/api/github/webhooks`;
    await this.reconciled();
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = null;
  }

  /** Takes everything down; what was sent against GitHub's descriptions is handed back. */
  async close(): Promise<readonly string[]> {
    await this.stop();
    await this.github.close();
    rmSync(this.#folder, { recursive: true });
    return this.github.violations;
  }

  /** Waits for a round of the reconciler and for everything that follows from it. */
  async reconciled(): Promise<void> {
    await this.running.services.reconciler.round();
    await this.settled();
  }

  /** Waits until no job runs and none is due, and GitHub has told of everything that Steward wrote. */
  async settled(): Promise<void> {
    do {
      await this.#idle();
      await this.github.deliverEchoes();
      await this.#idle();
    } while (this.world.echoes.length > 0);
  }

  /** Idle when two looks find nothing: a job that is due this very millisecond is not yet late in the first. */
  async #idle(): Promise<void> {
    const { jobs } = this.running.services.memory;
    for (let quiet = 0; quiet < 2;) {
      const { running, oldestReady } = await jobs.counts();
      quiet = running === 0 && oldestReady === 0 ? quiet + 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  }

  /** Lets time pass, and what was waiting for it happen. */
  async later(minutes: number): Promise<void> {
    this.#ahead += minutes * MINUTE;
    this.world.ahead = this.#ahead;
    // Any change lets the queue look for what is due; reviving nothing is the smallest one.
    await this.running.services.memory.jobs.revive('nothing');
    await this.settled();
  }

  /** Delivers as GitHub does, and waits for everything that follows. */
  async deliver(...outcomes: readonly { readonly deliveries: readonly Delivery[] }[]): Promise<readonly Attempt[]> {
    const attempts = await this.github.deliver(outcomes.flatMap(({ deliveries }) => deliveries));
    await this.settled();
    return attempts;
  }

  /** Delivers what the world never sends by itself. */
  async event(event: string, payload: Readonly<Record<string, unknown>>): Promise<Attempt> {
    const action = typeof payload['action'] === 'string' ? payload['action'] : null;
    this.#names += 1;
    const delivery = { id: `e2e-${this.#names}`, event, action, installationId: null, repositoryId: null, payload };
    const attempt = await this.github.deliveries.send(delivery);
    await this.settled();
    return attempt;
  }

  /** An organization that installs Steward. */
  async organization({ login, policy }: OrganizationOptions = {}): Promise<Organization> {
    const account = this.world.organization(login ?? this.#name('acme'));
    const files = policy === undefined ? null : { [POLICY_PATH]: policy };
    const policies = files && this.world.repository({ owner: account, name: '.github', files });
    const { installation, deliveries } = this.world.install(account);
    await this.deliver({ deliveries });
    return { account, installation, policies };
  }

  /** A repository that is made now, with what the baseline asks for unless said. */
  async repository({ account }: Organization, options: Partial<RepositoryOptions> = {}): Promise<Repository> {
    const settings = { owner: account, name: this.#name('widgets'), files: WELL, ...options };
    const { repository, deliveries } = this.world.createRepository(settings);
    await this.deliver({ deliveries });
    return repository;
  }

  /** A pull request of these commits; delivered and judged. */
  async pullRequest(
    one: Repository,
    commits: NewCommit | readonly NewCommit[],
    options: Partial<PullOptions> & PushOptions = {},
  ): Promise<{ readonly number: number; readonly sha: string; readonly branch: string }> {
    const { onto, ...opening } = options;
    const head = options.head ?? this.#name('topic');
    const [from, branch] = typeof head === 'string' ? [one, head] : [head.repository, head.ref];
    const pushed = this.world.push(from, branch, commits, onto === undefined ? {} : { onto });
    const opened = this.world.openPullRequest(one, { author: 'ada', ...opening, head });
    await this.deliver(pushed, opened);
    return { number: opened.number, sha: pushed.sha, branch };
  }

  /** Pushes to a branch; delivered and judged. */
  async push(
    one: Repository,
    branch: string,
    commits: NewCommit | readonly NewCommit[],
    options: PushOptions = {},
  ): Promise<string> {
    const pushed = this.world.push(one, branch, commits, options);
    await this.deliver(pushed);
    return pushed.sha;
  }

  /** Operation ids of the requests since a mark, tokens aside; of one installation where given. */
  calls(mark: number, installation?: Installation): readonly string[] {
    const isMeant = (entry: { installation: number | null }): boolean =>
      installation === undefined || entry.installation === installation.id;
    return this.github.log
      .since(mark)
      .filter(isMeant)
      .map(({ operationId }) => operationId);
  }

  /** The newest check run of each name on a commit: `NAME: conclusion (title)`. */
  checks(one: Repository, sha: string): readonly string[] {
    return this.runs(one, sha).map(({ name, conclusion, title }) => `${name}: ${conclusion ?? 'pending'} (${title ?? ''})`);
  }

  /** The newest check run of each name on a commit. */
  runs(one: Repository, sha: string): readonly CheckRun[] {
    return [...new Map(this.world.checkRunsAt(one, sha).map((run) => [run.name, run])).values()];
  }

  /** The newest check run of a name on a commit, which must be there. */
  run(one: Repository, sha: string, name = 'Steward'): CheckRun {
    const found = this.runs(one, sha).find((run) => run.name === name);
    if (!found) throw new Error(`There is no check run ${name} on ${sha}.`);
    return found;
  }

  /** Steward's comments on a pull request. */
  comments(one: Repository, number: number): readonly Comment[] {
    return [...one.comments.values()].filter((comment) => comment.number === number && comment.author === this.world.app.bot);
  }

  /** Steward's issues in a repository. */
  issues(one: Repository): readonly Issue[] {
    return [...one.issues.values()].filter((issue) => issue.author === this.world.app.bot);
  }

  #name(kind: string): string {
    this.#names += 1;
    return `${kind}-${this.#names}`;
  }
}

export interface Organization {
  readonly account: Account;
  readonly installation: Installation;
  /** Its `.github` repository, where it has one. */
  readonly policies: Repository | null;
}

/** A commit by Ada, with her sign-off. */
export function signedOff(commit: NewCommit = {}): NewCommit {
  const message = commit.message ?? 'A change';
  return { ...unsigned(commit), message: `${message}\n\nSigned-off-by: ada <ada@example.com>` };
}

/** A commit by Ada without a sign-off. */
export function unsigned(commit: NewCommit = {}): NewCommit {
  return { author: 'ada', message: 'A change', files: { 'src/thing.ts': `${commit.message ?? 'A change'}\n` }, ...commit };
}
