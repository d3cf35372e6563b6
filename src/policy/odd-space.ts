/** Characters that look like a space and are none to YAML: where they stand for one, the text means something else. */
import { placesOf, type Flaw } from './positions.ts';

/** No-break and typographic spaces, and those without any width; they come with text that is copied from pages and chats. */
const ODD = '\\u00a0\\u1680\\u2000-\\u200d\\u202f\\u205f\\u2060\\u3000\\ufeff';

/** Behind the colon of a key, or before a key at the start of a line. */
const PLACE = new RegExp(
  `(?:^|[{,]|- )[ \\t]*(?:["']?[\\w.-]{1,100}["']?:[ \\t]*(?=[${ODD}])|(?=[${ODD}]+["']?[\\w.-]{1,100}["']?:))`,
  'gm',
);

/** More of them are not told: whoever mends these finds the others. */
const MAX_TOLD = 10;

/** A flaw for each place; only worth telling of a text in which something is wrong, for it may be meant inside a sentence. */
export function oddSpaces(source: string): readonly Flaw[] {
  const place = placesOf(source);
  return [...source.matchAll(PLACE).take(MAX_TOLD)].map((match) => {
    const at = match.index + match[0].length;
    const code = source.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
    const message = `An invisible character stands here: U+${code}, which looks like a space and is none in YAML.`;
    return { ...place(at), path: [], message, hint: 'Delete it, and type a space instead.' };
  });
}

/** The flaws of a text, with the odd spaces in place of what they bring about on their lines. */
export function withOddSpaces(flaws: readonly Flaw[], source: string): readonly Flaw[] {
  const odd = flaws.length === 0 ? [] : oddSpaces(source.replace(/^\uFEFF/, ''));
  const lines = new Set(odd.map(({ line }) => line));
  return [...odd, ...flaws.filter(({ line }) => !lines.has(line))];
}
