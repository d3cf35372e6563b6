/** Whether one license is allowed by one entry of a policy. spdx-satisfies answers, within guards for its known defects. */
import satisfies from 'spdx-satisfies';
import { IDENTIFIABLE } from '../../facts/license/identify.ts';

export type Allowed = 'allow' | 'deny' | 'unknown';

/** Longer entries are no license ids; nothing longer reaches the parser, whose cost grows quickly. */
export const LONGEST_ENTRY = 100;

const FAMILIES = /^(?:[AL]?GPL|GFDL)-\d+(?:\.\d+)*$/;
/** Ids of eight characters, which spdx-satisfies takes for "or later" whatever they say; their versions are compared here. */
const ORDERED = /^(APSL|CDDL|EUPL|LPPL)-(\d+)\.(\d+)([a-z]?)$/;
const CANONICAL: ReadonlyMap<string, string> = new Map([...IDENTIFIABLE].map((id) => [id.toLowerCase(), id]));

/** Whether any entry allows the license; a policy without entries allows all. Unknown only when no entry allows it. */
export function isAllowed(id: string, entries: readonly string[]): Allowed {
  if (entries.length === 0) return 'allow';
  const answers = entries.map((entry) => satisfiesEntry(id, entry));
  return answers.includes('allow') ? 'allow' : answers.includes('unknown') ? 'unknown' : 'deny';
}

/** Whether one license satisfies one entry. */
export function satisfiesEntry(id: string, entry: string): Allowed {
  const license = explicit(id);
  const wanted = explicit(entry);
  if (license.toLowerCase() === wanted.toLowerCase()) return 'allow';
  if (!isOrLater(license) && !isOrLater(wanted)) return 'deny';
  try {
    return satisfies(license, [wanted]) && !isOutOfOrder(license, wanted) ? 'allow' : 'deny';
  } catch {
    // It cannot parse six ids of the GFDL; between families nothing is "later".
    return familyOf(license) === familyOf(wanted) ? 'unknown' : 'deny';
  }
}

function familyOf(id: string): string {
  return id.toLowerCase().replace(/-\d.*$/, '');
}

/** Whether a policy can list it: an SPDX id (in any case), an id with an exception or a plus, or a `LicenseRef-`. */
export function isEntry(text: string): boolean {
  if (text.length > LONGEST_ENTRY || /\s(?:AND|OR)\s|[()]/i.test(text)) return false;
  const entry = explicit(text);
  if (CANONICAL.has(entry.toLowerCase())) return true;
  try {
    return satisfies(entry, [entry]);
  } catch {
    return false;
  }
}

/** The id as SPDX writes it today: `gpl-2.0+` is `GPL-2.0-or-later`, `LGPL-2.1` is `LGPL-2.1-only`. */
function explicit(text: string): string {
  const trimmed = text.trim();
  const plus = trimmed.endsWith('+');
  const bare = plus ? trimmed.slice(0, -1) : trimmed;
  const family = bare.toUpperCase();
  if (FAMILIES.test(family)) return `${family}${plus ? '-or-later' : '-only'}`;
  return `${CANONICAL.get(bare.toLowerCase()) ?? bare}${plus ? '+' : ''}`;
}

function isOrLater(id: string): boolean {
  return id.endsWith('+') || id.endsWith('-or-later');
}

/** An entry "this version or later" of a family that spdx-satisfies confuses, and an older license. */
function isOutOfOrder(license: string, wanted: string): boolean {
  const [, family, major, minor, letter] = ORDERED.exec(license.replace(/\+$/, '')) ?? [];
  const [, otherFamily, otherMajor, otherMinor, otherLetter] = ORDERED.exec(wanted.replace(/\+$/, '')) ?? [];
  if (family === undefined && otherFamily === undefined) return false;
  if (family !== otherFamily) return true;
  const [a, b] = [Number(major) * 1000 + Number(minor), Number(otherMajor) * 1000 + Number(otherMinor)];
  return a === b ? (letter ?? '') < (otherLetter ?? '') : a < b && !isOrLater(license);
}
