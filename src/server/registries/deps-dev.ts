/** deps.dev, for ecosystems whose registries keep licenses inside of the packages alone: Go and Maven. */
import { expressionOf } from '../../facts/packages/declared.ts';
import { isGroup, list, own, text } from '../../facts/packages/tree.ts';
import { addressOf, askJson, garbled, told, type Desk, type Looked, type LookUp } from './look-up.ts';

const HOST = 'api.deps.dev';

/** A look-up for what deps.dev calls a system. */
export function depsDev(system: 'go' | 'maven'): LookUp {
  return (found, desk) => {
    const { name, version } = found;
    return version === null ? newest(system, name, desk) : ofVersion(system, name, version, true, desk);
  };
}

/** Without an exact version the one that deps.dev takes for the default is looked at. */
function newest(system: string, name: string, desk: Desk): Promise<Looked> {
  return askJson(desk, HOST, addressOf(`https://${HOST}/v3/systems/${system}/packages`, name), (value) => {
    const chosen = list(own(value, 'versions')).find((one) => own(one, 'isDefault') === true);
    const version = text(own(chosen, 'versionKey', 'version'));
    return version === null ? garbled(HOST) : ofVersion(system, name, version, false, desk);
  });
}

function ofVersion(system: string, name: string, version: string, isExact: boolean, desk: Desk): Promise<Looked> {
  const named = addressOf(`https://${HOST}/v3/systems/${system}/packages`, name);
  const address = named && addressOf(`${named}/versions`, version);
  return askJson(desk, HOST, address, (value) => {
    if (!isGroup(value) || !Array.isArray(value.licenses)) return garbled(HOST);
    const declared = allOf(list(value.licenses).flatMap((one) => text(one) ?? []));
    const url = `https://deps.dev/${system}/${encodeURIComponent(name)}/${encodeURIComponent(version)}`;
    // `non-standard` is what deps.dev writes where it cannot tell; it is no license of SPDX's, so nothing is told.
    return told({ declared, expression: declared === null ? null : expressionOf(declared), source: 'registry', url }, isExact);
  });
}

/** Several licenses were found in one package: whoever uses it has to keep to all of them. */
function allOf(licenses: readonly string[]): string | null {
  if (licenses.length <= 1) return licenses[0] ?? null;
  return licenses.map((one) => (one.includes(' ') ? `(${one})` : one)).join(' AND ');
}
