/** What is found about a manifest that points to a license text instead of declaring a license. */
import type { NamedText } from '../../facts/packages/named-text.ts';
import { code, quote, words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';

/** Passes only where the text is there, is known, and is unaltered. */
export function pointing(path: string, written: string, named: NamedText): Finding {
  const names = words`${code(path)} names ${code(written)} as its license text`;
  if (named === 'missing') {
    return {
      outcome: 'fail',
      about: path,
      says: words`${names}, and there is no such file.`,
      fix: words`Add the file, or name the one that is there.`,
      location: { path },
    };
  }
  const reason = named === 'elsewhere' ? 'it lies where Steward does not look' : unread(named);
  if (reason !== null) {
    const says = words`${names}; what that holds is not known, because ${quote(reason)}.`;
    return { outcome: 'unknown', about: path, says, location: { path } };
  }
  return { outcome: 'pass', about: path, says: words`${code(path)} points to the license text ${code(written)}.` };
}

/** Why the text is not known; null: it is. */
function unread({ license }: Exclude<NamedText, string>): string | null {
  if (!license.known) return license.reason;
  const { altered, may, reason } = license.value;
  const [first] = altered;
  if (first) return `it is not the ${first.license} text: its words were changed`;
  return may.length === 0 ? (reason ?? 'nobody told') : null;
}
