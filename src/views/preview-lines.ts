/** What a preview comes to, in sentences: shared by the check run and the page. */
import { repositoryKey } from '../facts/subject.ts';
import { code, words, type Words } from '../facts/words.ts';
import { exceeds, type LaterFailure, type Preview, type PreviewRow } from '../verdict/preview.ts';
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
export function previewHeadline(weighing: Weighing): string {
  const { preview, limit, isHeld } = weighing;
  if (preview.stopped) return `${isHeld ? 'Held back: not' : 'Not'} previewed in time, ${amount(preview.stopped)} judged`;
  if (isHeld) return `Held back: ${isByPlan(weighing) ? byPlan(preview) : failing(preview)}`;
  if (isOver(weighing)) return `${isByPlan(weighing) ? byPlan(preview) : failing(preview)}; the limit is ${limit ?? 0}`;
  return headline(preview);
}

function headline(preview: Preview): string {
  const { newFailures, newFailuresLater, unknown } = preview;
  if (newFailuresLater > newFailures) {
    if (newFailures === 0) return `${inAll(newFailuresLater)} would newly fail ${when(preview)}`;
    return `${failing(preview)}, ${newFailuresLater} ${when(preview)}`;
  }
  if (newFailures > 0) return failing(preview);
  if (isEmpty(preview)) return 'Nothing is stored yet to judge by';
  return unknown > 0 ? `No new failure is known; ${unknown} cannot be told` : 'Nothing would newly fail';
}

function failing({ newFailures }: Preview): string {
  return `${inAll(newFailures)} would newly fail`;
}

/** Shorter, so that it stays readable at a glance. */
function byPlan(preview: Preview): string {
  const { newFailuresLater: count } = preview;
  return `${inAll(count)} ${count === 1 ? 'fails' : 'fail'} ${when(preview)}`;
}

/** By when everything has come that is planned. */
function when({ laterBy }: Preview): string {
  return laterBy === null ? 'later' : `by ${laterBy.slice(0, 10)}`;
}

/** Whether it is the plan that passes the limit, and not what fails now. */
function isByPlan({ preview, limit }: Pick<Weighing, 'preview' | 'limit'>): boolean {
  return preview.newFailures <= (limit ?? 0) && preview.newFailuresLater > preview.newFailures;
}

function amount({ judged, all }: NonNullable<Preview['stopped']>): string {
  return all === null ? String(judged) : `${judged} of ${all}`;
}

function inAll(count: number): string {
  return counted(count, 'repository', 'repositories');
}

/** Whether more newly fails than the limit lets, now or by plan, or it is not known how much. */
export function isOver({ preview, limit }: Pick<Weighing, 'preview' | 'limit'>): boolean {
  return exceeds(preview, limit);
}

/** Whether nothing was judged: then nothing is known, rather than nothing fails. */
export function isEmpty({ repositories, pullRequests }: Preview): boolean {
  return repositories + pullRequests === 0;
}

/** What was judged, and by what. */
export function judgedLine(preview: Preview): string {
  const { repositories, pullRequests, isPublicOnly = false, stopped } = preview;
  if (isEmpty(preview) && !stopped) {
    return 'Steward stores what it judges repositories by when it first looks at each of them. Until then nobody knows what would fail.';
  }
  const places = isPublicOnly ? counted(repositories, 'public repository', 'public repositories') : inAll(repositories);
  const judged = `${places} and ${counted(pullRequests, 'open pull request')}`;
  const left = isPublicOnly ? ' Private repositories are left out, because the change is proposed from a fork.' : '';
  return `Steward judged ${judged} under both versions, by what it has stored of them.${left} Nothing was changed anywhere.`;
}

/** How to go on where the limit is passed or the policy is held back; empty: nothing is in the way. */
export function goOn(weighing: Weighing): Words {
  const { preview, limit, isHeld } = weighing;
  const isStopping = isHeld || isOver(weighing);
  if (preview.stopped) return [...(isStopping ? stops(weighing) : []), ...untilJudged(isStopping)];
  if (!isStopping) return [];
  const lets = words` At most ${inAll(limit ?? 0)} may newly fail (${code('maxNewFailures')}), now or by what is planned.`;
  const bound = limit === null ? words`` : lets;
  const raise = code(`maxNewFailures: ${preview.newFailuresLater}`);
  const further = isHeld
    ? words` If you mean the change, write ${raise} into the policy and push; otherwise take the change back.`
    : words` If you mean it, raise the limit with ${raise} in this same change, where reviewers see it; otherwise change the policy until fewer repositories newly fail.`;
  return [...stops(weighing), ...bound, ...further];
}

function stops({ isHeld }: Weighing): Words {
  if (!isHeld) return words`This stops the change.`;
  return words`This version was pushed and is not in force: the last good version stays in force.`;
}

/** Nothing is known of the rest, and no number says what to allow. */
function untilJudged(isStopping: boolean): Words {
  const known = words`${isStopping ? ' ' : ''}The time for the preview ended, and nothing is known of what was not judged.`;
  if (!isStopping) return [...known, ' The counts below are of what was judged.'];
  return [
    ...known,
    ...words` A limit (${code('maxNewFailures')}) lets nothing through that nobody knows. Make the change in smaller parts, or with fewer groups; or take the limit out first, in a change of its own.`,
  ];
}

/** What the change comes to, a line each; what there is none of is left out. Waivers are named only where `isNaming`. */
export function countLines(preview: Preview, isNaming = true): readonly Words[] {
  const { newFailures, newFailuresLater, newPasses, issuesOpening, issuesClosing, unknown } = preview;
  const { waiversUsed, waiversNeedless } = preview;
  const more = newFailuresLater - newFailures;
  const names = (ids: readonly string[]): Words => (isNaming ? words`: ${named(ids)}.` : words`.`);
  const lines: readonly (readonly [number, Words])[] = [
    [newFailures, words`In ${inAll(newFailures)} something newly fails: it passed, was not asked, or was held less firmly.`],
    [
      more,
      words`In ${counted(more, 'more repository', 'more repositories')} something newly fails ${when(preview)}: a roll-out comes to its next steps, or a repository is not new any more.`,
    ],
    [newPasses, words`In ${inAll(newPasses)} something newly passes, and nothing newly fails.`],
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

/** That more will be known: answers are gathered that nobody needed before. */
export function gatheringLine(count: number): string {
  return `${untold(count)} cannot be told yet. Steward gathers what is missing and looks again by itself, in some minutes.`;
}

/** What is only counted, because others may read it; empty: nothing is. */
export function privateLine(preview: Preview, isPublic = true): string {
  const hidden = preview.rows.filter((row) => !isNamed(row, preview, isPublic));
  if (hidden.length === 0) return '';
  const failing = new Set(
    hidden.filter((row) => row.failing.length + row.later.length > 0).map(({ subject }) => repositoryKey(subject)),
  ).size;
  const left = `${counted(hidden.length, 'row')} of private repositories ${hidden.length === 1 ? 'is' : 'are'} left out here.`;
  return `${left} In ${counted(failing, 'private repository', 'private repositories')} something newly fails.`;
}

/** What else changes where no rule newly fails, passes or is unknown: `“Something to fix” becomes “All well”`. */
export function becomes({ before, after }: PreviewRow): string {
  return before === after ? '' : `“${CONCLUSION_NAMES[before]}” becomes “${CONCLUSION_NAMES[after]}”`;
}

/** When a rule begins to fail, in few words. */
export function laterOn({ from }: LaterFailure): string {
  return from === null ? 'when it is not new' : `from ${from.slice(0, 10)}`;
}

/** What the subject is called in the preview of an account: other accounts are named. */
export function rowName({ subject }: PreviewRow, { owner }: Preview): string {
  const isOwn = subject.owner.toLowerCase() === owner.toLowerCase();
  const name = isOwn ? subject.repo : `${subject.owner}/${subject.repo}`;
  return subject.kind === 'repository' ? name : `${name}#${subject.number}`;
}

function untold(count: number): string {
  return counted(count, 'repository or pull request', 'repositories and pull requests');
}

function named(ids: readonly string[]): Words {
  const shown = ids.slice(0, NAMED_WAIVERS).flatMap((id, index) => (index === 0 ? [code(id)] : [', ', code(id)]));
  return ids.length > NAMED_WAIVERS ? [...shown, ` and ${ids.length - NAMED_WAIVERS} more`] : shown;
}
