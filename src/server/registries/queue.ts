/** The queue before one server: so many at a time, a pause between two, everybody in turn, and rest when it asks for it. */
import { unknown, type Unknown } from '../../facts/answer.ts';
import type { Host } from './hosts.ts';

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Faults in a row after which a server is left alone for a while. */
const FAULTS = 4;
const MINUTE = 60_000;
/** No server is left alone for longer, whatever it asks for. */
const LONGEST_REST = 60 * MINUTE;

export class Queue {
  private readonly host: Host;
  private readonly clock: Clock;
  /** By whoever asks, in the order of their turns. */
  private readonly waiting = new Map<object, (() => void)[]>();
  private running = 0;
  private faults = 0;
  private nextStart = 0;
  private restsUntil = 0;
  private isAsked = true;

  constructor(host: Host, clock: Clock) {
    this.host = host;
    this.clock = clock;
  }

  /** Why it is not asked now; null: it may be. */
  resting(): Unknown | null {
    if (this.clock.now() >= this.restsUntil) return null;
    const until = `${new Date(this.restsUntil).toISOString().slice(11, 16)} UTC`;
    return unknown(
      `${this.host.name} ${this.isAsked ? 'asks to wait' : 'failed several times and is left alone'} until ${until}`,
    );
  }

  /** The server is left alone for so long; `isAsked`: because it said so. */
  rest(milliseconds: number, isAsked = true): void {
    this.isAsked = isAsked;
    const until = this.clock.now() + Math.min(Math.max(milliseconds, 1000), LONGEST_REST);
    this.restsUntil = Math.max(this.restsUntil, until);
  }

  /** An answer came, or the server failed; one that fails again and again gets a rest as well. */
  note(isFault: boolean): void {
    this.faults = isFault ? this.faults + 1 : 0;
    if (this.faults < FAULTS) return;
    this.faults = 0;
    this.rest(MINUTE, false);
  }

  /**
   * Waits for a turn of `asker`, and gives it back when `work` has ended; who asks much holds up nobody else. Whatever `instead`
   * says takes the place of `work`, and no time.
   */
  async turn<T>(asker: object, instead: () => T | null, work: () => Promise<T>): Promise<T> {
    if (this.running >= this.host.abreast) {
      await new Promise<void>((go) => {
        this.wait(asker, go);
      });
    } else this.running += 1;
    try {
      const before = instead();
      if (before !== null) return before;
      await this.pause();
      return instead() ?? (await work());
    } finally {
      const next = this.next();
      // Whoever comes next takes this place.
      if (next) next();
      else this.running -= 1;
    }
  }

  private wait(asker: object, go: () => void): void {
    const own = this.waiting.get(asker);
    if (own) own.push(go);
    else this.waiting.set(asker, [go]);
  }

  /** One of the asker whose turn it is, who then stands behind the others. */
  private next(): (() => void) | undefined {
    const [first] = this.waiting;
    if (!first) return undefined;
    const [asker, own] = first;
    const go = own.shift();
    this.waiting.delete(asker);
    if (own.length > 0) this.waiting.set(asker, own);
    return go;
  }

  private async pause(): Promise<void> {
    const now = this.clock.now();
    const start = Math.max(now, this.nextStart);
    this.nextStart = start + this.host.pause;
    if (start > now) await this.clock.sleep(start - now);
  }
}
