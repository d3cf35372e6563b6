/** `steward cla who`: what the register holds on an account. */
import type { Entered, Entry, RegisteredPerson } from '../../facts/register.ts';
import { visible } from '../../facts/words.ts';
import { EXIT, type Console } from '../console.ts';
import type { Office } from './desk.ts';
import { entriesOf, peopleCalled, peopleIn } from './entries.ts';
import type { RegisterFormat } from './verify.ts';

interface Held {
  readonly person: RegisteredPerson;
  readonly entries: readonly Entered[];
}

/** Prints every entry that names an account, by its id or a login it had. */
export async function who(
  name: string,
  { format }: { format: RegisterFormat },
  office: Office,
  console: Console,
): Promise<number> {
  const held = await office.reading(async (store) => {
    const people = await peopleCalled(store, name);
    const found: Held[] = [];
    for (const person of people) {
      const entries: Entered[] = [];
      for await (const one of entriesOf(store)) {
        if (peopleIn(one).some(({ accountId }) => accountId === person.accountId)) entries.push(one);
      }
      found.push({ person, entries });
    }
    return found;
  });
  if (format === 'json') await console.out(`${JSON.stringify(held, null, 2)}\n`);
  else if (held.length === 0)
    await console.out(`The register holds nothing on ${visible(name)}. What was erased cannot be found.\n`);
  else await console.out(held.map(textOf).join('\n'));
  return EXIT.fine;
}

function textOf({ person, entries }: Held): string {
  const lines = entries.map((one) => `  ${lineOf(one, person)}\n`);
  return `@${visible(person.login)}, account ${person.accountId}\n${lines.join('')}`;
}

function lineOf({ sequence, at, kind, entry }: Entered, { accountId }: RegisteredPerson): string {
  const isActor = entry !== null && !('person' in entry && entry.person.accountId === accountId);
  const parts = [String(sequence), at, kind, entry ? aboutOf(entry) : '', entry ? `(${entry.evidence.source})` : ''];
  return visible([...parts, ...(isActor ? ['entered it'] : [])].filter((part) => part !== '').join(' '));
}

function aboutOf(entry: Entry): string {
  if ('version' in entry) return `${'company' in entry ? `${entry.company}, ` : ''}${entry.agreement} ${entry.version}`;
  if ('agreement' in entry) return entry.agreement;
  return 'company' in entry ? entry.company : '';
}
