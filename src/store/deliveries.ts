/** Which deliveries came in, and what people said in them. */
import { sha256 } from '../facts/digest.ts';
import { repositoryKey, subjectKey, type Subject } from '../facts/subject.ts';
import { opened, type Database, type Query } from './database.ts';
import { pack, unpack } from './json.ts';
import type { Input, Store } from './store.ts';

type Deliveries = Pick<Store, 'recordDelivery' | 'hasDelivery' | 'keepInput' | 'inputs' | 'closeInputs' | 'reopenInputs'>;

/** Longest command or action text that is kept. */
const TEXT_LIMIT = 4_096;
/** Longest comment that is kept: GitHub allows none that is longer. */
const BODY_LIMIT = 65_536;

export function deliveries(database: Database): Deliveries {
  return {
    recordDelivery: async (transaction, delivery) => {
      const recorded = await opened(transaction)
        .insertInto('deliveries')
        .values({
          id: delivery.id,
          event: delivery.event,
          action: delivery.action,
          owner: delivery.owner,
          at: delivery.at,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .executeTakeFirst();
      return recorded !== undefined;
    },

    hasDelivery: async (id) => {
      const found = await database.query().selectFrom('deliveries').select('id').where('id', '=', id).executeTakeFirst();
      return found !== undefined;
    },

    keepInput: async (transaction, input) => {
      const query = opened(transaction);
      const row = { ...rowOf(input), seen_verdict: await seenVerdict(query, input) };
      await query.insertInto('inputs').values(row).execute();
    },

    inputs: async (subject) => {
      const rows = await database
        .query()
        .selectFrom('inputs')
        .selectAll()
        .where('subject_key', '=', subjectKey(subject))
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        deliveryId: row.delivery_id,
        kind: row.kind as Input['kind'],
        subject,
        accountId: row.account_id,
        login: row.login,
        text: unpack<string>(row.text),
        at: row.at,
        commentId: row.comment_id,
        url: row.url,
        body: row.body === null ? null : unpack<string>(row.body),
      }));
    },

    closeInputs: async (transaction, subject) => {
      const query = opened(transaction);
      await setClosed(query, subject, 1);
      const waiting = query.deleteFrom('awaited').where('subject_key', '=', subjectKey(subject));
      return (await waiting.executeTakeFirstOrThrow()).numDeletedRows > 0n;
    },

    reopenInputs: (transaction, subject) => setClosed(opened(transaction), subject, 0),
  };
}

async function setClosed(query: Query, subject: Subject, closed: 0 | 1): Promise<void> {
  await query.updateTable('inputs').set({ is_closed: closed }).where('subject_key', '=', subjectKey(subject)).execute();
}

/** GitHub tells times to the second: what was judged within that second may have been seen. */
const SECOND = 1_000;

/** The newest verdict that the writer can have seen; a commit or another group has no verdict of its own. */
async function seenVerdict(query: Query, { subject, writtenAt }: Input): Promise<number | null> {
  const verdicts = query.selectFrom('verdicts').select('id').where('subject_key', '=', subjectKey(subject));
  const seen =
    writtenAt === undefined ? verdicts : verdicts.where('at', '<', new Date(Date.parse(writtenAt) + SECOND).toISOString());
  const row = await seen.orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row?.id ?? null;
}

function rowOf(input: Input) {
  const body = input.body === null ? null : input.body.slice(0, BODY_LIMIT);
  return {
    delivery_id: input.deliveryId,
    kind: input.kind,
    subject_key: subjectKey(input.subject),
    repo_key: repositoryOf(input.subject),
    account_id: input.accountId,
    login: input.login,
    text: pack(input.text.slice(0, TEXT_LIMIT)),
    at: input.at,
    comment_id: input.commentId,
    url: input.url,
    body: body === null ? null : pack(body),
    digest: body === null ? null : sha256(body),
  };
}

function repositoryOf(subject: Subject): string | null {
  return subject.kind === 'owner' ? null : repositoryKey(subject);
}
