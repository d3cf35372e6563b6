/** The part of the policy check that says what a change would do: counts, the worst rows, and how to go on. */
import type { PreviewRow } from '../verdict/preview.ts';
import type { Conclusion } from '../verdict/verdict.ts';
import { codeSpan, markdown, ownLink, quoted } from './markdown.ts';
import {
  becomes,
  gatheringLine,
  countLines,
  goOn,
  isEmpty,
  isNamed,
  isOver,
  judgedLine,
  laterOn,
  previewHeadline,
  privateLine,
  rowName,
  type Weighing,
} from './preview-lines.ts';
import { joinBlocks } from './rule-section.ts';

export interface ReportedPreview extends Weighing {
  /** The page with the whole list; null: there is none. `csv` likewise. */
  readonly page: string | null;
  readonly csv: string | null;
  /** The policy repository is public: private repositories are only counted. Those of other accounts are in any case. */
  readonly isPublic: boolean;
  /** Repositories and pull requests whose answers are gathered now, after which the check is made anew; left out: none. */
  readonly gathering?: number;
}

const SHOWN_ROWS = 20;
const LONGEST_TITLE = 60;

/** What follows for the check: a policy that fails too much fails it, what newly fails or cannot be told makes it neutral. */
export function previewConclusion(reported: ReportedPreview): Conclusion {
  const { preview, isHeld } = reported;
  if (isHeld || isOver(reported)) return 'failure';
  const isKnown = preview.stopped === null && preview.unknown === 0 && !isEmpty(preview);
  return isKnown && preview.newFailuresLater === 0 ? 'success' : 'neutral';
}

/** The preview as Markdown. */
export function previewSection(reported: ReportedPreview): string {
  const { preview, isPublic, gathering = 0 } = reported;
  return joinBlocks([
    '### What this change would do',
    `**${previewHeadline(reported)}.** ${markdown(goOn(reported))}`.trimEnd(),
    judgedLine(preview),
    countLines(preview)
      .map((line) => `- ${markdown(line)}`)
      .join('\n'),
    gathering > 0 ? gatheringLine(gathering) : '',
    table(reported),
    privateLine(preview, isPublic),
    links(reported),
  ]);
}

function table({ preview, isPublic }: ReportedPreview): string {
  const rows = preview.rows.filter((row) => isNamed(row, preview, isPublic));
  if (rows.length === 0) return '';
  const lines = rows.slice(0, SHOWN_ROWS).map((row) => line(row, rowName(row, preview)));
  const left = rows.length - lines.length + preview.rowsLeft;
  const head = ['| Where | Newly fails | Newly passes | Cannot be told | Issue |', '|---|---|---|---|---|'];
  return joinBlocks([[...head, ...lines].join('\n'), left > 0 ? `…and ${left} more.` : '']);
}

function line(row: PreviewRow, name: string): string {
  const { title, url, failing, later, passing, unknown, issue } = row;
  const where = ownLink(codeSpan(name, { inTable: true }), url);
  const said = title === null ? '' : ` ${quoted(title, LONGEST_TITLE)}`;
  const isOnlySofter = failing.length + later.length + passing.length + unknown.length === 0;
  const passes = isOnlySofter ? becomes(row) : ids(passing);
  const fails = [...failing.map(id), ...later.map((one) => `${id(one.rule)} ${laterOn(one)}`)].join(', ');
  return `| ${where}${said} | ${fails} | ${passes} | ${ids(unknown)} | ${issue ?? ''} |`;
}

function ids(rules: readonly string[]): string {
  return rules.map(id).join(', ');
}

function id(rule: string): string {
  return codeSpan(rule, { inTable: true });
}

function links({ page, csv }: ReportedPreview): string {
  const both = [page && ownLink('The whole list', page), csv && ownLink('as CSV', csv)];
  return both.filter((one) => one !== null && one !== '').join(' · ');
}
