/** Why a line that looks like a sign-off is none, by where it stands and how it is spelled. */
import type { Lookalike } from '../../facts/sign-offs.ts';
import { linesOf } from '../../facts/trailers.ts';
import { code, words, type Words } from '../../facts/words.ts';
import type { DcoOptions } from './options.ts';

/** Completes "… has a Signed-off-by: line on line 3 of its message, ". */
export function whereItStands(
  { line, before, person }: Lookalike,
  message: string,
  options: Pick<DcoOptions, 'trailers'>,
): Words {
  if (before.includes('>')) return words`but it is quoted, and whoever quotes does not sign`;
  if (before.includes('#')) return words`but it is a comment`;
  if (before !== '') return words`but it does not start at the beginning of its line`;
  if (person === null) return words`but without a name and an address in angle brackets`;
  if (options.trailers === 'compat') {
    return words`but not in the exact form ${code('Signed-off-by: NAME <ADDRESS>')}, with one blank before the name, one before the address and nothing after it`;
  }
  switch (paragraphOf(line, message)) {
    case 'first':
      return words`but a blank line is missing above it: git takes it for a part of the title`;
    case 'last':
      return options.trailers === 'strict'
        ? words`in a paragraph that holds other lines too; this policy reads sign-offs in a last paragraph of nothing but trailers`
        : words`but among so much other text that git does not read it as a sign-off: put it into a last paragraph of its own`;
    case 'middle':
      return words`but that is not in the last paragraph, the only one in which git reads sign-offs`;
  }
}

function paragraphOf(line: number, message: string): 'first' | 'middle' | 'last' {
  const lines = linesOf(message).map((text) => text.trim());
  const above = lines.slice(0, line).findLastIndex((text) => text === '');
  if (lines.slice(0, above + 1).every((text) => text === '')) return 'first';
  const below = lines.findIndex((text, index) => index >= line && text === '');
  return below < 0 || lines.slice(below).every((text) => text === '') ? 'last' : 'middle';
}
