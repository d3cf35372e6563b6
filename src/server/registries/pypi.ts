/** PyPI: `license_expression` (PEP 639), else what the classifiers and the free text say together. */
import { declaredLicense } from '../../facts/packages/python/license.ts';
import { isGroup, list, own, text } from '../../facts/packages/tree.ts';
import { addressOf, another, askJson, garbled, told, type LookUp } from './look-up.ts';
import { isVersion } from './versions.ts';

const HOST = 'pypi.org';
const NO_LINES = { license: null, classifiers: null };

/** Without an exact version the newest one is looked at. */
export const pypi: LookUp = (found, desk) => {
  const { name, version } = found;
  const parts = version === null ? [name, 'json'] : [name, version, 'json'];
  return askJson(desk, HOST, addressOf(`https://${HOST}/pypi`, ...parts), (value) => {
    const info = own(value, 'info');
    if (!isGroup(info)) return garbled(HOST);
    if (version !== null && !isVersion('pypi', version, text(own(info, 'version')))) return another(HOST);
    const stated = text(own(info, 'license_expression')) ?? text(own(info, 'license'));
    const classifiers = list(own(info, 'classifiers')).flatMap((one) => text(one) ?? []);
    const license = declaredLicense(stated, classifiers, NO_LINES);
    const url = `https://${HOST}/project/${encodeURIComponent(name)}/${version === null ? '' : `${encodeURIComponent(version)}/`}`;
    return told(
      { declared: license?.text ?? null, expression: license?.expression ?? null, source: 'registry', url },
      version !== null,
    );
  });
};
