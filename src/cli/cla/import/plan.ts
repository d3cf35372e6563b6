/** What an import enters, and what it leaves for the office. */
import { sha256 } from '../../../facts/digest.ts';
import type { Entry, Evidence, RegisteredPerson } from '../../../facts/register.ts';
import type { Finder } from './accounts.ts';
import { resolve, type Doubt } from './resolve.ts';
import type { CompanySignature, Row, Signature } from './row.ts';

/** Something told about a row. */
export interface Told {
  readonly line: number;
  readonly why: Doubt;
  readonly found: string;
  /** False: the row is imported all the same, or says nothing that is missing. */
  readonly isLeft: boolean;
}

/** An entry, and the row that it is from. */
export interface Planned {
  readonly entry: Entry;
  readonly line: number;
}

export interface Plan {
  readonly entries: readonly Planned[];
  readonly told: readonly Told[];
}

export interface Target {
  readonly format: string;
  /** `OWNER/ID`, lower-case. */
  readonly agreement: string;
  readonly version: string;
  readonly text: string | null;
  /** The rows are people of this company; null: they signed for themselves. */
  readonly company: string | null;
  /** For lists that tell no times. */
  readonly now: string;
}

interface Draft {
  readonly entries: Planned[];
  readonly told: Told[];
  /** The rows of each account that were taken. */
  readonly taken: Map<number, Signature[]>;
  readonly companies: Set<string>;
}

/** Resolves every row; `progress` is told how many are done. */
export async function plan(
  rows: readonly Row[],
  target: Target,
  finder: Finder,
  progress: (done: number) => void,
): Promise<Plan> {
  const draft: Draft = { entries: [], told: [], taken: new Map(), companies: new Set() };
  for (const [index, row] of inOrder(rows).entries()) {
    progress(index);
    const { says, line } = row;
    if (says.kind === 'signature') await addSignature(draft, row, says, target, finder);
    else if (says.kind === 'company') await addCompany(draft, row, says, target, finder);
    else draft.told.push({ line, why: says.why, found: says.found, isLeft: true });
  }
  return { entries: draft.entries, told: draft.told.toSorted((a, b) => a.line - b.line) };
}

/** Oldest first: of equal signatures the earliest is the one that counts. */
function inOrder(rows: readonly Row[]): readonly Row[] {
  const timeOf = ({ says }: Row): string => ('at' in says ? (says.at ?? '') : '');
  return rows.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : a.line - b.line));
}

async function addSignature(draft: Draft, row: Row, says: Signature, target: Target, finder: Finder): Promise<void> {
  const { person, doubt } = await resolve(says, finder);
  if (doubt) draft.told.push({ line: row.line, ...doubt, isLeft: person === null });
  if (!person) return;
  const before = draft.taken.get(person.accountId) ?? [];
  const name = `${person.login} (${person.accountId})`;
  const isHeld = before.some(({ revokedAt }) => revokedAt === null);
  if (isHeld && says.revokedAt === null) {
    draft.told.push({ line: row.line, why: 'duplicate', found: name, isLeft: false });
    return;
  }
  // A revocation in the register ends everything signed before it, also what another row tells of another repository.
  if (isHeld || (says.revokedAt === null && before.some(({ revokedAt }) => (revokedAt ?? '') > (says.at ?? '')))) {
    draft.told.push({ line: row.line, why: 'revoked', found: name, isLeft: true });
  }
  draft.taken.set(person.accountId, [...before, says]);
  draft.entries.push(...signedEntries(row, says, person, target).map((entry) => ({ entry, line: row.line })));
}

function signedEntries(row: Row, says: Signature, person: RegisteredPerson, target: Target): readonly Entry[] {
  const { agreement, version, text, company, now } = target;
  const at = says.at ?? now;
  const evidence = evidenceOf(row, target, says.commentId);
  if (company !== null) return [{ kind: 'person-added', company, person, by: null, evidence, at }];
  const revoked = { ...evidence, key: `${evidence.key}:revoked` };
  return [
    { kind: 'signed', agreement, version, text, person, evidence: ofVersion(evidence, version), at },
    ...(says.revokedAt === null ? [] : [{ kind: 'revoked', agreement, person, evidence: revoked, at: says.revokedAt } as const]),
  ];
}

/** The company itself from the day it signed; whom it covers from now on, because the list does not say since when. */
async function addCompany(draft: Draft, row: Row, says: CompanySignature, target: Target, finder: Finder): Promise<void> {
  const { agreement, version, text, now } = target;
  const { line } = row;
  const company = shortName(says.name);
  if (company === '' || draft.companies.has(company)) {
    draft.told.push({ line, why: 'same-name', found: `${says.name}: the short name "${company}"`, isLeft: true });
    return;
  }
  draft.companies.add(company);
  const evidence = evidenceOf(row, target);
  const part = (what: string): Evidence => ({ ...evidence, key: `${evidence.key}:${what.toLowerCase()}` });
  const shared = { company, by: null } as const;
  const add = (entry: Entry): void => void draft.entries.push({ entry, line });
  const signing = ofVersion(evidence, version);
  add({ kind: 'company-signed', ...shared, name: says.name, agreement, version, text, evidence: signing, at: says.at });
  for (const login of says.organizations.map((one) => one.toLowerCase())) {
    add({ kind: 'organization-added', ...shared, login, evidence: part(`organization:${login}`), at: now });
  }
  for (const login of says.logins) {
    const { person, doubt } = await resolve({ login, accountId: null, at: says.at }, finder);
    if (doubt) draft.told.push({ line, ...doubt, isLeft: person === null });
    if (person) add({ kind: 'person-added', ...shared, person, evidence: part(`person:${person.accountId}`), at: now });
  }
  for (const one of says.unproven) {
    draft.told.push({ line, why: one.lastIndexOf('@') > 0 ? 'address' : 'domain', found: `${company}: ${one}`, isLeft: true });
  }
}

function evidenceOf({ raw }: Row, { format, agreement }: Target, commentId?: number): Evidence {
  const digest = sha256(raw);
  const key = `import:${format}:${agreement}:${digest}`;
  return { source: 'import', key, body: raw, digest, ...(commentId === undefined ? {} : { commentId }) };
}

/** A row is evidence of one version, so the version is part of what it is known by. */
function ofVersion(evidence: Evidence, version: string): Evidence {
  return { ...evidence, key: `${evidence.key}:${version}` };
}

/** `Globex, Inc.` → `globex-inc`. */
function shortName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
}
