/** Chooses the licenses that stand in a text: of all that may stand at a place, the one that explains most of its words. */
import { compare, type Comparison, type Reading } from './compare.ts';
import type { LicenseText } from './index-format.ts';
import { kindOf } from './kind.ts';
import { isBetter, isSettled, isWithin, mostOf } from './rivals.ts';
import type { Shared, Window } from './windows.ts';

export interface Chosen {
  /** Licenses that stand there, altered or not. */
  readonly found: readonly Comparison[];
  /** Texts that are near a license, and too far away to be called one. */
  readonly near: readonly Comparison[];
}

const REACH = 24;
const MOST_RIVALS = 24;
const MOST_WINDOWS = 1_000;
/** A file with more is a list of other people's licenses, and no rule can hold against it. */
export const MOST_TEXTS = 50;
/** What is known of windows while nothing new has been found. */
type Compared = Map<Window, Comparison | null>;

export function choose(shared: Shared, licenses: readonly LicenseText[], reading: Reading): Chosen {
  const taken = new Uint8Array(reading.tokens.words.length);
  return whole(shared, licenses, reading, taken) ?? parts(windowsIn(shared, licenses, reading), licenses, reading, taken);
}

/** The license that may explain most, where it stands there unchanged and nothing else in the text is like a license. */
function whole(shared: Shared, licenses: readonly LicenseText[], reading: Reading, taken: Uint8Array): Chosen | null {
  const [likeliest = -1] = shared.licenses;
  const license = licenses[likeliest];
  const [window, second] = license ? shared.windowsOf(likeliest) : [];
  if (!license || !window || second) return null;
  const one = compare(window, license, reading, taken);
  if (one === null || one.cost + one.slack > 0 || one.matched < one.terms) return null;
  return isWithin(shared, one) ? { found: [one], near: [] } : null;
}

/** The likeliest first. None, and nothing left of the budget, where there are too many: those left out could be other licenses. */
function windowsIn(shared: Shared, licenses: readonly LicenseText[], { budget }: Reading): readonly Window[] {
  const worth = ({ license, share }: Window): number => share * (licenses[license]?.length ?? 0);
  const windows: Window[] = [];
  for (const license of shared.licenses) {
    windows.push(...shared.windowsOf(license));
    if (windows.length <= MOST_WINDOWS) continue;
    budget.steps = 0;
    return [];
  }
  return windows.sort((a, b) => worth(b) - worth(a) || a.from - b.from || a.license - b.license);
}

function parts(windows: readonly Window[], licenses: readonly LicenseText[], reading: Reading, taken: Uint8Array): Chosen {
  const found: Comparison[] = [];
  const near: Comparison[] = [];
  let open = windows;
  const compared: Compared = new Map();
  for (let first = open[0]; first !== undefined && reading.budget.steps > 0 && found.length <= MOST_TEXTS; first = open[0]) {
    const best = bestOf(first, open, licenses, reading, taken, compared);
    const kind = best === null ? 'none' : kindOf(best);
    if (best !== null && kind === 'found') {
      found.push(best);
      taken.fill(1, best.start, best.end);
      for (const window of compared.keys()) if (touches(window, best)) compared.delete(window);
    } else if (best !== null && kind === 'near') near.push(best);
    const gone = first;
    reading.budget.steps -= open.length;
    open = open.filter(
      (window) =>
        window !== gone && window !== best?.window && !(kind === 'found' && touches(window, best) && isTaken(window, taken)),
    );
  }
  return {
    found: found.sort((a, b) => a.start - b.start),
    near: near.filter((one) => !isTaken({ first: one.start, last: one.end }, taken)),
  };
}

/** The best at the place of the first window. */
function bestOf(
  first: Window,
  open: readonly Window[],
  licenses: readonly LicenseText[],
  reading: Reading,
  taken: Uint8Array,
  compared: Compared,
): Comparison | null {
  let best: Comparison | null = null;
  let count = 0;
  for (const window of open) {
    const license = licenses[window.license];
    if (!license || (window !== first && !overlaps(first, window))) continue;
    if (best !== null && isSettled(best, window, license.words.length)) continue;
    const known = compared.get(window);
    const one: Comparison | null = known === undefined ? compare(window, license, reading, taken, mostOf(license, best)) : known;
    compared.set(window, one);
    if (one !== null && (best === null || isBetter(one, best, licenses))) best = one;
    count += 1;
    if (count >= MOST_RIVALS) break;
  }
  return best;
}

function overlaps(one: Window, other: Window): boolean {
  const shared = Math.min(one.last, other.last) - Math.max(one.first, other.first);
  return shared > 0.3 * Math.min(one.last - one.first, other.last - other.first);
}

function touches({ from, to }: Window, best: Comparison | null): boolean {
  return best !== null && from - REACH < best.end && to + REACH > best.start;
}

/** Whether most of it belongs to a license that has been found. */
function isTaken({ first, last }: { readonly first: number; readonly last: number }, taken: Uint8Array): boolean {
  let count = 0;
  for (let at = first; at < last; at += 1) count += taken[at] ?? 0;
  return count > 0.3 * (last - first);
}
