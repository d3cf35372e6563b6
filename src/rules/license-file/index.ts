/** A license text stands at the root of the repository, unaltered, and it is one that the policy allows. */
import { z } from 'zod';
import { licenseFiles, type LicenseFile } from '../../facts/license/files.ts';
import { isChoice, isPartOfAnother } from '../../facts/license/together.ts';
import { code, plain, words } from '../../facts/words.ts';
import type { Standing } from '../licensing/decide.ts';
import { termsRemarks } from '../licensing/remarks.ts';
import { standingOf } from '../licensing/standing.ts';
import { kindsShape, termsFor, termsShape, type Terms } from '../licensing/terms.ts';
import { defineRule, type Finding } from '../rule.ts';
import { finding, noLicense } from './says.ts';

const options = z.strictObject({ ...termsShape, ...kindsShape });

export const licenseFile = defineRule({
  id: 'license-file',
  on: 'repository',
  title: 'The repository carries an allowed license, unaltered',
  why: `Without a license nobody may use, change or share the work, whatever was meant. GitHub shows the license that it finds in a file at the root of the repository, and so do package registries and compliance tools.

The text is compared with the licenses of the [SPDX list](https://spdx.org/licenses), whatever its layout, title and holder. Where words were changed that can change the terms, it is another license, which nobody has examined: Steward shows the words. Of two files such as \`LICENSE-APACHE\` and \`LICENSE-MIT\` the user may choose, so one allowed license is enough; otherwise each license file must be allowed.`,
  fix: `Put the complete, unchanged text of an allowed license into a file named \`LICENSE\` at the root of the repository. What is yours to fill in are the year and the name of the copyright holder. The texts are at [spdx.org/licenses](https://spdx.org/licenses).`,
  options,
  needs: (at) => ({ licenses: licenseFiles(at) }),
  check({ licenses }, chosen) {
    const terms = termsFor(chosen, chosen.kind);
    if (licenses.length === 0) return [noLicense(terms)];
    const standings = licenses.map((file) => ({ file, standing: standingOfFile(file, terms) }));
    const isFree = isChoice(licenses) && standings.some(({ standing }) => standing === 'allow');
    return standings.map(({ file, standing }) => spared(file, standing, licenses, isFree) ?? finding(file, standing, terms));
  },
  remarks: (chosen) => termsRemarks(termsFor(chosen, chosen.kind)),
  headline: (findings) => {
    const failing = findings.filter(({ outcome }) => outcome === 'fail');
    if (failing.some(({ about }) => about === 'license')) return 'No license file';
    return failing.every(({ says }) => plain(says).includes(' is an altered '))
      ? 'The license text was altered'
      : 'A license that is not allowed';
  },
});

/** All readings of the text must agree; a text that is not identified is unknown. */
function standingOfFile({ license }: LicenseFile, terms: Terms): Standing {
  if (!license.known) return 'unknown';
  const answers = new Set(license.value.may.map((expression) => standingOf(expression, terms)));
  const [only] = answers;
  return answers.size === 1 && only !== undefined ? only : 'unknown';
}

/** A file that asks nothing of its own; null: it does. */
function spared(file: LicenseFile, standing: Standing, files: readonly LicenseFile[], isFree: boolean): Finding | null {
  const { path: about } = file;
  if (isPartOfAnother(file, files)) {
    const says = words`${code(about)} is part of the GNU Lesser General Public License beside it.`;
    return { outcome: 'exempt', about, says };
  }
  if (!isFree || standing === 'allow') return null;
  const says = words`${code(about)} is one of several licenses to choose from, and another one is allowed.`;
  return { outcome: 'exempt', about, says };
}
