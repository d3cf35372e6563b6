/** Webhooks as GitHub makes and sends them: payloads valid against GitHub's own schemas, signed, over real HTTP. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Schema } from './operations.ts';
import { Schemas } from './schemas.ts';

interface Webhooks {
  readonly webhooks: Readonly<
    Record<
      string,
      {
        readonly post: {
          readonly requestBody: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
        };
      }
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const published = new URL('../../../node_modules/@octokit/openapi-webhooks/generated/api.github.com.json', import.meta.url);
let loaded: { readonly document: Webhooks; readonly schemas: Schemas } | undefined;

function descriptions(): { readonly document: Webhooks; readonly schemas: Schemas } {
  if (loaded !== undefined) return loaded;
  const document = JSON.parse(readFileSync(published, 'utf8')) as Webhooks;
  loaded = { document, schemas: new Schemas({ ...document }) };
  return loaded;
}

function webhookSchema(event: string, action: string | null): Schema {
  const key = [event, ...(action === null ? [] : [action])].join('-').replaceAll('_', '-');
  const webhook = descriptions().document.webhooks[key];
  if (webhook === undefined) throw new Error(`GitHub describes no webhook ${key}.`);
  return webhook.post.requestBody.content['application/json'].schema;
}

/** What GitHub's schema says against a payload; empty when it is right. */
export function checkPayload(event: string, action: string | null, payload: unknown): readonly string[] {
  return descriptions().schemas.check(webhookSchema(event, action))(payload);
}

/** A payload with every required property, proven valid against GitHub's schema. */
export function webhookPayload(
  event: string,
  action: string | null,
  own: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const whole = action === null ? own : { action, ...own };
  const payload = descriptions().schemas.complete(webhookSchema(event, action), structuredClone(whole)) as Record<
    string,
    unknown
  >;
  const problems = checkPayload(event, action, payload);
  if (problems.length > 0)
    throw new Error(`The double made an invalid ${event} ${action ?? ''} payload:\n${problems.join('\n')}`);
  return payload;
}

/** The header `X-Hub-Signature-256` for a body. */
export function signature(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

export interface Sending {
  /** Null: no signature is sent. */
  readonly secret: string | null;
  readonly id: string;
  readonly appId?: number;
  readonly signal?: AbortSignal;
}

export interface Sent {
  /** 0: no answer came. */
  readonly status: number;
  readonly text: string;
  readonly duration: number;
}

/** Sends a payload to a URL as GitHub does: once, without following redirects, giving up after ten seconds. */
export async function deliver(url: string, event: string, payload: unknown, sending: Sending): Promise<Sent> {
  const body = JSON.stringify(payload);
  const started = performance.now();
  const headers = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-delivery': sending.id,
    'x-github-event': event,
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-id': String(sending.appId ?? 1),
    'x-github-hook-installation-target-type': 'integration',
    ...(sending.secret === null ? {} : { 'x-hub-signature-256': signature(sending.secret, body) }),
  };
  const signal = AbortSignal.any([AbortSignal.timeout(10_000), ...(sending.signal === undefined ? [] : [sending.signal])]);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    return { status: response.status, text: await response.text(), duration: performance.now() - started };
  } catch (error) {
    return { status: 0, text: String(error), duration: performance.now() - started };
  }
}
