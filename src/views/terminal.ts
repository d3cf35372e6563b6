/** A verdict as plain text for a terminal. */
import { plain, visible } from '../facts/words.ts';
import type { JudgedFinding, Outcome, Override, RuleVerdict, Verdict } from '../verdict/verdict.ts';
import { grouped } from './rule-section.ts';
import { sorted } from './sorted.ts';
import { counted, headline, LEVEL_NAMES, sentence } from './words.ts';

export interface TerminalOptions {
  readonly color?: boolean;
  /** Also lists what passes. */
  readonly verbose?: boolean;
}

type Paint = (text: string) => string;

interface Paints {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
}

const SIGNS: Readonly<Record<Outcome, string>> = { pass: '✓', exempt: '✓', fail: '✗', unknown: '?', overridden: '!' };

/** The whole verdict as lines, the firmest first. */
export function terminal(verdict: Verdict, options: TerminalOptions = {}): string {
  const paints = options.color === true ? colors : plainly;
  const { toFix, toConsider, waiting, overridden, observed, existing, fine } = sorted(verdict.rules);
  return [
    `${paints.bold(visible(nameOf(verdict)))}  ${headline(verdict)}`,
    ...toFix.flatMap((rule) => ruleLines(rule, paints.red, paints)),
    ...waiting.flatMap((rule) => ruleLines(rule, paints.yellow, paints)),
    ...toConsider.flatMap((rule) => ruleLines(rule, paints.yellow, paints)),
    ...overridden.flatMap((rule) => ruleLines(rule, paints.yellow, paints)),
    ...observed.flatMap((rule) => ruleLines(rule, paints.dim, paints)),
    ...existing.flatMap((rule) => existingLines(rule, paints)),
    ...fine.flatMap((rule) => fineLines(rule, options.verbose === true, paints)),
    '',
    `${toFix.length} to fix, ${toConsider.length} to consider, ${waiting.length} not known yet, ${overridden.length > 0 ? `${overridden.length} overridden, ` : ''}${observed.length} only observed, ${counted(fine.length, 'rule')} fine`,
    '',
  ].join('\n');
}

/** The commits of a clone have no number; what they are compared with says which are meant. */
function nameOf({ subject, circumstances }: Verdict): string {
  const name = `${subject.owner}/${subject.repo}`;
  if (subject.kind === 'repository') return name;
  return subject.number === 0 ? `${name} since ${circumstances.baseRef ?? 'its base'}` : `${name}#${subject.number}`;
}

function isOwn(finding: JudgedFinding): boolean {
  return !finding.isExisting && finding.outcome !== 'pass' && finding.outcome !== 'exempt';
}

/** A rule with what fails in it and what is not known: here nobody tries again. */
function ruleLines(rule: RuleVerdict, paint: Paint, paints: Paints): string[] {
  const findings = rule.findings.filter(isOwn);
  const level = `(${rule.id}, ${LEVEL_NAMES[rule.enforce].toLowerCase()}${rule.outcome === 'overridden' ? ', overridden' : ''})`;
  const hasFix = findings.some((finding) => finding.fix ?? finding.commands);
  return [
    '',
    `${paint(`${SIGNS[rule.outcome]} ${rule.title}`)} ${paints.dim(level)}`,
    ...(rule.overrides ?? []).map(overrideLine),
    ...grouped(findings.filter(({ isOverridden }) => !isOverridden)).flatMap((group) =>
      group.flatMap((finding, index) => findingLines(finding, group[index + 1])),
    ),
    ...findings.filter(({ isOverridden }) => isOverridden).flatMap((finding) => findingLines(finding, undefined)),
    ...(hasFix || rule.outcome !== 'fail' ? [] : [`    Fix: ${rule.fix.trim().replace(/\n+/g, '\n         ')}`]),
  ];
}

function overrideLine({ by, permission, at, reason }: Override): string {
  return `    Overridden by ${visible(by.login)} (${visible(permission)}) on ${at.slice(0, 10)}: ${visible(reason)}`;
}

/** Of findings that the same step mends the last one shows it. */
function findingLines(finding: JudgedFinding, next: JudgedFinding | undefined): string[] {
  const { location } = finding;
  const at = location ? ` (${visible(location.path)}${location.line === undefined ? '' : `:${location.line}`})` : '';
  const says = `    ${sentence(plain(finding.says))}${at}`;
  if (finding.isOverridden) return [`${says} (overridden)`];
  const isRepeated = isSame(next, finding, ({ fix, commands }) => [fix, commands]);
  const fix = finding.fix && finding.outcome === 'fail' && !isRepeated ? [`      ${sentence(plain(finding.fix))}`] : [];
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

function existingLines(rule: RuleVerdict, paints: Paints): string[] {
  const findings = rule.findings.filter((finding) => finding.isExisting);
  return [
    '',
    paints.dim(`· ${rule.title}: so before this change, and not held against it`),
    ...findings.map((finding) => paints.dim(`    ${sentence(plain(finding.says))}`)),
  ];
}

function fineLines(rule: RuleVerdict, isVerbose: boolean, paints: Paints): string[] {
  const lines = isVerbose ? rule.findings.filter((finding) => !finding.isExisting) : [];
  return [
    `${paints.green(`${SIGNS[rule.outcome]} ${rule.title}`)} ${paints.dim(`(${rule.id}${rule.outcome === 'exempt' ? ', exempt' : ''})`)}`,
    ...lines.map((finding) => paints.dim(`    ${sentence(plain(finding.says))}`)),
  ];
}

const plainly: Paints = { bold: same, dim: same, red: same, yellow: same, green: same };
const colors: Paints = { bold: ansi(1), dim: ansi(2), red: ansi(31), yellow: ansi(33), green: ansi(32) };

function same(text: string): string {
  return text;
}

function ansi(code: number): Paint {
  return (text) => `\u001b[${code}m${text}\u001b[0m`;
}
