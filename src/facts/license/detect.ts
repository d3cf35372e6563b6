/** Says which licenses stand in a text, where, and what was changed in them. */
import { choose, MOST_TEXTS } from './choose.ts';
import { claims, exceptions, statement } from './claims.ts';
import { combine, excepted, type Combined } from './combine.ts';
import type { Comparison, Reading } from './compare.ts';
import { LARGEST, NOTHING_FOUND, type Detection, type Detector, type Match, type Span, type WordEdit } from './detection.ts';
import { wordEdits, type Spanning } from './edits.ts';
import { unpack, type LicenseText } from './index-format.ts';
import { readable } from './readable.ts';
import { beside, remainder } from './remainder.ts';
import { spans } from './span.ts';
import { tokenize } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';
import { sharing, type Shared } from './windows.ts';

interface Known {
  readonly licenses: readonly LicenseText[];
  readonly shared: (words: Int32Array) => Shared;
  readonly vocabulary: Vocabulary;
}

/** Steps of comparing that one text may cost: a fifth of a second. A usual one takes a hundredth, an altered GPL three million. */
const MOST_STEPS = 3_500_000;

const EXCEPTION = 500;
const WEAK = 0.7;
/** A notice goes on after the words that name its license. */
const NOTICE = 1_200;
const MAY_EXCEPT = /GPL-|^Apache-2\.0/;

/** A detector over what `compile` made. Throws if the index is none; the detector itself never throws. */
export function detector(index: Uint8Array): Detector {
  const unpacked = unpack(index);
  const known: Known = { licenses: unpacked.texts, shared: sharing(unpacked), vocabulary: unpacked.vocabulary };
  return (text) => (text.length > LARGEST ? withReason('the text is larger than 256 KiB') : detect(text, known));
}

function detect(written: string, known: Known): Detection {
  const text = readable(written);
  if (text.length > LARGEST * 2) return withReason('the text is larger than 256 KiB');
  const reading = read(text, known);
  const span = spans(written, text, reading.tokens);
  const placeOf = ({ start, end }: Comparison): Span => span(start, end);
  const { found, near } = choose(known.shared(reading.tokens.words), known.licenses, reading);
  if (reading.budget.steps <= 0) return withReason('comparing the text with all licenses takes too long');
  if (found.length > MOST_TEXTS) return withReason(`it holds more than ${MOST_TEXTS} license texts`);
  const isNotice = noticed(written, found, near, placeOf);
  const kept = found.filter((one) => !isWeak(one) || !isNotice(one));
  const texts = kept.map((one) => matchOf(one, known, reading, span));
  const taken = texts.map((match) => match.span);
  const short = claims(written, taken);
  const added = texts.some(({ expression }) => MAY_EXCEPT.test(expression)) ? exceptions(written, taken) : [];
  const limits = remainder(kept, [...short.map((match) => match.span), ...added.map((one) => whole(one.span))], reading, span);
  const all = [...restricted(texts, limits), ...forbidden(texts, short, reading, span)].sort(
    (a, b) => a.span.start - b.span.start,
  );
  const combined = combine(excepted(all, added), () => statement(written, taken) === 'or');
  return conclude(
    combined,
    near.filter((one) => !isNotice(one)),
    known,
  );
}

/** Tells the notices among what is little like a license: they have words of many licenses in them. */
function noticed(
  written: string,
  found: readonly Comparison[],
  near: readonly Comparison[],
  placeOf: (one: Comparison) => Span,
): (one: Comparison) => boolean {
  if (near.length === 0 && !found.some(isWeak)) return () => false;
  const sure = found.filter((one) => !isWeak(one)).map(placeOf);
  const said = claims(written, sure).filter(({ kind }) => kind !== 'name');
  return (one) => said.some(({ span }) => overlaps({ ...span, end: span.end + NOTICE }, placeOf(one)));
}

/** Little of the license stands there, and other words beside it. */
function isWeak({ matched, terms, added }: Comparison): boolean {
  return matched < WEAK * terms && added > 0;
}

function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** An exception says in the sentences around what names it when it holds. */
function whole({ start, end, line }: Span): Span {
  return { start: start - EXCEPTION, end: end + 3 * EXCEPTION, line };
}

/** A restriction beside a license alters the one that stands nearest. */
function restricted(texts: readonly Match[], edits: readonly WordEdit[]): readonly Match[] {
  const far = (match: Match, { span }: WordEdit): number => Math.max(match.span.start - span.end, span.start - match.span.end);
  const nearest = edits.map((edit) =>
    texts.reduce((best, match) => (far(match, edit) < far(best, edit) ? match : best), texts[0] as Match),
  );
  return texts.map((match) => {
    const own = edits.filter((_, nth) => nearest[nth] === match);
    if (own.length === 0) return match;
    return { ...match, modified: [...(match.modified ?? []), ...own].sort((a, b) => a.span.start - b.span.start) };
  });
}

/** Where no license text stands, tags and notices grant nothing beside a sentence that forbids. */
function forbidden(texts: readonly Match[], short: readonly Match[], reading: Reading, span: Spanning): readonly Match[] {
  const sure = short.filter(({ kind }) => kind !== 'name');
  if (texts.length > 0 || sure.length === 0) return short;
  const edits = beside(
    sure.map((match) => match.span),
    reading,
    span,
  );
  return edits.length === 0 ? short : [...short.filter((match) => !sure.includes(match)), ...restricted(sure, edits)];
}

function read(text: string, { vocabulary }: Known): Reading {
  const foreign = new Map<string, number>();
  const words: string[] = [];
  const tokens = tokenize(text, (word) => {
    const before = foreign.get(word);
    if (before !== undefined) return before;
    const number = vocabulary.numberOf(word);
    if (number >= 0) return number;
    foreign.set(word, vocabulary.size + words.length);
    return vocabulary.size + words.push(word) - 1;
  });
  const spell = (word: number): string =>
    word < vocabulary.size ? vocabulary.wordAt(word) : (words[word - vocabulary.size] ?? '');
  return { text, tokens, spell, budget: { steps: MOST_STEPS } };
}

function matchOf(one: Comparison, { licenses }: Known, reading: Reading, span: Spanning): Match {
  const license = licenses[one.window.license];
  const ids = license?.ids ?? [];
  const edits = license && one.material.length > 0 ? wordEdits(one.material, license, reading, span) : null;
  const confidence = Math.round((one.matched / one.terms) * 1_000) / 1_000;
  return { expression: ids[0] ?? '', ids, kind: 'text', span: span(one.start, one.end), confidence, modified: edits };
}

function conclude({ expression, matches }: Combined, near: readonly Comparison[], known: Known): Detection {
  const sure = matches.filter(({ kind }) => kind !== 'name');
  const confidence = sure.length === 0 ? 0 : Math.min(...sure.map((match) => match.confidence));
  const altered = matches.filter(({ modified }) => modified !== null);
  if (altered.length > 0) {
    const modified = altered.flatMap((match) => match.modified ?? []);
    return { expression: null, confidence, modified, matches, reason: `the text of ${namesOf(altered)} was altered` };
  }
  const [resembles] = near;
  if (resembles) return { expression: null, confidence: 0, modified: null, matches, reason: resemblance(resembles, known) };
  if (expression !== null) return { expression, confidence, modified: null, matches, reason: null };
  return matches.length === 0
    ? NOTHING_FOUND
    : { ...NOTHING_FOUND, matches, reason: `it names ${namesOf(matches)} and grants nothing` };
}

function namesOf(matches: readonly Match[]): string {
  return [...new Set(matches.map((match) => match.expression))].join(' and ');
}

function resemblance({ matched, terms, window }: Comparison, { licenses }: Known): string {
  const name = licenses[window.license]?.ids[0] ?? '';
  return `it has ${Math.floor((matched / terms) * 100)} % of the words of ${name}, and is not that license`;
}

function withReason(reason: string): Detection {
  return { ...NOTHING_FOUND, reason };
}
