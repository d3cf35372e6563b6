/** The words for effective values that the terminal and the page share. Foreign text stays as it is; whoever shows it escapes it. */
import type { Origin } from '../policy/policy.ts';
import type { Belonging, PilotBelonging, Reason } from './effective-groups.ts';
import type { EffectiveValue } from '../policy/effective.ts';
import type { Basis, EffectiveRule, EffectiveWaiver, Explained } from './effective.ts';
import { cut } from './fit.ts';
import { counted, sentence } from './words.ts';

const LONGEST_VALUE = 2_000;
const LISTED = 5;

/** A value as one would write it in a policy file; long ones are cut, for JSON has all of it. */
export function valueText(value: unknown, longest = LONGEST_VALUE): string {
  return cut(written(value), longest);
}

/** A value of the policy as it is shown in a list of values: sentences that no rule can check are only counted. */
export function effectiveText({ rule, key, value }: EffectiveValue, longest = LONGEST_VALUE): string {
  if (rule === null && key === 'notCheckable' && Array.isArray(value)) return counted(value.length, 'sentence');
  return valueText(value, longest);
}

/** Where a value was written: `FILE:LINE`, with the group; or whose default it is. */
export function originText(origin: Origin | 'default', isOfRule = true): string {
  if (origin === 'default') return isOfRule ? "the rule's default" : "Steward's default";
  const { group } = origin;
  return `${placeText(origin)}${group === undefined ? '' : ` (group ${group})`}`;
}

/** `FILE:LINE`. A file has a folder, an ending or an owner in its name; what has none is a preset, also where one of its groups wrote it. */
export function placeText({ source, line }: Pick<Origin, 'source' | 'line'>): string {
  const file = /[/\\:]|\.ya?ml$/.test(source) ? source : `preset ${source}`;
  return line === null ? file : `${file}:${line}`;
}

/** Whether a file says it. */
export function isWritten({ origin }: EffectiveValue): boolean {
  return origin !== 'default';
}

/** Why a repository belongs to a group, or not: `its topics match "documentation"`. What does not match comes first. */
export function reasonText({ state, reasons }: Pick<Belonging, 'state' | 'reasons'>): string {
  if (reasons.length === 0) return 'it names no repository';
  const deciding = reasons.filter((one) => one.state === state);
  return deciding.map(keyText).join(', and ');
}

/** What a pilot is doing now. */
export function pilotTime({ time, start, end }: PilotBelonging): string {
  if (time === 'planned') return `planned for ${start} to ${end}`;
  return time === 'ended' ? `ended on ${end}` : `running until ${end}`;
}

/** Until when a waiver holds, in days. */
export function leftText({ daysLeft }: Pick<EffectiveWaiver, 'daysLeft'>): string {
  if (daysLeft <= 1) return 'it ends today';
  return `${daysLeft} days left`;
}

/** What a waiver covers beside its rule: files, packages, people; empty: the whole rule. Repositories are not named: others are nobody's business here. */
export function coverText({ scope: { paths, packages, people } }: Pick<EffectiveWaiver, 'scope'>): string {
  const parts = [paths && `files ${few(paths)}`, packages && `packages ${few(packages)}`, people && `people ${few(people)}`];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** What is known of the repository where not everything is, and what to do about it; null: everything is. */
export function basisText({ basis, repository }: Pick<Explained, 'basis' | 'repository'>): string | null {
  if (basis === 'stored') return null;
  if (basis === 'files') return 'From files: waivers and verdicts are not known, and of the repository only what was given.';
  return (
    `Nothing is stored of ${repository}: Steward has not judged it yet. What follows goes by its name alone. ` +
    'Check the name, and that Steward is installed on it; it is judged with its next push.'
  );
}

/** Why nothing is said of how a rule stands; null: nothing could be. */
export function unjudgedText({ on, isAsked }: EffectiveRule, basis: Basis): string | null {
  if (!isAsked) return null;
  if (on === 'contribution') return 'judged on each pull request';
  return basis === 'files' ? null : 'not judged yet';
}

/** A file of a policy that extends one that is not at hand. */
export function missingText({ source, line, reference }: Explained['missing'][number]): string {
  return sentence(`${source}:${line} extends ${reference}, which is not at hand: what it says is missing here`);
}

const SUBJECTS: Readonly<Record<string, readonly [subject: string, isPlural: boolean]>> = {
  names: ['its name', false],
  topics: ['its topics', true],
  visibility: ['its visibility', false],
  languages: ['its language', false],
  stages: ['its stage', false],
};

function keyText({ key, state, matched, wanted }: Reason): string {
  const [subject, isPlural] = SUBJECTS[key] ?? [`its property ${key.slice('properties.'.length)}`, false];
  if (state === 'unknown') return `${subject} ${isPlural ? 'are' : 'is'} not known here`;
  if (state === 'in') return `${subject} ${isPlural ? 'match' : 'matches'} ${few(matched)}`;
  if (wanted.length === 1) return `${subject} ${isPlural ? 'do' : 'does'} not match ${few(wanted)}`;
  return `${subject} ${isPlural ? 'match' : 'matches'} none of ${few(wanted)}`;
}

function few(entries: readonly string[]): string {
  const left = entries.length - LISTED;
  return `${entries
    .slice(0, LISTED)
    .map((entry) => `"${cut(entry, 100)}"`)
    .join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

function written(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return /^[A-Za-z0-9][\w .+@/-]*$/.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return entries.length === 0 ? '{}' : `{ ${entries.map(([key, one]) => `${key}: ${written(one)}`).join(', ')} }`;
}
