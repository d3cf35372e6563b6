/** Signing an agreement and revoking it: what a form asks for becomes an entry in the register. */
import { sha256 } from '../../facts/digest.ts';
import type { Entry, KeptAgreement } from '../../facts/register.ts';
import { signingSentence } from '../../facts/sentences.ts';
import type { Store } from '../../store/store.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { signed, signing } from '../signed.ts';
import { standingOf } from './standing.ts';

export interface Desk {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly now: () => Date;
}

export interface Signatory {
  readonly accountId: number;
  readonly login: string;
}

/** Signs this version, and has every pull request looked at that waits for it. Twice is once. */
export async function sign(kept: KeptAgreement, person: Signatory, url: string, desk: Desk): Promise<void> {
  const { store, jobs, now } = desk;
  const { agreement, version, digest } = kept;
  const { accountId, login } = person;
  const followed = await store.transaction(async (transaction) => {
    const { held, revocations } = await standingOf(store, agreement, accountId);
    if (held?.version !== version) {
      const body = signingSentence(kept);
      const at = now().toISOString();
      const key = `page:${agreement}@${version}:${accountId}${revocations > 0 ? `:${revocations}` : ''}`;
      const evidence = { source: 'page', key, url, body, digest: sha256(body) } as const;
      const entry: Entry = { kind: 'signed', agreement, version, text: digest, person: { accountId, login }, evidence, at };
      await enterOnce(store, entry, async () => (await standingOf(store, agreement, accountId)).held?.version === version);
    }
    return signing(accountId, transaction, { store, jobs });
  });
  await signed(accountId, { store, jobs }, followed);
}

/** Revokes whatever the person signed of this agreement. Nothing is entered when nothing holds. */
export async function revoke(
  kept: KeptAgreement,
  person: Signatory,
  words: { url: string; reason: string },
  desk: Desk,
): Promise<void> {
  const { store, now } = desk;
  const { agreement, title } = kept;
  const { accountId, login } = person;
  const { held } = await standingOf(store, agreement, accountId);
  if (!held) return;
  const body = [`I revoke my signature of the ${title}.`, ...(words.reason === '' ? [] : [words.reason])].join('\n\n');
  const evidence = {
    source: 'page',
    key: `page:revoke:${agreement}:${accountId}:${held.at}`,
    url: words.url,
    body,
    digest: sha256(body),
  } as const;
  await store.enter({ kind: 'revoked', agreement, person: { accountId, login }, evidence, at: now().toISOString() });
}

/** Enters something by a key that names the act. Where an earlier act has the key and no longer holds, this is a new one. */
export async function enterOnce(store: Pick<Store, 'enter'>, entry: Entry, isSo: () => Promise<boolean>): Promise<void> {
  if ((await store.enter(entry)) || (await isSo())) return;
  await store.enter({ ...entry, evidence: { ...entry.evidence, key: `${entry.evidence.key}:${entry.at}` } });
}
