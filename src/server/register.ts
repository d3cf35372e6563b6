/** Runs the set-up page until the App is registered with GitHub and its credentials are kept. */
import { once } from 'node:events';
import { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { normalizeKey, type Config } from './config.ts';
import { credentialsPath, keepCredentials, type Credentials } from './credentials.ts';
import { listen } from './front.ts';
import type { Logger } from './log.ts';
import { readAppDescription } from './manifest.ts';
import type { Registered } from './registration.ts';
import { createSetup } from './setup.ts';

export interface RegisterOptions {
  readonly log: Logger;
  /** Says something to the person at the console: the only place where the token appears. */
  readonly say: (line: string) => void;
  /** Ends a set-up that nobody finishes. */
  readonly signal: AbortSignal | null;
}

/** The credentials of the App that somebody registers; null when the set-up was ended before. */
export async function register(config: Config, { log, say, signal }: RegisterOptions): Promise<Credentials | null> {
  const setup = createSetup({
    hosts: config.hosts,
    description: readAppDescription(),
    publicUrl: config.publicUrl,
    convert: (code) => convert(code, config.hosts.api),
    keep: (credentials) => {
      keepCredentials(config.dataFolder, credentials);
    },
    now: Date.now,
    log,
  });
  const url = await listen(setup.server, config);
  say(
    `Steward has no GitHub App yet. Set it up here (the link works once):\n\n  ${config.publicUrl ?? url}/setup?token=${setup.token}\n`,
  );
  const registered = await Promise.race([setup.done, ended(signal)]);
  const closed = once(setup.server, 'close');
  setup.server.close();
  setup.server.closeAllConnections();
  await closed;
  if (registered === null) return null;
  say(`${registered.name} is registered. Its credentials are in ${credentialsPath(config.dataFolder)}.`);
  say(`Install it: ${registered.url}/installations/new`);
  return registered.credentials;
}

async function ended(signal: AbortSignal | null): Promise<null> {
  if (signal === null) return new Promise(() => undefined);
  if (!signal.aborted) await once(signal, 'abort');
  return null;
}

const schema = z.object({
  id: z.int().positive(),
  name: z.string().max(200),
  html_url: z.url({ protocol: /^https?$/ }).max(500),
  pem: z.string(),
  webhook_secret: z.string().min(1, 'GitHub gave the App no webhook secret.'),
  client_id: z.string().nullish(),
  client_secret: z.string().nullish(),
});

const nothing = (): void => undefined;

/** Turns the code that GitHub sends the visitor back with into the App's credentials. A code works once, for an hour. */
export async function convert(code: string, api: string): Promise<Registered> {
  const octokit = new Octokit({
    baseUrl: api,
    userAgent: 'steward',
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  });
  const { data } = await octokit.request('POST /app-manifests/{code}/conversions', { code });
  const app = schema.safeParse(data);
  if (!app.success) {
    // The answer itself holds secrets; only the names of what is wrong may be told.
    const names = app.error.issues.map((issue) => issue.path.join('.'));
    throw new Error(`GitHub's answer lacks what an App needs: ${names.join(', ')}.`);
  }
  const {
    id,
    name,
    html_url: url,
    pem,
    webhook_secret: webhookSecret,
    client_id: clientId,
    client_secret: clientSecret,
  } = app.data;
  return {
    name,
    url,
    credentials: {
      appId: id,
      privateKey: normalizeKey(pem),
      webhookSecret,
      clientId: clientId ?? null,
      clientSecret: clientSecret ?? null,
      url,
    },
  };
}
