/** The rules of a verdict in the order in which a reader needs them. */
import type { JudgedFinding, RuleVerdict } from '../verdict/verdict.ts';

export interface Sorted {
  /** Fails and is required. */
  readonly toFix: readonly RuleVerdict[];
  /** Fails and is recommended. */
  readonly toConsider: readonly RuleVerdict[];
  /** Required or recommended, and a fact is not known yet. */
  readonly waiting: readonly RuleVerdict[];
  /** Required or recommended, and a maintainer answers for what fails. */
  readonly overridden: readonly RuleVerdict[];
  /** Everything that fails in it is waived, however firmly it is held. */
  readonly waived: readonly RuleVerdict[];
  /** Only observed, and not fine. */
  readonly observed: readonly RuleVerdict[];
  /** Passes or is exempt, and the base does not fail it either. */
  readonly fine: readonly RuleVerdict[];
  /** Has findings that the base has too, whatever else it has: it may be in one of the other groups as well. */
  readonly existing: readonly RuleVerdict[];
}

/** Every rule is in one of these groups. */
export function sorted(rules: readonly RuleVerdict[]): Sorted {
  const isWell = (rule: RuleVerdict): boolean => rule.outcome === 'pass' || rule.outcome === 'exempt';
  const hasDebt = (rule: RuleVerdict): boolean => rule.findings.some((finding) => finding.isExisting);
  return {
    toFix: rules.filter((rule) => rule.outcome === 'fail' && rule.enforce === 'block'),
    toConsider: rules.filter((rule) => rule.outcome === 'fail' && rule.enforce === 'warn'),
    waiting: rules.filter((rule) => rule.outcome === 'unknown' && rule.enforce !== 'observe'),
    overridden: rules.filter((rule) => rule.outcome === 'overridden' && rule.enforce !== 'observe'),
    waived: rules.filter((rule) => rule.outcome === 'waived'),
    observed: rules.filter((rule) => rule.enforce === 'observe' && rule.outcome !== 'waived' && !isWell(rule)),
    fine: rules.filter((rule) => isWell(rule) && !hasDebt(rule)),
    existing: rules.filter(hasDebt),
  };
}

/** The failures that count: those that the base does not have already, that nobody answers for, and that are not waived. */
export function ownFailures({ findings }: RuleVerdict): readonly JudgedFinding[] {
  return findings.filter((finding) => finding.outcome === 'fail' && isCounted(finding));
}

/** What is not known yet, and counts. */
export function ownUnknown({ findings }: RuleVerdict): readonly JudgedFinding[] {
  return findings.filter((finding) => finding.outcome === 'unknown' && isCounted(finding));
}

function isCounted({ isExisting, isOverridden = false, waivedBy }: JudgedFinding): boolean {
  return !isExisting && !isOverridden && waivedBy === undefined;
}

/** What a maintainer answers for. */
export function overriddenFindings({ findings }: RuleVerdict): readonly JudgedFinding[] {
  return findings.filter((finding) => finding.isOverridden);
}

/** What a waiver covers. */
export function waivedFindings({ findings }: RuleVerdict): readonly JudgedFinding[] {
  return findings.filter((finding) => finding.waivedBy !== undefined);
}

/** Whether what is unknown names a step by which a person can settle it, rather than a fault that passes by itself. */
export function needsPerson(rule: RuleVerdict): boolean {
  const unknown = ownUnknown(rule);
  return unknown.length > 0 && unknown.every((finding) => finding.fix !== undefined);
}
