/** Signatures as their entries tell them: who signed what, and when it was revoked. */
import type { Entry } from '../facts/register.ts';
import type { AgreementSignature } from '../facts/source.ts';

export type SignatureEntry = Extract<Entry, { readonly kind: 'signed' | 'revoked' }>;

/** Every signature, oldest first. A revocation ends those that were given before it; imported ones count alike. */
export function signaturesOf(entries: readonly SignatureEntry[]): readonly AgreementSignature[] {
  const signatures: { -readonly [name in keyof AgreementSignature]: AgreementSignature[name] }[] = [];
  for (const entry of inTime(entries)) {
    const { agreement, at } = entry;
    const { accountId } = entry.person;
    if (entry.kind === 'signed') signatures.push({ agreement, version: entry.version, accountId, at, until: null });
    else
      for (const one of signatures) {
        if (one.agreement === agreement && one.accountId === accountId) one.until ??= at;
      }
  }
  return signatures;
}

/** Entries in the order of what they tell of: an import tells of earlier days. At the same time the order of entering counts. */
export function inTime<T extends { readonly at: string }>(entries: readonly T[]): readonly T[] {
  return [...entries].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
