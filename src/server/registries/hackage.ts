/** Hackage and CHaP: the `.cabal` file of a version, as its registry or its repository keeps it. */
import { unknown } from '../../facts/answer.ts';
import { readCabal } from '../../facts/packages/haskell/cabal.ts';
import { isChap } from '../../facts/packages/haskell/chap.ts';
import type { Package } from '../../facts/packages/package.ts';
import type { CabalFile, Chap } from './chap.ts';
import { absent, addressOf, another, garbled, told, unanswered, type Desk, type Looked, type LookUp } from './look-up.ts';
import { isVersion } from './versions.ts';

const HOST = 'hackage.haskell.org';

/** Where a project names CHaP it is asked first; elsewhere it is asked for what Hackage does not know. */
export function hackage(chap: Chap): LookUp {
  const inChap: LookUp = (found, desk) => fromChap(chap, found, desk);
  return async (found, desk) => {
    const { origin } = found;
    const isFirst = origin.kind === 'registry' && origin.registry !== null && isChap(origin.registry);
    const [first, second] = isFirst ? [inChap, fromHackage] : [fromHackage, inChap];
    const looked = await first(found, desk);
    if (looked.license.known || looked.keep === 'not') return looked;
    const other = await second(found, desk);
    return other.license.known || other.keep === 'not' ? other : NOWHERE;
  };
}

const NOWHERE: Looked = {
  license: unknown('neither Hackage nor CHaP knows this package in this version'),
  keep: 'a day',
};

/** Without an exact version Hackage gives the newest, and the address says so. */
async function fromHackage({ name, version }: Package, desk: Desk): Promise<Looked> {
  const id = version === null ? name : `${name}-${version}`;
  const page = addressOf(`https://${HOST}/package`, id);
  const address = page && addressOf(page, `${name}.cabal`);
  if (address === null) return absent(HOST);
  return cabalAt({ address, page: version === null ? address : page }, version !== null, desk, version);
}

async function fromChap(chap: Chap, { name, version }: Package, desk: Desk): Promise<Looked> {
  const place = await chap(name, version, desk);
  if (!place.known) return unanswered(place.reason);
  if (place.value === null) return absent('CHaP');
  // A `force-version` of CHaP's makes a version of a file that names another, and the file lies where the version is listed.
  return cabalAt(place.value, version !== null, desk, null);
}

/** `wanted`: the version that the file has to name; null: any. */
async function cabalAt(
  { address, page: url }: CabalFile,
  isExact: boolean,
  { ask }: Desk,
  wanted: string | null,
): Promise<Looked> {
  const { host } = new URL(address);
  const answer = await ask(address);
  if (!answer.known) return unanswered(answer.reason);
  if (answer.value === null) return absent(host);
  const manifest = readCabal(answer.value);
  if (!manifest.known) return garbled(host);
  const { license, version } = manifest.value;
  if (wanted !== null && !isVersion('hackage', wanted, version)) return another(host);
  const { text = null, expression = null } = license ?? {};
  return told({ declared: text, expression, source: 'registry', url }, isExact);
}
