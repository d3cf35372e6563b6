/** Every place where a text names a license, with the version and suffix that are said there. */
import { canonicalId, isLicenseId } from '../../spdx/ids.ts';
import { commonsAt } from './creative-commons.ts';
import { NAMES, type Family } from './families.ts';
import { phrases } from './phrases.ts';
import { versionLater, versionsOf, type Version } from './versions.ts';
import type { Word } from './words.ts';

export interface Mention {
  /** SPDX id, deprecated forms resolved. */
  readonly id: string;
  /** Of what family, so that its full name and its abbreviation are one. */
  readonly family: string;
  /** Indexes of the words that name it, version and suffix included, the end exclusive. */
  readonly from: number;
  readonly to: number;
  /** Whether a version is said, where the license has several. */
  readonly isSure: boolean;
  /** Whether `-only` or `-or-later` is said in so many words. */
  readonly isExplicit: boolean;
  /** One word without "license" and version: "MIT", "Apache". */
  readonly isBare: boolean;
}

/** Addresses of licenses that say more than the names in them. */
const ADDRESSES = phrases<string>([
  ['apache org licenses license 2.0', 'Apache-2.0'],
  ['apache org licenses license 1.1', 'Apache-1.1'],
  ['mozilla org mpl 2.0', 'MPL-2.0'],
  ['mozilla org en us mpl 2.0', 'MPL-2.0'],
  ['mozilla org mpl 1.1', 'MPL-1.1'],
  ['mozilla org mpl mpl 1.1', 'MPL-1.1'],
  ['eclipse org legal epl version 10', 'EPL-1.0'],
  ['eclipse org legal epl version 20', 'EPL-2.0'],
  ['eclipse org legal epl 2.0', 'EPL-2.0'],
  ['boost org license 1 0', 'BSL-1.0'],
  ['boost org license 1.0', 'BSL-1.0'],
  ['unlicense org', 'Unlicense'],
  ['opensource org licenses|license bsd license', ''],
  ['opensource org licenses|license apache 2.0', 'Apache-2.0'],
  ['polyformproject org licenses nc 1.0.0', 'PolyForm-Noncommercial-1.0.0'],
  ['cdla dev permissive 2 0', 'CDLA-Permissive-2.0'],
]);
const BY_NAME = phrases<Family>(NAMES);

/** A text with more names than this is a list; the rest is left out. */
const MOST = 256;

/** In the order of the text; they do not overlap. */
export function mentionsOf(text: string, words: readonly Word[]): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < words.length && mentions.length < MOST;) {
    const found = mentionsAt(text, words, at);
    mentions.push(...found.mentions);
    at = Math.max(found.end, at + 1);
  }
  return mentions;
}

interface Here {
  readonly mentions: readonly Mention[];
  readonly end: number;
}

function mentionsAt(text: string, words: readonly Word[], at: number): Here {
  const address = ADDRESSES(words, at);
  if (address) return { mentions: address.value === '' ? [] : [one(address.value, at, address.end)], end: address.end };
  const commons = commonsAt(words, at);
  if (commons) return { mentions: [{ ...one(commons.id, at, commons.end), isSure: commons.isSure }], end: commons.end };
  const written = idAt(text, words, at);
  if (written) return written;
  const name = BY_NAME(words, at);
  return name ? named(words, at, name.end, name.value) : { mentions: [], end: at + 1 };
}

function one(id: string, from: number, to: number): Mention {
  return { id, family: id.replace(/-\d.*$/, ''), from, to, isSure: true, isExplicit: true, isBare: false };
}

/** An id as it stands on the list. Those of the GNU licenses are read as names: what follows them counts. */
function idAt(text: string, words: readonly Word[], at: number): Here | null {
  const { start, end } = words[at] ?? { start: 0, end: 0 };
  if (!/[-\d]/.test(text.slice(start, end + 1)) || /[\w.-]/.test(text.charAt(start - 1))) return null;
  const raw = /^[A-Za-z0-9][A-Za-z0-9.-]{2,39}/.exec(text.slice(start, start + 41))?.[0].replace(/[.-]+$/, '') ?? '';
  const id = canonicalId(raw);
  if (id === null || /^(?:[AL]?GPL|GFDL|CC-)/.test(id)) return null;
  let to = at + 1;
  while ((words[to]?.end ?? Infinity) <= start + raw.length) to += 1;
  return { mentions: [one(id, at, to)], end: to };
}

function named(words: readonly Word[], from: number, to: number, family: Family): Here {
  const near = versionsOf(words, from, to, family);
  const versions = near.length > 0 ? near : family.plain === null ? versionLater(words, to, family) : [];
  const end = Math.max(to, ...near.map((version) => version.end));
  if (versions.length > 0) return { mentions: versions.flatMap((version) => said(words, from, end, family, version)), end };
  const id = family.plain ?? family.likely;
  if (id === null) return { mentions: [], end };
  const isBare = to - from === 1 && words[to]?.word !== 'license';
  return { mentions: [{ id, family: family.name, from, to, isSure: family.plain !== null, isExplicit: false, isBare }], end };
}

function said(words: readonly Word[], from: number, to: number, family: Family, { base, suffix }: Version): readonly Mention[] {
  const id = family.isGnu ? `${base}${invariants(words, to, base)}-${suffix ?? 'only'}` : base;
  if (!isLicenseId(id)) return [];
  return [{ id, family: family.name, from, to, isSure: true, isExplicit: suffix !== null, isBare: false }];
}

/** The documentation license has ids of its own for what it says of invariant sections. */
function invariants(words: readonly Word[], at: number, base: string): string {
  if (!base.startsWith('GFDL')) return '';
  const next = words.slice(at, at + 30).map(({ word }) => word);
  const place = next.indexOf('invariant');
  return place < 0 ? '' : next[place - 1] === 'no' ? '-no-invariants' : '-invariants';
}
