/** How somebody stands: signed, covered, to sign again, or not signed. */
import type { AgreementSignature, Company, Register } from '../../facts/source.ts';
import { coverOf, type Circumstances, type Cover } from './cover.ts';
import type { Agreement } from './options.ts';
import type { Participant } from './people.ts';
import { WORTH, worthOf, type Times, type Worth } from './versions.ts';

export interface Signed {
  readonly signature: AgreementSignature;
  readonly agreement: Agreement;
  readonly worth: Worth;
}

export type Standing =
  | ({ readonly is: 'signed' } & Signed)
  | ({ readonly is: 'covered' } & Cover)
  /** It counts only if somebody belongs to an organization, and that could not be told. */
  | ({ readonly is: 'untold' } & Cover)
  /** Signed in a version that no longer counts. */
  | ({ readonly is: 'outdated' } & Signed)
  /** Covered by a company whose signature no longer counts. */
  | ({ readonly is: 'company-outdated' } & Cover)
  | { readonly is: 'revoked'; readonly signature: AgreementSignature; readonly agreement: Agreement }
  | { readonly is: 'unsigned' };

const COUNTING: readonly Worth[] = ['current', 'kept', 'grace'];

/** The best that can be said of somebody: what counts now before what counts for some days more, before what does not count. */
export function standingOf(
  participant: Participant,
  { signatures, companies }: Pick<Register, 'signatures'> & { readonly companies: readonly Company[] },
  agreements: readonly Agreement[],
  at: Circumstances,
): Standing {
  const own = signatures.filter(({ accountId }) => accountId === participant.account.id);
  const signed = bestOf(
    own.filter(({ until }) => holds(until, at.openedAt)),
    agreements,
    at,
  );
  const cover = coverOf(participant, companies, agreements, at);
  for (const worth of COUNTING) {
    if (signed?.worth === worth) return { is: 'signed', ...signed };
    if (cover?.isCertain && cover.worth === worth) return { is: 'covered', ...cover };
  }
  if (cover && cover.worth !== 'outdated') return { is: 'untold', ...cover };
  if (signed) return { is: 'outdated', ...signed };
  if (cover?.isCertain) return { is: 'company-outdated', ...cover };
  const gone = bestOf(own, agreements, at);
  return gone ? { is: 'revoked', signature: gone.signature, agreement: gone.agreement } : { is: 'unsigned' };
}

/** A revoked signature keeps counting for what was opened before. */
function holds(until: string | null, openedAt: string): boolean {
  return until === null || Date.parse(openedAt) < Date.parse(until);
}

function bestOf(signatures: readonly AgreementSignature[], agreements: readonly Agreement[], at: Times): Signed | null {
  const all = signatures.flatMap((signature): readonly Signed[] => {
    const agreement = agreements.find(({ id, kind }) => id === signature.agreement && kind === 'individual');
    return agreement ? [{ signature, agreement, worth: worthOf(signature.version, agreement, at) }] : [];
  });
  return all.sort((a, b) => WORTH.indexOf(b.worth) - WORTH.indexOf(a.worth))[0] ?? null;
}
