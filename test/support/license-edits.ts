/** Licenses changed in their meaning, each with the words that were put in or taken out. */
import type { Detection } from '../../src/facts/license/detection.ts';
import { CANONICAL, familyOf, folded, textOf } from './license-families.ts';
import { POPULAR } from './license-layouts.ts';
import { Random } from './random.ts';

export interface Edited {
  readonly name: string;
  readonly id: string;
  readonly text: string;
  /** Words that a reader has to be shown; one of them suffices where a whole sentence goes. */
  readonly changed: readonly string[];
}

interface Change {
  readonly text: string;
  readonly changed: string;
}

type Edit = (text: string, random: Random) => Change | null;

const RESTRICTIONS: readonly string[] = [
  'The Software shall be used for Good, not Evil.',
  'Use for commercial purposes requires a separate agreement with the authors.',
  'This license is granted for non-commercial use only.',
  'The Software may not be used by military or intelligence organizations.',
  'Companies with more than 100 employees must pay an annual fee of $500.',
  'Use within the European Union is prohibited.',
  'You may not use the Software to train machine learning models.',
  'Redistribution in any form requires prior written approval.',
  'The Software may be installed on no more than five computers.',
  'The license terminates after thirty days of evaluation.',
];

export type Reported = 'modified' | 'another license' | 'not named' | 'accepted';

/**
 * How an edited text was answered. Another license is right only where the edit made its very text; then there is nothing to
 * show. `isShown` means that the words of the change stand in the edits, or most of them.
 */
export function reported(
  { id, text, changed }: Edited,
  detection: Detection,
): { readonly as: Reported; readonly isShown: boolean } {
  if (detection.modified !== null) {
    const words = new Set(detection.modified.flatMap(({ removed, added }) => folded(`${removed} ${added}`).split(' ')));
    return { as: 'modified', isShown: changed.filter((word) => words.has(word)).length * 2 >= changed.length };
  }
  if (detection.expression === null) return { as: 'not named', isShown: false };
  const named = detection.expression;
  const isTruly = CANONICAL.has(named) && familyOf(named) !== familyOf(id) && terms(text) === terms(textOf(named));
  return isTruly ? { as: 'another license', isShown: true } : { as: 'accepted', isShown: false };
}

/** The words from the grant on, without numbers of clauses and holders. */
function terms(text: string): string {
  const from = text.search(/^\W*(?:permission|redistribution)\b/im);
  return folded(text.slice(Math.max(from, 0)).replace(/^\s*\d\.\s/gm, ''))
    .replace(/\b(?:neither the name of|nor the names of its).*?(?=may be)/, '')
    .replace(
      /\b(?:the )?copyright (?:holders? and contributors|holders? or contributors|holder|owner or contributors)\b/g,
      'holder',
    )
    .replace(/\b(?:isc|the authors?)\b/g, 'holder');
}

/** Every edit that a popular license offers a place for. */
export function materialEdits(seed: number): readonly Edited[] {
  const random = new Random(seed);
  return POPULAR.flatMap((id) =>
    Object.entries(EDITS).flatMap(([name, edit]) => {
      const text = textOf(id);
      const change = edit(text, random);
      if (change === null || folded(change.text) === folded(text)) return [];
      return [{ name: `${id}: ${name}`, id, text: change.text, changed: folded(change.changed).split(' ') }];
    }),
  );
}

const EDITS: Readonly<Record<string, Edit>> = {
  'a negation before a permission': (text) =>
    put(text, /\b(?:is|are) hereby (?=granted)|\bhereby (?=grants?\b)|\byou may (?=[a-z])/i, 'not '),
  'a duty turned into a ban': (text) => swap(text, /\b(?:must|shall) (?!not)/i, /must|shall/i, 'must never', 'never'),
  'a permission turned into a ban': (text) => swap(text, /\bmay (?!not\b)(?=[a-z])/, /may/, 'must not', 'must not'),
  'a ban lifted': (text) => swap(text, /\b(?:may|must|shall) not\b/i, /\s+not/i, '', 'not'),
  'a sentence removed': (text, random) => withoutSentence(text, random),
  'another sentence removed': (text, random) => withoutSentence(text, random),
  'a restriction put in': (text, random) => addSentence(text, random),
  'another restriction put in': (text, random) => addSentence(text, random),
  'a restriction at the end': (text, random) => {
    const changed = random.pick(RESTRICTIONS);
    return { text: `${beforeAppendix(text).trimEnd()} ${changed}\n`, changed };
  },
  'the disclaimer of warranty removed': (text) => withoutDisclaimer(text),
  'any purpose made non-commercial': (text) =>
    put(text, /\bfor any (?=purpose)|\bany (?=person\b)|\bfor (?=any\b)/i, 'non-commercial '),
  'free of charge made for a fee': (text) =>
    swap(text, /free of charge|without fee|royalty-free|no-charge/i, /.+/, 'for a fee', 'for a'),
};

function put(text: string, place: RegExp, words: string): Change | null {
  const found = place.exec(beforeAppendix(text));
  if (!found) return null;
  const at = found.index + found[0].length;
  return { text: text.slice(0, at) + words + text.slice(at), changed: words };
}

function swap(text: string, place: RegExp, what: RegExp, by: string, changed: string): Change | null {
  const found = place.exec(beforeAppendix(text));
  if (!found) return null;
  const words = found[0].replace(what, by);
  return { text: text.slice(0, found.index) + words + text.slice(found.index + found[0].length), changed };
}

/** Whole sentences of the terms, with their place: neither titles nor examples nor lists of names. */
function sentences(text: string): readonly { readonly start: number; readonly end: number; readonly words: string }[] {
  const terms = beforeAppendix(text);
  const all = [...terms.matchAll(/(?<=[.;:]\s{1,8})[A-Z"][^.;]{60,600}[.;](?=\s)/g)];
  return all
    .map((one) => ({ start: one.index, end: one.index + one[0].length, words: one[0] }))
    .filter(({ words }) => !/copyright (?:\(c\)|<|\d)|foundation, inc|version \d|www\.|http/i.test(words))
    .filter(({ words }) => /\b(?:must|may|shall|not|grant|provided|warrant|liab|distribut)/i.test(words));
}

function withoutSentence(text: string, random: Random): Change | null {
  const all = sentences(text);
  if (all.length === 0) return null;
  const { start, end, words } = random.pick(all);
  return { text: text.slice(0, start) + text.slice(end), changed: words };
}

function addSentence(text: string, random: Random): Change | null {
  const all = sentences(text);
  if (all.length === 0) return null;
  const { end } = random.pick(all);
  const changed = random.pick(RESTRICTIONS);
  return { text: `${text.slice(0, end)} ${changed}${text.slice(end)}`, changed };
}

function withoutDisclaimer(text: string): Change | null {
  const paragraphs = text.split(/(\n[ \t]*\n)/);
  const at = paragraphs.findIndex(isDisclaimer);
  if (at < 0) return null;
  const [changed = ''] = paragraphs.splice(at, 2);
  return { text: paragraphs.join(''), changed };
}

/** The words of Creative Commons about itself are no part of the terms. */
function isDisclaimer(paragraph: string): boolean {
  return paragraph.length > 200 && /\bas[ -]is\b/i.test(paragraph) && /warrant/i.test(paragraph) && !/law firm/i.test(paragraph);
}

/** What stands behind the terms tells how to apply them, and can be left away. */
function beforeAppendix(text: string): string {
  const end =
    /end of (?:the )?terms and conditions|how to apply these terms|^appendix|^exhibit [ab]\b|^creative commons is not a party/im.exec(
      text,
    );
  return end && end.index > 500 ? text.slice(0, end.index) : text;
}
