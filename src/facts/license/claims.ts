/** What a text says about its license in few words: SPDX tags, headers and notices, names. */
import type { Match, Span } from './detection.ts';
import { exceptionsOf, type ExceptionNotice } from './claims/exceptions.ts';
import { examplesIn } from './claims/examples.ts';
import { headersOf, type Claim } from './claims/headers.ts';
import { mentionsOf } from './claims/mentions.ts';
import { noticesOf } from './claims/notices.ts';
import type { Said } from './claims/said.ts';
import { tags } from './claims/tags.ts';
import { wordsOf, type Word } from './claims/words.ts';

export { statement } from './claims/choice.ts';
export { tags, type Tag } from './claims/tags.ts';

/** More claims than this are a list of other people's licenses; the rest is left out. */
const MOST = 64;
/** Without one of these a text says nothing about a license. */
const TELLING = /licen[sc]|spdx|gpl|same terms|copyright|public domain|creative ?commons|\bterms of/i;
/** Fields and sentences about something named: from so many on they are about others. */
const OTHERS = 4;

const CONFIDENCE = { own: 0.95, named: 0.85, field: 0.9, heading: 0.85 } as const;
const NAME = 0.5;
const BARE = 0.3;
/** A license that has versions, and none is said. */
const UNSURE = 0.6;

/** Every claim outside the spans of `taken`, in the order of the text. */
export function claims(text: string, taken: readonly Span[]): readonly Match[] {
  if (!isTelling(text, taken)) return [];
  const outside = [...taken].sort((a, b) => a.start - b.start);
  const tagged = tags(text).filter(({ span }) => !outside.some(({ start, end }) => span.start < end && span.end > start));
  const left = [...outside, ...tagged.map(({ span }) => span)].sort((a, b) => a.start - b.start);
  const words = wordsOf(text, left);
  const said = withNotices(headers(text, words), noticesOf(words));
  const examples = examplesIn(text);
  const isExample = (span: Span): boolean => examples.some(({ start, end }) => span.start >= start && span.end <= end);
  return [
    ...tagged.flatMap(({ licenses, span }) =>
      licenses.map((one) => (isExample(span) ? match('name', one, NAME, span) : match('tag', one, 1, span))),
    ),
    ...said.map(({ id, kind, confidence, from, to }) => {
      const span = spanOf(words, from, to);
      return isExample(span) ? match('name', id, Math.min(confidence, NAME), span) : match(kind, id, confidence, span);
    }),
  ]
    .sort((a, b) => a.span.start - b.span.start)
    .slice(0, MOST);
}

/** A cheap look before a dear one; most license files hold nothing outside of the license. */
function isTelling(text: string, taken: readonly Span[]): boolean {
  let from = 0;
  for (const { start, end } of [...taken].sort((a, b) => a.start - b.start)) {
    if (start > from && TELLING.test(text.slice(from, start))) return true;
    from = Math.max(from, end);
  }
  return TELLING.test(text.slice(from));
}

/** Exhibit B of MPL-2.0 changes what its header says. */
function withNotices(said: readonly Said[], notices: readonly Said[]): readonly Said[] {
  const isExhibitB = notices.some(({ id }) => id === 'MPL-2.0-no-copyleft-exception');
  return [...notices, ...said.filter(({ id }) => !(isExhibitB && id === 'MPL-2.0'))];
}

/** Every notice of an exception outside `taken`, for licenses whose full text stands beside it. */
export function exceptions(text: string, taken: readonly Span[]): readonly { readonly id: string; readonly span: Span }[] {
  const words = wordsOf(text, taken);
  return exceptionsOf(words).map(({ id, from, to }) => ({ id, span: spanOf(words, from, to) }));
}

function headers(text: string, words: readonly Word[]): readonly Said[] {
  const all = merged(headersOf(text, words, mentionsOf(text, words)));
  const ofOthers = (by: Claim['by']): boolean => all.filter((claim) => claim.by === by && !claim.continues).length >= OTHERS;
  const isList = { named: ofOthers('named'), field: ofOthers('field') };
  const said = all.map((claim): Said => {
    const { mention, by, from } = claim;
    const place = { from, to: mention.to, id: mention.id };
    if (by === null || (by === 'named' && isList.named) || (by === 'field' && isList.field))
      return { ...place, kind: 'name', confidence: mention.isBare ? BARE : mention.isSure ? NAME : BARE };
    return { ...place, kind: 'header', confidence: mention.isSure ? CONFIDENCE[by] : UNSURE };
  });
  return withExceptions(said, exceptionsOf(words));
}

/** One claim for what is said twice in a row; and no unsure one of a family of which a sure one is there. */
function merged(claims: readonly Claim[]): readonly Claim[] {
  const sure = new Set(claims.filter(({ by, mention }) => by !== null && mention.isSure).map(({ mention }) => mention.family));
  const result: Claim[] = [];
  for (const claim of claims) {
    const { mention, by } = claim;
    const last = result.at(-1);
    if (sure.has(mention.family) && (by === null || !mention.isSure)) continue;
    if (last?.by && claim.continues && isSame(last, claim)) {
      result[result.length - 1] = { ...last, mention: { ...last.mention, to: mention.to } };
    } else result.push(claim);
  }
  return result;
}

/** An address or abbreviation repeats the license; "gpl-2.0.html" says nothing about later versions. */
function isSame({ mention: last }: Claim, { mention: next }: Claim): boolean {
  if (last.id === next.id) return true;
  return last.family === next.family && last.isExplicit && !next.isExplicit && baseOf(last.id) === baseOf(next.id);
}

function baseOf(id: string): string {
  return id.replace(/-(?:only|or-later)$/, '');
}

/** Each exception goes with the header right before it that it can go with, or else with the first one after it. */
function withExceptions(said: readonly Said[], notices: readonly ExceptionNotice[]): readonly Said[] {
  const result = [...said];
  for (const notice of notices) {
    const fits = ({ id, kind }: Said): boolean => kind === 'header' && notice.goesWith.test(id) && !id.includes(' WITH ');
    const before = result.findLastIndex((one) => one.from <= notice.to && fits(one));
    const at = before >= 0 ? before : result.findIndex(fits);
    const one = result[at];
    if (one)
      result[at] = {
        ...one,
        id: `${one.id} WITH ${notice.id}`,
        to: Math.max(one.to, notice.from > one.from ? notice.to : one.to),
      };
  }
  return result;
}

function spanOf(words: readonly Word[], from: number, to: number): Span {
  const first = words[from];
  return { start: first?.start ?? 0, end: words[to - 1]?.end ?? 0, line: first?.line ?? 1 };
}

function match(kind: Match['kind'], expression: string, confidence: number, span: Span): Match {
  return { expression, ids: [expression], kind, span, confidence, modified: null };
}
