/**
 * Directories as they will be. A pull request is judged on the tree that merging it would give: the base branch's
 * entries, with those of the head where the pull request changes them. Neither tree alone would be right: the head may
 * lack what the base gained since, and the base lacks what is proposed.
 */
import { known, map, type Answer } from './answer.ts';
import { changes, renames } from './changes.ts';
import { contribution } from './commits.ts';
import type { Ask, Question } from './fact.ts';
import type { Change, Entry, Rename, Tree } from './source.ts';

/** Which tree is meant: as it would be after merging (a repository's default branch as it is), as the base is, or the organization's. */
export type Side = 'head' | 'base' | 'defaults';

/** An entry and the tree whose text it names. `base`: the contribution does not touch it, nor anything below it. */
export interface Placed extends Entry {
  readonly tree: Tree;
}

/** The entries of a directory; null: there is none. */
export type Listing = readonly Placed[] | null;

/** Says which entries matter. Where none of them differs, the list of changes need not be read. */
export interface Relevance {
  /** Names the question. */
  readonly name: string;
  readonly includes: (entry: Entry) => boolean;
}

/** The entries of a directory that matter; `''` is the root. */
export function listing(side: Side, path: string, relevance: Relevance = EVERYTHING): Question<Listing> {
  return {
    key: `listing:${side}:${relevance.name}:${path}`,
    permissions: ['contents'],
    answer: async (_, ask) => (side === 'head' ? after(path, relevance, ask) : listed(side, path, relevance, ask)),
  };
}

const EVERYTHING: Relevance = { name: 'all', includes: () => true };

/** One directory of one tree, as the source has it. */
function raw(tree: Tree, path: string): Question<readonly Entry[] | null> {
  return { key: `directory:${tree}:${path}`, permissions: ['contents'], answer: (source) => source.directory(tree, path) };
}

async function listed(tree: Tree, path: string, relevance: Relevance, ask: Ask): Promise<Answer<Listing>> {
  return map(await ask(raw(tree, path)), (entries) => entries && placed(entries.filter(relevance.includes), tree));
}

async function after(path: string, relevance: Relevance, ask: Ask): Promise<Answer<Listing>> {
  if (!(await ask(hasBase())).known) return listed('head', path, relevance, ask);
  const [base, head] = await Promise.all([ask(raw('base', path)), ask(raw('head', path))]);
  if (!base.known) return base;
  if (!head.known) return head;
  if (base.value === null && head.value === null) return known(null);
  return mergedAnswer(path, (base.value ?? []).filter(relevance.includes), (head.value ?? []).filter(relevance.includes), ask);
}

/**
 * Whether there is a base to merge into. A repository judged for itself has none: its source knows no contribution, and
 * its base is absent or unknown. An unknown base of a contribution stays unknown.
 */
function hasBase(): Question<true> {
  return {
    key: 'has-base',
    permissions: ['pull_requests', 'contents'],
    answer: async (_, ask) => {
      const [base, proposed] = await Promise.all([ask(raw('base', '')), ask(contribution())]);
      const isAbsent = base.known ? base.value === null : !proposed.known;
      return isAbsent ? { known: false, reason: 'the repository is judged for itself' } : known(true);
    },
  };
}

async function mergedAnswer(path: string, base: readonly Entry[], head: readonly Entry[], ask: Ask): Promise<Answer<Listing>> {
  const merge: Merge = { path, base, head, changes: [], renames: [] };
  if (!needsChanges(base, head)) return known(merged(merge));
  const changed = await ask(changes());
  if (!changed.known) return changed;
  if (!mayBeRenamed({ ...merge, changes: changed.value })) return known(merged({ ...merge, changes: changed.value }));
  const moved = await ask(renames());
  return map(moved, (value) => merged({ ...merge, changes: changed.value, renames: value }));
}

export interface Merge {
  readonly path: string;
  readonly base: readonly Entry[];
  readonly head: readonly Entry[];
  readonly changes: readonly Change[];
  readonly renames: readonly Rename[];
}

/** The directory as merging would leave it: base's entries, head's where changed, without what is removed or moved away. */
export function merged({ path, base, head, changes: changed, renames: moved }: Merge): readonly Placed[] {
  const names = [...new Set([...base, ...head].map(({ name }) => name))];
  const before = byName(base);
  const proposed = byName(head);
  const touched = touchedBy(path, changed);
  const gone = new Set(moved.flatMap(({ from }) => within(path, from) ?? []));
  const leave = (name: string): Placed | null => {
    const old = before.get(name) ?? null;
    const mine = proposed.get(name) ?? null;
    const deed = touched.get(name) ?? null;
    if (isEqual(old, mine)) return at(old, 'base');
    if (old?.kind === 'directory' && mine?.kind === 'directory') return at(mine, 'head');
    if (deed === 'kept') return mine ? at(mine, 'head') : at(old, 'base');
    const isTakenAway = deed === 'removed' || (gone.has(name) && !mine);
    if (!isTakenAway) return at(old, 'base');
    // What is left of a directory shows in its own listing.
    return old?.kind === 'directory' ? at(old, 'head') : null;
  };
  return names.flatMap((name) => leave(name) ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Only two directories that differ below, or equal entries, are settled without knowing what the contribution changed. */
function needsChanges(base: readonly Entry[], head: readonly Entry[]): boolean {
  const before = byName(base);
  const proposed = byName(head);
  return [...base, ...head].some(({ name }) => {
    const [old, mine] = [before.get(name) ?? null, proposed.get(name) ?? null];
    return !isEqual(old, mine) && !(old?.kind === 'directory' && mine?.kind === 'directory');
  });
}

/** A file that only the base has, and that no removal explains, may have been moved away by the contribution. */
function mayBeRenamed({ path, base, head, changes: changed }: Merge): boolean {
  const proposed = byName(head);
  const touched = touchedBy(path, changed);
  return changed.some(({ status }) => status === 'renamed') && base.some(({ name }) => !proposed.has(name) && !touched.has(name));
}

/** Names in a directory that the contribution touches, itself or below; `removed` only when nothing but removals do. */
function touchedBy(path: string, changed: readonly Change[]): ReadonlyMap<string, 'removed' | 'kept'> {
  const touched = new Map<string, 'removed' | 'kept'>();
  for (const change of changed) {
    const name = within(path, change.path);
    if (name === null) continue;
    if (change.status !== 'removed') touched.set(name, 'kept');
    else if (!touched.has(name)) touched.set(name, 'removed');
  }
  return touched;
}

/** The entry of a directory that a path leads through; null: it leads elsewhere. */
function within(folder: string, path: string): string | null {
  const prefix = join(folder, '');
  return path.startsWith(prefix) ? (path.slice(prefix.length).split('/', 1)[0] ?? null) : null;
}

function byName(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}

function isEqual(one: Entry | null, other: Entry | null): boolean {
  return one?.oid === other?.oid && one?.kind === other?.kind;
}

function placed(entries: readonly Entry[], tree: Tree): readonly Placed[] {
  return entries.map((entry) => ({ ...entry, tree }));
}

function at(entry: Entry | null, tree: Tree): Placed | null {
  return entry && { ...entry, tree };
}

/** A path from a folder and a name; the root is `''`. */
export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
