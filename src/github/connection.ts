/** Steward's connection to GitHub: which installation serves an account, with which token, and who Steward is. */
import { setTimeout as pause } from 'node:timers/promises';
import { appApi, installationApi, type Api, type ClientOptions } from './client.ts';
import { GoneError } from './later.ts';
import { pace, type Pace } from './pace.ts';
import { tokens, type Purpose } from './tokens.ts';

/** What is remembered of installations; the store keeps it from webhooks. */
export interface Installations {
  installation(owner: string): Promise<{ readonly id: number; readonly isSuspended: boolean } | null>;
}

export interface ConnectionOptions extends ClientOptions {
  readonly appId: number;
  readonly privateKey: string;
  readonly installations?: Installations;
}

export interface Connection {
  readonly appId: number;
  /** As the App itself (JWT). */
  readonly app: Api;
  /** As the installation on an account. Throws GoneError when there is none. A fresh one each time: long jobs outlive tokens. */
  as(owner: string, purpose: Purpose): Promise<Api>;
  /** The App's name in URLs and logins; asked once. */
  slug(): Promise<string>;
}

/** Speaks for one account with the permission for a purpose. */
export type Ways = (purpose: Purpose) => Promise<Api>;

/** Connects as an App. Nothing is sent before something is asked. */
export function connect(options: ConnectionOptions): Connection {
  const { appId, privateKey, installations } = options;
  const credentials = { appId, privateKey };
  const app = appApi(credentials, 'app', options);
  // Minting queues one at a time per queue name; a queue per installation keeps them apart.
  const office = tokens((installation) => appApi(credentials, `app-${installation}`, options), options.now);
  const found = new Map<string, number>();
  const paceOf = paces(options);
  let slug: Promise<string> | null = null;

  const idOf = async (owner: string): Promise<number> => {
    const kept = await installations?.installation(owner);
    if (kept?.isSuspended) throw new GoneError(`The installation on ${owner} is suspended.`);
    const id = kept?.id ?? found.get(owner.toLowerCase()) ?? (await findInstallation(app, owner));
    found.set(owner.toLowerCase(), id);
    return id;
  };

  return {
    appId,
    app,
    async as(owner, purpose) {
      const installation = await idOf(owner);
      const token = async (): Promise<string> => {
        try {
          return await office.token(installation, purpose);
        } catch (error) {
          if (error instanceof GoneError) found.delete(owner.toLowerCase());
          throw error;
        }
      };
      const onRefused = (): void => {
        office.drop(installation, purpose);
      };
      return installationApi({ ...options, owner, installation, pace: paceOf(owner, installation), token, onRefused });
    },
    slug() {
      slug ??= askSlug(app).catch((error: unknown) => {
        slug = null;
        throw error;
      });
      return slug;
    },
  };
}

/** One pace an installation, whatever it is for: GitHub counts all of an installation's tokens together. */
function paces({
  isPaced = true,
  now = Date.now,
  sleep = (milliseconds) => pause(milliseconds),
  replicas = () => 1,
}: ClientOptions) {
  const known = new Map<number, Pace>();
  return (owner: string, installation: number): Pace | null => {
    if (!isPaced) return null;
    const found = known.get(installation) ?? pace({ owner, now, sleep, replicas });
    known.set(installation, found);
    return found;
  };
}

async function askSlug(app: Api): Promise<string> {
  const { data } = await app.request('GET /app');
  if (!data?.slug) throw new Error('GitHub did not say the name of this App; APP_ID and PRIVATE_KEY should belong together.');
  return data.slug;
}

/** An account is an organization or a user; GitHub has a route for each. */
async function findInstallation(app: Api, owner: string): Promise<number> {
  const asOrganization = await idOrNull(app.request('GET /orgs/{org}/installation', { org: owner }));
  const id = asOrganization ?? (await idOrNull(app.request('GET /users/{username}/installation', { username: owner })));
  if (id === null) throw new GoneError(`Steward is not installed on ${owner}.`);
  return id;
}

async function idOrNull(asked: Promise<{ data: { id: number } }>): Promise<number | null> {
  try {
    return (await asked).data.id;
  } catch (error) {
    if ((error as { status?: number }).status === 404) return null;
    throw error;
  }
}
