/**
 * GitHub's secondary limits, counted: "About secondary rate limits" in "Rate limits for the REST API". Each window is counted
 * at its fullest, wherever it begins, which is at least what any fixed window would see.
 */

/** What GitHub allows one caller. */
export const SECONDARY = {
  restPointsAMinute: 900,
  graphqlPointsAMinute: 2000,
  contentAMinute: 80,
  contentAnHour: 500,
  concurrent: 100,
} as const;

export type Limit = keyof typeof SECONDARY;
export type Maxima = Readonly<Record<Limit, number>>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Requests that make something people see: issues, comments, reactions. Edits make nothing. */
const CONTENT = new Set(['issues/create', 'issues/create-comment', 'reactions/create-for-issue-comment']);

/** The weight of what was sent within one window. */
class Window {
  max = 0;
  readonly #length: number;
  readonly #sent: { readonly at: number; readonly points: number }[] = [];
  #sum = 0;

  constructor(length: number) {
    this.#length = length;
  }

  /** Adds points; what the window holds with them. */
  add(at: number, points: number): number {
    for (let first = this.#sent[0]; first !== undefined && first.at <= at - this.#length; first = this.#sent[0]) {
      this.#sum -= first.points;
      this.#sent.shift();
    }
    this.#sent.push({ at, points });
    this.#sum += points;
    this.max = Math.max(this.max, this.#sum);
    return this.#sum;
  }
}

class Caller {
  readonly windows = {
    restPointsAMinute: new Window(MINUTE),
    graphqlPointsAMinute: new Window(MINUTE),
    contentAMinute: new Window(MINUTE),
    contentAnHour: new Window(HOUR),
  };
  open = 0;
  concurrent = 0;
}

/** Counts for every caller what GitHub would count. */
export class Limits {
  /** True: what goes beyond a limit is refused, as GitHub does. */
  isEnforced = false;
  /** What time it is for the windows; a test may let it pass faster. */
  clock: () => number = () => Date.now();
  readonly #callers = new Map<string, Caller>();

  #of(caller: string): Caller {
    const found = this.#callers.get(caller) ?? new Caller();
    this.#callers.set(caller, found);
    return found;
  }

  /** Counts a request; the first limit that it breaks, null when it breaks none. */
  count(caller: string, { method, operation }: { readonly method: string; readonly operation: string }): Limit | null {
    const { windows } = this.#of(caller);
    const at = this.clock();
    const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
    const held: Partial<Record<Limit, number>> =
      operation === 'graphql'
        ? { graphqlPointsAMinute: windows.graphqlPointsAMinute.add(at, 1) }
        : { restPointsAMinute: windows.restPointsAMinute.add(at, isRead ? 1 : 5) };
    if (CONTENT.has(operation)) {
      held.contentAMinute = windows.contentAMinute.add(at, 1);
      held.contentAnHour = windows.contentAnHour.add(at, 1);
    }
    return (Object.keys(held) as Limit[]).find((limit) => (held[limit] ?? 0) > SECONDARY[limit]) ?? null;
  }

  /** A request is under way until the function is called. */
  begin(caller: string): () => void {
    const one = this.#of(caller);
    one.open += 1;
    one.concurrent = Math.max(one.concurrent, one.open);
    return () => {
      one.open -= 1;
    };
  }

  /** The fullest windows of a caller, as `installation 7`; without one, of any. */
  maxima(caller?: string): Maxima {
    const callers = caller === undefined ? [...this.#callers.values()] : [this.#of(caller)];
    const most = (held: (one: Caller) => number): number => Math.max(0, ...callers.map(held));
    return {
      restPointsAMinute: most(({ windows }) => windows.restPointsAMinute.max),
      graphqlPointsAMinute: most(({ windows }) => windows.graphqlPointsAMinute.max),
      contentAMinute: most(({ windows }) => windows.contentAMinute.max),
      contentAnHour: most(({ windows }) => windows.contentAnHour.max),
      concurrent: most(({ concurrent }) => concurrent),
    };
  }

  /** Limits that somebody went beyond. */
  breached(): readonly Limit[] {
    const maxima = this.maxima();
    return (Object.keys(SECONDARY) as Limit[]).filter((limit) => maxima[limit] > SECONDARY[limit]);
  }
}
