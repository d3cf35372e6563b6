/** The words of a text that is marked up as HTML or RTF. */

/** The plain text of HTML or RTF; any other text comes back as it is. */
export function readable(text: string): string {
  return text;
}
