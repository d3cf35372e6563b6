/** Families of licenses: how people call them, and which ids their versions have. */
import { isLicenseId } from '../../spdx/ids.ts';

export interface Family {
  readonly name: string;
  /** Versions tell `-only` from `-or-later`. */
  readonly isGnu: boolean;
  /** From the version as written, with or without `.0`, to the id; for the GNU licenses to what stands before the suffix. */
  readonly versions: ReadonlyMap<string, string>;
  /** What the name says without a version, for sure. */
  readonly plain: string | null;
  /** What the name most likely says without a version; never sure enough to be an answer. */
  readonly likely: string | null;
}

/** A family and its names; a name with `!` says nothing without a version or the word "license". */
interface Row {
  readonly names: readonly string[];
  readonly base?: string;
  readonly versions?: string;
  readonly plain?: string;
  readonly likely?: string;
}

const GNU: Readonly<Record<string, Row>> = {
  GPL: {
    names: [
      'gnu s? general public license|licenses',
      'general public license',
      'gnu s? gpl',
      'gpl',
      'gplversion',
      'gplv',
      'gnu public license',
    ],
    versions: '1.0 2.0 3.0',
    likely: 'GPL-1.0-or-later',
  },
  LGPL: {
    names: [
      'gnu? lesser|library gnu? general public license|licenses',
      'gnu? library or lesser general public license',
      'gnu? lesser or library general public license',
      'gnu? lesser|library gpl',
      'gnu? lesser public license',
      'gnu? lgpl|lgplv',
    ],
    versions: '2.0 2.1 3.0',
    likely: 'LGPL-2.0-or-later',
  },
  AGPL: {
    names: ['gnu? affero gnu? general public license', 'gnu? affero gpl', 'gnu? agpl|agplv'],
    versions: '1.0 3.0',
    likely: 'AGPL-3.0-or-later',
  },
  GFDL: {
    names: ['gnu? free documentation license', 'gnu? fdl|gfdl'],
    versions: '1.1 1.2 1.3',
    likely: 'GFDL-1.1-or-later',
  },
};

const OTHERS: readonly Row[] = [
  {
    names: ['apache software? license|licenses', 'apache', 'apachev', 'asl', 'apache public license', 'apl'],
    base: 'Apache',
    versions: '1.0 1.1 2.0',
    likely: 'Apache-2.0',
  },
  { names: ['mozilla public license', 'mpl', 'mplv'], base: 'MPL', versions: '1.0 1.1 2.0', likely: 'MPL-2.0' },
  { names: ['eclipse public license', 'epl', 'eplv'], base: 'EPL', versions: '1.0 2.0', likely: 'EPL-2.0' },
  { names: ['european union public license', 'eupl', 'euplv'], base: 'EUPL', versions: '1.0 1.1 1.2', likely: 'EUPL-1.2' },
  {
    names: ['common development and? distribution license', 'cddl', 'cddlv'],
    base: 'CDDL',
    versions: '1.0 1.1',
    likely: 'CDDL-1.0',
  },
  { names: ['common public license', 'cpl'], base: 'CPL', versions: '1.0', plain: 'CPL-1.0' },
  { names: ['ibm public license'], base: 'IPL', versions: '1.0', plain: 'IPL-1.0' },
  {
    names: [
      'mit license',
      'mit|expat',
      'mit expat license?',
      'expat license',
      'mit style license',
      'massachusetts institute of technology license',
    ],
    plain: 'MIT',
  },
  { names: ['mit 0 license?', 'mit no attribution license?', 'mit zero license?'], plain: 'MIT-0' },
  { names: ['x 11 license'], plain: 'X11' },
  { names: ['isc license', 'isc', 'internet systems|software consortium license'], plain: 'ISC' },
  {
    names: [
      'bsd 3 clause license?',
      '3|three clause bsd style? license?',
      'bsd three clause license?',
      'new|modified|revised bsd license',
      'bsd new license?',
      'new|modified|revised berkeley software distribution license',
      'bsd license 3 clause',
      'bsd license *2 3|three clause',
      '3|three clause new|modified|revised bsd license?',
      'new|modified|revised bsd 3 clause license?',
      'bsd 3 clause new|revised or? new|revised? license',
      'bsd3',
      'bsd 3',
    ],
    plain: 'BSD-3-Clause',
  },
  {
    names: [
      'bsd 2 clause license?',
      '2|two clause bsd style? license?',
      'bsd two clause license?',
      'simplified bsd license?',
      'freebsd license',
      'bsd license 2 clause',
      'bsd license *2 2|two clause',
      '2|two clause simplified|freebsd bsd? license?',
      'simplified|freebsd bsd 2 clause license?',
      'bsd 2 clause simplified|freebsd license',
      'bsd 2',
    ],
    plain: 'BSD-2-Clause',
  },
  {
    names: [
      'bsd 4 clause license?',
      '4|four clause bsd license?',
      'original bsd license',
      'bsd license 4 clause',
      'bsd 4 clause original or? old? license',
    ],
    plain: 'BSD-4-Clause',
  },
  { names: ['bsd 3 clause clear license?', 'clear bsd license'], plain: 'BSD-3-Clause-Clear' },
  {
    names: [
      'bsd zero clause license?',
      'zero|0 clause bsd license?',
      'bsd 0 clause license?',
      '0 bsd',
      'free public license 1.0.0',
    ],
    plain: '0BSD',
  },
  { names: ['boost software license', 'boost license', 'bsl'], base: 'BSL', versions: '1.0', plain: 'BSL-1.0' },
  { names: ['business source license', 'busl', 'bsl 1.1', 'bsl version? 1.1'], base: 'BUSL', versions: '1.1', plain: 'BUSL-1.1' },
  { names: ['unlicense', 'unlicense license'], plain: 'Unlicense' },
  {
    names: [
      'cc 0',
      'cc zero',
      'creative commons zero|0 license?',
      'creative commons cc 0',
      'creativecommons org publicdomain zero',
      'cc 0 public domain dedication',
    ],
    base: 'CC0',
    versions: '1.0',
    plain: 'CC0-1.0',
  },
  {
    names: ['artistic license', 'perl artistic license', 'artistic'],
    base: 'Artistic',
    versions: '1.0 2.0',
    likely: 'Artistic-2.0',
  },
  { names: ['zlib license', 'zlib', 'zlib libpng license?', 'zlib and? libpng license'], plain: 'Zlib' },
  { names: ['libpng license'], plain: 'Libpng' },
  {
    names: ['wtfpl', 'do what the fuck you want to public license', 'do what the f ck you want to public license'],
    plain: 'WTFPL',
  },
  { names: ['sil? open font license', 'ofl', 'sil ofl'], base: 'OFL', versions: '1.0 1.1', likely: 'OFL-1.1' },
  { names: ['python software foundation license', 'psf license', 'psf', 'psfl'], base: 'PSF', versions: '2.0', plain: 'PSF-2.0' },
  {
    names: ['community specification license', 'community spec'],
    base: 'Community-Spec',
    versions: '1.0',
    plain: 'Community-Spec-1.0',
  },
  {
    names: ['community data license agreement permissive', 'cdla permissive'],
    base: 'CDLA-Permissive',
    versions: '1.0 2.0',
    likely: 'CDLA-Permissive-2.0',
  },
  {
    names: ['community data license agreement sharing', 'cdla sharing'],
    base: 'CDLA-Sharing',
    versions: '1.0',
    plain: 'CDLA-Sharing-1.0',
  },
  { names: ['server side public license', 'sspl', 'ssplv'], base: 'SSPL', versions: '1.0', plain: 'SSPL-1.0' },
  { names: ['elastic license'], base: 'Elastic', versions: '2.0', plain: 'Elastic-2.0' },
  { names: ['academic free license', 'afl'], base: 'AFL', versions: '1.1 1.2 2.0 2.1 3.0', likely: 'AFL-3.0' },
  { names: ['open software license', 'osl'], base: 'OSL', versions: '1.0 1.1 2.0 2.1 3.0', likely: 'OSL-3.0' },
  { names: ['microsoft public license', 'ms pl'], plain: 'MS-PL' },
  { names: ['microsoft reciprocal license', 'ms rl'], plain: 'MS-RL' },
  { names: ['zope public license', 'zpl'], base: 'ZPL', versions: '1.1 2.0 2.1', likely: 'ZPL-2.1' },
  { names: ['php license'], versions: '3.0 3.01', base: 'PHP', likely: 'PHP-3.01' },
  { names: ['postgresql license'], plain: 'PostgreSQL' },
  {
    names: [
      'university of illinois *6 open source license',
      'ncsa open source license',
      'university of illinois ncsa open source license',
      'uiuc license',
    ],
    plain: 'NCSA',
  },
  { names: ['blue oak model license', 'blueoak'], base: 'BlueOak', versions: '1.0.0', plain: 'BlueOak-1.0.0' },
  {
    names: ['mulan psl', 'mulanpsl', 'mulan permissive software license', 'mulan psl version'],
    base: 'MulanPSL',
    versions: '1.0 2.0',
    likely: 'MulanPSL-2.0',
  },
  { names: ['universal permissive license', 'upl'], base: 'UPL', versions: '1.0', plain: 'UPL-1.0' },
  { names: ['apple public source license', 'apsl'], base: 'APSL', versions: '1.0 1.1 1.2 2.0', likely: 'APSL-2.0' },
  { names: ['educational community license', 'ecl'], base: 'ECL', versions: '1.0 2.0', likely: 'ECL-2.0' },
  { names: ['q public license', 'qpl'], base: 'QPL', versions: '1.0', plain: 'QPL-1.0' },
  {
    names: ['cecill free software license agreement', 'cecill'],
    base: 'CECILL',
    versions: '1.0 1.1 2.0 2.1',
    likely: 'CECILL-2.1',
  },
  { names: ['cecill b license?'], plain: 'CECILL-B' },
  { names: ['cecill c license?'], plain: 'CECILL-C' },
  { names: ['netscape public license', 'npl'], base: 'NPL', versions: '1.0 1.1', likely: 'NPL-1.1' },
  { names: ['sleepycat license'], plain: 'Sleepycat' },
  { names: ['ruby license'], plain: 'Ruby' },
  { names: ['vim license'], plain: 'Vim' },
  { names: ['beerware license?', 'beer ware license?'], plain: 'Beerware' },
  { names: ['json license'], plain: 'JSON' },
  { names: ['upstream compatibility license', 'ucl'], base: 'UCL', versions: '1.0', likely: 'UCL-1.0' },
  {
    names: ['open data commons open database license', 'open database license', 'odbl'],
    base: 'ODbL',
    versions: '1.0',
    plain: 'ODbL-1.0',
  },
  { names: ['open data commons attribution license', 'odc by'], base: 'ODC-By', versions: '1.0', plain: 'ODC-By-1.0' },
  { names: ['open data commons public domain dedication *3 license', 'pddl'], base: 'PDDL', versions: '1.0', plain: 'PDDL-1.0' },
  { names: ['hippocratic license'], base: 'Hippocratic', versions: '2.1', likely: 'Hippocratic-2.1' },
  {
    names: ['polyform noncommercial|nc license', 'polyform noncommercial|nc'],
    base: 'PolyForm-Noncommercial',
    versions: '1.0.0',
    plain: 'PolyForm-Noncommercial-1.0.0',
  },
  {
    names: ['cern open hardware license *2 strongly reciprocal', 'cern ohl s'],
    base: 'CERN-OHL-S',
    versions: '2.0',
    plain: 'CERN-OHL-S-2.0',
  },
  {
    names: ['cern open hardware license *2 weakly reciprocal', 'cern ohl w'],
    base: 'CERN-OHL-W',
    versions: '2.0',
    plain: 'CERN-OHL-W-2.0',
  },
  {
    names: ['cern open hardware license *2 permissive', 'cern ohl p'],
    base: 'CERN-OHL-P',
    versions: '2.0',
    plain: 'CERN-OHL-P-2.0',
  },
];

/** Each name of each family. */
export const NAMES: readonly (readonly [phrase: string, family: Family])[] = [
  ...Object.entries(GNU).map(([base, row]) => [row, family(base, row, true)] as const),
  ...OTHERS.map((row) => [row, family(row.base ?? row.plain ?? '', row, false)] as const),
].flatMap(([row, made]) => row.names.map((name) => [name, made] as const));

function family(base: string, row: Row, isGnu: boolean): Family {
  const versions = new Map<string, string>();
  for (const version of row.versions?.split(' ') ?? []) {
    const id = `${base}-${version}`;
    if (!isGnu && !isLicenseId(id)) continue;
    for (const written of [version, version.replace(/\.0$/, ''), version.replace(/\.0\.0$/, '')]) versions.set(written, id);
    if (!/\.0$/.test(version)) versions.set(`${version}.0`, id);
  }
  return { name: base, isGnu, versions, plain: row.plain ?? null, likely: row.likely ?? null };
}
