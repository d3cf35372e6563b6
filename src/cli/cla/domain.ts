/** Domains of companies: what counts as one, and the record in the DNS by which its owner proves it. */
import { resolveTxt } from 'node:dns/promises';
import { domainToASCII } from 'node:url';
import { sha256 } from '../../facts/digest.ts';
import { visible } from '../../facts/words.ts';
import type { Store } from '../../store/store.ts';
import { UsageError } from '../repository.ts';
import { entriesOf } from './entries.ts';

/** Everybody can have an address there. The list is not complete: the office still looks. */
const PUBLIC = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com ' +
    'proton.me protonmail.com pm.me gmx.de gmx.net gmx.com web.de mail.com mail.ru yandex.ru yandex.com qq.com 163.com 126.com ' +
    'foxmail.com naver.com zoho.com fastmail.com tutanota.com hey.com users.noreply.github.com noreply.github.com github.com'
  ).split(' '),
);

/** A whole domain in ASCII, lower-case. Throws `UsageError` for patterns, single labels and domains that everybody has addresses at. */
export function domainOf(given: string): string {
  const domain = domainToASCII(given.trim().replace(/^@/, '').replace(/\.$/, '').toLowerCase());
  const isDomain =
    domain.length <= 253 && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(domain);
  if (!isDomain || /[*/:@]/.test(given.trim().replace(/^@/, ''))) {
    throw new UsageError(
      `${visible(given)} is no domain. Wanted: a whole one such as globex.example; no patterns, no addresses.`,
    );
  }
  if (PUBLIC.has(domain)) throw new UsageError(`Everybody can have an address at ${domain}, so it covers nobody.`);
  return domain;
}

/** Asks for the TXT records of a name; an answer that there are none is an empty list. */
export type LookUp = (name: string) => Promise<readonly (readonly string[])[]>;

/** Asks the DNS. */
export const dnsLookUp: LookUp = async (name) => {
  try {
    return await resolveTxt(name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw new UsageError(`The DNS gives no answer for ${name} (${code ?? 'unknown error'}); nothing was changed. Try again.`, {
      cause: error,
    });
  }
};

/** The record that proves a domain to this register. */
export interface Proof {
  readonly name: string;
  readonly value: string;
}

/** What to put into the DNS. It is bound to this register and to when the company signed, so that no record made elsewhere serves. */
export async function proofOf(store: Pick<Store, 'entries'>, company: string, domain: string): Promise<Proof> {
  let last = '';
  for await (const { hash, entry } of entriesOf(store)) {
    if (entry?.kind === 'company-signed' && entry.company === company) last = hash;
  }
  return { name: `_steward.${domain}`, value: `steward-verification=${sha256(`${last}:${company}:${domain}`).slice(0, 40)}` };
}

/** Whether the record is there. Long records come in pieces. */
export async function isProven({ name, value }: Proof, lookUp: LookUp): Promise<boolean> {
  return (await lookUp(name)).some((pieces) => pieces.join('').trim() === value);
}
