/** How long some work may go on, and when others get a turn. Part of the spine. */

/** Milliseconds of work before others get a turn: long enough to get on, short enough that nobody waits. */
const TURN = 25;

/** Measures work by a clock. Time in which others have their turn does not count. */
export class Allowance {
  private readonly now: () => Date;
  private readonly most: number;
  /** More was asked for than there was time. */
  isEnded = false;
  private spent = 0;
  private since: number;

  /** `most`: milliseconds of work. */
  constructor(now: () => Date, most: number) {
    this.now = now;
    this.most = most;
    this.since = now().getTime();
  }

  /** Whether there is time left for more; once there is not, `isEnded` says so. */
  mayGoOn(): boolean {
    this.isEnded ||= this.spent + this.turn() >= this.most;
    return !this.isEnded;
  }

  /** Lets the server answer in between, if it is time: an `await` of what is there already does not. */
  async share(): Promise<void> {
    if (this.turn() >= TURN) await this.rest();
  }

  /** Lets the server answer in between. */
  async rest(): Promise<void> {
    this.spent += this.turn();
    await new Promise((resolve) => setImmediate(resolve));
    this.since = this.now().getTime();
  }

  private turn(): number {
    return this.now().getTime() - this.since;
  }
}
