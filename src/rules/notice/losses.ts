/** What is said about names that a contribution leaves out. */
import type { Loss, LostLine } from '../../facts/license/losses.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';

/** More findings about one file help nobody. */
const MOST = 20;
const MOST_NAMES = 5;

/** A finding for each line that is gone; one for a file that is. */
export function lossFindings({ path, isDeleted, lines }: Loss): readonly Finding[] {
  if (isDeleted) return [deleted(path, lines)];
  const told = lines.slice(0, MOST).map((line) => lost(path, line));
  return lines.length > MOST ? [...told, more(path, lines.length - MOST)] : told;
}

/** Stable: the line itself is what the finding is about. */
function lost(path: string, { text }: LostLine): Finding {
  return {
    outcome: 'fail',
    about: `${path} lost the line ${text}`,
    says: words`${code(path)} lost the line “${quote(text)}”.`,
    fix: words`Put the line back. A new holder gets a line of its own.`,
    location: { path },
  };
}

function deleted(path: string, lines: readonly LostLine[]): Finding {
  return {
    outcome: 'fail',
    about: `${path} was deleted`,
    says: words`${code(path)} was deleted; it named ${namesIn(lines)}.`,
    fix: words`Put the file back, or its lines into another file that is kept.`,
  };
}

function namesIn(lines: readonly LostLine[]): Words {
  const names = [...new Set(lines.map(({ name }) => name))];
  const all = names.slice(0, MOST_NAMES).map((name) => words`${quote(name)}`);
  const rest = names.length - all.length;
  const list = all.reduce((sentence, one) => words`${sentence}, ${one}`);
  return rest > 0 ? words`${list} and ${rest} more` : list;
}

function more(path: string, count: number): Finding {
  return {
    outcome: 'fail',
    about: `more lines are gone from ${path}`,
    says: words`${count} more lines are gone from ${code(path)}.`,
    fix: words`Put them back in the same way.`,
    location: { path },
  };
}
