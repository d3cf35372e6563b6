/** One round: deliveries come in while processes are killed; then they are started a last time, and the world is looked at. */
import { setTimeout as wait } from 'node:timers/promises';
import { isHandled } from '../../src/server/webhooks.ts';
import { startGitHub, type GitHub } from '../support/github/server.ts';
import { Random } from '../support/random.ts';
import { openJobs } from '../support/steward.ts';
import { inspect, type Seen } from './inspect.ts';
import { makePlace, type DatabaseName, type Place } from './place.ts';
import { Replicas } from './replicas.ts';
import { Scene } from './scene.ts';

export interface RoundOptions {
  readonly database: DatabaseName;
  readonly seed: number;
  readonly deliveries: number;
  readonly installations: number;
  readonly kills: number;
  /** Milliseconds over which the deliveries are spread. */
  readonly storm: number;
  /** Milliseconds until GitHub answers: what a kill can fall into after a write took effect. */
  readonly latency: number;
  /** Writes whose answer gets lost on the way, so that they have to be tried again. */
  readonly troubles: number;
}

export interface RoundResult extends Seen {
  readonly database: DatabaseName;
  readonly seed: number;
  readonly kills: number;
  readonly seconds: { readonly storm: number; readonly settle: number; readonly total: number };
  /** What the processes warned of; told with violations. */
  readonly warnings: readonly string[];
}

/** Nothing may take longer: freeing a dead replica's jobs takes half a minute, writing what is left as long again. */
const QUIET_LIMIT = 180_000;

/** Plays one round and tells what was seen. */
export async function playRound(options: RoundOptions): Promise<RoundResult> {
  const place = await makePlace(options.database);
  const github = await startGitHub();
  const env = { ...github.env, ...place.env };
  const replicas = new Replicas(github, env, options.database === 'sqlite' ? 1 : 2);
  try {
    return await play(options, { place, github, replicas });
  } finally {
    await replicas.killAll();
    await github.close();
    await place.remove();
  }
}

interface Stage {
  readonly place: Place;
  readonly github: GitHub;
  readonly replicas: Replicas;
}

async function play(options: RoundOptions, { place, github, replicas }: Stage): Promise<RoundResult> {
  const random = new Random(options.seed);
  const scene = new Scene(github, random, options.installations);
  github.world.latency = options.latency;
  trouble(github, new Random(options.seed + 2), options);
  const started = performance.now();
  await replicas.startAll();
  await Promise.all([strikes(replicas, new Random(options.seed + 1), options), storm(scene, replicas, random, options)]);
  const stormed = performance.now();
  await replicas.killAll();
  const mark = github.log.mark();
  await replicas.startAll();
  const problems = [...(await quiet(replicas, github, mark)), ...(await replicas.stopAll())];
  github.calm();
  const seen = await inspect(scene, place);
  problems.push(...(await lookAgain(github)));
  const ended = performance.now();
  const seconds = { storm: since(started, stormed), settle: since(stormed, ended), total: since(started, ended) };
  const { database, seed, kills } = options;
  const violations = [...problems, ...seen.violations];
  // The storm ends with a kill of every process.
  const killed = kills + (database === 'sqlite' ? 1 : 2);
  return { ...seen, violations, database, seed, kills: killed, seconds, warnings: replicas.warnings };
}

/**
 * A Steward that remembers nothing finds nothing to say otherwise. Only the words of a check may differ: what they tell of
 * the base branch is from when the pull request was last looked at.
 */
async function lookAgain(github: GitHub): Promise<readonly string[]> {
  const place = await makePlace('sqlite');
  const fresh = new Replicas(github, { ...github.env, ...place.env }, 1);
  const mark = github.log.mark();
  const before = shown(github);
  try {
    await fresh.startAll();
    const problems = [...(await quiet(fresh, github, mark)), ...(await fresh.stopAll())];
    return [...problems, ...changed(before, shown(github))];
  } finally {
    await fresh.killAll();
    await place.remove();
  }
}

/** What Steward shows: conclusions, comments, issues. */
function shown({ world }: GitHub): ReadonlyMap<string, string> {
  const all = [...world.repositories.values()].flatMap((one) => [
    ...[...one.checkRuns.values()].map((run) => [`check run ${run.id} on ${run.headSha}`, run.conclusion ?? run.status] as const),
    ...[...one.comments.values()].map(({ id, body }) => [`comment ${id}`, body] as const),
    ...[...one.issues.values()].map(({ id, state, body }) => [`issue ${id}`, `${state}\n${body}`] as const),
  ]);
  return new Map(all);
}

/** What is new, and what reads differently, by its first line that does. */
function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...after].flatMap(([which, text]) => {
    const [old, now] = [before.get(which)?.split('\n') ?? [], text.split('\n')];
    const at = now.findIndex((line, index) => line !== old[index]);
    return at < 0 ? [] : [`A Steward without memory changed the ${which}: "${old[at] ?? ''}" became "${now[at] ?? ''}".`];
  });
}

const WRITES = ['checks/create', 'checks/update', 'issues/create-comment', 'issues/update-comment', 'issues/create'] as const;

/** Orders that some writes take effect while their answer is lost. */
function trouble(github: GitHub, random: Random, { troubles }: RoundOptions): void {
  for (let count = 0; count < troubles; count += 1) {
    const common = { on: random.pick(WRITES), skip: random.whole(0, 20), isAfter: true };
    github.trouble(random.chance(0.5) ? { kind: 'reset', ...common } : { kind: 'status', status: 502, ...common });
  }
}

function since(from: number, to: number): number {
  return Math.round((to - from) / 100) / 10;
}

/** Kills at moments chosen beforehand; one after another, as a process has to come up before it can be killed again. */
async function strikes(replicas: Replicas, random: Random, { kills, storm: length }: RoundOptions): Promise<void> {
  const started = performance.now();
  const moments = Array.from({ length: kills }, () => random.next() * length).sort((a, b) => a - b);
  for (const moment of moments) {
    await wait(Math.max(0, moment - (performance.now() - started)));
    await replicas.strike(random);
  }
}

/** Lets people work until enough deliveries were sent: most at once, some late and out of order, some twice. */
async function storm(scene: Scene, replicas: Replicas, random: Random, options: RoundOptions): Promise<void> {
  const sent: Promise<void>[] = [];
  const started = performance.now();
  const later = async (delivery: Parameters<Replicas['send']>[0], isRedelivery: boolean, delay: number): Promise<void> => {
    await wait(delay);
    await replicas.send(delivery, isRedelivery);
  };
  for (let count = 0; count < options.deliveries;) {
    for (const delivery of scene.act()) {
      if (isHandled(delivery.event, delivery.action)) count += 1;
      const delay = random.chance(0.15) ? random.whole(100, 1500) : random.whole(0, 30);
      sent.push(later(delivery, false, delay));
      if (random.chance(0.1)) sent.push(later(delivery, true, delay + random.whole(0, 1500)));
    }
    await wait(Math.max(0, started + (count / options.deliveries) * options.storm - performance.now()));
  }
  await Promise.all(sent);
}

/** Waits until no job is left and nothing is asked of GitHub any more; says so when that does not come. */
export async function quiet(replicas: Replicas, github: GitHub, mark: number): Promise<readonly string[]> {
  const limit = performance.now() + QUIET_LIMIT;
  let calls = -1;
  let calm = 0;
  let open = -1;
  while (performance.now() < limit) {
    await wait(250);
    const [first] = replicas.live;
    if (first === undefined) return ['A process ended by itself.'];
    open = await openJobs(first);
    const isRead = github.log.since(mark, 'apps/list-webhook-deliveries').length >= replicas.live.length;
    calm = isRead && open === 0 && calls === github.log.mark() ? calm + 1 : 0;
    calls = github.log.mark();
    if (calm >= 4) return [];
  }
  return [`After ${QUIET_LIMIT / 1000} seconds ${open} jobs were still open.`];
}
