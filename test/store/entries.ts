/** Entries of the register for tests: everything has a sensible value, a test names what it is about. */
import type { Entry, Evidence, RegisteredPerson } from '../../src/facts/register.ts';

type Of<K extends Entry['kind']> = Extract<Entry, { readonly kind: K }>;

export const ADA: RegisteredPerson = { accountId: 101, login: 'ada', name: 'Ada Lovelace', email: 'ada@example.org' };
export const BOB: RegisteredPerson = { accountId: 102, login: 'bob' };
export const EVE: RegisteredPerson = { accountId: 103, login: 'eve' };

export const CLA = 'acme/cla';
export const CCLA = 'acme/corporate';

let acts = 0;

/** Evidence of an act that nobody has entered yet. */
export function evidence(given: Partial<Evidence> = {}): Evidence {
  acts += 1;
  return { source: 'office', key: `act ${acts}`, ...given };
}

export function signed(person: RegisteredPerson, given: Partial<Of<'signed'>> = {}): Entry {
  const source = evidence({ source: 'comment', commentId: 7, body: 'I have read and agree to the CLA, version 1.0.' });
  return {
    kind: 'signed',
    at: '2026-03-01T12:00:00.000Z',
    agreement: CLA,
    version: '1.0',
    text: 'a'.repeat(64),
    person,
    evidence: source,
    ...given,
  };
}

export function revoked(person: RegisteredPerson, at: string): Entry {
  return { kind: 'revoked', at, agreement: CLA, person, evidence: evidence() };
}

export function companySigned(given: Partial<Of<'company-signed'>> = {}): Entry {
  return {
    kind: 'company-signed',
    at: '2026-01-01T00:00:00.000Z',
    agreement: CCLA,
    version: '1.0',
    text: null,
    company: 'globex',
    name: 'Globex, Inc.',
    by: BOB,
    evidence: evidence(),
    ...given,
  };
}

export function aboutPerson(
  kind: 'person-added' | 'person-removed' | 'manager-added' | 'manager-removed',
  person: RegisteredPerson,
  at: string,
  by: RegisteredPerson | null = BOB,
): Entry {
  return { kind, at, company: 'globex', person, by, evidence: evidence() };
}
