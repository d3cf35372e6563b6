/** Which differences in spelling do not matter between two names of a person. */

/** Letters that only differ in case, composition or spacing become the same. Twice, upper case first: ß, ẞ and SS are one. */
export function fold(text: string): string {
  if (!UNUSUAL.test(text)) return text.toLowerCase();
  if (text.length > LONGEST) return text;
  return caseless(caseless(text.normalize('NFD')).normalize('NFD'))
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Beyond ASCII, or with blanks to take away. Most names and addresses are neither, and thousands are compared. */
const UNUSUAL = /[^ -~]|  |^ | $/;

/** Nobody has a longer name, and a message may be all one name: Unicode's normal forms would take long to make of it. */
const LONGEST = 500;

/** As both DCO Apps compare: case does not matter, everything else does. */
export function foldCaseOnly(text: string): string {
  return text.toLowerCase();
}

/** The dotless ı is a letter of its own: folding its case does not make it an i. */
function caseless(text: string): string {
  return text
    .split('ı')
    .map((part) => part.toUpperCase().toLowerCase())
    .join('ı');
}
