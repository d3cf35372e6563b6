/** From the key of a row back to its subject, under the name that its repository has now. */
import type { Judged } from '../facts/subject.ts';

interface Row {
  readonly subject_key: string;
  readonly owner: string | null;
  readonly repo: string | null;
}

/** Null: an older row, which does not say how its name is written. */
export function subjectOf({ subject_key: key, owner, repo }: Row): Judged | null {
  if (owner === null || repo === null) return null;
  const [, kind, number, headSha] = /^([a-z-]+):[^#]*(?:#(\d+))?(?:@(.*))?$/.exec(key) ?? [];
  if (kind === 'repository') return { kind, owner, repo };
  if (kind === 'pull-request') return { kind, owner, repo, number: Number(number) };
  return kind === 'merge-group' && headSha !== undefined ? { kind, owner, repo, number: Number(number), headSha } : null;
}
