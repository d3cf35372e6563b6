/** The texts of agreements, each version as it was first read: what people signed stays what it was. */
import { sql } from 'kysely';
import type { KeptAgreement } from '../facts/register.ts';
import { byVersion as byNumbers } from '../facts/versions.ts';
import type { Database } from './database.ts';
import { pack, unpack } from './json.ts';
import type { Store } from './store.ts';
import type { Agreements } from './tables.ts';

type Kept = Pick<Store, 'agreement' | 'agreementVersions' | 'keepAgreement' | 'agreementsOf'>;

export function agreements(database: Database): Kept {
  const kept = () => database.query().selectFrom('agreements').selectAll();
  return {
    agreement: async (agreement, version) => {
      const row = await kept().where('agreement', '=', agreement).where('version', '=', version).executeTakeFirst();
      return row ? agreementOf(row) : null;
    },

    agreementVersions: async (agreement) => {
      const rows = await kept().where('agreement', '=', agreement).execute();
      return rows.map(agreementOf).sort((a, b) => byTime(a, b) || byVersion(a, b));
    },

    keepAgreement: async (agreement) => {
      await database
        .query()
        .insertInto('agreements')
        .values(rowOf(agreement))
        .onConflict((conflict) => conflict.columns(['agreement', 'version']).doNothing())
        .execute();
    },

    agreementsOf: async (owner) => {
      const prefix = `${owner.toLowerCase()}/`;
      const rows = await kept()
        .where(sql`substr(agreement, 1, ${sql.lit(prefix.length)})`, '=', prefix)
        .orderBy('agreement')
        .execute();
      // Of several versions the highest comes last, and stays.
      const highest = new Map(
        rows
          .map(agreementOf)
          .sort(byVersion)
          .map((one) => [one.agreement, one]),
      );
      return [...highest.values()].sort((a, b) => (a.agreement < b.agreement ? -1 : 1));
    },
  };
}

function rowOf({ agreement, version, title, kind, source, text, digest, at }: KeptAgreement): Agreements {
  return { agreement, version, title: pack(title), kind, source: pack(source), text: pack(text), digest, at };
}

function agreementOf(row: Agreements): KeptAgreement {
  return {
    agreement: row.agreement,
    version: row.version,
    title: unpack<string>(row.title),
    kind: row.kind as KeptAgreement['kind'],
    source: unpack<string>(row.source),
    text: unpack<string>(row.text),
    digest: row.digest,
    at: row.at,
  };
}

const byTime = (a: KeptAgreement, b: KeptAgreement): number => Date.parse(a.at) - Date.parse(b.at);

const byVersion = (a: KeptAgreement, b: KeptAgreement): number => byNumbers(a.version, b.version);
