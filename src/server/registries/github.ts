/** Repositories on GitHub: the license text at a commit, tag or branch, read by the detector. */
import { unknown } from '../../facts/answer.ts';
import { LARGEST } from '../../facts/license/detection.ts';
import { expressionOf } from '../../facts/packages/declared.ts';
import type { Package } from '../../facts/packages/package.ts';
import { onGitHub } from '../../facts/packages/repository-url.ts';
import { addressOf, told, unanswered, type Desk, type Looked, type LookUp } from './look-up.ts';

export const RAW = 'raw.githubusercontent.com';

/** The names that most repositories give to their license, the most usual first: each costs a request. */
const [APACHE, MIT] = ['LICENSE-APACHE', 'LICENSE-MIT'];
const NAMES = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', APACHE, MIT, 'COPYING', 'LICENCE', 'UNLICENSE'];

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
async function inFolder(parts: readonly string[], isExact: boolean, desk: Desk): Promise<Looked | null> {
  for (const name of NAMES) {
    const looked = await inFile(parts, name, isExact, desk);
    if (looked === null) continue;
    return name === APACHE ? orMit(looked, await inFile(parts, MIT, isExact, desk), isExact) : looked;
  }
  return null;
}

/** Null: there is no such file. */
async function inFile(parts: readonly string[], name: string, isExact: boolean, { ask, detect }: Desk): Promise<Looked | null> {
  const address = rawAddress(...parts, name);
  const answer = address === null ? null : await ask(address);
  if (answer === null) return null;
  if (!answer.known) return unanswered(answer.reason);
  if (answer.value === null) return null;
  const url = pageOf(...parts, name);
  if (answer.value.length > LARGEST) return unanswered('its license text is too large to be read');
  const { expression, reason } = detect(answer.value);
  if (expression !== null) return told({ declared: null, expression, source: 'text', url }, isExact);
  const untold = unknown(`${reason ?? 'its text is no license that is known'} (${url ?? name})`);
  // Detectors learn.
  return { license: untold, keep: isExact ? 'a month' : 'a day' };
}

/** Two texts beside each other by these names are a choice: https://rust-lang.github.io/api-guidelines/necessities.html#c-permissive */
function orMit(apache: Looked, mit: Looked | null, isExact: boolean): Looked {
  if (mit === null || !apache.license.known) return apache;
  if (!mit.license.known) return mit;
  const expressions = [apache, mit].flatMap(({ license }) => (license.known ? (license.value.expression ?? []) : []));
  return told({ ...apache.license.value, expression: expressionOf([...new Set(expressions)].join(' OR ')) }, isExact);
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
  if (!repository || !/^[\w-]{1,39}$/.test(repository.owner) || !/^[\w.-]{1,100}$/.test(repository.name)) return null;
  const ref = (origin.kind === 'repository' ? origin.ref : null) ?? version ?? 'HEAD';
  const path = origin.kind === 'repository' ? (origin.path ?? '') : '';
  return { ...repository, ref, folder: path.split('/').filter((part) => part !== '' && part !== '.') };
}
