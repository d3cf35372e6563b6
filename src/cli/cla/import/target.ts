/** What the rows of a list become. */
import type { Console } from '../../console.ts';
import { UsageError } from '../../repository.ts';
import type { Office } from '../desk.ts';
import { agreementName, digestOf, versionOf } from '../given.ts';
import type { RegisterFormat } from '../verify.ts';
import type { ImportFormat } from './formats.ts';
import type { Target } from './plan.ts';

/** What the command was asked for. */
export interface ImportOptions {
  readonly from: ImportFormat;
  readonly agreement?: string;
  readonly version?: string;
  readonly textSha256?: string;
  /** Only for lists of employees: whose they are. */
  readonly company?: string;
  /** Only rows of this agreement of the other tool: an address or title. */
  readonly only?: string;
  readonly accounts?: string;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
  /** Rows that are there under another version are entered under this one, too. */
  readonly anotherVersion?: boolean;
  readonly skipUnreadable?: boolean;
  readonly format: RegisterFormat;
}

/** The target that the options name. Throws `UsageError` when something is missing for it. */
export async function targetOf(options: ImportOptions, office: Office, console: Console): Promise<Target> {
  const now = console.now().toISOString();
  const format = options.from;
  if (format === 'easycla-employees') {
    const { company } = options;
    const wanted =
      'A list of employees belongs to a company: --company is the short name of one that `steward cla company list` shows.';
    if (company === undefined) throw new UsageError(wanted);
    const record = await office.reading((store) => store.company(company));
    if (record?.until !== null) throw new UsageError(`No agreement of a company called ${company} is in force. ${wanted}`);
    return { format, company, agreement: record.agreement, version: record.version, text: null, now };
  }
  if (options.company !== undefined) throw new UsageError('--company is for --from easycla-employees alone.');
  const { agreement, version } = options;
  if (agreement === undefined || version === undefined) {
    throw new UsageError('--agreement OWNER/ID and --version say what the rows have signed; both are needed.');
  }
  const text = digestOf(options.textSha256);
  return { format, company: null, agreement: agreementName(agreement), version: versionOf(version), text, now };
}
