/** A line that mends something when the person concerned writes it as a comment, and the page that does the same. */
import type { Finding } from '../rules/rule.ts';
import { codeBlock, ownLink, safeUrl } from './markdown.ts';

/** The line to copy and the page; `lead` comes before both. Empty where a finding has neither. */
export function replyBlock({ reply, page }: Pick<Finding, 'reply' | 'page'>, lead = ''): string {
  const url = page === undefined ? null : safeUrl(page);
  const here = ownLink('this page', url);
  if (reply === undefined) return url === null ? '' : `${lead}${lead === '' ? 'S' : 's'}ee ${here}.`;
  return [
    `${lead}${lead === '' ? 'C' : 'c'}omment on this pull request with exactly this line:`,
    codeBlock([reply], 'text'),
    ...(url === null ? [] : [`Or sign on ${here}.`]),
  ].join('\n\n');
}
