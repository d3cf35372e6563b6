/** What is found about one statement of the README. */
import type { Answer } from '../../facts/answer.ts';
import type { ReadmeLicense } from '../../facts/license/readme.ts';
import { code, quote, words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';
import { isHeld, type Held } from './compare.ts';

/** Held against the license texts at the root. */
export function readmeFinding({ path, line, expression, by }: ReadmeLicense, held: Answer<Held>): Finding {
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
  if (isHeld(expression, held.value)) return { outcome: 'pass', about, says: words`${says}, and so does the license text.` };
  const [first = ''] = held.value.names;
  return {
    outcome: 'fail',
    about,
    says: words`${says}, and the text in ${code(held.value.paths[0] ?? '')} is ${code(first)}.`,
    fix: words`Let the ${by} name what the license text holds.`,
    location,
  };
}
