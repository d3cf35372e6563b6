/** A license text stands at the root of the repository, and it is one that the policy allows. */
import { z } from 'zod';
import { licenseFiles, type LicenseFile } from '../../facts/license/files.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import { defineRule, type Finding } from '../rule.ts';
import { isAllowed, isEntry, LONGEST_ENTRY, type Allowed } from './allowed.ts';
import { isChoice, isPartOfAnother } from './together.ts';

const options = z.strictObject({
  allow: z
    .array(
      z
        .string()
        .max(LONGEST_ENTRY)
        .refine(isEntry, 'Expected an SPDX license id, such as Apache-2.0 or MIT; all are listed at https://spdx.org/licenses.'),
    )
    .max(200)
    .default([])
    .describe('SPDX ids of the licenses that are allowed. When the list is empty, every license that Steward can identify is.')
    .meta({ tighten: 'intersection' }),
});

export const licenseFile = defineRule({
  id: 'license-file',
  on: 'repository',
  title: 'The repository carries an allowed license',
  why: `Without a license nobody may use, change or share the work, whatever was meant. GitHub shows the license that it finds in a file at the root of the repository, and so do package registries and compliance tools.

The text is compared word for word with the licenses of the [SPDX list](https://spdx.org/licenses), whatever its layout, title and holder: a changed word can change everything. Of two files such as \`LICENSE-APACHE\` and \`LICENSE-MIT\` the user may choose, so one allowed license is enough; otherwise each license file must be allowed.`,
  fix: `Put the complete, unchanged text of an allowed license into a file named \`LICENSE\` at the root of the repository. What is yours to fill in are the year and the name of the copyright holder. The texts are at [spdx.org/licenses](https://spdx.org/licenses).`,
  options,
  needs: (at) => ({ licenses: licenseFiles(at) }),
  check({ licenses }, { allow }) {
    if (licenses.length === 0) return [noLicense(allow)];
    const standings = licenses.map((file) => ({ file, allowed: standing(file, allow) }));
    const isFree = isChoice(licenses) && standings.some(({ allowed }) => allowed === 'allow');
    return standings.map(({ file, allowed }) => {
      if (isPartOfAnother(file, licenses))
        return {
          outcome: 'exempt',
          about: file.path,
          says: words`${code(file.path)} is part of the GNU Lesser General Public License beside it.`,
        };
      if (isFree && allowed !== 'allow')
        return {
          outcome: 'exempt',
          about: file.path,
          says: words`${code(file.path)} is one of several licenses to choose from, and another one is allowed.`,
        };
      return finding(file, allowed, allow);
    });
  },
  headline: (findings) =>
    findings.some(({ about, outcome }) => about === 'license' && outcome === 'fail')
      ? 'No license file'
      : 'A license that is not allowed',
});

/** All ids that the text can stand for must agree; a text that is not identified is unknown. */
function standing({ license }: LicenseFile, allow: readonly string[]): Allowed {
  if (!license.known) return 'unknown';
  const answers = new Set(license.value.map((id) => isAllowed(id, allow)));
  const [only] = answers;
  return answers.size === 1 && only ? only : 'unknown';
}

function noLicense(allow: readonly string[]): Finding {
  return {
    outcome: 'fail',
    about: 'license',
    says: words`There is no license file at the root of the repository.`,
    fix: words`Add the complete text of ${allow.length === 0 ? 'a license' : listed(allow, 'or')} as ${code('LICENSE')}.`,
    create: 'LICENSE',
  };
}

function finding({ path, oid, license }: LicenseFile, allowed: Allowed, allow: readonly string[]): Finding {
  const location = { path };
  const evidence = oid === undefined ? {} : { evidence: oid };
  if (!license.known) {
    return {
      ...{ outcome: 'unknown', about: path, ...evidence },
      says: words`Which license ${code(path)} holds is not known: ${quote(license.reason)}. It may be altered, or hold more than one license.`,
      fix: words`Compare it with the text on the SPDX list; only the year and the copyright holder should differ.`,
      location,
    };
  }
  const name = listed(license.value, 'or');
  if (allowed === 'allow') return { outcome: 'pass', about: path, says: words`${code(path)} is ${name}.` };
  if (allowed === 'deny') {
    return {
      outcome: 'fail',
      about: path,
      says: words`${code(path)} is ${name}, which is not allowed here.`,
      fix: words`Allowed: ${listed(allow, 'or')}. Changing a license needs the consent of those who hold the copyright.`,
      location,
    };
  }
  return {
    outcome: 'unknown',
    about: path,
    says: words`${code(path)} is the text of ${listed(license.value, 'and of')}, and not each of them is allowed. The text alone does not tell which one is meant.`,
    fix: words`Whoever keeps the policy can list ${code(license.value[0] ?? '')}, which covers them all.`,
    location,
  };
}

/** Ids in words, at most twelve of them. */
function listed(ids: readonly string[], conjunction: string): Words {
  const shown = ids.slice(0, 12);
  const rest = ids.length - shown.length;
  const all = shown.map((id) => words`${code(id)}`).concat(rest > 0 ? [words`${rest} others`] : []);
  return all.reduce((sentence, one, index) =>
    index === all.length - 1 ? words`${sentence} ${conjunction} ${one}` : words`${sentence}, ${one}`,
  );
}
