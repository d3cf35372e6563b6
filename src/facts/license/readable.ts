/** The words of a text that is marked up as HTML or RTF. */
import { fromHtml, isHtml } from './readable/html.ts';
import { fromRtf } from './readable/rtf.ts';

/** The plain text of HTML or RTF; any other text comes back as it is. */
export function readable(text: string): string {
  if (text.startsWith('{\\rtf')) return fromRtf(text);
  return isHtml(text) ? fromHtml(text) : text;
}
