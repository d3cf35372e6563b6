/** One finding as lines for a terminal: what fails, and what is not known. */
import { plain, visible } from '../facts/words.ts';
import type { JudgedFinding } from '../verdict/verdict.ts';
import { sentence } from './words.ts';

/** What is so and what to do, indented; of findings that the same step mends the last one shows it. */
export function findingLines(finding: JudgedFinding, next: JudgedFinding | undefined): string[] {
  const { location } = finding;
  const at = location ? ` (${visible(location.path)}${location.line === undefined ? '' : `:${location.line}`})` : '';
  const says = `    ${sentence(plain(finding.says))}${at}`;
  if (finding.isOverridden) return [`${says} (overridden)`];
  if (finding.waivedBy !== undefined) return [`${says} (waived)`];
  const isRepeated = isSame(next, finding, ({ fix, commands }) => [fix, commands]);
  const fix = finding.fix && !isRepeated ? [`      ${sentence(plain(finding.fix))}`] : [];
  const commands = isRepeated ? [] : (finding.commands ?? []).flatMap((command) => command.split(/\r?\n/));
  const lines = commands.map((command) => `        ${visible(command)}`);
  return [says, ...fix, ...lines, ...replyLines(finding, next)];
}

function replyLines(finding: JudgedFinding, next: JudgedFinding | undefined): string[] {
  const { reply, page } = finding;
  if (isSame(next, finding, (one) => [one.reply, one.page])) return [];
  return [
    ...(reply === undefined ? [] : ['      Comment with exactly this line:', `        ${visible(reply)}`]),
    ...(page === undefined ? [] : [`      Or on this page: ${visible(page)}`]),
  ];
}

type Step = (finding: JudgedFinding) => readonly unknown[];

function isSame(next: JudgedFinding | undefined, finding: JudgedFinding, step: Step): boolean {
  return next !== undefined && JSON.stringify(step(next)) === JSON.stringify(step(finding));
}
