/** The message of a commit on github.com, and how it gets there. */
import type { Finding } from '../rules/rule.ts';
import { codeBlock } from './markdown.ts';

/** The text that mends the first of these findings that has one, with how many more it mends. Empty where none has. */
export function pasteBlock(findings: readonly Pick<Finding, 'paste'>[]): string {
  const text = findings.find(({ paste }) => paste !== undefined)?.paste;
  if (text === undefined) return '';
  const count = findings.filter(({ paste }) => paste === text).length;
  const left = `It covers ${count} of the ${findings.length}; once it is there, this check tells what is left.`;
  return [HOW, codeBlock([text], 'text'), ...(count < findings.length ? [left] : [])].join('\n\n');
}

/** GitHub's editor has one field for the first line and another for the rest. */
const HOW =
  '**Without a clone:** on github.com, edit any file on the branch of this pull request (*Files changed*, then ⋯ and *Edit file*); ' +
  'an empty line at its end is enough. As the message of the commit, paste the first line of this as the title and the rest as ' +
  'the extended description, then choose *Commit directly to the branch*:';
