/** What a job does: a group is spread into its subjects, a subject is governed. */
import { isJudged, subjectKey, type Group, type Judged, type Subject } from '../facts/subject.ts';
import { counting, type Calls } from '../github/calls.ts';
import { GoneError, LaterError } from '../github/later.ts';
import { giveUp, govern, type Ports } from '../spine/govern.ts';
import type { Store } from '../store/store.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { isServed } from './door.ts';
import { MAX_ATTEMPTS, RetryLater, type Enqueue, type Handler, type Job, type Jobs } from './jobs/jobs.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';

export interface WorkerPorts {
  readonly ports: Ports;
  readonly store: Pick<Store, 'transaction' | 'installation' | 'renameOwner' | 'closeFacts'>;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  /** Lower-cased; null: every account is served. */
  readonly allowedOwners: readonly string[] | null;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'job'>;
}

/** What came of a job: a conclusion, or a word for having none. */
type Outcome = Verdict['conclusion'] | 'spread' | 'nothing' | 'gone' | 'later' | 'fault';

/** The jobs' handler. One log line a job, whatever happens; a fault is thrown on, for the queue to try again. */
export function createHandler(worker: WorkerPorts): Handler {
  return async (job) => {
    const started = performance.now();
    const done = (outcome: Outcome, more: object = {}, level: 'info' | 'warn' | 'error' = 'info'): void => {
      const ms = Math.round(performance.now() - started);
      worker.metrics.job(job.subject.kind, outcome, ms / 1000);
      worker.log[level]({ job: subjectKey(job.subject), attempt: job.attempt, ms, outcome, ...more }, 'job');
    };
    try {
      const { value, calls } = await counting(async () => run(job, worker));
      done(value, { calls: total(calls) });
    } catch (error) {
      if (error instanceof GoneError) await gone(error, job, worker, done);
      else {
        const now = worker.ports.now();
        const told = later(error, job, now, done);
        const isLast = told === error && job.attempt >= MAX_ATTEMPTS;
        if (isLast || isOverdue(job, now)) await confess(job, worker);
        throw told;
      }
    }
  };
}

async function run({ subject, priority }: Job, worker: WorkerPorts): Promise<Outcome> {
  if (!isServed(subject.owner, worker.allowedOwners)) return 'nothing';
  return isJudged(subject) ? judge(subject, priority, worker) : spread(subject, worker);
}

async function judge(subject: Judged, priority: number, worker: WorkerPorts): Promise<Outcome> {
  const { ports } = worker;
  const before = await ports.memory.lastVerdict(subject);
  // What its own policy asks and is not known yet is tried again first, with no call more than that takes.
  const isThorough = priority >= UNHURRIED && before?.isIncomplete !== true;
  const { verdict, follow, gather = [], later, settle } = await govern(subject, ports, { isThorough });
  const again = follow.map((followed): Enqueue => ({ subject: followed, priority: priorityOf(followed, subject) }));
  again.push(...gather.map((lacking): Enqueue => ({ subject: lacking, priority: UNHURRIED })));
  const waits = [later, verdict?.isIncomplete ? patience(before, verdict) : null, verdict ? endOf(verdict) : null];
  const delay = Math.min(...waits.map((wait) => wait ?? Infinity));
  if (delay < Infinity) again.push({ subject, priority: UNHURRIED, delay });
  await add(again, worker);
  await settle();
  return verdict?.conclusion ?? 'nothing';
}

/** For what has this priority nobody waits: whole accounts, second looks, and what a preview lacks. */
const UNHURRIED = 10;
const MINUTE = 60_000;

/** Unknown is tried again by itself: after five minutes, then ever more seldom, as long as the same commit stays unknown. */
export function patience(before: Verdict | null, after: Verdict): number {
  if (!before?.isIncomplete || before.sha !== after.sha) return 5 * MINUTE;
  const pause = Date.parse(after.at) - Date.parse(before.at);
  return Math.min(Math.max(2 * pause, 5 * MINUTE), 24 * 60 * MINUTE);
}

/**
 * Milliseconds from a verdict to the first time at which it stops to be so by itself: a finding ends, or what it is judged by
 * changes. Null: it does not.
 */
export function endOf({ at, rules, until: changes }: Pick<Verdict, 'at' | 'rules' | 'until'>): number | null {
  const leftUntil = (end: string): number => Date.parse(end) - Date.parse(at);
  const found = rules.flatMap(({ findings }) => findings.flatMap(({ until }) => (until === undefined ? [] : [until])));
  // The policy was resolved a moment before the verdict: what it changed to in between is looked at at once.
  const left = [...found.map(leftUntil).filter((time) => time > 0), ...(changes === undefined ? [] : soon(leftUntil(changes)))];
  return left.length === 0 ? null : Math.min(...left);
}

/** What is long over, a newer evaluation has seen. */
function soon(time: number): readonly number[] {
  return time < -MINUTE ? [] : [Math.max(time, 1000)];
}

async function spread(group: Group, worker: WorkerPorts): Promise<Outcome> {
  const listed = await worker.ports.platform.expand(group);
  const subjects = distinct([...listed, ...(await remembered(group, worker))]);
  await add(
    subjects.map((subject) => ({ subject, priority: priorityAfter(group) })),
    worker,
  );
  return 'spread';
}

/** Pull requests judged at a commit: GitHub does not list those from forks by their commit. */
async function remembered(group: Group, { ports }: WorkerPorts): Promise<readonly Judged[]> {
  if (group.kind !== 'head') return [];
  return (await ports.memory.verdictsAt(group.owner, group.repo, group.sha)).map(({ subject }) => subject);
}

function distinct(subjects: readonly Judged[]): readonly Judged[] {
  return [...new Map(subjects.map((subject) => [subjectKey(subject), subject])).values()];
}

/** A whole account must not stand in the way of a person who waits. */
function priorityAfter(subject: Subject): number {
  return subject.kind === 'owner' ? UNHURRIED : subject.kind === 'pull-requests' ? 5 : 0;
}

/** Other pull requests wait behind those that somebody has just pushed to: a signature can concern hundreds. */
function priorityOf(followed: Subject, after: Judged): number {
  const isOther = isJudged(followed) && subjectKey(followed) !== subjectKey(after);
  return isOther ? 5 : priorityAfter(after);
}

/** PostgreSQL holds a lock for every subject that a transaction enqueues, and has room for some thousands. */
const PORTION = 500;

async function add(jobs: readonly Enqueue[], { store, jobs: queue }: WorkerPorts): Promise<void> {
  for (let from = 0; from < jobs.length; from += PORTION) {
    const portion = jobs.slice(from, from + PORTION);
    await store.transaction((transaction) => queue.enqueue(transaction, portion));
  }
}

/** The last attempt failed: the commit says so instead of waiting for ever. */
async function confess({ subject }: Job, { ports, log }: WorkerPorts): Promise<void> {
  try {
    if (isJudged(subject)) await giveUp(subject, ports);
  } catch (error) {
    log.error({ err: error, job: subjectKey(subject) }, 'the commit could not be told that it was not judged');
  }
}

/** What is gone needs no verdict; what moved gets one at its new place. */
async function gone(
  error: GoneError,
  { subject }: Job,
  worker: WorkerPorts,
  done: (outcome: Outcome, more: object) => void,
): Promise<void> {
  const { movedTo } = error;
  if (!movedTo && isJudged(subject)) await worker.store.closeFacts(subject, 'closed');
  if (movedTo && subject.kind !== 'owner' && isElsewhere(movedTo, subject)) {
    await bring(subject.owner, movedTo.owner, worker);
    await add([{ subject: { ...subject, ...movedTo }, priority: 0 }], worker);
  }
  done('gone', { reason: error.message });
}

/** What came late under an account's old name follows what was moved before. Of a repository's new owner this changes nothing. */
async function bring(from: string, to: string, { store }: WorkerPorts): Promise<void> {
  const there = await store.installation(to);
  if (there) await store.transaction((transaction) => store.renameOwner(transaction, from, to, there.id));
}

function isElsewhere(place: { owner: string; repo: string }, subject: Exclude<Subject, { kind: 'owner' }>): boolean {
  return `${place.owner}/${place.repo}`.toLowerCase() !== `${subject.owner}/${subject.repo}`.toLowerCase();
}

function age({ since }: Job, now: Date): number {
  return now.getTime() - Date.parse(since);
}

/** Patience has an end: after an hour the commit says that it was not judged, and it is tried again ever more seldom. */
function isOverdue(job: Job, now: Date): boolean {
  return age(job, now) > 60 * MINUTE;
}

type Done = (outcome: Outcome, more: object, level: 'info' | 'warn' | 'error') => void;

/** The error for the queue: GitHub's wish for patience in the queue's own terms, any other fault as it is. */
function later(error: unknown, job: Job, now: Date, done: Done): unknown {
  const isLast = job.attempt >= MAX_ATTEMPTS;
  if (error instanceof LaterError) {
    const after = Math.max(error.after, isOverdue(job, now) ? Math.min(age(job, now) / 4, 60 * MINUTE) : 0);
    done('later', { reason: error.message, after }, 'info');
    return new RetryLater(error.message, {
      after,
      cause: error,
      ...(error.owner === null ? {} : { owner: error.owner }),
    });
  }
  done('fault', { err: error, isLast }, isLast ? 'error' : 'warn');
  return error;
}

function total({ graphql, rest, writes, tokens }: Calls): number {
  return graphql + rest + writes + tokens;
}
