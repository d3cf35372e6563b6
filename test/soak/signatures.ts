/** One round: people sign while Steward is killed, often at the very moment after their signature was taken; then the register is read. */
import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '../../src/server/jobs/open.ts';
import { startGitHub, type GitHub } from '../support/github/server.ts';
import { Random } from '../support/random.ts';
import { openBalancer } from './balancer.ts';
import { makePlace, type DatabaseName, type Place } from './place.ts';
import { Replicas } from './replicas.ts';
import { quiet } from './round.ts';
import { AGREEMENT, commentOf, goThere, settle, SIGNING, signThere, type Ready, type Signer } from './signers.ts';

export interface SignaturesOptions {
  readonly database: DatabaseName;
  readonly seed: number;
  readonly people: number;
  /** Milliseconds over which they sign. */
  readonly storm: number;
  readonly latency: number;
}

export interface SignaturesResult {
  readonly database: DatabaseName;
  readonly seed: number;
  /** Kills right after a signature was taken, and at the end. */
  readonly kills: number;
  readonly signatures: { readonly comments: number; readonly page: number };
  /** Deliveries and forms that got no answer and came again. */
  readonly repeated: number;
  readonly seconds: number;
  readonly violations: readonly string[];
  readonly warnings: readonly string[];
}

interface Stage {
  readonly github: GitHub;
  readonly replicas: Replicas;
  readonly signers: readonly Signer[];
  readonly random: Random;
}

/** Plays one round and tells what was seen. */
export async function playSignatures(options: SignaturesOptions): Promise<SignaturesResult> {
  const { database, seed, people, latency } = options;
  const started = performance.now();
  const [place, github, balancer] = [await makePlace(database), await startGitHub(), await openBalancer()];
  const env = { ...github.env, ...place.env, PUBLIC_URL: balancer.url };
  const replicas = new Replicas(github, env, database === 'sqlite' ? 1 : 2);
  balancer.live = () => replicas.live;
  try {
    const stage = { github, replicas, signers: settle(github, people), random: new Random(seed) };
    github.world.latency = latency;
    await replicas.startAll();
    const problems = [...(await quiet(replicas, github, 0))];
    const { kills, repeated } = await signAll(stage, balancer.url, options);
    await replicas.killAll();
    const mark = github.log.mark();
    await replicas.startAll();
    problems.push(...(await quiet(replicas, github, mark)), ...(await replicas.stopAll()));
    const page = stage.signers.filter(({ signsBy }) => signsBy === 'page').length;
    return {
      ...{ database, seed, kills: kills + (database === 'sqlite' ? 1 : 2), repeated, warnings: replicas.warnings },
      signatures: { comments: people - page, page },
      seconds: Math.round((performance.now() - started) / 100) / 10,
      violations: [...problems, ...(await register(stage, place)), ...shown(stage)],
    };
  } finally {
    await replicas.killAll();
    await balancer.close();
    await github.close();
    await place.remove();
  }
}

/** Everybody signs at a moment of their own. One in three kills Steward at once: nothing comes between the answer and the kill. */
async function signAll(
  stage: Stage,
  base: string,
  { storm }: SignaturesOptions,
): Promise<{ readonly kills: number; readonly repeated: number }> {
  const { replicas, signers, random } = stage;
  const ready = new Map<Signer, Ready>();
  for (const signer of signers) if (signer.signsBy === 'page') ready.set(signer, await goThere(base, signer));
  let kills = 0;
  let repeated = 0;
  let strikes: Promise<void> = Promise.resolve();
  const first = random.whole(0, 3);
  const plans = signers.map((signer, index) => ({ signer, moment: random.next() * storm, isDeadly: index % 3 === first }));
  await Promise.all(
    plans.map(async ({ signer, moment, isDeadly }) => {
      await wait(moment);
      const there = ready.get(signer);
      repeated += there === undefined ? await signByComment(stage, signer) : (await signThere(there)) - 1;
      if (!isDeadly) return;
      kills += replicas.live.length;
      const killed = replicas.killAll();
      strikes = strikes.then(async () => {
        await killed;
        await replicas.startMissing();
      });
    }),
  );
  await strikes;
  return { kills, repeated };
}

/** GitHub sends a comment once, or twice; what nobody answers is recovered from its list of deliveries. How often it got no answer. */
async function signByComment({ github, replicas, random }: Stage, signer: Signer): Promise<number> {
  const deliveries = commentOf(github, signer);
  for (const delivery of deliveries) await replicas.send(delivery, false);
  if (random.chance(0.2)) for (const delivery of deliveries) void replicas.send(delivery, true);
  const { attempts } = github.deliveries;
  return deliveries.filter(({ id }) =>
    attempts.every(({ delivery, status }) => delivery.id !== id || status < 200 || status > 299),
  ).length;
}

/** Everybody is entered exactly once, with what they wrote, and the chain holds. */
async function register({ signers }: Stage, place: Place): Promise<readonly string[]> {
  const memory = await openStore({ ...place.open });
  try {
    const entries = (await memory.entries(0, 10_000)).flatMap(({ entry }) => (entry?.kind === 'signed' ? [entry] : []));
    const wrong = signers.flatMap(({ account, signsBy }) => {
      const own = entries.filter((entry) => entry.person.accountId === account.id);
      const source = own.map((entry) =>
        entry.agreement === AGREEMENT && entry.evidence.body === SIGNING ? entry.evidence.source : '?',
      );
      return source.join() === signsBy
        ? []
        : [`${account.login} signed by ${signsBy} and should be entered once; found ${source.join(', ') || 'nothing'}.`];
    });
    const { faults, entries: count } = await memory.verifyRegister();
    const others = count === signers.length ? [] : [`The register should have ${signers.length} entries; it has ${count}.`];
    const dead = (await memory.jobs.dead()).map(({ key, error }) => `The job ${key} was given up: ${error}`);
    return [...wrong, ...others, ...faults.map(({ sequence, message }) => `Entry ${sequence}: ${message}`), ...dead];
  } finally {
    await memory.close();
  }
}

/** Every pull request passes and says so: in one check and one comment, with a sign below what people wrote. */
function shown({ github, signers }: Stage): readonly string[] {
  const { world, violations } = github;
  const wrong = signers.flatMap(({ account, signsBy, pulls }) =>
    pulls.flatMap(({ repository, number, sha }, index) => {
      const where = `${repository.owner.login}/${repository.name}#${number}`;
      const checks = world.checkRunsAt(repository, sha).map(({ conclusion }) => conclusion ?? 'pending');
      const comments = [...repository.comments.values()].filter((one) => one.number === number);
      const own = comments.filter(({ author }) => author === world.app.bot).map(({ body }) => body.includes('Thank you'));
      const signed = comments.filter(({ author }) => author === account);
      const reactions = signed.flatMap((one) => [...one.reactions.values()].map(({ content }) => content));
      const wanted = index === 0 && signsBy === 'comment' ? '+1' : '';
      return [
        ...(checks.join() === 'success'
          ? []
          : [`${where}: the check should be one success; found ${checks.join(', ') || 'none'}.`]),
        ...(own.join() === 'true' ? [] : [`${where}: there should be one comment that thanks; found ${own.length}.`]),
        ...(reactions.join() === wanted
          ? []
          : [`${where}: the signature should be answered by "${wanted}"; found "${reactions.join()}".`]),
      ];
    }),
  );
  return [...wrong, ...violations.map((text) => `GitHub would not have understood: ${text}`)];
}
