/** The last answers about a subject, kept within a bound. */
import { unknown, type Answer } from '../facts/answer.ts';
import { repositoryKey, subjectKey } from '../facts/subject.ts';
import type { Database } from './database.ts';
import { pack, unpack } from './json.ts';
import type { Store } from './store.ts';

type Answers = Readonly<Record<string, Answer<unknown>>>;

/** Bytes of JSON (UTF-8) that are kept of one subject. */
export const FACTS_LIMIT = 64_000;

export function facts(database: Database): Pick<Store, 'keepFacts' | 'facts'> {
  return {
    keepFacts: async ({ subject, sha, facts: answers }) => {
      const row = { subject_key: subjectKey(subject), repo_key: repositoryKey(subject), sha, body: fit(answers) };
      await database
        .query()
        .insertInto('facts')
        .values(row)
        .onConflict((conflict) => conflict.column('subject_key').doUpdateSet(row))
        .execute();
    },

    facts: async (subject) => {
      const row = await database
        .query()
        .selectFrom('facts')
        .select(['sha', 'body'])
        .where('subject_key', '=', subjectKey(subject))
        .executeTakeFirst();
      return row ? { sha: row.sha, facts: unpack<Answers>(row.body) } : null;
    },
  };
}

/** The answers as JSON of at most FACTS_LIMIT bytes: the largest become unknown first; what still does not fit is left out. */
function fit(answers: Answers): string {
  const whole = pack(answers);
  if (bytes(whole) <= FACTS_LIMIT) return whole;
  const tooLarge = unknown('the answer is too large to be stored; the next evaluation asks again');
  const parts = Object.entries(answers).map(([name, answer]) => ({ name: pack(name), answer: pack(answer) }));
  let size = parts.reduce((sum, part) => sum + bytes(part.name) + bytes(part.answer) + 2, 1);
  for (const part of [...parts].sort((a, b) => bytes(b.answer) - bytes(a.answer))) {
    if (size <= FACTS_LIMIT || bytes(part.answer) <= bytes(pack(tooLarge))) break;
    size -= bytes(part.answer);
    part.answer = pack(tooLarge);
    size += bytes(part.answer);
  }
  while (size > FACTS_LIMIT) {
    const left = parts.pop();
    if (!left) break;
    size -= bytes(left.name) + bytes(left.answer) + 2;
  }
  return `{${parts.map((part) => `${part.name}:${part.answer}`).join(',')}}`;
}

const bytes = (text: string): number => Buffer.byteLength(text);
