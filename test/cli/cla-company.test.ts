/** What the office enters about companies: what they signed, who manages them, whom they cover, and how domains are proven. */
import { describe, expect, test } from '@jest/globals';
import { addCompany, endCompany, type AddOptions } from '../../src/cli/cla/company.ts';
import type { Bureau } from '../../src/cli/cla/company-act.ts';
import { changeOrganization, changePerson } from '../../src/cli/cla/company-cover.ts';
import { addDomain, removeDomain } from '../../src/cli/cla/company-domain.ts';
import { listCompanies, showCompany } from '../../src/cli/cla/company-list.ts';
import type { Office } from '../../src/cli/cla/desk.ts';
import { domainOf } from '../../src/cli/cla/domain.ts';
import { byTable } from '../../src/cli/cla/import/accounts.ts';
import { run } from '../../src/cli/program.ts';
import { stage } from '../store/stage.ts';
import { CCLA, companySigned } from '../store/entries.ts';
import { aConsole, type KeptConsole } from '../support/console.ts';
import { SQLITE } from '../support/databases.ts';

const { store } = stage(SQLITE);
const office: Office = {
  reading: (work) => work(store()),
  writing: (work) => work({ store: store(), jobs: store().jobs }),
};
const because = { reason: 'Their letter of 2026-01-01.', format: 'text' } as const;
const signing: AddOptions = {
  ...because,
  name: 'Globex, Inc.',
  agreement: 'Acme/Corporate',
  version: '1.0',
  manager: ['bob:102'],
};

let seconds = 0;

interface Done {
  readonly code: number;
  readonly out: string;
  readonly notes: string;
}

/** Does something a second later than what was done before. */
async function act(work: (bureau: Bureau) => Promise<number>, given: Partial<Bureau> = {}): Promise<Done> {
  seconds += 1;
  const now = new Date(Date.UTC(2026, 0, 2) + seconds * 1000);
  const console: KeptConsole = { ...aConsole(), now: () => now };
  const github = () => byTable('ada,101\nbob,102\n');
  const code = await work({ office, console, github, ...given });
  return { code, out: console.printed(), notes: console.noted() };
}

const globex = () => store().company('globex');

describe('a company', () => {
  test('signs with its managers, on the word of the office', async () => {
    const { code, out } = await act((bureau) => addCompany('globex', { ...signing, manager: ['bob:102', 'Ada'] }, bureau));
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Globex, Inc. has signed acme/corporate 1.0 under the short name globex; @bob (102), @ada (101) manage it.\n',
    });
    expect(await globex()).toMatchObject({
      name: 'Globex, Inc.',
      agreement: CCLA,
      version: '1.0',
      until: null,
      managers: [{ accountId: 102 }, { accountId: 101 }],
    });
    const [first] = await store().entries(0, 1);
    expect(first?.entry).toMatchObject({ by: null, evidence: { source: 'office', reason: because.reason } });
  });

  test('may sign a further version or agreement; the same twice is refused', async () => {
    await act((bureau) => addCompany('globex', signing, bureau));
    await act((bureau) => addCompany('globex', { ...signing, version: '2.0' }, bureau));
    expect((await store().companies()).length).toBe(1);
    await expect(act((bureau) => addCompany('globex', { ...signing, version: '2.0' }, bureau))).rejects.toThrow(
      'globex has signed acme/corporate 2.0 already; nothing was changed.',
    );
  });

  test('does not sign what people sign', async () => {
    const kept = { title: 'ICLA', text: 'x', digest: 'a'.repeat(64), source: 'https://acme.example', at: '2025-01-01T00:00:00Z' };
    await store().keepAgreement({ ...kept, agreement: 'acme/cla', version: '1.0', kind: 'individual' });
    await expect(act((bureau) => addCompany('globex', { ...signing, agreement: 'acme/cla' }, bureau))).rejects.toThrow(
      'is an individual agreement',
    );
  });

  test.each<[string, Partial<AddOptions>, string]>([
    ['Globex', {}, 'Globex is no short name'],
    ['globex', { name: ' ' }, '--name is the full name'],
    ['globex', { version: 'v1' }, 'is no version'],
    ['globex', { manager: ['nobody'] }, 'knows no account called nobody'],
    ['globex', { manager: ['102'] }, '102 names no account for certain. Wanted: LOGIN:ID'],
    ['globex', { reason: '' }, '--reason says why'],
  ])('%s with %j is refused', async (id, given, message) => {
    await expect(act((bureau) => addCompany(id, { ...signing, ...given }, bureau))).rejects.toThrow(message);
    expect(await store().companies()).toEqual([]);
  });

  test('ends, and then nothing about it can be changed', async () => {
    await store().enter(companySigned());
    expect((await act((bureau) => endCompany('globex', because, bureau))).out).toContain('has ended');
    expect((await globex())?.until).not.toBeNull();
    await expect(act((bureau) => endCompany('globex', because, bureau))).rejects.toThrow('The agreement of globex ended at');
    await expect(act((bureau) => endCompany('initech', because, bureau))).rejects.toThrow(
      'No company has signed under the short name initech; nothing was changed.',
    );
  });
});

describe('whom it covers', () => {
  test('people and managers come and go by their accounts', async () => {
    await store().enter(companySigned());
    const person = (kind: 'person-added' | 'person-removed' | 'manager-added' | 'manager-removed', who: string) =>
      act((bureau) => changePerson(kind, 'globex', who, because, bureau));
    expect((await person('person-added', 'ada:101')).out).toBe('@ada (101) is covered by globex.\n');
    expect((await person('manager-added', '@bob')).out).toBe('@bob (102) manages globex.\n');
    expect(await globex()).toMatchObject({ people: [{ accountId: 101 }], managers: [{ accountId: 102 }] });
    await expect(person('person-added', 'ada:101')).rejects.toThrow('@ada is covered by globex already; nothing was changed.');
    expect((await person('person-removed', 'ada:101')).out).toBe('@ada (101) is no longer covered by globex.\n');
    expect((await person('manager-removed', 'bob:102')).out).toBe('@bob (102) no longer manages globex.\n');
    await expect(person('person-removed', 'ada:101')).rejects.toThrow('@ada is not on the list of globex; nothing was changed.');
    await expect(person('manager-removed', 'bob:102')).rejects.toThrow('@bob does not manage globex; nothing was changed.');
    expect(await globex()).toMatchObject({ people: [], managers: [] });
  });

  test('organizations come and go by their login', async () => {
    await store().enter(companySigned());
    const organization = (kind: 'organization-added' | 'organization-removed', login: string) =>
      act((bureau) => changeOrganization(kind, 'globex', login, { ...because, format: 'json' }, bureau));
    expect(JSON.parse((await organization('organization-added', '@Globex-Dev')).out)).toMatchObject({ login: 'globex-dev' });
    await expect(organization('organization-added', 'globex-dev')).rejects.toThrow(
      'globex has the organization globex-dev already',
    );
    await organization('organization-removed', 'globex-dev');
    await expect(organization('organization-removed', 'globex-dev')).rejects.toThrow('globex has no organization globex-dev');
    await expect(organization('organization-added', 'a b')).rejects.toThrow('is no login of an organization');
  });
});

describe('a domain', () => {
  const domain = (
    options: { dns?: boolean; proof?: string },
    records: readonly (readonly string[])[] = [],
    name = 'globex.example',
  ) =>
    act((bureau) => addDomain('globex', name, { ...because, ...options }, bureau), {
      lookUp: (asked) => Promise.resolve(asked === `_steward.${domainOf(name)}` ? records : []),
    });

  test('is proven by a record that was told before; without it nothing is entered', async () => {
    await store().enter(companySigned());
    const first = await domain({ dns: true }, [['v=spf1 -all']]);
    expect(first.code).toBe(1);
    const value = /^_steward\.globex\.example\. TXT "(steward-verification=[0-9a-f]{40})"\n$/.exec(first.out)?.[1] ?? '';
    expect(value).not.toBe('');
    expect((await globex())?.domains).toEqual([]);
    // A long record comes in pieces.
    expect((await domain({ dns: true }, [['v=spf1 -all'], [value.slice(0, 30), value.slice(30)]])).code).toBe(0);
    expect((await globex())?.domains).toMatchObject([{ domain: 'globex.example', until: null }]);
    expect((await store().entries(1, 1))[0]?.entry).toMatchObject({
      evidence: { source: 'office', body: `_steward.globex.example TXT ${value}` },
    });
    await expect(domain({ dns: true }, [[value]])).rejects.toThrow('has the domain globex.example already');
    await act((bureau) => removeDomain('globex', 'GLOBEX.example', because, bureau));
    expect((await globex())?.domains).toMatchObject([{ until: expect.any(String) }]);
    await expect(act((bureau) => removeDomain('globex', 'globex.example', because, bureau))).rejects.toThrow('has no domain');
  });

  test('a record that was made for another register, or before the company signed again, proves nothing', async () => {
    await store().enter(companySigned());
    const record = async (): Promise<string> => /"(.*)"/.exec((await domain({ dns: true })).out)?.[1] ?? '';
    const before = await record();
    await store().enter(companySigned({ version: '2.0', at: '2026-02-02T00:00:00Z' }));
    expect(await record()).not.toBe(before);
    expect((await domain({ dns: true }, [[before]])).code).toBe(1);
  });

  test('is proven otherwise by what the office writes down; by nothing, or by both, it is not', async () => {
    await store().enter(companySigned());
    await expect(domain({})).rejects.toThrow('A domain counts only when it is proven');
    await expect(domain({ dns: true, proof: 'x' })).rejects.toThrow('either by --dns, or by --proof');
    expect((await domain({ proof: 'Extract from the registry of domains' })).code).toBe(0);
    expect((await store().entries(1, 1))[0]?.entry).toMatchObject({ evidence: { body: 'Extract from the registry of domains' } });
  });

  test.each([
    ['Globex.Example.', 'globex.example'],
    ['@globex.example', 'globex.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('%s is %s', (given, domain) => {
    expect(domainOf(given)).toBe(domain);
  });

  test.each(['*.globex.example', 'globex', 'pm@globex.example', 'https://globex.example', '', '-a.example', '10.0.0.1'])(
    '%j is no whole domain',
    (given) => {
      expect(() => domainOf(given)).toThrow('is no domain');
    },
  );

  test.each(['gmail.com', 'users.noreply.github.com'])(
    '%s covers nobody, because everybody can have an address there',
    (given) => {
      expect(() => domainOf(given)).toThrow('so it covers nobody');
    },
  );
});

test('whom a domain or an organization covers cannot be told from here, so everything of every served account is looked at', async () => {
  await store().enter(companySigned());
  await store().transaction(async (transaction) => {
    await store().keepInstallation(transaction, { owner: 'acme', id: 1, isSuspended: false });
    await store().keepInstallation(transaction, { owner: 'sleeping', id: 2, isSuspended: true });
  });
  const organization = await act((bureau) => changeOrganization('organization-added', 'globex', 'globex-dev', because, bureau));
  expect(organization.out).toBe(
    'globex covers members of the organization globex-dev.\nLooked at again: all open pull requests of 1 account.\n',
  );
  expect((await store().jobs.counts()).waiting).toBe(1);
  const removed = await act((bureau) => changeOrganization('organization-removed', 'globex', 'globex-dev', because, bureau));
  expect(removed.out).not.toContain('again');
});

test('the list tells what is in force, and show tells everything about one', async () => {
  await store().enter(companySigned());
  await act((bureau) => changePerson('person-added', 'globex', 'ada:101', because, bureau));
  await act((bureau) => changePerson('manager-added', 'globex', 'bob:102', because, bureau));
  await act((bureau) => addDomain('globex', 'globex.example', { ...because, proof: 'x' }, bureau));
  await store().enter(companySigned({ company: 'initech', name: 'Initech' }));
  await act((bureau) => endCompany('initech', because, bureau));
  const list = await act(({ console }) => listCompanies({ format: 'text' }, office, console));
  expect(list.out).toBe(
    'globex  Globex, Inc.  acme/corporate 1.0  since 2026-01-01  1 people, 1 domains, 0 organizations\n' +
      'initech  Initech  acme/corporate 1.0  ended 2026-01-02\n',
  );
  const show = await act(({ console }) => showCompany('globex', { format: 'text' }, office, console));
  expect(show.out).toContain('  managed by @bob (102)\n  covers @ada (101)\n  domain globex.example since 2026-01-02\n');
  const json = await act(({ console }) => showCompany('globex', { format: 'json' }, office, console));
  expect(JSON.parse(json.out)).toMatchObject([{ id: 'globex', people: [{ accountId: 101 }] }]);
  await expect(act(({ console }) => showCompany('hooli', { format: 'json' }, office, console))).rejects.toThrow('No company');
});

test.each([
  ['cla', 'verify'],
  ['cla', 'head'],
  ['cla', 'export'],
  ['cla', 'import'],
  ['cla', 'who'],
  ['cla', 'revoke'],
  ['cla', 'erase'],
  ['cla', 'company', 'add'],
  ['cla', 'company', 'end'],
  ['cla', 'company', 'manager', 'remove'],
  ['cla', 'company', 'person', 'add'],
  ['cla', 'company', 'organization', 'add'],
  ['cla', 'company', 'domain', 'add'],
  ['cla', 'company', 'list'],
  ['cla', 'company', 'show'],
])('the help of steward %s %s has examples and exit codes, and needs no register', async (...words) => {
  const console = aConsole();
  expect(await run([...words, '--help'], console)).toBe(0);
  expect(console.printed()).toMatch(/Examples:\n {2}\$ [^]*steward cla [^]*Exit codes:/);
  expect(console.printed()).toContain('--format');
});

test('the version of an agreement is not taken for the version of the program', async () => {
  const console = aConsole();
  const words = 'cla import /no/such/file --from clabot --agreement acme/cla --version 1.0 --offline'.split(' ');
  expect(await run(words, console)).toBe(2);
  expect(console.noted()).toContain('/no/such/file cannot be read: there is no such file.');
  expect(await run(['--version'], console)).toBe(0);
});

test('an act without a reason is bad usage', async () => {
  const console = aConsole();
  expect(await run(['cla', 'company', 'end', 'globex'], console)).toBe(2);
  expect(console.noted()).toContain("required option '--reason <words>'");
});
