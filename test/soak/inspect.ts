/** What has to be so when all is quiet: on GitHub, as people see it, and in what Steward remembers. */
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import type { PullRequest, Repository } from '../support/github/model.ts';
import type { Place } from './place.ts';
import type { House, Scene } from './scene.ts';

export interface Seen {
  readonly violations: readonly string[];
  readonly deliveries: {
    readonly sent: number;
    readonly acknowledged: number;
    /** Never answered with 2xx: recovered at start. */
    readonly failed: number;
    readonly meaningful: number;
    readonly doubled: number;
  };
  readonly openHeads: number;
  readonly checkRuns: number;
  readonly comments: number;
  readonly issues: number;
  readonly commands: number;
  readonly calls: number;
}

/** Holds the world and the store against what should be so. */
export async function inspect(scene: Scene, place: Place): Promise<Seen> {
  const memory = await openStore({ ...place.open });
  try {
    const shown = scene.houses.flatMap((house) => [...checkRuns(house.work), ...pulls(scene, house), ...issues(house)]);
    const kept = [...(await deliveries(scene, memory)), ...(await inputs(scene, memory)), ...(await verdicts(scene, memory))];
    const protocol = scene.github.violations.map((text) => `GitHub would not have understood: ${text}`);
    return { violations: [...shown, ...kept, ...protocol, ...(await jobs(memory))], ...counts(scene) };
  } finally {
    await memory.close();
  }
}

function counts(scene: Scene): Omit<Seen, 'violations'> {
  const { attempts } = scene.github.deliveries;
  const ids = new Set(attempts.map(({ delivery }) => delivery.id));
  const acknowledged = acknowledgedIds(scene);
  const repositories = [...scene.github.world.repositories.values()];
  const sum = (of: (one: Repository) => number): number => repositories.reduce((total, one) => total + of(one), 0);
  return {
    deliveries: {
      sent: ids.size,
      acknowledged: acknowledged.size,
      failed: ids.size - acknowledged.size,
      meaningful: scene.meaningful.size,
      doubled: attempts.filter(({ isRedelivery }) => isRedelivery).length,
    },
    openHeads: scene.houses.flatMap((house) => scene.openPulls(house)).length,
    checkRuns: sum((one) => one.checkRuns.size),
    comments: sum((one) => [...one.comments.values()].filter(({ author }) => author === scene.github.world.app.bot).length),
    issues: sum((one) => one.issues.size),
    commands: scene.commands.length,
    calls: scene.github.log.entries.length,
  };
}

function acknowledgedIds(scene: Scene): ReadonlySet<string> {
  const { attempts } = scene.github.deliveries;
  return new Set(attempts.filter(({ status }) => status >= 200 && status < 300).map(({ delivery }) => delivery.id));
}

/** No commit has two check runs of one name, and none is left unfinished. */
function checkRuns(repository: Repository): readonly string[] {
  const runs = [...repository.checkRuns.values()];
  const seen = new Map<string, number>();
  for (const { name, headSha } of runs) seen.set(`"${name}" on ${headSha}`, (seen.get(`"${name}" on ${headSha}`) ?? 0) + 1);
  const doubled = [...seen].filter(([, count]) => count > 1).map(([which, count]) => `${count} check runs ${which}`);
  const open = runs.filter(({ status }) => status !== 'completed').map(({ id, status }) => `check run ${id} is ${status}`);
  return [...doubled, ...open].map((text) => `${nameOf(repository)}: ${text}.`);
}

function pulls(scene: Scene, house: House): readonly string[] {
  const all = [...house.work.pulls.values()].flatMap((pull) => oneComment(scene, house, pull));
  const open = scene.openPulls(house).flatMap((pull) => oneCheck(scene, house, pull));
  return [...all, ...open];
}

/** An open head has exactly one check, and it is right. */
function oneCheck(scene: Scene, house: House, pull: PullRequest): readonly string[] {
  const wanted = scene.expected(house, pull);
  const runs = scene.github.world.checkRunsAt(house.work, pull.head.sha).filter(({ name }) => name === 'Steward');
  const found = runs.map(({ status, conclusion }) => (status === 'completed' ? (conclusion ?? 'nothing') : status));
  if (found.length === 1 && found[0] === wanted) return [];
  const where = `${nameOf(house.work)}#${pull.number} at ${pull.head.sha}`;
  return [`${where}: the check should be one ${wanted}; found ${found.join(', ') || 'none'}.`];
}

/** At most one comment; on an open pull request it is there where something fails, and says what is so. */
function oneComment(scene: Scene, house: House, pull: PullRequest): readonly string[] {
  const { bot } = scene.github.world.app;
  const comments = [...house.work.comments.values()].filter(({ number, author }) => number === pull.number && author === bot);
  const where = `${nameOf(house.work)}#${pull.number}`;
  if (comments.length > 1) return [`${where}: ${comments.length} comments by Steward.`];
  if (pull.state === 'closed') return [];
  const wanted = { success: 'All well', failure: 'needs a fix', neutral: 'Something to consider' }[scene.expected(house, pull)];
  const [comment] = comments;
  if (comment === undefined) return wanted === 'All well' ? [] : [`${where}: the comment "${wanted}" is missing.`];
  return comment.body.includes(wanted)
    ? []
    : [`${where}: the comment should say "${wanted}"; it says: ${comment.body.slice(0, 200)}`];
}

/** A repository has at most one issue, open exactly while a file is missing. */
function issues(house: House): readonly string[] {
  const one = (repository: Repository, isMissing: boolean): readonly string[] => {
    const found = [...repository.issues.values()].map(({ state }) => state);
    const isRight = isMissing ? found.join() === 'open' : found.length === 0 || found.join() === 'closed';
    const wanted = isMissing ? 'one open issue' : 'no open issue, at most a closed one';
    return isRight ? [] : [`${nameOf(repository)}: there should be ${wanted}; found ${found.join(', ') || 'none'}.`];
  };
  return [...one(house.work, !house.hasSecurity), ...(house.defaults === null ? [] : one(house.defaults, true))];
}

/** Every delivery that means something is recorded, whether it was acknowledged or had to be fetched. */
async function deliveries(scene: Scene, memory: Memory): Promise<readonly string[]> {
  const acknowledged = acknowledgedIds(scene);
  const missing: string[] = [];
  for (const id of scene.meaningful) {
    if (await memory.hasDelivery(id)) continue;
    const about = scene.github.deliveries.attempts.find(({ delivery }) => delivery.id === id)?.delivery;
    const which = `${about?.event ?? '?'}.${about?.action ?? ''} ${id}`;
    missing.push(acknowledged.has(id) ? `Acknowledged and lost: ${which}.` : `Failed and not recovered: ${which}.`);
  }
  return missing;
}

/** Every command is kept once, however often its delivery came. */
async function inputs(scene: Scene, memory: Memory): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { deliveryId, house, number, text } of scene.commands) {
    const kept = await memory.inputs({ kind: 'pull-request', owner: house.owner, repo: house.work.name, number });
    const found = kept.filter((input) => input.deliveryId === deliveryId).map((input) => input.text);
    if (found.length !== 1 || found[0] !== text) {
      wrong.push(`${nameOf(house.work)}#${number}: the command "${text}" should be kept once; found ${JSON.stringify(found)}.`);
    }
  }
  return wrong;
}

/** The last verdict on an open pull request is about its head. */
async function verdicts(scene: Scene, memory: Memory): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const house of scene.houses) {
    for (const pull of scene.openPulls(house)) {
      const subject = { kind: 'pull-request', owner: house.owner, repo: house.work.name, number: pull.number } as const;
      const verdict = await memory.lastVerdict(subject);
      const wanted = `${scene.expected(house, pull)} at ${pull.head.sha}`;
      const found = verdict === null ? 'none' : `${verdict.conclusion} at ${verdict.sha}`;
      if (found !== wanted)
        wrong.push(`${nameOf(house.work)}#${pull.number}: the kept verdict should be ${wanted}; found ${found}.`);
    }
  }
  return wrong;
}

async function jobs(memory: Memory): Promise<readonly string[]> {
  const dead = await memory.jobs.dead();
  return dead.map(({ key, error }) => `The job ${key} was given up: ${error}`);
}

function nameOf({ owner, name }: Repository): string {
  return `${owner.login}/${name}`;
}
