/** `steward cla company list` and `show`: what companies signed, and whom they cover. */
import type { CompanyRecord } from '../../facts/register.ts';
import type { Span } from '../../facts/source.ts';
import { visible } from '../../facts/words.ts';
import { EXIT, type Console } from '../console.ts';
import { UsageError } from '../repository.ts';
import type { Office } from './desk.ts';
import type { RegisterFormat } from './verify.ts';

/** Prints a line for each agreement that a company signed. */
export async function listCompanies({ format }: { format: RegisterFormat }, office: Office, console: Console): Promise<number> {
  const companies = await office.reading((store) => store.companies());
  const text = companies.length === 0 ? 'No company has signed.\n' : companies.map((one) => `${lineOf(one)}\n`).join('');
  await console.out(format === 'json' ? `${JSON.stringify(companies, null, 2)}\n` : text);
  return EXIT.fine;
}

/** Prints everything about one company. Throws `UsageError` when none has that short name. */
export async function showCompany(
  id: string,
  { format }: { format: RegisterFormat },
  office: Office,
  console: Console,
): Promise<number> {
  const records = (await office.reading((store) => store.companies())).filter((one) => one.id === id);
  if (records.length === 0) throw new UsageError(`No company has signed under the short name ${visible(id)}.`);
  await console.out(format === 'json' ? `${JSON.stringify(records, null, 2)}\n` : records.map(textOf).join('\n'));
  return EXIT.fine;
}

function lineOf({ id, name, agreement, version, from, until, people, domains, organizations }: CompanyRecord): string {
  const now = (held: readonly Span[]): number => held.filter((one) => one.until === null).length;
  const cover = `${people.length} people, ${now(domains)} domains, ${now(organizations)} organizations`;
  return `${id}  ${visible(name)}  ${agreement} ${version}  ${until === null ? `since ${day(from)}  ${cover}` : `ended ${day(until)}`}`;
}

function textOf(record: CompanyRecord): string {
  const { managers, people, domains, organizations } = record;
  const person = ({ login, accountId }: { login: string; accountId: number }): string => `@${visible(login)} (${accountId})`;
  const span = (name: string, { from, until }: Span): string =>
    `${name} since ${day(from)}${until === null ? '' : ` until ${day(until)}`}`;
  return [
    lineOf(record),
    ...managers.map((one) => `  managed by ${person(one)}`),
    ...people.map((one) => `  covers ${person(one)}`),
    ...domains.map((one) => `  domain ${span(one.domain, one)}`),
    ...organizations.map((one) => `  organization ${span(one.login, one)}`),
    '',
  ].join('\n');
}

const day = (time: string): string => time.slice(0, 10);
