/** What a proposal's preview lacks and Steward can do something about: answers that nobody has asked for, and names of nobody. Part of the spine. */
import type { PullRequestSubject, Subject } from '../facts/subject.ts';
import { goByNames, nobodyCalledSo } from '../policy/called-so.ts';
import type { Document } from '../policy/parse.ts';
import type { Problem } from '../policy/policy.ts';
import type { Memory } from './ports.ts';
import type { Preview } from '../verdict/preview.ts';

export interface Lacking {
  /** Subjects to be looked at thoroughly; empty: nothing can be gathered, or it was tried for a day. */
  readonly subjects: readonly Subject[];
  /** Milliseconds until the proposal is to be looked at again; null: it need not. */
  readonly later: number | null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOTHING: Lacking = { subjects: [], later: null };

/**
 * The subjects of a preview whose answers can be gathered. Others may have to wait their turn for long, so the proposal is looked at
 * again after five minutes and then ever more seldom, for a day after its commit was first judged.
 */
export async function lacking(
  found: Preview,
  { subject, sha, now }: { readonly subject: PullRequestSubject; readonly sha: string; readonly now: Date },
  memory: Pick<Memory, 'lastVerdict'>,
): Promise<Lacking> {
  const subjects = found.rows.filter(({ isGatherable }) => isGatherable === true).map((row) => row.subject);
  if (subjects.length === 0) return NOTHING;
  const last = await memory.lastVerdict(subject);
  const since = last?.sha === sha ? now.getTime() - Date.parse(last.at) : 0;
  return since > DAY ? NOTHING : { subjects, later: Math.max(5 * MINUTE, 2 * since) };
}

/** A notice for each group and pilot of the files whose names mean no repository that is stored. */
export async function strangers(
  owner: string,
  documents: readonly Document[],
  memory: Pick<Memory, 'storedSubjects'>,
): Promise<readonly Problem[]> {
  if (!goByNames(documents)) return [];
  const stored = await memory.storedSubjects(owner);
  return nobodyCalledSo(
    documents,
    stored.filter(({ kind }) => kind === 'repository'),
  );
}
