/** `steward cla company domain`: the office adds domains that are proven, and takes them away. */
import { sha256 } from '../../facts/digest.ts';
import type { CompanyRecord, Entry, Evidence } from '../../facts/register.ts';
import { EXIT } from '../console.ts';
import { UsageError } from '../repository.ts';
import { actOf, change, inForce, type ActOptions, type Bureau } from './company-act.ts';
import { dnsLookUp, domainOf, isProven, proofOf } from './domain.ts';

export interface DomainOptions extends ActOptions {
  readonly dns?: boolean;
  readonly proof?: string;
}

/** Adds a domain that is proven by its DNS or in another way that is written down. Exit code 1 when the record is not there yet. */
export async function addDomain(id: string, given: string, options: DomainOptions, bureau: Bureau): Promise<number> {
  const domain = domainOf(given);
  const { dns = false, proof = '' } = options;
  if (dns === (proof.trim() !== '')) {
    throw new UsageError('A domain counts only when it is proven: either by --dns, or by --proof with how it was.');
  }
  let body = proof.trim();
  if (dns) {
    const record = await bureau.office.reading(async (store) => {
      await inForce(store, id);
      return proofOf(store, id, domain);
    });
    if (!(await isProven(record, bureau.lookUp ?? dnsLookUp))) {
      bureau.console.note(
        `The record is not there yet; nothing was changed. The owner of ${domain} adds this one, then repeat the command:`,
      );
      const json = JSON.stringify({ kind: 'record-wanted', ...record }, null, 2);
      await bureau.console.out(options.format === 'json' ? `${json}\n` : `${record.name}. TXT "${record.value}"\n`);
      return EXIT.blocking;
    }
    body = `${record.name} TXT ${record.value}`;
  }
  const act = actOf(options, bureau)(`domain-added:${id}:${domain}`);
  const evidence: Evidence = { ...act.evidence, body, digest: sha256(body) };
  const entry: Entry = { kind: 'domain-added', company: id, domain, by: null, ...act, evidence };
  const wrong = (record: CompanyRecord) => (holds(record.domains, domain) ? `${id} has the domain ${domain} already` : null);
  return change(id, options, bureau, entry, wrong, `${id} covers addresses at ${domain} that GitHub links to an account.`);
}

/** Takes a domain from a company. */
export function removeDomain(id: string, given: string, options: ActOptions, bureau: Bureau): Promise<number> {
  const domain = domainOf(given);
  const entry: Entry = {
    kind: 'domain-removed',
    company: id,
    domain,
    by: null,
    ...actOf(options, bureau)(`domain-removed:${id}:${domain}`),
  };
  const wrong = (record: CompanyRecord) => (holds(record.domains, domain) ? null : `${id} has no domain ${domain}`);
  return change(id, options, bureau, entry, wrong, `${id} no longer covers addresses at ${domain}.`);
}

function holds(domains: CompanyRecord['domains'], domain: string): boolean {
  return domains.some((one) => one.domain === domain && one.until === null);
}
