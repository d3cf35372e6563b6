/** Whether a company that signed a corporate agreement covers somebody. */
import { NOREPLY_DOMAIN } from '../../facts/github-addresses.ts';
import type { Company, Membership, Span } from '../../facts/source.ts';
import type { Agreement } from './options.ts';
import { addressOf, type Participant } from './people.ts';
import { WORTH, worthOf, type Times, type Worth } from './versions.ts';

/** What makes somebody one of the company's people. */
export type Ground =
  | { readonly by: 'account' }
  | { readonly by: 'domain'; readonly domain: string }
  | { readonly by: 'organization'; readonly login: string };

export interface Cover {
  readonly company: Company;
  readonly agreement: Agreement;
  readonly worth: Worth;
  readonly ground: Ground;
  /** Whether somebody belongs to the company's organization could not be told. */
  readonly isCertain: boolean;
}

/** What cover depends on beside the person: when the contribution was opened, what time it is, and who belongs where. */
export interface Circumstances extends Times {
  readonly memberships: readonly Membership[];
}

/** The best cover that companies give somebody; null: none does. */
export function coverOf(
  participant: Participant,
  companies: readonly Company[],
  agreements: readonly Agreement[],
  at: Circumstances,
): Cover | null {
  const covers = companies.flatMap((company): readonly Cover[] => {
    const agreement = agreements.find(({ id, kind }) => id === company.agreement && kind === 'corporate');
    if (!agreement) return [];
    const worth = worthOf(company.version, agreement, at);
    return groundsOf(participant, company, at).map((found) => ({ company, agreement, worth, ...found }));
  });
  return covers.sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

/** What counts for certain, then what counts if it can be told, then what no longer counts. */
function rank({ worth, isCertain }: Cover): number {
  return worth === 'outdated' ? 0 : (isCertain ? 10 : 5) + WORTH.indexOf(worth);
}

type Found = Pick<Cover, 'ground' | 'isCertain'>;

function groundsOf(participant: Participant, company: Company, at: Circumstances): readonly Found[] {
  const { account } = participant;
  const counts = (span: Span): boolean => counted([company, span], at);
  const found: Found[] = [];
  if (company.accounts.some((one) => one.accountId === account.id && counts(one))) {
    found.push({ ground: { by: 'account' }, isCertain: true });
  }
  const domains = domainsOf(participant);
  for (const one of company.domains) {
    if (domains.has(one.domain) && one.domain !== NOREPLY_DOMAIN && counts(one)) {
      found.push({ ground: { by: 'domain', domain: one.domain }, isCertain: true });
    }
  }
  const organizations = account.kind === 'User' ? company.organizations.filter(counts) : [];
  for (const one of organizations) {
    const belongs = at.memberships.find(
      ({ accountId, group }) => accountId === account.id && group === `organization:${one.login}`,
    )?.belongs;
    if (belongs !== false) found.push({ ground: { by: 'organization', login: one.login }, isCertain: belongs === true });
  }
  return found;
}

/**
 * Whole domains of the addresses that GitHub links to this account: it verified that they are its own.
 * A subdomain is another domain, and so is one that only ends alike.
 */
function domainsOf({ deeds }: Participant): ReadonlySet<string> {
  return new Set(deeds.map(({ person }) => addressOf(person.email).replace(/^.*@/, '')));
}

/** All spans hold together at some time between the opening of the contribution and now. Leaving later ends nothing. */
function counted(spans: readonly Span[], { openedAt, now }: Circumstances): boolean {
  const from = Math.max(...spans.map((span) => Date.parse(span.from)));
  const until = Math.min(...spans.map((span) => (span.until === null ? Infinity : Date.parse(span.until))));
  return from < until && from <= Date.parse(now) && until > Date.parse(openedAt);
}
