/** What a registry is asked for one package, and what its answer is worth. */
import { known, unknown, type Answer } from '../../facts/answer.ts';
import type { Detector } from '../../facts/license/detection.ts';
import { readJson } from '../../facts/packages/json.ts';
import type { Package, PackageLicense } from '../../facts/packages/package.ts';

/** How long an answer is kept: what a version declares never changes, what cannot be told may be understood later. */
export type Keep = 'for good' | 'a month' | 'a day' | 'not';

export interface Looked {
  readonly license: Answer<PackageLicense>;
  readonly keep: Keep;
}

/** What a look-up works with. */
export interface Desk {
  /** Known null: there is no such thing. */
  readonly ask: (address: string) => Promise<Answer<string | null>>;
  readonly detect: Detector;
}

/** Looks one package up. Never throws. */
export type LookUp = (found: Package, desk: Desk) => Promise<Looked>;

/** The longest declaration that is kept; longer ones are whole license texts. */
const LONGEST = 1000;

/** What was found. `isExact`: it is about this very version, and will never be another. */
export function told(license: PackageLicense, isExact: boolean): Looked {
  const { declared } = license;
  const short = declared !== null && declared.length > LONGEST ? `${declared.slice(0, LONGEST)}…` : declared;
  const keep = !isExact ? 'a day' : license.expression === null ? 'a month' : 'for good';
  return { license: known({ ...license, declared: short }), keep };
}

/** The registry says that it does not know the package, or not this version. */
export function absent(host: string): Looked {
  return { license: unknown(`${host} does not know this package in this version`), keep: 'a day' };
}

/** There was no answer. */
export function unanswered(reason: string): Looked {
  return { license: unknown(reason), keep: 'not' };
}

/** The registry answered about another version than it was asked for. */
export function another(host: string): Looked {
  return { license: unknown(`${host} answers about another version`), keep: 'not' };
}

/** The registry answered with something else than its documents say. */
export function garbled(host: string): Looked {
  return { license: unknown(`${host} answers in a form that is not known`), keep: 'not' };
}

/** An address made of foreign parts; null: one of them would lead elsewhere. */
export function addressOf(base: string, ...parts: readonly string[]): string | null {
  const isLost = parts.some((part) => part === '' || part === '.' || part === '..' || !part.isWellFormed());
  return isLost ? null : [base, ...parts.map(encodeURIComponent)].join('/');
}

/** Asks for JSON and reads it; what is absent, unanswered or no JSON is told as it is. */
export async function askJson(
  { ask }: Desk,
  host: string,
  address: string | null,
  read: (value: unknown) => Looked | Promise<Looked>,
): Promise<Looked> {
  if (address === null) return absent(host);
  const answer = await ask(address);
  if (!answer.known) return unanswered(answer.reason);
  if (answer.value === null) return absent(host);
  const tree = readJson(answer.value, 0);
  return tree.known ? read(tree.value.value) : garbled(host);
}
