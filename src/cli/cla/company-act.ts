/** What all acts of the office on companies have in common: time, reason, the check that the company is there, the answer. */
import type { CompanyRecord, Entry, Evidence } from '../../facts/register.ts';
import { visible } from '../../facts/words.ts';
import type { Store } from '../../store/store.ts';
import { EXIT, type Console } from '../console.ts';
import { UsageError } from '../repository.ts';
import { againText, lookAgain } from './again.ts';
import type { Office } from './desk.ts';
import type { LookUp } from './domain.ts';
import { reasonOf } from './given.ts';
import { byGithub, type Finder } from './import/accounts.ts';
import type { RegisterFormat } from './verify.ts';

/** What every act of the office comes with. */
export interface ActOptions {
  readonly reason: string;
  readonly format: RegisterFormat;
}

/** The office at work: the register, the console, and whom it asks. */
export interface Bureau {
  readonly office: Office;
  readonly console: Console;
  readonly github?: () => Finder;
  readonly lookUp?: LookUp;
}

/** Time and evidence of an act, given what it is about. */
export type Act = (what: string) => { readonly at: string; readonly evidence: Evidence };

/** The act of this moment, for this reason. */
export function actOf(options: ActOptions, { console }: Bureau): Act {
  const at = console.now().toISOString();
  const reason = reasonOf(options.reason);
  return (what) => ({ at, evidence: { source: 'office', key: `office:${what}:${at}`, reason } });
}

/** An entry about a person of a company, by the office. */
export function addition(
  kind: 'manager-added' | 'manager-removed' | 'person-added' | 'person-removed',
  company: string,
  person: { readonly accountId: number; readonly login: string },
  act: Act,
): Entry {
  return { kind, company, person, by: null, ...act(`${company}:${kind}:${person.accountId}`) };
}

/** The record of a company whose agreement is in force. Throws `UsageError`. */
export async function inForce(store: Pick<Store, 'company'>, id: string): Promise<CompanyRecord> {
  const record = await store.company(id);
  if (record?.until === null) return record;
  const what = record
    ? `The agreement of ${id} ended at ${record.until}`
    : `No company has signed under the short name ${visible(id)}`;
  throw new UsageError(`${what}; nothing was changed. \`steward cla company list\` shows all.`);
}

/** Enters a change to a company whose agreement is in force, unless `wrong` says why not; then tells it. */
export async function change(
  id: string,
  options: ActOptions,
  bureau: Bureau,
  entry: Entry,
  wrong: (record: CompanyRecord) => string | null,
  text: string,
): Promise<number> {
  const again = await bureau.office.writing(async (desk) => {
    const refusal = wrong(await inForce(desk.store, id));
    if (refusal !== null) throw new UsageError(`${refusal}; nothing was changed.`);
    await enterAll(desk.store, [entry]);
    return lookAgain([entry], desk);
  });
  const judged = againText(again);
  return done(bureau, options, { ...entry, again }, [text, ...(judged === null ? [] : [judged])]);
}

/** Enters everything, or throws. */
export async function enterAll(store: Pick<Store, 'enter'>, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) {
    if (!(await store.enter(entry)))
      throw new Error('The same was entered in this very moment. Look with `steward cla company show`.');
  }
}

/** Prints what was done. */
export async function done({ console }: Bureau, { format }: ActOptions, told: object, lines: readonly string[]): Promise<number> {
  await console.out(format === 'json' ? `${JSON.stringify(told, null, 2)}\n` : `${lines.join('\n')}\n`);
  return EXIT.fine;
}

/** How accounts are found where only a login is given. */
export function githubOf({ github, console }: Bureau): () => Finder {
  return (
    github ??
    (() =>
      byGithub((milliseconds) => {
        console.note(`GitHub's rate limit is used up; going on in ${Math.ceil(milliseconds / 60_000)} min.`);
      }))
  );
}
