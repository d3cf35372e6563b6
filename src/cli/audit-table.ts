/** The repository × rule table of an audit, in every format it is printed in. */
import type { RuleVerdict, Verdict } from '../verdict/verdict.ts';
import { ownLink, quoted } from '../views/markdown.ts';
import { organizationPage } from '../views/pages/organization.ts';
import { ownFailures } from '../views/sorted.ts';
import { CONCLUSION_NAMES, counted, OUTCOME_NAMES } from '../views/words.ts';
import { plain } from '../facts/words.ts';

export const AUDIT_FORMATS = ['md', 'json', 'csv', 'html'] as const;

export interface AuditOptions {
  readonly policy?: string;
  readonly format: (typeof AUDIT_FORMATS)[number];
  readonly limit?: number;
  readonly resume?: string;
}

/** One repository of an audit: judged, or not and why. */
export type Row =
  | { readonly repository: string; readonly verdict: Verdict; readonly skipped?: undefined }
  | { readonly repository: string; readonly verdict?: undefined; readonly skipped: string };

export interface Audit {
  readonly owner: string;
  /** ISO 8601. */
  readonly at: string;
  readonly rows: readonly Row[];
  /** True: `--limit` or an interruption left repositories out. */
  readonly isPartial: boolean;
}

/** One JSON document; verdicts as the verdict schema has them. */
export function auditJson(audit: Audit): string {
  return `${JSON.stringify({ version: 1, ...audit }, null, 2)}\n`;
}

/** A Markdown table, and what fails below it. */
export function auditMarkdown(audit: Audit): string {
  const ids = ruleIds(audit);
  const cells = (row: Row): readonly string[] => [
    ownLink(quoted(row.repository), row.verdict?.circumstances.url ?? null),
    stateOf(row),
    ...ids.map((id) => cellText(ruleIn(row, id))),
  ];
  const head = ['Repository', 'State', ...ids];
  const table = [head, head.map(() => '---'), ...audit.rows.map(cells)].map((line) => `| ${line.join(' | ')} |`);
  return `# ${quoted(audit.owner)}: ${counted(audit.rows.length, 'repository', 'repositories')}\n\n${summary(audit)}\n\n${table.join('\n')}\n`;
}

/** One line a repository and rule, for a spreadsheet. No cell is ever taken for a formula. */
export function auditCsv(audit: Audit): string {
  const head = ['repository', 'state', 'rule', 'level', 'outcome', 'to fix', 'findings', 'commit', 'judged at'];
  const lines = audit.rows.flatMap((row): readonly (readonly string[])[] => {
    if (!row.verdict) return [[row.repository, row.skipped, '', '', '', '', '', '', '']];
    const { sha, at, conclusion, rules } = row.verdict;
    return rules.map((rule) => [
      row.repository,
      conclusion,
      rule.id,
      rule.enforce,
      rule.outcome,
      String(ownFailures(rule).length),
      rule.findings
        .filter(({ outcome }) => outcome !== 'pass')
        .map(({ says }) => plain(says))
        .join(' '),
      sha,
      at,
    ]);
  });
  return [head, ...lines].map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

/** A page that stands alone. */
export function auditHtml(audit: Audit): string {
  const verdicts = audit.rows.flatMap(({ verdict }) => verdict ?? []);
  return organizationPage({ owner: audit.owner, verdicts, lead: summary(audit) });
}

/** A cell of a CSV file: a spreadsheet takes what starts with these characters for a formula, so an apostrophe goes before it. */
export function csvCell(text: string): string {
  const safe = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",;\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function summary({ rows, at, isPartial }: Audit): string {
  const judged = rows.filter(({ verdict }) => verdict !== undefined).length;
  const bad = rows.filter(({ verdict }) => verdict?.conclusion === 'failure').length;
  const skipped = rows.length - judged;
  return [
    `${counted(judged, 'repository', 'repositories')} judged at ${at}; ${bad} with something to fix.`,
    ...(skipped > 0 ? [`${skipped} not judged.`] : []),
    ...(isPartial ? ['This is a part: not all repositories were read.'] : []),
  ].join(' ');
}

function ruleIds({ rows }: Audit): readonly string[] {
  return [...new Set(rows.flatMap(({ verdict }) => (verdict?.rules ?? []).map(({ id }) => id)))];
}

function ruleIn(row: Row, id: string): RuleVerdict | undefined {
  return row.verdict?.rules.find((rule) => rule.id === id);
}

function stateOf(row: Row): string {
  return row.verdict ? CONCLUSION_NAMES[row.verdict.conclusion] : quoted(row.skipped);
}

function cellText(rule: RuleVerdict | undefined): string {
  if (!rule) return '–';
  return rule.outcome === 'fail' ? `${ownFailures(rule).length} to fix (${rule.enforce})` : OUTCOME_NAMES[rule.outcome];
}
