/** Measures one process: deliveries accepted, time to the check, calls, memory. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery, PullRequest, Repository } from '../support/github/model.ts';
import { startGitHub, type GitHub } from '../support/github/server.ts';
import { burst, letter, send, type Letter } from './load.ts';
import { percentile } from './numbers.ts';
import { startSubject, type Running, type SubjectName } from './subject.ts';

export interface ServingOptions {
  readonly events: number;
  readonly pushes: number;
  readonly latency: number;
}

export interface Served {
  readonly perSecond: number;
  readonly answerP50: number;
  readonly answerP99: number;
  readonly checkP50: number | null;
  readonly checkP95: number | null;
  readonly callsPerEvent: number | null;
  readonly idleMemory: number;
  readonly peakMemory: number;
}

const INSTALLATIONS = 20;
const PULLS_EACH = 3;
/** Deliveries in flight: GitHub sends many at once. */
export const CONCURRENCY = 16;
/** Milliseconds between pushes: below one write a second for each installation, so that no write waits for its turn. */
const PACE = 100;

interface Stage {
  readonly github: GitHub;
  readonly pulls: readonly { readonly repository: Repository; readonly pull: PullRequest }[];
}

/** Measures one fresh process once. */
export async function measure(name: SubjectName, options: ServingOptions): Promise<Served> {
  const stage = await setStage(options.latency);
  const { github } = stage;
  try {
    const running = await startSubject(name, github);
    try {
      await quiet(running, github);
      return await run(name, running, stage, options);
    } finally {
      await running.stop();
    }
  } finally {
    await github.close();
  }
}

async function run(name: SubjectName, running: Running, stage: Stage, options: ServingOptions): Promise<Served> {
  const idleMemory = await running.memory();
  const watched = watchMemory(running);
  const timed = name === 'acknowledge' ? null : await timeChecks(running, stage, options.pushes);
  await quiet(running, stage.github);
  const accepted = await burst(running.webhooks, synchronizes(stage), options.events, CONCURRENCY);
  if (accepted.refused > 0) throw new Error(`${accepted.refused} deliveries were refused.`);
  await quiet(running, stage.github);
  const peakMemory = await watched.stop();
  return {
    perSecond: accepted.perSecond,
    answerP50: percentile(accepted.answers, 0.5),
    answerP99: percentile(accepted.answers, 0.99),
    checkP50: timed && percentile(timed.times, 0.5),
    checkP95: timed && percentile(timed.times, 0.95),
    callsPerEvent: timed && timed.calls,
    idleMemory,
    peakMemory,
  };
}

async function setStage(latency: number): Promise<Stage> {
  const github = await startGitHub();
  const { world } = github;
  const policy = 'rules:\n  dco:\n    enforce: block\n  required-files:\n    enforce: warn\n    files: [readme]\n';
  const pulls = Array.from({ length: INSTALLATIONS }, (_, index) => {
    const owner = `org-${index + 1}`;
    world.install(owner);
    const files = { 'README.md': '# Work\n', '.github/steward.yml': policy };
    const repository = world.repository({ owner, name: 'work', files });
    return Array.from({ length: PULLS_EACH }, (_each, number) => {
      const head = `topic-${number}`;
      world.push(repository, head, commit(0));
      return { repository, pull: world.openPullRequest(repository, { head, author: 'ada' }).pull };
    });
  }).flat();
  // One after another through all installations.
  pulls.sort((a, b) => a.pull.number - b.pull.number);
  world.latency = latency;
  return { github, pulls };
}

function commit(number: number) {
  const message = `Change ${number}\n\nSigned-off-by: ada <ada@example.com>\n`;
  return { author: 'ada', message, files: { 'change.txt': `${number}\n` } };
}

/** Pushes at an even pace; measures from sending the delivery until GitHub has the completed check of the new head. */
async function timeChecks(
  running: Running,
  { github, pulls }: Stage,
  pushes: number,
): Promise<{ times: number[]; calls: number }> {
  const { world } = github;
  const sent = new Map<string, number>();
  const times: number[] = [];
  const create = world.createCheckRun.bind(world);
  world.createCheckRun = (one, fields, appId) => {
    const start = sent.get(fields.head_sha ?? '');
    if (start !== undefined && fields.status === 'completed') times.push(performance.now() - start);
    return create(one, fields, appId);
  };
  const mark = github.log.mark();
  const answers: Promise<number>[] = [];
  for (let push = 0; push < pushes; push += 1) {
    const chosen = pulls[push % pulls.length];
    if (chosen === undefined) break;
    const { sha, deliveries } = world.push(chosen.repository, chosen.pull.head.ref, commit(push + 1));
    const letters = deliveries.map((delivery) => letter(delivery, world.app.webhookSecret));
    sent.set(sha, performance.now());
    for (const one of letters) answers.push(send(running.webhooks, one));
    await wait(PACE);
  }
  await Promise.all(answers);
  await quiet(running, github);
  world.createCheckRun = create;
  if (times.length !== pushes) throw new Error(`${pushes} pushes got ${times.length} checks.`);
  return { times, calls: github.log.since(mark).length / pushes };
}

/** A synchronize of every pull request, as GitHub would send it. */
function synchronizes({ github, pulls }: Stage): readonly Letter[] {
  const { world } = github;
  const isWanted = ({ event, action }: Delivery): boolean => event === 'pull_request' && action === 'synchronize';
  return pulls.flatMap(({ repository, pull }) =>
    world
      .push(repository, pull.head.ref, commit(pull.number))
      .deliveries.filter(isWanted)
      .map((delivery) => letter(delivery, world.app.webhookSecret)),
  );
}

/** Nothing left to do, and nothing asked of GitHub for half a second. */
async function quiet(running: Running, github: GitHub): Promise<void> {
  for (let calm = 0, calls = -1; calm < 5;) {
    await wait(100);
    calm = (await running.open()) === 0 && github.log.mark() === calls ? calm + 1 : 0;
    calls = github.log.mark();
  }
}

function watchMemory(running: Running): { readonly stop: () => Promise<number> } {
  let peak = 0;
  const look = async (): Promise<void> => {
    peak = Math.max(peak, await running.memory());
  };
  const timer = setInterval(() => void look().catch(() => undefined), 250);
  return {
    stop: async () => {
      clearInterval(timer);
      await look();
      return peak;
    },
  };
}
