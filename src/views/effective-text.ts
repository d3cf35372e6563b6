/** What is effective in a repository, for a terminal of 100 columns. */
import { visible } from '../facts/words.ts';
import type { EffectiveValue } from '../policy/effective.ts';
import { problemText } from '../policy/problem.ts';
import type { Belonging } from './effective-groups.ts';
import type { EffectiveRule, EffectiveWaiver, Explained } from './effective.ts';
import {
  basisText,
  coverText,
  effectiveText,
  isWritten,
  leftText,
  missingText,
  originText,
  pilotTime,
  placeText,
  reasonText,
  unjudgedText,
  valueText,
} from './effective-words.ts';
import { lined, row } from './columns.ts';
import { OUTCOME_NAMES, sentence } from './words.ts';

/** Longer values are cut on a terminal; JSON has all of them. */
const LONGEST = 400;

/** The whole policy of the repository, or with `only` one of its rules. */
export function explainedText(explained: Explained, only: string | null = null): string {
  const blocks = only === null ? whole(explained) : single(explained, only);
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

type Lines = readonly string[];

function whole(explained: Explained): readonly Lines[] {
  const { rules, values, notices } = explained;
  const asked = rules.filter(isTold);
  const rest = rules.filter((rule) => !isTold(rule)).map(({ id }) => id);
  return [
    head(explained),
    made(explained),
    belongings(explained),
    ...asked.map((rule) => ruleLines(rule, explained, false)),
    rest.length === 0
      ? []
      : ['Not asked', ...lined(rest.join(', '), 2), ...lined('No file says how firmly. --rule ID shows one of them.', 2)],
    ['Beside the rules', ...values.filter(({ key, value }) => value !== null && key !== 'paused').flatMap(valueLines)],
    notices.length === 0 ? [] : ['Without effect', ...notices.flatMap((one) => lined(`- ${problemText(one)}`, 2, 4))],
  ];
}

function single(explained: Explained, id: string): readonly Lines[] {
  return [head(explained), ...explained.rules.filter((rule) => rule.id === id).map((rule) => ruleLines(rule, explained, true))];
}

/** Something is said about it: it is asked, or a file mentions it. */
function isTold({ isAsked, values, notices }: EffectiveRule): boolean {
  return isAsked || notices.length > 0 || values.some(isWritten);
}

function head({ repository, at, judged, paused, until, ...rest }: Explained): Lines {
  const basis = basisText({ repository, ...rest });
  return [
    ...lined(`${repository}: what its policy says on ${at.slice(0, 10)}`, 0),
    ...(basis === null ? [] : lined(basis, 0)),
    ...(judged === null ? [] : [`Last judged at ${judged.at}, commit ${visible(judged.sha.slice(0, 7))}.`]),
    ...(until === null ? [] : [`It changes by itself on ${until.slice(0, 10)}.`]),
    ...(paused === null
      ? []
      : lined(
          `Paused ${paused.until === null ? 'until the key is removed' : `until the end of ${paused.until}`}, so nothing fails: “${paused.because}” (${originText(paused.origin)})`,
          0,
        )),
  ];
}

function made({ files, isDefault, missing }: Explained): Lines {
  const none = isDefault ? ['  Nobody wrote a policy, so the preset baseline is observed.'] : [];
  const lines = files.map(({ layer, source, commit }) => {
    const at = commit === null ? '' : ` at ${commit.slice(0, 7)}`;
    return `  ${layer.padEnd(14)}${visible(source)}${visible(at)}`;
  });
  return [
    'Made of, each file on top of those above it',
    ...none,
    ...lines,
    ...missing.flatMap((one) => lined(`! ${missingText(one)}`, 2, 4)),
  ];
}

function belongings({ groups, pilots }: Explained): Lines {
  const told = pilots.filter(({ state }) => state !== 'out');
  return [
    ...(groups.length === 0 ? [] : ['Groups', ...groups.flatMap((group) => belongingLines(group, STATES[group.state]))]),
    ...(told.length === 0 ? [] : ['Pilots']),
    ...told.flatMap((pilot) => belongingLines(pilot, `${STATES[pilot.state]}, ${pilotTime(pilot)}`)),
  ];
}

const STATES = { in: 'in', out: 'not in', unknown: 'cannot be told' } as const;

function belongingLines(one: Belonging, state: string): Lines {
  return row(`  ${one.name}: ${state}, because ${reasonText(one)}`, placeText(one));
}

function ruleLines(rule: EffectiveRule, { basis }: Explained, isAlone: boolean): Lines {
  const { id, title, isAsked, outcome, values, notices, waivers } = rule;
  const last = outcome === null ? unjudgedText(rule, basis) : `last verdict: ${OUTCOME_NAMES[outcome].toLowerCase()}`;
  const isOwn = (value: EffectiveValue): boolean => isAlone || isWritten(value) || value.key === 'enforce';
  const defaults = isAsked ? values.filter((value) => !isOwn(value)) : [];
  return [
    ...lined(`${id}: ${title}${last === null ? '' : ` (${last})`}`, 0),
    ...values.filter(isOwn).flatMap(valueLines),
    ...(defaults.length === 0 ? [] : lined(`The rule's defaults: ${defaults.map(defaultText).join('; ')}`, 2, 4)),
    ...notices.flatMap((one) => lined(`! ${problemText(one)}`, 2, 4)),
    ...(waivers ?? []).flatMap(waiverLines),
  ];
}

function defaultText({ key, value }: EffectiveValue): string {
  return `${key}: ${valueText(value, LONGEST)}`;
}

function valueLines(value: EffectiveValue): Lines {
  const { key, origin, note, rule } = value;
  const place = originText(origin, rule !== null);
  return [...row(`  ${key}: ${effectiveText(value, LONGEST)}`, place), ...(note === null ? [] : lined(note, 4))];
}

function waiverLines(waiver: EffectiveWaiver): Lines {
  const { until, reason, approvedBy, url, source } = waiver;
  const cover = coverText(waiver);
  const text = `Waived until ${until} (${leftText(waiver)})${cover === '' ? '' : `, for ${cover}`}: ${sentence(`“${reason}”`)} Approved by ${approvedBy}: ${url}`;
  return row(`  ${text}`, source);
}
