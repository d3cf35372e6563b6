/** Commands in comments: lines that start with `/steward `. */

/** GitHub's own limit for a comment. */
const BODY = 65_536;
/** A comment with more commands than this is not a person asking for something. */
const MOST = 10;

/** The commands of a comment, in order and without `/steward `, at most 4,096 characters each; quoted or indented lines are none. */
export function commands(body: unknown): readonly string[] {
  if (typeof body !== 'string') return [];
  return body
    .slice(0, BODY)
    .split(/\r?\n/)
    .filter((line) => line.startsWith('/steward '))
    .slice(0, MOST)
    .map((line) => line.slice('/steward '.length).trim().slice(0, 4096))
    .filter((text) => text !== '');
}
