/** The last answers about a subject, kept within a bound, with what else it takes to judge it again. */
import { unknown, type Answer } from '../facts/answer.ts';
import { repositoryKey, subjectKey } from '../facts/subject.ts';
import type { Keeping } from '../verdict/stored.ts';
import type { Database } from './database.ts';
import { pack, unpack } from './json.ts';
import type { Store } from './store.ts';

type Answers = Readonly<Record<string, Answer<unknown>>>;

/** Bytes of JSON (UTF-8) that are kept of one subject's answers. */
export const FACTS_LIMIT = 64_000;

export function facts(database: Database): Pick<Store, 'keepFacts' | 'closeFacts' | 'facts'> {
  return {
    keepFacts: async (kept) => {
      const row = rowOf(kept, database.now().toISOString());
      await database
        .query()
        .insertInto('facts')
        .values(row)
        .onConflict((conflict) => conflict.column('subject_key').doUpdateSet(row))
        .execute();
    },

    closeFacts: async (subject, state) => {
      await database
        .query()
        .updateTable('facts')
        // Told again, it was closed when that was told first.
        .set((old) => ({ state, closed_at: old.fn.coalesce(old.ref('closed_at'), old.val(database.now().toISOString())) }))
        // A repository that is gone takes its pull requests along.
        .where((row) =>
          subject.kind === 'repository'
            ? row('repo_key', '=', repositoryKey(subject))
            : row.and([row('subject_key', '=', subjectKey(subject)), row('kind', '=', 'pull-request')]),
        )
        // Whoever merges closes as well: what was merged stays so.
        .where('state', '!=', 'merged')
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

/** Facts that are kept are those of something open: a pull request that was closed may have been reopened. */
function rowOf({ subject, sha, facts: answers, circumstances, overrides, isPrivate, hasOwnPolicy }: Keeping, at: string) {
  return {
    subject_key: subjectKey(subject),
    repo_key: repositoryKey(subject),
    owner_key: subject.owner.toLowerCase(),
    owner: subject.owner,
    repo: subject.repo,
    kind: subject.kind,
    number: subject.kind === 'pull-request' ? subject.number : null,
    sha,
    body: fit(answers),
    circumstances: pack(circumstances),
    overrides: pack(overrides),
    is_private: isPrivate ? 1 : 0,
    has_own_policy: hasOwnPolicy === undefined ? null : hasOwnPolicy ? 1 : 0,
    state: 'open',
    at,
    closed_at: null,
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
