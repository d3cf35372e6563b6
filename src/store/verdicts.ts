/** The verdicts: a history that only grows, in which an unchanged verdict is not written twice. */
import { repositoryKey, subjectKey, type Judged } from '../facts/subject.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { keepAwaited } from './awaited.ts';
import type { Database, Query } from './database.ts';
import { digest, pack, unpack } from './json.ts';
import type { Store } from './store.ts';
import type { Verdicts } from './tables.ts';

type History = Pick<Store, 'verdictsAt' | 'lastVerdict' | 'verdictsAfter' | 'keepVerdict'>;

export function verdicts(database: Database): History {
  return {
    verdictsAt: async (owner, repo, sha) => {
      const rows = await database
        .query()
        .selectFrom('verdicts')
        .selectAll()
        .where('repo_key', '=', repositoryKey({ owner, repo }))
        .where('sha', '=', sha)
        .where('subject_kind', '=', 'pull-request')
        .where('id', '=', (from) =>
          from
            .selectFrom('verdicts as later')
            .select(({ fn }) => fn.max('later.id').as('id'))
            .whereRef('later.subject_key', '=', 'verdicts.subject_key'),
        )
        .orderBy('id')
        .execute();
      return rows.map(verdictOf);
    },

    lastVerdict: (subject) => lastVerdict(database.query(), subject),

    verdictsAfter: async (owner, repo, after, limit) => {
      const rows = await database
        .query()
        .selectFrom('verdicts')
        .selectAll()
        .where('repo_key', '=', repositoryKey({ owner, repo }))
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ id: row.id, verdict: verdictOf(row) }));
    },

    keepVerdict: (verdict) =>
      database.transaction(async (query) => {
        const row = rowOf(verdict);
        const before = await last(query, verdict.subject);
        await keepAwaited(query, verdict);
        if (before?.sha !== row.sha || before.digest !== row.digest) await query.insertInto('verdicts').values(row).execute();
        else if (before.issue !== row.issue) await noteIssue(query, before.id, row.issue);
      }),
  };
}

/** A verdict of an older version does not say yet what became of the issue. */
async function noteIssue(query: Query, id: number, issue: Verdicts['issue']): Promise<void> {
  await query.updateTable('verdicts').set({ issue }).where('id', '=', id).execute();
}

/** The last verdict of a subject, asked within a transaction or without. */
export async function lastVerdict(query: Query, subject: Judged): Promise<Verdict | null> {
  const row = await last(query, subject);
  return row ? verdictOf(row) : null;
}

async function last(query: Query, subject: Judged) {
  return query
    .selectFrom('verdicts')
    .selectAll()
    .where('subject_key', '=', subjectKey(subject))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

function rowOf(verdict: Verdict) {
  const { at, ...timeless } = verdict;
  return {
    subject_key: subjectKey(verdict.subject),
    subject_kind: verdict.subject.kind,
    repo_key: repositoryKey(verdict.subject),
    owner: verdict.subject.owner,
    repo: verdict.subject.repo,
    sha: verdict.sha,
    at,
    conclusion: verdict.conclusion,
    digest: digest(timeless),
    body: pack(verdict),
    issue: issueOf(verdict),
  };
}

/** What a verdict makes of the issue that its repository has; the same as the views wish. Null: there is none to make. */
function issueOf({ subject, policy, rules }: Verdict): 'open' | 'closed' | 'as-it-is' | null {
  if (subject.kind !== 'repository') return null;
  const outcomes = rules.filter(({ enforce }) => enforce !== 'observe').map(({ outcome }) => outcome);
  if (policy.paused) return 'as-it-is';
  if (outcomes.includes('fail')) return 'open';
  return outcomes.includes('unknown') ? 'as-it-is' : 'closed';
}

/** The verdict under the repository's present name: the text keeps the name it was given under, the columns follow a rename. */
export function verdictOf(row: Pick<Verdicts, 'body' | 'owner' | 'repo'>): Verdict {
  const verdict = unpack<Verdict>(row.body);
  return { ...verdict, subject: { ...verdict.subject, owner: row.owner, repo: row.repo } };
}
