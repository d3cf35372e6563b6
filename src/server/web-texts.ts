/** Reads the texts of agreements on the web: plain text over https, from public addresses, small and soon. */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { known, unknown, type Answer, type Unknown } from '../facts/answer.ts';
import { isPublic } from './public-address.ts';

export interface WebOptions {
  /** The addresses of a host name. */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
  readonly isAllowed?: (address: string) => boolean;
  /** Certificates to trust beside those that the machine trusts. */
  readonly ca?: string;
  /** Milliseconds for everything, redirects included. */
  readonly patience?: number;
}

const LARGEST = 256 * 1024;
const REDIRECTS = 3;
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
      return unknown(signal.aborted ? `it did not answer within ${patience / 1000} seconds` : reasonOf(error));
    }
  };
}

/** Not to be read, for a reason in words. */
class RefusedError extends Error {}

async function follow(text: string, options: WebOptions, signal: AbortSignal): Promise<Answer<string>> {
  let url = URL.parse(text);
  for (let step = 0; step <= REDIRECTS; step++) {
    if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
      return unknown(step === 0 ? 'it is not a web address that starts with https://' : 'it redirects to what is not https://');
    }
    const response = await get(url, options, signal);
    const next = redirectOf(response);
    if (next === null) return textOf(response);
    response.destroy();
    url = URL.parse(next, url.href);
  }
  return unknown(`it redirects more than ${REDIRECTS} times`);
}

function get(url: URL, options: WebOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const { isAllowed = isPublic } = options;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A literal address is connected to without any look-up.
  if (isIP(host) !== 0 && !isAllowed(host)) throw new RefusedError(notPublic(host));
  return new Promise((fulfill, reject) => {
    request(url, {
      signal,
      agent: false,
      lookup: checked(options),
      headers: { accept: 'text/plain, text/markdown;q=0.9', 'accept-encoding': 'identity', 'user-agent': 'Steward' },
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    })
      .on('response', fulfill)
      .on('error', reject)
      .end();
  });
}

/** Looks a name up and refuses it when one of its addresses is not public: so the address connected to is one that was checked. */
function checked({ resolve: resolved = addressesOf, isAllowed = isPublic }: WebOptions): LookupFunction {
  return (host, { all }, done) => {
    resolved(host).then(
      (addresses) => {
        const [first] = addresses;
        if (!first) done(new RefusedError(`the name ${host} has no address`), '', 0);
        else if (!addresses.every(({ address }) => isAllowed(address))) done(new RefusedError(notPublic(host)), '', 0);
        else if (all) done(null, [...addresses]);
        else done(null, first.address, first.family);
      },
      (error: unknown) => {
        done(error as NodeJS.ErrnoException, '', 0);
      },
    );
  };
}

function addressesOf(host: string): Promise<readonly LookupAddress[]> {
  return new Promise((fulfill, reject) => {
    resolve(host, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else fulfill(addresses);
    });
  });
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage): string | null {
  return [301, 302, 303, 307, 308].includes(statusCode) ? (headers.location ?? null) : null;
}

/** The text of an answer, when it is plain text in UTF-8 and not too much of it. */
async function textOf(response: IncomingMessage): Promise<Answer<string>> {
  const refused = refusal(response);
  if (refused) {
    response.destroy();
    return refused;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST) return tooLarge();
    chunks.push(chunk);
  }
  return decoded(Buffer.concat(chunks));
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
  return Number(headers['content-length'] ?? 0) > LARGEST ? tooLarge() : null;
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

function notPublic(host: string): string {
  return `${host} is not on the public internet`;
}

/** What went wrong on the way, without anything that only this machine knows. */
function reasonOf(error: unknown): string {
  if (error instanceof RefusedError) return error.message;
  const { code = 'no further reason' } = error as NodeJS.ErrnoException;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its host name is not found';
  if (/CERT|SIGNATURE|ALTNAME|TLS|SSL/.test(code)) return `its certificate cannot be trusted (${code})`;
  return `its server cannot be reached (${code})`;
}
