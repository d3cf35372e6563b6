/** What a policy can say about agreements, and what it cannot. */
import { describe, expect, test } from '@jest/globals';
import { options } from '../src/rules/cla/options.ts';

const agreement = { id: 'icla', title: 'Acme Agreement', version: '1.2', text: 'acme/legal:icla.md@main', since: '2026-01-31' };
const exemption = { account: 'renovate[bot]', id: 29139614, reason: 'Updates.' };

const isTaken = (changes: object): boolean => options.safeParse({ agreements: [{ ...agreement, ...changes }] }).success;
const isExempt = (changes: object): boolean => options.safeParse({ exempt: [{ ...exemption, ...changes }] }).success;

test('an agreement is for individuals, with two weeks of grace, unless said otherwise', () => {
  expect(options.parse({ agreements: [agreement] })).toEqual({
    agreements: [{ ...agreement, kind: 'individual', graceDays: 14 }],
    signers: ['authors', 'opener'],
    exempt: [],
  });
});

describe('an agreement', () => {
  test.each(['https://acme.example/icla.txt', 'acme/legal:icla.md', 'acme/.github:docs/icla.md@v1.0', 'acme/legal:icla.md@main'])(
    'has its text at %s',
    (text) => {
      expect(isTaken({ text })).toBe(true);
    },
  );

  test.each([
    ...[
      'http://acme.example/icla.txt',
      'https://jane:secret@acme.example/',
      'https://',
      'acme/legal',
      'icla.md',
      'acme/legal:',
      '',
    ],
    ...['acme/legal:../icla.md', 'acme/legal:/icla.md', 'acme/legal:a//b', 'acme/legal:icla.md@', 'file:///icla.md'],
  ])('has no text at %j', (text) => {
    expect(isTaken({ text })).toBe(false);
  });

  test.each([...['', ' CLA', 'CLA ', 'A\nB', 'A\u2028B', 'A\u200bB', '\u202eALC', 'A\tB', 'e\u0301', 'x'.repeat(201)]])(
    'is not called %j',
    (title) => {
      expect(isTaken({ title })).toBe(false);
    },
  );

  test.each(['1', '1.2', '1.2.3', '2026.1'])('has a version such as %s', (version) => {
    expect(isTaken({ version })).toBe(true);
  });

  test.each(['', 'v1', '1.', '1.2.3.4', 'one', '1-beta', 1.2])('has no version such as %j', (version) => {
    expect(isTaken({ version })).toBe(false);
  });

  test('has a day, a short name and at most a year of grace', () => {
    expect([{ since: '2026-02-30' }, { since: 'today' }, { id: 'ICLA' }, { id: '' }, { graceDays: 366 }].filter(isTaken)).toEqual(
      [],
    );
    expect([{ graceDays: 0 }, { graceDays: 365 }].filter(isTaken).length).toBe(2);
  });

  test('has an id of its own', () => {
    const { error } = options.safeParse({ agreements: [agreement, { ...agreement, version: '2' }] });
    expect(error?.issues.map(({ path, message }) => [path, message])).toEqual([
      [['agreements', 1, 'id'], 'Agreement 1 of the list has this id; each needs an id of its own.'],
    ]);
  });
});

test('somebody is always asked', () => {
  expect(options.safeParse({ signers: [] }).success).toBe(false);
});

test('an exemption has an id, a reason and the kind that its login shows', () => {
  expect([{}, { until: '2026-12-31' }, { account: 'jane', kind: 'User' }, { account: 'copilot' }].filter(isExempt).length).toBe(
    4,
  );
  const refused = [
    { id: 0 },
    { id: '5' },
    { reason: ' ' },
    { kind: 'User' },
    { account: 'bot*' },
    { account: '@jane' },
    { until: 'soon' },
  ];
  expect(refused.filter(isExempt)).toEqual([]);
});
