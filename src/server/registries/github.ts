/** Repositories on GitHub: the license text at a commit, tag or branch, read by the detector. */
import { unknown } from '../../facts/answer.ts';
import { LARGEST } from '../../facts/license/detection.ts';
import type { Package } from '../../facts/packages/package.ts';
import { onGitHub } from '../../facts/packages/repository-url.ts';
import { addressOf, told, unanswered, type Desk, type Looked, type LookUp } from './look-up.ts';

export const RAW = 'raw.githubusercontent.com';

/** The names that most repositories give to their license, the most usual first: each costs a request. */
const NAMES = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'COPYING', 'LICENCE', 'UNLICENSE'];

/** A folder's own license text wins over that of the root. */
export const github: LookUp = async (found, desk) => {
  const place = placeOf(found);
  if (place === null) return unanswered('it lies in a repository that is not on GitHub');
  const { owner, name, ref, folder } = place;
  for (const parts of folder.length > 0 ? [folder, []] : [[]]) {
    const looked = await inFolder([owner, name, ...ref.split('/'), ...parts], isCommit(ref), desk);
    if (looked) return looked;
  }
  return NOTHING;
};

const NOTHING: Looked = {
  license: unknown('its repository shows no license text under a usual name at this version, or is not public'),
  keep: 'a day',
};

/** Null: there is no license text in this folder. */
async function inFolder(parts: readonly string[], isExact: boolean, { ask, detect }: Desk): Promise<Looked | null> {
  for (const name of NAMES) {
    const address = rawAddress(...parts, name);
    const answer = address === null ? null : await ask(address);
    if (answer === null) return null;
    if (!answer.known) return unanswered(answer.reason);
    if (answer.value === null) continue;
    const url = pageOf(...parts, name);
    if (answer.value.length > LARGEST) return unanswered('its license text is too large to be read');
    const { expression } = detect(answer.value);
    return told({ declared: null, expression, source: 'text', url }, isExact);
  }
  return null;
}

/** The address of a file as it stands; null: a part of it would lead elsewhere. */
export function rawAddress(...parts: readonly string[]): string | null {
  return addressOf(`https://${RAW}`, ...parts);
}

/** The same file for people. A branch may have several parts. */
export function pageOf(owner = '', name = '', ...refAndPath: readonly string[]): string | null {
  return addressOf('https://github.com', owner, name, 'blob', ...refAndPath);
}

/** Only a commit stays what it is; tags and branches may be moved. */
function isCommit(ref: string): boolean {
  return /^[0-9a-f]{40}$/.test(ref);
}

interface Place {
  readonly owner: string;
  readonly name: string;
  readonly ref: string;
  readonly folder: readonly string[];
}

function placeOf({ ecosystem, name, version, origin }: Package): Place | null {
  const isNamed = origin.kind === 'registry' && (ecosystem === 'aiken' || ecosystem === 'nix');
  const repository = origin.kind === 'repository' ? onGitHub(origin.url) : isNamed ? onGitHub(`github.com/${name}`) : null;
  if (!repository) return null;
  const ref = (origin.kind === 'repository' ? origin.ref : null) ?? version ?? 'HEAD';
  const path = origin.kind === 'repository' ? (origin.path ?? '') : '';
  return { ...repository, ref, folder: path.split('/').filter((part) => part !== '' && part !== '.') };
}
