/** The check run tells what is asked, in order, within GitHub's limits, and the same for the same verdict. */
import { describe, expect, test } from '@jest/globals';
import { code, quote, words } from '../../src/facts/words.ts';
import { checkRun } from '../../src/views/check-run.ts';
import { LIMITS, READABLE_TITLE } from '../../src/views/fit.ts';
import { aFinding, aRuleVerdict, aVerdict } from '../support/verdicts.ts';
import { CASES } from './cases.ts';

const all = Object.values(CASES).flat();
const many = (count: number, location?: { path: string; line: number }) =>
  aVerdict({
    rules: [
      aRuleVerdict({
        findings: Array.from({ length: count }, (_, index) =>
          aFinding({
            about: String(index),
            says: words`Commit ${code('x'.repeat(200))} by ${quote('y'.repeat(300))}.`,
            ...(location ? { location } : {}),
          }),
        ),
      }),
    ],
  });

test('titles can be read at a glance', () => {
  expect(
    all.map((verdict) => checkRun([verdict]).title).filter((title) => title.length > READABLE_TITLE || title === ''),
  ).toEqual([]);
});

test('a thousand findings fit, and the summary says what is left out and where to read it', () => {
  const run = checkRun([many(1_000)]);
  expect(run.summary.length).toBeLessThan(3_000);
  expect(run.summary).toContain('…and 995 more, listed in the details below.');
  expect(run.text.length).toBeLessThanOrEqual(LIMITS.body);
  expect(run.text).toContain('`steward check --base main` lists everything.');
});

test('what must be fixed comes before what is recommended, and what is only observed stays out of the summary', () => {
  const { summary, text } = checkRun(CASES['everything-at-once'] ?? []);
  const required = summary.indexOf('**Required');
  expect(required).toBeGreaterThanOrEqual(0);
  expect(required).toBeLessThan(summary.indexOf('**Recommended'));
  expect(summary).not.toContain('Changes are written down');
  expect(text.indexOf('Noticed, not held against you')).toBeLessThan(text.indexOf('Was so before this pull request'));
});

test('what the base fails already is not listed as passing', () => {
  const { title, summary } = checkRun(CASES['existing-debt'] ?? []);
  expect(title).toBe('Nothing to fix here; 1 rule failed before');
  expect(summary).not.toContain('The files that people look for are there');
});

test('contributors are not told about problems of the policy', () => {
  const problem = {
    source: 'acme/.github:.github/steward.yml',
    line: 1,
    column: 1,
    path: 'rules',
    severity: 'error',
    message: 'SECRET',
    hint: null,
  } as const;
  const run = checkRun([aVerdict({ problems: [problem] })]);
  expect(JSON.stringify(run)).not.toContain('SECRET');
});

describe('annotations', () => {
  test('are kept all, and stand only where something is asked', () => {
    const location = { path: 'src/a b.ts', line: 7 };
    const rule = (enforce: 'observe' | 'warn' | 'block', isExisting: boolean) =>
      aRuleVerdict({
        id: enforce,
        enforce,
        findings: [aFinding({ location, isExisting, says: words`${enforce} ${code('x')}.` })],
      });
    const run = checkRun([
      aVerdict({ rules: [rule('observe', false), rule('warn', false), rule('block', false), rule('block', true)] }),
    ]);
    expect(
      run.annotations.map(({ path, start_line, annotation_level, message }) => [path, start_line, annotation_level, message]),
    ).toEqual([
      ['src/a b.ts', 7, 'warning', 'warn x.'],
      ['src/a b.ts', 7, 'failure', 'block x.'],
    ]);
  });
});

describe('a commit that several open pull requests share', () => {
  const shared = CASES['shared-head'] ?? [];

  test('shows the worst of them and a section for each, in whatever order they come', () => {
    const run = checkRun(shared);
    expect(run.conclusion).toBe('failure');
    expect(run.title).toBe('#15: 1 of 2 commits needs a sign-off');
    expect(run).toEqual(checkRun([...shared].reverse()));
  });
});

describe('the hidden key', () => {
  test('is equal for equal content at another time, and differs for other content', () => {
    const verdict = aVerdict({ rules: [aRuleVerdict({ findings: [aFinding()] })] });
    const key = checkRun([verdict]).externalId;
    expect(checkRun([{ ...verdict, at: '2030-01-01T00:00:00.000Z' }]).externalId).toBe(key);
    expect(checkRun([{ ...verdict, sha: 'f'.repeat(40) }]).externalId).not.toBe(key);
    expect(
      checkRun([aVerdict({ rules: [aRuleVerdict({ findings: [aFinding({ says: words`Other.` })] })] })]).externalId,
    ).not.toBe(key);
    expect(key).toMatch(/^steward:1:[0-9a-f]{64}:none$/);
  });
});
