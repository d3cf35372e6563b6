/** A waiver: a rule, a scope, a reason, an approver and a last day, in a file of its own in the policy repository. Types only. */
import type { PolicyFile, Problem } from '../policy.ts';

/** The folder of waivers in the policy repository. */
export const WAIVERS_FOLDER = '.github/steward/waivers';

/** Stands for the text of a link or a submodule among the waivers. No file has this text: one with a NUL is not read. */
export const NOT_A_FILE = '\0not a file';

/** Stands for the text of a folder among the waivers, in which nothing is read. */
export const A_FOLDER = '\0a folder';

/** Why a finding is waived, by OpenSSF Scorecard's words for it. */
export const REASON_CODES = ['test-data', 'remediated', 'not-applicable', 'not-supported', 'not-detected'] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** What a waiver covers. Keys that are given must all match; each matches by one of its entries. */
export interface WaiverScope {
  /** Globs of repository names, without the owner. */
  readonly repositories: readonly string[];
  /** Globs of paths in the repository; they match `location.path`, and `about` of findings about files. */
  readonly paths?: readonly string[];
  /** Package URLs, `*` allowed; they match findings about packages. */
  readonly packages?: readonly string[];
  /** Logins of the people whom the finding is about. */
  readonly people?: readonly string[];
}

/** A waiver as its file says it. */
export interface Waiver {
  /** The name of the file without `.yml`. */
  readonly id: string;
  /** `OWNER/REPO:PATH`. */
  readonly source: string;
  readonly rule: string;
  readonly scope: WaiverScope;
  readonly reason: string;
  readonly code: ReasonCode | null;
  /** The login of who approves it; verified from the reviews of the pull request that brought the file. */
  readonly approver: string;
  /** The login of who asked for it; null: not said. */
  readonly requestedBy: string | null;
  /** The last day, inclusive, UTC: YYYY-MM-DD. */
  readonly until: string;
  /** Where it was asked for or talked about; null: not said. */
  readonly discussion: string | null;
}

/** Whether somebody else approved the content of the file, by the reviews of the merged pull request that brought it. */
export type Approval =
  | {
      readonly state: 'approved';
      readonly by: { readonly login: string; readonly accountId: number };
      /** Who opened the pull request. */
      readonly author: string | null;
      readonly pull: number;
      readonly url: string;
      /** ISO 8601. */
      readonly mergedAt: string;
      /** The list of approvers by which GitHub was asked; left out: it was not kept, and counts as the present one. */
      readonly terms?: readonly string[];
    }
  /** What is so, and after "; " the next step where there is a special one; `terms` as above. */
  | { readonly state: 'refused'; readonly reason: string; readonly terms?: readonly string[] }
  /** Asked again later; the waiver does not count until then. */
  | { readonly state: 'unknown'; readonly reason: string };

/** A waiver file with what is known of its approval. Legal's evidence: kept also after the file is gone. */
export interface KeptWaiver {
  readonly file: PolicyFile;
  readonly approval: Approval;
}

/** A waiver that is in force for a repository. JSON only. */
export interface Granted extends Waiver {
  readonly approvedBy: string;
  /** The merged pull request. */
  readonly url: string;
  /** The moment it ends; ISO 8601. */
  readonly ends: string;
}

/** The waivers of an organization at a moment. */
export interface Waivers {
  readonly granted: readonly Granted[];
  /** Waivers whose last day has passed, newest end first. */
  readonly ended: readonly Waiver[];
  /** Of files that cannot be read, are not approved, or end soon: for administrators. */
  readonly problems: readonly Problem[];
}

export const NO_WAIVERS: Waivers = { granted: [], ended: [], problems: [] };
