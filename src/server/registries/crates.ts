/** crates.io: the license that Cargo.toml declared when a version was published. */
import { expressionOf } from '../../facts/packages/declared.ts';
import { list, own, text } from '../../facts/packages/tree.ts';
import { addressOf, another, askJson, garbled, told, type LookUp } from './look-up.ts';
import { isVersion } from './versions.ts';

const HOST = 'crates.io';
const API = `https://${HOST}/api/v1/crates`;

/** Without an exact version the newest stable one is looked at. */
export const crates: LookUp = (found, desk) => {
  const { name, version } = found;
  const address = version === null ? addressOf(API, name) : addressOf(API, name, version);
  return askJson(desk, HOST, address, (value) => {
    const published = version === null ? newest(value) : own(value, 'version');
    const number = text(own(published, 'num'));
    if (number === null) return garbled(HOST);
    if (version !== null && !isVersion('cargo', version, number)) return another(HOST);
    const declared = text(own(published, 'license'));
    const url = `https://${HOST}/crates/${encodeURIComponent(name)}/${version === null ? '' : encodeURIComponent(number.toWellFormed())}`;
    // Crates wrote `MIT/Apache-2.0` before they wrote `MIT OR Apache-2.0` (Cargo's reference, "license").
    const expression = declared === null ? null : expressionOf(declared.split('/').join(' OR '));
    return told({ declared, expression, source: 'registry', url }, version !== null);
  });
};

function newest(value: unknown): unknown {
  const number = own(value, 'crate', 'max_stable_version') ?? own(value, 'crate', 'max_version');
  return list(own(value, 'versions')).find((one) => own(one, 'num') === number);
}
