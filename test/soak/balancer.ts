/** One address for all processes of a round, as a load balancer gives it: each request goes to one that runs. */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StewardProcess } from '../support/steward.ts';

export interface Balancer {
  /** Without a trailing slash. */
  readonly url: string;
  /** Those that can be asked; nobody until it is set. */
  live: () => readonly Pick<StewardProcess, 'url'>[];
  readonly close: () => Promise<void>;
}

/** Opens an address. A connection that breaks behind it breaks before it, too. */
export async function openBalancer(): Promise<Balancer> {
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const live = balancer.live();
    turn += 1;
    const chosen = live[turn % live.length];
    if (chosen === undefined) outgoing.destroy();
    else pass(incoming, outgoing, chosen.url);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const balancer: Balancer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    live: () => [],
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return balancer;
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, base: string): void {
  const { method, headers } = incoming;
  const asked = request(new URL(incoming.url ?? '/', base), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.once('error', () => outgoing.destroy());
    answer.pipe(outgoing);
  });
  asked.once('error', () => outgoing.destroy());
  incoming.pipe(asked);
}
