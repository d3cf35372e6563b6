/** The App's delivery log, as `/app/hook/deliveries` shows it: everything that was sent, with what came back. */
import type { Delivery } from './model.ts';
import { deliver } from './described.ts';
import type { Sent } from './webhooks.ts';

/** One try of a delivery. A redelivery is a new entry with the same `delivery.id`. */
export interface Attempt {
  readonly id: number;
  readonly delivery: Delivery;
  readonly at: string;
  readonly isRedelivery: boolean;
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly duration: number;
}

export class Deliveries {
  /** Oldest first. */
  readonly attempts: Attempt[] = [];
  /** Where the App listens; null: nothing can be sent. */
  url: string | null;
  readonly #secret: string;
  readonly #appId: number;
  readonly #stop = new AbortController();
  #open = Promise.resolve();
  #lastId = 0;

  constructor(options: { readonly url: string | null; readonly secret: string; readonly appId: number }) {
    this.url = options.url;
    this.#secret = options.secret;
    this.#appId = options.appId;
  }

  /** Sends a delivery and logs what came of it. */
  async send(delivery: Delivery, isRedelivery = false): Promise<Attempt> {
    const { url } = this;
    if (url === null) throw new Error('The double does not know where the App listens: set `webhookUrl`.');
    const sending = { secret: this.#secret, id: delivery.id, appId: this.#appId, signal: this.#stop.signal };
    return this.#log(delivery, url, isRedelivery, await deliver(url, delivery.event, delivery.payload, sending));
  }

  /** Logs a delivery that GitHub made while the App was down. */
  miss(delivery: Delivery): Attempt {
    return this.#log(delivery, this.url ?? 'http://127.0.0.1:1', false, {
      status: 0,
      text: 'failed to connect to host',
      duration: 0,
    });
  }

  /** Sends an attempt's delivery again, without waiting for it. */
  redeliver(attempt: Attempt): void {
    this.#open = Promise.all([this.#open, this.send(attempt.delivery, true)]).then(() => undefined);
  }

  /** Waits for redeliveries under way. */
  async settled(): Promise<void> {
    await this.#open;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.settled();
  }

  #log(delivery: Delivery, url: string, isRedelivery: boolean, sent: Sent): Attempt {
    this.#lastId += 1;
    const attempt = { id: this.#lastId, delivery, at: new Date().toISOString(), isRedelivery, url, ...sent };
    this.attempts.push(attempt);
    return attempt;
  }
}

/** An attempt as the list shows it. */
export function attemptShape(one: Attempt): Readonly<Record<string, unknown>> {
  return {
    id: one.id,
    guid: one.delivery.id,
    delivered_at: one.at,
    redelivery: one.isRedelivery,
    duration: Math.round(one.duration) / 1000,
    status: one.status === 0 ? one.text.slice(0, 80) : one.status < 400 ? 'OK' : `Invalid HTTP Response: ${one.status}`,
    // GitHub writes 502 or 504 where no answer came.
    status_code: one.status === 0 ? 502 : one.status,
    event: one.delivery.event,
    action: one.delivery.action,
    installation_id: one.delivery.installationId,
    repository_id: one.delivery.repositoryId,
    throttled_at: null,
  };
}

/** An attempt in full, with what was sent. */
export function attemptDetails(one: Attempt): Readonly<Record<string, unknown>> {
  const headers = { 'X-GitHub-Delivery': one.delivery.id, 'X-GitHub-Event': one.delivery.event };
  return {
    ...attemptShape(one),
    url: one.url,
    request: { headers, payload: one.delivery.payload },
    response: { headers: {}, payload: one.text },
  };
}
