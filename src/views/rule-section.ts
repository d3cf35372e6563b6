/** One rule in Markdown: what is so, why it matters, how to fix it, and which policy asks for it. */
import { plain } from '../facts/words.ts';
import type { JudgedFinding, RuleVerdict, Verdict } from '../verdict/verdict.ts';
import { codeBlock, codeSpan, markdown, ownLink, quoted } from './markdown.ts';
import { pasteBlock } from './paste.ts';
import { originUrl } from './places.ts';
import { replyBlock } from './reply.ts';
import { counted, LEVEL_NAMES, OUTCOME_NAMES, sentence, strengthOf } from './words.ts';

/** More findings than this are counted in a summary and listed in the details. */
export const SHOWN_FINDINGS = 5;

/** The findings with their fixes: those mended by the same commands stand together above them. `where` the rest is told. */
export function findingList(findings: readonly JudgedFinding[], most = Infinity, where = ''): string {
  const groups = grouped(findings);
  const shown = groups.slice(0, most);
  const perGroup = Math.max(1, Math.floor(most / Math.max(1, shown.length)));
  const left = groups.slice(most).flat().length;
  const rest = left > 0 ? `…and ${left} more${where}.` : '';
  return joinBlocks([...shown.map((group) => groupMarkdown(group, perGroup, where)), rest]);
}

/** Findings by the commands or the line that mends them, in order of first appearance. */
export function grouped(findings: readonly JudgedFinding[]): readonly (readonly JudgedFinding[])[] {
  const groups = new Map<string, JudgedFinding[]>();
  for (const finding of findings) {
    const { commands = [], reply, page } = finding;
    const step = commands.length > 0 ? [commands, plain(finding.fix ?? [])] : [];
    const key = JSON.stringify([step, reply, page]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function groupMarkdown(findings: readonly JudgedFinding[], most: number, where: string): string {
  const [first] = findings;
  const commands = first?.commands ?? [];
  const bullets = findings.slice(0, most).map((finding) => bullet(finding, commands.length === 0));
  const left = findings.length - bullets.length;
  if (left > 0) bullets.push(`- …and ${left} more${where}.`);
  const list = bullets.join('\n');
  const paste = pasteBlock(findings);
  if (commands.length === 0) return joinBlocks([list, paste, replyBlock(first ?? {})]);
  const step = first?.fix ? ` ${sentence(markdown(first.fix))}` : '';
  const or = replyBlock(first ?? {}, 'Or, for commits of your own, ');
  return joinBlocks([list, `**To fix it:**${step}`, codeBlock(commands), paste, or]);
}

function bullet(finding: JudgedFinding, withFix: boolean): string {
  const fix = withFix && finding.fix ? ` ${sentence(markdown(finding.fix))}` : '';
  return `- ${sentence(markdown(finding.says))}${place(finding)}${fix}`;
}

function place({ location }: JudgedFinding): string {
  if (!location) return '';
  return ` (${codeSpan(location.line === undefined ? location.path : `${location.path}:${location.line}`)})`;
}

/** Why a rule is there: the first paragraph of its reason. */
export function reason(rule: RuleVerdict): string {
  return rule.why.trim().split(/\n\s*\n/)[0] ?? '';
}

/** The sentence of a written policy, and the file that sets the level. Foreign text throughout. */
export function citation(verdict: Verdict, rule: RuleVerdict, precisely = true): string {
  const level = LEVEL_NAMES[rule.enforce];
  const { clause, origin } = rule;
  const parts = [`Rule ${codeSpan(rule.id)}`];
  if (clause) parts.push(`${ownLink(`policy: “${quoted(clause.says, 400)}”`, clause.url ?? null)}${strengthOf(clause)}`);
  if (origin) {
    const line = precisely && origin.line !== null ? `, line\u00a0${origin.line}` : '';
    parts.push(`${level.toLowerCase()} by ${ownLink(codeSpan(origin.source) + line, originUrl(verdict, origin, precisely))}`);
  } else parts.push(level.toLowerCase());
  return `<sub>${parts.join(' · ')}</sub>`;
}

/** One line for a rule that needs nothing: its title, and what was looked at. */
export function fineLine(rule: RuleVerdict): string {
  const exemptions = rule.findings.filter((finding) => finding.outcome === 'exempt' && !finding.isExisting);
  const passes = rule.findings.filter((finding) => finding.outcome === 'pass');
  const [one] = passes;
  const what =
    passes.length === 1 && one ? ` ${sentence(markdown(one.says))}` : passes.length > 1 ? ` (${passes.length} checked)` : '';
  const shown = exemptions
    .slice(0, SHOWN_FINDINGS)
    .map((finding) => `\n  - ${OUTCOME_NAMES.exempt}: ${sentence(markdown(finding.says))}`);
  const rest = exemptions.length - shown.length;
  if (rest > 0) shown.push(`\n  - ${counted(rest, 'more exemption')}.`);
  return `- ${sentence(rule.title)}${what}${shown.join('')}`;
}

/** Blocks of Markdown with one empty line between them; empty ones are dropped. */
export function joinBlocks(blocks: readonly string[]): string {
  return blocks.filter((block) => block !== '').join('\n\n');
}
