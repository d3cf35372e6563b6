/** Keeps a bounded number of jobs running: woken by new ones, by finished ones and by a timer for the next due one. */
import type { Log } from '../../store/store.ts';
import { reasonOf } from './consequence.ts';

export interface PumpPorts<Row> {
  readonly concurrency: number;
  /** Takes up to `free` due rows. */
  readonly claim: (free: number) => Promise<readonly Row[]>;
  /** Milliseconds until the next row is due; null: none waits. */
  readonly nextDue: () => Promise<number | null>;
  /** Runs one row to its end. Never rejects. */
  readonly run: (row: Row) => Promise<void>;
  readonly log: Log;
}

export interface Pump {
  wake(): void;
  start(): void;
  /** Takes no more rows and waits for the running ones. */
  stop(): Promise<void>;
}

/** The longest sleep: clocks are set, timers are not exact. */
const LONGEST_SLEEP = 30_000;
const AFTER_A_FAULT = 1_000;

export function pump<Row>(ports: PumpPorts<Row>): Pump {
  const running = new Set<Promise<void>>();
  let isOpen = false;
  let isWoken = false;
  let round: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    if (!isOpen) return;
    isWoken = true;
    round ??= rounds().finally(() => {
      round = null;
      if (isWoken) wake();
    });
  }

  async function rounds(): Promise<void> {
    clearTimeout(timer);
    try {
      while (isWoken && isOpen) {
        isWoken = false;
        await fill();
      }
    } catch (error) {
      ports.log.error({ reason: reasonOf(error) }, 'The queue cannot be read; trying again in a second');
      sleep(AFTER_A_FAULT);
    }
  }

  async function fill(): Promise<void> {
    const free = ports.concurrency - running.size;
    if (free <= 0) return;
    const rows = await ports.claim(free);
    for (const row of rows) launch(row);
    if (rows.length === free) return;
    const wait = await ports.nextDue();
    if (wait !== null) sleep(wait);
  }

  function launch(row: Row): void {
    const job = ports.run(row).finally(() => {
      running.delete(job);
      wake();
    });
    running.add(job);
  }

  function sleep(milliseconds: number): void {
    clearTimeout(timer);
    if (isOpen) timer = setTimeout(wake, Math.min(milliseconds, LONGEST_SLEEP));
  }

  return {
    wake,
    start: () => {
      isOpen = true;
      wake();
    },
    stop: async () => {
      isOpen = false;
      clearTimeout(timer);
      await round;
      await Promise.all(running);
    },
  };
}
