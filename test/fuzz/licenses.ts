/** License texts laid out anew are still named; with a word that turns their meaning they are not; nothing else is ever named. */
import fc from 'fast-check';
import { licenseDetector } from '../../src/server/license-detector.ts';
import { isDeprecated, LIST } from '../support/license-texts.ts';
import { attempt, must, share, type Check } from './check.ts';

const detect = licenseDetector();
/** The ids of the license texts that stand in a text unaltered. */
const identify = (text: string): readonly string[] => {
  const { expression, matches } = detect(text);
  return expression === null ? [] : matches.flatMap(({ kind, ids }) => (kind === 'text' ? ids : []));
};
const textOf = (id: string): string => LIST[id]?.licenseText ?? '';
const ids = Object.keys(LIST).filter((id) => !isDeprecated(id));
const listed = fc.constantFrom(...ids);

/** Ways to lay out a text that say the same. */
const LAYOUTS = {
  mark: (text: string) => `\ufeff${text}`,
  quotes: (text: string) => text.replace(/"([^"\n]*)"/g, '“$1”'),
  upper: (text: string) =>
    text.replace(/^(?!.*copyright).*$/gim, (line) => line.replace(/[a-z]/g, (letter) => letter.toUpperCase())),
  blankEnds: (text: string) => text.replace(/$/gm, '  '),
  comment: (text: string) => text.replace(/^/gm, ' * '),
  hashes: (text: string) => text.replace(/^/gm, '# '),
  indented: (text: string) => text.replace(/^/gm, '    '),
  blankLines: (text: string) => `\n\n${text}\n\n\n`,
  // Last, as the start of a line would be found between its two characters.
  crlf: (text: string) => text.replace(/\r?\n/g, '\r\n'),
} as const;
type Layout = keyof typeof LAYOUTS;

const laidOut = fc.record({ of: listed, layouts: fc.subarray(Object.keys(LAYOUTS) as Layout[]) });

function staysNamed({ of, layouts }: { readonly of: string; readonly layouts: readonly Layout[] }): void {
  const text = layouts.reduce((before, layout) => LAYOUTS[layout](before), textOf(of));
  const [before, after] = [identify(textOf(of)), identify(text)];
  must(before.join() === after.join(), () => `${of} was named ${before.join()}, and is named ${after.join() || 'nothing'}`);
}

const TURNS = ['not', 'except', 'non-commercial', 'only', 'prohibited', 'must'];
const turned = fc.record({ of: listed, at: share, word: fc.constantFrom(...TURNS) });

/** Paragraphs of the holder's and titles: a word in them turns no term. */
const FEWEST_WORDS = 12;
const isOfTerms = (paragraph: string): boolean =>
  !/copyright|\(c\)|©|[<[{]/i.test(paragraph) && paragraph.split(/\s+/).length >= FEWEST_WORDS;

/** The text with a word put in between two others of its terms; empty: it has no such place. */
function turnedText({ of, at, word }: { readonly of: string; readonly at: number; readonly word: string }): string {
  const paragraphs = textOf(of).split(/\n[^\S\n]*\n/);
  const places = paragraphs.flatMap((paragraph, row) =>
    isOfTerms(paragraph) ? [...paragraph.matchAll(/(?<=\p{L}) (?=\p{L})/gu)].map(({ index }) => ({ row, index })) : [],
  );
  const place = places[Math.min(places.length - 1, Math.floor(at * places.length))];
  if (place === undefined) return '';
  const paragraph = paragraphs[place.row] ?? '';
  paragraphs[place.row] = `${paragraph.slice(0, place.index)} ${word}${paragraph.slice(place.index)}`;
  return paragraphs.join('\n\n');
}

function isNoticed(input: { readonly of: string; readonly at: number; readonly word: string }): void {
  const text = turnedText(input);
  if (text === '') return;
  const named = identify(text);
  // What is left without the turned sentence can be another license, word for word.
  must(!named.includes(input.of), () => `${input.of} with "${input.word}" put in is still named so`);
}

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2_000 }),
  fc
    .array(
      fc.constantFrom('MIT', 'License', 'Copyright (c) 2024 A', '\n', 'Permission is hereby granted', '1.', '(a)', '*', ' '),
      { maxLength: 60 },
    )
    .map((all) => all.join(' ')),
);

function isNotNamed(text: string): void {
  const named = identify(text);
  must(named.length === 0, () => `named ${named.join()}`);
}

const part = (name: string, says: string, run: Check['run']): Check => ({ name, says, run });

export const licenses: readonly Check[] = [
  part('license', 'a license text is named however it is laid out', (options) => attempt(laidOut, staysNamed, options)),
  part('license-turned', 'a word that turns the meaning of a license text is noticed', (options) =>
    attempt(turned, isNoticed, options),
  ),
  part('license-other', 'a text that is no license is not named, and none makes it throw', (options) =>
    attempt(anything, isNotNamed, options),
  ),
];
