/** Hackage and CHaP: the `.cabal` file of a version, as its registry or its repository keeps it. */
import { unknown } from '../../facts/answer.ts';
import { readCabal } from '../../facts/packages/haskell/cabal.ts';
import { isChap } from '../../facts/packages/haskell/chap.ts';
import type { Package } from '../../facts/packages/package.ts';
import type { Chap } from './chap.ts';
import { absent, addressOf, garbled, told, unanswered, type Desk, type Looked, type LookUp } from './look-up.ts';

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
  return cabalAt(address, version === null ? address : page, version !== null, desk);
}

async function fromChap(chap: Chap, { name, version }: Package, desk: Desk): Promise<Looked> {
  const place = await chap(name, version, desk);
  if (!place.known) return unanswered(place.reason);
  if (place.value === null) return absent('CHaP');
  return cabalAt(place.value.address, place.value.page, version !== null, desk);
}

async function cabalAt(address: string, url: string | null, isExact: boolean, { ask }: Desk): Promise<Looked> {
  const { host } = new URL(address);
  const answer = await ask(address);
  if (!answer.known) return unanswered(answer.reason);
  if (answer.value === null) return absent(host);
  const manifest = readCabal(answer.value);
  if (!manifest.known) return garbled(host);
  const { license } = manifest.value;
  const { text = null, expression = null } = license ?? {};
  return told({ declared: text, expression, source: 'registry', url }, isExact);
}
