/** The comment changes only when the result changes, and is posted only when something is asked. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { code, words } from '../../src/facts/words.ts';
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
              aFinding({ about: id, says: words`Commit ${code(id)} has no sign-off.`, commands: [`git rebase --signoff ${id}`] }),
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
