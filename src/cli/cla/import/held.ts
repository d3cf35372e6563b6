/** What of an import is in the register already: the same, or the same row under another version. */
import type { Entry } from '../../../facts/register.ts';
import type { Store } from '../../../store/store.ts';
import { entriesOf } from '../entries.ts';
import type { Planned, Told } from './plan.ts';

/** What the register holds of earlier imports. */
export interface Held {
  /** Somebody was erased, whom the register can therefore not know again. */
  readonly hasErased: boolean;
  /** The evidence that it knows. */
  readonly keys: ReadonlySet<string>;
  /** The versions that a row was entered under. */
  readonly versions: ReadonlyMap<string, readonly string[]>;
}

/** A register that is not there yet. */
export const NOTHING_HELD: Held = { hasErased: false, keys: new Set(), versions: new Map() };

/** Reads the register once, to its end. */
export async function heldIn(store: Pick<Store, 'entries'>): Promise<Held> {
  let hasErased = false;
  const keys = new Set<string>();
  const versions = new Map<string, readonly string[]>();
  for await (const { kind, entry } of entriesOf(store)) {
    hasErased ||= kind === 'erased';
    if (entry?.evidence.source !== 'import') continue;
    keys.add(entry.evidence.key);
    const signing = signingOf(entry);
    if (signing) versions.set(signing.row, [...(versions.get(signing.row) ?? []), signing.version]);
  }
  return { hasErased, keys, versions };
}

export interface Sorted {
  /** What is to be entered. */
  readonly fresh: readonly Planned[];
  /** What is there already, just so. */
  readonly known: readonly Planned[];
  /** Rows that are there under another version, told for the office. */
  readonly told: readonly Told[];
}

/** Sorts what was planned by what is there; `isWanted`: rows under another version are entered under this one, too. */
export function sortedBy(planned: readonly Planned[], held: Held, isWanted: boolean): Sorted {
  const kinds = Map.groupBy(planned, ({ entry }) => {
    if (held.keys.has(entry.evidence.key)) return 'known';
    return !isWanted && versionsOf(entry, held).length > 0 ? 'left' : 'fresh';
  });
  const of = (kind: 'known' | 'left' | 'fresh'): readonly Planned[] => kinds.get(kind) ?? [];
  return {
    known: of('known'),
    fresh: of('fresh'),
    told: of('left').map(({ entry, line }) => ({ line, why: 'other-version', found: wordsOf(entry, held), isLeft: true })),
  };
}

function versionsOf(entry: Entry, { versions }: Held): readonly string[] {
  return versions.get(signingOf(entry)?.row ?? '') ?? [];
}

function wordsOf(entry: Entry, held: Held): string {
  const who =
    entry.kind === 'signed' ? `${entry.person.login} (${entry.person.accountId})` : 'company' in entry ? entry.company : '';
  return `${who}: version ${versionsOf(entry, held).join(', ')}`;
}

/** What a signing entry is known by, without its version. */
function signingOf(entry: Entry): { readonly row: string; readonly version: string } | null {
  if (entry.kind !== 'signed' && entry.kind !== 'company-signed') return null;
  const { version, evidence } = entry;
  const end = `:${version}`;
  return { version, row: evidence.key.endsWith(end) ? evidence.key.slice(0, -end.length) : evidence.key };
}
