/** Who is asked to sign, at the edges: many people, strange names, addresses that belong to nobody. */
import { describe, expect, test } from '@jest/globals';
import { plain } from '../src/facts/words.ts';
import type { Commit, Contribution, LinkedPerson, Register } from '../src/facts/source.ts';
import { cla } from '../src/rules/cla/index.ts';
import type { Finding } from '../src/rules/rule.ts';
import { aCommit, aContribution, anAccount } from './support/builders.ts';

const agreement = {
  id: 'icla',
  title: 'Acme Agreement',
  version: '1',
  text: 'https://acme.example/icla.txt',
  since: '2026-01-01',
};
const EVERYBODY = ['authors', 'opener', 'committers', 'co-authors'];

interface Given {
  readonly commits: readonly Commit[];
  readonly contribution?: Contribution;
  readonly register?: Partial<Register>;
  readonly options?: object;
}

function found({ commits, contribution = aContribution(), register, options }: Given): readonly Finding[] {
  const facts = {
    ...{ commits, contribution, memberships: [], now: '2026-03-10T12:00:00Z' },
    texts: [{ id: 'icla', version: '1', digest: 'd' }],
    register: { signatures: [], companies: [], ...register },
  };
  return cla.check(facts, cla.options.parse({ agreements: [agreement], signers: EVERYBODY, ...options }));
}

const says = (findings: readonly Finding[]): readonly string[] => findings.map((finding) => plain(finding.says));
const by = (name: string, email: string, id: number | null): LinkedPerson => ({
  ...{ name, email },
  account: id === null ? null : anAccount(name, id),
});

describe('many people', () => {
  test('three hundred co-authors are each asked once, and three hundred commits are counted, not listed', () => {
    const coAuthors = Array.from({ length: 300 }, (_, index) => by(`friend-${index}`, `${index}@example.org`, 100 + index));
    const commits = Array.from({ length: 300 }, (_, index) =>
      aCommit(`Step ${index}`, { coAuthors, authorAccount: anAccount('jane', 1) }),
    );
    const findings = found({ commits });
    expect(findings.length).toBe(301);
    expect(new Set(findings.map(({ about }) => about)).size).toBe(301);
    expect(plain(findings[0]!.says)).toMatch(/authored \w{7}, \w{7}, \w{7} and 297 more commits, has not signed/);
    expect(Math.max(...says(findings).map((text) => text.length))).toBeLessThan(300);
    expect(findings.every(({ commits: ids }) => ids?.length === 300)).toBe(true);
    expect(cla.headline?.(findings)).toBe('301 of 301 people have not signed the agreement');
  });

  test('unknown people do not become one: each address is told for itself, whatever its capitals', () => {
    const commits = ['a@nowhere.example', 'b@nowhere.example', 'A@Nowhere.example'].map((email) =>
      aCommit(`By ${email}`, { author: { name: 'Somebody', email } }),
    );
    const findings = found({ commits, options: { signers: ['authors'] } });
    expect(findings.map(({ about }) => about)).toEqual(['address:a@nowhere.example', 'address:b@nowhere.example']);
    expect(findings.map(({ commits: ids }) => ids?.length)).toEqual([2, 1]);
    expect(cla.headline?.(findings)).toBe('A commit address belongs to no GitHub account');
  });
});

describe('strange names', () => {
  test('control characters and text that turns around are shown, cut, and never part of Steward’s own words', () => {
    const author = { name: `\u202eeoD enaJ\u0007${'x'.repeat(65_000)}`, email: `ja\u200bne@${'y'.repeat(65_000)}.example` };
    const [finding] = found({ commits: [aCommit('Fix', { author })], options: { signers: ['authors'] } });
    expect(plain(finding!.says).length).toBeLessThan(400);
    expect(plain(finding!.says)).toContain('\\u{202e}eoD enaJ\\u{7}xxx');
    expect(finding!.about).toMatch(/^address:[0-9a-f]{16}$/);
    expect(JSON.stringify(finding!.says)).not.toContain('\u202e');
  });

  test('an author without an address has nobody behind it', () => {
    const [finding] = found({
      commits: [aCommit('Fix', { author: { name: '', email: '' } })],
      options: { signers: ['authors'] },
    });
    expect(finding).toMatchObject({ outcome: 'fail', about: 'address:none' });
    expect(plain(finding!.says)).toMatch(
      /^No address tells which account is behind somebody without a name, who authored \w{7}, so/,
    );
    expect(plain(finding!.fix!)).toMatch(/^The commits need an address of an account: set an address/);
  });

  test('GitHub’s own identity as an author stands for nobody, and has signed nothing', () => {
    const github = { name: 'GitHub', email: 'NoReply@GitHub.com' };
    const commits = [aCommit('Fix', { author: github, authorAccount: anAccount('web-flow', 19_864_447) })];
    expect(found({ commits, options: { signers: ['authors'] } })).toMatchObject([
      { outcome: 'fail', about: 'address:noreply@github.com' },
    ]);
  });

  test('an address that only looks like a company’s is another one', () => {
    const companies = [
      {
        ...{ id: 'kelvin', name: 'Kelvin', agreement: 'ccla', version: '1', from: '2026-01-01T00:00:00Z', until: null },
        ...{ accounts: [], organizations: [] },
        domains: ['kelvin.example', 'users.noreply.github.com'].map((domain) => ({
          from: '2026-01-01T00:00:00Z',
          until: null,
          domain,
        })),
      },
    ];
    const agreements = [agreement, { ...agreement, id: 'ccla', kind: 'corporate' }];
    const covered = (email: string) => {
      const commits = [aCommit('Fix', { author: { name: 'Bob', email }, authorAccount: anAccount('bob', 2) })];
      return found({ commits, register: { companies }, options: { agreements, signers: ['authors'] } })[0]?.outcome;
    };
    expect(covered('bob@Kelvin.Example')).toBe('pass');
    expect(covered('bob@\u212aelvin.example')).toBe('fail');
    expect(covered('bob@kelvin.example.org')).toBe('fail');
    expect(covered('kelvin.example@elsewhere.org')).toBe('fail');
    expect(covered('2+bob@users.noreply.github.com')).toBe('fail');
  });
});

test('settings are those of the GitHub that the pull request is on', () => {
  const contribution = aContribution({ url: 'https://github.acme.example/acme/widget/pull/7' });
  const [finding] = found({ commits: [aCommit('Fix')], contribution, options: { signers: ['authors'] } });
  expect(finding!.fix).toContainEqual({ label: 'Settings → Emails', link: 'https://github.acme.example/settings/emails' });
});

test('nobody is named in a way that pings', () => {
  const [finding] = found({ commits: [aCommit('Fix', { authorAccount: anAccount('jane', 1) })] });
  expect(finding!.says[0]).toEqual({ quote: 'jane' });
});
