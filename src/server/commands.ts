/** Commands in comments: lines that start with `/steward `. */
import { spokenLines } from '../facts/spoken.ts';

/** A comment with more commands than this is not a person asking for something. */
const MOST = 10;

/** The commands of a comment, in order and without `/steward `, at most 4,096 characters each; what is quoted, indented or shown is none. */
export function commands(body: unknown): readonly string[] {
  if (typeof body !== 'string') return [];
  return spokenLines(body)
    .filter((line) => line.startsWith('/steward '))
    .slice(0, MOST)
    .map((line) => line.slice('/steward '.length).trim().slice(0, 4096))
    .filter((text) => text !== '');
}
