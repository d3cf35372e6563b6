/** Policies that other repositories share: public ones, those of the same account, and private ones that name their readers. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { PolicyFile } from '../policy/policy.ts';
import type { Api } from './client.ts';
import { GoneError, LaterError, MODEST } from './later.ts';
import { fileOf, sourceOf } from './policies.ts';
import { SHARED_POLICY } from './queries.ts';
import { query } from './reply.ts';
import type { PolicyShape } from './shapes.ts';

export interface Reference {
  readonly owner: string;
  readonly repo: string;
  readonly path: string;
  /** Null: the default branch. */
  readonly ref: string | null;
}

/** The account that wants to extend a policy, and how it reads. */
export interface Reader {
  readonly api: Api;
  readonly account: string;
}

/** What makes private policies readable for those whom they name. */
export interface Sharing {
  /** Reads for the account that shares. Throws GoneError where Steward is not installed. */
  readonly as: (owner: string) => Promise<Api>;
  /** The accounts that a policy names as readers, in lower case. */
  readonly readers: (policy: string) => readonly string[];
}

/** Git's rules for names, and nothing of its revision syntax: a reference names a branch, a tag or a commit. */
const REF = /^(?!-)(?!.*\.\.)(?!.*@\{)[^\s~^:?*[\\\u0000-\u001f\u007f]{1,200}$/u;

/** The same words for what does not exist and for what is private: which of them it is, is nobody else's business. */
const UNSEEN = unknown('the repository does not exist, or Steward may not see it');
const NO_REF = unknown('its reference is not the name of a branch, tag or commit');
const NOT_PUBLIC = unknown('it is in a private repository; an agreement has to be public');
const KEPT_FROM = unknown('it is in a private repository of another account');

/** A policy of another repository. Unknown means that it cannot be used; what cannot be told just now is thrown. */
export async function sharedPolicyOf(
  { api, account }: Reader,
  reference: Reference,
  sharing: Sharing | null,
): Promise<Answer<PolicyFile>> {
  if (!isRef(reference.ref)) return NO_REF;
  const found = await ask(api, reference, false);
  if (found) return isKept(found, account) ? KEPT_FROM : fileIn(found, reference);
  if (!sharing || isSame(reference.owner, account)) return UNSEEN;
  const shown = await askAs(sharing, reference);
  // The policy in force decides, not the version that is extended: who is no longer named may no longer read.
  const own = shown?.defaultBranchRef?.target?.policy?.object?.text;
  if (!shown || !sharing.readers(own ?? '').some((reader) => isSame(reader, account))) return UNSEEN;
  return fileIn(shown, reference);
}

/** A file that everybody may read: what Steward may read is not what it may show to everybody. */
export async function publicFileOf(api: Api, reference: Reference): Promise<Answer<PolicyShape>> {
  if (!isRef(reference.ref)) return NO_REF;
  const found = await ask(api, reference, false);
  if (!found) return UNSEEN;
  return found.isPrivate ? NOT_PUBLIC : entryIn(found, reference);
}

function isRef(ref: string | null): boolean {
  return ref === null || REF.test(ref);
}

function isKept({ isPrivate, owner }: SharingShape, account: string): boolean {
  return isPrivate && !isSame(owner.login, account);
}

interface CommitShape {
  readonly oid?: string;
  readonly policy?: PolicyShape | null;
}

interface SharingShape {
  readonly name: string;
  readonly owner: { readonly login: string };
  readonly isPrivate: boolean;
  readonly object: (CommitShape & { readonly target?: CommitShape | null }) | null;
  readonly defaultBranchRef?: { readonly target: CommitShape | null } | null;
}

async function ask(api: Api, { owner, repo, path, ref }: Reference, withReaders: boolean): Promise<SharingShape | null> {
  const variables = { owner, repo, path, expression: ref ?? 'HEAD', withReaders };
  const { data, faults } = await query<{ repository: SharingShape | null }>(api, SHARED_POLICY, variables);
  // An account that keeps Apps out is no fault that goes away.
  if (faults.forbids('repository')) return null;
  const fault = faults.at('repository');
  if (fault !== null) throw new LaterError(`A shared file could not be read: ${fault}.`, { after: MODEST });
  return data.repository;
}

async function askAs(sharing: Sharing, reference: Reference): Promise<SharingShape | null> {
  try {
    return await ask(await sharing.as(reference.owner), reference, true);
  } catch (error) {
    if (error instanceof GoneError) return null;
    throw error;
  }
}

function fileIn(found: SharingShape, reference: Reference): Answer<PolicyFile> {
  const { path } = reference;
  const commit = commitIn(found);
  const entry = entryIn(found, reference);
  if (!entry.known) return entry;
  const state = { oid: commit?.oid ?? '', policy: entry.value };
  const file = fileOf(state, 'shared', sourceOf(found.owner.login, found.name, path));
  return file ? known(file) : unknown(`there is no file ${path}`);
}

/** A branch or commit is the commit; a tag may only point at it. */
function commitIn({ object }: SharingShape): CommitShape | null {
  return (object?.oid === undefined ? object?.target : object) ?? null;
}

function entryIn(found: SharingShape, { path, ref }: Reference): Answer<PolicyShape> {
  const commit = commitIn(found);
  if (commit?.oid === undefined) return unknown(`there is no branch, tag or commit ${ref ?? 'in the repository'}`);
  return commit.policy ? known(commit.policy) : unknown(`there is no file ${path}`);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** How long an answer is believed: nobody tells Steward of a change elsewhere. */
const FRESH = 5 * 60_000;
const FRESH_REFUSAL = 60_000;
/** More answers than this are not kept. */
const KEPT = 1000;

export type SharedPolicies = (reader: Reader, reference: Reference) => Promise<Answer<PolicyFile>>;

/** Shared policies with a memory, so that extending one costs no call a pull request. */
export function sharedPolicies(sharing: Sharing | null, now: () => number): SharedPolicies {
  const kept = new Map<string, { readonly answer: Answer<PolicyFile>; readonly until: number }>();
  return async (reader, reference) => {
    const { owner, repo, path, ref } = reference;
    const key = JSON.stringify([reader.account.toLowerCase(), owner.toLowerCase(), repo.toLowerCase(), path, ref]);
    const before = kept.get(key);
    if (before && before.until > now()) return before.answer;
    const answer = await sharedPolicyOf(reader, reference, sharing);
    kept.delete(key);
    if (kept.size >= KEPT) kept.clear();
    kept.set(key, { answer, until: now() + (answer.known ? FRESH : FRESH_REFUSAL) });
    return answer;
  };
}
