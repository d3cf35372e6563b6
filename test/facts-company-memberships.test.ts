/** Memberships of companies' organizations: asked only about people who need them, and never guessed. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../src/facts/answer.ts';
import { companyMemberships } from '../src/facts/company-memberships.ts';
import { interview } from '../src/facts/gather.ts';
import type { AgreementSignature, Company, Membership, Source, Span } from '../src/facts/source.ts';
import { aCommit, anAccount, aSource } from './support/builders.ts';

const bob = anAccount('bob', 2);
const bot = anAccount('renovate[bot]', 3, 'Bot');
const ALWAYS: Span = { from: '2026-01-01T00:00:00Z', until: null };
const asked = [{ id: 'icla', version: '2' }];

function company(organizations: readonly (Span & { readonly login: string })[], span: Span = ALWAYS): Company {
  return { ...span, id: 'bar', name: 'Bar', agreement: 'ccla', version: '2', accounts: [], domains: [], organizations };
}

function signed(accountId: number, version: string, until: string | null = null): AgreementSignature {
  return { agreement: 'icla', version, accountId, at: '2026-01-01T00:00:00Z', until };
}

function sourceOf(companies: readonly Company[], signatures: readonly AgreementSignature[], memberships?: Source['memberships']) {
  return aSource({
    base: {},
    commits: [aCommit('One', { authorAccount: bob, coAuthors: [{ name: 'R', email: 'r@example.org', account: bot }] })],
    instead: {
      register: () => Promise.resolve(known({ companies, signatures })),
      memberships:
        memberships ??
        ((accounts, groups) =>
          Promise.resolve(known(accounts.flatMap(({ id }) => groups.map((group) => ({ accountId: id, group, belongs: true })))))),
    },
  });
}

const pair = (accountId: number, login: string, belongs: boolean | null = true): Membership => ({
  ...{ accountId, group: `organization:${login}`, belongs },
});

describe('memberships of companies', () => {
  test('are asked of everybody who has not signed, in every organization that a company names', async () => {
    const source = sourceOf(
      [
        company([
          { ...ALWAYS, login: 'bar' },
          { ...ALWAYS, login: 'bar-labs' },
        ]),
      ],
      [signed(1, '2.3')],
    );
    expect(await interview(source)(companyMemberships(asked))).toEqual(known([pair(2, 'bar'), pair(2, 'bar-labs')]));
  });

  test('are asked of those whose signature is of an earlier major version or revoked', async () => {
    const source = sourceOf([company([{ ...ALWAYS, login: 'bar' }])], [signed(1, '1.9'), signed(2, '2', '2026-03-01T00:00:00Z')]);
    expect(await interview(source)(companyMemberships(asked))).toEqual(known([pair(1, 'bar'), pair(2, 'bar')]));
  });

  test.each([
    ['no company names an organization', [company([])], []],
    ['everybody has signed', [company([{ ...ALWAYS, login: 'bar' }])], [signed(1, '2'), signed(2, '2')]],
    ['the organization was taken back before', [company([{ ...ALWAYS, until: '2026-02-01T00:00:00Z', login: 'bar' }])], []],
    ['the company ended before', [company([{ ...ALWAYS, login: 'bar' }], { ...ALWAYS, until: '2026-02-01T00:00:00Z' })], []],
  ])('cost nothing where %s', async (_, companies, signatures) => {
    const source = sourceOf(companies, signatures);
    expect(await interview(source)(companyMemberships(asked))).toEqual(known([]));
    expect(source.asked).not.toContain('memberships');
  });

  test('that cannot be told stay untold for each person, so that those who signed do not wait', async () => {
    const source = sourceOf([company([{ ...ALWAYS, login: 'bar' }])], [signed(1, '2')], () => Promise.resolve(unknown('403')));
    expect(await interview(source)(companyMemberships(asked))).toEqual(known([pair(2, 'bar', null)]));
  });

  test('nobody is asked anything where no agreement is named', async () => {
    const source = sourceOf([], []);
    expect(await interview(source)(companyMemberships([]))).toEqual(known([]));
    expect(source.asked).not.toContain('register');
  });
});
