/** Companies as their entries tell them: what they signed, whom they cover and since when. */
import type { Company, Span } from '../facts/source.ts';
import type { CompanyRecord, Entry, RegisteredPerson } from '../facts/register.ts';
import { inTime } from './signatures.ts';

/** An entry about a company; those whose person was erased are left out. */
export type CompanyEntry = Extract<Entry, { readonly company: string }>;

/** Something that holds for a span of time. */
interface Held<T> {
  readonly what: T;
  readonly from: string;
  until: string | null;
}

interface Story {
  readonly signings: Held<{ readonly name: string; readonly agreement: string; readonly version: string }>[];
  readonly people: Held<RegisteredPerson>[];
  readonly managers: Held<RegisteredPerson>[];
  readonly domains: Held<string>[];
  readonly organizations: Held<string>[];
}

/**
 * A record for each version of each agreement that a company signed, oldest first. The end of a company ends everything:
 * one that signs again later begins with nobody.
 */
export function recordsOf(id: string, entries: readonly CompanyEntry[]): readonly CompanyRecord[] {
  const story: Story = { signings: [], people: [], managers: [], domains: [], organizations: [] };
  for (const entry of inTime(entries)) tell(story, entry);
  const current = (held: readonly Held<RegisteredPerson>[]) => held.filter(({ until }) => until === null).map(({ what }) => what);
  return story.signings.map(({ what, from, until }) => ({
    id,
    ...what,
    from,
    until,
    accounts: story.people.map((held) => ({ accountId: held.what.accountId, ...span(held) })),
    domains: story.domains.map((held) => ({ domain: held.what, ...span(held) })),
    organizations: story.organizations.map((held) => ({ login: held.what, ...span(held) })),
    managers: current(story.managers),
    people: current(story.people),
  }));
}

/** A record without the names of people, as rules see it. */
export function companyOf({
  id,
  name,
  agreement,
  version,
  from,
  until,
  accounts,
  domains,
  organizations,
}: CompanyRecord): Company {
  return { id, name, agreement, version, from, until, accounts, domains, organizations };
}

function tell(story: Story, entry: CompanyEntry): void {
  switch (entry.kind) {
    case 'company-signed': {
      const { name, agreement, version } = entry;
      const isThat = (one: { agreement: string; version: string }) => one.agreement === agreement && one.version === version;
      begin(story.signings, { name, agreement, version }, isThat, entry.at);
      break;
    }
    case 'company-ended':
      for (const held of Object.values(story) as Held<unknown>[][]) end(held, () => true, entry.at);
      break;
    case 'person-added':
      begin(story.people, entry.person, isPerson(entry.person), entry.at);
      break;
    case 'person-removed':
      end(story.people, isPerson(entry.person), entry.at);
      break;
    case 'manager-added':
      begin(story.managers, entry.person, isPerson(entry.person), entry.at);
      break;
    case 'manager-removed':
      end(story.managers, isPerson(entry.person), entry.at);
      break;
    case 'domain-added':
      begin(story.domains, entry.domain, (one) => one === entry.domain, entry.at);
      break;
    case 'domain-removed':
      end(story.domains, (one) => one === entry.domain, entry.at);
      break;
    case 'organization-added':
      begin(story.organizations, entry.login, (one) => one === entry.login, entry.at);
      break;
    case 'organization-removed':
      end(story.organizations, (one) => one === entry.login, entry.at);
      break;
  }
}

const isPerson = (person: RegisteredPerson) => (one: RegisteredPerson) => one.accountId === person.accountId;

/** What holds already goes on. */
function begin<T>(held: Held<T>[], what: T, isThat: (one: T) => boolean, at: string): void {
  if (!held.some((one) => one.until === null && isThat(one.what))) held.push({ what, from: at, until: null });
}

function end<T>(held: Held<T>[], isThat: (one: T) => boolean, at: string): void {
  for (const one of held) if (one.until === null && isThat(one.what)) one.until = at;
}

function span({ from, until }: Span): Span {
  return { from, until };
}
