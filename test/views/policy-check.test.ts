/** Problems of a policy file are shown where they are, to those who can mend them. */
import { describe, expect, test } from '@jest/globals';
import type { Problem } from '../../src/policy/policy.ts';
import { effects } from '../../src/views/effects.ts';
import { policyCheck } from '../../src/views/policy-check.ts';
import { aRepositoryVerdict, aVerdict } from '../support/verdicts.ts';
import { PROBLEMS } from './cases.ts';

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
});
