/** Every file of a tree, in one call; remembered by the id of the tree, which names its content for good. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { TreeFile } from '../facts/source.ts';
import type { Blobs } from './blobs.ts';
import type { Api } from './client.ts';
import { LaterError } from './later.ts';
import type { Spot } from './look.ts';

/** Lists of more bytes are asked for anew instead of filling the store. */
const KEPT = 256 * 1024;
/** https://docs.github.com/rest/git/trees: what GitHub lists of one tree at most. */
const CUT = unknown('GitHub lists at most 100,000 files or 7 MB of a tree, and this one has more');

/** The files at a spot; unknown when GitHub does not list them all. */
export async function filesOf(api: Api, spot: Spot, blobs: Blobs | null): Promise<Answer<readonly TreeFile[]>> {
  if (!spot.state) return known([]);
  const tree = spot.state.root?.oid ?? null;
  const kept = tree === null ? null : await blobs?.blob(keyOf(tree));
  if (typeof kept === 'string') return known(JSON.parse(kept) as readonly TreeFile[]);
  const answer = await listed(api, spot, tree ?? spot.state.oid);
  if (answer.known && tree !== null) await keep(blobs, tree, answer.value);
  return answer;
}

/** A folder's own entries are remembered by the bare id. */
const keyOf = (tree: string): string => `files:${tree}`;

async function keep(blobs: Blobs | null, tree: string, files: readonly TreeFile[]): Promise<void> {
  const text = JSON.stringify(files);
  if (Buffer.byteLength(text) <= KEPT) await blobs?.keepBlob(keyOf(tree), text);
}

async function listed(api: Api, { owner, repo }: Spot, sha: string): Promise<Answer<readonly TreeFile[]>> {
  try {
    const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}';
    const { data } = await api.request(route, { owner, repo, tree_sha: sha, recursive: '1' });
    return data.truncated ? CUT : known(data.tree.flatMap(fileOf));
  } catch (error) {
    // A tree that takes GitHub too long must not keep the rest of the verdict waiting; a limit of the whole account does.
    if (error instanceof LaterError && error.owner === null) return unknown('GitHub does not list the files just now');
    const { status } = error as { status?: number };
    if (status === 404 || status === 409 || status === 422) {
      return unknown(`GitHub does not list the files of ${sha} (status ${status})`);
    }
    throw error;
  }
}

function fileOf({ path, mode, type, sha }: { path?: string; mode?: string; type?: string; sha?: string | null }): TreeFile[] {
  if (path === undefined || typeof sha !== 'string' || type === 'tree') return [];
  return [{ path, kind: type === 'commit' ? 'submodule' : mode === '120000' ? 'symlink' : 'file', oid: sha }];
}
