/** Which commits stay accepted when a pull request is merged. */
import type { Certification } from '../policy/policy.ts';
import type { JudgedFinding, RuleVerdict, Verdict } from './verdict.ts';

/** The rule that certifies commits. */
const RULE = 'dco';
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** What GitHub tells of a merge. */
export interface Merged {
  readonly headSha: string;
  /** The branch it went into. */
  readonly baseRef: string;
  /** The commit that the merge made; null: it is not told. */
  readonly mergeSha: string | null;
}

export interface CertifiedCommits {
  /** Names what they were judged by. */
  readonly options: string;
  /** They went into the default branch, by the policy that is in force there. */
  readonly isDefault: boolean;
  readonly shas: readonly string[];
}

/**
 * The commits that the verdict found certified or a maintainer answered for, and the one that the merge made when nothing was
 * left open; null: none. A verdict of another commit than the one that was merged, or for another branch, accepts nothing.
 */
export function certifiedCommits(verdict: Verdict, merged: Merged): CertifiedCommits | null {
  const rule = verdict.rules.find(({ id }) => id === RULE);
  const { headSha, baseRef, mergeSha } = merged;
  // Before another branch other commits are the contribution's own: a squash would bring in some that nobody judged.
  if (!rule || verdict.sha !== headSha || verdict.circumstances.baseRef !== baseRef) return null;
  const accepted = rule.findings.filter((finding) => isAccepted(finding) && COMMIT.test(finding.about));
  const made = mergeSha !== null && isSettled(rule, verdict.policy.certification) ? [mergeSha] : [];
  const shas = [...new Set([...accepted.map(({ about }) => about), ...made])];
  const isDefault = baseRef === verdict.circumstances.defaultBranch;
  return shas.length === 0 ? null : { options: rule.options, isDefault, shas };
}

/** Certified, or answered for by a maintainer, who is not asked again. */
function isAccepted({ outcome, isOverridden = false }: JudgedFinding): boolean {
  return outcome === 'pass' || isOverridden;
}

/** Every commit is accepted or exempt: none that fails or is unknown. */
function isSettled({ findings }: RuleVerdict, certification: Certification | null): boolean {
  // Where an agreement does as well, what is exempt may be so by the agreement, which certifies no commit.
  const isFine = (finding: JudgedFinding): boolean =>
    isAccepted(finding) || (finding.outcome === 'exempt' && certification !== 'either');
  return findings.length > 0 && findings.every(isFine);
}
