/** An entry of the register as rows: what is public and stays for ever, and what names people and can be erased. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '../facts/digest.ts';
import type { Entered, Entry, Evidence, RegisteredPerson } from '../facts/register.ts';
import { pack, unpack } from './json.ts';
import type { Entries, People } from './tables.ts';

/** What the first entry follows. */
export const ORIGIN = '0'.repeat(64);

export interface EntryRows {
  readonly entry: Entries;
  readonly people: readonly People[];
}

/** Stands for the key of an act whose evidence was erased. */
const ERASED = 'erased';

/** Every field that some kind of entry has; those that are no columns make up the body. */
interface Fields {
  readonly kind: Entry['kind'];
  readonly at: string;
  readonly evidence: Evidence;
  readonly agreement?: string;
  readonly version?: string;
  readonly text?: string | null;
  readonly company?: string;
  readonly person?: RegisteredPerson;
  readonly by?: RegisteredPerson | null;
}

/** The rows of an entry that follows another; each part that names somebody gets a salt of its own. */
export function rowsOf(entry: Entry, sequence: number, previous: string): EntryRows {
  const { kind, at, evidence, agreement, version, text, company, person, by, ...rest } = entry as Fields;
  const people = [
    ...(person ? [partOf(sequence, 'person', person.accountId, person)] : []),
    ...(by ? [partOf(sequence, 'by', by.accountId, by)] : []),
    { ...partOf(sequence, 'evidence', null, evidence), evidence_key: evidenceKey(evidence) },
  ];
  const digestOf = (role: People['role']): string | null => {
    const part = people.find((one) => one.role === role);
    return part ? partDigest(part) : null;
  };
  const row = {
    sequence,
    kind,
    at,
    agreement: agreement ?? null,
    version: version ?? null,
    text_digest: text ?? null,
    company: company ?? null,
    person_digest: digestOf('person'),
    by_digest: digestOf('by'),
    evidence_digest: digestOf('evidence') ?? '',
    body: pack({ ...rest, source: evidence.source }),
    previous,
  };
  return { entry: { ...row, hash: entryHash(row) }, people };
}

function partOf(sequence: number, role: People['role'], accountId: number | null, body: object): People {
  const salt = randomBytes(16).toString('hex');
  return { sequence, role, account_id: accountId, evidence_key: null, salt, body: pack(body) };
}

/** What an act is known by, so that it is entered once. Keys can be guessed, so this is erased with the evidence. */
export function evidenceKey({ key }: Pick<Evidence, 'key'>): string {
  return sha256(key);
}

/** SHA-256 of the salt and the text of the part, one after the other. */
export function partDigest({ salt, body }: Pick<People, 'salt' | 'body'>): string {
  return sha256(salt + body);
}

/** SHA-256 of the public columns as a JSON list, in this order. The hash of the entry before is the first of them. */
export function entryHash(row: Omit<Entries, 'hash'>): string {
  const { previous, sequence, kind, at, agreement, version, text_digest, company } = row;
  const { person_digest, by_digest, evidence_digest, body } = row;
  const named = [previous, sequence, kind, at, agreement, version, text_digest, company];
  return sha256(pack([...named, person_digest, by_digest, evidence_digest, body]));
}

/** The entry as it was entered, from those of its parts that are left. */
export function enteredOf(row: Entries, people: readonly People[]): Entered {
  const kind = row.kind as Entry['kind'];
  const { sequence, hash, at } = row;
  const part = (role: People['role']): unknown => {
    const found = people.find((one) => one.role === role);
    return found ? unpack(found.body) : null;
  };
  const person = part('person');
  if (row.person_digest !== null && person === null) return { sequence, hash, kind, at, entry: null };
  const { source, ...body } = unpack<{ readonly source: Evidence['source'] }>(row.body);
  const entry = {
    kind,
    at,
    evidence: part('evidence') ?? { source, key: ERASED },
    ...(row.agreement === null ? {} : { agreement: row.agreement }),
    ...(row.version === null ? {} : { version: row.version, text: row.text_digest }),
    ...(row.company === null ? {} : { company: row.company, by: part('by') }),
    ...(person === null ? {} : { person }),
    ...body,
  };
  // Only `rowsOf` fills these columns.
  return { sequence, hash, kind, at, entry: entry as unknown as Entry };
}
