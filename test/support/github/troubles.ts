/** Rate limits and failures: the real budget of every caller, and troubles a test orders for the next requests. */

/** What goes wrong. */
export type Kind =
  /** Answers with this status and GitHub's message for it. */
  | { readonly kind: 'status'; readonly status: number }
  /** The connection breaks. */
  | { readonly kind: 'reset' }
  /** No answer comes, until the double closes. */
  | { readonly kind: 'hang' }
  /** The hourly budget is used up; `seconds` until it is new. GraphQL says so with status 200. */
  | { readonly kind: 'primary'; readonly seconds: number }
  /** Too fast; `seconds` of `retry-after`. */
  | { readonly kind: 'secondary'; readonly seconds: number }
  /** GraphQL only: this path is null and an error tells so. */
  | { readonly kind: 'partial'; readonly path: readonly string[] };

export type Trouble = Kind & {
  /** An operation id (`checks/create`), `graphql`, or left out for every request. */
  readonly on?: string;
  readonly installation?: number;
  /** How many requests it hits; 1 unless said. */
  readonly times?: number;
  /** Requests of this kind that pass before it begins. */
  readonly skip?: number;
  /** The request takes effect all the same; only its answer is lost. */
  readonly isAfter?: boolean;
};

interface Pending {
  readonly trouble: Trouble;
  left: number;
  skip: number;
}

/** Ordered troubles, oldest first. */
export class Troubles {
  readonly #pending: Pending[] = [];

  add(trouble: Trouble): void {
    this.#pending.push({ trouble, left: trouble.times ?? 1, skip: trouble.skip ?? 0 });
  }

  clear(): void {
    this.#pending.length = 0;
  }

  /** The trouble this request runs into, which is then used up by one. */
  take(operation: string, installation: number | null): Trouble | undefined {
    for (const pending of this.#pending) {
      const { on, installation: only } = pending.trouble;
      if (pending.left === 0 || (on !== undefined && on !== operation) || (only !== undefined && only !== installation)) continue;
      if (pending.skip > 0) pending.skip -= 1;
      else {
        pending.left -= 1;
        return pending.trouble;
      }
    }
    return undefined;
  }
}

export type Resource = 'core' | 'graphql';

interface Budget {
  used: number;
  resetAt: number;
}

const HOURLY = 5000;
const HOUR = 3_600_000;

/** The hourly budget of every caller, as GitHub counts it: 5,000 requests or points. */
export class Budgets {
  readonly #budgets = new Map<string, Budget>();

  #of(caller: string, resource: Resource): Budget {
    const key = `${caller} ${resource}`;
    const known = this.#budgets.get(key);
    if (known !== undefined && known.resetAt > Date.now()) return known;
    const fresh = { used: 0, resetAt: Date.now() + HOUR };
    this.#budgets.set(key, fresh);
    return fresh;
  }

  /** Takes points; false when there are not enough left. */
  spend(caller: string, resource: Resource, points: number): boolean {
    const budget = this.#of(caller, resource);
    if (budget.used + points > HOURLY) return false;
    budget.used += points;
    return true;
  }

  /** Uses up a caller's budget but for `remaining`, with `seconds` until the reset. */
  exhaust(caller: string, resource: Resource, seconds: number, remaining = 0): void {
    this.#budgets.set(`${caller} ${resource}`, { used: HOURLY - remaining, resetAt: Date.now() + seconds * 1000 });
  }

  state(caller: string, resource: Resource): { limit: number; used: number; remaining: number; reset: number } {
    const { used, resetAt } = this.#of(caller, resource);
    return { limit: HOURLY, used, remaining: HOURLY - used, reset: Math.ceil(resetAt / 1000) };
  }

  headers(caller: string, resource: Resource): Record<string, string> {
    const { limit, used, remaining, reset } = this.state(caller, resource);
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(reset),
      'x-ratelimit-resource': resource,
    };
  }
}
