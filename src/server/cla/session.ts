/** Who is signed in, kept by the visitor's own browser: sealed cookies and the tokens of forms. Nothing is kept here. */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { equalSecrets } from '../front.ts';

/** Somebody who signed in with GitHub. */
export interface Visitor {
  readonly accountId: number;
  readonly login: string;
  /** Goes into every form, so that no other site can send one. */
  readonly formToken: string;
}

/** A sign-in that has begun: `state` goes to GitHub and comes back, `verifier` proves that it is the same browser that asks for the token. */
export interface Begun {
  readonly state: string;
  readonly verifier: string;
  /** The page that wanted the sign-in. */
  readonly to: string;
}

export interface Sessions {
  visitor(request: IncomingMessage): Visitor | null;
  /** A cookie that signs somebody in for an hour. */
  admit(person: { readonly accountId: number; readonly login: string }): string;
  begin(to: string): { readonly begun: Begun; readonly cookie: string };
  /** The sign-in that this state belongs to; null when it is not of this browser, or too old. */
  begun(request: IncomingMessage, state: string): Begun | null;
  /** Cookies that end the session and whatever sign-in was under way. */
  readonly forget: { readonly session: string; readonly login: string };
  isOurs(visitor: Visitor, formToken: string | null): boolean;
}

const SESSION = 3600;
const LOGIN = 600;

const sessionShape = z.object({ id: z.int().positive(), login: z.string(), seed: z.string(), until: z.number() });
const loginShape = z.object({ state: z.string(), to: z.string(), until: z.number() });

/** Sessions sealed with keys that only whoever knows the client secret has. */
export function createSessions(options: { secret: string; isSecure: boolean; now: () => Date }): Sessions {
  const { secret, isSecure, now } = options;
  const key = (label: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `steward ${label}`, 32));
  const keys = { session: key('session'), login: key('login'), form: key('form'), verifier: key('verifier') };
  // `__Host-` makes browsers refuse the cookie from anywhere but this very host, over TLS.
  const names = { session: cookieName('steward-session', isSecure), login: cookieName('steward-login', isSecure) };
  const until = (seconds: number): number => now().getTime() + seconds * 1000;
  const read = <T extends { readonly until: number }>(
    request: IncomingMessage,
    name: 'session' | 'login',
    shape: z.ZodType<T>,
  ) => {
    const value = open(cookie(request, names[name]), keys[name], shape);
    return value && value.until > now().getTime() ? value : null;
  };
  const write = (name: 'session' | 'login', value: object | null, seconds: number): string =>
    [
      `${names[name]}=${value === null ? '' : seal(value, keys[name])}`,
      'Path=/',
      `Max-Age=${seconds}`,
      'HttpOnly',
      'SameSite=Lax',
      ...(isSecure ? ['Secure'] : []),
    ].join('; ');
  const begunOf = ({ state, to }: { state: string; to: string }): Begun => ({ state, to, verifier: mac(state, keys.verifier) });
  return {
    visitor: (request) => {
      const session = read(request, 'session', sessionShape);
      if (!session) return null;
      return { accountId: session.id, login: session.login, formToken: mac(`${session.seed} ${session.id}`, keys.form) };
    },
    admit: ({ accountId, login }) => write('session', { id: accountId, login, seed: seed(), until: until(SESSION) }, SESSION),
    begin: (to) => {
      const state = seed();
      return { begun: begunOf({ state, to }), cookie: write('login', { state, to, until: until(LOGIN) }, LOGIN) };
    },
    begun: (request, state) => {
      const kept = read(request, 'login', loginShape);
      return kept && equalSecrets(kept.state, state) ? begunOf(kept) : null;
    },
    forget: { session: write('session', null, 0), login: write('login', null, 0) },
    isOurs: ({ formToken }, given) => equalSecrets(formToken, given ?? ''),
  };
}

function cookieName(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}

function seed(): string {
  return randomBytes(24).toString('base64url');
}

function mac(text: string, key: Buffer): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function seal(value: object, key: Buffer): string {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${text}.${mac(text, key)}`;
}

/** What was sealed with the key; null for anything else. */
function open<T>(sealed: string, key: Buffer, shape: z.ZodType<T>): T | null {
  const [text = '', signature = ''] = sealed.split('.');
  if (text === '' || !equalSecrets(mac(text, key), signature)) return null;
  const read = shape.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  return read.success ? read.data : null;
}

function cookie(request: IncomingMessage, name: string): string {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}
