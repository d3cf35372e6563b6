/** Cases for tests of verdicts: rules that find what a test says they find, on a pull request or another subject. */
import { z } from 'zod';
import { known } from '../../src/facts/answer.ts';
import type { Needs } from '../../src/facts/fact.ts';
import { commits } from '../../src/facts/commits.ts';
import type { Judged } from '../../src/facts/subject.ts';
import { words } from '../../src/facts/words.ts';
import { UNMANAGED, type Certification, type Level, type Policy } from '../../src/policy/policy.ts';
import { defineRule, type AnyRule, type Finding } from '../../src/rules/rule.ts';
import type { Case } from '../../src/verdict/judge.ts';
import type { Override } from '../../src/verdict/verdict.ts';
import { aCommit } from '../support/builders.ts';

export const PULL: Judged = { kind: 'pull-request', owner: 'acme', repo: 'widget', number: 7 };
export const NOW = new Date('2026-03-10T12:00:00Z');

/** What a rule of each id finds; `null`: a fact that it needs is missing. */
export type Found = Readonly<Record<string, readonly Finding[] | null>>;

export interface Circumstance extends Partial<Pick<Case, 'subject' | 'sha' | 'overrides' | 'help' | 'refused'>> {
  readonly on?: 'contribution' | 'repository';
  readonly enforce?: Level;
  readonly certification?: Certification | null;
  /** Ids of the commits of the contribution. */
  readonly commits?: readonly string[];
  /** Who opened the pull request. */
  readonly author?: string;
}

/** A case in which each rule finds what is said. */
export function aCase(found: Found, more: Circumstance = {}): Case {
  const { on = 'contribution', enforce = 'block', certification = null, commits: shas = [], author = null, ...rest } = more;
  const policy = aPolicy(Object.keys(found), enforce, certification);
  const rules = Object.entries(found).map(([id, findings]) => aRule(id, on, findings));
  const listed = shas.map((sha) => aCommit(sha, { sha }));
  const circumstances = { title: null, url: null, author, baseRef: null, isDraft: false, defaultBranch: null };
  const facts = new Map([[commits().key, known(listed)]]);
  return { ...{ subject: PULL, sha: 'f'.repeat(40), policy, problems: [], rules, facts, circumstances, now: NOW }, ...rest };
}

export function aFinding(outcome: Finding['outcome'], about: string, more: Partial<Finding> = {}): Finding {
  return { outcome, about, says: words`${about} is ${outcome}.`, ...more };
}

/** A commit id that is easy to tell apart. */
export function shaOf(digit: string): string {
  return digit.repeat(40);
}

/** A maintainer's word. */
export function anOverride(rule: string, covers: readonly string[], more: Partial<Override> = {}): Override {
  const by = { login: 'mia', accountId: 9 };
  return {
    rule,
    by,
    permission: 'maintain',
    reason: 'Agreed on the list.',
    at: '2026-03-10T11:00:00Z',
    url: null,
    covers,
    ...more,
  };
}

export function aPolicy(ids: readonly string[], enforce: Level = 'block', certification: Certification | null = null): Policy {
  const setting = { enforce, options: {}, clause: null, origins: {} };
  return {
    ...UNMANAGED,
    ...{ checkName: 'Steward', files: [], isDefault: false, certification, mayOverride: 'maintain' },
    rules: Object.fromEntries(ids.map((id) => [id, setting])),
  };
}

function aRule(id: string, on: 'contribution' | 'repository', findings: readonly Finding[] | null): AnyRule {
  const missing = { key: 'never gathered', permissions: ['contents'], answer: () => Promise.resolve(known(null)) } as const;
  return defineRule({
    ...{ id, on, title: `${id} is well`, why: 'Because.', fix: 'Do it.', options: z.strictObject({}) },
    needs: (): Needs => (findings === null ? { missing } : {}),
    check: () => findings ?? [],
    headline: (all) => `${all.filter(({ outcome }) => outcome === 'fail').length} of ${all.length}`,
  });
}
