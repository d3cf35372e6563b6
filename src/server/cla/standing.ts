/** Where somebody stands with an agreement: what is in force, what was signed, what is left to do. */
import type { KeptAgreement } from '../../facts/register.ts';
import type { AgreementSignature } from '../../facts/source.ts';
import { bySeen, byVersion, majorOf } from '../../facts/versions.ts';
import type { Store } from '../../store/store.ts';

/** What somebody has to do with an agreement. */
export interface Standing {
  /** The signature that holds; of several, the one of the latest version. Null: none does. */
  readonly held: AgreementSignature | null;
  /** When the last signature was revoked, where none holds. */
  readonly revokedAt: string | null;
  /** How often this person revoked it: what is signed again later is another signature. */
  readonly revocations: number;
  /** Companies that signed this or another agreement of the same keeper, and cover the account by its number. */
  readonly coveredBy: readonly { readonly name: string; readonly agreement: string }[];
}

/** How the account stands with the agreement, as the register has it now. */
export async function standingOf(
  store: Pick<Store, 'register' | 'agreementsOf'>,
  agreement: string,
  accountId: number,
): Promise<Standing> {
  const kept = await store.agreementsOf(agreement.split('/')[0] ?? '');
  const corporate = kept.filter(({ kind }) => kind === 'corporate').map((one) => one.agreement);
  const { signatures, companies } = await store.register([agreement, ...corporate], [accountId]);
  const own = signatures.filter((one) => one.agreement === agreement && one.accountId === accountId);
  const revoked = own.flatMap(({ until }) => (until === null ? [] : [until])).sort();
  const [held = null] = own.filter(({ until }) => until === null).sort((a, b) => byVersion(b.version, a.version));
  const covers = companies.filter(
    ({ until, accounts }) => until === null && accounts.some((one) => one.accountId === accountId && one.until === null),
  );
  return {
    held,
    revokedAt: held ? null : (revoked.at(-1) ?? null),
    revocations: new Set(revoked).size,
    coveredBy: covers.map((one) => ({ name: one.name, agreement: one.agreement })),
  };
}

/** The version that was last in force, which need not be the highest: a version can be a mistake. Null when none was kept. */
export function newestOf(versions: readonly KeptAgreement[]): KeptAgreement | null {
  return [...versions].sort(bySeen).at(-1) ?? null;
}

/** Whether a signature of one version also holds for the newest one: the first number did not grow. */
export function carriesOver(signed: string, newest: string): boolean {
  return majorOf(signed) >= majorOf(newest);
}
