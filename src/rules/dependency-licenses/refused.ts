/** What is said of a package that is in the way: not allowed, to be approved, not confirmed, or nobody's to use. */
import { digestOf } from '../../facts/digest.ts';
import type { LicensedPackage } from '../../facts/packages/licensed.ts';
import { code, link, words, type Words } from '../../facts/words.ts';
import type { Lapse } from '../licensing/exceptions.ts';
import type { Finding } from '../rule.ts';
import type { JudgedPackage } from './judge.ts';
import { aboutOf, cut, fromWhere, licenseWords, nameOf, placeOf, roleOf, sayer, urlOf } from './named.ts';

/** Why it is in the way, and what to do. */
export function refused(judged: JudgedPackage): Finding {
  if (judged.disputed !== null) return disputed(judged);
  if (judged.expression === 'NONE') return forNobody(judged);
  return notAllowed(judged);
}

/** Named with its license: whoever answers for it answers for no other one. */
function notAllowed({ found, expression, standing, because, excepted }: JudgedPackage): Finding {
  const verb = standing === 'review' ? 'needs approval first' : 'is not allowed here';
  const license = licenseWords(expression);
  return {
    outcome: 'fail',
    about: aboutWith(found, expression),
    says: words`${nameOf(found)} under ${license}${fromWhere(found)} ${verb}.${roleOf(found)} ${because ?? words``}${lapsesOf(excepted.lapsed)}`,
    briefly: words`${nameOf(found)} under ${license} ${verb}.`,
    isLasting: true,
    fix: standing === 'review' ? reviewFix(found, expression) : denyFix(found),
    ...placeOf(found),
  };
}

/** Cut at its end alone, and with what tells long ones apart. */
function aboutWith(found: LicensedPackage, expression: string | null): string {
  return `${aboutOf(found)} under ${cut(expression ?? '', 'license')}${isCut(found, expression) ? ` (${digestOf({ packageUrl: found.packageUrl, expression }).slice(0, 12)})` : ''}`;
}

function isCut({ name, version, constraint }: LicensedPackage, expression: string | null): boolean {
  const exactly = version ?? constraint ?? '';
  return cut(name, 'name') !== name || cut(exactly, 'version') !== exactly || cut(expression ?? '', 'license') !== expression;
}

function forNobody({ found, standing, expression, excepted }: JudgedPackage): Finding {
  const declared = found.licensed.known ? (found.licensed.value.declared ?? 'NONE') : 'NONE';
  const says = words`${nameOf(found)} may not be used by anybody: ${sayer(found)} says ${licenseWords(declared)}.`;
  return {
    outcome: 'fail',
    about: `${aboutOf(found)} may not be used by anybody`,
    says: words`${says}${roleOf(found)}${lapsesOf(excepted.lapsed)}`,
    briefly: says,
    isLasting: true,
    fix: standing === 'review' ? reviewFix(found, expression) : denyFix(found),
    ...placeOf(found),
  };
}

/** The contributor writes the lock file, so a lock file that says otherwise than the registry decides nothing. */
function disputed({ found, expression, disputed: other, excepted }: JudgedPackage): Finding {
  const licenses = words`${licenseWords(expression)} or ${licenseWords(other?.expression ?? null)}`;
  const registry = other?.url ? words`${link('its registry', other.url)}` : words`its registry`;
  const says = words`${nameOf(found)} under ${licenses} is not confirmed: ${sayer(found)} says ${licenseWords(expression)}, ${registry} ${licenseWords(other?.expression ?? null)}.`;
  return {
    outcome: 'fail',
    about: `${aboutWith(found, expression)} or ${cut(other?.expression ?? '', 'license')}`,
    says: words`${says}${roleOf(found)}${lapsesOf(excepted.lapsed)}`,
    briefly: says,
    isLasting: true,
    fix: words`Let the tool that made the lock file write it anew. If it still says the same, look the license up, and ask whoever keeps the policy to add an exception for ${urlOf(found)}.`,
    ...placeOf(found),
  };
}

function denyFix(found: LicensedPackage): Words {
  return words`Use a package that does the same under an allowed license, or ask whoever keeps the policy to add an exception for ${urlOf(found)}.`;
}

function reviewFix(found: LicensedPackage, expression: string | null): Words {
  return words`Ask whoever keeps the policy. If it is fine they can add an exception for ${urlOf(found)} under ${licenseWords(expression)}, with a reason.`;
}

const LAPSES: Readonly<Record<Lapse, string>> = {
  ended: 'has ended',
  'other license': 'is for another license',
  'license not known': 'is for one license, and the license is not known',
};

/** The exception that names the package and does not hold. */
export function lapsesOf(lapsed: JudgedPackage['excepted']['lapsed']): Words {
  const [first] = lapsed;
  if (!first) return words``;
  return words` The exception ${code(cut(first.exception.package, 'packageUrl'))} ${LAPSES[first.why]}.`;
}
