/** The waivers in the organization's policy repository, and who approved them. */
import { known, type Answer } from '../facts/answer.ts';
import type { PolicyFile } from '../policy/policy.ts';
import type { WaiverFolder } from '../ports.ts';
import type { Desk, Look } from './look.ts';

/** The folder of waivers, by the git id of its tree; null: there is none. */
export function waiverFolderOf(_seen: Look): Answer<WaiverFolder | null> {
  return known(null);
}

/** The files of the folder. */
export function waiverFilesOf(_desk: Desk, _seen: Look): Promise<Answer<readonly PolicyFile[]>> {
  return Promise.resolve(known([]));
}
