/** What is said of changed files that name packages, beside the packages themselves: what could not be read, and what was left alone. */
import type { Licensed } from '../../facts/packages/licensed.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';

/** So many are told one by one; the rest is counted. */
const MOST = 10;

export function findingsOnFiles({ unread, unnamed, left, moved }: Omit<Licensed, 'packages'>): readonly Finding[] {
  const open = [...Map.groupBy(unnamed, ({ path }) => path)];
  return [
    ...unread.slice(0, MOST).map(({ path, reason }) => unreadFile(path, reason)),
    ...moreFiles(unread.length - MOST),
    ...open.slice(0, MOST).map(([path, parts]) => namesMore(path, parts)),
    ...moreFiles(open.length - MOST),
    ...leftAlone(left),
    ...moved.slice(0, MOST).map(anotherTime),
  ];
}

function unreadFile(path: string, reason: string): Finding {
  return {
    outcome: 'unknown',
    about: cut(path),
    says: words`Which packages ${code(cut(path))} names is not known: ${quote(reason)}.`,
    fix: words`Let the tool that made the file write it anew.`,
    location: { path },
  };
}

/** Includes, other indexes, names that are none: the file can be read, and does not tell all that it brings. */
function namesMore(path: string, parts: Licensed['unnamed']): Finding {
  const told = parts.slice(0, MOST).map(({ line, what }) => words`${line === null ? '' : `line ${line} `}${quote(cut(what))}`);
  const list = told.reduce<Words>((sentence, one, index) => (index === 0 ? one : words`${sentence}; ${one}`), words``);
  const rest = parts.length > MOST ? words`; and ${parts.length - MOST} more` : words``;
  const line = parts[0]?.line ?? null;
  return {
    outcome: 'unknown',
    about: cut(path),
    says: words`Which packages ${code(cut(path))} brings is not known as a whole: ${list}${rest}.`,
    fix: words`Name the packages themselves, or commit a lock file that does.`,
    location: { path, ...(line === null ? {} : { line }) },
  };
}

function moreFiles(count: number): readonly Finding[] {
  if (count <= 0) return [];
  return [
    { outcome: 'unknown', about: 'more files', says: words`Of ${count} more files it is not known which packages they name.` },
  ];
}

function leftAlone(left: readonly string[]): readonly Finding[] {
  const [path] = left;
  if (path === undefined) return [];
  const says =
    left.length === 1
      ? words`One file that names packages lies in a folder of copies and is not looked at: ${code(cut(path))}.`
      : words`${left.length} files that name packages lie in folders of copies and are not looked at, such as ${code(cut(path))}.`;
  return [{ outcome: 'exempt', about: 'folders of copies', says }];
}

function anotherTime({ path, from, to }: Licensed['moved'][number]): Finding {
  const [before, after] = [from, to].map((time) => (time === '' ? words`no fixed time` : words`${code(cut(time))}`));
  return {
    outcome: 'exempt',
    about: cut(path),
    says: words`${code(cut(path))} looks at its package repositories up to another time, ${after ?? ''} instead of ${before ?? ''}, so dependencies may be built in other versions; they are not judged again.`,
    location: { path },
  };
}

function cut(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 199).toWellFormed()}…`;
}
