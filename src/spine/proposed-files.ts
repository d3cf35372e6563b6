/** The files beside the policy as a pull request would have them. What is not needed is not read: each text costs a call. Part of the spine. */
import { map, type Answer } from '../facts/answer.ts';
import type { Change, Entry } from '../facts/source.ts';
import type { PolicyFile } from '../policy/policy.ts';
import { POLICY_PATH } from '../policy/reference.ts';
import { A_FOLDER, NOT_A_FILE, WAIVERS_FOLDER } from '../policy/waivers/waiver.ts';
import type { Reading } from './ports.ts';

/** A file or what is in its place, with its text still to be read. */
export interface Proposed extends Pick<Entry, 'kind'> {
  readonly path: string;
  /** Git object id. */
  readonly oid: string;
}

/** Policy tests lie beside the policy, or below its folder. */
const TEST_FOLDERS = ['.github', '.github/steward', '.github/steward/tests'];
const TEST = /\.test\.ya?ml$/;

/** Whether a path is that of a policy test. */
export function isPolicyTest(path: string): boolean {
  return TEST.test(path) && TEST_FOLDERS.includes(path.slice(0, path.lastIndexOf('/')));
}

/** The policy tests at the head; links are not followed. What cannot be listed is left out. */
export async function proposedTests(reading: Reading): Promise<readonly Proposed[]> {
  const found = await Promise.all(TEST_FOLDERS.map((folder) => listed(reading, folder)));
  const files = found.flatMap((entries) => (entries.known ? entries.value : []));
  return files.filter(({ path, kind }) => kind === 'file' && TEST.test(path));
}

/** What lies in the folder of waivers at the head, also what is no file, so that it is told. */
export async function proposedWaiverFiles(reading: Reading): Promise<Answer<readonly Proposed[]>> {
  const isMeant = ({ path, kind }: Proposed): boolean => kind !== 'file' || /\.ya?ml$/.test(path);
  return map(await listed(reading, WAIVERS_FOLDER), (found) => found.filter(isMeant));
}

/** The text of a file at the head of a pull request on the policy repository (`OWNER/REPO`). A NUL says that it is no text. */
export async function proposedFile(reading: Reading, { path, oid, kind }: Proposed, repository: string): Promise<PolicyFile> {
  const file = { layer: 'organization', source: `${repository}:${path}`, commit: null, oid } as const;
  if (kind !== 'file') return { ...file, text: kind === 'directory' ? A_FOLDER : NOT_A_FILE };
  const text = await reading.text('head', oid);
  return { ...file, text: text.known ? text.value : '\0' };
}

/** Whether the head has no policy file any more: it was removed, moved away, or something else is in its place. */
export async function removesPolicy(reading: Reading, changes: Answer<readonly Change[]>): Promise<boolean> {
  const { proposed, organization } = await reading.policyFiles();
  if (proposed || !organization.known || organization.value === null) return false;
  const own = changes.known ? changes.value.find(({ path }) => path === POLICY_PATH) : undefined;
  if (own?.status === 'removed') return true;
  if (changes.known && !own) {
    if (!changes.value.some(({ status }) => status === 'renamed')) return false;
    const moved = await reading.renames();
    if (moved.known && !moved.value.some(({ from }) => from === POLICY_PATH)) return false;
  }
  const beside = await listed(reading, '.github');
  return beside.known && !beside.value.some(({ path, kind }) => path === POLICY_PATH && (kind === 'file' || kind === 'symlink'));
}

async function listed(reading: Reading, folder: string): Promise<Answer<readonly Proposed[]>> {
  const placed = ({ name, kind, oid }: Entry): Proposed => ({ path: `${folder}/${name}`, kind, oid });
  return map(await reading.directory('head', folder), (entries) => (entries ?? []).map(placed));
}
