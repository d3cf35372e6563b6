/** Wishes of a repository's that have no effect, and what it is told about them. */
import { pathTo, placeText, type Held, type Lock } from './held.ts';
import type { Origin, Problem } from './policy.ts';
import { listed } from './problem.ts';
import { type Stack } from './stack.ts';

export interface Refusal {
  /** `RULE.KEY`, or a key at the top. */
  readonly name: string;
  /** Keys from the top. */
  readonly path: string;
  /** What `mayLoosen` would have to name. */
  readonly allow: string;
  readonly wish: Held<unknown>;
  /** The part of the wish without effect, and what stays in its place. */
  readonly refused: string;
  readonly stays: unknown;
  /** Where the value that stays was written, or in words why it holds although nobody wrote it. */
  readonly by: Origin | string;
  /** What binds the key beside that a repository may only tighten; left out: nothing. */
  readonly lock?: Lock;
}

/** One notice a wish of the repository's own file; one for all that comes from what it extends. */
export function notices(refusals: readonly Refusal[], lower: Stack): readonly Problem[] {
  const own = refusals.filter((refusal) => refusal.wish.origin.layer === 'repository').map(notice);
  const inherited = refusals.filter((refusal) => refusal.wish.origin.layer !== 'repository');
  const file = lower.documents.at(-1);
  if (inherited.length === 0 || !file) return own;
  const { line, column } = file.extends ?? { line: 1, column: 1 };
  const names = listed(inherited.map(({ name }) => name));
  const message = `Parts of what this extends have no effect, because the policy above is firmer: ${names}.`;
  return [{ source: file.file.source, line, column, path: 'extends', severity: 'notice', message, hint: null }, ...own];
}

/** What is told of a wish without effect, at its line. */
export function notice({ path, allow, wish, refused, stays, by, lock }: Refusal): Problem {
  const where = typeof by === 'string' ? by : placeText(by);
  const why = lock ? `"${lock.value}" ${BOUND[lock.kind]} (${placeText(lock.origin)})` : 'a repository may only tighten';
  const isOfLock = lock && typeof by !== 'string' && placeText(by) === placeText(lock.origin);
  return {
    source: wish.origin.source,
    line: wish.origin.line ?? 1,
    column: wish.column,
    path: pathTo(wish, path),
    severity: 'notice',
    message: `${refused} has no effect here, because ${why}; ${valueText(stays)} stays${isOfLock ? '' : ` (${where})`}.`,
    hint: lock
      ? `Whoever keeps that file can allow it by removing "${lock.value}" under ${lock.kind}.`
      : `The organization can allow it by listing "${allow}" under mayLoosen in its policy.`,
  };
}

const BOUND: Readonly<Record<Lock['kind'], string>> = { locked: 'is locked', mayOnlyTighten: 'may only be tightened' };

function valueText(value: unknown): string {
  const text = (JSON.stringify(value) as string | undefined) ?? 'nothing';
  return typeof value === 'string' ? text : text.replaceAll(',', ', ');
}
