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
    ...changes,
  };
}

function those(...packages: readonly LicensedPackage[]): { readonly added: Licensed; readonly at: string } {
  return { added: { packages, unread: [] }, at: AT };
}

const PLACE = { path: 'package-lock.json', line: 12 };
const PERMISSIVE = { allow: ['category:permissive'] };
const INSTEAD = (url: string): string =>
  `Use a package that does the same under an allowed license, or ask whoever keeps the policy to except ${url}.`;
const LOOK = (url: string): string =>
  `Look its license up. If it is allowed, whoever keeps the policy can except ${url} for that license.`;

export const examples = examplesOf(dependencyLicenses, [
  {
    name: 'what is allowed is told in one sentence, however many packages there are',
    facts: those(aPackage('left-pad', stated('MIT')), aPackage('right-pad', stated('MIT')), aPackage('mid-pad', stated('ISC'))),
    options: PERMISSIVE,
    findings: [
      { outcome: 'pass', about: 'dependencies', says: '3 dependencies are added or changed and allowed: 2 × MIT, 1 × ISC.' },
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
        says: 'One dependency is added or changed, and it is allowed: GPL-3.0-only OR MIT.',
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
        says: 'lens-family ^>=2.1 (Haskell) under MPL-2.0, as its registry says, has to be looked at before it is added. MPL-2.0 is to be reviewed, as category:weak-copyleft says.',
        fix: 'Ask whoever keeps the policy. If it is fine they except pkg:hackage/lens-family for MPL-2.0, with a reason.',
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
        says: 'One dependency is added or changed, and it is allowed: GPL-3.0-only.',
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
    facts: { added: { packages: [], unread: [{ path: 'Cargo.lock', reason: 'line 3 is not TOML' }] }, at: AT },
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
    name: 'a contribution that adds no dependency has nothing to answer for',
    facts: those(),
    findings: [{ outcome: 'exempt', about: 'dependencies', says: 'No dependency is added or changed.' }],
  },
]);
