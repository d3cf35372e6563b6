/** Reads the texts of agreements on the web: plain text over https, from public addresses, small and soon. */
import type { IncomingMessage } from 'node:http';
import { known, unknown, type Answer, type Unknown } from '../facts/answer.ts';
import { bodyOf, faultOf, get, redirectOf, type PublicWeb } from './public-web.ts';

export interface WebOptions extends PublicWeb {
  /** Milliseconds for everything, redirects included. */
  readonly patience?: number;
}

const LARGEST = 256 * 1024;
const REDIRECTS = 3;
const HEADERS = { accept: 'text/plain, text/markdown;q=0.9', 'user-agent': 'Steward' };
const TYPES = ['text/plain', 'text/markdown', 'text/x-markdown'];

/**
 * A reader of web texts. What cannot be read, for now or for good, is unknown with the reason: it is asked again, and it never passes.
 * Every address that is connected to is checked, also after redirects: a name may resolve to another address each time.
 */
export function webTexts(options: WebOptions = {}): (url: string) => Promise<Answer<string>> {
  const { patience = 10_000 } = options;
  return async (text) => {
    const signal = AbortSignal.timeout(patience);
    try {
      return await follow(text, options, signal);
    } catch (error) {
      return unknown(signal.aborted ? `it did not answer within ${patience / 1000} seconds` : faultOf(error));
    }
  };
}

async function follow(text: string, options: WebOptions, signal: AbortSignal): Promise<Answer<string>> {
  let url = URL.parse(text);
  for (let step = 0; step <= REDIRECTS; step++) {
    if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
      return unknown(step === 0 ? 'it is not a web address that starts with https://' : 'it redirects to what is not https://');
    }
    const response = await get(url, options, { headers: HEADERS, signal });
    const next = redirectOf(response);
    if (next === null) return textOf(response);
    response.destroy();
    url = URL.parse(next, url.href);
  }
  return unknown(`it redirects more than ${REDIRECTS} times`);
}

/** The text of an answer, when it is plain text in UTF-8 and not too much of it. */
async function textOf(response: IncomingMessage): Promise<Answer<string>> {
  const refused = refusal(response);
  if (refused) {
    response.destroy();
    return refused;
  }
  const bytes = await bodyOf(response, LARGEST);
  return bytes === null ? tooLarge() : decoded(bytes);
}

function refusal({ statusCode = 0, headers }: IncomingMessage): Unknown | null {
  if (statusCode !== 200) return unknown(`it answers with status ${statusCode}`);
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((one) => /^\s*charset="?([^"\s]*)"?\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
  if (!TYPES.includes(type.trim())) {
    const found =
      type.trim() === 'text/html' ? 'a web page (text/html)' : type.trim() === '' ? 'of no stated type' : 'of another type';
    return unknown(`it is ${found}; the address of plain text or Markdown is needed, such as that of a raw file`);
  }
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(charset)) return unknown('it is not in UTF-8');
  if (!['', 'identity'].includes(headers['content-encoding'] ?? ''))
    return unknown('it comes compressed, which was not asked for');
  return null;
}

function decoded(bytes: Buffer): Answer<string> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) return unknown('it is not text');
    return text.trim() === '' ? unknown('the text is empty') : known(text);
  } catch {
    return unknown('it is not in UTF-8');
  }
}

function tooLarge(): Unknown {
  return unknown(`the text is larger than ${LARGEST / 1024} KiB`);
}
