/** The words of a pause: why, until when, and what it means for whoever reads the check. */
import type { Paused } from '../policy/managed.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { codeSpan, ownLink, quoted } from './markdown.ts';
import { originUrl } from './places.ts';

const LONGEST_REASON = 500;

/** The section at the top of a check's summary; empty where nothing is paused. */
export function pauseSection(verdict: Verdict): string {
  const { paused } = verdict.policy;
  if (!paused) return '';
  return [
    '### ⏸️ Steward is paused',
    `The organization paused Steward and gives this reason: “${quoted(paused.because, LONGEST_REASON)}”`,
    `While the pause lasts, this check does not fail, and Steward writes no comments but answers to people, and no issues. What is found is shown all the same; it counts again when the pause ends. ${ends(paused)}`,
    `<sub>paused by ${place(verdict, paused)}</sub>`,
  ].join('\n\n');
}

/** The title of a paused check, in at most 60 characters; null where nothing is paused or nothing fails. */
export function pausedHeadline({ policy, rules }: Verdict): string | null {
  const failing = rules.filter(({ enforce, outcome }) => enforce !== 'observe' && outcome === 'fail').length;
  if (!policy.paused || failing === 0) return null;
  return `Paused; ${failing} of ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} would need a change`;
}

function ends({ until }: Paused): string {
  return until === null
    ? 'It ends when an administrator takes `paused` out of the policy.'
    : `Its last day is ${until} (UTC); an administrator can end it earlier by taking \`paused\` out of the policy.`;
}

function place(verdict: Verdict, { origin }: Paused): string {
  const line = origin.line === null ? '' : `, line\u00a0${origin.line}`;
  return ownLink(codeSpan(origin.source) + line, originUrl(verdict, origin, true));
}
