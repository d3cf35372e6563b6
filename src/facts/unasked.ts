/** A question that is not put, because nothing depends on its answer. */
import { known } from './answer.ts';
import type { Question } from './fact.ts';

/** Answers with a value that is known beforehand; no source is asked, and no permission is needed that Steward lacks. */
export function unasked<T>(name: string, value: T): Question<T> {
  return { key: `${name}:unasked`, permissions: ['metadata'], answer: () => Promise.resolve(known(value)) };
}
