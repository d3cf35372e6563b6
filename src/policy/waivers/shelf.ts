/** What was read from files is remembered by git id, so that an evaluation reads only what changed; bounded by bytes. */
import type { PolicyFile } from '../policy.ts';

/** A process serves many organizations, and none of them may fill it. */
export const SHELF_BYTES = 32 * 1024 * 1024;

interface Kept<T> {
  readonly text: string;
  readonly value: T;
  readonly bytes: number;
}

/** Values by file. What was asked for longest ago is forgotten first. */
export class Shelf<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #most: number;
  #bytes = 0;

  constructor(most = SHELF_BYTES) {
    this.#most = most;
  }

  /** The value of a file, read again only where its text is another one: a link has the git id of a file with its target as text. */
  of(file: PolicyFile, read: (file: PolicyFile) => T): T {
    const { source, oid, text } = file;
    const key = `${source} ${oid ?? ''}`;
    const known = this.#kept.get(key);
    const value = known?.text === text ? known.value : read(file);
    this.#forget(key);
    // The text, and about as much three times over for what was read from it.
    this.#kept.set(key, { text, value, bytes: 1_000 + 4 * text.length });
    this.#bytes += 1_000 + 4 * text.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#most) break;
      this.#forget(oldest);
    }
    return value;
  }

  #forget(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }
}
