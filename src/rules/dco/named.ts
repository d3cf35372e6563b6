/** What commits and people are called in sentences. */
import type { Commit, Person } from '../../facts/source.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';

/** Names a commit: its short id and the first line of its message. */
export function named({ sha, message }: Pick<Commit, 'sha' | 'message'>): Words {
  const [title = ''] = message.trimStart().split(/\r?\n/, 1);
  const short =
    title.length > 72
      ? `${title
          .slice(0, 71)
          .toWellFormed()
          .replace(/\ufffd$/, '')}…`
      : title;
  return short === '' ? words`Commit ${code(sha.slice(0, 7))}` : words`Commit ${code(sha.slice(0, 7))} (${quote(short)})`;
}

/** A name and an address as git writes them. */
export function identity({ name, email }: Person): Words {
  return words`${code(`${name} <${email}>`)}`;
}
