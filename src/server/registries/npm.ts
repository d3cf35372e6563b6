/** npm: the document of one version, for the short form of all versions carries no license. */
import { expressionOf } from '../../facts/packages/declared.ts';
import { statedLicense } from '../../facts/packages/npm/license.ts';
import { isGroup, own, text } from '../../facts/packages/tree.ts';
import { addressOf, another, askJson, garbled, told, type LookUp } from './look-up.ts';
import { isVersion } from './versions.ts';

const HOST = 'registry.npmjs.org';

/** Without an exact version the one tagged `latest` is looked at, and the address says so. */
export const npm: LookUp = (found, desk) => {
  const { name, version } = found;
  const address = addressOf(`https://${HOST}`, name, version ?? 'latest');
  return askJson(desk, HOST, address, (value) => {
    if (!isGroup(value)) return garbled(HOST);
    if (version !== null && !isVersion('npm', version, text(own(value, 'version')))) return another(HOST);
    const declared = statedLicense(value);
    const page = version === null ? address : addressOf('https://www.npmjs.com/package', ...name.split('/'), 'v', version);
    return told(
      { declared, expression: declared === null ? null : expressionOf(declared), source: 'registry', url: page },
      version !== null,
    );
  });
};
