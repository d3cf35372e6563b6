/** What the server knows of licenses: texts by its index, packages by what was looked up once for all organizations. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Detection, Detector } from '../facts/license/detection.ts';
import { nothingKnown } from '../facts/nothing-known.ts';
import type { Package, PackageLicense } from '../facts/packages/package.ts';
import { packageKey } from '../facts/packages/key.ts';
import type { Informed } from '../facts/source.ts';
import type { KeptLicense, Store } from '../store/store.ts';
import { licenseDetector } from './license-detector.ts';
import { keptAway, type Registries } from './registries/registries.ts';
import type { Keep, Looked } from './registries/look-up.ts';
import { exactly } from './registries/versions.ts';

export interface LicenseOptions {
  readonly store: Pick<Store, 'packageLicenses' | 'keepPackageLicenses'>;
  readonly detect: Detector;
  /** Null: no registry is asked. */
  readonly registries: Registries | null;
  readonly now: () => Date;
  /** Milliseconds that one question about packages may wait for registries. */
  readonly patience?: number;
}

/** Where registries may be asked, and what they said is kept. */
export function licenses(options: LicenseOptions): Informed {
  const { detect, registries } = options;
  return {
    detect: detectedOnce(detect),
    packageLicenses: async (packages, mayAsk) => {
      const wanted = packages.map(asWanted);
      const kept = await options.store.packageLicenses(wanted.flatMap(({ key, away }) => (away === null ? [key] : [])));
      const open = wanted.filter(({ key, away }) => away === null && !kept.has(key));
      const looked = registries && mayAsk ? await lookUp(open, registries, options) : new Map<string, Looked>();
      const silence = registries ? NOT_ALLOWED : SWITCHED_OFF;
      return wanted.map(({ key, away }): Answer<PackageLicense> =>
        away === null ? (kept.get(key) ?? looked.get(key)?.license ?? silence) : unknown(away),
      );
    },
  };
}

/** Where no registry is asked and nothing is kept: the command line. */
export function offlineLicenses(): Informed {
  return nothingKnown(licenseDetector(), 'the command line asks no registry; on GitHub Steward does');
}

const SWITCHED_OFF = unknown('registries are not asked (REGISTRIES=off)');
const NOT_ALLOWED = unknown('registries are not asked about packages of this repository, and nothing was kept of it');

interface Wanted {
  readonly found: Package;
  readonly key: string;
  /** Why nobody is asked about it, and nothing of it is kept; null: it may be known. */
  readonly away: string | null;
}

/** Longer names are nobody's, and would not fit an index: PostgreSQL's takes 2,704 bytes, and a letter may need three. */
const LONGEST_KEY = 800;

function asWanted(named: Package): Wanted {
  const found = exactly(named);
  const key = packageKey(found);
  return { found, key, away: key.length > LONGEST_KEY ? 'its name is too long to be asked for' : keptAway(found) };
}

/** Asks about each package once, and keeps what was said. What takes too long is unknown, and asked the next time. */
async function lookUp(
  packages: readonly Wanted[],
  registries: Registries,
  { store, now, patience = 30_000 }: LicenseOptions,
): Promise<ReadonlyMap<string, Looked>> {
  if (packages.length === 0) return new Map();
  const ending = new AbortController();
  const timer = setTimeout(() => {
    ending.abort();
  }, patience);
  const late = new Promise<Looked>((end) => {
    ending.signal.addEventListener('abort', () => {
      end(LATE);
    });
  });
  const wanted = [...new Map(packages.map(({ key, found }) => [key, found]))];
  const looked = await Promise.all(
    wanted
      .slice(0, MOST)
      .map(async ([key, found]) => [key, await Promise.race([registries(found, ending.signal), late])] as const),
  );
  clearTimeout(timer);
  await store.keepPackageLicenses(looked.flatMap(([key, one]) => keptOf(key, one, now().getTime())));
  return new Map([...looked, ...wanted.slice(MOST).map(([key]) => [key, LEFT] as const)]);
}

/** Packages that one evaluation asks registries about: nobody's contribution takes all of their time. */
const MOST = 200;
const LEFT: Looked = {
  license: unknown(`registries are asked about ${MOST} packages at a time; it is asked the next time`),
  keep: 'not',
};

const LATE: Looked = { license: unknown('its registry had no time for it yet; it is asked the next time'), keep: 'not' };

const DAY = 24 * 3_600_000;
const LASTS: Readonly<Record<Exclude<Keep, 'not' | 'for good'>, number>> = { 'a day': DAY, 'a month': 30 * DAY };

function keptOf(key: string, { license, keep }: Looked, now: number): readonly KeptLicense[] {
  if (keep === 'not') return [];
  return [{ key, license, until: keep === 'for good' ? null : new Date(now + LASTS[keep]).toISOString() }];
}

/** How many texts are remembered: many repositories have the same. */
const REMEMBERED = 5000;

/** Reads each text once, by its git id; the one that was not needed for the longest time is forgotten first. */
function detectedOnce(detect: Detector): Informed['detect'] {
  const remembered = new Map<string, Answer<Detection>>();
  return (oid, text) => {
    const answer = remembered.get(oid) ?? known(detect(text));
    remembered.delete(oid);
    remembered.set(oid, answer);
    const [oldest] = remembered.size > REMEMBERED ? remembered.keys() : [];
    if (oldest !== undefined) remembered.delete(oldest);
    return Promise.resolve(answer);
  };
}
