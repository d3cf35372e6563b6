/** Which findings a maintainer answers for. An override covers what was found when it was given, and nothing that came later. */
import { sha256 } from '../facts/digest.ts';
import { plain } from '../facts/words.ts';
import type { JudgedFinding, Override, RuleVerdict, Verdict } from './verdict.ts';

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Where a finding was made: on which kind of rule, at which commit. */
export interface Place {
  readonly on: RuleVerdict['on'];
  readonly sha: string;
}

/** What an override has to cover to answer for a finding. Content that changes has other keys, so it is never covered by accident. */
export function keysOf(finding: JudgedFinding, { on, sha }: Place): readonly string[] {
  const { about, commits = [], evidence, isLasting = false } = finding;
  if (on === 'repository') {
    const content = evidence ?? (finding.outcome === 'unknown' ? sha : '');
    return [`${about}#${sha256(`${content} ${plain(finding.says)}`).slice(0, 16)}`];
  }
  if (commits.length > 0) return [about, ...commits];
  return COMMIT.test(about) || isLasting ? [about] : [`${about}@${sha}`];
}

/** What an override of a rule covers: everything of it that failed, or could not be told, and was not waived in the verdict that stood. */
export function coversOf(id: string, seen: Verdict | null): readonly string[] {
  const rule = seen?.rules.find((one) => one.id === id);
  if (!seen || !rule) return [];
  const bad = rule.findings.filter((finding) => isBad(finding) && !finding.isExisting && finding.waivedBy === undefined);
  return [...new Set(bad.flatMap((finding) => keysOf(finding, { on: rule.on, sha: seen.sha })))];
}

/** Marks the findings that overrides answer for: those that fail or are unknown, and are the contribution's own. */
export function overridden(
  findings: readonly JudgedFinding[],
  overrides: readonly Override[],
  place: Place,
): readonly JudgedFinding[] {
  if (overrides.length === 0) return findings;
  return findings.map((finding) =>
    isBad(finding) && !finding.isExisting && overrides.some((override) => isCovered(finding, override, place))
      ? { ...finding, isOverridden: true }
      : finding,
  );
}

/** The overrides that still answer for something. */
export function inEffect(findings: readonly JudgedFinding[], overrides: readonly Override[], place: Place): readonly Override[] {
  const marked = findings.filter(({ isOverridden }) => isOverridden);
  return overrides.filter((override) => marked.some((finding) => isCovered(finding, override, place)));
}

/** Whether a finding stands in the way: it fails, or it could not be told. */
export function isBad({ outcome }: Pick<JudgedFinding, 'outcome'>): boolean {
  return outcome === 'fail' || outcome === 'unknown';
}

function isCovered(finding: JudgedFinding, { covers }: Override, place: Place): boolean {
  return keysOf(finding, place).every((key) => covers.includes(key));
}
