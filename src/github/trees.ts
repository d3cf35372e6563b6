/** Directories: most come with the first call, others of one moment are asked for together and remembered by tree id. */
import DataLoader from 'dataloader';
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Entry, Tree } from '../facts/source.ts';
import type { Blobs } from './blobs.ts';
import { commitState, type Desk, type Look, type Spot } from './look.ts';
import { BLOBS_A_QUERY, directoriesQuery, FOLDERS } from './queries.ts';
import { query } from './reply.ts';
import type { EntryShape, ListingShape } from './shapes.ts';

type Directory = (tree: Tree, path: string) => Promise<Answer<readonly Entry[] | null>>;

/** Answers for directories of one reading; the known folders cost at most one call a tree, all others of a moment one. */
export function directories(desk: Desk, ask: () => Promise<Look>, kept: Blobs | null): Directory {
  const fetch = fetcher(desk, kept);
  const late = new Map<Tree, Promise<Spot>>();
  /** The spot with its folders, fetched now if the first call left them out. */
  const withFolders = async (tree: Tree, spot: Spot): Promise<Spot> => {
    if (!spot.state || desk.wants.files) return spot;
    const fetching = late.get(tree) ?? commitState(desk, spot.owner, spot.repo, spot.state.oid, true);
    late.set(tree, fetching);
    return fetching;
  };
  return async (tree, path) => {
    const seen = await ask();
    if (tree === 'defaults') {
      const fault = seen.faults.at('organization');
      if (fault !== null) return unknown(fault);
    }
    const spot = spotOf(seen, tree);
    if (!spot?.state) return known(null);
    const index = path === '' ? -1 : FOLDERS.indexOf(path as (typeof FOLDERS)[number]);
    if (index < 0 && path !== '') return fetch(spot, path);
    return prefetched(await withFolders(tree, spot), index);
  };
}

/** Where a tree is; null when there is none. A private `.github` repository gives no default files. */
function spotOf(seen: Look, tree: Tree): Spot | null {
  if (tree === 'head') return seen.head;
  if (tree === 'base') return seen.base;
  const { organization, faults } = seen;
  if (!organization || organization.isPrivate) return null;
  const state = organization.defaultBranchRef?.target ?? null;
  const { name: repo, owner } = organization;
  return { owner: owner.login, repo, state, faults: faults.within('organization', 'defaultBranchRef', 'target') };
}

function prefetched({ state, faults }: Spot, index: number): Answer<readonly Entry[] | null> {
  if (!state) return known(null);
  const key = index < 0 ? 'tree' : (`f${index}` as const);
  const fault = faults.at(key);
  if (fault !== null) return unknown(fault);
  if (index < 0) return entriesOf(state.tree ?? null);
  const folder = state[`f${index}`];
  return folder && folder.mode !== SUBMODULE ? entriesOf(folder.object) : known(null);
}

type Listed = Answer<readonly Entry[] | null>;

/** Fetches folders beyond the known ones. A folder at the root has its tree's id at hand, which names its content for good. */
function fetcher(desk: Desk, kept: Blobs | null): (spot: Spot, path: string) => Promise<Listed> {
  const loaders = new Map<string, DataLoader<string, Listed>>();
  const loaderOf = ({ owner, repo }: Spot): DataLoader<string, Listed> => {
    const name = `${owner}/${repo}`;
    const batch = (expressions: readonly string[]) => fetchDirectories(desk, { owner, repo }, expressions);
    const loader = loaders.get(name) ?? new DataLoader<string, Listed>(batch, { maxBatchSize: BLOBS_A_QUERY });
    loaders.set(name, loader);
    return loader;
  };
  return async (spot, path) => {
    const oid = spot.state?.tree?.entries?.find(({ name, mode }) => name === path && mode === DIRECTORY_MODE)?.oid;
    if (oid === undefined) return loaderOf(spot).load(`${spot.state?.oid ?? 'HEAD'}:${path}`);
    const remembered = await kept?.blob(oid);
    if (typeof remembered === 'string') return known(JSON.parse(remembered) as readonly Entry[]);
    const answer = await loaderOf(spot).load(oid);
    if (answer.known && answer.value) await kept?.keepBlob(oid, JSON.stringify(answer.value));
    return answer;
  };
}

async function fetchDirectories(
  desk: Desk,
  names: { readonly owner: string; readonly repo: string },
  expressions: readonly string[],
): Promise<readonly Listed[]> {
  type Shape = { repository: Readonly<Record<`d${number}`, ListingShape | null>> | null };
  const variables = Object.fromEntries(expressions.map((expression, index) => [`e${index}`, expression]));
  const { data, faults } = await query<Shape>(desk.api, directoriesQuery(expressions.length), { ...names, ...variables });
  return expressions.map((_, index) => {
    const fault = faults.at('repository', `d${index}`);
    if (fault !== null || !data.repository) return unknown(fault ?? 'the repository is not there any more');
    const object = data.repository[`d${index}`];
    return object ? entriesOf(object) : known(null);
  });
}

/** An object without the field is no directory; a field without a value is no answer. */
function entriesOf(listing: ListingShape | null): Answer<readonly Entry[] | null> {
  if (!listing || listing.entries === null) return unknown('GitHub did not list the directory');
  return known(listing.entries?.map(entryOf) ?? null);
}

/** Git's file modes; everything else is a file. */
const DIRECTORY_MODE = 0o040000;
const SYMLINK = 0o120000;
const SUBMODULE = 0o160000;

function entryOf({ name, mode, oid }: EntryShape): Entry {
  const kind = mode === DIRECTORY_MODE ? 'directory' : mode === SYMLINK ? 'symlink' : mode === SUBMODULE ? 'submodule' : 'file';
  return { name, kind, oid };
}
