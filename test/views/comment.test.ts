/** The comment changes only when the result changes, and is posted only when something is asked. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { code, quote, words } from '../../src/facts/words.ts';
import { comment } from '../../src/views/comment.ts';
import { COMMENT_MARKER } from '../../src/views/effect.ts';
import { aFinding, aPass, aRepositoryVerdict, aRuleVerdict, aVerdict } from '../support/verdicts.ts';

const sha = fc.string({ unit: fc.constantFrom('0', '1', '7', 'a', 'c', 'f'), minLength: 40, maxLength: 40 });

test('twenty pushes with the same result leave one and the same body', () => {
  const body = (shas: readonly string[], head: string): string | undefined =>
    comment(
      aVerdict({
        sha: head,
        at: `2026-01-01T00:00:${String(shas.length).padStart(2, '0')}.000Z`,
        rules: [
          aRuleVerdict({
            headline: `${shas.length} commits need a sign-off`,
            findings: shas.map((id) =>
              aFinding({
                about: id,
                says: words`Commit ${code(id)} has no sign-off.`,
                commands: [`git rebase --signoff ${id}`],
                reply: 'I certify.',
              }),
            ),
          }),
        ],
      }),
    )?.body;
  const first = body(['a'.repeat(40)], 'b'.repeat(40));
  fc.assert(fc.property(fc.array(sha, { minLength: 1, maxLength: 20 }), sha, (shas, head) => body(shas, head) === first));
});

test('findings about files are listed in the same order, however they come', () => {
  const finding = (about: string) => aFinding({ about, says: words`There is no ${code(about)}.` });
  const body = (abouts: readonly string[]) =>
    comment(aVerdict({ rules: [aRuleVerdict({ on: 'repository', findings: abouts.map(finding) })] }))?.body;
  expect(body(['a', 'b'])).toBe(body(['b', 'a']));
  expect(body(['a', 'b'])).toContain('- There is no `b`.');
});

test('it is posted when something required or recommended fails, and only edited otherwise', () => {
  const mode = (enforce: 'observe' | 'warn' | 'block', isExisting = false) =>
    comment(aVerdict({ rules: [aRuleVerdict({ enforce, findings: [aFinding({ isExisting })] })] }))?.mode;
  expect([mode('block'), mode('warn'), mode('observe'), mode('block', true)]).toEqual([
    'upsert',
    'upsert',
    'edit-only',
    'edit-only',
  ]);
});

test('while nothing fails but something is not known yet, what stands there stays', () => {
  const rules = [aRuleVerdict({ findings: [aFinding({ outcome: 'unknown' })] })];
  expect(comment(aVerdict({ rules }))).toBeNull();
});

test('repositories and merge groups have no comment', () => {
  const rules = [aRuleVerdict({ findings: [aFinding()] })];
  expect(comment(aRepositoryVerdict({ rules }))).toBeNull();
  expect(
    comment(aVerdict({ rules, subject: { kind: 'merge-group', owner: 'a', repo: 'b', number: 1, headSha: 'c' } })),
  ).toBeNull();
});

test('the first line is the hidden marker', () => {
  const rules = [aRuleVerdict({ findings: [aPass(words`Fine.`)] })];
  expect(comment(aVerdict({ rules }))?.body.split('\n')[0]).toBe(COMMENT_MARKER);
});

test('people who have to sign are named, in the same order, whichever commits they made', () => {
  const person = (login: string, id: number, commit: string) =>
    aFinding({
      ...{ about: `account:${id}`, commits: [commit], accountId: id, isLasting: true },
      says: words`${quote(login)}, who authored ${code(commit)}, has not signed.`,
      briefly: words`${quote(login)} has not signed.`,
      fix: words`It is about ${code(commit)}.`,
      reply: 'I have read and agree to the Agreement, version 1.',
      page: 'https://steward.example.org/cla',
    });
  const body = (...people: readonly [string, number, string][]) =>
    comment(aVerdict({ rules: [aRuleVerdict({ findings: people.map((one) => person(...one)) })] }))?.body;
  expect(body(['ada', 1, 'aaaaaaa'], ['eve', 2, 'bbbbbbb'])).toBe(body(['eve', 2, 'ccccccc'], ['ada', 1, 'ddddddd']));
  expect(body(['ada', 1, 'aaaaaaa'])).toContain('- ada has not signed.');
  expect(body(['ada', 1, 'aaaaaaa'], ['eve', 2, 'bbbbbbb'])?.match(/I have read and agree/g)).toHaveLength(1);
  expect(body(['ada', 1, 'aaaaaaa'])).toContain('Or sign on [this page](https://steward.example.org/cla).');
});

test('whoever has signed is thanked by an edit, never by a new comment', () => {
  const findings = [aFinding({ outcome: 'pass', about: 'account:1', isLasting: true, says: words`ada has signed.` })];
  const told = comment(aVerdict({ rules: [aRuleVerdict({ title: 'Everybody has signed', findings })] }));
  expect(told).toMatchObject({ mode: 'edit-only', body: expect.stringContaining('✅ Everybody has signed. Thank you.') });
});

test('where one of two ways is enough, that is said', () => {
  const either = { ...aVerdict().policy, certification: 'either' } as const;
  const rules = [aRuleVerdict({ findings: [aFinding()] })];
  expect(comment(aVerdict({ rules, policy: either }))?.body).toContain('one of the two is enough');
  expect(comment(aVerdict({ rules }))?.body).not.toContain('one of the two is enough');
});
