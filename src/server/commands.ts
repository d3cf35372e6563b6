/** Commands in comments: lines that start with `/steward `. */

export interface Command {
  /** The line after `/steward `, at most 4,096 characters. */
  readonly text: string;
  /** Asks to look again; every other command is only kept. */
  readonly isRecheck: boolean;
}

/** GitHub's own limit for a comment. */
const BODY = 65_536;
/** A comment with more commands than this is not a person asking for something. */
const MOST = 10;

/** The commands of a comment, in order; text that is quoted or indented is not a command. */
export function commands(body: unknown): readonly Command[] {
  if (typeof body !== 'string') return [];
  return body
    .slice(0, BODY)
    .split(/\r?\n/)
    .filter((line) => line.startsWith('/steward '))
    .slice(0, MOST)
    .map((line) => line.slice('/steward '.length).trim().slice(0, 4096))
    .filter((text) => text !== '')
    .map((text) => ({ text, isRecheck: /^recheck(?:\s|$)/i.test(text) }));
}
