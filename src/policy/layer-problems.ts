/** What is said of a layer of the policy as a whole: it, or what it extends, is not read, or not as it is now. */
import type { Document } from './document.ts';
import { references, type Reference } from './parse.ts';
import type { PolicyFile, Problem } from './policy.ts';
import { referenceText } from './reference.ts';

/** A stranger's proposal extends something that is not read for it. */
export function unread(file: PolicyFile, document: Document): Problem {
  const message = 'What this extends is not read for a proposal from a fork, so it cannot be told what it would change.';
  const hint = 'Somebody who may write in this repository can push the branch here: then it is read.';
  const { line, column } = document.extends ?? { line: 1, column: 1 };
  return { source: file.source, line, column, path: 'extends', severity: 'notice', message, hint };
}

/** The version that stays in force, and why. */
export function notice(file: PolicyFile, message: string): Problem {
  const hint = `The version of commit ${file.commit ?? 'unknown'} stays in force until the file can be read.`;
  return { source: file.source, line: 1, column: 1, path: '', severity: 'notice', message, hint };
}

/** A newer version could be read, and is not in force: it changes too much, or nobody knows yet what it changes. */
export function notInForce(good: PolicyFile, why: 'held' | 'awaited'): Problem {
  const stays = `Until then the version of commit ${good.commit ?? 'unknown'} stays in force.`;
  const message =
    why === 'held'
      ? 'A newer version is not in force: something would newly fail in more repositories than the policy allows.'
      : 'A newer version is not in force yet: it is not known yet what it would change.';
  const hint =
    why === 'held'
      ? `Raise "maxNewFailures" in it, or take the change back. ${stays}`
      : `Steward looks at it by itself. ${stays}`;
  return { source: good.source, line: 1, column: 1, path: '', severity: 'notice', message, hint };
}

/** What a file extends, itself or by what that extends, cannot be used; `isEndless`: because the chain is too long or a circle. */
export function unreadable(own: Document, reference: Reference, reason: string, isEndless: boolean): Problem {
  const hint = isEndless
    ? 'Let one of them extend nothing that leads back, or put what several of them say into one file.'
    : 'Name a public repository, or one whose own policy names this reader, and a file that exists there.';
  return { ...placed(own), severity: 'error', message: `${led(own, reference)} could not be used: ${reason}.`, hint };
}

/** What a file extends can no longer be used, and is in force as it was read last. */
export function stale(own: Document, reference: Reference, reason: string): Problem {
  const message = `${led(own, reference)} can no longer be used: ${reason}. It stays in force as it was read last, and changes there do not arrive.`;
  const hint = 'Ask its keepers, or extend something else, or put what is needed of it into this file.';
  return { ...placed(own), severity: 'notice', isStale: true, message, hint };
}

function placed({ file: { source }, extends: base }: Document): Pick<Problem, 'source' | 'line' | 'column' | 'path'> {
  const { line, column } = base ?? { line: 1, column: 1 };
  return { source, line, column, path: 'extends' };
}

/** The reference, where it is not the file's own with how it came here. */
function led(own: Document, reference: Reference): string {
  const [first, named] = [references(own), referenceText(reference)];
  return first && referenceText(first) !== named ? `"${named}", to which "${referenceText(first)}" leads,` : `"${named}"`;
}
