/** What people asked for and Steward did not do: told in the check, where it notifies nobody. */
import type { Verdict } from '../verdict/verdict.ts';
import { quoted } from './markdown.ts';
import { joinBlocks } from './rule-section.ts';
import { sentence } from './words.ts';

const LONGEST = 600;

/** The section; empty where everything was followed. */
export function refusedSection({ refused = [] }: Verdict): string {
  if (refused.length === 0) return '';
  const lines = refused.map(
    ({ login, text, reason }) =>
      `- **${quoted(login)}** wrote “${quoted(text)}”. It does not count: ${sentence(quoted(reason, LONGEST))}`,
  );
  return joinBlocks(['### Asked for, and not done', lines.join('\n')]);
}
