/** The tables as both databases have them: text, numbers and null, so that a row reads the same from either. */
import type { Generated } from 'kysely';

export interface Deliveries {
  id: string;
  event: string;
  action: string | null;
  owner: string | null;
  at: string;
}

export interface Inputs {
  id: Generated<number>;
  delivery_id: string;
  kind: string;
  subject_key: string;
  repo_key: string | null;
  account_id: number;
  login: string;
  text: string;
  at: string;
  is_closed: Generated<number>;
  comment_id: number | null;
  url: string | null;
  body: string | null;
  /** SHA-256 of the body. */
  digest: string | null;
  /** The verdict that the subject had when it was said. */
  seen_verdict: number | null;
  decision: string | null;
  /** Of the decision. */
  outcome: string | null;
}

export interface Installations {
  owner_key: string;
  owner: string;
  id: number;
  is_suspended: number;
  /** 1: Steward is not installed there any more. Whose the name was is remembered for when another account takes it. */
  is_removed: number | null;
}

export interface Policies {
  source: string;
  layer: string;
  commit_sha: string | null;
  oid: string | null;
  text: string;
}

export interface Blobs {
  oid: string;
  text: string;
  used_at: string;
}

/** What was looked up of a package; nothing tells for whom. */
export interface PackageLicenses {
  /** Exactly one package: package URLs are not the same for the same alone. */
  package_key: string;
  declared: string | null;
  expression: string | null;
  source: string | null;
  url: string | null;
  /** Why nothing is known; null: something is. */
  reason: string | null;
  found_at: string;
  /** When it is to be looked up anew; null: never. */
  until: string | null;
  used_at: string;
}

/** What belongs to a subject of a repository; `repo_key` and `owner`/`repo` follow a rename. */
interface OfSubject {
  subject_key: string;
  repo_key: string;
  owner: string;
  repo: string;
}

/** Columns that an older row does not have are null. */
export interface Publications extends Omit<OfSubject, 'owner' | 'repo'> {
  kind: string;
  number: number;
  owner: string | null;
  repo: string | null;
  /** Git id of the organization's policy that it was made because of. */
  cause: string | null;
  at: string | null;
}

export interface Verdicts extends OfSubject {
  id: Generated<number>;
  subject_kind: string;
  sha: string;
  at: string;
  conclusion: string;
  /** SHA-256 of the verdict without its time: an unchanged one is not stored again. */
  digest: string;
  body: string;
  /** What a repository's issue is left as: `open`, `closed`, or `as-it-is`. Null: an older row. */
  issue: string | null;
}

/** A row of an older version has null in the columns from `owner_key` on, and waits to be kept anew. */
export interface StoredFacts extends Omit<OfSubject, 'owner' | 'repo'> {
  sha: string;
  body: string;
  owner_key: string | null;
  owner: string | null;
  repo: string | null;
  kind: string | null;
  /** Of a pull request. */
  number: number | null;
  circumstances: string | null;
  overrides: string | null;
  is_private: number | null;
  has_own_policy: number | null;
  state: string | null;
  at: string | null;
  /** When a pull request was merged or closed. */
  closed_at: string | null;
}

/** The folder of waivers of a repository as it was kept last. */
export interface WaiverFolders {
  repo_key: string;
  tree: string;
  at: string;
}

/** Every version of a waiver file that was there for a time. Evidence: never deleted. */
export interface KeptWaivers {
  id: Generated<number>;
  repo_key: string;
  /** `OWNER/REPO` as it is written. */
  repository: string;
  path: string;
  layer: string;
  commit_sha: string | null;
  oid: string | null;
  text: string;
  approval: string;
  /** The tree that it was seen in last. */
  tree: string;
  since: string;
  /** When it was gone; null: it is there. */
  until: string | null;
}

export interface Admissions {
  source: string;
  oid: string;
  state: string;
  preview: string | null;
  at: string;
}

export interface Previews {
  id: string;
  owner_key: string;
  owner: string;
  /** SHA-256 of the preview without its time. */
  digest: string;
  at: string;
  body: string;
}

export interface Snapshots {
  owner_key: string;
  name: string;
  at: string;
  body: string;
}

/** Issues and comments that were made, to count them. */
export interface Writes {
  id: Generated<number>;
  owner_key: string;
  at: string;
}

/** Commits that were accepted when they were merged. The repository follows a rename; the owner is that of the day. */
export interface Certified {
  repo_key: string;
  owner_key: string;
  options: string;
  sha: string;
  at: string;
  /** 1: into the default branch. */
  is_default: number | null;
}

export interface Agreements {
  agreement: string;
  version: string;
  title: string;
  kind: string;
  source: string;
  text: string;
  digest: string;
  at: string;
  /** When it was last in force. */
  seen: string;
}

/** Pull requests that wait for an account to sign. */
export interface Awaited extends OfSubject {
  account_id: number;
  number: number;
}

/** The public part of the register, which triggers keep from being changed. What names people is known by its digest. */
export interface Entries {
  sequence: number;
  kind: string;
  at: string;
  agreement: string | null;
  version: string | null;
  text_digest: string | null;
  company: string | null;
  person_digest: string | null;
  by_digest: string | null;
  evidence_digest: string;
  body: string;
  /** Hash of the entry before. */
  previous: string;
  hash: string;
}

/**
 * The part of the register that can be erased: a person, who entered it, and the evidence, each with its salt. What could be
 * guessed, like the key of an act, is here and never in the public part.
 */
export interface People {
  sequence: number;
  role: 'person' | 'by' | 'evidence';
  /** Null for evidence: it goes with either person. */
  account_id: number | null;
  /** SHA-256 of the evidence's key, by which an act is known; null for people. It goes with the evidence. */
  evidence_key: string | null;
  salt: string;
  body: string;
}

export interface Pings {
  id: number;
  at: string;
}

/** Embedded mode: one row a subject. */
export interface JobRows {
  key: string;
  subject: string;
  owner_key: string;
  state: 'waiting' | 'running' | 'dead';
  priority: number;
  attempts: number;
  /** Milliseconds since 1970. */
  due: number;
  since: string;
  /** Set while the job runs and was asked for again: the round that follows. */
  next_due: number | null;
  next_priority: number | null;
  next_since: string | null;
  error: string | null;
  at: string;
}

/** Accounts that GitHub told us to leave alone for a while. */
export interface ParkedOwners {
  owner_key: string;
  /** Milliseconds since 1970. */
  until: number;
}

/** Scale mode: jobs that were given up. */
export interface DeadJobs {
  key: string;
  subject: string;
  priority: number;
  attempts: number;
  error: string;
  at: string;
}

/** Scale mode: one row a living worker pool, beaten by the database's own clock. */
export interface Replicas {
  id: string;
  /** Milliseconds since 1970. */
  beat: number;
}

export interface Tables {
  deliveries: Deliveries;
  inputs: Inputs;
  installations: Installations;
  policies: Policies;
  blobs: Blobs;
  package_licenses: PackageLicenses;
  publications: Publications;
  verdicts: Verdicts;
  facts: StoredFacts;
  certified: Certified;
  agreements: Agreements;
  awaited: Awaited;
  entries: Entries;
  people: People;
  pings: Pings;
  jobs: JobRows;
  parked_owners: ParkedOwners;
  dead_jobs: DeadJobs;
  replicas: Replicas;
  waiver_folders: WaiverFolders;
  waivers: KeptWaivers;
  admissions: Admissions;
  previews: Previews;
  snapshots: Snapshots;
  writes: Writes;
}
