/** Waiver files as they were read last, held by a process: every evaluation asks for all of an organization. Bounded by bytes. */
import type { KeptWaiver } from '../policy/waivers/waiver.ts';

/** As many as two organizations may have at most, or a hundred ordinary ones. */
const HELD_BYTES = 64 * 1024 * 1024;

/** When and for which tree the files of a repository were kept last; whoever keeps them anew changes it, in whatever process. */
export interface Keeping {
  readonly tree: string;
  readonly at: string;
}

interface Held extends Keeping {
  readonly kept: readonly KeptWaiver[];
  readonly bytes: number;
}

/** By repository. What was asked for longest ago goes first. */
export class HeldWaivers {
  readonly #held = new Map<string, Held>();
  #bytes = 0;

  /** The files of that keeping, read by `read` where they are not at hand: the same list as before where nothing changed. */
  async of(
    repository: string,
    { tree, at }: Keeping,
    read: () => Promise<readonly KeptWaiver[]>,
  ): Promise<readonly KeptWaiver[]> {
    const held = this.#held.get(repository);
    const isSame = held?.tree === tree && held.at === at;
    const kept = isSame ? held.kept : await read();
    const bytes = isSame ? held.bytes : kept.reduce((sum, { file }) => sum + 1_000 + 2 * file.text.length, 0);
    this.forget(repository);
    this.#held.set(repository, { tree, at, kept, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= HELD_BYTES) break;
      this.forget(oldest);
    }
    return kept;
  }

  /** To be called by whoever changes them here: two changes can fall into the same moment. */
  forget(repository: string): void {
    this.#bytes -= this.#held.get(repository)?.bytes ?? 0;
    this.#held.delete(repository);
  }
}
