/** The one client that asks registries: known hosts over https, small answers, one question once, and never in a hurry. */
import type { IncomingMessage } from 'node:http';
import { Agent } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { known, unknown, type Answer, type Unknown } from '../../facts/answer.ts';
import { bodyOf, faultOf, get, redirectOf, type PublicWeb } from '../public-web.ts';
import { HOSTS } from './hosts.ts';
import { Queue, type Clock } from './queue.ts';

export interface ClientOptions extends Partial<Clock> {
  /** Names of the hosts that may be asked. */
  readonly hosts: readonly string[];
  /** Where whoever runs a registry finds whoever runs this Steward; null: not told. */
  readonly contact: string | null;
  readonly web?: PublicWeb;
  /** Where an address really lies: for tests. */
  readonly place?: (url: URL) => URL;
  /** Milliseconds for one answer. */
  readonly patience?: number;
}

/** Asks for an address until `signal`, which stands for whoever asks: they take turns. Known null: there is no such thing. Never throws. */
export type Ask = (address: string, signal: AbortSignal) => Promise<Answer<string | null>>;

/** No metadata of one version is larger. */
const LARGEST = 5 * 1024 * 1024;
const REDIRECTS = 3;
const MINUTE = 60_000;

/** Opens the client; nothing is sent before something is asked. */
export function registryClient(options: ClientOptions): Ask {
  const { now = Date.now, sleep = (milliseconds: number) => pause(milliseconds) } = options;
  const mayAsk = new Set(options.hosts);
  const queues = new Map(
    HOSTS.filter(({ name }) => mayAsk.has(name)).map((host) => [host.name, new Queue(host, { now, sleep })]),
  );
  const agent = new Agent({ keepAlive: true, timeout: MINUTE });
  const asked = new Map<string, Promise<Told>>();
  return async function asks(address, signal): Promise<Answer<string | null>> {
    const url = URL.parse(address);
    const queue = url && queueOf(queues, url);
    if (!url || !queue) return unknown(`${url?.host ?? 'the address'} is not asked (REGISTRY_HOSTS)`);
    const running =
      asked.get(url.href) ?? inTurn({ url, queue, queues, options, now, agent, signal }).finally(() => asked.delete(url.href));
    asked.set(url.href, running);
    const answer = await running;
    if (answer !== null) return answer;
    // Whoever asked first had no time; whoever joined may have.
    if (!signal.aborted) return asks(address, signal);
    return unknown(`there was no time left to ask ${url.host}; it is asked the next time`);
  };
}

/** Null: whoever asked does not wait any more, and nothing was sent. */
type Told = Answer<string | null> | null;

interface Asking {
  readonly url: URL;
  readonly queue: Queue;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly options: ClientOptions;
  readonly now: () => number;
  readonly agent: Agent;
  /** Ends when nobody waits any more. */
  readonly signal: AbortSignal;
}

/** Only https on its own port, without anybody's name or password. */
function queueOf(queues: ReadonlyMap<string, Queue>, url: URL): Queue | null {
  const isPlain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return (isPlain && queues.get(url.hostname)) || null;
}

async function inTurn(asking: Asking): Promise<Told> {
  const { queue, signal } = asking;
  // Much can change while it waits for its turn.
  const instead = (): Unknown | 'over' | null => (signal.aborted ? 'over' : queue.resting());
  const told = await queue.turn<Answer<string | null> | 'over'>(signal, instead, () => ask(asking));
  return told === 'over' ? null : told;
}

async function ask(asking: Asking): Promise<Answer<string | null>> {
  const { url, queue, options } = asking;
  const { patience = 10_000 } = options;
  const timeout = AbortSignal.timeout(patience);
  try {
    return await follow(asking, timeout);
  } catch (error) {
    queue.note(true);
    if (timeout.aborted) return unknown(`${url.host} did not answer within ${patience / 1000} seconds`);
    return unknown(`${url.host} was asked in vain: ${faultOf(error)}`);
  }
}

async function follow(asking: Asking, signal: AbortSignal): Promise<Answer<string | null>> {
  const { options, queues } = asking;
  let { url } = asking;
  for (let step = 0; step <= REDIRECTS; step += 1) {
    const place = options.place?.(url) ?? url;
    const response = await get(place, options.web ?? {}, { headers: headersOf(options), signal, agent: asking.agent });
    const next = redirectOf(response);
    if (next === null) return answerOf(asking, response);
    response.destroy();
    const target = URL.parse(next, url.href);
    if (!target || !queueOf(queues, target)) return unknown(`${url.host} sends to an address that is not asked`);
    url = target;
  }
  return unknown(`${url.host} redirects more than ${REDIRECTS} times`);
}

function headersOf({ contact }: ClientOptions): Readonly<Record<string, string>> {
  return {
    accept: 'application/json, text/plain;q=0.9, */*;q=0.1',
    'user-agent': contact === null ? 'Steward' : `Steward (+${contact})`,
  };
}

async function answerOf({ url, queue, now }: Asking, response: IncomingMessage): Promise<Answer<string | null>> {
  const { statusCode: status = 0, headers } = response;
  queue.note(status >= 500);
  if (status !== 200) {
    response.destroy();
    if (status === 404 || status === 410) return known(null);
    const wait = waitOf(headers['retry-after'], now());
    if (status === 429 || wait !== null) queue.rest(wait ?? MINUTE);
    return queue.resting() ?? unknown(`${url.host} answers with status ${status}`);
  }
  if (!['', 'identity'].includes(headers['content-encoding'] ?? '')) {
    response.destroy();
    return unknown(`${url.host} answers compressed, which was not asked for`);
  }
  const bytes = await bodyOf(response, LARGEST);
  return bytes === null ? unknown(`${url.host} answers with more than 5 MiB`) : known(bytes.toString('utf8'));
}

/** Milliseconds that `Retry-After` asks for, in seconds or as a date; null: it asks for nothing that can be read. */
function waitOf(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const until = Date.parse(header);
  return Number.isNaN(until) ? null : Math.max(until - now, 0);
}
