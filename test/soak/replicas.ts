/** The processes of one round: started, killed at random moments, and found by the sender as a load balancer would. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery } from '../support/github/model.ts';
import type { GitHub } from '../support/github/server.ts';
import type { Random } from '../support/random.ts';
import { startSteward, type StewardEnv, type StewardProcess } from '../support/steward.ts';

export class Replicas {
  readonly #slots: (StewardProcess | null)[];
  readonly #env: StewardEnv;
  readonly #github: GitHub;
  readonly #all: StewardProcess[] = [];
  #turn = 0;

  constructor(github: GitHub, env: StewardEnv, count: number) {
    this.#github = github;
    this.#env = env;
    this.#slots = Array.from({ length: count }, () => null);
  }

  get live(): readonly StewardProcess[] {
    return this.#slots.filter((slot) => slot?.isAlive() === true).filter((slot) => slot !== null);
  }

  /** Everything that any of the processes warned of. */
  get warnings(): readonly string[] {
    return this.#all.flatMap(({ lines }) => lines.filter((line) => !/"level":(?:10|20|30)\b/.test(line)));
  }

  async startAll(): Promise<void> {
    await Promise.all(this.#slots.keys().map(async (index) => this.#start(index)));
  }

  /** Kills one of those that run, and starts it again after a moment. */
  async strike(random: Random): Promise<void> {
    const index = random.pick([...this.#slots.keys()].filter((slot) => this.#slots[slot]?.isAlive() === true));
    await this.#slots[index]?.kill();
    await wait(random.whole(0, 400));
    await this.#start(index);
  }

  /** Starts those that do not run. */
  async startMissing(): Promise<void> {
    const missing = [...this.#slots.keys()].filter((slot) => this.#slots[slot]?.isAlive() !== true);
    await Promise.all(missing.map(async (index) => this.#start(index)));
  }

  async killAll(): Promise<void> {
    await Promise.all(this.live.map(async (process) => process.kill()));
  }

  /** Ends all of them in order; anything but exit code 0 is told. */
  async stopAll(): Promise<readonly string[]> {
    const codes = await Promise.all(this.live.map(async (process) => process.stop()));
    return codes.filter((code) => code !== 0).map((code) => `A process that was asked to stop ended with ${code ?? 'a signal'}.`);
  }

  /** Sends a delivery to the next one that runs; where none does, GitHub could not deliver it. */
  async send(delivery: Delivery, isRedelivery: boolean): Promise<void> {
    const { live } = this;
    this.#turn += 1;
    const chosen = live[this.#turn % live.length];
    if (chosen === undefined) this.#github.miss([delivery]);
    else {
      this.#github.webhookUrl = chosen.webhooks;
      await this.#github.deliveries.send(delivery, isRedelivery);
    }
  }

  async #start(index: number): Promise<void> {
    const started = await startSteward(this.#env);
    this.#slots[index] = started;
    this.#all.push(started);
  }
}
