/**
 * Keeps what one installation sends within GitHub's secondary limits, whatever asks for it: 900 points of REST and 2,000 of
 * GraphQL a minute (a read 1, a write 5), 80 new issues, comments and reactions a minute and 500 an hour, and a second
 * between writes ("Rate limits for the REST API", "Best practices for using the REST API").
 */
import type { CallKind } from './calls.ts';
import { LaterError } from './later.ts';

export interface Paced {
  readonly kind: CallKind;
  /** True: it makes something people see, which GitHub counts apart. */
  readonly isContent: boolean;
}

export interface Pace {
  /** Sends when it may be sent. Throws LaterError when that is too far away to wait for it in place. */
  send<T>(paced: Paced, request: () => Promise<T>): Promise<T>;
}

export interface PaceOptions {
  readonly owner: string;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Processes that send for the same installation; each takes its part. */
  readonly replicas: () => number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Four fifths of what GitHub allows: people and other tools may act in the same minute, and clocks differ. */
const LIMITS = {
  rest: { points: 720, within: MINUTE },
  graphql: { points: 1600, within: MINUTE },
  content: { points: 64, within: MINUTE },
  contentAnHour: { points: 400, within: HOUR },
} as const;

type Limit = keyof typeof LIMITS;

/** Whoever has to wait longer makes room for others: the queue asks again at that time. */
const PATIENCE = 30 * SECOND;

/** The pace of one installation in this process. */
export function pace({ owner, now, sleep, replicas }: PaceOptions): Pace {
  const sent = new Map<Limit, Sent[]>();
  const inFew = fewAtOnce();
  let nextWrite = 0;

  /** Milliseconds until its turn, which is taken. */
  const turn = (paced: Paced): number => {
    const parts = Math.max(1, replicas());
    const costs = costsOf(paced);
    const at = now();
    const free = costs.map(([limit, points]) => freeAt(sent.get(limit) ?? [], { limit, points, parts, at }));
    const mine = Math.max(at, paced.kind === 'writes' ? nextWrite : 0, ...free);
    if (mine - at > PATIENCE) {
      throw new LaterError(`As much was sent for ${owner} as GitHub takes for now.`, { after: mine - at });
    }
    if (paced.kind === 'writes') nextWrite = mine + SECOND * parts;
    for (const [limit, points] of costs) sent.set(limit, added(sent.get(limit) ?? [], { at: mine, points }, limit, at));
    return mine - at;
  };

  return {
    async send(paced, request) {
      const wait = turn(paced);
      if (wait > 0) await sleep(wait);
      return inFew(request);
    },
  };
}

/** GitHub takes a hundred requests at once for everything that an installation does. */
const AT_ONCE = 10;

function fewAtOnce(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = AT_ONCE;
  return async (work) => {
    if (free === 0) await new Promise<void>((go) => waiting.push(go));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

interface Sent {
  readonly at: number;
  readonly points: number;
}

/** What a request counts for, by GitHub's published points. */
function costsOf({ kind, isContent }: Paced): readonly (readonly [Limit, number])[] {
  switch (kind) {
    case 'graphql':
      return [['graphql', 1]];
    case 'rest':
      return [['rest', 1]];
    case 'writes':
      return [
        ['rest', 5],
        ...(isContent
          ? ([
              ['content', 1],
              ['contentAnHour', 1],
            ] as const)
          : []),
      ];
    case 'tokens':
      return [];
  }
}

/** When a window has room. What is promised for later counts as sent: it will be. */
function freeAt(
  sent: readonly Sent[],
  { limit, points, parts, at }: { readonly limit: Limit; readonly points: number; readonly parts: number; readonly at: number },
): number {
  const { points: all, within } = LIMITS[limit];
  const most = Math.max(points, Math.floor(all / parts));
  const inside = sent.filter((one) => one.at > at - within);
  let held = inside.reduce((sum, one) => sum + one.points, 0);
  let free = at;
  for (const one of inside) {
    if (held + points <= most) break;
    held -= one.points;
    free = one.at + within;
  }
  return free;
}

/** In order of time, without what no window reaches any more. */
function added(sent: readonly Sent[], one: Sent, limit: Limit, now: number): Sent[] {
  const kept = sent.filter(({ at }) => at > now - LIMITS[limit].within);
  const place = kept.findLastIndex(({ at }) => at <= one.at) + 1;
  return [...kept.slice(0, place), one, ...kept.slice(place)];
}
