/** A handler under a test's control: it notes what runs, can be held, and can be told to fail. */
import type { Subject } from '../../src/facts/subject.ts';
import { subjectKey } from '../../src/facts/subject.ts';
import type { Memory } from '../../src/server/jobs/open.ts';
import type { Enqueue, Handler, Job } from '../../src/server/jobs/jobs.ts';
import type { Tuning } from '../../src/server/jobs/tuning.ts';

/** Patience short enough for tests; nothing in them depends on how short. */
export const IMPATIENT: Partial<Tuning> = {
  backOff: () => 5,
  shortestRetry: 5,
  poll: 50,
  stepAside: 10,
  heartbeat: 200,
  deadAfter: 1_000,
  rescue: 200,
};

export const pull = (number: number, owner = 'acme'): Subject => ({ kind: 'pull-request', owner, repo: 'widget', number });

export interface Stage {
  readonly handler: Handler;
  /** Runs in the order they began, as `#NUMBER` or `#NUMBER try ATTEMPT`. */
  readonly ran: string[];
  readonly jobs: Job[];
  /** The most runs of one subject at the same time. */
  readonly overlap: () => number;
}

/** Notes every run, then does what `act` says. */
export function stage(act: (job: Job) => Promise<void> | void = () => undefined): Stage {
  const ran: string[] = [];
  const jobs: Job[] = [];
  const running = new Map<string, number>();
  let most = 0;
  const handler: Handler = async (job) => {
    const key = subjectKey(job.subject);
    running.set(key, (running.get(key) ?? 0) + 1);
    most = Math.max(most, running.get(key) ?? 0);
    jobs.push(job);
    ran.push(nameOf(job));
    try {
      await act(job);
    } finally {
      running.set(key, (running.get(key) ?? 1) - 1);
    }
  };
  return { handler, ran, jobs, overlap: () => most };
}

function nameOf({ subject, attempt }: Job): string {
  const name = 'number' in subject ? `#${subject.number}` : subject.kind;
  return attempt === 1 ? name : `${name} try ${attempt}`;
}

/** A gate that is shut until it is opened. */
export function gate(): { open: () => void; opened: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return {
    open: () => {
      resolve(undefined);
    },
    opened: promise,
  };
}

export function enqueue(store: Memory, ...jobs: (Subject | Enqueue)[]): Promise<void> {
  const asked = jobs.map((job) => ('subject' in job ? job : { subject: job }));
  return store.transaction((transaction) => store.jobs.enqueue(transaction, asked));
}

/** Waits for something to become true; a test that waits in vain fails by the runner's own limit. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Waits until nothing waits and nothing runs. */
export async function idle(store: Memory): Promise<void> {
  await until(async () => {
    const { waiting, running } = await store.jobs.counts();
    return waiting + running === 0;
  });
}
