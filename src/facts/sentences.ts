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
/**
 * The first sentence of a comment; null: it holds none. Blanks at the end of its line do not matter, everything else does.
 * What is shown, quoted or hidden is not said: so people tell others what to write.
 */
export function sentenceIn(body: string): Sentence | null {
  for (const line of spokenLines(body)) {
    const sentence = read(line.replace(/[ \t]+$/, ''));
    if (sentence) return sentence;
  }
  return null;
}

function read(text: string): Sentence | null {
  if (text === CERTIFICATION) return { kind: 'certification', text };
  const [, title, version] = SIGNING.exec(text) ?? [];
  return title !== undefined && version !== undefined ? { kind: 'signature', text, title, version } : null;
}
