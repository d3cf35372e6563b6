/** What is said about license files. */
import type { Altered, Edit } from '../../facts/license/license-text.ts';
import type { LicenseFile } from '../../facts/license/files.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import type { Standing } from '../licensing/decide.ts';
import type { Lists } from '../licensing/terms.ts';
import type { Finding } from '../rule.ts';

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
export function finding(file: LicenseFile, standing: Standing, terms: Lists): Finding {
  const { path, oid, license } = file;
  const common = { about: path, location: { path }, ...(oid === undefined ? {} : { evidence: oid }) };
  if (!license.known) return { ...common, ...unread(path, license.reason) };
  const { altered, may, reason } = license.value;
  const [first] = altered;
  if (first) return { ...common, ...changed(path, first), location: placeOf(path, first) };
  if (may.length === 0) return { ...common, ...unread(path, reason ?? 'nobody told') };
  const says = words`${code(path)} is ${listed(may, 'or')}`;
  switch (standing) {
    case 'allow':
      return { outcome: 'pass', about: path, says: words`${says}.` };
    case 'deny':
      return { ...common, outcome: 'fail', says: words`${says}, which is not allowed here.`, fix: allowedFix(terms) };
    case 'review':
      return { ...common, outcome: 'fail', says: words`${says}, which somebody has to look at here.`, fix: REVIEW };
    case 'unknown':
      return { ...common, ...undecided(path, may) };
  }
}

const REVIEW = words`Ask whoever keeps the policy. What they allow they add to its list, so that nobody has to ask again.`;

function allowedFix({ allow }: Lists): Words {
  const wanted =
    allow.length === 0 ? words`Everything but what the policy denies is allowed.` : words`Allowed: ${listed(allow, 'or')}.`;
  return words`${wanted} Changing a license needs the consent of those who hold the copyright.`;
}

type Said = Pick<Finding, 'outcome' | 'says' | 'fix'>;

function unread(path: string, reason: string): Said {
  return {
    outcome: 'unknown',
    says: words`Which license ${code(path)} holds is not known: ${quote(reason)}.`,
    fix: words`Compare it with the text on the SPDX list; only the year and the copyright holder should differ.`,
  };
}

function changed(path: string, { license, edits, count }: Altered): Said {
  const places = count === 1 ? 'one place' : `${count} places`;
  return {
    outcome: 'fail',
    says: words`${code(path)} is an altered ${code(license)}: ${places} can mean something else. ${shown(edits, count)}`,
    fix: words`Put the text of ${code(license)} back as ${code(`https://spdx.org/licenses/${license.split(' ')[0] ?? ''}.html`)} has it. If other terms are meant, they are another license, which needs a name of its own and somebody who examines it.`,
  };
}

/** The first place that was changed. */
function placeOf(path: string, { edits: [first] }: Altered): NonNullable<Finding['location']> {
  return { path, ...(first && { line: first.line }) };
}

function shown(edits: readonly Edit[], count: number): Words {
  const rest = count > edits.length ? words` And ${count - edits.length} more.` : words``;
  const each = edits.map(({ line, removed, added }) => {
    if (removed === '') return words`Line ${line} adds ${quoted(added)}.`;
    if (added === '') return words`Before line ${line}, ${quoted(removed)} is missing.`;
    return words`Line ${line} says ${quoted(added)} instead of ${quoted(removed)}.`;
  });
  return each.reduce((sentence, one, index) => (index === 0 ? one : words`${sentence} ${one}`), words``).concat(rest);
}

function quoted(text: string): Words {
  return words`“${quote(text)}”`;
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

/** Ids in words, at most twelve of them. */
function listed(ids: readonly string[], conjunction: string): Words {
  const shown = ids.slice(0, 12);
  const rest = ids.length - shown.length;
  const all = shown.map((id) => words`${code(id)}`).concat(rest > 0 ? [words`${rest} others`] : []);
  return all.reduce((sentence, one, index) =>
    index === all.length - 1 ? words`${sentence} ${conjunction} ${one}` : words`${sentence}, ${one}`,
  );
}
