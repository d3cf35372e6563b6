/** What follows from findings: the table of the contract, and what a pull request is held to. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { known, unknown, type Answer } from '../../src/facts/answer.ts';
import type { Question } from '../../src/facts/fact.ts';
import type { Judged } from '../../src/facts/subject.ts';
import { plain, words } from '../../src/facts/words.ts';
import { UNMANAGED, type Level, type Policy } from '../../src/policy/policy.ts';
import { defineRule, type AnyRule, type Finding } from '../../src/rules/rule.ts';
import { applicable, judge } from '../../src/verdict/judge.ts';

const pullRequest: Judged = { kind: 'pull-request', owner: 'example', repo: 'node', number: 1 };
const repository: Judged = { kind: 'repository', owner: 'example', repo: 'node' };

const question = (key: string): Question<readonly Finding[]> => ({
  key,
  permissions: ['contents'],
  answer: () => Promise.resolve(known([])),
});

/** A rule that finds what its fact says. */
function aRule(id: string, on: 'contribution' | 'repository'): AnyRule {
  return defineRule({
    id,
    on,
    title: `${id} is well`,
    why: 'Because.',
    fix: 'Do it.',
    options: z.strictObject({}),
    needs: (at) => ({ found: question(`${id}@${at}`) }),
    check: ({ found }) => found,
  });
}

const aFinding = (outcome: Finding['outcome'], about = 'thing', says = `${about} is ${outcome}`): Finding => ({
  outcome,
  about,
  says: words`${says}`,
});

function aPolicy(rules: Readonly<Record<string, Level>>): Policy {
  const setting = (enforce: Level) => ({ enforce, options: {}, clause: null, origins: {} });
  return {
    ...UNMANAGED,
    checkName: 'Steward',
    files: [],
    isDefault: false,
    certification: null,
    mayOverride: 'maintain',
    rules: Object.fromEntries(Object.entries(rules).map(([id, enforce]) => [id, setting(enforce)])),
  };
}

function judged(
  enforce: Level,
  answers: Readonly<Record<string, Answer<readonly Finding[]>>>,
  { on = 'repository', subject = pullRequest }: { on?: 'contribution' | 'repository'; subject?: Judged } = {},
) {
  const facts = Object.entries(answers).map(([at, answer]) => [`license@${at}`, answer] as const);
  return judge({
    subject,
    sha: 'a'.repeat(40),
    policy: aPolicy({ license: enforce }),
    problems: [],
    rules: [aRule('license', on)],
    facts: new Map(facts),
    circumstances: { title: null, url: null, author: null, baseRef: null, isDraft: false, defaultBranch: null },
    now: new Date('2026-01-01T00:00:00Z'),
  });
}

describe('what follows from a finding', () => {
  test.each([
    ['observe', 'fail', 'success'],
    ['observe', 'unknown', 'success'],
    ['warn', 'fail', 'neutral'],
    ['warn', 'unknown', 'success'],
    ['block', 'fail', 'failure'],
    ['block', 'unknown', 'action_required'],
    ['block', 'exempt', 'success'],
    ['block', 'pass', 'success'],
  ] as const)('%s and %s: the check run concludes %s', (enforce, outcome, conclusion) => {
    const verdict = judged(enforce, { head: known([aFinding(outcome)]) }, { on: 'contribution' });
    expect(verdict.conclusion).toBe(conclusion);
    expect(verdict.rules[0]?.outcome).toBe(outcome);
  });

  test('a rule that is off is not in the verdict', () => {
    expect(judged('off', { head: known([aFinding('fail')]) }).rules).toEqual([]);
  });

  test('the worst rule wins', () => {
    const rules = [aRule('license', 'contribution'), aRule('files', 'contribution')];
    const facts = new Map([
      ['license@head', known([aFinding('fail')])],
      ['files@head', known([aFinding('fail')])],
    ]);
    const circumstances = { title: null, url: null, author: null, baseRef: null, isDraft: false, defaultBranch: null };
    const verdict = judge({
      ...{ subject: pullRequest, sha: 'a', problems: [], rules, facts, circumstances, now: new Date(0) },
      policy: aPolicy({ license: 'warn', files: 'block' }),
    });
    expect(verdict.conclusion).toBe('failure');
  });
});

describe('unknown never becomes pass', () => {
  test('a rule whose fact is unknown is not run: the finding says why and the subject is looked at again', () => {
    const verdict = judged('block', { head: unknown('GitHub did not list all commits') }, { on: 'contribution' });
    expect(verdict.rules[0]?.findings.map((finding) => plain(finding.says))).toEqual([
      'Steward could not check this yet: GitHub did not list all commits.',
    ]);
    expect([verdict.conclusion, verdict.isIncomplete]).toEqual(['action_required', true]);
  });

  test('what a rule cannot tell is looked at again too, unless the base has it already', () => {
    const verdict = (base: Finding['outcome']) =>
      judged('observe', { head: known([aFinding('unknown')]), base: known([aFinding(base)]) }).isIncomplete;
    expect([verdict('pass'), verdict('unknown')]).toEqual([true, false]);
  });

  test('a fact that was never gathered is unknown', () => {
    expect(judged('block', {}, { on: 'contribution' }).rules[0]?.outcome).toBe('unknown');
  });

  test('a rule that throws is unknown, and other rules are judged all the same', () => {
    const broken: AnyRule = {
      ...aRule('broken', 'contribution'),
      check: () => {
        throw new TypeError('secret detail');
      },
    };
    const circumstances = { title: null, url: null, author: null, baseRef: null, isDraft: false, defaultBranch: null };
    const verdict = judge({
      ...{ subject: pullRequest, sha: 'a', problems: [], circumstances, now: new Date(0) },
      rules: [broken, aRule('license', 'contribution')],
      facts: new Map([
        ['broken@head', known([])],
        ['license@head', known([aFinding('pass')])],
      ]),
      policy: aPolicy({ broken: 'block', license: 'block' }),
    });
    expect(verdict.rules.map((rule) => rule.outcome)).toEqual(['unknown', 'pass']);
    expect(JSON.stringify(verdict)).not.toContain('secret detail');
  });
});

describe('a pull request is judged only on what it adds or worsens', () => {
  test('what the base fails in the same words is shown as existing and does not worsen the conclusion', () => {
    const verdict = judged('block', { head: known([aFinding('fail')]), base: known([aFinding('fail')]) });
    expect([verdict.conclusion, verdict.rules[0]?.findings[0]?.isExisting]).toEqual(['success', true]);
  });

  test('what the base passes and the pull request breaks counts', () => {
    const verdict = judged('block', { head: known([aFinding('fail')]), base: known([aFinding('pass')]) });
    expect(verdict.conclusion).toBe('failure');
  });

  test('a different failure of the same thing counts', () => {
    const verdict = judged('block', {
      head: known([aFinding('fail', 'LICENSE', 'LICENSE is GPL-3.0-only')]),
      base: known([aFinding('fail', 'LICENSE', 'LICENSE is MIT')]),
    });
    expect(verdict.conclusion).toBe('failure');
  });

  test('what could not be told is existing only where the base has the very content that could not be told', () => {
    const read = (evidence: string) => known([{ ...aFinding('unknown', 'LICENSE'), evidence }]);
    expect(judged('block', { head: read('one'), base: read('one') }).conclusion).toBe('success');
    expect(judged('block', { head: read('two'), base: read('one') }).conclusion).toBe('action_required');
  });

  test('a failure whose base could not be read is unknown, not a failure and not a pass', () => {
    const verdict = judged('block', { head: known([aFinding('fail')]), base: unknown('the base branch is gone') });
    expect([verdict.conclusion, verdict.rules[0]?.outcome, verdict.isIncomplete]).toEqual(['action_required', 'unknown', true]);
  });

  test('a passing pull request needs no base', () => {
    const verdict = judged('block', { head: known([aFinding('pass')]), base: unknown('not read') });
    expect([verdict.conclusion, verdict.isIncomplete]).toEqual(['success', false]);
  });

  test('a repository is held to everything', () => {
    const verdict = judged('block', { head: known([aFinding('fail')]) }, { subject: repository });
    expect(verdict.conclusion).toBe('failure');
  });

  test('what is on the default branch already is asked of the repository, and held against no pull request', () => {
    const asked = (subject: Judged) =>
      applicable({
        subject,
        policy: aPolicy({ history: 'block' }),
        rules: [{ ...aRule('history', 'repository'), on: 'default-branch' }],
      });
    expect([asked(repository).length, asked(pullRequest).length]).toEqual([1, 0]);
  });

  test('a repository is not asked for what only contributions have', () => {
    expect(judged('block', {}, { subject: repository, on: 'contribution' }).rules).toEqual([]);
  });
});
