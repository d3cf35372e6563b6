/** A preview as CSV (RFC 4180), with text that no spreadsheet takes for a formula. */
import { stringify } from 'csv-stringify/sync';
import { visible } from '../../facts/words.ts';
import type { Preview, PreviewRow } from '../../verdict/preview.ts';
import { rowsFor, type Reader } from './rows.ts';

const COLUMNS = [
  'owner',
  'repository',
  'pull request',
  'title',
  'address',
  'private',
  'before',
  'after',
  'newly fails',
  'fails later',
  'newly passes',
  'cannot be told',
  'issue',
] as const;

/** Every row that the reader may see, under a line of names. Rules are parted by blanks. */
export function previewCsv(preview: Preview, reader: Reader): string {
  const records = rowsFor(preview, reader).map(record);
  // OWASP: a cell that begins with =, +, -, @, tab or carriage return is a formula to some programs.
  return stringify([COLUMNS, ...records], { escape_formulas: true, record_delimiter: 'windows' });
}

function record({
  subject,
  title,
  url,
  isPrivate,
  before,
  after,
  failing,
  later,
  passing,
  unknown,
  issue,
}: PreviewRow): readonly string[] {
  return [
    subject.owner,
    subject.repo,
    subject.kind === 'pull-request' ? String(subject.number) : '',
    visible(title ?? ''),
    url ?? '',
    isPrivate ? 'yes' : 'no',
    before,
    after,
    failing.join(' '),
    later.map(({ rule, from }) => (from === null ? rule : `${rule}@${from.slice(0, 10)}`)).join(' '),
    passing.join(' '),
    unknown.join(' '),
    issue ?? '',
  ];
}
