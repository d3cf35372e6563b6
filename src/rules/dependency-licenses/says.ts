/** What is said about added packages: what is in the way one by one, what is fine in one sentence. */
import { digestOf } from '../../facts/digest.ts';
import type { LicenseSource } from '../../facts/packages/package.ts';
import type { LicensedPackage } from '../../facts/packages/licensed.ts';
import { code, link, quote, words, type Words } from '../../facts/words.ts';
import type { Lapse } from '../licensing/exceptions.ts';
import type { Finding } from '../rule.ts';
import type { JudgedPackage } from './judge.ts';

export interface Saying {
  readonly unknown: 'pass' | 'unknown' | 'fail';
}

/** So many packages are told one by one; the rest is counted and named. */
const MOST = 40;

export function findingsOn(judged: readonly JudgedPackage[], { unknown }: Saying): readonly Finding[] {
  const accepted = judged.filter(({ excepted }) => excepted.exception !== null);
  const open = judged.filter(({ excepted }) => excepted.exception === null);
  const inTheWay = open.filter(({ standing }) => standing === 'deny' || standing === 'review');
  const notKnown = open.filter(({ standing }) => standing === 'unknown');
  const outcome = unknown === 'pass' ? 'exempt' : unknown;
  return [
    ...inTheWay.slice(0, MOST).map(refused),
    ...many(inTheWay.slice(MOST), 'fail', 'more dependencies'),
    ...(notKnown.length > MOST ? many(notKnown, outcome, 'an unknown license') : notKnown.map((one) => undecided(one, outcome))),
    ...accepted.map(exempted),
    ...fine(open.filter(({ standing }) => standing === 'allow')),
  ];
}

const ECOSYSTEMS = {
  npm: 'npm',
  cargo: 'Cargo',
  pypi: 'PyPI',
  golang: 'Go',
  maven: 'Maven',
  hackage: 'Haskell',
  aiken: 'Aiken',
  nix: 'Nix',
} as const;

function aboutOf({ ecosystem, name, version, constraint }: LicensedPackage): string {
  const exactly = version ?? constraint;
  return `${name}${exactly === null ? '' : ` ${exactly}`} (${ECOSYSTEMS[ecosystem]})`;
}

function nameOf({ ecosystem, name, version, constraint }: LicensedPackage): Words {
  const exactly = version ?? constraint;
  return words`${code(name)}${exactly === null ? words`` : words` ${code(exactly)}`} (${ECOSYSTEMS[ecosystem]})`;
}

function placeOf({ path, line }: LicensedPackage): Pick<Finding, 'location'> {
  return { location: { path, ...(line === null ? {} : { line }) } };
}

/** Named with its license: whoever answers for it answers for no other one. */
function refused({ found, expression, standing, because, excepted }: JudgedPackage): Finding {
  const verb = standing === 'review' ? 'has to be looked at before it is added' : 'is not allowed here';
  const license = expression ?? '';
  return {
    outcome: 'fail',
    about: `${aboutOf(found)} under ${license}`,
    says: words`${nameOf(found)} under ${code(license)}${fromWhere(found)} ${verb}.${roleOf(found)} ${because ?? words``}${lapsesOf(excepted.lapsed)}`,
    briefly: words`${nameOf(found)} under ${code(license)} ${verb}.`,
    isLasting: true,
    fix: standing === 'review' ? reviewFix(found, expression) : denyFix(found),
    ...placeOf(found),
  };
}

/** How it came into the project, where that is known. */
function roleOf({ isDirect, usage }: LicensedPackage): Words {
  const brought = isDirect === false ? ' Another dependency brings it.' : '';
  return words`${brought}${usage === 'development' ? ' It is used for development.' : ''}`;
}

const SOURCES: Readonly<Record<LicenseSource, string>> = {
  'lock file': 'as its lock file says',
  manifest: 'as its manifest says',
  registry: 'as its registry says',
  text: 'as its license text says',
  'dependency graph': "as GitHub's dependency graph says",
};

function fromWhere({ licensed }: LicensedPackage): Words {
  if (!licensed.known) return words``;
  const { source, url } = licensed.value;
  return url === null ? words`, ${SOURCES[source]},` : words`, ${link(SOURCES[source], url)},`;
}

function denyFix({ packageUrl }: LicensedPackage): Words {
  return words`Use a package that does the same under an allowed license, or ask whoever keeps the policy to except ${code(packageUrl)}.`;
}

function reviewFix({ packageUrl }: LicensedPackage, expression: string | null): Words {
  return words`Ask whoever keeps the policy. If it is fine they except ${code(packageUrl)} for ${code(expression ?? '')}, with a reason.`;
}

const LAPSES: Readonly<Record<Lapse, string>> = {
  ended: 'has ended',
  'other license': 'is for another license',
  'license not known': 'is for one license, and the license is not known',
};

function lapsesOf(lapsed: JudgedPackage['excepted']['lapsed']): Words {
  const [first] = lapsed;
  if (!first) return words``;
  return words` The exception ${code(first.exception.package)} ${LAPSES[first.why]}.`;
}

function undecided({ found, expression, because, excepted }: JudgedPackage, outcome: Finding['outcome']): Finding {
  const why = because ?? words`${reasonOf(found)}.`;
  const license = expression === null ? words`` : words` under ${code(expression)}${fromWhere(found)}`;
  const says = words`Whether ${nameOf(found)}${license} is allowed is not known: ${why}${roleOf(found)}${lapsesOf(excepted.lapsed)}`;
  return {
    outcome,
    about: aboutOf(found),
    says,
    briefly: says,
    isLasting: true,
    fix: words`Look its license up. If it is allowed, whoever keeps the policy can except ${code(found.packageUrl)} for that license.`,
    ...placeOf(found),
  };
}

function reasonOf({ licensed }: LicensedPackage): Words {
  if (!licensed.known) return words`${quote(licensed.reason)}`;
  const { declared } = licensed.value;
  return declared === null
    ? words`nobody states its license`
    : words`what is stated is no SPDX expression (${code(declared.slice(0, 100))})`;
}

/** Packages that are too many to be told one by one. */
function many(judged: readonly JudgedPackage[], outcome: Finding['outcome'], about: string): readonly Finding[] {
  if (judged.length === 0) return [];
  const named = judged.slice(0, MOST).map(({ found }) => code(found.name));
  const list = named.reduce<Words>((sentence, one, index) => (index === 0 ? words`${one}` : words`${sentence}, ${one}`), words``);
  const rest = judged.length - named.length;
  const reasons = new Map(judged.map(({ found }) => [JSON.stringify(reasonOf(found)), reasonOf(found)]));
  const [why] = reasons.values();
  const says =
    outcome === 'fail' && about === 'more dependencies'
      ? words`${judged.length} more dependencies are not allowed here`
      : words`${judged.length} dependencies have an unknown license${reasons.size === 1 && why ? words` (${why})` : words``}`;
  return [
    {
      outcome,
      about,
      says: words`${says}: ${list}${rest > 0 ? words` and ${rest} others` : words``}.`,
      fix: words`Use packages under allowed licenses, or ask whoever keeps the policy to except them.`,
      evidence: digestOf({ packages: judged.map(({ found }) => found.packageUrl) }),
    },
  ];
}

function exempted({ found, expression, excepted }: JudgedPackage): Finding {
  const { reason, approver, until } = excepted.exception ?? { reason: '' };
  const license = expression === null ? words`whose license is not known` : words`whose license is ${code(expression)}`;
  const by = approver === undefined ? words`` : words` by ${quote(approver)}`;
  const end = until === undefined ? words`` : words` until ${until}`;
  return {
    outcome: 'exempt',
    about: aboutOf(found),
    says: words`${nameOf(found)}, ${license}, is excepted${by}${end}: ${quote(reason)}`,
    ...placeOf(found),
  };
}

/** One sentence for all that is allowed, the most frequent licenses first. */
function fine(judged: readonly JudgedPackage[]): readonly Finding[] {
  if (judged.length === 0) return [];
  const counts = Map.groupBy(judged, ({ expression }) => expression ?? '');
  const [first, ...others] = [...counts]
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .slice(0, 6);
  const counted = (count: number): string => (judged.length === 1 ? '' : `${count} × `);
  const told = [first, ...others].flatMap((row) => (row ? [words`${counted(row[1].length)}${code(row[0])}`] : []));
  const list = told.reduce((sentence, one) => words`${sentence}, ${one}`);
  const rest = counts.size > told.length ? words` and ${counts.size - told.length} other licenses` : words``;
  const subject =
    judged.length === 1
      ? words`One dependency is added or changed, and it is allowed`
      : words`${judged.length} dependencies are added or changed and allowed`;
  return [{ outcome: 'pass', about: 'dependencies', says: words`${subject}: ${list}${rest}.` }];
}
