/** Hundreds of pull requests of one person are judged anew when they sign: counted against GitHub's secondary limits, in time that passes at once. */
import { signingSentence } from '../../src/facts/sentences.ts';
import type { Installation, Repository } from '../support/github/model.ts';
import { SECONDARY, type Limit, type Maxima } from '../support/github/limits.ts';
import { aStage, POLICY_PATH, unsigned, type Stage } from '../support/stage.ts';

const ICLA = { title: 'Project Agreement', version: '1.0' };
const POLICY = `rules:
  cla:
    enforce: block
    agreements: [{ id: icla, title: ${ICLA.title}, version: '1.0', text: 'org-1/.github:icla.md', since: 2026-01-01 }]
`;

export interface SigningResult {
  readonly pulls: number;
  /** Requests from the signature to the last comment, by kind. */
  readonly calls: Readonly<Record<string, number>>;
  /** The fullest windows of either organization, from the first pull request on. */
  readonly maxima: Maxima;
  /** Minutes from the signature to the last comment, as they would pass on GitHub. */
  readonly minutes: number;
  readonly violations: readonly string[];
}

interface Place {
  readonly installation: Installation;
  readonly repository: Repository;
}

interface Waiting extends Place {
  readonly number: number;
  readonly sha: string;
}

/** Opens so many pull requests in two organizations, half in each, signs once, and looks at all of them. */
export async function playSigning(pulls: number): Promise<SigningResult> {
  const stage = await aStage({ isPaced: true });
  stage.github.limits.isEnforced = true;
  try {
    const places = await settle(stage);
    const waiting: Waiting[] = [];
    for (let index = 0; index < pulls; index += 1) waiting.push(await open(stage, places[index % places.length], index));
    await stage.settled();
    const before = conclusions(stage, waiting, 'failure');
    const comments = count(waiting);
    const [first] = waiting;
    if (first === undefined) throw new Error('Nobody signs without a pull request.');
    const [mark, started] = [stage.github.log.mark(), stage.now().getTime()];
    await stage.deliver(stage.world.comment(first.repository, first.number, 'ada', signingSentence(ICLA)));
    const minutes = (stage.now().getTime() - started) / 60_000;
    const added = count(waiting) - comments - 1;
    const calls = Map.groupBy(stage.calls(mark).toSorted(), (operation) => operation);
    return {
      pulls,
      calls: Object.fromEntries([...calls].map(([operation, all]) => [operation, all.length])),
      maxima: stage.github.limits.maxima(),
      minutes: Math.round(minutes * 10) / 10,
      violations: [
        ...before,
        ...conclusions(stage, waiting, 'success'),
        ...(added === 0 ? [] : [`Thanks should be edits; ${added} comments were added.`]),
        ...stage.github.limits.breached().map((limit) => breach(limit, stage.github.limits.maxima())),
      ],
    };
  } finally {
    await stage.close();
  }
}

async function settle(stage: Stage): Promise<readonly Place[]> {
  const { world } = stage;
  world.repository({
    owner: world.organization('org-1'),
    name: '.github',
    files: { 'icla.md': 'Yours.\n', [POLICY_PATH]: POLICY },
  });
  const extending = { [POLICY_PATH]: `extends: org-1/.github:${POLICY_PATH}\n` };
  world.repository({ owner: world.organization('org-2'), name: '.github', files: extending });
  const places = ['org-1', 'org-2'].map((owner) => {
    const repository = world.repository({ owner, name: 'work', files: { 'README.md': '# Work\n' } });
    const { installation, deliveries } = world.install(owner);
    return { installation, repository, deliveries };
  });
  await stage.deliver(...places);
  return places;
}

/** Opened and told of; whoever calls waits for the check. */
async function open(stage: Stage, place: Place | undefined, index: number): Promise<Waiting> {
  if (place === undefined) throw new Error('There is no place for a pull request.');
  const { world } = stage;
  const { sha } = world.push(place.repository, `topic-${index}`, unsigned({ message: `Change ${index}` }));
  const { number, deliveries } = world.openPullRequest(place.repository, { head: `topic-${index}`, author: 'ada' });
  await stage.github.deliver(deliveries);
  return { ...place, number, sha };
}

function conclusions(stage: Stage, waiting: readonly Waiting[], wanted: string): readonly string[] {
  return waiting.flatMap(({ repository, number, sha }) => {
    const found = stage.runs(repository, sha).map(({ conclusion }) => conclusion ?? 'pending');
    const where = `${repository.owner.login}/${repository.name}#${number}`;
    return found.join() === wanted ? [] : [`${where}: the check should be one ${wanted}; found ${found.join(', ') || 'none'}.`];
  });
}

function count(waiting: readonly Waiting[]): number {
  return [...new Set(waiting.map(({ repository }) => repository))].reduce((sum, { comments }) => sum + comments.size, 0);
}

function breach(limit: Limit, maxima: Maxima): string {
  return `GitHub allows ${SECONDARY[limit]} ${limit}; it was ${maxima[limit]}.`;
}
