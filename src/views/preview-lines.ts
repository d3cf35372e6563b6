/** What a preview comes to, in sentences: shared by the check run and the page. */
import { repositoryKey } from '../facts/subject.ts';
import { code, words, type Words } from '../facts/words.ts';
import type { Preview, PreviewRow } from '../verdict/preview.ts';
import { CONCLUSION_NAMES, counted } from './words.ts';

/** More names of waivers than this are only counted. */
const NAMED_WAIVERS = 10;

/** A preview, and what was decided about it. */
export interface Weighing {
  readonly preview: Preview;
  /** The limit in force; null: none. */
  readonly limit: number | null;
  /** The policy was pushed, and waits for somebody to raise the limit or take it back. */
  readonly isHeld: boolean;
}

/** What is so, in at most 60 characters. */
export function previewHeadline({ preview, limit, isHeld }: Weighing): string {
  const { newFailures, unknown } = preview;
  const failing = `${counted(newFailures, 'repository', 'repositories')} would newly fail`;
  if (isHeld) return `Held back: ${failing}`;
  if (isOver({ preview, limit })) return `${failing}; the limit is ${limit ?? 0}`;
  if (newFailures > 0) return failing;
  if (isEmpty(preview)) return 'Nothing is stored yet to judge by';
  return unknown > 0 ? `No new failure is known; ${unknown} cannot be told` : 'Nothing would newly fail';
}

/** Whether more newly fails than the limit lets. */
export function isOver({ preview, limit }: Pick<Weighing, 'preview' | 'limit'>): boolean {
  return limit !== null && preview.newFailures > limit;
}

/** Whether nothing was judged: then nothing is known, rather than nothing fails. */
export function isEmpty({ repositories, pullRequests }: Preview): boolean {
  return repositories + pullRequests === 0;
}

/** What was judged, and by what. */
export function judgedLine(preview: Preview): string {
  const { repositories, pullRequests } = preview;
  if (isEmpty(preview)) return 'Steward stores what it judges repositories by when it first looks at each of them.';
  const judged = `${counted(repositories, 'repository', 'repositories')} and ${counted(pullRequests, 'open pull request')}`;
  return `Steward judged ${judged} under both versions, by what it has stored of them. Nothing was changed anywhere.`;
}

/** How to go on where the limit is passed or the policy is held back; empty: nothing is in the way. */
export function goOn(weighing: Weighing): Words {
  const { preview, limit, isHeld } = weighing;
  if (!isHeld && !isOver(weighing)) return [];
  const bound = limit === null ? words`` : words` ${code('maxNewFailures')} allows ${limit}.`;
  const raise = code(`maxNewFailures: ${preview.newFailures}`);
  if (isHeld) {
    return words`This version was pushed and is not in force: the last good version stays in force.${bound} If you mean the change, write ${raise} into the policy; otherwise take the change back.`;
  }
  return words`This stops the change:${bound} If you mean it, raise the limit with ${raise} in this same change, where reviewers see it; otherwise change the policy until fewer repositories newly fail.`;
}

/** What the change comes to, a line each; what there is none of is left out. Waivers are named only where `isNaming`. */
export function countLines(preview: Preview, isNaming = true): readonly Words[] {
  const { newFailures, newPasses, issuesOpening, issuesClosing, unknown, waiversUsed, waiversNeedless } = preview;
  const names = (ids: readonly string[]): Words => (isNaming ? words`: ${named(ids)}.` : words`.`);
  const lines: readonly (readonly [number, Words])[] = [
    [
      newFailures,
      words`${inRepositories(newFailures)} something newly fails: it passed, was not asked, or was held less firmly.`,
    ],
    [newPasses, words`${inRepositories(newPasses)} something newly passes, and nothing newly fails.`],
    [issuesOpening, words`${counted(issuesOpening, 'issue')} would open.`],
    [issuesClosing, words`${counted(issuesClosing, 'issue')} would close.`],
    [waiversUsed.length, words`${counted(waiversUsed.length, 'waiver')} would come into use${names(waiversUsed)}`],
    [waiversNeedless.length, words`${counted(waiversNeedless.length, 'waiver')} would be needless${names(waiversNeedless)}`],
    [
      unknown,
      words`${untold(unknown)} cannot be told in full, because facts are missing in what is stored, and may fail as well.`,
    ],
  ];
  return lines.flatMap(([count, line]) => (count > 0 ? [line] : []));
}

/**
 * Whether the policy's own people may read a row. Private repositories are named only where `isPublic` is false, and never those of
 * other accounts that extend the policy: they are nobody else's business.
 */
export function isNamed({ subject, isPrivate }: PreviewRow, { owner }: Preview, isPublic: boolean): boolean {
  return !isPrivate || (!isPublic && subject.owner.toLowerCase() === owner.toLowerCase());
}

/** What is only counted, because others may read it; empty: nothing is. */
export function privateLine(preview: Preview, isPublic = true): string {
  const hidden = preview.rows.filter((row) => !isNamed(row, preview, isPublic));
  if (hidden.length === 0) return '';
  const failing = new Set(hidden.filter((row) => row.failing.length > 0).map(({ subject }) => repositoryKey(subject))).size;
  const left = `${counted(hidden.length, 'row')} of private repositories ${hidden.length === 1 ? 'is' : 'are'} left out here.`;
  return `${left} In ${counted(failing, 'private repository', 'private repositories')} something newly fails.`;
}

/** What else changes where no rule newly fails, passes or is unknown: `“Something to fix” becomes “All well”`. */
export function becomes({ before, after }: PreviewRow): string {
  return before === after ? '' : `“${CONCLUSION_NAMES[before]}” becomes “${CONCLUSION_NAMES[after]}”`;
}

/** What the subject is called in the preview of an account: other accounts are named. */
export function rowName({ subject }: PreviewRow, { owner }: Preview): string {
  const isOwn = subject.owner.toLowerCase() === owner.toLowerCase();
  const name = isOwn ? subject.repo : `${subject.owner}/${subject.repo}`;
  return subject.kind === 'repository' ? name : `${name}#${subject.number}`;
}

function inRepositories(count: number): string {
  return `In ${counted(count, 'repository', 'repositories')}`;
}

function untold(count: number): string {
  return counted(count, 'repository or pull request', 'repositories and pull requests');
}

function named(ids: readonly string[]): Words {
  const shown = ids.slice(0, NAMED_WAIVERS).flatMap((id, index) => (index === 0 ? [code(id)] : [', ', code(id)]));
  return ids.length > NAMED_WAIVERS ? [...shown, ` and ${ids.length - NAMED_WAIVERS} more`] : shown;
}
