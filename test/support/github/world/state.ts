/** The world's ground: ids, clocks, accounts, who may hear of what, and the App that looks at it. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { Account, App, Delivery, Installation, Repository, Token } from '../model.ts';
import { account, fullName, repository } from '../shapes.ts';
import { webhookPayload } from '../described.ts';

/** What the caller may say of the App; everything has a default. */
export type AppOptions = Partial<Pick<App, 'id' | 'slug' | 'name' | 'webhookSecret' | 'permissions' | 'events'>>;

/** What a verb did: what came of it, and the deliveries GitHub would send for it. */
export type Outcome<T = unknown> = T & { readonly deliveries: readonly Delivery[] };

/** Sent to an App whatever it subscribed to. */
const ALWAYS_SENT = new Set(['installation', 'installation_repositories', 'github_app_authorization', 'ping']);

const DEFAULT_PERMISSIONS = {
  metadata: 'read',
  contents: 'read',
  checks: 'write',
  issues: 'write',
  members: 'read',
  pull_requests: 'write',
} as const;
const DEFAULT_EVENTS = [
  ...['check_run', 'check_suite', 'issue_comment', 'issues', 'merge_group', 'public', 'pull_request', 'push', 'repository'],
];

let pair: { readonly privateKey: string; readonly publicKey: string } | undefined;

/** One key pair a process is enough, and making one is slow; one of the length of GitHub's takes several times as long. */
function keyPair(): NonNullable<typeof pair> {
  pair ??= generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return pair;
}

export class State {
  readonly app: App;
  readonly accounts = new Map<string, Account>();
  readonly repositories = new Map<number, Repository>();
  /** Lower-cased full names that a repository had before. */
  readonly formerNames = new Map<string, number>();
  readonly installations = new Map<number, Installation>();
  readonly tokens = new Map<string, Token>();
  /** Deliveries caused by the App's own writes, oldest first: GitHub sends those too. */
  readonly echoes: Delivery[] = [];
  /** Milliseconds every API answer takes. */
  latency = 0;
  /** How many entries of a tree are listed. */
  treeLimit = 100_000;
  #lastId = 1000;
  #commits = 0;

  constructor(options: AppOptions = {}) {
    const { privateKey, publicKey } = keyPair();
    const slug = options.slug ?? 'steward';
    this.app = {
      id: options.id ?? 424242,
      slug,
      name: options.name ?? 'Steward',
      owner: this.organization('app-owner'),
      bot: this.#account(`${slug}[bot]`, 'Bot'),
      privateKey,
      publicKey,
      webhookSecret: options.webhookSecret ?? 'a secret only the double knows',
      permissions: options.permissions ?? DEFAULT_PERMISSIONS,
      events: options.events ?? DEFAULT_EVENTS,
      clientId: 'Iv1.0000000000000000',
      clientSecret: 'a client secret only the double knows',
      callbackUrls: [],
    };
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Commits get the present time; else times of their own, so that their ids are the same in every run. */
  writesNow = false;
  /** GitHub finds the pull request that brought a commit only so many milliseconds after its merge. */
  lag = 0;

  /** Milliseconds that a test let pass beside the usual ones. */
  ahead = 0;

  /** The present, to the second, as GitHub writes it. */
  now(): string {
    return new Date(Date.now() + this.ahead).toISOString().replace(/\.\d+Z$/, 'Z');
  }

  /** When the next commit is written. */
  commitTime(): string {
    if (this.writesNow) return this.now();
    this.#commits += 1;
    return new Date(Date.UTC(2026, 0, 1) + this.#commits * 1000).toISOString().replace('.000Z', 'Z');
  }

  user(login: string, options: { readonly name?: string; readonly email?: string } = {}): Account {
    return Object.assign(this.#account(login, 'User'), options);
  }

  bot(login: string): Account {
    return this.#account(login.endsWith('[bot]') ? login : `${login}[bot]`, 'Bot');
  }

  organization(login: string): Account {
    return this.#account(login, 'Organization');
  }

  #account(login: string, type: Account['type']): Account {
    const known = this.accounts.get(login.toLowerCase());
    if (known !== undefined) return known;
    const id = this.nextId();
    const email = type === 'Bot' ? `${id}+${login}@users.noreply.github.com` : `${login.toLowerCase()}@example.com`;
    const groups = { members: new Map(), publicMembers: new Set<string>(), teams: new Map() };
    const made: Account = { id, login, type, name: type === 'Bot' ? null : login, email, ...groups };
    this.accounts.set(login.toLowerCase(), made);
    return made;
  }

  accountOf(who: Account | string): Account {
    if (typeof who !== 'string') return who;
    return this.accounts.get(who.toLowerCase()) ?? this.user(who);
  }

  /** The account a commit's address is linked to. */
  readonly accountByEmail = (email: string): Account | null => {
    const wanted = email.toLowerCase();
    for (const one of this.accounts.values()) if (one.type !== 'Organization' && one.email.toLowerCase() === wanted) return one;
    return null;
  };

  /** A repository by its present name, or by one it had before. */
  find(owner: string, name: string): Repository | undefined {
    const key = `${owner}/${name}`.toLowerCase();
    for (const one of this.repositories.values()) if (fullName(one).toLowerCase() === key) return one;
    const former = this.formerNames.get(key);
    return former === undefined ? undefined : this.repositories.get(former);
  }

  ownedBy(owner: Account): readonly Repository[] {
    return [...this.repositories.values()].filter((one) => one.owner === owner);
  }

  /** The installation on an account, deleted ones aside. */
  installationOf(owner: Account): Installation | undefined {
    return [...this.installations.values()].find((one) => one.account === owner && !one.isDeleted);
  }

  covers(installation: Installation, one: Repository): boolean {
    if (installation.isDeleted || installation.account !== one.owner) return false;
    return installation.repositories === 'all' || installation.repositories.has(one.id);
  }

  /** The deliveries the App gets of something in a repository: none where it is not installed, suspended or not subscribed. */
  tell(
    event: string,
    action: string | null,
    one: Repository,
    sender: Account,
    own: Readonly<Record<string, unknown>>,
  ): Delivery[] {
    const installation = this.installationOf(one.owner);
    if (installation === undefined || installation.suspendedAt !== null || !this.covers(installation, one)) return [];
    if (!ALWAYS_SENT.has(event) && !this.app.events.includes(event)) return [];
    const about = {
      ...own,
      repository: { ...repository(one), ...(own.repository as object | undefined) },
      ...(one.owner.type === 'Organization' ? { organization: this.organizationShape(one.owner) } : {}),
      installation: { id: installation.id, node_id: `installation-${installation.id}` },
      sender: account(sender),
    };
    return [this.delivery(event, action, about, installation.id, one.id)];
  }

  /** A delivery with a payload that GitHub's schema accepts. */
  delivery(
    event: string,
    action: string | null,
    own: Readonly<Record<string, unknown>>,
    installationId: number | null,
    repositoryId: number | null,
  ): Delivery {
    return { id: randomUUID(), event, action, installationId, repositoryId, payload: webhookPayload(event, action, own) };
  }

  organizationShape(one: Account): Readonly<Record<string, unknown>> {
    const { login, id, node_id, avatar_url } = account(one);
    return { login, id, node_id, avatar_url, description: null, url: `https://api.github.com/orgs/${one.login}` };
  }
}
