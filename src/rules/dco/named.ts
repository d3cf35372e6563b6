/** What commits and people are called in sentences. */
import type { Commit, Person } from '../../facts/source.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';

/** Longer names are cut: nobody has one, and a message may be nothing else. */
const LONGEST = 100;

/** Names a commit: its short id and the first line of its message. */
export function named({ sha, message }: Pick<Commit, 'sha' | 'message'>): Words {
  const [title = ''] = message.trimStart().split(/\r?\n/, 1);
  const short = cut(title, 72);
  return short === '' ? words`Commit ${code(sha.slice(0, 7))}` : words`Commit ${code(sha.slice(0, 7))} (${quote(short)})`;
}

/** A name and an address as git writes them. */
export function identity({ name, email }: Person): Words {
  return words`${code(`${cut(name, LONGEST)} <${cut(email, LONGEST)}>`.trimStart())}`;
}

/** What somebody wrote as a name or an address. */
export function written(text: string): Words {
  return text === '' ? words`nothing` : words`${code(cut(text, LONGEST))}`;
}

/** The beginning of a text, never half a character. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text
    .slice(0, length - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`;
}
