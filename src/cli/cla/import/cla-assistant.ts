/** Lists of CLA Assistant: its CSV, and its JSON. */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { UsageError } from '../../repository.ts';
import { itemsOf, readItems } from './json.ts';
import { parsed, type Parsed, type Reading } from './row.ts';
import { timeOf, WANTED_TIME } from './time.ts';

const HEADER = [
  ...['User Name', 'Repository Owner', 'Repository Name', 'CLA Title', 'Gist URL', 'Gist Version'],
  ...['Signed At', 'Revoked At', 'Signed for Organization'],
];

interface Cells {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/** The CSV: columns are separated by semicolons; what follows the known ones are the fields that an owner asked for. */
export function claAssistantCsv(text: string): Parsed {
  const [head, ...rows] = cellsOf(text);
  const names = head?.record ?? [];
  if (HEADER.some((name, index) => names[index]?.trim() !== name)) {
    throw new UsageError(
      `This is no list of CLA Assistant: its first line is ${JSON.stringify(names.join(';').slice(0, 200))}. Wanted: ${HEADER.join(';')}, ` +
        'and after that one column for each custom field.',
    );
  }
  return parsed(
    rows.map(({ record, raw, info }) => ({
      line: info.lines - (raw.trimEnd().match(/\n/g)?.length ?? 0),
      raw: raw.replace(/[\r\n]+$/, ''),
      reading: readRow(record, names.length),
    })),
  );
}

function cellsOf(text: string): readonly Cells[] {
  try {
    const options = { delimiter: ';', bom: true, info: true, raw: true, relax_quotes: true, relax_column_count: true } as const;
    return parse(text, { ...options, skip_empty_lines: true }) as unknown as readonly Cells[];
  } catch (error) {
    const { message, lines } = error as { readonly message: string; readonly lines?: number };
    throw new UsageError(`The table cannot be read${lines === undefined ? '' : ` beyond line ${lines}`}: ${message}.`, {
      cause: error,
    });
  }
}

function readRow(record: readonly string[], columns: number): Reading {
  if (record.length !== columns) {
    return {
      found: `${record.length} columns`,
      wanted: `${columns} columns as in the first line; a cell with a semicolon needs quotes`,
    };
  }
  const [login = '', , , title = '', gist = '', version = '', signedAt = '', revokedAt = ''] = record.map((cell) => cell.trim());
  return signature({ login, signedAt, revokedAt, agreement: gist || title, version });
}

const shape = z.looseObject({
  user_name: z.string().nullish(),
  gist_name: z.string().nullish(),
  gist_url: z.string().nullish(),
  gist_version: z.string().nullish(),
  signed_at: z.string(),
  revoked_at: z.string().nullish(),
});

/** The JSON: a list of objects. */
export function claAssistantJson(text: string): Parsed {
  return readItems(itemsOf(text, 'a list of objects as CLA Assistant exports them'), shape, (item) =>
    signature({
      login: item.user_name ?? '',
      signedAt: item.signed_at,
      revokedAt: item.revoked_at ?? '',
      agreement: item.gist_url || item.gist_name || '',
      version: item.gist_version ?? '',
    }),
  );
}

interface Told {
  readonly login: string;
  readonly signedAt: string;
  readonly revokedAt: string;
  readonly agreement: string;
  readonly version: string;
}

function signature({ login, signedAt, revokedAt, agreement, version }: Told): Reading {
  const at = timeOf(signedAt);
  if (at === null) return { found: `"${signedAt}" under Signed At`, wanted: WANTED_TIME };
  const end = revokedAt === '' ? null : timeOf(revokedAt);
  if (revokedAt !== '' && end === null) return { found: `"${revokedAt}" under Revoked At`, wanted: `${WANTED_TIME}, or nothing` };
  if (end !== null && end < at) return { found: `revoked at ${end}, before it was signed at ${at}`, wanted: 'the other order' };
  return { kind: 'signature', login: login || null, accountId: null, at, revokedAt: end, of: { agreement, version } };
}
