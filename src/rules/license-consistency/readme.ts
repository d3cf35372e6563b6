/** What is found about one statement of the README. */
import type { Answer } from '../../facts/answer.ts';
import type { ReadmeLicense } from '../../facts/license/readme.ts';
import { code, quote, words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';
import { holding, isNamedAmong, type Held } from './compare.ts';
import { idsOf, pathsOf } from './says.ts';

/** Held against the license texts at the root. */
export function readmeFinding({ path, line, expression, by, mentions }: ReadmeLicense, held: Answer<Held>): Finding {
  const about = `${path} ${by}`;
  const location = { path, line };
  const says = words`The ${code(path)} ${by} on the license says ${code(expression)}`;
  if (!held.known) {
    return {
      outcome: 'unknown',
      about,
      says: words`${says}; whether that is so is not known, because ${quote(held.reason)}.`,
      location,
    };
  }
  if (holding(expression, held.value).length > 0) {
    return { outcome: 'pass', about, says: words`${says}, and so does the license text.` };
  }
  // Sections speak of documentation and of copies, too; only one that nowhere names the license is wrong for sure.
  if (by === 'section' && isNamedAmong([expression, ...mentions], held.value)) {
    return { outcome: 'pass', about, says: words`The ${code(path)} section on the license names ${idsOf(held.value)}.` };
  }
  return {
    outcome: 'fail',
    about,
    says: words`${says}, and the text in ${pathsOf(held.value.texts)} is ${idsOf(held.value)}.`,
    fix: by === 'badge' ? words`Change the badge to ${idsOf(held.value)}.` : words`Name ${idsOf(held.value)} in that section.`,
    location,
  };
}
