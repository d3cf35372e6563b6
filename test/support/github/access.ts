/** Who asks and what they may: App tokens (JWT), installation tokens with their permissions, personal tokens. */
import { createVerify } from 'node:crypto';
import type { Account, Installation, Level, Permissions, Repository, Token } from './model.ts';
import type { World } from './world/world.ts';

/** An answer that is not the hoped-for one; thrown by handlers, written by the server. */
export class HttpError extends Error {
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

export type Identity =
  | { readonly kind: 'app' }
  | { readonly kind: 'installation'; readonly token: Token; readonly installation: Installation }
  | { readonly kind: 'person'; readonly person: Account }
  | { readonly kind: 'nobody' };

/** One of these sets of permissions is enough. */
export type Needs = readonly Permissions[];

const DOCUMENTATION = 'https://docs.github.com/rest';
const NOT_ACCESSIBLE = 'Resource not accessible by integration';

export function notFound(): HttpError {
  return new HttpError(404, 'Not Found', { documentation_url: DOCUMENTATION });
}

export function forbidden(message = NOT_ACCESSIBLE): HttpError {
  return new HttpError(403, message, { documentation_url: DOCUMENTATION });
}

/** GitHub's answer to a request it understands and refuses. */
export function invalid(message: string, errors: readonly unknown[] = []): HttpError {
  return new HttpError(422, message, { documentation_url: DOCUMENTATION, ...(errors.length === 0 ? {} : { errors }) });
}

/** Reads the Authorization header; throws 401 for what is not or no longer valid. */
export function identify(world: World, header: string | undefined): Identity {
  if (header === undefined) return { kind: 'nobody' };
  const [, scheme = '', value = ''] = /^(\w+) (\S+)$/.exec(header) ?? [];
  if (scheme.toLowerCase() === 'bearer' && value.split('.').length === 3) {
    verifyJwt(world, value);
    return { kind: 'app' };
  }
  const token = world.tokens.get(value);
  if (token === undefined || Date.parse(token.expiresAt) <= Date.now()) throw new HttpError(401, 'Bad credentials');
  if (token.installation === null) return { kind: 'person', person: token.person ?? world.app.owner };
  if (token.installation.isDeleted) throw new HttpError(401, 'Bad credentials');
  if (token.installation.suspendedAt !== null) throw forbidden('This installation has been suspended');
  return { kind: 'installation', token, installation: token.installation };
}

function verifyJwt(world: World, value: string): void {
  const [head = '', body = '', signature = ''] = value.split('.');
  const isSigned = createVerify('RSA-SHA256').update(`${head}.${body}`).verify(world.app.publicKey, signature, 'base64url');
  if (!isSigned) throw new HttpError(401, 'A JSON web token could not be decoded');
  const { iat, exp, iss } = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, number | string>;
  const now = Date.now() / 1000;
  if (Number(exp) <= now)
    throw new HttpError(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time");
  if (Number(exp) - now > 600) throw new HttpError(401, "'Expiration time' claim ('exp') is too far in the future");
  if (Number(iat) > now + 5) throw new HttpError(401, "'Issued at' claim ('iat') must be an Integer representing the time");
  if (String(iss) !== String(world.app.id) && iss !== world.app.clientId) throw new HttpError(401, 'Integration not found');
}

const LEVELS: readonly Level[] = ['read', 'write', 'admin'];

/** Whether granted permissions reach the needed ones. `metadata: read` comes with every installation. */
export function reaches(granted: Permissions, needed: Permissions): boolean {
  return Object.entries(needed).every(([name, level]) => {
    const has = name === 'metadata' ? (granted.metadata ?? 'read') : granted[name];
    return has !== undefined && LEVELS.indexOf(has) >= LEVELS.indexOf(level);
  });
}

/** Whether the asker can know at all that a repository exists. */
export function sees(world: World, identity: Identity, one: Repository): boolean {
  return !one.isPrivate || isWithin(world, identity, one);
}

function isWithin(world: World, identity: Identity, one: Repository): boolean {
  if (identity.kind === 'installation') {
    const { token, installation } = identity;
    return world.covers(installation, one) && (token.repositories === null || token.repositories.has(one.id));
  }
  if (identity.kind !== 'person') return false;
  const { login } = identity.person;
  return one.owner === identity.person || one.owner.members.has(login) || one.collaborators.has(login);
}

/**
 * Whether the asker may do this to a repository they see. What is public can be read by everyone; but an installation
 * that lacks a permission is refused on its own repositories even where they are public.
 */
export function allows(world: World, identity: Identity, one: Repository, needs: Needs): boolean {
  if (identity.kind === 'installation' && isWithin(world, identity, one)) {
    return needs.some((needed) => reaches(identity.token.permissions, needed));
  }
  const isReading = needs.some((needed) => Object.values(needed).every((level) => level === 'read'));
  return isReading && identity.kind !== 'app' && sees(world, identity, one);
}

/** A new token for an installation, narrowed as asked; 422 for more than the installation has. */
export function mintToken(
  world: World,
  installation: Installation,
  ask: {
    readonly permissions?: Permissions;
    readonly repositories?: readonly string[];
    readonly repository_ids?: readonly number[];
  },
): Token {
  const permissions = ask.permissions ?? installation.permissions;
  if (!reaches(installation.permissions, permissions)) {
    throw invalid('The permissions requested are not granted to this installation.');
  }
  const names = ask.repositories?.map((name) => world.find(installation.account.login, name)?.id ?? 0);
  const wanted = names ?? ask.repository_ids;
  const reachable = new Set(world.reachable(installation).map(({ id }) => id));
  if (wanted?.some((id) => !reachable.has(id)) === true) {
    throw invalid('There is at least one repository that does not exist or is not accessible to the parent installation.');
  }
  const token: Token = {
    value: `ghs_${Buffer.from(`${installation.id}:${world.nextId()}:${Math.random()}`).toString('base64url')}`,
    installation,
    person: null,
    permissions: { metadata: 'read', ...permissions },
    repositories: wanted === undefined ? null : new Set(wanted),
    expiresAt: new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z'),
  };
  world.tokens.set(token.value, token);
  return token;
}
