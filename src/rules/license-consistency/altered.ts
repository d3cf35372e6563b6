/** What is found about a license text below the root whose words were changed. The one at the root is the matter of `license-file`. */
import type { LicenseFile } from '../../facts/license/files.ts';
import type { Edit } from '../../facts/license/license-text.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';

/** One for each altered text; none of those at the root. */
export function alteredFindings(files: readonly LicenseFile[]): readonly Finding[] {
  return files.flatMap(({ path, oid, license }) => {
    const altered = license.known ? license.value.altered[0] : undefined;
    const edit = altered?.edits[0];
    if (!path.includes('/') || !altered || !edit) return [];
    return [
      {
        outcome: 'fail' as const,
        about: path,
        says: words`${code(path)} is not the ${code(altered.license)} text: ${shown(edit)}.`,
        fix: words`Put the text of ${code(altered.license)} back.`,
        location: { path, line: edit.line },
        ...(oid === undefined ? {} : { evidence: oid }),
      },
    ];
  });
}

function shown({ line, removed, added }: Edit): Words {
  if (removed === '') return words`line ${line} adds “${quote(added)}”`;
  if (added === '') return words`before line ${line}, “${quote(removed)}” is missing`;
  return words`line ${line} says “${quote(added)}” instead of “${quote(removed)}”`;
}
