/** Problems of a policy file are shown where they are, to those who can mend them. */
import { describe, expect, test } from '@jest/globals';
import type { Problem } from '../../src/policy/policy.ts';
import { effects } from '../../src/views/effects.ts';
import { policyCheck } from '../../src/views/policy-check.ts';
import { aRepositoryVerdict, aVerdict } from '../support/verdicts.ts';
import { PROBLEMS } from './cases.ts';
import { aPreview, FAILING_TESTS, many, reported } from './previews.ts';

const aProblem = (problem: Partial<Problem> = {}): Problem => ({
  source: 'acme/widget:.github/steward.yml',
  line: 3,
  column: 5,
  path: 'rules.x',
  severity: 'error',
  message: 'Unknown rule "x".',
  hint: null,
  ...problem,
});

test('every problem has an annotation on its line and a row in the table', () => {
  const run = policyCheck('a', PROBLEMS);
  expect(run.annotations.map((note) => note.start_line)).toEqual(PROBLEMS.map((problem) => problem.line));
  expect(run.text.split('\n')).toHaveLength(PROBLEMS.length + 2);
  expect([run.conclusion, run.name]).toEqual(['failure', 'Steward policy']);
});

test('notices alone do not fail, no problem is a success', () => {
  expect(policyCheck('a', [aProblem({ severity: 'notice' })]).conclusion).toBe('neutral');
  expect(policyCheck('a', []).conclusion).toBe('success');
});

test('a problem of a file elsewhere is told but not annotated here', () => {
  const run = policyCheck('a', [aProblem({ source: 'other/base:steward.yml' })], { repository: 'Acme/Widget' });
  expect(run.annotations).toEqual([]);
  expect(run.text).toContain('`other/base:steward.yml`');
});

test('hostile keys and messages stay in their cell', () => {
  const run = policyCheck('a', [aProblem({ path: 'a|b\n|c', message: '| @me <b> |\n\n# x', hint: '\\|' })]);
  expect(run.text.split('\n')).toHaveLength(3);
});

test('a thousand problems fit', () => {
  const run = policyCheck(
    'a',
    Array.from({ length: 1_000 }, (_, line) => aProblem({ line, message: '|'.repeat(500) })),
  );
  expect(run.text.length).toBeLessThanOrEqual(65_535);
});

describe('policy tests', () => {
  test('that fail make a failure with the case, what was expected and found, and an annotation on its line', () => {
    const run = policyCheck('a', [], { tests: FAILING_TESTS, repository: 'acme/.github' });
    expect([run.conclusion, run.title]).toEqual(['failure', '1 policy test fails']);
    expect(run.summary).toContain('license-file: expected pass, found fail');
    expect(run.annotations).toMatchObject([
      { path: '.github/steward/tests/commits.test.yml', start_line: 8, annotation_level: 'failure' },
    ]);
  });

  test('that pass are counted, and change nothing', () => {
    const passing = FAILING_TESTS.results.map((result) => ({ ...result, isPassed: true, says: null }));
    const run = policyCheck('a', [], { tests: { results: passing, problems: [] } });
    expect([run.conclusion, run.title]).toEqual(['success', 'The policy file is valid']);
    expect(run.summary).toContain('All 2 policy tests pass');
  });

  test('that cannot be read make a failure, told once', () => {
    const broken = aProblem({ source: 'acme/.github:.github/steward/tests/x.test.yml' });
    const run = policyCheck('a', [broken], { tests: { results: [], problems: [broken] } });
    expect(run.conclusion).toBe('failure');
    expect(run.annotations).toHaveLength(1);
    const alone = policyCheck('a', [], { tests: { results: [], problems: [broken] } });
    expect([alone.conclusion, alone.title]).toEqual(['failure', '1 problem to fix in policy tests']);
  });

  test('with names and words of anybody stay in their cells', () => {
    const hostile = { name: '| @me', source: 'a|b', line: 1, isPassed: false, says: '|\n\n# x <b>' };
    const { summary } = policyCheck('a', [], { tests: { results: [hostile], problems: [] } });
    expect(
      summary
        .split('\n')
        .find((row) => row.includes('a\\|b'))
        ?.replace(/\\\|/g, '')
        .match(/\|/g),
    ).toHaveLength(4);
  });
});

test('of several things the worst is the title: problems, then tests, then what would newly fail', () => {
  const preview = reported(many(3));
  const title = (problems: readonly Problem[], tests = FAILING_TESTS) => policyCheck('a', problems, { preview, tests }).title;
  expect(title([aProblem()])).toBe('1 problem to fix in the policy file');
  expect(title([aProblem({ severity: 'notice' })])).toBe('1 policy test fails');
  expect(title([aProblem({ severity: 'notice' })], { results: [], problems: [] })).toBe('3 repositories would newly fail');
});

describe('among the effects', () => {
  const kinds = (verdict = aVerdict(), version: 'current' | 'proposed' = 'current', problems: readonly Problem[] = []) =>
    effects(verdict.subject, [verdict], [{ version, problems }]).map((effect) =>
      effect.kind === 'check-run' ? `${effect.name} ${effect.mode ?? 'upsert'}` : effect.kind,
    );

  test('a pull request is told about the file it proposes, never about the one on its base', () => {
    expect(kinds(aVerdict(), 'current', [aProblem()])).toEqual(['Steward upsert', 'comment']);
    expect(kinds(aVerdict(), 'proposed', [aProblem()])).toEqual(['Steward upsert', 'comment', 'Steward policy upsert']);
    expect(kinds(aVerdict(), 'proposed')).toEqual(['Steward upsert', 'comment', 'Steward policy upsert']);
  });

  test('a repository shows problems on its newest commit, and takes them back there when they are gone', () => {
    expect(kinds(aRepositoryVerdict(), 'current', [aProblem()])).toEqual(['issue', 'Steward policy upsert']);
    expect(kinds(aRepositoryVerdict())).toEqual(['issue', 'Steward policy edit-only']);
  });

  test('a pushed policy that is held back is told although the file is valid', () => {
    const { subject, ...verdict } = aRepositoryVerdict();
    const held = { version: 'current', problems: [], preview: reported(many(12), { limit: 10, isHeld: true }) } as const;
    const modes = (report: Parameters<typeof effects>[2]) =>
      effects(subject, [{ subject, ...verdict }], report).flatMap((effect) => (effect.kind === 'check-run' ? [effect.mode] : []));
    expect(modes([held])).toEqual(['upsert']);
    expect(modes([{ ...held, preview: reported(aPreview([])) }])).toEqual(['edit-only']);
  });
});
