/** License files that ask nothing of their own beside another one. */
import { isChoice, isNamedAfterLicense, isPartOfAnother } from '../../facts/license/together.ts';
import { code, words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';
import type { Judged } from './judged.ts';
import { isMain, isOfPart } from './names.ts';
import { listed } from '../licensing/listed.ts';

/** Null: the file is held to the policy like any other. */
export function spared(judged: Judged, all: readonly Judged[]): Finding | null {
  const { file, standing } = judged;
  const { path: about } = file;
  const files = all.map((one) => one.file);
  if (isPartOfAnother(file, files)) {
    const says = words`${code(about)} is part of the GNU Lesser General Public License beside it.`;
    return { outcome: 'exempt', about, says };
  }
  if (standing === 'allow') return null;
  if (isOffered(judged, all)) {
    const says = words`${code(about)} is one of several licenses to choose from, and another one is allowed.`;
    return { outcome: 'exempt', about, says };
  }
  if (!file.license.known || !isForParts(judged, all)) return null;
  return {
    outcome: 'exempt',
    about,
    says: words`${code(about)} is ${listed(file.license.value.may, 'or')}; it holds for parts.`,
  };
}

/** A file that explains the choice takes no part in it. */
function isOffered({ isExplanation }: Judged, all: readonly Judged[]): boolean {
  const offered = all.filter((one) => !one.isExplanation);
  const isFree = [all, offered].some((some) => isChoice(some.map(({ file }) => file)));
  return !isExplanation && isFree && offered.some(isRight);
}

/** Allowed, and its text is there and unaltered: an altered text is allowed by no reading. */
function isRight({ standing, isWhole }: Judged): boolean {
  return standing === 'allow' && isWhole;
}

/**
 * A text that is known and unaltered, in a file named after something else than its license, beside a plain LICENSE. It hides
 * nothing: every plain file must be right by itself, and what is not identified or was altered is still held to the policy.
 */
function isForParts({ file }: Judged, all: readonly Judged[]): boolean {
  if (!file.license.known || file.license.value.may.length === 0) return false;
  const main = all.filter((one) => isMain(one.file.path));
  return !isMain(file.path) && isOfPart(file.path) && !isNamedAfterLicense(file) && main.length > 0 && main.every(isRight);
}
