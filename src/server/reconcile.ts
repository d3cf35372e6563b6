/** Brings back what GitHub could not deliver: at start and every ten minutes, from the App's own delivery log. */
import type { Api } from '../github/client.ts';
import { LaterError } from '../github/later.ts';
import type { Installation, Store } from '../store/store.ts';
import { isServed, type Door } from './door.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Logger } from './log.ts';
import { login } from './payload.ts';
import { hearAgain } from './signed.ts';
import { isHandled } from './webhooks.ts';

export interface ReconcilePorts {
  /** GitHub as the App itself. */
  readonly app: Pick<Api, 'request'>;
  readonly door: Door;
  readonly store: Store;
  readonly jobs: Pick<Jobs, 'enqueue' | 'counts'>;
  readonly allowedOwners: readonly string[] | null;
  readonly log: Logger;
  readonly now: () => Date;
}

export interface Reconciler {
  /** One round; a fault is logged and the next round tries again. */
  readonly round: () => Promise<void>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

interface Failed {
  readonly id: number | bigint;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly delivered_at: string;
}

const MINUTE = 60_000;
const EVERY = 10 * MINUTE;
/** GitHub keeps deliveries for three days (Enterprise Server for seven). */
const KEPT = 3 * 24 * 60 * MINUTE;
/** A delivery under way at the end of a round may be logged as failed after it. */
const OVERLAP = 15 * MINUTE;
/** More than this in one round would use up the App's hourly limit; the next round goes on. */
const MOST = 500;

/** Reconciles with GitHub's delivery log and list of installations. */
export function createReconciler(ports: ReconcilePorts): Reconciler {
  const seen = new Set<string>();
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  const once = async (): Promise<void> => {
    const started = ports.now().getTime();
    try {
      await hearAgain(ports.now(), 'recent', ports);
      await rememberInstallations(ports);
      const failed = await failedSince(Math.max(since, started - KEPT), ports);
      const fresh = failed.filter(({ guid }) => !seen.has(guid));
      let isComplete = fresh.length <= MOST;
      for (const delivery of fresh.slice(0, MOST)) {
        if (await recovered(delivery, ports)) seen.add(delivery.guid);
        else isComplete = false;
      }
      if (isComplete) since = started - OVERLAP;
    } catch (error) {
      ports.log.warn({ err: error }, 'the delivery log could not be read; the next round tries again');
    }
  };
  const round = (): Promise<void> => {
    running ??= once().finally(() => (running = null));
    return running;
  };
  return {
    round,
    start: () => {
      void round();
      timer = setInterval(() => void round(), EVERY);
    },
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

/** Failed deliveries that could mean something, oldest first, each once. */
async function failedSince(since: number, { app }: ReconcilePorts): Promise<readonly Failed[]> {
  const found = new Map<string, Failed>();
  let cursor: string | undefined;
  do {
    const { data, headers } = await app.request('GET /app/hook/deliveries', {
      per_page: 100,
      status: 'failure',
      ...(cursor === undefined ? {} : { cursor }),
    });
    const recent = data.filter((delivery) => Date.parse(delivery.delivered_at) >= since);
    for (const delivery of recent) if (isHandled(delivery.event, delivery.action)) found.set(delivery.guid, delivery);
    cursor = recent.length === data.length && data.length > 0 ? nextCursor(headers.link) : undefined;
  } while (cursor !== undefined);
  return [...found.values()].reverse();
}

/** The cursor of the next page, out of GitHub's `Link` header. */
export function nextCursor(link: string | undefined): string | undefined {
  const next = link?.split(',').find((part) => part.includes('rel="next"'));
  return /[?&]cursor=([^&>]+)/.exec(next ?? '')?.[1];
}

/** Whether a delivery is settled. One that is not stands in nobody's way and is tried again in the next round. */
async function recovered(delivery: Failed, ports: ReconcilePorts): Promise<boolean> {
  try {
    await recover(delivery, ports);
    return true;
  } catch (error) {
    if (error instanceof LaterError) throw error;
    ports.log.warn({ err: error, delivery: delivery.guid }, 'a failed delivery could not be brought back');
    // GitHub has deleted it, or never gives it out: asking again would not help.
    return [400, 404, 422].includes((error as { status?: number }).status ?? 0);
  }
}

/** Lets a failed delivery in by the same door as a webhook. It came over GitHub's API, so it needs no signature. */
async function recover(delivery: Failed, { app, door, store, jobs, log }: ReconcilePorts): Promise<void> {
  // Known and failed: the answer got lost on its way. Only a dead job would be a reason to look closer.
  if ((await store.hasDelivery(delivery.guid)) && (await jobs.counts()).dead === 0) return;
  const { data } = await app.request('GET /app/hook/deliveries/{delivery_id}', { delivery_id: delivery.id as number });
  const outcome = await door({ id: delivery.guid, event: delivery.event, payload: data.request.payload });
  log.info({ delivery: delivery.guid, event: delivery.event, outcome }, 'failed delivery brought back');
}

/**
 * Makes the store's list of installations GitHub's; accounts it did not know are looked at as a whole. An installation keeps its number
 * when its account gets another name: what is remembered follows, even when nobody told of the rename.
 */
async function rememberInstallations({ app, store, jobs, allowedOwners }: ReconcilePorts): Promise<void> {
  const listed = (await everyInstallation(app)).filter(({ owner }) => isServed(owner, allowedOwners));
  const ids = new Set(listed.map(({ id }) => id));
  const removed = (await store.installations()).filter(({ id }) => !ids.has(id));
  await store.transaction(async (transaction) => {
    for (const { owner } of removed) await store.removeInstallation(transaction, owner);
    const known = new Map((await store.installations()).map((installation) => [installation.owner.toLowerCase(), installation]));
    for (const { from, to, id } of await renamed(listed, store)) await store.renameOwner(transaction, from, to, id);
    for (const installation of listed) {
      const before = known.get(installation.owner.toLowerCase());
      if (before?.id === installation.id && before.isSuspended === installation.isSuspended) continue;
      await store.keepInstallation(transaction, installation);
      const isNew = before?.id !== installation.id && !installation.isSuspended;
      if (isNew) await jobs.enqueue(transaction, [{ subject: { kind: 'owner', owner: installation.owner }, priority: 10 }]);
    }
  });
}

interface Rename {
  readonly from: string;
  readonly to: string;
  readonly id: number;
}

/** Accounts that are known by another name, in such an order that a name is left before another account takes it. */
async function renamed(listed: readonly Installation[], store: Store): Promise<readonly Rename[]> {
  const waiting: Rename[] = [];
  for (const { owner, id } of listed) {
    const from = (await store.installationOf(id))?.owner.toLowerCase();
    if (from !== undefined && from !== owner.toLowerCase()) waiting.push({ from, to: owner, id });
  }
  const ordered: Rename[] = [];
  while (waiting.length > 0) {
    const isFree = ({ to }: Rename): boolean => waiting.every(({ from }) => from !== to.toLowerCase());
    const index = waiting.findIndex(isFree);
    const next = waiting.splice(Math.max(index, 0), 1);
    // Accounts that swapped their names leave none free: one steps aside, under what can be no account's name.
    const steps = next.map((rename) => (index < 0 ? { ...rename, to: `renaming:${rename.id}` } : rename));
    if (index < 0) waiting.push(...next.map((rename) => ({ ...rename, from: `renaming:${rename.id}` })));
    ordered.push(...steps);
  }
  return ordered;
}

async function everyInstallation(app: ReconcilePorts['app']): Promise<readonly Installation[]> {
  const found = [];
  for (let page = 1; page <= 100; page += 1) {
    const { data } = await app.request('GET /app/installations', { per_page: 100, page });
    for (const { id, account, suspended_at: suspendedAt } of data) {
      const owner = login((account as { login?: unknown } | null)?.login);
      if (owner) found.push({ owner, id, isSuspended: suspendedAt !== null });
    }
    if (data.length < 100) break;
  }
  return found;
}
