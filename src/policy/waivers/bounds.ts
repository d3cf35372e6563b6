/** How much one organization may waive: files by name, until there is too much of them. */
import type { Problem } from '../policy.ts';
import { quoted } from '../problem.ts';
import type { KeptWaiver, Waiver } from './waiver.ts';

/** Of all waivers together. An organization of 2,000 repositories that waives five things in each is far from it. */
export const MOST_BYTES = 8 * 1024 * 1024;
/** Names of repositories, paths, packages and people, of all waivers together. */
export const MOST_ENTRIES = 20_000;

/** Of so many files that cannot be read all mistakes are looked for; that takes much longer than reading. */
const MOST_BROKEN = 100;

/** Counts files in the order of their names. What is beyond a bound, and everything after it, does not count. */
export class Bounds {
  #bytes = 0;
  #entries = 0;
  #first: { readonly source: string; readonly why: string } | null = null;
  #left = 0;
  #broken = 0;
  #unread: string | null = null;

  /** Whether the text of a file may still be read. */
  admitsText({ file }: KeptWaiver): boolean {
    this.#bytes += file.text.length;
    return this.#admits(this.#bytes <= MOST_BYTES, file.source, `${MOST_BYTES / 1024 / 1024} MiB of text`);
  }

  /** Whether what a waiver names may still count. */
  admitsScope({ source, scope: { repositories, paths = [], packages = [], people = [] } }: Waiver): boolean {
    this.#entries += repositories.length + paths.length + packages.length + people.length;
    const most = `${MOST_ENTRIES.toLocaleString('en')} names of repositories, paths, packages and people`;
    return this.#admits(this.#entries <= MOST_ENTRIES, source, most);
  }

  /** Whether the mistakes of files that cannot be read are still looked for. */
  get readsMistakes(): boolean {
    return this.#broken < MOST_BROKEN;
  }

  countBroken({ file }: KeptWaiver): void {
    this.#broken += 1;
    if (this.#broken > MOST_BROKEN) this.#unread ??= file.source;
  }

  /** For administrators: which do not count and why; empty: all count. */
  problems(): readonly Problem[] {
    return [...this.#unreadable(), ...this.#beyond()];
  }

  #unreadable(): readonly Problem[] {
    if (this.#unread === null) return [];
    const message = `${this.#broken - MOST_BROKEN} more files cannot be read as waivers, and do not count. They are not told one by one.`;
    return [{ ...at(this.#unread), message, hint: 'Mend the others first, or take them away.' }];
  }

  #beyond(): readonly Problem[] {
    if (!this.#first) return [];
    const { source, why } = this.#first;
    const name = quoted(source.slice(source.lastIndexOf('/') + 1));
    const which =
      this.#left === 1 ? `The waiver ${name} does` : `${this.#left.toLocaleString('en')} waivers, by name from ${name} on, do`;
    const message = `${which} not count: all waivers of an organization together have at most ${why}.`;
    const hint = 'Delete waivers that have ended, and use one pattern for repositories and paths of the same kind.';
    return [{ ...at(source), message, hint }];
  }

  #admits(isWithin: boolean, source: string, why: string): boolean {
    if (isWithin && !this.#first) return true;
    this.#first ??= { source, why };
    this.#left += 1;
    return false;
  }
}

function at(source: string): Pick<Problem, 'source' | 'line' | 'column' | 'path' | 'severity'> {
  return { source, line: 1, column: 1, path: '', severity: 'error' };
}
