/** What is said about license files. */
import { FEWEST_WORDS } from '../../facts/license/license-text.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import type { Lists } from '../licensing/terms.ts';
import type { Finding } from '../rule.ts';
import { changed, placeOf, replaceBy, type Said } from './altered.ts';
import type { Judged } from './judged.ts';
import { isMain } from './names.ts';
import { listed } from '../licensing/listed.ts';

export function noLicense({ allow }: Lists): Finding {
  return {
    outcome: 'fail',
    about: 'license',
    says: words`There is no license file at the root of the repository.`,
    fix: words`Add the complete text of ${allow.length === 0 ? 'a license' : listed(allow, 'or')} as ${code('LICENSE')}.`,
    create: 'LICENSE',
  };
}

/** One file by itself. */
export function finding(judged: Judged, terms: Lists): Finding {
  const { path, oid } = judged.file;
  const common = { about: path, location: { path }, ...(oid === undefined ? {} : { evidence: oid }) };
  const said = saidOf(judged, terms);
  return said.outcome === 'pass' ? { about: path, ...said } : { ...common, ...said };
}

function saidOf({ file, standing, ownStanding, isWhole }: Judged, terms: Lists): Said & Pick<Finding, 'location'> {
  const { path, via, license } = file;
  if (via === 'dead-link') return dead(path);
  if (!license.known) return unread(path, license.reason, null);
  const { altered, may, reason, named, ownName } = license.value;
  const [first] = altered;
  if (first && ownName !== undefined && ownStanding === 'allow') return renamed(path, ownName, first.license);
  if (first) return { ...changed(path, first, ownName), location: placeOf(path, first) };
  if (may.length === 0) return unread(path, reason ?? 'nobody told', named ?? null);
  if (!isWhole && standing !== 'deny') return onlyNamed(path, may);
  const says = words`${code(path)} is ${listed(may, 'or')}`;
  switch (standing) {
    case 'allow':
      return { outcome: 'pass', says: words`${says}.` };
    case 'deny':
      return { outcome: 'fail', says: words`${says}, which is not allowed here.`, fix: deniedFix(path, terms) };
    case 'review':
      return { outcome: 'fail', says: words`${says}, which needs approval first.`, fix: REVIEW };
    case 'unknown':
      return undecided(path, may);
  }
}

const REVIEW = words`Ask whoever keeps the policy to approve it; what is approved is added to the list.`;

function deniedFix(path: string, { allow }: Lists): Words {
  const wanted =
    allow.length === 0 ? words`Everything but what the policy denies is allowed.` : words`Allowed: ${listed(allow, 'or')}.`;
  return isMain(path)
    ? words`${wanted} Put the former license back where there was one, or ask whoever keeps the policy: changing a license needs the consent of those who hold the copyright.`
    : words`${wanted} Remove ${code(path)} if it is new, or ask whoever keeps the policy.`;
}

function dead(path: string): Said {
  return {
    outcome: 'fail',
    says: words`${code(path)} is a link that leads out of the repository, or nowhere.`,
    fix: words`Put a file with the complete text of the license in its place.`,
  };
}

function renamed(path: string, name: string, license: string): Said {
  return { outcome: 'pass', says: words`${code(path)} is ${code(name)}, as it says itself; it was made of ${code(license)}.` };
}

function onlyNamed(path: string, may: readonly string[]): Said {
  const [first = ''] = may;
  return {
    outcome: 'fail',
    says: words`${code(path)} only says that ${listed(may, 'or')} applies; the text of the license itself is missing.`,
    fix: first.includes('LicenseRef-') ? ownText(path, first) : replaceBy(first),
  };
}

/** No list has a license of one's own, so nothing can be copied from there. */
function ownText(path: string, name: string): Words {
  return words`The text of ${code(name)} has to stand in ${code(path)}, below its name; fewer than ${FEWEST_WORDS} words are not taken for one.`;
}

function unread(path: string, reason: string, named: string | null): Said {
  return {
    outcome: 'unknown',
    says: words`Which license ${code(path)} holds is not known: ${quote(reason)}.`,
    fix: replaceBy(named),
  };
}

function undecided(path: string, may: readonly string[]): Said {
  if (may.length === 1) {
    return {
      outcome: 'unknown',
      says: words`${code(path)} is ${code(may[0] ?? '')}, and the policy does not say what that is.`,
      fix: words`Whoever keeps the policy can list it, or put it into a category.`,
    };
  }
  return {
    outcome: 'unknown',
    says: words`${code(path)} is the text of ${listed(may, 'and of')}, and not each of them is allowed. The text alone does not tell which one is meant.`,
    fix: words`Whoever keeps the policy can list ${code(may[0] ?? '')}, which covers them all.`,
  };
}
