/** The texts of agreements, each version as it was first read: what people signed stays what it was. */
import { sql } from 'kysely';
import type { KeptAgreement } from '../facts/register.ts';
import { bySeen, byVersion as byNumbers } from '../facts/versions.ts';
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
      const row = rowOf(agreement);
      const { seen } = row;
      await database
        .query()
        .insertInto('agreements')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['agreement', 'version']).doUpdateSet({ seen }).where('agreements.seen', '<', seen),
        )
        .execute();
    },

    agreementsOf: async (owner) => {
      const prefix = `${owner.toLowerCase()}/`;
      const rows = await kept()
        .where(sql`substr(agreement, 1, ${sql.lit(prefix.length)})`, '=', prefix)
        .orderBy('agreement')
        .execute();
      // Of several versions the one in force comes last, and stays.
      const inForce = new Map(
        rows
          .map(agreementOf)
          .sort(bySeen)
          .map((one) => [one.agreement, one]),
      );
      return [...inForce.values()].sort((a, b) => (a.agreement < b.agreement ? -1 : 1));
    },
  };
}

function rowOf({ agreement, version, title, kind, source, text, digest, at, seen = at }: KeptAgreement): Agreements {
  return { agreement, version, title: pack(title), kind, source: pack(source), text: pack(text), digest, at, seen };
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
    ...(row.seen === row.at ? {} : { seen: row.seen }),
  };
}

const byTime = (a: KeptAgreement, b: KeptAgreement): number => Date.parse(a.at) - Date.parse(b.at);

const byVersion = (a: KeptAgreement, b: KeptAgreement): number => byNumbers(a.version, b.version);
