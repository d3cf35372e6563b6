/** What is said about a license text whose words were changed. */
import type { Altered, Edit } from '../../facts/license/license-text.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';

/** A finding without the file that it is about. */
export type Said = Pick<Finding, 'outcome' | 'says' | 'fix'>;

/** The words that were changed, the first of them; `ownName`: what the text calls itself, if it does. */
export function changed(path: string, { license, edits, count }: Altered, ownName?: string): Said {
  const passages = count === 1 ? words`one passage was` : words`${count} passages were`;
  return {
    outcome: 'fail',
    says: words`${code(path)} is not the ${code(license)} text: ${passages} changed. ${shown(edits, count)}`,
    fix: words`${replaceBy(license)} If other terms are meant, ${listing(ownName)}`,
  };
}

/** How other terms come to be allowed. */
function listing(ownName: string | undefined): Words {
  return ownName === undefined
    ? words`give them a name of their own in the first line, ${code('SPDX-License-Identifier: LicenseRef-NAME')}, and ask whoever keeps the policy to add that name to its list.`
    : words`ask whoever keeps the policy to allow ${code(ownName)}, as the text names itself.`;
}

/** Whether a finding is one of these, by its plain words. */
export function isOfChanges(says: string): boolean {
  return / is not the \S+(?: WITH \S+)? text: /.test(says);
}

/** The step that gives a file the text that its license has; null: nobody knows which license is meant. */
export function replaceBy(license: string | null): Words {
  if (license === null || license.includes('LicenseRef-')) {
    return words`Replace it with the complete text of its license, as https://spdx.org/licenses has it.`;
  }
  return words`Replace it with the complete text, for example ${code(`https://spdx.org/licenses/${license.split(' ')[0] ?? ''}.html`)}.`;
}

/** The first place that was changed. */
export function placeOf(path: string, { edits: [first] }: Altered): NonNullable<Finding['location']> {
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
