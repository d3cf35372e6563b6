/** A fact is a question with a name, an answer type and the permission it needs. Questions are data: equal keys are asked once. */
import type { Answer } from './answer.ts';
import type { Source } from './source.ts';

/** Read permissions of a GitHub App, by GitHub's own names. */
export type Permission = 'metadata' | 'contents' | 'pull_requests' | 'checks' | 'issues' | 'members';

export type Ask = <T>(question: Question<T>) => Promise<Answer<T>>;

export interface Question<T> {
  /** Equal keys mean equal questions; the key names the stored answer. */
  readonly key: string;
  /** What the App must be allowed to read to answer it. */
  readonly permissions: readonly Permission[];
  /** Asks the source, or derives the answer from other questions. */
  readonly answer: (source: Source, ask: Ask) => Promise<Answer<T>>;
}

/** Named questions, as a rule states them. */
export type Needs = Readonly<Record<string, Question<unknown>>>;

/** The known values of named questions. */
export type ValuesOf<N extends Needs> = { readonly [K in keyof N]: N[K] extends Question<infer T> ? T : never };

/** Answers by question key. */
export type Facts = ReadonlyMap<string, Answer<unknown>>;
