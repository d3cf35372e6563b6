/** Ids and paths in a sentence. */
import { code, words, type Words } from '../../facts/words.ts';

/** More names than these are counted. */
const MOST = 12;

/** `A`, `B` and `C`; at most twelve of them. */
export function listed(names: readonly string[], conjunction: string): Words {
  const shown = names.slice(0, MOST);
  const rest = names.length - shown.length;
  const all = shown.map((name) => words`${code(name)}`).concat(rest > 0 ? [words`${rest} others`] : []);
  return all.reduce<Words>(
    (sentence, one, index) =>
      index === 0 ? one : index === all.length - 1 ? words`${sentence} ${conjunction} ${one}` : words`${sentence}, ${one}`,
    words``,
  );
}
