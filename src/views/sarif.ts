/** A verdict as SARIF 2.1.0, for code scanning and editors. */
import { plain, visible } from '../facts/words.ts';
import type { JudgedFinding, RuleVerdict, Verdict } from '../verdict/verdict.ts';

const LEVELS = { block: 'error', warn: 'warning', observe: 'note' } as const;

export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}

interface SarifText {
  readonly text: string;
  readonly markdown?: string;
}

interface SarifRun {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly SarifRule[] } };
  readonly results: readonly SarifResult[];
}

interface SarifRule {
  readonly id: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help: SarifText;
  readonly defaultConfiguration: { readonly level: SarifResult['level'] };
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: 'fail' | 'open';
  readonly level: 'error' | 'warning' | 'note' | 'none';
  readonly message: SarifText;
  readonly locations: readonly object[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly baselineState?: 'unchanged' | 'new';
  readonly suppressions?: readonly { readonly kind: 'external'; readonly status: 'accepted'; readonly justification: string }[];
}

/** One run with every rule, and a result for every finding that fails or is not known. */
export function sarif(verdict: Verdict): SarifLog {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Steward', rules: verdict.rules.map(ruleOf) } },
        results: verdict.rules.flatMap((rule, index) =>
          rule.findings.filter(isTold).map((finding) => result(finding, rule, index)),
        ),
      },
    ],
  };
}

function isTold(finding: JudgedFinding): boolean {
  return finding.outcome === 'fail' || finding.outcome === 'unknown';
}

function ruleOf(rule: RuleVerdict): SarifRule {
  const help = `${rule.why.trim()}\n\n${rule.fix.trim()}`;
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why.trim() },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: LEVELS[rule.enforce] },
  };
}

function result(finding: JudgedFinding, rule: RuleVerdict, ruleIndex: number): SarifResult {
  const fix = finding.fix ? ` ${plain(finding.fix)}` : '';
  const commands = (finding.commands ?? []).map((command) => `\n${command}`).join('');
  const isFailure = finding.outcome === 'fail';
  return {
    ruleId: rule.id,
    ruleIndex,
    kind: isFailure ? 'fail' : 'open',
    // The specification wants `none` for everything that is not a failure.
    level: !isFailure ? 'none' : finding.isExisting ? 'note' : LEVELS[rule.enforce],
    message: { text: `${plain(finding.says)}${fix}${commands}` },
    locations: locations(finding, rule),
    partialFingerprints: { 'steward/v1': `${rule.id}:${finding.about}` },
    ...suppressed(finding, rule),
    ...(rule.on === 'repository' ? { baselineState: finding.isExisting ? 'unchanged' : 'new' } : {}),
  };
}

/** A maintainer's word and a waiver, as viewers of SARIF know them. */
function suppressed(
  { isOverridden = false, waivedBy }: JudgedFinding,
  { overrides = [], waivers = [] }: RuleVerdict,
): Pick<SarifResult, 'suppressions'> {
  const words = isOverridden
    ? overrides.map(({ by, reason }) => `${by.login}: ${reason}`)
    : waivers
        .filter(({ id }) => id === waivedBy)
        .map(({ approvedBy, reason, until, url }) => `${approvedBy}, until ${until}: ${reason} (${url})`);
  if (words.length === 0) return {};
  return { suppressions: words.map((text) => ({ kind: 'external', status: 'accepted', justification: visible(text) })) };
}

/** Code scanning shows only results with a file; others name what they are about. */
function locations(finding: JudgedFinding, rule: RuleVerdict): readonly object[] {
  const path = finding.location?.path ?? finding.create;
  if (path === undefined)
    return [{ logicalLocations: [{ name: finding.about, fullyQualifiedName: `${rule.id}/${finding.about}` }] }];
  const artifactLocation = { uri: path.toWellFormed().split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
  return [{ physicalLocation: { artifactLocation, region: { startLine: finding.location?.line ?? 1 } } }];
}
