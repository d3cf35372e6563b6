/** The register of signatures as others ask it: who signed what, and whom companies cover. */
import type { CompanyRecord, Entry } from '../facts/register.ts';
import { peopleOf } from './chain.ts';
import { companyOf, recordsOf, type CompanyEntry } from './companies.ts';
import type { Database, Query } from './database.ts';
import { enteredOf } from './entry-rows.ts';
import { namesOf, presentName, renamesIn, type Renamed } from './names.ts';
import { portions } from './portions.ts';
import { signaturesOf, type SignatureEntry } from './signatures.ts';
import type { Store } from './store.ts';
import type { Entries } from './tables.ts';

type Kinds = readonly Entries['kind'][];

/** Entries about one person whom a company covers: there can be thousands. */
const OF_PERSON: Kinds = ['person-added', 'person-removed'];
/** Every other entry about a company. */
const OF_COMPANY: Kinds = [
  'company-signed',
  'company-ended',
  'manager-added',
  'manager-removed',
  'domain-added',
  'domain-removed',
  'organization-added',
  'organization-removed',
];
const WHOLE: Kinds = [...OF_COMPANY, ...OF_PERSON];

export function register(database: Database): Pick<Store, 'register' | 'company' | 'companies'> {
  return {
    register: async (agreements, accountIds) => {
      const query = database.query();
      const renames = await renamesIn(query);
      const about = await rowsAbout(query, accountIds);
      const signed = about.filter(({ kind }) => kind === 'signed' || kind === 'revoked');
      const ids = await companiesWith(query, [...new Set(agreements.flatMap((name) => namesOf(name, renames)))]);
      const covers = about.filter(({ kind, company }) => company !== null && ids.includes(company) && OF_PERSON.includes(kind));
      const companies = await records(query, ids, renames, [...(await companyRows(query, ids, OF_COMPANY)), ...covers]);
      return {
        signatures: signaturesOf(ofThese(agreements, await entriesOf<SignatureEntry>(query, signed, renames))),
        companies: ofThese(agreements, companies).map(companyOf),
      };
    },

    company: async (id) => {
      const query = database.query();
      const rows = await companyRows(query, [id], WHOLE);
      return (await records(query, [id], await renamesIn(query), rows)).at(-1) ?? null;
    },

    companies: async () => {
      const query = database.query();
      const ids = await companiesWith(query);
      const all = await records(query, ids, await renamesIn(query), await companyRows(query, ids, WHOLE));
      return [...new Map(all.map((record) => [`${record.id} ${record.agreement}`, record])).values()];
    },
  };
}

function ofThese<T extends { readonly agreement: string }>(agreements: readonly string[], found: readonly T[]): readonly T[] {
  return found.filter(({ agreement }) => agreements.includes(agreement));
}

/** The short names of companies that signed; with `agreements`, one of these. */
async function companiesWith(query: Query, agreements?: readonly string[]): Promise<readonly string[]> {
  if (agreements?.length === 0) return [];
  const signed = query.selectFrom('entries').select('company').distinct().where('kind', '=', 'company-signed');
  const rows = await (agreements ? signed.where('agreement', 'in', agreements) : signed).execute();
  return rows.flatMap(({ company }) => company ?? []).sort();
}

/** What was entered about companies, of some kinds. */
async function companyRows(query: Query, ids: readonly string[], kinds: Kinds): Promise<readonly Entries[]> {
  const found: Entries[] = [];
  for (const portion of portions(ids)) {
    const entered = query.selectFrom('entries').selectAll().where('company', 'in', portion).where('kind', 'in', kinds);
    found.push(...(await entered.execute()));
  }
  return found;
}

/** The entries about people, by their accounts: few, whatever else the register holds. */
async function rowsAbout(query: Query, accounts: readonly number[]): Promise<readonly Entries[]> {
  const found: Entries[] = [];
  for (const portion of portions([...new Set(accounts)])) {
    const people = query.selectFrom('people').select('sequence').where('account_id', 'in', portion);
    const named = (await people.where('role', '=', 'person').execute()).map(({ sequence }) => sequence);
    for (const sequences of portions(named)) {
      found.push(...(await query.selectFrom('entries').selectAll().where('sequence', 'in', sequences).execute()));
    }
  }
  return found;
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
