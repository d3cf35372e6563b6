/** Reaches https servers on the public internet, and no others: whoever writes an address must not reach what only this machine can. */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request, type Agent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublic } from './public-address.ts';

export interface PublicWeb {
  /** The addresses of a host name. */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
  readonly isAllowed?: (address: string) => boolean;
  /** Certificates to trust beside those that the machine trusts. */
  readonly ca?: string;
}

export interface Call {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Keeps connections; left out: each call has its own. */
  readonly agent?: Agent | false;
}

/** Not to be read, for a reason in words. */
class RefusedError extends Error {}

/**
 * Asks for an address; redirects are answers. Every address that is connected to is checked: a name may resolve to another address
 * each time.
 */
export function get(url: URL, web: PublicWeb, { headers, signal, agent = false }: Call): Promise<IncomingMessage> {
  const { isAllowed = isPublic } = web;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A literal address is connected to without any look-up.
  if (isIP(host) !== 0 && !isAllowed(host)) throw new RefusedError(notPublic(host));
  return new Promise((fulfill, reject) => {
    request(url, {
      signal,
      agent,
      lookup: checked(web),
      headers: { 'accept-encoding': 'identity', ...headers },
      ...(web.ca === undefined ? {} : { ca: web.ca }),
    })
      .on('response', fulfill)
      .on('error', reject)
      .end();
  });
}

/** Where an answer sends to; null: it is no redirect. */
export function redirectOf({ statusCode = 0, headers }: IncomingMessage): string | null {
  return [301, 302, 303, 307, 308].includes(statusCode) ? (headers.location ?? null) : null;
}

/** The body; null when it has more bytes than that. */
export async function bodyOf(response: IncomingMessage, largest: number): Promise<Buffer | null> {
  if (Number(response.headers['content-length'] ?? 0) > largest) {
    response.destroy();
    return null;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop ends the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largest) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What went wrong on the way, without anything that only this machine knows. */
export function faultOf(error: unknown): string {
  if (error instanceof RefusedError) return error.message;
  const { code = 'no further reason' } = error as NodeJS.ErrnoException;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its host name is not found';
  if (/CERT|SIGNATURE|ALTNAME|TLS|SSL/.test(code)) return `its certificate cannot be trusted (${code})`;
  return `its server cannot be reached (${code})`;
}

/** Looks a name up and refuses it when one of its addresses is not public: so the address connected to is one that was checked. */
function checked({ resolve: resolved = addressesOf, isAllowed = isPublic }: PublicWeb): LookupFunction {
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

function notPublic(host: string): string {
  return `${host} is not on the public internet`;
}
