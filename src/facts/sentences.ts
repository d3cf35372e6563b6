/** The sentences that people sign with in comments: exact, alone on their line, and never quoted. */
import { spokenLines } from './spoken.ts';

/** What a comment says, when one of its lines is a sentence. */
export type Sentence =
  | { readonly kind: 'certification'; readonly text: string }
  | { readonly kind: 'signature'; readonly text: string; readonly title: string; readonly version: string };

/** Certifies the writer's own commits of a pull request under the Developer Certificate of Origin, version 1.1. */
export const CERTIFICATION = 'I certify the Developer Certificate of Origin 1.1 for my commits in this pull request.';

/** Signs a version of an agreement. */
export function signingSentence({ title, version }: { readonly title: string; readonly version: string }): string {
  return `I have read and agree to the ${title}, version ${version}.`;
}

const SIGNING = /^I have read and agree to the (.{1,200}), version (\d{1,6}(?:\.\d{1,6}){0,2})\.$/u;

/** A comment with more sentences than this is not a person signing something. */
const MOST = 10;

/**
 * The sentences of a comment, each once, in order. Blanks at the end of a line do not matter, everything else does.
 * What is shown, quoted or hidden is not said: so people tell others what to write.
 */
export function sentencesIn(body: string): readonly Sentence[] {
  const said = spokenLines(body).flatMap((line) => read(withoutBlanks(line)) ?? []);
  return [...new Map(said.map((sentence) => [sentence.text, sentence])).values()].slice(0, MOST);
}

/** The first sentence of a comment; null: it holds none. */
export function sentenceIn(body: string): Sentence | null {
  return sentencesIn(body)[0] ?? null;
}

/** Without blanks at its end. A pattern would try anew at every blank of a line that goes on. */
function withoutBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end -= 1;
  return line.slice(0, end);
}

function read(text: string): Sentence | null {
  if (text === CERTIFICATION) return { kind: 'certification', text };
  const [, title, version] = SIGNING.exec(text) ?? [];
  return title !== undefined && version !== undefined ? { kind: 'signature', text, title, version } : null;
}
