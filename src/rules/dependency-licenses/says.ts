/** What is said about added packages: what is in the way one by one, what is fine in one sentence. */
import { digestOf } from '../../facts/digest.ts';
import type { LicensedPackage } from '../../facts/packages/licensed.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';
import { fine } from './fine.ts';
import type { JudgedPackage } from './judge.ts';
import { aboutOf, cut, fromWhere, licenseWords, nameOf, placeOf, roleOf, urlOf } from './named.ts';
import { lapsesOf, refused } from './refused.ts';

export interface Saying {
  readonly unknown: 'pass' | 'unknown' | 'fail';
}

/** So many packages are told one by one; the rest is counted and named. */
const MOST = 40;

export function findingsOn(judged: readonly JudgedPackage[], { unknown }: Saying): readonly Finding[] {
  const accepted = judged.filter(({ excepted }) => excepted.exception !== null);
  const same = judged.filter(({ excepted, unchanged }) => excepted.exception === null && unchanged !== null);
  const open = judged.filter(({ excepted, unchanged }) => excepted.exception === null && unchanged === null);
  const inTheWay = open.filter(({ standing }) => standing === 'deny' || standing === 'review');
  const notKnown = open.filter(({ standing }) => standing === 'unknown');
  const outcome = unknown === 'pass' ? 'exempt' : unknown;
  return [
    ...inTheWay.slice(0, MOST).map(refused),
    ...many(inTheWay.slice(MOST), 'fail', 'more dependencies'),
    ...(notKnown.length > MOST ? many(notKnown, outcome, 'an unknown license') : notKnown.map((one) => undecided(one, outcome))),
    ...accepted.slice(0, MOST).map(exempted),
    ...more(accepted.slice(MOST), 'more exceptions', 'more dependencies are excepted').map((one) => ({
      ...one,
      isExcepted: true,
    })),
    ...same.slice(0, MOST).map(thereBefore),
    ...more(same.slice(MOST), 'more of before', 'more dependencies were there before under the same licenses'),
    ...fine(open.filter(({ standing }) => standing === 'allow')),
  ];
}

function undecided({ found, expression, because, excepted }: JudgedPackage, outcome: Finding['outcome']): Finding {
  const why = because ?? words`${reasonOf(found)}.`;
  const license = expression === null ? words`` : words` under ${licenseWords(expression)}${fromWhere(found)}`;
  const says = words`Whether ${nameOf(found)}${license} is allowed is not known: ${why}${roleOf(found)}${lapsesOf(excepted.lapsed)}`;
  return {
    outcome,
    about: aboutOf(found),
    says,
    briefly: says,
    isLasting: true,
    fix: words`Look its license up. If it is allowed, whoever keeps the policy can add an exception for ${urlOf(found)} under that license.`,
    ...placeOf(found),
  };
}

function reasonOf({ licensed }: LicensedPackage): Words {
  if (!licensed.known) return words`${quote(cut(licensed.reason, 'packageUrl'))}`;
  const { declared } = licensed.value;
  return declared === null
    ? words`nobody states its license`
    : words`what is stated is no SPDX expression (${code(cut(declared, 'name'))})`;
}

/** Packages that are too many to be told one by one. */
function many(judged: readonly JudgedPackage[], outcome: Finding['outcome'], about: string): readonly Finding[] {
  if (judged.length === 0) return [];
  const reasons = new Map(judged.map(({ found }) => [JSON.stringify(reasonOf(found)), reasonOf(found)]));
  const [why] = reasons.values();
  const says =
    outcome === 'fail' && about === 'more dependencies'
      ? words`${judged.length} more dependencies are not allowed here`
      : words`${judged.length} dependencies have an unknown license${reasons.size === 1 && why ? words` (${why})` : words``}`;
  const fix = words`Use packages under allowed licenses, or ask whoever keeps the policy to add exceptions for them.`;
  return [{ outcome, about, says: words`${says}: ${listed(judged)}.`, fix, evidence: evidenceOf(judged) }];
}

/** The same of what is in nobody's way. */
function more(judged: readonly JudgedPackage[], about: string, are: string): readonly Finding[] {
  if (judged.length === 0) return [];
  return [{ outcome: 'exempt', about, says: words`${judged.length} ${are}: ${listed(judged)}.`, evidence: evidenceOf(judged) }];
}

function listed(judged: readonly JudgedPackage[]): Words {
  const named = judged.slice(0, MOST).map(({ found }) => code(cut(found.name, 'name')));
  const list = named.reduce<Words>((sentence, one, index) => (index === 0 ? words`${one}` : words`${sentence}, ${one}`), words``);
  const rest = judged.length - named.length;
  return rest > 0 ? words`${list} and ${rest} others` : list;
}

function evidenceOf(judged: readonly JudgedPackage[]): string {
  return digestOf({ packages: judged.map(({ found }) => found.packageUrl) });
}

function exempted({ found, expression, excepted }: JudgedPackage): Finding {
  const { reason, approver, until } = excepted.exception ?? { reason: '' };
  const license = expression === null ? words`whose license is not known` : words`whose license is ${licenseWords(expression)}`;
  const by = approver === undefined ? words`` : words` by ${quote(approver)}`;
  const end = until === undefined ? words`` : words` until ${until}`;
  return {
    outcome: 'exempt',
    about: aboutOf(found),
    says: words`${nameOf(found)}, ${license}, is excepted${by}${end}: ${quote(reason)}`,
    isExcepted: true,
    ...placeOf(found),
  };
}

/** What is there already is held against nobody, in no version. */
function thereBefore({ found, expression, unchanged }: JudgedPackage): Finding {
  const [from, to] = [unchanged?.version ?? null, found.version];
  const versions = from === null || to === null ? words`` : words` (${code(cut(from, 'version'))} → ${code(cut(to, 'version'))})`;
  return {
    outcome: 'exempt',
    about: aboutOf(found),
    says: words`${nameOf(found)} under ${licenseWords(expression)} was there before under the same license${versions}.`,
    ...placeOf(found),
  };
}
