/** Each license file with where it stands by the policy, and whether the text of its license is there. */
import type { LicenseFile } from '../../facts/license/files.ts';
import { readExpression } from '../../facts/spdx/expression.ts';
import { licensesIn } from '../../facts/spdx/walk.ts';
import type { Standing } from '../licensing/decide.ts';
import { standingOf } from '../licensing/standing.ts';
import type { Terms } from '../licensing/terms.ts';

export interface Judged {
  readonly file: LicenseFile;
  readonly standing: Standing;
  /** Where the name stands that an altered text gives itself. */
  readonly ownStanding: Standing;
  /** It says what applies, and the text of every license that it names stands in a file beside it. */
  readonly isExplanation: boolean;
  /** The text of its license stands there, or beside it. */
  readonly isWhole: boolean;
}

export function judge(files: readonly LicenseFile[], terms: Terms): readonly Judged[] {
  return files.map((file) => {
    const isNamed = file.license.known && file.license.value.isOnlyNamed === true;
    const isExplanation = isNamed && isExplained(file, files);
    const ownName = file.license.known ? file.license.value.ownName : undefined;
    return {
      file,
      standing: standingOfFile(file, terms),
      ownStanding: ownName === undefined ? 'unknown' : standingOf(ownName, terms),
      isExplanation,
      isWhole: !isNamed || isExplanation,
    };
  });
}

/** All readings of the text must agree; a text that is not identified is unknown. */
function standingOfFile({ license }: LicenseFile, terms: Terms): Standing {
  if (!license.known) return 'unknown';
  const answers = new Set(license.value.may.map((expression) => standingOf(expression, terms)));
  const [only] = answers;
  return answers.size === 1 && only !== undefined ? only : 'unknown';
}

/** As a file COPYING that says "Unlicense OR MIT" beside UNLICENSE and LICENSE-MIT. */
function isExplained(file: LicenseFile, files: readonly LicenseFile[]): boolean {
  const beside = new Set(files.filter(holdsText).flatMap(idsIn));
  const wanted = idsIn(file);
  return wanted.length > 0 && wanted.every((id) => beside.has(id));
}

function holdsText({ license }: LicenseFile): boolean {
  return license.known && license.value.isOnlyNamed !== true;
}

function idsIn({ license }: LicenseFile): readonly string[] {
  if (!license.known) return [];
  return license.value.may.flatMap((expression) => {
    const read = readExpression(expression);
    return read.known ? licensesIn(read.value).map(({ id }) => id) : [];
  });
}
