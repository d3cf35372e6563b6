/** The numbers GitHub gave to Steward's comments and issues, and which policy they were made because of. */
import { sql, type ExpressionBuilder } from 'kysely';
import { repositoryKey, subjectKey } from '../facts/subject.ts';
import type { Database } from './database.ts';
import type { Publication, Store } from './store.ts';
import { subjectOf } from './subject-of.ts';
import type { Tables } from './tables.ts';

export function publications(database: Database): Pick<Store, 'publication' | 'keepPublication' | 'publicationsBy' | 'causes'> {
  return {
    publication: async (subject, kind) => {
      const row = await database
        .query()
        .selectFrom('publications')
        .select('number')
        .where('subject_key', '=', subjectKey(subject))
        .where('kind', '=', kind)
        .executeTakeFirst();
      return row?.number ?? null;
    },

    keepPublication: async (subject, kind, id, cause) => {
      const key = { subject_key: subjectKey(subject), kind, repo_key: repositoryKey(subject) };
      const row = { ...key, owner: subject.owner, repo: subject.repo, number: id };
      const made = { cause: cause ?? null, at: database.now().toISOString() };
      await database
        .query()
        .insertInto('publications')
        .values({ ...row, ...made })
        .onConflict((conflict) =>
          conflict
            .columns(['subject_key', 'kind'])
            .doUpdateSet((old) => ({ ...row, ...(cause === undefined ? asMade(old) : made) })),
        )
        .execute();
    },

    causes: async (owner) => {
      const rows = await database
        .query()
        .selectFrom('publications')
        .select(({ fn }) => [
          'cause',
          fn.countAll<string | number>().as('count'),
          fn.min('at').as('first'),
          fn.max('at').as('last'),
        ])
        .where('cause', 'is not', null)
        .where('number', '>', 0)
        .where(isOf(owner))
        .groupBy('cause')
        .orderBy('last', 'desc')
        .execute();
      return rows.flatMap(({ cause, count, first, last }) =>
        cause === null || first === null || last === null ? [] : [{ oid: cause, count: Number(count), first, last }],
      );
    },

    publicationsBy: async (owner, cause) => {
      const rows = await database
        .query()
        .selectFrom('publications')
        .selectAll()
        .where('cause', '=', cause)
        .where('number', '>', 0)
        .where(isOf(owner))
        .orderBy('subject_key')
        .orderBy('kind')
        .execute();
      return rows.flatMap(({ number, at, ...row }) => {
        const subject = subjectOf(row);
        return subject && at !== null ? [{ subject, kind: row.kind as Publication['kind'], number, at }] : [];
      });
    },
  };
}

/** Whether a row is about a repository of the account. */
function isOf(owner: string) {
  const prefix = `${owner.toLowerCase()}/`;
  return sql<boolean>`substr(repo_key, 1, ${sql.lit(prefix.length)}) = ${prefix}`;
}

/** One that is found, and not made, keeps what is known of it: it is the same, or the one whose making was noted before. */
function asMade(old: ExpressionBuilder<Tables & { readonly excluded: Tables['publications'] }, 'publications' | 'excluded'>) {
  const isSame = sql<boolean>`(${old.ref('publications.number')} = ${old.ref('excluded.number')} or ${old.ref('publications.number')} < 0)`;
  return {
    cause: sql<string | null>`case when ${isSame} then ${old.ref('publications.cause')} end`,
    at: sql<string | null>`case when ${isSame} then ${old.ref('publications.at')} else ${old.ref('excluded.at')} end`,
  };
}
