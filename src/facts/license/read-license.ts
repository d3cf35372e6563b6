/** Reads one license text for the index, and tells whether an index was read in this very way. */
import { gramAt, placeOf, runsOf } from './grams.ts';
import type { LicenseText } from './index-format.ts';
import { roles } from './roles.ts';
import { shapeOf } from './shape.ts';
import { tokenize, type Numbering } from './tokens.ts';
import { variants } from './variants.ts';

/** The words of a text with what each is to the license; `vocabulary` is what `number` has numbered so far. */
export function readLicense(id: string, text: string, number: Numbering, vocabulary: readonly string[]): LicenseText {
  const tokens = tokenize(text, number);
  const words = Array.from(tokens.words, (word) => vocabulary[word] ?? '');
  const marks = roles(text, tokens, words).map(
    (role, nth) => role | shapeOf(text, tokens.starts[nth] ?? 0, tokens.ends[nth] ?? 0, tokens.starts[nth + 1] ?? -1),
  );
  return { ids: [id], length: words.length, words: Uint16Array.from(tokens.words), marks };
}

/** Changes with how words are read that the probe has; raise it for a change that the probe does not show. */
const EDITION = 1;

/** Has one of everything that reading treats in a way of its own: titles, lists, fields, names, marks, spellings. */
const PROBE = `The Probe License, Version 1.0

Copyright (c) <year> <name of the holder>. All rights reserved.

Statement of Purpose. The laws of most jurisdictions bind Creative Commons. By exercising the Licensed Rights, you agree.
 1. Sub-licence, colour and "noncommercial" Organisation; see https://probe.example/a-b
 (a) Neither the name of {{ holder }} nor the names of its contributors may be used; 2.1. o the ﬁrst café
 * More considerations for licensors. Will be considered the “Licensor.” Now.
This is provided by THE HOLDER "AS IS" and iii) in no event shall the holder or others be liable [yyyy].

GNU GENERAL PUBLIC LICENSE
END OF TERMS AND CONDITIONS
# How to apply these terms {#apply}
(c) Representations.`;
const VARIED = ['BSD-3-Clause', 'CC-BY-4.0', 'CC0-1.0', 'LGPL-3.0-only'];

/** A number that is another one where the same texts would make another index. */
export function fingerprint(): number {
  const words: string[] = [];
  const number = (word: string): number => {
    const known = words.indexOf(word);
    return known >= 0 ? known : words.push(word) - 1;
  };
  const { words: numbers, marks } = readLicense('Probe', PROBE, number, words);
  const varied = VARIED.flatMap((id) => variants({ id, text: PROBE.padStart(1_500) })).map(({ text }) => text.trim());
  const gram = gramAt(numbers, placeOf(numbers.length, runsOf(numbers.length) - 1));
  return hash([EDITION, gram, ...numbers, ...marks, ...words, ...varied].join(' '));
}

function hash(text: string): number {
  let all = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) all = Math.imul(all ^ text.charCodeAt(at), 0x01000193);
  return all >>> 0;
}
