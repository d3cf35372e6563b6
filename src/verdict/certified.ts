/** Which commits stay certified when a pull request is merged. */
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
  const shas = [...passed.map(({ about }) => about), ...(mergeSha !== null && isSettled(rule) ? [mergeSha] : [])];
  return shas.length === 0 ? null : { options: rule.options, shas: [...new Set(shas)] };
}

/** Every commit is certified or exempt: none that fails, is unknown, or passes by a maintainer's word. */
function isSettled({ outcome, findings }: RuleVerdict): boolean {
  if (outcome !== 'pass' && outcome !== 'exempt') return false;
  return (
    findings.length > 0 &&
    findings.every((finding) => (finding.outcome === 'pass' || finding.outcome === 'exempt') && finding.isOverridden !== true)
  );
}
