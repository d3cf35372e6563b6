/** Sends prepared deliveries as fast as they are answered, over connections that stay open. */
import { Agent, request } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Delivery } from '../support/github/model.ts';
import { signature } from '../support/github/webhooks.ts';

/** A delivery that is signed already, so that only the receiver is measured. */
export interface Letter {
  readonly event: string;
  readonly body: Buffer;
  readonly signature: string;
}

export interface Burst {
  readonly perSecond: number;
  /** Milliseconds until each was answered. */
  readonly answers: readonly number[];
  readonly refused: number;
}

export function letter(delivery: Delivery, secret: string): Letter {
  const text = JSON.stringify(delivery.payload);
  return { event: delivery.event, body: Buffer.from(text), signature: signature(secret, text) };
}

/** Sends `count` deliveries, each with an id of its own, `concurrency` at a time. */
export async function burst(url: string, letters: readonly Letter[], count: number, concurrency: number): Promise<Burst> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const answers: number[] = [];
  let refused = 0;
  let next = 0;
  const started = performance.now();
  const sender = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const chosen = letters[index % letters.length];
      if (chosen === undefined) return;
      const sent = performance.now();
      const status = await post(url, chosen, agent);
      answers.push(performance.now() - sent);
      if (status < 200 || status > 299) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sender));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return { perSecond: (count - refused) / seconds, answers, refused };
}

/** One delivery, without keeping its connection. */
export async function send(url: string, chosen: Letter): Promise<number> {
  return post(url, chosen, new Agent());
}

async function post(url: string, { event, body, signature: signed }: Letter, agent: Agent): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-github-event': event,
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': signed,
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      response.resume();
      response.once('end', () => {
        resolve(response.statusCode ?? 0);
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
