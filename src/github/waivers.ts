/** The waivers in the organization's policy repository: the folder comes with the first call, its files in a few more. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import { A_FOLDER, NOT_A_FILE, WAIVERS_FOLDER } from '../policy/waivers/waiver.ts';
import type { PolicyFile } from '../policy/policy.ts';
import type { WaiverFiles, WaiverFolder } from '../spine/govern.ts';
import { NOT_TEXT, type Text } from './blobs.ts';
import type { Api } from './client.ts';
import type { Look } from './look.ts';
import { sourceOf } from './policies.ts';
import { WAIVERS } from './queries.ts';
import { query } from './reply.ts';

/** More files than this are not read: they would be asked of GitHub by twenties. */
const MOST_FILES = 2000;
/** Texts that are asked for together, by twenties: a hundred queries at the same time are more than GitHub wants. */
const AT_ONCE = 200;
/** As large as a policy may be; a larger file is not read, and its parser says what is wrong. */
const LARGEST = 256 * 1024;
/** A NUL makes the parser say that a file cannot be read; it stands for binary content and for what is too large. */
const UNREADABLE = '\0';
/** Git's file modes. */
const DIRECTORY = 0o040000;
/** Links, folders and submodules: no files, and easily taken for some. */
const OTHERS: readonly number[] = [DIRECTORY, 0o120000, 0o160000];
const REGULAR: readonly number[] = [0o100644, 0o100755, 0o100664];

/** The folder of waivers; null: there is none. Unknown: GitHub did not tell, or Steward sees no policy repository (any more). */
export function waiverFolderOf({ organization, faults }: Look): Answer<WaiverFolder | null> {
  if (!organization) return unknown(faults.at('organization') ?? 'Steward sees no policy repository');
  const within = faults.at('organization', 'defaultBranchRef', 'target', 'waivers');
  if (within !== null) return unknown(within);
  const waivers = organization.defaultBranchRef?.target?.waivers;
  if (!waivers) return known(null);
  return known({ repository: `${organization.owner.login}/${organization.name}`, tree: waivers.oid });
}

/**
 * The files of the folder that can be waivers, `*.yml` and `*.yaml`, by name, and what is no file. Costs one call, and one for twenty
 * texts that were not seen before. Unknown: one of them could not be read just now.
 */
export async function waiverFilesOf(api: Api, seen: Look, text: Text): Promise<Answer<WaiverFiles>> {
  const folder = waiverFolderOf(seen);
  if (!folder.known) return folder;
  const { organization } = seen;
  const commit = organization?.defaultBranchRef?.target?.oid;
  if (!folder.value || !organization || commit === undefined) return known({ files: [] });
  if (organization.defaultBranchRef?.target?.waivers?.mode !== DIRECTORY) return known(NO_FOLDER);
  const names = { owner: organization.owner.login, repo: organization.name };
  const listed = await entriesOf(api, names, folder.value.tree);
  if (!listed.known) return listed;
  if (listed.value.length > MOST_FILES) return known(tooMany(listed.value.length));
  const files: Answer<PolicyFile>[] = [];
  for (let from = 0; from < listed.value.length; from += AT_ONCE) {
    const some = listed.value.slice(from, from + AT_ONCE);
    files.push(...(await Promise.all(some.map((entry) => fileOf(entry, { ...names, commit }, text)))));
  }
  const unread = files.find((file) => !file.known);
  return unread ?? known({ files: files.flatMap((file) => (file.known ? [file.value] : [])) });
}

async function fileOf(
  entry: FileShape,
  { owner, repo, commit }: { readonly owner: string; readonly repo: string; readonly commit: string },
  text: Text,
): Promise<Answer<PolicyFile>> {
  const path = `${WAIVERS_FOLDER}/${entry.name}`;
  const content = await contentOf(entry, text);
  if (!content.known) return unknown(`${path} could not be read: ${content.reason}`);
  return known({ layer: 'organization', source: sourceOf(owner, repo, path), commit, oid: entry.oid, text: content.value });
}

const NO_FOLDER: WaiverFiles = {
  flaw: `"${WAIVERS_FOLDER}" is no folder, and each waiver is a file in a folder of this name.`,
  hint: 'Move it away, and put the waivers into a folder of this name.',
};

function tooMany(count: number): WaiverFiles {
  const [many, most] = [count.toLocaleString('en'), MOST_FILES.toLocaleString('en')];
  return { flaw: `There are ${many} waivers, and at most ${most} are read.`, hint: 'Delete those that have ended.' };
}

interface FileShape {
  readonly name: string;
  readonly mode: number;
  readonly oid: string;
  readonly object: { readonly byteSize?: number; readonly isBinary?: boolean | null } | null;
}

async function entriesOf(
  api: Api,
  names: { readonly owner: string; readonly repo: string },
  tree: string,
): Promise<Answer<readonly FileShape[]>> {
  type Shape = { repository: { object: { readonly entries?: readonly FileShape[] | null } | null } | null };
  const { data, faults } = await query<Shape>(api, WAIVERS, { ...names, tree });
  const fault = faults.at('repository', 'object', 'entries');
  const entries = data.repository?.object?.entries;
  if (fault !== null || !entries) return unknown(fault ?? `GitHub did not list ${WAIVERS_FOLDER}`);
  return known(entries.filter(({ name, mode }) => OTHERS.includes(mode) || (REGULAR.includes(mode) && /\.ya?ml$/i.test(name))));
}

async function contentOf({ oid, mode, object }: FileShape, text: Text): Promise<Answer<string>> {
  if (OTHERS.includes(mode)) return known(mode === DIRECTORY ? A_FOLDER : NOT_A_FILE);
  if (!object || object.byteSize === undefined) return unknown('GitHub did not tell its size');
  if (object.isBinary === true || object.byteSize > LARGEST) return known(UNREADABLE);
  const answer = await text(oid, LARGEST);
  return !answer.known && answer.reason === NOT_TEXT ? known(UNREADABLE) : answer;
}
