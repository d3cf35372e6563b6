/** What was asked of the double: every request, in order, with who asked and what came of it. */
import type { Permissions } from './model.ts';

export interface Entry {
  readonly method: string;
  /** The path as GitHub documents it; `/graphql`; the sent path where no operation fits. */
  readonly route: string;
  /** As sent, with the query. */
  readonly url: string;
  /** `graphql` for queries; `unknown` where no operation fits. */
  readonly operationId: string;
  readonly installation: number | null;
  readonly permissions: Permissions | null;
  readonly body: unknown;
  /** 0 until it was answered, and where the connection broke. */
  status: number;
}

/** Which entries are meant: all, an operation's, or those a condition holds for. */
export type Filter = string | ((entry: Entry) => boolean) | undefined;

export class RequestLog {
  readonly entries: Entry[] = [];

  /** Requests by operation id, or by a condition; tokens being minted are left out unless asked for. */
  calls(filter?: Filter, from = 0): readonly Entry[] {
    const entries = this.entries.slice(from);
    if (typeof filter === 'function') return entries.filter(filter);
    if (filter !== undefined) return entries.filter((entry) => entry.operationId === filter);
    return entries.filter((entry) => entry.operationId !== 'apps/create-installation-access-token');
  }

  /** A place in the log, for `since`. */
  mark(): number {
    return this.entries.length;
  }

  since(mark: number, filter?: Filter): readonly Entry[] {
    return this.calls(filter, mark);
  }

  /** Requests that change something on GitHub. */
  writes(from = 0): readonly Entry[] {
    return this.calls((entry) => !['GET', 'HEAD'].includes(entry.method) && entry.operationId !== 'graphql', from).filter(
      (entry) => !entry.operationId.startsWith('apps/'),
    );
  }
}
