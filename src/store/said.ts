/** What people said about a subject, what they saw when they said it, and what came of it. */
import { subjectKey, type Judged } from '../facts/subject.ts';
import type { Decision, Said } from '../verdict/said.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Database, Query } from './database.ts';
import { pack, unpack } from './json.ts';
import { portions } from './portions.ts';
import type { Store } from './store.ts';
import type { Inputs } from './tables.ts';
import { verdictOf } from './verdicts.ts';

type Row = Omit<Inputs, 'id' | 'is_closed'> & { readonly id: number };

export function said(database: Database): Pick<Store, 'said' | 'decide' | 'undecided'> {
  return {
    said: async (subject, sha) => {
      const query = database.query();
      const { own, pressed } = keysOf(subject, sha);
      const rows = await query
        .selectFrom('inputs')
        .selectAll()
        .where((where) =>
          where.or([
            where('subject_key', '=', own),
            where.and([where('subject_key', '=', pressed), where('kind', '=', 'action')]),
          ]),
        )
        .orderBy('id')
        .execute();
      const seen = await verdictsOf(query, rows);
      return rows.map((row) => saidOf(row, seen));
    },

    decide: async (id, decision) => {
      await database
        .query()
        .updateTable('inputs')
        .set({ decision: pack(decision), outcome: decision.outcome })
        .where('id', '=', id)
        .where('decision', 'is', null)
        .execute();
    },

    undecided: async (from, before) => {
      const rows = await database
        .query()
        .selectFrom('inputs')
        .select('subject_key')
        .distinct()
        .where('outcome', 'is', null)
        .where('kind', '=', 'sentence')
        .where('at', '>=', from)
        .where('at', '<', before)
        .orderBy('subject_key')
        .execute();
      return rows.flatMap(({ subject_key }) => pullRequestOf(subject_key) ?? []);
    },
  };
}

/** The pull request that a key names; null: it names something else. */
function pullRequestOf(key: string): Judged | null {
  const { owner, repo, number } = /^pull-request:(?<owner>[^/]+)\/(?<repo>[^#]+)#(?<number>\d+)$/.exec(key)?.groups ?? {};
  return owner && repo && number ? { kind: 'pull-request', owner, repo, number: Number(number) } : null;
}

/** A pull request shares what was said about it with its place in a merge queue; buttons belong to the commit. */
function keysOf(subject: Judged, sha: string): { readonly own: string; readonly pressed: string | null } {
  if (subject.kind === 'repository') return { own: subjectKey(subject), pressed: null };
  const { owner, repo, number } = subject;
  return {
    own: subjectKey({ kind: 'pull-request', owner, repo, number }),
    pressed: subjectKey({ kind: 'head', owner, repo, sha }),
  };
}

async function verdictsOf(query: Query, rows: readonly Row[]): Promise<ReadonlyMap<number, Verdict>> {
  const ids = new Set(rows.flatMap((row) => (row.decision === null && row.seen_verdict !== null ? [row.seen_verdict] : [])));
  const found = new Map<number, Verdict>();
  for (const portion of portions([...ids])) {
    const verdicts = await query.selectFrom('verdicts').selectAll().where('id', 'in', portion).execute();
    for (const row of verdicts) found.set(row.id, verdictOf(row));
  }
  return found;
}

function saidOf(row: Row, seen: ReadonlyMap<number, Verdict>): Said {
  return {
    id: row.id,
    kind: row.kind as Said['kind'],
    accountId: row.account_id,
    login: row.login,
    text: unpack<string>(row.text),
    at: row.at,
    commentId: row.comment_id,
    url: row.url,
    body: row.body === null ? null : unpack<string>(row.body),
    digest: row.digest,
    seen: row.decision === null && row.seen_verdict !== null ? (seen.get(row.seen_verdict) ?? null) : null,
    decision: row.decision === null ? null : unpack<Decision>(row.decision),
  };
}
