/** Whom pull requests wait for to sign, so that a signature finds them. */
import { repositoryKey, subjectKey } from '../facts/subject.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Database, Query } from './database.ts';
import { portions } from './portions.ts';
import type { Store } from './store.ts';

/** The rule that waits for signatures. */
const RULE = 'cla';

export function awaited(database: Database): Pick<Store, 'awaiting' | 'signedMeanwhile'> {
  return {
    awaiting: async (accountId) => {
      const rows = await database
        .query()
        .selectFrom('awaited')
        .select(['owner', 'repo', 'number'])
        .where('account_id', '=', accountId)
        .orderBy('repo_key')
        .orderBy('number')
        .execute();
      return rows.map((row) => ({ kind: 'pull-request', ...row }));
    },

    signedMeanwhile: async (since) => {
      const rows = await database
        .query()
        .selectFrom('entries')
        .innerJoin('people', 'people.sequence', 'entries.sequence')
        .innerJoin('awaited', 'awaited.account_id', 'people.account_id')
        .select('awaited.account_id')
        .distinct()
        .where('people.role', '=', 'person')
        .where('entries.kind', 'in', ['signed', 'person-added'])
        .where('entries.at', '>=', since)
        .execute();
      return rows.map((row) => row.account_id);
    },
  };
}

/** Puts those whom the verdict waits for in the place of those whom the one before waited for. */
export async function keepAwaited(query: Query, verdict: Verdict): Promise<void> {
  const { subject } = verdict;
  if (subject.kind !== 'pull-request') return;
  const name = { subject_key: subjectKey(subject), owner: subject.owner, repo: subject.repo };
  const wanted = waitedFor(verdict);
  const rows = await query
    .selectFrom('awaited')
    .select(['account_id', 'owner', 'repo'])
    .where('subject_key', '=', name.subject_key)
    .execute();
  const isSame =
    rows.length === wanted.size &&
    rows.every((row) => wanted.has(row.account_id) && row.owner === name.owner && row.repo === name.repo);
  if (isSame) return;
  await query.deleteFrom('awaited').where('subject_key', '=', name.subject_key).execute();
  for (const portion of portions([...wanted], 100)) {
    const row = { ...name, repo_key: repositoryKey(subject), number: subject.number };
    await query
      .insertInto('awaited')
      .values(portion.map((account) => ({ ...row, account_id: account })))
      .execute();
  }
}

function waitedFor(verdict: Verdict): ReadonlySet<number> {
  const findings = verdict.rules.filter(({ id }) => id === RULE).flatMap((rule) => rule.findings);
  return new Set(
    findings.flatMap(({ outcome, isExisting, accountId }) =>
      outcome === 'fail' && !isExisting && accountId !== undefined ? [accountId] : [],
    ),
  );
}
