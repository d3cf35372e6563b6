/** The signing pages on a real store and over real HTTP, agreements to sign, and a visitor with cookies. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { sha256 } from '../../src/facts/digest.ts';
import type { KeptAgreement } from '../../src/facts/register.ts';
import { claOf } from '../../src/server/cla/services.ts';
import { createFront, listen } from '../../src/server/front.ts';
import { openServices, type AppConfig, type Services } from '../../src/server/services.ts';
import { aConfig, aLog, send, type Answered } from './server.ts';
import type { Account } from './github/model.ts';
import { startGitHub, type GitHub } from './github/server.ts';
import { aFinding, aRuleVerdict, aVerdict } from './verdicts.ts';

export const NOON = '2026-03-01T12:00:00.000Z';

const TEXT = `# Widget CLA

Thank you for your interest.

## 1. Grant

You grant *everybody* a license.

## 2. Source

You wrote it yourself.
`;

/** A version of an agreement; its digest fits its text. */
export function anAgreement(changes: Partial<KeptAgreement> = {}): KeptAgreement {
  const text = changes.text ?? TEXT;
  return {
    agreement: 'acme/icla',
    version: '1.0',
    title: 'Widget CLA',
    kind: 'individual',
    source: 'acme/legal:CLA.md',
    text,
    digest: sha256(text),
    at: NOON,
    ...changes,
  };
}

export interface ClaStage {
  readonly url: string;
  readonly github: GitHub;
  /** Who is signed in to GitHub at first. */
  readonly octocat: Account;
  readonly services: Services;
  readonly log: () => string;
  /** What time it is there. */
  now: Date;
  /** Pull requests that will be looked at again. */
  readonly waiting: () => Promise<number>;
  /** What was sent against GitHub's descriptions. */
  readonly close: () => Promise<readonly string[]>;
}

/** Opens the pages; no job runs, so that what was asked for can be counted. */
export async function aClaStage(changes: Partial<AppConfig> = {}): Promise<ClaStage> {
  const github = await startGitHub();
  const { installation } = github.world.install('acme');
  const octocat = (github.signIn.person = github.world.user('octocat'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = signingConfig(github, port, changes);
  const journal = aLog();
  const clock = { now: new Date(NOON) };
  const services = await openServices(config, { log: journal.log, now: () => clock.now, isPaced: false });
  await services.memory.transaction((transaction) =>
    services.memory.keepInstallation(transaction, { owner: 'acme', id: installation.id, isSuspended: false }),
  );
  const server = createFront({ ...NO_OTHER_PAGES, sites: { '/cla/': claOf(services) }, log: journal.log });
  await listen(server, { host: '127.0.0.1', port });
  return Object.assign(clock, {
    url,
    github,
    octocat,
    services,
    log: journal.text,
    waiting: async () => (await services.memory.jobs.counts()).waiting,
    close: async () => {
      await closed(server);
      await services.memory.close();
      await github.close();
      rmSync(config.dataFolder, { recursive: true });
      return github.violations;
    },
  });
}

/** A configuration with which people can sign in at this GitHub. */
function signingConfig({ world, url: web }: GitHub, port: number, changes: Partial<AppConfig>): AppConfig {
  const { id: appId, privateKey, webhookSecret, clientId, clientSecret, callbackUrls } = world.app;
  const credentials = { appId, privateKey, webhookSecret, clientId, clientSecret, url: null };
  const hosts = { api: `${web}/api/v3`, web };
  const config = aConfig({ port, publicUrl: `http://127.0.0.1:${port}`, hosts, credentials, ...changes });
  callbackUrls.push(`${config.publicUrl ?? ''}/cla/callback`);
  return config;
}

const NO_OTHER_PAGES = {
  webhooks: () => undefined,
  unready: () => Promise.resolve([]),
  metrics: () => Promise.resolve({ type: 'text/plain', text: '' }),
  status: () => Promise.resolve(''),
  refused: () => undefined,
  metricsToken: null,
};

/** A port that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function closed(server: Server): Promise<void> {
  const ended = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await ended;
}

/** Lets a pull request wait for somebody to sign. */
export async function aWaitingPull({ memory }: Services, number: number, accountId: number): Promise<void> {
  const findings = [aFinding({ about: `person:${accountId}`, accountId })];
  const subject = { kind: 'pull-request', owner: 'acme', repo: 'widget', number } as const;
  await memory.keepVerdict(aVerdict({ subject, rules: [aRuleVerdict({ id: 'cla', findings })] }));
}

/** Somebody with a browser that keeps cookies and follows nothing by itself. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  readonly get: (address: string) => Promise<Answered>;
  /** Sends a form; the hidden fields of the form on `from` come along, changed as told. */
  readonly post: (
    address: string,
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answered>;
  /** From the page to GitHub and back to it, as a browser goes. The last answer. */
  readonly signIn: (path: string) => Promise<Answered>;
}

export function aVisitor(base: string): Visitor {
  const cookies = new Map<string, string>();
  const ask = async (address: string, options: Parameters<typeof send>[1] = {}): Promise<Answered> => {
    const url = new URL(address, base).href;
    const isOurs = url.startsWith(base);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await send(url, {
      ...options,
      headers: { ...options.headers, ...(isOurs && cookie !== '' ? { cookie } : {}) },
    });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const get: Visitor['get'] = (address) => ask(address);
  return {
    cookies,
    get,
    post: (address, form, headers = {}) =>
      ask(address, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(form).toString(),
      }),
    signIn: async (path) => {
      let answer = await get(`/cla/login?${new URLSearchParams({ to: path }).toString()}`);
      for (let step = 0; step < 3 && answer.headers.location !== undefined; step += 1)
        answer = await get(answer.headers.location);
      return answer;
    },
  };
}

/** The hidden fields of the form on a page that does this. */
export function formOf({ text }: Answered, does: string): Record<string, string> {
  const form = text.split('<form').find((one) => one.includes(`name="do" value="${does}"`)) ?? '';
  return Object.fromEntries(
    [...form.matchAll(/type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
}
