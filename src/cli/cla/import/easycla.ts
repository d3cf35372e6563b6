/** Lists of EasyCLA. It quotes some cells without escaping what is in them, so lines are read from both ends. */
import { UsageError } from '../../repository.ts';
import { parsed, type Flaw, type Parsed, type Reading } from './row.ts';
import { timeOf, WANTED_TIME } from './time.ts';

const ICLA_HEADER = 'Name,GitHub Username,GitLab Username,LF_ID,Email,Signed Date,Approved,Signed';
const EMPLOYEE_HEADER = 'GitHub ID,LF_ID,Name,Email,Date Signed';
const COMPANY_HEADER =
  'Company Name,Signed,Approved,DomainApprovalList,EmailApprovalList,GitHubOrgApprovalList,GitHubUsernameApprovalList,Date Signed';

const DATE = '"?([A-Z][a-z]{2} \\d{1,2}, ?\\d{4})?"?';
const CELL = '"?([^",]*)"?';
// Only a name can hold commas and quotes of its own; it takes what the others leave.
const ICLA = new RegExp(`^"?(.*?)"?,${CELL},${CELL},${CELL},${CELL},${DATE},(true|false),(true|false)$`);
const EMPLOYEE = new RegExp(`^${CELL},${CELL},"?(.*?)"?,${CELL},${DATE}$`);
const LIST = '"([^"]*)"';
const COMPANY = new RegExp(
  `^"?(.*?)"?,(true|false),(true|false),${LIST},${LIST},${LIST},${LIST},${DATE}(?:,(?:true|false)){0,2}$`,
);

/** Individual agreements. */
export function easyclaIcla(text: string): Parsed {
  return readLines(text, ICLA_HEADER, ICLA, ([name = '', login = '', , , email = '', date = '', approved, isSigned]) => {
    if (approved !== 'true' || isSigned !== 'true') {
      return { kind: 'other', why: 'unsigned', found: `${login || name}: Approved ${approved ?? ''}, Signed ${isSigned ?? ''}` };
    }
    const at = dated(date);
    if (typeof at !== 'string') return at;
    return { ...signature, login: login || null, at, ...named(name, email) };
  });
}

/** People who acknowledged that their company's agreement covers them. */
export function easyclaEmployees(text: string): Parsed {
  return readLines(text, EMPLOYEE_HEADER, EMPLOYEE, ([login = '', , name = '', email = '', date = '']) => {
    const at = dated(date);
    return typeof at !== 'string' ? at : { ...signature, login: login || null, at, ...named(name, email) };
  });
}

/** Corporate agreements. The last two columns repeat one value, so the second and third count. */
export function easyclaCompanies(text: string): Parsed {
  return readLines(text, COMPANY_HEADER, COMPANY, (cells) => {
    const [name = '', isSigned, approved, domains = '', addresses = '', organizations = '', logins = '', date = ''] = cells;
    if (isSigned !== 'true' || approved !== 'true') {
      return { kind: 'other', why: 'unsigned', found: `${name}: Signed ${isSigned ?? ''}, Approved ${approved ?? ''}` };
    }
    if (name.trim() === '') return { found: 'no name', wanted: 'the name of a company' };
    const at = dated(date);
    if (typeof at !== 'string') return at;
    const unproven = [...listed(domains), ...listed(addresses)];
    return { kind: 'company', name, at, logins: listed(logins), organizations: listed(organizations), unproven };
  });
}

const signature = { kind: 'signature', accountId: null, revokedAt: null } as const;

function named(name: string, email: string) {
  return { ...(name === '' ? {} : { name }), ...(email === '' ? {} : { email }) };
}

/** The time, or what is wrong with it. */
function dated(date: string): string | Omit<Flaw, 'line'> {
  return timeOf(date) ?? { found: date === '' ? 'no date' : `the date "${date}"`, wanted: WANTED_TIME };
}

function listed(cell: string): readonly string[] {
  return cell
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

type Cells = readonly (string | undefined)[];

function readLines(text: string, header: string, form: RegExp, read: (cells: Cells) => Reading): Parsed {
  const [first = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (!first.trim().startsWith(header)) {
    throw new UsageError(`The first line is ${JSON.stringify(first.slice(0, 200))}. Wanted: ${header}`);
  }
  return parsed(
    lines.flatMap((raw, index) => {
      if (raw.trim() === '') return [];
      const cells = form.exec(raw.trim())?.slice(1);
      const reading = cells ? read(cells) : { found: raw.slice(0, 200), wanted: `the columns ${header}` };
      return [{ line: index + 2, raw, reading }];
    }),
  );
}
