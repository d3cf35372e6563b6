/** Which deliveries came in, and what people said in them. */
import { repositoryKey, subjectKey, type Subject } from '../facts/subject.ts';
import { opened, type Database } from './database.ts';
import { pack, unpack } from './json.ts';
import type { Input, Store } from './store.ts';

type Deliveries = Pick<Store, 'recordDelivery' | 'hasDelivery' | 'keepInput' | 'inputs' | 'closeInputs'>;

/** Longest command or action text that is kept. */
const TEXT_LIMIT = 4_096;

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
      await opened(transaction).insertInto('inputs').values(rowOf(input)).execute();
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
        commentId: null,
        url: null,
        body: null,
      }));
    },

    closeInputs: async (transaction, subject) => {
      await opened(transaction)
        .updateTable('inputs')
        .set({ is_closed: 1 })
        .where('subject_key', '=', subjectKey(subject))
        .execute();
    },
  };
}

function rowOf(input: Input) {
  return {
    delivery_id: input.deliveryId,
    kind: input.kind,
    subject_key: subjectKey(input.subject),
    repo_key: repositoryOf(input.subject),
    account_id: input.accountId,
    login: input.login,
    text: pack(input.text.slice(0, TEXT_LIMIT)),
    at: input.at,
  };
}

function repositoryOf(subject: Subject): string | null {
  return subject.kind === 'owner' ? null : repositoryKey(subject);
}
