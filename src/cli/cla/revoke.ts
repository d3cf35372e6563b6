/** `steward cla revoke` and `steward cla erase`: how the office ends a signature, and how it forgets a person. */
import { randomUUID } from 'node:crypto';
import type { Evidence } from '../../facts/register.ts';
import { visible } from '../../facts/words.ts';
import { EXIT, type Console } from '../console.ts';
import { UsageError } from '../repository.ts';
import { agreementName, reasonOf } from './given.ts';
import type { Office } from './desk.ts';
import { entriesOf, peopleIn, personIn } from './entries.ts';
import type { RegisterFormat } from './verify.ts';

export interface RevokeOptions {
  readonly agreement: string;
  readonly reason: string;
  readonly format: RegisterFormat;
}

/** Ends what an account signed of an agreement, for pull requests opened from now on. */
export async function revoke(name: string, options: RevokeOptions, office: Office, console: Console): Promise<number> {
  const agreement = agreementName(options.agreement);
  const reason = reasonOf(options.reason);
  const at = console.now().toISOString();
  const person = await office.writing(async ({ store }) => {
    const { accountId, login } = await personIn(store, name);
    const { signatures } = await store.register([agreement], [accountId]);
    if (!signatures.some(({ until }) => until === null)) {
      throw new UsageError(`No signature of ${agreement} by ${visible(login)} (${accountId}) is in force; nothing was changed.`);
    }
    const evidence: Evidence = { source: 'office', key: `office:revoked:${agreement}:${accountId}:${at}`, reason };
    await store.enter({ kind: 'revoked', agreement, person: { accountId, login }, evidence, at });
    return { accountId, login };
  });
  const text = `What @${visible(person.login)} (${person.accountId}) signed of ${agreement} is revoked. Pull requests opened before keep it.\n`;
  await console.out(
    options.format === 'json' ? `${JSON.stringify({ kind: 'revoked', at, agreement, person }, null, 2)}\n` : text,
  );
  return EXIT.fine;
}

export interface EraseOptions {
  readonly reason: string;
  readonly yes?: boolean;
  readonly format: RegisterFormat;
}

/** Erases what the register holds on an account; without `yes` it only tells what would go and what would stay. */
export async function erase(id: string, options: EraseOptions, office: Office, console: Console): Promise<number> {
  if (!/^[1-9]\d{0,14}$/.test(id)) {
    throw new UsageError(`${visible(id)} is not the id of an account. \`steward cla who LOGIN\` prints the id.`);
  }
  const accountId = Number(id);
  const reason = reasonOf(options.reason);
  if (!options.yes) return announce(accountId, options.format, office, console);
  const at = console.now().toISOString();
  const evidence: Evidence = { source: 'office', key: `office:erased:${randomUUID()}`, reason };
  const entries = await office.writing(({ store }) => store.erase(accountId, evidence, at));
  const text =
    entries === 0
      ? `The register holds nothing on account ${accountId}.\n`
      : `Erased: ${entries} ${entries === 1 ? 'entry' : 'entries'} that named account ${accountId}. ${STAYS}\n`;
  await console.out(
    options.format === 'json' ? `${JSON.stringify({ kind: 'erased', at, accountId, entries }, null, 2)}\n` : text,
  );
  return EXIT.fine;
}

const STAYS =
  'What stays of each is a tombstone: kind, time, agreement and version, and the digests by which the chain still verifies. ' +
  'The salts are gone with the data, so nobody can try out whom a digest stands for. The erasure and its reason are an entry themselves. ' +
  'Copies outside are not reached: comments on GitHub, exports, backups.';

async function announce(accountId: number, format: RegisterFormat, office: Office, console: Console): Promise<number> {
  const sequences = await office.reading(async (store) => {
    const found: number[] = [];
    for await (const one of entriesOf(store)) {
      if (peopleIn(one).some((person) => person.accountId === accountId)) found.push(one.sequence);
    }
    return found;
  });
  if (format === 'json') await console.out(`${JSON.stringify({ kind: 'would-erase', accountId, sequences }, null, 2)}\n`);
  if (sequences.length === 0) console.note(`The register holds nothing on account ${accountId}.`);
  else {
    console.note(`Account ${accountId} is named in ${sequences.length === 1 ? 'entry' : 'entries'} ${sequences.join(', ')}.`);
    console.note(`Erasing cannot be undone, and the account's signatures end with it. ${STAYS}`);
    console.note('Nothing has been erased. Add --yes to do it.');
  }
  return EXIT.usage;
}
