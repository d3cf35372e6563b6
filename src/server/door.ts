/** The one door for deliveries: webhooks, redeliveries and what the reconciler finds all come in here. */
import { subjectKey } from '../facts/subject.ts';
import type { Installation, Store, Transaction } from '../store/store.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Change, Reaction, Wish } from './reaction.ts';
import { accountOf, installationOf, react } from './webhooks.ts';

export interface Delivered {
  /** `X-GitHub-Delivery`. */
  readonly id: string;
  readonly event: string;
  readonly payload: unknown;
}

/**
 * What became of a delivery. `irrelevant`: nothing follows, nothing was stored. `foreign`: of an account that is not served.
 * `recorded`: stored together with its jobs. `known`: seen before; its dead jobs, if any, live again.
 */
export type Admitted = 'irrelevant' | 'foreign' | 'recorded' | 'known';

export type Door = (delivery: Delivered) => Promise<Admitted>;

export interface DoorPorts {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly appId: number | null;
  /** Lower-cased; null: every account is served. */
  readonly allowedOwners: readonly string[] | null;
  readonly now: () => Date;
}

/** Opens the door. A delivery that cannot be recorded throws: then GitHub is told so, and the reconciler brings it back. */
export function createDoor(ports: DoorPorts): Door {
  return async (delivery) => {
    const account = accountOf(delivery.payload);
    if (!isServed(account, ports.allowedOwners)) return 'foreign';
    const reaction = await settle(react(delivery.event, delivery.payload, ports), ports.store);
    if (isNothing(reaction)) return 'irrelevant';
    const isNew = await record(delivery, account, reaction, ports);
    if (!isNew) await rearm(reaction.wishes ?? [], ports.jobs);
    return isNew ? 'recorded' : 'known';
  };
}

/** Whether an account is served; deliveries about no account are, where all accounts are. */
export function isServed(account: string | null, allowedOwners: readonly string[] | null): boolean {
  return allowedOwners === null || (account !== null && allowedOwners.includes(account.toLowerCase()));
}

/** Replaces a commit that pull requests may share by the wish to look at those that do. */
async function settle({ shared, ...reaction }: Reaction, store: Store): Promise<Reaction> {
  if (!shared) return reaction;
  const { owner, repo, sha, without } = shared;
  const verdicts = await store.verdictsAt(owner, repo, sha);
  const isShared = verdicts.some(({ subject }) => subject.kind === 'pull-request' && subject.number !== without);
  const found: readonly Wish[] = isShared ? [{ subject: { kind: 'head', owner, repo, sha }, priority: 0 }] : [];
  return { ...reaction, wishes: [...(reaction.wishes ?? []), ...found] };
}

function isNothing({ wishes, said, changes }: Reaction): boolean {
  return [wishes, said, changes].every((part) => (part ?? []).length === 0);
}

/** Records a delivery and everything that follows from it in one transaction. False: it was recorded before. */
async function record(delivery: Delivered, owner: string | null, reaction: Reaction, ports: DoorPorts): Promise<boolean> {
  const { store, jobs, now } = ports;
  const at = now().toISOString();
  const learned = await learn(delivery, owner, reaction, store);
  const wishes = [...(reaction.wishes ?? []), ...(learned.length > 0 ? wholeAccount(owner) : [])];
  return store.transaction(async (transaction) => {
    const action = (delivery.payload as { action?: unknown }).action;
    const row = { id: delivery.id, event: delivery.event, action: typeof action === 'string' ? action : null, owner, at };
    if (!(await store.recordDelivery(transaction, row))) return false;
    const more: Wish[] = [];
    for (const change of [...(reaction.changes ?? []), ...learned]) more.push(...(await apply(change, transaction, store)));
    for (const said of reaction.said ?? [])
      await store.keepInput(transaction, { commentId: null, url: null, body: null, ...said, deliveryId: delivery.id, at });
    await jobs.enqueue(transaction, distinct([...wishes, ...more]));
    return true;
  });
}

/**
 * Every delivery names its installation: what the store does not know yet is learned on the way. Ids of installations only grow, so
 * a lower one than what is known is of a delivery that comes late. One that is known under another name teaches nothing: which of the
 * two names is the old one is told by a rename, or by GitHub's list of installations.
 */
async function learn(delivery: Delivered, owner: string | null, reaction: Reaction, store: Store): Promise<readonly Change[]> {
  const id = installationOf(delivery.payload);
  if (!owner || !id || (reaction.changes ?? []).some((change) => change.kind === 'installed' || change.kind === 'removed'))
    return [];
  const [there, known] = [await store.installation(owner), await store.installationOf(id)];
  if (known !== null && !isNamed(known, owner)) return [];
  return there !== null && there.id >= id ? [] : [{ kind: 'installed', owner, id, isSuspended: false }];
}

function isNamed({ owner }: Installation, name: string): boolean {
  return owner.toLowerCase() === name.toLowerCase();
}

/** What came to an account while nobody knew its installation was never told: the reconciler looks only at accounts it does not know. */
function wholeAccount(owner: string | null): readonly Wish[] {
  return owner === null ? [] : [{ subject: { kind: 'owner', owner }, priority: 10 }];
}

/** Makes it known, and gives what to look at because of it. */
async function apply(change: Change, transaction: Transaction, store: Store): Promise<readonly Wish[]> {
  switch (change.kind) {
    case 'installed':
      await install(change, transaction, store);
      break;
    case 'removed':
      await remove(change, transaction, store);
      break;
    case 'merged':
      await store.certifyMerged(transaction, change.subject, change.merged);
      await store.closeFacts(change.subject, 'merged');
      break;
    case 'closed':
      if (change.subject.kind === 'pull-request') await store.closeFacts(change.subject, 'closed');
      // Told late it may be open again, and then it still waits.
      return (await store.closeInputs(transaction, change.subject)) ? [{ subject: change.subject, priority: 10 }] : [];
    case 'gone':
      await store.closeFacts({ kind: 'repository', ...change.place }, 'closed');
      break;
    case 'reopened':
      await store.reopenInputs(transaction, change.subject);
      break;
    case 'renamed':
      await store.renameRepository(transaction, change.from, change.to);
      break;
    case 'owner-renamed':
      await store.renameOwner(transaction, change.from, change.to, change.id);
  }
  return [];
}

/** A delivery that was brought back may be older than the installation in force, or than the name that the account has now. */
async function install({ owner, id, isSuspended }: Installation, transaction: Transaction, store: Store): Promise<void> {
  const [there, known] = [await store.installation(owner), await store.installationOf(id)];
  if (there !== null && there.id > id) return;
  await store.keepInstallation(transaction, { owner: known?.owner ?? owner, id, isSuspended });
}

async function remove({ id }: Pick<Installation, 'id'>, transaction: Transaction, store: Store): Promise<void> {
  const known = await store.installationOf(id);
  if (known) await store.removeInstallation(transaction, known.owner);
}

function distinct(wishes: readonly Wish[]): readonly Wish[] {
  return [...new Map(wishes.map((wish) => [subjectKey(wish.subject), wish])).values()];
}

/** A redelivery is how people ask for a dead job again; one that waits or is done needs nothing. */
async function rearm(wishes: readonly Wish[], jobs: Jobs): Promise<void> {
  for (const { subject } of wishes) await jobs.revive(subjectKey(subject));
}
