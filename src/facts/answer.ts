/** What a question gets back: a value, or an honest reason why there is none. */

export interface Known<T> {
  readonly known: true;
  readonly value: T;
}

/** An answer that could not be had. It never becomes a pass; `reason` completes "… is not known: ". */
export interface Unknown {
  readonly known: false;
  readonly reason: string;
}

export type Answer<T> = Known<T> | Unknown;

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

export function unknown(reason: string): Unknown {
  return { known: false, reason };
}

/** Applies `f` to a known value and passes an unknown one on. */
export function map<A, B>(answer: Answer<A>, f: (value: A) => B): Answer<B> {
  return answer.known ? known(f(answer.value)) : answer;
}
