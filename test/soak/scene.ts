/** The organizations of one round and what people do in them while deliveries come in; knows what should be shown in the end. */
import type { Random } from '../support/random.ts';
import { commitsBetween } from '../support/github/history.ts';
import type { Delivery, PullRequest, Repository } from '../support/github/model.ts';
import type { GitHub } from '../support/github/server.ts';
import type { NewCommit } from '../support/github/world/commits.ts';

type Level = 'block' | 'warn';

/** One installation: an organization with a repository that people work in, and for every other one a `.github` of its own. */
export interface House {
  readonly owner: string;
  readonly work: Repository;
  readonly defaults: Repository | null;
  level: Level;
  hasSecurity: boolean;
}

/** A command that was written in a comment, which Steward has to keep. */
export interface Command {
  readonly deliveryId: string;
  readonly house: House;
  readonly number: number;
  readonly text: string;
}

const PEOPLE = ['ada', 'grace', 'linus', 'mona'] as const;
const FEWEST_PULLS = 2;
const MOST_PULLS = 4;

/** The world and its events. */
export class Scene {
  readonly github: GitHub;
  readonly houses: readonly House[];
  readonly commands: Command[] = [];
  /** Ids of deliveries from which something follows: each has to be recorded. */
  readonly meaningful = new Set<string>();
  readonly #random: Random;
  #count = 0;

  constructor(github: GitHub, random: Random, installations: number) {
    this.github = github;
    this.#random = random;
    for (const person of PEOPLE) github.world.user(person);
    this.houses = Array.from({ length: installations }, (_, index) => this.#settle(index));
  }

  /** One thing that somebody does, and what GitHub sends for it. */
  act(): readonly Delivery[] {
    const house = this.#random.pick(this.houses);
    const deliveries = this.#happen(house, this.#random.next());
    for (const delivery of deliveries) if (isMeaningful(delivery, house)) this.meaningful.add(delivery.id);
    return deliveries;
  }

  /** What every open pull request should show. */
  expected(house: House, pull: PullRequest): 'success' | 'failure' | 'neutral' {
    const commits = commitsBetween(house.work.objects, house.work.branches.get('main') ?? null, pull.head.sha);
    const isSigned = commits.every(({ message, author }) =>
      message.includes(`\nSigned-off-by: ${author.name} <${author.email}>`),
    );
    return isSigned ? 'success' : house.level === 'block' ? 'failure' : 'neutral';
  }

  openPulls(house: House): readonly PullRequest[] {
    return [...house.work.pulls.values()].filter((pull) => pull.state === 'open');
  }

  #settle(index: number): House {
    const { world } = this.github;
    const owner = `org-${String(index + 1).padStart(2, '0')}`;
    world.install(owner);
    const isCentral = index % 2 === 0;
    const policy = { '.github/steward.yml': policyOf('block') };
    const readme = { 'README.md': `# ${owner}\n` };
    const defaults = isCentral ? world.repository({ owner, name: '.github', files: { ...readme, ...policy } }) : null;
    const work = world.repository({ owner, name: 'work', files: { ...readme, ...(isCentral ? {} : policy) } });
    const house: House = { owner, work, defaults, level: 'block', hasSecurity: false };
    for (let count = 0; count < FEWEST_PULLS; count += 1) this.#open(house);
    return house;
  }

  #happen(house: House, chance: number): readonly Delivery[] {
    const pulls = this.openPulls(house);
    if (chance < 0.1 || pulls.length < FEWEST_PULLS)
      return pulls.length < MOST_PULLS ? this.#open(house) : this.#push(house, pulls);
    if (chance < 0.52) return this.#push(house, pulls);
    if (chance < 0.6) return this.#closeOrReopen(house, pulls);
    if (chance < 0.76) return this.#comment(house, pulls);
    if (chance < 0.92) return this.#pushToDefault(house);
    if (chance < 0.95) return this.#changePolicy(house);
    return this.#askAgain(house, pulls);
  }

  #open(house: House): readonly Delivery[] {
    const { world } = this.github;
    const head = `topic/${this.#next()}`;
    const author = this.#random.pick(PEOPLE);
    const pushed = world.push(house.work, head, this.#commit(), { by: author });
    return [...pushed.deliveries, ...world.openPullRequest(house.work, { head, author }).deliveries];
  }

  #push(house: House, pulls: readonly PullRequest[]): readonly Delivery[] {
    const pull = this.#random.pick(pulls);
    const tip = house.work.branches.get('main');
    // Rewriting the branch is how people mend a missing sign-off.
    const isRewritten = tip !== undefined && this.#random.chance(0.4);
    const commits = Array.from({ length: this.#random.whole(1, 3) }, () => this.#commit());
    return this.github.world.push(house.work, pull.head.ref, commits, isRewritten ? { onto: tip } : {}).deliveries;
  }

  #closeOrReopen(house: House, pulls: readonly PullRequest[]): readonly Delivery[] {
    const closed = [...house.work.pulls.values()].filter((pull) => pull.state === 'closed');
    const { world } = this.github;
    if (closed.length > 0 && pulls.length < MOST_PULLS) {
      return world.reopenPullRequest(house.work, this.#random.pick(closed).number).deliveries;
    }
    return world.closePullRequest(house.work, this.#random.pick(pulls).number).deliveries;
  }

  #comment(house: House, pulls: readonly PullRequest[]): readonly Delivery[] {
    const { number } = this.#random.pick(pulls);
    const text = this.#random.chance(0.5) ? 'recheck' : `override dco because of reason ${this.#next()}`;
    const isCommand = this.#random.chance(0.7);
    const body = isCommand ? `Please look.\n/steward ${text}` : 'Thanks for the change!';
    const { deliveries } = this.github.world.comment(house.work, number, this.#random.pick(PEOPLE), body);
    if (isCommand) for (const { id } of deliveries) this.commands.push({ deliveryId: id, house, number, text });
    return deliveries;
  }

  #pushToDefault(house: House): readonly Delivery[] {
    const files = { [`src/${this.#next()}.txt`]: 'more\n' };
    if (this.#random.chance(0.4)) return this.#onDefault(house.work, { files });
    house.hasSecurity = !house.hasSecurity;
    return this.#onDefault(
      house.work,
      house.hasSecurity ? { files: { 'SECURITY.md': '# Security\n' } } : { remove: ['SECURITY.md'] },
    );
  }

  #changePolicy(house: House): readonly Delivery[] {
    house.level = house.level === 'block' ? 'warn' : 'block';
    return this.#onDefault(house.defaults ?? house.work, { files: { '.github/steward.yml': policyOf(house.level) } });
  }

  #onDefault(repository: Repository, commit: NewCommit): readonly Delivery[] {
    const message = `Change ${this.#next()}\n\nSigned-off-by: ada <ada@example.com>\n`;
    return this.github.world.push(repository, 'main', { message, author: 'ada', ...commit }).deliveries;
  }

  #askAgain(house: House, pulls: readonly PullRequest[]): readonly Delivery[] {
    const { world } = this.github;
    const { sha } = this.#random.pick(pulls).head;
    const [run] = world.checkRunsAt(house.work, sha);
    return (run === undefined ? world.rerequestSuite(house.work, sha) : world.rerequestCheckRun(house.work, run)).deliveries;
  }

  #commit(): NewCommit {
    const author = this.#random.pick(PEOPLE);
    const number = this.#next();
    const signOff = this.#random.chance(0.65) ? `\n\nSigned-off-by: ${author} <${author}@example.com>` : '';
    return { author, message: `Change ${number}${signOff}\n`, files: { [`lib/${number}.txt`]: `${number}\n` } };
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }
}

function policyOf(level: Level): string {
  return `rules:\n  dco:\n    enforce: ${level}\n  required-files:\n    enforce: warn\n    files: [readme, security]\n`;
}

function isMeaningful({ event, action, payload }: Delivery, house: House): boolean {
  if (event === 'push') return payload['ref'] === 'refs/heads/main';
  if (event === 'issue_comment') return JSON.stringify(payload['comment']).includes('/steward ');
  if (event === 'check_run' || event === 'check_suite') return action === 'rerequested' && house.work.pulls.size > 0;
  return event === 'pull_request';
}
