/** `steward cla export`: every entry of the register, tombstones too. */
import { stringify } from 'csv-stringify/sync';
import type { Entered, Entry } from '../../facts/register.ts';
import { namesOf, type Renamed } from '../../store/names.ts';
import type { Store } from '../../store/store.ts';
import { EXIT, type Console } from '../console.ts';
import type { Office } from './desk.ts';
import { entriesOf } from './entries.ts';

export const EXPORT_FORMATS = ['json', 'jsonl', 'csv'] as const;

export interface ExportOptions {
  readonly format: (typeof EXPORT_FORMATS)[number];
  /** Only what concerns this agreement. */
  readonly agreement?: string;
}

/** Prints the register, entry by entry. */
export async function exportRegister({ format, agreement }: ExportOptions, office: Office, console: Console): Promise<number> {
  await office.reading(async (store) => {
    const concerns = agreement === undefined ? () => true : await concerning(store, agreement.toLowerCase());
    let count = 0;
    if (format === 'csv') await console.out(csv(COLUMNS));
    if (format === 'json') await console.out('{\n  "version": 1,\n  "entries": [');
    for await (const entered of entriesOf(store)) {
      if (console.isClosed()) return;
      if (!concerns(entered)) continue;
      count += 1;
      if (format === 'csv') await console.out(csv(cellsOf(entered)));
      else if (format === 'jsonl') await console.out(`${JSON.stringify(entered)}\n`);
      else await console.out(`${count === 1 ? '' : ','}\n    ${JSON.stringify(entered)}`);
    }
    if (format === 'json') await console.out(`${count === 0 ? '' : '\n  '}]\n}\n`);
  });
  return EXIT.fine;
}

/**
 * What concerns an agreement: its entries, also under earlier names, those of companies that signed it, renamings and erasures.
 * Of a tombstone it cannot be told, so it stays in.
 */
async function concerning(store: Store, agreement: string): Promise<(entered: Entered) => boolean> {
  const renames: Renamed[] = [];
  const signings: Extract<Entry, { kind: 'company-signed' }>[] = [];
  for await (const { sequence, entry } of entriesOf(store)) {
    if (entry?.kind === 'renamed') renames.push({ sequence, from: entry.from, to: entry.to });
    if (entry?.kind === 'company-signed') signings.push(entry);
  }
  const names = new Set(namesOf(agreement, renames));
  const companies = new Set(signings.filter((one) => names.has(one.agreement)).map(({ company }) => company));
  return ({ entry }) => {
    if (entry === null) return true;
    if ('agreement' in entry) return names.has(entry.agreement);
    return 'company' in entry ? companies.has(entry.company) : true;
  };
}

const COLUMNS = [
  ...['sequence', 'hash', 'kind', 'at', 'erased', 'agreement', 'version', 'text sha256', 'account id', 'login', 'name', 'email'],
  ...['company', 'company name', 'domain', 'organization', 'entered by id', 'entered by', 'renamed from', 'renamed to'],
  ...['erased entries', 'source', 'url', 'comment id', 'reason', 'evidence sha256', 'evidence'],
];

type Everything = Partial<Record<string, unknown>> & {
  readonly person?: Readonly<Record<string, unknown>>;
  readonly by?: Readonly<Record<string, unknown>> | null;
  readonly evidence?: Readonly<Record<string, unknown>>;
  readonly entries?: readonly number[];
};

function cellsOf({ sequence, hash, kind, at, entry }: Entered): readonly unknown[] {
  const { person = {}, by, evidence = {}, entries = [], ...rest } = (entry ?? {}) as Everything;
  // `login` is an organization's where there is no person, `name` a company's.
  const organization = kind.startsWith('organization-') ? rest['login'] : undefined;
  return [
    ...[sequence, hash, kind, at, entry === null ? 'yes' : '', rest['agreement'], rest['version'], rest['text']],
    ...[person['accountId'], person['login'], person['name'], person['email'], rest['company'], rest['name'], rest['domain']],
    ...[organization, by?.['accountId'], by?.['login'], rest['from'], rest['to'], entries.join(' ')],
    ...[evidence['source'], evidence['url'], evidence['commentId'], evidence['reason'], evidence['digest'], evidence['body']],
  ];
}

/** One line. A spreadsheet takes what starts with `=`, `+`, `-`, `@`, a tab or a line break for a formula: an apostrophe goes before it. */
function csv(cells: readonly unknown[]): string {
  return stringify([cells.map((cell) => cell ?? '')], { escape_formulas: true, record_delimiter: 'windows' });
}
