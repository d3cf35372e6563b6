/** The issue lists what a repository needs, with links that lead to the place of the smallest step. */
import { expect, test } from '@jest/globals';
import { code, words } from '../../src/facts/words.ts';
import { issue } from '../../src/views/issue.ts';
import { aFinding, aPass, aRepositoryVerdict, aRuleVerdict, aVerdict } from '../support/verdicts.ts';

test('only repositories have an issue', () => {
  expect(issue(aVerdict())).toBeNull();
});

test('links to create and edit files survive odd branch and file names', () => {
  const body = issue(
    aRepositoryVerdict({
      circumstances: { ...aRepositoryVerdict().circumstances, defaultBranch: 'release/1.x #ü' },
      rules: [
        aRuleVerdict({
          findings: [
            aFinding({ create: '.github/a b&c.md' }),
            aFinding({ about: 'b', says: words`${code('x')} is wrong.`, location: { path: 'docs/x?(1).md', line: 3 } }),
          ],
        }),
      ],
    }),
  )?.body;
  expect(body).toContain('https://github.com/acme/widget/new/release/1.x%20%23%C3%BC?filename=.github%2Fa%20b%26c.md)');
  expect(body).toContain('https://github.com/acme/widget/edit/release/1.x%20%23%C3%BC/docs/x%3F%281%29.md)');
});

test('the title does not change with the list', () => {
  const title = (count: number) =>
    issue(aRepositoryVerdict({ rules: [aRuleVerdict({ findings: Array.from({ length: count }, () => aFinding()) })] }))?.title;
  expect(title(1)).toBe(title(5));
});

test('it is open while a required or recommended rule fails, closed when none does, left alone while that is not known', () => {
  const state = (enforce: 'observe' | 'warn' | 'block', outcome: 'fail' | 'unknown' | 'pass') =>
    issue(aRepositoryVerdict({ rules: [aRuleVerdict({ enforce, findings: [aFinding({ outcome })] })] }))?.state ?? null;
  expect([state('block', 'fail'), state('warn', 'fail'), state('observe', 'fail')]).toEqual(['open', 'open', 'closed']);
  expect([state('block', 'pass'), state('block', 'unknown'), state('warn', 'unknown'), state('observe', 'unknown')]).toEqual([
    'closed',
    null,
    null,
    'closed',
  ]);
});

test('a policy commit alone does not edit the issue', () => {
  const verdict = aRepositoryVerdict({ rules: [aRuleVerdict({ findings: [aFinding(), aPass(words`Fine.`)] })] });
  const later = {
    ...verdict,
    sha: 'f'.repeat(40),
    policy: { ...verdict.policy, files: verdict.policy.files.map((file) => ({ ...file, commit: 'e'.repeat(40) })) },
  };
  expect(issue(later)).toEqual(issue(verdict));
});

test('ten thousand findings fit', () => {
  const findings = Array.from({ length: 10_000 }, (_, index) =>
    aFinding({ about: String(index), says: words`There is no ${code('x'.repeat(500))}.` }),
  );
  expect(issue(aRepositoryVerdict({ rules: [aRuleVerdict({ findings })] }))?.body.length).toBeLessThanOrEqual(65_535);
});
