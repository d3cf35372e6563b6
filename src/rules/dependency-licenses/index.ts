/** What a contribution adds to the dependencies is under licenses that the policy allows. */
import { z } from 'zod';
import { now } from '../../facts/remembered.ts';
import { licensedPackages } from '../../facts/packages/licensed.ts';
import { words } from '../../facts/words.ts';
import { exceptionRemarks, exceptionsShape } from '../licensing/exceptions.ts';
import { termsRemarks } from '../licensing/remarks.ts';
import { termsForUsage, termsShape, usagesShape } from '../licensing/terms.ts';
import { defineRule, type Finding } from '../rule.ts';
import { findingsOnFiles } from './files.ts';
import { judgePackage } from './judge.ts';
import { findingsOn } from './says.ts';

const options = z.strictObject({
  ...termsShape,
  ...usagesShape,
  ...exceptionsShape,
  unknown: z
    .enum(['pass', 'unknown', 'fail'])
    .default('unknown')
    .describe(
      'What follows where the license of a package is not known: `pass` tells it and holds nothing against the contribution, `unknown` leaves it open, `fail` fails.',
    )
    .meta({ tighten: 'later' }),
  registries: z
    .enum(['always', 'public', 'never'])
    .default('public')
    .describe(
      'Whether the registries of packages are asked for licenses: `public`: only about packages of public repositories, so that no name known from a private repository alone leaves Steward, `always`, or `never`.',
    )
    .meta({ tighten: 'later' }),
  confirm: z
    .boolean()
    .default(false)
    .describe(
      'Whether registries have to confirm what lock files say: the contributor writes the lock file. When false, a lock file is only held against what is known already, which costs no time.',
    )
    .meta({ tighten: 'only-true' }),
});

export const dependencyLicenses = defineRule({
  id: 'dependency-licenses',
  on: 'contribution',
  title: 'Every dependency that is added has an allowed license',
  why: `What a dependency asks of those who use it, the product asks of its users too. It is found in time when the dependency is added; later it has to be replaced.

Only what the contribution adds or changes is looked at: packages in lock files of npm, pnpm, Yarn, bun, Cargo, Poetry, uv, Gradle, Stack, Aiken and Nix, else those that manifests name, like the \`build-depends\` of a Cabal file. What was there before under the same license is held against nobody, in no version. The license is taken from the lock file where it states one for a package of the public registry, else from GitHub's dependency graph or the package's registry, else from its license text, and it is said which. What cannot be found out is said to be unknown.`,
  fix: `Use a package that does the same under an allowed license, or ask whoever keeps the policy for an exception: it names the package, the license it is for, a reason and a last day.`,
  options,
  needs: (_, { registries, confirm }) => ({ added: licensedPackages(registries, confirm), at: now() }),
  check({ added, at }, chosen) {
    const time = new Date(at);
    const judged = added.packages.map((one) => judgePackage(one, chosen, time));
    const findings = [...findingsOnFiles(added), ...findingsOn(judged, chosen)];
    return findings.length > 0 ? findings : [nothingAdded()];
  },
  remarks: (chosen, time) => [
    ...termsRemarks(chosen),
    ...Object.keys(chosen.usages).flatMap((usage) => termsRemarks(termsForUsage(chosen, usage as keyof typeof chosen.usages))),
    ...exceptionRemarks(chosen.exceptions, time),
  ],
  headline: (findings) => {
    const failing = findings.filter(({ outcome }) => outcome === 'fail').length;
    return failing === 1 ? 'A dependency needs another license' : `${failing} dependencies need another license`;
  },
});

function nothingAdded(): Finding {
  return { outcome: 'exempt', about: 'dependencies', says: words`No dependency is added or changed.` };
}
