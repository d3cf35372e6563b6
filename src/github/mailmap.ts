/** The `.mailmap` of the base branch: its name comes with the first call, its text like any other. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Look } from './look.ts';

/** Git's modes of files; it does not follow a `.mailmap` that is a symbolic link. */
const FILES = [0o100644, 0o100755];

/** Its text; null: there is none, or it is no file. */
export async function mailmapOf(
  { base: { state, faults } }: Pick<Look, 'base'>,
  text: (oid: string) => Promise<Answer<string>>,
): Promise<Answer<string | null>> {
  const fault = faults.at('mailmap');
  if (fault !== null) return unknown(fault);
  const entry = state?.mailmap;
  return entry && FILES.includes(entry.mode) ? text(entry.oid) : known(null);
}
