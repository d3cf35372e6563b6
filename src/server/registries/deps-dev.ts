/** deps.dev, for ecosystems whose registries keep licenses inside of the packages alone: Go and Maven. */
import { expressionOf } from '../../facts/packages/declared.ts';
import { isGroup, list, own, text } from '../../facts/packages/tree.ts';
import { addressOf, another, askJson, garbled, told, type Desk, type Looked, type LookUp } from './look-up.ts';

const HOST = 'api.deps.dev';

/** A look-up for what deps.dev calls a system. */
export function depsDev(system: System): LookUp {
  return (found, desk) => {
    const { name, version } = found;
    return version === null ? newest(system, name, desk) : ofVersion(system, name, version, true, desk);
  };
}

/** Without an exact version the one that deps.dev takes for the default is looked at. */
function newest(system: System, name: string, desk: Desk): Promise<Looked> {
  return askJson(desk, HOST, addressOf(`https://${HOST}/v3/systems/${system}/packages`, name), (value) => {
    const chosen = list(own(value, 'versions')).find((one) => own(one, 'isDefault') === true);
    const version = text(own(chosen, 'versionKey', 'version'));
    return version === null ? garbled(HOST) : ofVersion(system, name, version, false, desk);
  });
}

function ofVersion(system: System, name: string, version: string, isExact: boolean, desk: Desk): Promise<Looked> {
  const named = addressOf(`https://${HOST}/v3/systems/${system}/packages`, name);
  const address = named && addressOf(`${named}/versions`, version);
  return askJson(desk, HOST, address, (value) => {
    if (!isGroup(value) || !Array.isArray(value.licenses)) return garbled(HOST);
    if (text(own(value, 'versionKey', 'version')) !== version) return another(HOST);
    const { declared, expression } = together(system, [...new Set(list(value.licenses).flatMap((one) => text(one) ?? []))]);
    const url = `https://deps.dev/${system}/${encodeURIComponent(name)}/${encodeURIComponent(version)}`;
    return told({ declared, expression, source: 'registry', url }, isExact);
  });
}

type System = 'go' | 'maven';

/**
 * What several licenses mean together. A POM offers the choice of one (https://maven.apache.org/pom.html#Licenses); of Go deps.dev
 * lists what its files hold, and whether all of it holds together or one may be chosen is not told.
 */
function together(system: System, licenses: readonly string[]): { declared: string | null; expression: string | null } {
  // `non-standard` is what deps.dev writes where it cannot tell; it is no license of SPDX's, so nothing is told.
  const [first = null] = licenses;
  if (licenses.length <= 1) return { declared: first, expression: first === null ? null : expressionOf(first) };
  if (system === 'go') return { declared: licenses.join(', '), expression: null };
  const choice = licenses.map((one) => (one.includes(' ') ? `(${one})` : one)).join(' OR ');
  return { declared: choice, expression: expressionOf(choice) };
}
