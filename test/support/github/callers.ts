/** Octokits that ask the double as an App, an installation or a person would, and how they are refused. */
import { createSign } from 'node:crypto';
import { Octokit } from '@octokit/rest';
import type { Installation, Permissions } from './model.ts';
import type { GitHub } from './server.ts';

/** A JWT as an App makes it. */
export function appJwt({ world }: GitHub, { key = world.app.privateKey, expires = 300 } = {}): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const content = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 30, exp: now + expires, iss: world.app.id })}`;
  return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`;
}

/** A plain Octokit: no retries, no throttling, no log. */
export function octokit(token: string, baseUrl: string): Octokit {
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  return new Octokit({ auth: token, baseUrl, userAgent: 'test', log: silent });
}

/** An Octokit that acts as the App itself. */
export function asApp(github: GitHub, options?: Parameters<typeof appJwt>[1]): Octokit {
  return octokit(appJwt(github, options), github.url);
}

/** An Octokit that acts for an installation, with these permissions at most. */
export async function asInstallation(github: GitHub, { id }: Installation, permissions?: Permissions): Promise<Octokit> {
  const narrowed = permissions === undefined ? {} : { permissions };
  const { data } = await asApp(github).rest.apps.createInstallationAccessToken({ installation_id: id, ...narrowed });
  return octokit(data.token, github.url);
}

/** Status and message of a refusal. */
export async function refusal(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'not refused',
    (error: unknown) => {
      const { status, message } = error as { status?: number; message: string };
      return `${status ?? 'none'} ${message.split(' - ')[0] ?? ''}`;
    },
  );
}
