/** Asks every question once, in parallel, and keeps the answers. */
import { unknown, type Answer } from './answer.ts';
import type { Ask, Facts, Question } from './fact.ts';
import type { Source } from './source.ts';

/** Asks a source and remembers every answer, so that a question asked again costs nothing. */
export function interview(source: Source): Ask {
  const asked = new Map<string, Promise<Answer<unknown>>>();
  const ask: Ask = async <T>(question: Question<T>): Promise<Answer<T>> => {
    let answer = asked.get(question.key) as Promise<Answer<T>> | undefined;
    if (!answer) {
      answer = question.answer(source, ask);
      asked.set(question.key, answer);
    }
    return answer;
  };
  return ask;
}

/** The answers to all questions, by key. A source that throws is the caller's to retry: a fault is not an answer. */
export async function gather(questions: readonly Question<unknown>[], ask: Ask): Promise<Facts> {
  const distinct = [...new Map(questions.map((question) => [question.key, question])).values()];
  const answers = await Promise.all(distinct.map(async (question) => [question.key, await ask(question)] as const));
  return new Map(answers);
}

/** The answer to one question among gathered facts; unknown when it was never asked. */
export function answerTo<T>(facts: Facts, question: Question<T>): Answer<T> {
  const answer = facts.get(question.key) as Answer<T> | undefined;
  return answer ?? unknown('it has not been gathered yet; the next evaluation gathers it');
}
