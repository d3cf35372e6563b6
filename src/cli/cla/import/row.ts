/** What a list of another tool says, row by row, before anybody has looked at accounts. */

/** Somebody signed. */
export interface Signature {
  readonly kind: 'signature';
  /** Null: the row names no account. */
  readonly login: string | null;
  /** Null: the format has none. */
  readonly accountId: number | null;
  /** ISO 8601; null: the format tells no time. */
  readonly at: string | null;
  readonly revokedAt: string | null;
  readonly name?: string;
  readonly email?: string;
  readonly commentId?: number;
  /** What the other tool calls the agreement and its version. */
  readonly of?: { readonly agreement: string; readonly version: string };
}

/** A company signed, and lists whom it covers. */
export interface CompanySignature {
  readonly kind: 'company';
  readonly name: string;
  readonly at: string;
  readonly logins: readonly string[];
  readonly organizations: readonly string[];
  /** Addresses and domains, which nobody has verified here. */
  readonly unproven: readonly string[];
}

/** Something that is no signature of an account. */
export interface Other {
  readonly kind: 'other';
  readonly why: 'address' | 'domain' | 'unsigned';
  readonly found: string;
}

export interface Row {
  /** Counts from 1: the line of a table, the place in a list. */
  readonly line: number;
  /** As it stands in the file: this is the evidence. */
  readonly raw: string;
  readonly says: Signature | CompanySignature | Other;
}

/** A row that cannot be read. */
export interface Flaw {
  readonly line: number;
  readonly found: string;
  readonly wanted: string;
}

export interface Parsed {
  readonly rows: readonly Row[];
  readonly flaws: readonly Flaw[];
}

/** What a row says, or what is wrong with it. */
export type Reading = Row['says'] | Omit<Flaw, 'line'>;

/** Sorts what was read into rows and flaws. */
export function parsed(read: readonly { readonly line: number; readonly raw: string; readonly reading: Reading }[]): Parsed {
  const rows: Row[] = [];
  const flaws: Flaw[] = [];
  for (const { line, raw, reading } of read) {
    if ('wanted' in reading) flaws.push({ line, ...reading });
    else rows.push({ line, raw, says: reading });
  }
  return { rows, flaws };
}
