/** What an import says at its end. */
import { visible } from '../../../facts/words.ts';
import { againText, type Again } from '../again.ts';
import type { Told } from './plan.ts';
import type { Doubt } from './resolve.ts';
import type { Flaw } from './row.ts';

export interface Report {
  readonly file: string;
  readonly from: string;
  readonly agreement: string;
  readonly version: string;
  /** The company whose people were imported; null: people signed for themselves, or the list is of companies. */
  readonly company: string | null;
  readonly isDryRun: boolean;
  /** Rows that could be read. */
  readonly rows: number;
  /** Entries that are new in the register; in a dry run those that would be entered. */
  readonly entered: number;
  /** Entries that an earlier import had entered. */
  readonly known: number;
  readonly again: Again;
  readonly told: readonly Told[];
  readonly unreadable: readonly Flaw[];
}

const ASK = 'Ask the person to sign again, or find out the id and give it in a table with --accounts.';

const STEPS: Readonly<Record<Doubt, { readonly is: string; readonly todo: string }>> = {
  address: { is: 'is an address and no account', todo: 'It counts for nobody. Ask the person to sign with their account.' },
  ambiguous: { is: 'can be a login or an id', todo: 'Give a table with --accounts that says whose it is.' },
  bot: { is: 'is a bot', todo: 'A bot signs nothing. If it contributes, exempt it in the policy by its id.' },
  domain: {
    is: 'is a domain that nobody has verified here',
    todo: 'It counts for nobody. `steward cla company domain add` verifies it for a company.',
  },
  duplicate: { is: 'is in the list before, and needs no second signature', todo: 'Nothing.' },
  missing: { is: 'is no account now: it was renamed or deleted', todo: ASK },
  'no-account': { is: 'names no account on GitHub', todo: 'Ask the person to sign with their account.' },
  organization: { is: 'is an organization', todo: 'Only people sign. A company signs with `steward cla company add`.' },
  renamed: { is: 'has another login now, or is deleted; the id counts', todo: 'Nothing.' },
  reused: { is: 'is somebody else now', todo: `The id of the list counts where there is one. Otherwise: ${ASK}` },
  revoked: {
    is: 'revoked in one row what another row has in force; in the register the revocation ends both',
    todo: 'Ask the person to sign again where the signature is to count.',
  },
  'other-version': {
    is: 'is there already, under another version, and was not entered again',
    todo: 'Where this version is right as well, import again with --another-version; both then stand.',
  },
  'same-name': { is: 'has no short name of its own', todo: 'Enter this company by hand with `steward cla company add`.' },
  unresolved: {
    is: 'was looked up nowhere, and the list has no id',
    todo: 'Set GITHUB_TOKEN, or give a table with --accounts that has it.',
  },
  unsigned: { is: 'is not signed or not approved', todo: 'Nothing is imported for it.' },
};

/** The report as one JSON document. */
export function reportJson(report: Report): string {
  const told = report.told.map((one) => ({ ...one, ...STEPS[one.why] }));
  return `${JSON.stringify({ ...report, told }, null, 2)}\n`;
}

/** The report for people: what was entered, then every row that somebody should look at, by kind. */
export function reportText(report: Report): string {
  const groups = [...Map.groupBy(report.told, ({ why }) => why)].map(([why, told]) => {
    const lines = told.map(({ line, found }) => `  row ${line}: ${visible(found)}\n`).join('');
    return `\n${told.length} ${STEPS[why].is}. ${STEPS[why].todo}\n${lines}`;
  });
  return `${reportFlaws(report.unreadable)}${summary(report)}\n${groups.join('')}`;
}

/** Rows that cannot be read, a line each. */
export function reportFlaws(flaws: readonly Flaw[]): string {
  return flaws.map(({ line, found, wanted }) => `Row ${line}: found ${visible(found)}. Wanted: ${visible(wanted)}.\n`).join('');
}

function summary({ isDryRun, rows, entered, known, again, told, unreadable }: Report): string {
  const left = new Set(told.filter(({ isLeft }) => isLeft).map(({ line }) => line)).size + unreadable.length;
  const many = `${entered} ${entered === 1 ? 'entry' : 'entries'}`;
  const done = isDryRun
    ? `${many} would be entered, ${known} there already; nothing was written`
    : `${many} entered, ${known} there already`;
  const judged = againText(again);
  return `${rows} ${rows === 1 ? 'row' : 'rows'} read: ${done}. ${left} left for you.${judged === null ? '' : ` ${judged}`}`;
}
