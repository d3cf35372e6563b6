/** What can be entered in the register of signatures. Entries are only ever added; what they say about a person can be erased. */
import type { Company } from './source.ts';

/** A person in the register. The numeric id is the identity; the login is what it was called then. */
export interface RegisteredPerson {
  readonly accountId: number;
  readonly login: string;
  readonly name?: string;
  readonly email?: string;
}

/** How it is known that somebody wanted what an entry says. */
export interface Evidence {
  readonly source: 'comment' | 'page' | 'import' | 'office';
  /** Names the act, so that it is entered once: a comment's id, a page visit, a line of an import. Erased with the rest of it. */
  readonly key: string;
  readonly url?: string;
  readonly commentId?: number;
  /** The whole comment as it was written, or the row that was imported. */
  readonly body?: string;
  /** SHA-256 of `body`. */
  readonly digest?: string;
  /** Why the office entered it. */
  readonly reason?: string;
}

/** An agreement in the register is named with its keeper: `OWNER/ID`, or `OWNER/REPO/ID` when a repository's own policy names it. Lower-case. */
interface Act {
  /** ISO 8601. */
  readonly at: string;
  readonly evidence: Evidence;
}

interface OfAgreement extends Act {
  readonly agreement: string;
  readonly version: string;
  /** SHA-256 of the text that was signed; null where an import does not tell. */
  readonly text: string | null;
}

interface OfCompany extends Act {
  /** Short name, `[a-z0-9-]`. */
  readonly company: string;
  /** Who entered it: a manager of the company, or the office. */
  readonly by: RegisteredPerson | null;
}

export type Entry =
  | (OfAgreement & { readonly kind: 'signed'; readonly person: RegisteredPerson })
  | (Act & { readonly kind: 'revoked'; readonly agreement: string; readonly person: RegisteredPerson })
  /** Leaves a tombstone: the personal part of the entries of an account is gone, the chain still holds. */
  | (Act & { readonly kind: 'erased'; readonly entries: readonly number[] })
  /** A repository, `OWNER/REPO`, or an account, `OWNER`, in lower case, got another name: agreements that it keeps are called after the new one from here on. */
  | (Act & {
      readonly kind: 'renamed';
      readonly from: string;
      readonly to: string;
      /** Of the account. */
      readonly installation?: number;
      /** What is called by the new name already is its own as well; left out: it was of another account or repository. */
      readonly joins?: true;
    })
  | (OfAgreement & OfCompany & { readonly kind: 'company-signed'; readonly name: string })
  | (OfCompany & { readonly kind: 'company-ended' })
  | (OfCompany & { readonly kind: 'manager-added' | 'manager-removed'; readonly person: RegisteredPerson })
  | (OfCompany & { readonly kind: 'person-added' | 'person-removed'; readonly person: RegisteredPerson })
  | (OfCompany & { readonly kind: 'domain-added' | 'domain-removed'; readonly domain: string })
  | (OfCompany & { readonly kind: 'organization-added' | 'organization-removed'; readonly login: string });

/** An entry as it stands in the chain. */
export interface Entered {
  /** Counts from 1 without gaps. */
  readonly sequence: number;
  /** SHA-256 over the entry before and this one. */
  readonly hash: string;
  /** Null: what it said about a person has been erased. When only who entered it was erased, `by` is null. */
  readonly entry: Entry | null;
  readonly kind: Entry['kind'];
  readonly at: string;
}

/** A company as its managers see it: its record, and by name who manages it and whom it covers now. */
export interface CompanyRecord extends Company {
  readonly managers: readonly RegisteredPerson[];
  readonly people: readonly RegisteredPerson[];
}

/** What a check of the whole chain found. */
export interface Verified {
  readonly entries: number;
  /** Hash of the last entry; null: there is none. Anchored elsewhere, it proves that nothing before it changed. */
  readonly head: string | null;
  /** Entries of which something has been erased. */
  readonly erased: number;
  /** Everything that does not fit, by sequence; 0 is the chain as a whole. Empty: the chain holds. */
  readonly faults: readonly { readonly sequence: number; readonly message: string }[];
}

/** A version of an agreement as it was in force somewhere. */
export interface KeptAgreement {
  /** `OWNER/ID` or `OWNER/REPO/ID`, lower-case. */
  readonly agreement: string;
  readonly version: string;
  readonly title: string;
  readonly kind: 'individual' | 'corporate';
  /** Where the text is: `https://…` or `OWNER/REPO:PATH[@REF]`. */
  readonly source: string;
  readonly text: string;
  /** SHA-256 of `text`. */
  readonly digest: string;
  /** When it was first read, ISO 8601. */
  readonly at: string;
  /** When it was last in force, to the hour; left out: when it was first read. */
  readonly seen?: string;
}
