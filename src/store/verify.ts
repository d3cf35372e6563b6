/** Reads the whole register and says whether it holds: every entry unchanged, none missing, and of people what was entered. */
import type { Verified } from '../facts/register.ts';
import { peopleOf } from './chain.ts';
import type { Database, Query } from './database.ts';
import { entryHash, evidenceKey, ORIGIN, partDigest } from './entry-rows.ts';
import { unpack } from './json.ts';
import type { Store } from './store.ts';
import type { Entries, People } from './tables.ts';

/** Entries read at once. */
const PAGE = 500;

type Fault = Verified['faults'][number];

/** What a walk along the chain has seen so far. */
interface Walk {
  entries: number;
  sequence: number;
  head: string | null;
  isAnchored: boolean;
  readonly faults: Fault[];
  /** Entries of which a part is gone: an erasure must say so. */
  readonly gone: Set<number>;
}

export function verify(database: Database): Pick<Store, 'verifyRegister'> {
  return {
    verifyRegister: async (anchor) => {
      const query = database.query();
      const walk: Walk = { entries: 0, sequence: 0, head: null, isAnchored: false, faults: [], gone: new Set() };
      for (;;) {
        const page = await pageAfter(query, walk.entries === 0 ? null : walk.sequence);
        const people = await peopleOf(
          query,
          page.map(({ sequence }) => sequence),
        );
        for (const row of page) step(walk, row, people.get(row.sequence) ?? [], anchor);
        if (page.length < PAGE) break;
      }
      // Read last: whatever was erased during the walk is named by then.
      const erased = await erasedIn(query);
      const faults = [...walk.faults, ...unexplained(walk, erased), ...(await orphans(query, walk)), ...unanchored(walk, anchor)];
      return {
        entries: walk.entries,
        head: walk.head,
        erased: [...walk.gone].filter((sequence) => erased.has(sequence)).length,
        faults: faults.sort((a, b) => a.sequence - b.sequence),
      };
    },
  };
}

/** From the very first row on: one that was put before the first entry must be seen. */
async function pageAfter(query: Query, sequence: number | null): Promise<readonly Entries[]> {
  const all = query.selectFrom('entries').selectAll().orderBy('sequence').limit(PAGE);
  return (sequence === null ? all : all.where('sequence', '>', sequence)).execute();
}

function step(walk: Walk, row: Entries, people: readonly People[], anchor: string | undefined): void {
  const tell = (message: string): void => void walk.faults.push({ sequence: row.sequence, message });
  const missing = row.sequence - walk.sequence - 1;
  if (missing > 0) {
    const which = missing === 1 ? `Entry ${walk.sequence + 1} is` : `Entries ${walk.sequence + 1} to ${row.sequence - 1} are`;
    walk.faults.push({ sequence: walk.sequence + 1, message: `${which} missing.` });
  }
  if (row.previous !== (walk.head ?? ORIGIN))
    tell('It does not follow the entry before it: that one was changed, removed or moved.');
  if (row.hash !== entryHash(row)) tell('It is not what was entered: its hash does not fit.');
  checkPeople(walk, row, people, tell);
  walk.entries += 1;
  walk.sequence = row.sequence;
  walk.head = row.hash;
  walk.isAnchored ||= row.hash === anchor;
}

const ROLES = [
  { role: 'person', is: 'the person' },
  { role: 'by', is: 'who entered it' },
  { role: 'evidence', is: 'its evidence' },
] as const;

function checkPeople(walk: Walk, row: Entries, people: readonly People[], tell: (message: string) => void): void {
  const digests = { person: row.person_digest, by: row.by_digest, evidence: row.evidence_digest };
  for (const { role, is } of ROLES) {
    const part = people.find((one) => one.role === role);
    const digest = digests[role];
    if (!part) {
      if (digest !== null) walk.gone.add(row.sequence);
    } else if (partDigest(part) !== digest || !isFoundBy(part)) {
      tell(`What it says about ${is} is not what was entered.`);
    }
  }
}

/** The account and the key are kept beside the text to be found by: they must agree with it. */
function isFoundBy({ role, account_id, evidence_key, body }: People): boolean {
  const { accountId, key } = unpack<{ readonly accountId?: unknown; readonly key?: unknown }>(body);
  if (role !== 'evidence') return accountId === account_id && evidence_key === null;
  return account_id === null && typeof key === 'string' && evidenceKey({ key }) === evidence_key;
}

async function erasedIn(query: Query): Promise<ReadonlySet<number>> {
  const rows = await query.selectFrom('entries').select('body').where('kind', '=', 'erased').execute();
  return new Set(rows.flatMap(({ body }) => listed(body)));
}

/** What a changed entry says is told by its hash; here it names nothing. */
function listed(body: string): readonly number[] {
  try {
    const { entries } = unpack<{ entries?: unknown }>(body);
    return Array.isArray(entries) ? entries.filter((one) => typeof one === 'number') : [];
  } catch {
    return [];
  }
}

function unexplained(walk: Walk, erased: ReadonlySet<number>): readonly Fault[] {
  const lost = [...walk.gone].filter((sequence) => !erased.has(sequence));
  return lost.map((sequence) => ({ sequence, message: 'What it said about people is gone, and no erasure says so.' }));
}

/** People of entries that are not there: what is cut off at the end of the chain leaves them behind. */
async function orphans(query: Query, walk: Walk): Promise<readonly Fault[]> {
  const rows = await query
    .selectFrom('people')
    .select('sequence')
    .distinct()
    .where('sequence', '>', walk.sequence)
    .where('sequence', 'not in', (from) => from.selectFrom('entries').select('sequence'))
    .orderBy('sequence')
    .execute();
  return rows.map(({ sequence }) => ({ sequence, message: `Entry ${sequence} is missing.` }));
}

function unanchored(walk: Walk, anchor: string | undefined): readonly Fault[] {
  if (anchor === undefined || walk.isAnchored) return [];
  return [{ sequence: 0, message: `No entry has the anchored hash "${anchor}": the chain was changed after it was anchored.` }];
}
