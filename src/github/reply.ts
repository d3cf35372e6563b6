/** A GraphQL answer with its faults, so that a missing value is told apart from one that could not be had. */
import type { Api } from './client.ts';
import { LaterError, MODEST } from './later.ts';

export interface Fault {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (string | number)[];
}

type Path = readonly (string | number)[];

/** The faults of one answer, seen from a place within it. */
export class Faults {
  private readonly faults: readonly Fault[];
  private readonly prefix: Path;

  constructor(faults: readonly Fault[], prefix: Path = []) {
    this.faults = faults;
    this.prefix = prefix;
  }

  within(...path: Path): Faults {
    return new Faults(this.faults, [...this.prefix, ...path]);
  }

  /**
   * Why the value at a path may be wrong or missing; null when it can be trusted.
   * NOT_FOUND at exactly this path is an ordinary "there is none". Anything else is no answer.
   */
  at(...path: Path): string | null {
    const asked = [...this.prefix, ...path];
    const fault = this.faults.find((one) => touches(one.path ?? [], asked) && !isAbsence(one, asked));
    return fault ? `GitHub answered "${fault.message.slice(0, 200)}"` : null;
  }

  /** Whether the value at exactly this path is kept from Steward, which waiting does not change. */
  forbids(...path: Path): boolean {
    const asked = [...this.prefix, ...path];
    return this.faults.some(
      ({ type, path: at = [] }) => type === 'FORBIDDEN' && at.length === asked.length && touches(at, asked),
    );
  }
}

function touches(fault: Path, asked: Path): boolean {
  return Array.from({ length: Math.min(fault.length, asked.length) }).every((_, index) => fault[index] === asked[index]);
}

function isAbsence({ type, path = [] }: Fault, asked: Path): boolean {
  return type === 'NOT_FOUND' && path.length === asked.length;
}

export interface Reply<T> {
  readonly data: T;
  readonly faults: Faults;
}

/** Sends a document. Partial answers come back with their faults; an answer without any data is tried again later. */
export async function query<T>(api: Api, document: string, variables: Readonly<Record<string, unknown>>): Promise<Reply<T>> {
  try {
    return whole(await api.graphql<T>(document, variables), []);
  } catch (error) {
    const { name, data, errors } = error as { name?: string; data?: T; errors?: readonly Fault[] };
    if (name !== 'GraphqlResponseError' || !errors) throw error;
    return whole(data, errors, error);
  }
}

function whole<T>(data: T | null | undefined, faults: readonly Fault[], cause?: unknown): Reply<T> {
  // A fault without a path (a timeout, mostly) can have touched anything.
  const general = faults.find((fault) => !fault.path?.length);
  // A connection that breaks within the body leaves an empty string.
  if (typeof data !== 'object' || data === null || general) {
    const message = `GitHub gave no whole answer: ${(general ?? faults[0])?.message.slice(0, 200) ?? 'the body was cut off'}`;
    throw new LaterError(message, { after: MODEST, cause });
  }
  return { data, faults: new Faults(faults) };
}
