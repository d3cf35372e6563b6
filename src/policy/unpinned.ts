/** A notice for what another account can change in the policy without anybody here seeing it before. */
import type { Document } from './document.ts';
import type { Problem } from './policy.ts';
import { referenceText } from './reference.ts';

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** `OWNER/REPO:PATH`, as files in repositories are called. */
const OWNED = /^([^/:@]+)\/[^/:@]+:/;

/** The notices, each at the `extends` that names a file of another account at no commit. */
export function unpinned(documents: readonly Document[]): readonly Problem[] {
  return documents.flatMap(({ file: { source }, extends: base }): readonly Problem[] => {
    if (!base || typeof base.value === 'string') return [];
    const { value, line, column } = base;
    const owner = OWNED.exec(source)?.[1];
    const isOwn = owner === undefined || owner.toLowerCase() === value.owner.toLowerCase();
    if (isOwn || (value.ref !== null && COMMIT.test(value.ref))) return [];
    const named = referenceText({ ...value, ref: null });
    const message = `"${referenceText(value)}" is kept by another account, and a change there comes into force here without a preview.`;
    const hint = `Pin it to a commit: "git ls-remote https://github.com/${value.owner}/${value.repo} ${value.ref ?? 'HEAD'}" prints the id; write "extends: ${named}@ID" with all 40 signs.`;
    return [{ source, line, column, path: 'extends', severity: 'notice', message, hint }];
  });
}
