/** What `extends` names: a preset, or a policy file in another repository. */

/** A policy file in a repository; `ref` null means the default branch. */
export interface Reference {
  readonly owner: string;
  readonly repo: string;
  readonly path: string;
  readonly ref: string | null;
}

/** The name of a preset, or a reference. */
export type Extends = string | Reference;

/** Where a repository keeps its policy. */
export const POLICY_PATH = '.github/steward.yml';

const PRESET = /^[a-z0-9][a-z0-9.-]{0,63}$/;
const REFERENCE = /^([A-Za-z0-9][A-Za-z0-9_-]{0,99})\/([A-Za-z0-9._-]{1,100})(?::([^@\s]{1,255}))?(?:@(\S{1,255}))?$/;
/** What git refuses in the name of a branch or tag, see git-check-ref-format(1). */
const BAD_REF = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|\/\/|@\{|^[-/.]|[/.]$|\.lock$/;

/** Reads `NAME` or `OWNER/REPO[:PATH][@REF]`; null when the text is neither. */
export function readExtends(text: string): Extends | null {
  if (PRESET.test(text)) return text;
  const [, owner, repo, path = POLICY_PATH, ref = null] = REFERENCE.exec(text) ?? [];
  if (!owner || !repo || repo === '.' || repo === '..') return null;
  if (!isPath(path) || (ref !== null && BAD_REF.test(ref))) return null;
  return { owner, repo, path, ref };
}

/** What people call a reference, as they would write it in full. */
export function referenceText(reference: Reference): string {
  const { owner, repo, path, ref } = reference;
  return `${owner}/${repo}:${path}${ref === null ? '' : `@${ref}`}`;
}

/** A path inside the repository: relative, and without a step upward. */
function isPath(path: string): boolean {
  return !path.includes('\\') && path.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
}
