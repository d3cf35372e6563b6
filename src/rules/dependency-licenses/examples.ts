/** Cases of the dependency rule: its test, its documentation and its samples. */
import { known, unknown, type Answer } from '../../facts/answer.ts';
import type { PackageLicense } from '../../facts/packages/package.ts';
import type { Licensed, LicensedPackage } from '../../facts/packages/licensed.ts';
import { examplesOf } from '../rule.ts';
import { dependencyLicenses } from './index.ts';

const AT = '2026-03-10T12:00:00Z';

function stated(expression: string): Answer<PackageLicense> {
  return known({ declared: expression, expression, source: 'lock file', url: null });
}

function aPackage(name: string, licensed: Answer<PackageLicense>, changes: Partial<LicensedPackage> = {}): LicensedPackage {
  return {
    ecosystem: 'npm',
    name,
    version: '1.3.0',
    constraint: null,
    origin: { kind: 'registry', registry: null },
    usage: 'runtime',
    isDirect: true,
    license: null,
    line: 12,
    path: 'package-lock.json',
    packageUrl: `pkg:npm/${name}@1.3.0`,
    licensed,
    otherwise: null,
    before: null,
    ...changes,
  };
}

function those(...packages: readonly LicensedPackage[]): { readonly added: Licensed; readonly at: string } {
  return { added: { packages, ...NOTHING }, at: AT };
}

const NOTHING = { unread: [], unnamed: [], left: [], moved: [] } as const;

const PLACE = { path: 'package-lock.json', line: 12 };
const CHAP = 'https://chap.intersectmbo.org/';
const PERMISSIVE = { allow: ['category:permissive'] };
const INSTEAD = (url: string): string =>
  `Use a package that does the same under an allowed license, or ask whoever keeps the policy to add an exception for ${url}.`;
const LOOK = (url: string): string =>
  `Look its license up. If it is allowed, whoever keeps the policy can add an exception for ${url} under that license.`;

export const examples = examplesOf(dependencyLicenses, [
  {
    name: 'what is allowed is told in one sentence, however many packages there are',
    facts: those(aPackage('left-pad', stated('MIT')), aPackage('right-pad', stated('MIT')), aPackage('mid-pad', stated('ISC'))),
    options: PERMISSIVE,
    findings: [
      {
        outcome: 'pass',
        about: 'dependencies',
        says: '3 dependencies are added or changed and allowed, as their lock file says: 2 × MIT, 1 × ISC.',
      },
    ],
  },
  {
    name: 'a package under a license that is not allowed fails, with where it is named and where its license is stated',
    facts: those(aPackage('left-pad', stated('GPL-3.0-only'), { isDirect: false })),
    options: PERMISSIVE,
    findings: [
      {
        outcome: 'fail',
        about: 'left-pad 1.3.0 (npm) under GPL-3.0-only',
        says: 'left-pad 1.3.0 (npm) under GPL-3.0-only, as its lock file says, is not allowed here. Another dependency brings it. GPL-3.0-only is not among the allowed licenses.',
        isLasting: true,
        fix: INSTEAD('pkg:npm/left-pad@1.3.0'),
        location: PLACE,
      },
    ],
  },
  {
    name: 'of a choice the allowed license is taken',
    facts: those(aPackage('left-pad', stated('GPL-3.0-only OR MIT'))),
    options: PERMISSIVE,
    findings: [
      {
        outcome: 'pass',
        about: 'dependencies',
        says: 'One dependency is added or changed, and it is allowed, as its lock file says: GPL-3.0-only OR MIT.',
      },
    ],
  },
  {
    name: 'a license to be reviewed is not denied, and not passed over either',
    facts: those(
      aPackage(
        'lens-family',
        known({
          declared: 'MPL-2.0',
          expression: 'MPL-2.0',
          source: 'registry',
          url: 'https://hackage.haskell.org/package/lens-family',
        }),
        {
          ecosystem: 'hackage',
          version: null,
          constraint: '^>=2.1',
          path: 'widget.cabal',
          packageUrl: 'pkg:hackage/lens-family',
        },
      ),
    ),
    options: { ...PERMISSIVE, review: ['category:weak-copyleft'] },
    findings: [
      {
        outcome: 'fail',
        about: 'lens-family ^>=2.1 (Haskell) under MPL-2.0',
        isLasting: true,
        says: 'lens-family ^>=2.1 (Haskell) under MPL-2.0, as its registry says, needs approval first. MPL-2.0 is to be reviewed, as category:weak-copyleft says.',
        fix: 'Ask whoever keeps the policy. If it is fine they can add an exception for pkg:hackage/lens-family under MPL-2.0, with a reason.',
        location: { path: 'widget.cabal', line: 12 },
      },
    ],
  },
  {
    name: 'what only builds and tests can be held to other lists',
    facts: those(aPackage('left-pad', stated('GPL-3.0-only'), { usage: 'development' })),
    options: { ...PERMISSIVE, usages: { development: { allow: [] } } },
    findings: [
      {
        outcome: 'pass',
        about: 'dependencies',
        says: 'One dependency is added or changed, and it is allowed, as its lock file says: GPL-3.0-only.',
      },
    ],
  },
  {
    name: 'a license that is not known is unknown, with the reason',
    facts: those(aPackage('left-pad', unknown('registry.npmjs.org did not answer'))),
    options: PERMISSIVE,
    findings: [
      {
        outcome: 'unknown',
        about: 'left-pad 1.3.0 (npm)',
        isLasting: true,
        says: 'Whether left-pad 1.3.0 (npm) is allowed is not known: registry.npmjs.org did not answer.',
        fix: LOOK('pkg:npm/left-pad@1.3.0'),
        location: PLACE,
      },
    ],
  },
  {
    name: 'a policy can fail what is not known',
    facts: those(aPackage('left-pad', known({ declared: 'BSD-like', expression: null, source: 'registry', url: null }))),
    options: { ...PERMISSIVE, unknown: 'fail' },
    findings: [
      {
        outcome: 'fail',
        about: 'left-pad 1.3.0 (npm)',
        isLasting: true,
        says: 'Whether left-pad 1.3.0 (npm) is allowed is not known: what is stated is no SPDX expression (BSD-like).',
        fix: LOOK('pkg:npm/left-pad@1.3.0'),
        location: PLACE,
      },
    ],
  },
  {
    name: 'a policy can let pass what is not known, and it is still told',
    facts: those(aPackage('left-pad', known({ declared: null, expression: null, source: 'registry', url: null }))),
    options: { ...PERMISSIVE, unknown: 'pass' },
    findings: [
      {
        outcome: 'exempt',
        about: 'left-pad 1.3.0 (npm)',
        isLasting: true,
        says: 'Whether left-pad 1.3.0 (npm) is allowed is not known: nobody states its license.',
        fix: LOOK('pkg:npm/left-pad@1.3.0'),
        location: PLACE,
      },
    ],
  },
  {
    name: 'an excepted package passes with its reason, who decided it and until when',
    facts: those(aPackage('left-pad', stated('GPL-3.0-only'))),
    options: {
      ...PERMISSIVE,
      exceptions: [
        {
          package: 'pkg:npm/left-pad@1.*',
          license: 'GPL-3.0-only',
          reason: 'Only run at build time.',
          approver: 'the office',
          until: '2026-12-31',
        },
      ],
    },
    findings: [
      {
        outcome: 'exempt',
        about: 'left-pad 1.3.0 (npm)',
        says: 'left-pad 1.3.0 (npm), whose license is GPL-3.0-only, is excepted by the office until 2026-12-31: Only run at build time.',
        location: PLACE,
      },
    ],
  },
  {
    name: 'an exception of Hackage packages is for those of CHaP, too',
    facts: those(
      aPackage('cardano-api', stated('GPL-3.0-only'), {
        ecosystem: 'hackage',
        version: null,
        path: 'widget.cabal',
        origin: { kind: 'registry', registry: CHAP },
        packageUrl: `pkg:hackage/cardano-api?repository_url=${encodeURIComponent(CHAP)}`,
      }),
    ),
    options: { ...PERMISSIVE, exceptions: [{ package: 'pkg:hackage/cardano-*', reason: 'Our own.' }] },
    findings: [
      {
        outcome: 'exempt',
        about: 'cardano-api (Haskell)',
        says: 'cardano-api (Haskell), whose license is GPL-3.0-only, is excepted: Our own.',
        location: { path: 'widget.cabal', line: 12 },
      },
    ],
  },
  {
    name: 'an exception that has ended excepts nothing, and says so',
    facts: those(aPackage('left-pad', stated('GPL-3.0-only'))),
    options: { ...PERMISSIVE, exceptions: [{ package: 'pkg:npm/left-pad', reason: 'For the demo.', until: '2026-01-31' }] },
    findings: [
      {
        outcome: 'fail',
        about: 'left-pad 1.3.0 (npm) under GPL-3.0-only',
        isLasting: true,
        says: 'left-pad 1.3.0 (npm) under GPL-3.0-only, as its lock file says, is not allowed here. GPL-3.0-only is not among the allowed licenses. The exception pkg:npm/left-pad has ended.',
        fix: INSTEAD('pkg:npm/left-pad@1.3.0'),
        location: PLACE,
      },
    ],
  },
  {
    name: 'a lock file that cannot be read is not known',
    facts: { added: { packages: [], ...NOTHING, unread: [{ path: 'Cargo.lock', reason: 'line 3 is not TOML' }] }, at: AT },
    findings: [
      {
        outcome: 'unknown',
        about: 'Cargo.lock',
        says: 'Which packages Cargo.lock names is not known: line 3 is not TOML.',
        fix: 'Let the tool that made the file write it anew.',
        location: { path: 'Cargo.lock' },
      },
    ],
  },
  {
    name: 'a lock file that says otherwise than what is known of the registry decides nothing',
    facts: those(
      aPackage('left-pad', stated('MIT'), {
        otherwise: { declared: 'GPL-3.0-only', expression: 'GPL-3.0-only', source: 'registry', url: null },
      }),
    ),
    options: PERMISSIVE,
    findings: [
      {
        outcome: 'fail',
        about: 'left-pad 1.3.0 (npm) under MIT or GPL-3.0-only',
        isLasting: true,
        says: 'left-pad 1.3.0 (npm) under MIT or GPL-3.0-only is not confirmed: its lock file says MIT, its registry GPL-3.0-only.',
        fix: 'Let the tool that made the lock file write it anew. If it still says the same, look the license up, and ask whoever keeps the policy to add an exception for pkg:npm/left-pad@1.3.0.',
        location: PLACE,
      },
    ],
  },
  {
    name: 'what both say matters only where one of the two is not allowed',
    facts: those(
      aPackage('left-pad', stated('MIT'), {
        otherwise: { declared: 'ISC', expression: 'ISC', source: 'registry', url: null },
      }),
    ),
    options: PERMISSIVE,
    findings: [
      {
        outcome: 'pass',
        about: 'dependencies',
        says: 'One dependency is added or changed, and it is allowed, as its lock file says: MIT.',
      },
    ],
  },
  {
    name: 'another version of what was there before under the same license is held against nobody',
    facts: those(aPackage('left-pad', stated('GPL-3.0-only'), { before: { version: '1.2.0', expression: 'GPL-3.0-only' } })),
    options: PERMISSIVE,
    findings: [
      {
        outcome: 'exempt',
        about: 'left-pad 1.3.0 (npm)',
        says: 'left-pad 1.3.0 (npm) under GPL-3.0-only was there before under the same license (1.2.0 → 1.3.0).',
        location: PLACE,
      },
    ],
  },
  {
    name: 'what its author lets nobody use is said so',
    facts: those(aPackage('left-pad', known({ declared: 'UNLICENSED', expression: 'NONE', source: 'lock file', url: null }))),
    options: PERMISSIVE,
    findings: [
      {
        outcome: 'fail',
        about: 'left-pad 1.3.0 (npm) may not be used by anybody',
        isLasting: true,
        says: 'left-pad 1.3.0 (npm) may not be used by anybody: its lock file says UNLICENSED.',
        fix: INSTEAD('pkg:npm/left-pad@1.3.0'),
        location: PLACE,
      },
    ],
  },
  {
    name: 'what a file brings without naming it is not known',
    facts: {
      added: {
        packages: [],
        ...NOTHING,
        unnamed: [{ path: 'requirements.txt', line: 3, what: 'includes "hidden.lst", which is not looked into' }],
      },
      at: AT,
    },
    findings: [
      {
        outcome: 'unknown',
        about: 'requirements.txt',
        says: 'Which packages requirements.txt brings is not known as a whole: line 3 includes "hidden.lst", which is not looked into.',
        fix: 'Name the packages themselves, or commit a lock file that does.',
        location: { path: 'requirements.txt', line: 3 },
      },
    ],
  },
  {
    name: 'copies of other projects are left alone, and that is told',
    facts: { added: { packages: [], ...NOTHING, left: ['vendor/a/go.mod', 'vendor/b/go.mod'] }, at: AT },
    findings: [
      {
        outcome: 'exempt',
        about: 'folders of copies',
        says: '2 files that name packages lie in folders of copies and are not looked at, such as vendor/a/go.mod.',
      },
    ],
  },
  {
    name: 'a Cabal project that looks at Hackage up to another time may build other versions, and that is told',
    facts: {
      added: {
        packages: [],
        ...NOTHING,
        moved: [{ path: 'cabal.project', from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }],
      },
      at: AT,
    },
    findings: [
      {
        outcome: 'exempt',
        about: 'cabal.project',
        says: 'cabal.project looks at its package repositories up to another time, 2026-02-01T00:00:00Z instead of 2026-01-01T00:00:00Z, so dependencies may be built in other versions; they are not judged again.',
        location: { path: 'cabal.project' },
      },
    ],
  },
  {
    name: 'a contribution that adds no dependency has nothing to answer for',
    facts: those(),
    findings: [{ outcome: 'exempt', about: 'dependencies', says: 'No dependency is added or changed.' }],
  },
]);
