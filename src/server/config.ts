/** The only file that reads the environment: variables in, a configuration or a list of what is missing out. */
import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readKept } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { HOST_NAMES } from './registries/hosts.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where GitHub is: `api` without a trailing slash, `web` for people. */
export interface Hosts {
  readonly api: string;
  readonly web: string;
}

export interface Config {
  readonly isProduction: boolean;
  /** Null: the set-up page is served instead. Never null in production. */
  readonly credentials: Credentials | null;
  readonly hosts: Hosts;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  /** PostgreSQL; null: SQLite in the data folder. */
  readonly databaseUrl: string | null;
  /** Where people and GitHub reach Steward, without a trailing slash; null: not told. */
  readonly publicUrl: string | null;
  /** Lower-cased logins; null: every account is served. */
  readonly allowedOwners: readonly string[] | null;
  /** Hosts that are asked about licenses of packages; none: nobody is asked. */
  readonly registryHosts: readonly string[];
  /** Opens `/metrics` to whoever sends it; null: only the machine itself may read. */
  readonly metricsToken: string | null;
}

/** What is wrong with the environment: which variable, what was found, how to mend it. */
export interface Refused {
  readonly problems: readonly string[];
}

const INSECURE_SECRET = 'development';

/** Reads the environment into a configuration, or says everything that is wrong with it at once. */
export function readConfig(env: Env = process.env): { readonly config: Config } | Refused {
  const problems: string[] = [];
  const isProduction = env.NODE_ENV === 'production';
  const dataFolder = resolve(set(env.STEWARD_DATA) ?? './data');
  const config: Config = {
    isProduction,
    credentials: credentials(env, dataFolder, isProduction, problems),
    hosts: hosts(env, problems),
    host: set(env.HOST) ?? 'localhost',
    port: port(env, problems),
    logLevel: oneOf(LOG_LEVELS, 'LOG_LEVEL', set(env.LOG_LEVEL)?.toLowerCase() ?? 'info', problems),
    dataFolder,
    databaseUrl: url('DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:'], problems),
    publicUrl: url('PUBLIC_URL', env.PUBLIC_URL, ['https:', 'http:'], problems)?.replace(/\/+$/, '') ?? null,
    allowedOwners: names(env.ALLOWED_OWNERS),
    registryHosts: registryHosts(env, problems),
    metricsToken: set(env.METRICS_TOKEN),
  };
  return problems.length > 0 ? { problems } : { config };
}

const AUDIT_TOKEN =
  'An audit reads through a personal access token: create a read-only one (fine-grained, "Public repositories" is enough for public ones)';

/** What `audit` needs: a read-only personal token and GitHub's address. No App. Other commands say what they need one for. */
export function auditConfig(
  env: Env = process.env,
  wanted = AUDIT_TOKEN,
): { readonly token: string; readonly hosts: Hosts } | Refused {
  const problems: string[] = [];
  const where = hosts(env, problems);
  const token = set(env.GITHUB_TOKEN) ?? set(env.GH_TOKEN);
  if (!token) {
    problems.push(
      `GITHUB_TOKEN is not set. ${wanted} at ${where.web}/settings/personal-access-tokens/new and set GITHUB_TOKEN to it.`,
    );
  }
  return problems.length > 0 || !token ? { problems } : { token, hosts: where };
}

/** Where Steward remembers, for commands that work on it: no App is needed. */
export function storeConfig(env: Env = process.env): Pick<Config, 'dataFolder' | 'databaseUrl'> | Refused {
  const problems: string[] = [];
  const dataFolder = resolve(set(env.STEWARD_DATA) ?? './data');
  const databaseUrl = url('DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:'], problems);
  return problems.length > 0 ? { problems } : { dataFolder, databaseUrl };
}

function credentials(env: Env, dataFolder: string, isProduction: boolean, problems: string[]): Credentials | null {
  const names = ['APP_ID', 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET'] as const;
  const isTold = names.some((name) => set(env[name]));
  const kept = isTold ? null : keptCredentials(dataFolder, problems);
  if (kept) return kept;
  if (!isTold && !isProduction) return null;

  const appId = set(env.APP_ID);
  if (!appId) problems.push(missing('APP_ID', 'the number shown as "App ID" on the settings page of your GitHub App'));
  else if (!/^[1-9]\d{0,14}$/.test(appId))
    problems.push('APP_ID is not a whole number. Use the "App ID" of your GitHub App, not its client id.');
  const secret = set(env.WEBHOOK_SECRET);
  if (!secret)
    problems.push(
      missing('WEBHOOK_SECRET', 'the webhook secret of your GitHub App, which proves that a delivery comes from GitHub'),
    );
  else if (isProduction && secret === INSECURE_SECRET) {
    problems.push(
      `WEBHOOK_SECRET is "${INSECURE_SECRET}", which everybody knows. Choose a long random one here and in the settings of your GitHub App.`,
    );
  }
  const privateKey = readPrivateKey(env, problems);
  if (!appId || !secret || !privateKey) return null;
  const clientId = set(env.GITHUB_CLIENT_ID);
  return {
    appId: Number(appId),
    privateKey,
    webhookSecret: secret,
    clientId,
    clientSecret: set(env.GITHUB_CLIENT_SECRET),
    url: null,
  };
}

function keptCredentials(dataFolder: string, problems: string[]): Credentials | null {
  try {
    return readKept(dataFolder);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    return null;
  }
}

function readPrivateKey(env: Env, problems: string[]): string | null {
  const name = set(env.PRIVATE_KEY) ? 'PRIVATE_KEY' : 'PRIVATE_KEY_PATH';
  const path = set(env.PRIVATE_KEY_PATH);
  if (!set(env.PRIVATE_KEY) && !path) {
    problems.push(missing('PRIVATE_KEY', 'the text of the .pem file of your GitHub App (or set PRIVATE_KEY_PATH to the file)'));
    return null;
  }
  if (name === 'PRIVATE_KEY_PATH' && !existsSync(path ?? '')) {
    problems.push('PRIVATE_KEY_PATH names a file that is not there. Check the path and that this process may read it.');
    return null;
  }
  try {
    return normalizeKey(set(env.PRIVATE_KEY) ?? readFileSync(path ?? '', 'utf8'));
  } catch {
    problems.push(
      `${name} does not hold a private key that can be read. ` +
        'Use the .pem file as GitHub gave it: as it is, with its line breaks written as \\n, or encoded in base64.',
    );
    return null;
  }
}

/** A private key as it comes out of an environment variable (raw, `\n`-escaped, on one line, base64) in PKCS #8. Throws when it is none. */
export function normalizeKey(text: string): string {
  const decoded = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
  const lines = decoded.replaceAll('\\n', '\n').trim();
  const parts = /^(-----BEGIN [A-Z ]+-----)([^-]+)(-----END [A-Z ]+-----)$/.exec(lines);
  const pem = parts ? [parts[1], parts[2]?.replaceAll(/\s+/g, '\n').trim(), parts[3]].join('\n') : lines;
  return createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function hosts(env: Env, problems: string[]): Hosts {
  const host = set(env.GHE_HOST);
  if (!host) return { api: 'https://api.github.com', web: 'https://github.com' };
  const protocol = oneOf(['https', 'http'], 'GHE_PROTOCOL', set(env.GHE_PROTOCOL) ?? 'https', problems);
  if (!/^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:]+\](:\d{1,5})?$/.test(host)) {
    problems.push('GHE_HOST is not a host name. Write it without "https://" and without a path: github.example.com');
  }
  // GitHub Enterprise Cloud with data residency has its API on a host of its own.
  const api = host.endsWith('.ghe.com') ? `${protocol}://api.${host}` : `${protocol}://${host}/api/v3`;
  return { api, web: `${protocol}://${host}` };
}

function port(env: Env, problems: string[]): number {
  const text = set(env.PORT) ?? '3000';
  const value = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(value <= 65_535)) problems.push('PORT is not a number from 0 to 65535.');
  return value;
}

function url(name: string, text: string | undefined, protocols: readonly string[], problems: string[]): string | null {
  const value = set(text);
  if (value === null) return null;
  const parsed = URL.parse(value);
  if (parsed && protocols.includes(parsed.protocol)) return value;
  problems.push(`${name} is not a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`);
  return null;
}

function names(text: string | undefined): readonly string[] | null {
  const found = (text ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((name) => name !== '');
  return found.length > 0 ? found : null;
}

/** The setting can only narrow: nobody else than the hosts that Steward knows is ever asked. */
function registryHosts(env: Env, problems: string[]): readonly string[] {
  if (oneOf(['on', 'off'], 'REGISTRIES', set(env.REGISTRIES)?.toLowerCase() ?? 'on', problems) === 'off') return [];
  const named = names(env.REGISTRY_HOSTS);
  const strangers = named?.filter((name) => !HOST_NAMES.includes(name)) ?? [];
  if (strangers.length > 0) {
    problems.push(`REGISTRY_HOSTS names ${strangers.join(', ')}. Only these can be named: ${HOST_NAMES.join(', ')}.`);
  }
  return named ?? HOST_NAMES;
}

function oneOf<T extends string>(allowed: readonly T[], name: string, found: string, problems: string[]): T {
  const value = allowed.find((one) => one === found);
  if (value === undefined) problems.push(`${name} is not one of ${allowed.join(', ')}.`);
  return value ?? (allowed[0] as T);
}

/** A variable that is set to something; an empty one counts as not set. */
function set(text: string | undefined): string | null {
  const trimmed = text?.trim();
  return trimmed ? trimmed : null;
}

function missing(name: string, what: string): string {
  return `${name} is not set. It is ${what}.`;
}

/** The folder of the installed package, for `app.yml` beside `src/` and `dist/`. */
export const PACKAGE_FOLDER = join(import.meta.dirname, '..', '..');

/** What a tool that Steward starts (git) needs to be found and to run; nothing else of the environment reaches it. */
export function toolEnvironment(env: Env = process.env): Record<string, string> {
  const names = ['PATH', 'Path', 'SystemRoot', 'TMPDIR', 'TEMP', 'TMP'];
  return Object.fromEntries(names.filter((name) => env[name] !== undefined).map((name) => [name, env[name] ?? '']));
}
