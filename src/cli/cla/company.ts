/** `steward cla company add` and `end`: the office enters that a company signed, and that its agreement ended. */
import type { Entry } from '../../facts/register.ts';
import { visible } from '../../facts/words.ts';
import type { Store } from '../../store/store.ts';
import { UsageError } from '../repository.ts';
import { actOf, addition, change, done, enterAll, githubOf, type ActOptions, type Bureau } from './company-act.ts';
import { agreementName, digestOf, versionOf } from './given.ts';
import { personGiven } from './person.ts';

export interface AddOptions extends ActOptions {
  readonly name: string;
  readonly agreement: string;
  readonly version: string;
  readonly textSha256?: string;
  readonly manager: readonly string[];
}

/** Enters that a company signed, and who manages it. */
export async function addCompany(id: string, options: AddOptions, bureau: Bureau): Promise<number> {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) {
    throw new UsageError(
      `${visible(id)} is no short name. Wanted: at most 40 lower-case letters, digits and dashes, such as globex.`,
    );
  }
  const [agreement, version, text] = [agreementName(options.agreement), versionOf(options.version), digestOf(options.textSha256)];
  const name = options.name.trim();
  if (name === '' || name.length > 200) throw new UsageError('--name is the full name of the company, 1 to 200 characters.');
  const managers = await Promise.all(options.manager.map((one) => personGiven(one, githubOf(bureau))));
  const act = actOf(options, bureau);
  const entries: Entry[] = [
    { kind: 'company-signed', company: id, name, agreement, version, text, by: null, ...act(`${id}:${agreement}@${version}`) },
    ...managers.map((person) => addition('manager-added', id, person, act)),
  ];
  await bureau.office.writing(async ({ store }) => {
    await refuseKnown(store, id, agreement, version);
    await store.transaction(() => enterAll(store, entries));
  });
  const who = managers.map(({ login, accountId }) => `@${login} (${accountId})`).join(', ');
  return done(bureau, options, { kind: 'company-signed', company: id, agreement, version, managers }, [
    `${visible(name)} has signed ${agreement} ${version} under the short name ${id}; ${who} ${managers.length === 1 ? 'manages' : 'manage'} it.`,
  ]);
}

async function refuseKnown(store: Store, id: string, agreement: string, version: string): Promise<void> {
  const kept = await store.agreement(agreement, version);
  if (kept?.kind === 'individual') {
    throw new UsageError(
      `${agreement} ${version} is an individual agreement: people sign it, companies do not. Nothing was changed.`,
    );
  }
  const companies = await store.companies();
  const isThere = companies.some(
    (one) => one.id === id && one.until === null && one.agreement === agreement && one.version === version,
  );
  if (isThere) throw new UsageError(`${id} has signed ${agreement} ${version} already; nothing was changed.`);
}

/** Ends everything that a company signed: it covers nobody on pull requests opened from now on. */
export function endCompany(id: string, options: ActOptions, bureau: Bureau): Promise<number> {
  const entry: Entry = { kind: 'company-ended', company: id, by: null, ...actOf(options, bureau)(`company-ended:${id}`) };
  return change(
    id,
    options,
    bureau,
    entry,
    () => null,
    `The agreement of ${id} has ended. Pull requests opened before keep its cover.`,
  );
}
