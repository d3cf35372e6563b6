/** Which commits stay certified when a pull request is merged. */
import type { Certification } from '../policy/policy.ts';
import type { RuleVerdict, Verdict } from './verdict.ts';

/** The rule that certifies commits. */
const RULE = 'dco';
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

export interface CertifiedCommits {
  /** Names the options they were judged by. */
  readonly options: string;
  readonly shas: readonly string[];
}

/**
 * The commits that the verdict found certified, and the one that the merge made when nothing was left open; null: none. A
 * verdict of another commit than the one that was merged certifies nothing.
 */
export function certifiedCommits(verdict: Verdict, headSha: string, mergeSha: string | null): CertifiedCommits | null {
  const rule = verdict.rules.find(({ id }) => id === RULE);
  if (!rule || verdict.sha !== headSha) return null;
  const passed = rule.findings.filter(({ outcome, about }) => outcome === 'pass' && COMMIT.test(about));
  const merged = mergeSha !== null && isSettled(rule, verdict.policy.certification) ? [mergeSha] : [];
  const shas = [...new Set([...passed.map(({ about }) => about), ...merged])];
  return shas.length === 0 ? null : { options: rule.options, shas };
}

/** Every commit is certified or exempt: none that fails, is unknown, or passes by a maintainer's word. */
function isSettled({ findings }: RuleVerdict, certification: Certification | null): boolean {
  // Where an agreement does as well, what is exempt may be so by the agreement, which certifies no commit.
  const fine = certification === 'either' ? ['pass'] : ['pass', 'exempt'];
  return findings.length > 0 && findings.every(({ outcome, isOverridden }) => fine.includes(outcome) && !isOverridden);
}
