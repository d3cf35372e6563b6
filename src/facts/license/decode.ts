/** Turns the bytes of a file into text, or says why they are none. */
import { known, type Answer } from '../answer.ts';

/** The text of a file, in whatever encoding it is; unknown for what is no text, or is too large to read. */
export function decode(bytes: Uint8Array): Answer<string> {
  return known(new TextDecoder().decode(bytes));
}
