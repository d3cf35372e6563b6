/** The register of signatures as others ask it: who signed what, and whom companies cover. */
import type { ExpressionBuilder } from 'kysely';
import type { CompanyRecord, Entry } from '../facts/register.ts';
import { peopleOf } from './chain.ts';
import { companyOf, recordsOf, type CompanyEntry } from './companies.ts';
import type { Database, Query } from './database.ts';
import { enteredOf } from './entry-rows.ts';
import { namesOf, presentName, renamesIn, type Renamed } from './names.ts';
import { portions } from './portions.ts';
import { signaturesOf, type SignatureEntry } from './signatures.ts';
import type { Store } from './store.ts';
import type { Entries, Tables } from './tables.ts';

/** Entries of a company that are about one person whom it covers. */
const OF_PERSON = ['person-added', 'person-removed'];

export function register(database: Database): Pick<Store, 'register' | 'company' | 'companies'> {
  return {
    register: async (agreements, accountIds) => {
      const query = database.query();
      const renames = await renamesIn(query);
      const names = [...new Set(agreements.flatMap((name) => namesOf(name, renames)))];
      const accounts = [...new Set(accountIds)];
      const signed = await entriesOf<SignatureEntry>(query, await signatureRows(query, names, accounts), renames);
      const ids = await companiesWith(query, names);
      const companies = await records(query, ids, renames, await companyRows(query, ids, accounts));
      return {
        signatures: signaturesOf(signed.filter(({ agreement }) => agreements.includes(agreement))),
        companies: companies.filter(({ agreement }) => agreements.includes(agreement)).map(companyOf),
      };
    },

    company: async (id) => {
      const query = database.query();
      const found = await records(query, [id], await renamesIn(query), await companyRows(query, [id]));
      return found.at(-1) ?? null;
    },

    companies: async () => {
      const query = database.query();
      const ids = await companiesWith(query);
      const all = await records(query, ids, await renamesIn(query), await companyRows(query, ids));
      return [...new Map(all.map((record) => [`${record.id} ${record.agreement}`, record])).values()];
    },
  };
}

async function signatureRows(query: Query, names: readonly string[], accounts: readonly number[]): Promise<readonly Entries[]> {
  if (names.length === 0) return [];
  const found: Entries[] = [];
  for (const portion of portions(accounts)) {
    const rows = await query
      .selectFrom('entries')
      .selectAll()
      .where('kind', 'in', ['signed', 'revoked'])
      .where('agreement', 'in', names)
      .where('sequence', 'in', (from) => aboutPeople(from, portion))
      .execute();
    found.push(...rows);
  }
  return found;
}

/** The short names of companies that signed; with `agreements`, one of these. */
async function companiesWith(query: Query, agreements?: readonly string[]): Promise<readonly string[]> {
  if (agreements?.length === 0) return [];
  const signed = query.selectFrom('entries').select('company').distinct().where('kind', '=', 'company-signed');
  const rows = await (agreements ? signed.where('agreement', 'in', agreements) : signed).execute();
  return rows.flatMap(({ company }) => company ?? []).sort();
}

/** What was entered about companies; with `accounts`, of the people they cover only these. */
async function companyRows(query: Query, ids: readonly string[], accounts?: readonly number[]): Promise<readonly Entries[]> {
  const found: Entries[] = [];
  for (const portion of portions(ids)) {
    const entered = query.selectFrom('entries').selectAll().where('company', 'in', portion);
    if (!accounts) found.push(...(await entered.execute()));
    else found.push(...(await entered.where('kind', 'not in', OF_PERSON).execute()));
    for (const people of portions(accounts ?? [])) {
      const about = entered.where('kind', 'in', OF_PERSON).where('sequence', 'in', (from) => aboutPeople(from, people));
      found.push(...(await about.execute()));
    }
  }
  return found;
}

function aboutPeople(from: ExpressionBuilder<Tables, 'entries'>, accounts: readonly number[]) {
  return from.selectFrom('people').select('sequence').where('role', '=', 'person').where('account_id', 'in', accounts);
}

async function records(
  query: Query,
  ids: readonly string[],
  renames: readonly Renamed[],
  rows: readonly Entries[],
): Promise<readonly CompanyRecord[]> {
  const entries = await entriesOf<CompanyEntry>(query, rows, renames);
  const byCompany = Map.groupBy(entries, ({ company }) => company);
  return ids.flatMap((id) => recordsOf(id, byCompany.get(id) ?? []));
}

/**
 * The entries of rows in the order they were entered, their agreements by the present name. Left out are erased ones, and those
 * of a repository that lost its name to another.
 */
async function entriesOf<T extends Entry>(
  query: Query,
  rows: readonly Entries[],
  renames: readonly Renamed[],
): Promise<readonly T[]> {
  const sequences = rows.map(({ sequence }) => sequence);
  const people = await peopleOf(query, sequences, ['person']);
  const ordered = rows.toSorted((a, b) => a.sequence - b.sequence);
  return ordered.flatMap((row) => {
    const { entry } = enteredOf(row, people.get(row.sequence) ?? []);
    if (entry === null) return [];
    if (row.agreement === null) return [entry as T];
    const agreement = presentName(row.agreement, row.sequence, renames);
    return agreement === null ? [] : [{ ...entry, agreement } as T];
  });
}
