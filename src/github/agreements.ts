/** Texts of agreements, which everybody will see: files of public repositories, and web pages. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import { readExtends } from '../policy/reference.ts';
import type { Api } from './client.ts';
import { publicFileOf } from './shared-policies.ts';
import type { BlobShape } from './shapes.ts';

/** Reads the text of a web page. What cannot be read, for now or for good, is unknown: the pull request is looked at again. */
export type Web = (url: string) => Promise<Answer<string>>;

/** No agreement that people are asked to read is longer. */
const LARGEST = 256 * 1024;
const TOO_LARGE = unknown('the text is larger than 256 KiB');

/** The text that a reference names: `https://…`, or `OWNER/REPO:PATH[@REF]`. */
export async function agreementTextOf(reference: string, reader: () => Promise<Api>, web: Web | null): Promise<Answer<string>> {
  if (/^https:\/\//i.test(reference)) {
    const page = web ? await web(reference) : unknown('Steward does not read web pages here');
    return page.known && Buffer.byteLength(page.value) > LARGEST ? TOO_LARGE : page;
  }
  const named = reference.includes(':') ? readExtends(reference) : null;
  if (named === null || typeof named === 'string') {
    return unknown(`${reference.slice(0, 200)} is neither https://… nor OWNER/REPO:PATH[@REF]`);
  }
  const file = await publicFileOf(await reader(), named);
  return file.known ? textOf(file.value.object) : file;
}

function textOf(object: BlobShape | Readonly<Record<string, never>> | null): Answer<string> {
  if (object?.byteSize === undefined) return unknown('it is not a file');
  if (object.byteSize > LARGEST) return TOO_LARGE;
  if (object.isBinary === true || object.text === null || object.text.includes('\0')) return unknown('it is not text');
  return object.text.trim() === '' ? unknown('the file is empty') : known(object.text);
}
