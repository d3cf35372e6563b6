/** A license text stands at the root of the repository, unaltered, and it is one that the policy allows. */
import { z } from 'zod';
import { licenseFiles } from '../../facts/license/files.ts';
import { plain } from '../../facts/words.ts';
import { termsRemarks } from '../licensing/remarks.ts';
import { kindsShape, termsFor, termsShape } from '../licensing/terms.ts';
import { defineRule } from '../rule.ts';
import { isOfChanges } from './altered.ts';
import { judge } from './judged.ts';
import { finding, noLicense } from './says.ts';
import { spared } from './spared.ts';

const options = z.strictObject({ ...termsShape, ...kindsShape });

export const licenseFile = defineRule({
  id: 'license-file',
  on: 'repository',
  title: 'The repository carries an allowed license, unaltered',
  why: `Without a license nobody may use, change or share the work, whatever was meant. GitHub shows the license that it finds in a file at the root of the repository, and so do package registries and compliance tools.

The text is compared with the licenses of the [SPDX list](https://spdx.org/licenses), whatever its layout, title and holder. Where words were changed that can change the terms, it is another license, which nobody has examined: Steward shows the words. A file that only says which license applies grants it without its terms: the text itself has to be there, or in a file beside it.

Of two files such as \`LICENSE-APACHE\` and \`LICENSE-MIT\` the user may choose, so one allowed license is enough. A file such as \`LICENSE-docs\` beside a plain \`LICENSE\` that is allowed holds for parts, and is told. Otherwise each license file must be allowed.`,
  fix: `Put the complete, unchanged text of an allowed license into a file named \`LICENSE\` at the root of the repository. What is yours to fill in are the year and the name of the copyright holder. The texts are at [spdx.org/licenses](https://spdx.org/licenses).`,
  options,
  needs: (at) => ({ licenses: licenseFiles(at) }),
  check({ licenses }, chosen) {
    const terms = termsFor(chosen, chosen.kind);
    if (licenses.length === 0) return [noLicense(terms)];
    const judged = judge(licenses, terms);
    return judged.map((one) => spared(one, judged) ?? finding(one, terms));
  },
  remarks: (chosen) => termsRemarks(termsFor(chosen, chosen.kind)),
  headline: (findings) => {
    const failing = findings.filter(({ outcome }) => outcome === 'fail');
    if (failing.some(({ about }) => about === 'license')) return 'No license file';
    const all = (marks: (says: string) => boolean): boolean => failing.every(({ says }) => marks(plain(says)));
    if (all(isOfChanges)) return 'The license text was altered';
    if (all((says) => / only says that /.test(says))) return 'The license text is missing';
    return all((says) => / is a link that /.test(says))
      ? 'The license file is a link to nothing'
      : 'A license that is not allowed';
  },
});
