/** Writes that GitHub does not take for an ordinary reason: told, and no fault. */
import type { Write } from '../views/differences.ts';
import { GoneError, LaterError, UngrantedError } from './later.ts';

/** A write that GitHub does not take for an ordinary reason. */
export interface Skipped {
  readonly write: Write['do'];
  readonly reason: string;
}

/** Why an ordinary refusal is no fault; throws what is one. */
export function refusal(
  error: unknown,
  write: Write,
  { owner, repo }: { readonly owner: string; readonly repo: string },
): string {
  const { status, message = '' } = error as { status?: number; message?: string };
  const says = message.slice(0, 500);
  if (status === 410) return 'issues are switched off';
  if (status === 403 && /archived|read-only/i.test(says)) return 'the repository is archived';
  if (status === 403 && /locked/i.test(says)) return 'the conversation is locked';
  if (status === 422 && /no commit found/i.test(says)) return 'the commit is not there any more';
  if (write.do === 'create-reaction') return unanswered(error, says, 'reaction');
  if (write.do === 'create-reply') return unanswered(error, says, 'answer');
  if (status === 404 && write.do === 'create-note') return 'the issue is not there any more';
  if (status === 404 && write.do.startsWith('update-')) {
    // Somebody deleted it a moment ago: the next look sees that it is gone.
    throw new LaterError('What should be updated is not there any more.', { after: 1000, cause: error });
  }
  if (status === 404) throw new GoneError(`${owner}/${repo} does not exist, or Steward may not write there.`, { cause: error });
  throw error;
}

/** An answer is a courtesy: what was said is decided and judged also where GitHub takes none. Waiting and faults stay what they are. */
function unanswered(error: unknown, says: string, what: string): string {
  const { status } = error as { status?: number };
  if (status === 404) return 'the comment is not there any more';
  if (error instanceof UngrantedError || status === 403 || status === 422) return `GitHub takes no ${what} there: ${says}`;
  throw error;
}
