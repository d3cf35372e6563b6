/** What is stored of an account's subjects, a page at a time: enough to judge each again without asking anybody. */
import { sql } from 'kysely';
import type { Answer } from '../facts/answer.ts';
import type { Stored } from '../verdict/stored.ts';
import type { Circumstances, Override } from '../verdict/verdict.ts';
import type { Database, Query } from './database.ts';
import { unpack } from './json.ts';
import type { Store } from './store.ts';
import type { StoredFacts } from './tables.ts';

export function stored(database: Database): Pick<Store, 'stored' | 'storedSubjects' | 'storedMerged'> {
  return {
    stored: async (owner, after, limit) => {
      const rows = await page(database.query(), { owner, state: 'open', after, limit }).execute();
      return rows.flatMap(storedOf);
    },

    storedSubjects: async (owner) => {
      const rows = await database
        .query()
        .selectFrom('facts')
        .select(['subject_key', 'owner', 'repo', 'number'])
        .where('owner_key', '=', owner.toLowerCase())
        .where('state', '=', 'open')
        .orderBy('subject_key')
        .execute();
      return rows.flatMap(subjectOf);
    },

    storedMerged: async (owner, since, after, limit) => {
      const merged = page(database.query(), { owner, state: 'merged', after, limit }).where('facts.closed_at', '>=', since);
      const rows = await merged.execute();
      return rows.flatMap((row) => storedOf({ ...row, at: row.closed_at }));
    },
  };
}

interface Page {
  readonly owner: string;
  readonly state: Stored['state'];
  readonly after: string | null;
  readonly limit: number;
}

/** Rows of an older version have no owner and are left out. */
function page(query: Query, { owner, state, after, limit }: Page) {
  const all = query
    .selectFrom('facts')
    .leftJoin('publications', (join) =>
      join
        .onRef('publications.subject_key', '=', 'facts.subject_key')
        .on('publications.kind', '=', 'issue')
        .on('publications.number', '>', 0),
    )
    .where('facts.owner_key', '=', owner.toLowerCase())
    .where('facts.state', '=', state)
    .selectAll('facts')
    .select(lastWord.as('issue'))
    .orderBy('facts.subject_key')
    .limit(limit);
  return after === null ? all : all.where('facts.subject_key', '>', after);
}

/**
 * What the verdicts last made of the issue that there is. Whoever closes it as not planned is not seen here: it counts as open until
 * nothing fails.
 */
const lastWord = sql<string | null>`
  case when publications.number is not null then (
    select verdicts.issue from verdicts
    where verdicts.subject_key = facts.subject_key and verdicts.issue in ('open', 'closed')
    order by verdicts.id desc limit 1
  ) end`;

type Row = StoredFacts & { readonly issue: string | null };

function storedOf(row: Row): readonly Stored[] {
  const { circumstances, overrides, at } = row;
  if (circumstances === null || overrides === null || at === null) return [];
  return subjectOf(row).map((subject) => ({
    key: row.subject_key,
    subject,
    sha: row.sha,
    facts: unpack<Readonly<Record<string, Answer<unknown>>>>(row.body),
    circumstances: unpack<Circumstances>(circumstances),
    overrides: unpack<readonly Override[]>(overrides),
    isPrivate: row.is_private === 1,
    ...(row.has_own_policy === null ? {} : { hasOwnPolicy: row.has_own_policy === 1 }),
    hasIssue: row.issue === 'open',
    state: row.state as Stored['state'],
    at,
  }));
}

function subjectOf({ owner, repo, number }: Pick<StoredFacts, 'owner' | 'repo' | 'number'>): readonly Stored['subject'][] {
  if (owner === null || repo === null) return [];
  return [number === null ? { kind: 'repository', owner, repo } : { kind: 'pull-request', owner, repo, number }];
}
