/** Notes that waivers end: one for all that end on the same day, 14 days before and 3 days before. */
import { daysLeft, MARKS } from '../policy/dates.ts';
import { followed } from '../policy/waivers/followed.ts';
import type { Granted } from '../policy/waivers/waiver.ts';
import { noteMarker, type NoteEffect } from './effect.ts';
import { codeSpan, quoted } from './markdown.ts';
import { counted } from './words.ts';

const SHOWN = 20;

/** A note is said once for a last day and a mark, however many waivers end then: a comment for each would be read by nobody. */
export function waiverNotes(granted: readonly Granted[], now: Date): readonly NoteEffect[] {
  const isFollowed = followed(granted);
  const byDay = Map.groupBy(
    granted.filter((waiver) => !isFollowed(waiver)),
    ({ until }) => until,
  );
  return [...byDay].flatMap(([until, ending]): readonly NoteEffect[] => {
    const [first] = ending;
    const days = first ? daysLeft(Date.parse(first.ends), now) : Infinity;
    const mark = MARKS.findLast((one) => days <= one);
    if (!first || mark === undefined) return [];
    const key = `waivers ${until} ${mark}`;
    const when = `${until}, in ${counted(days, 'day')}`;
    const text = ending.length === 1 ? one(first, when) : several(ending, when);
    return [{ kind: 'note', key, body: `${noteMarker(key)}\n${text}` }];
  });
}

function one({ id, rule, approver }: Granted, when: string): string {
  return `The waiver ${codeSpan(id)} of the rule ${codeSpan(rule)} ends after ${when}. What it covers fails again then. To go on, move ${codeSpan('until')} in its file, in a pull request that somebody else approves (so far: ${quoted(approver)}). To let it end, do nothing.`;
}

function several(ending: readonly Granted[], when: string): string {
  const lines = ending
    .slice(0, SHOWN)
    .map(({ id, rule, approver }) => `- ${codeSpan(id)} of the rule ${codeSpan(rule)} (approved by ${quoted(approver)})`);
  const left = ending.length - lines.length;
  return `${ending.length} waivers end after ${when}. What they cover fails again then. To go on, move ${codeSpan('until')} in their files, in a pull request that somebody else approves. To let them end, do nothing.

${[...lines, ...(left > 0 ? [`- …and ${left} more.`] : [])].join('\n')}`;
}
