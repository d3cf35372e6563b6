/** A verdict as plain text for a terminal. */
import { plain, visible } from '../facts/words.ts';
import type { JudgedFinding, Outcome, Override, RuleVerdict, Verdict } from '../verdict/verdict.ts';
import { firmness } from './firmness.ts';
import { cut } from './fit.ts';
import { grouped, SHOWN_FINDINGS } from './rule-section.ts';
import { sorted } from './sorted.ts';
import { findingLines } from './terminal-finding.ts';
import { counted, headline, LEVEL_NAMES, sentence, strengthOf } from './words.ts';

export interface TerminalOptions {
  readonly color?: boolean;
  /** Also lists what passes. */
  readonly verbose?: boolean;
}

const LONGEST_CLAUSE = 200;

type Paint = (text: string) => string;

interface Paints {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
}

const SIGNS: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  exempt: '✓',
  fail: '✗',
  unknown: '?',
  overridden: '!',
  waived: '✓',
};

/** The whole verdict as lines, the firmest first. */
export function terminal(verdict: Verdict, options: TerminalOptions = {}): string {
  const paints = options.color === true ? colors : plainly;
  const { toFix, toConsider, waiting, overridden, waived, observed, existing, fine } = sorted(verdict.rules);
  return [
    `${paints.bold(visible(nameOf(verdict)))}  ${headline(verdict)}`,
    ...toFix.flatMap((rule) => ruleLines(rule, paints.red, paints)),
    ...waiting.flatMap((rule) => ruleLines(rule, paints.yellow, paints)),
    ...toConsider.flatMap((rule) => ruleLines(rule, paints.yellow, paints)),
    ...overridden.flatMap((rule) => ruleLines(rule, paints.yellow, paints)),
    ...waived.flatMap((rule) => ruleLines(rule, paints.dim, paints)),
    ...observed.flatMap((rule) => ruleLines(rule, paints.dim, paints)),
    ...existing.flatMap((rule) => existingLines(rule, paints)),
    ...fine.flatMap((rule) => fineLines(rule, options.verbose === true, paints)),
    '',
    `${toFix.length} to fix, ${toConsider.length} to consider, ${waiting.length} not known yet, ${overridden.length > 0 ? `${overridden.length} overridden, ` : ''}${waived.length > 0 ? `${waived.length} waived, ` : ''}${observed.length} only observed, ${counted(fine.length, 'rule')} fine`,
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
  const level = `(${rule.id}, ${LEVEL_NAMES[rule.enforce].toLowerCase()}${rule.outcome === 'overridden' || rule.outcome === 'waived' ? `, ${rule.outcome}` : ''})`;
  const isSet = ({ isOverridden = false, waivedBy }: JudgedFinding): boolean => isOverridden || waivedBy !== undefined;
  const hasFix = findings.some((finding) => finding.fix ?? finding.commands);
  return [
    '',
    `${paint(`${SIGNS[rule.outcome]} ${rule.title}`)} ${paints.dim(level)}`,
    ...(rule.overrides ?? []).map(overrideLine),
    ...waiverLines(rule),
    ...grouped(findings.filter((finding) => !isSet(finding))).flatMap((group) =>
      group.flatMap((finding, index) => findingLines(finding, group[index + 1])),
    ),
    ...findings.filter(isSet).flatMap((finding) => findingLines(finding, undefined)),
    ...(hasFix || rule.outcome !== 'fail' ? [] : [`    Fix: ${rule.fix.trim().replace(/\n+/g, '\n         ')}`]),
    ...exceptedLines(rule, paints),
    ...citationLines(rule, paints),
  ];
}

/** Exceptions of the policy that were used. More are only counted, so that they never hide what is to do. */
function exceptedLines({ findings }: RuleVerdict, paints: Paints): string[] {
  const excepted = findings.filter(({ isExcepted }) => isExcepted);
  const rest = excepted.length - SHOWN_FINDINGS;
  return [
    ...excepted.slice(0, SHOWN_FINDINGS).map(({ says }) => paints.dim(`    ${sentence(plain(says))}`)),
    ...(rest > 0 ? [paints.dim(`    …and ${counted(rest, 'more exception')}.`)] : []),
  ];
}

/** The sentence of a written policy that the rule carries out, and where its level was written. */
function citationLines({ clause, origin, enforce, rollout }: RuleVerdict, paints: Paints): string[] {
  const says =
    clause === null
      ? []
      : [
          `policy: “${cut(visible(clause.says), LONGEST_CLAUSE)}”${strengthOf(clause)}${clause.url === undefined ? '' : ` ${visible(clause.url)}`}`,
        ];
  const place = origin === null ? '' : `${visible(origin.source)}${origin.line === null ? '' : `:${origin.line}`}`;
  const level = place === '' ? [] : [`${LEVEL_NAMES[enforce].toLowerCase()} by ${place}`];
  const held = firmness({ enforce, ...(rollout && { rollout }) });
  const parts = [...says, ...level, ...(held === '' ? [] : [held])];
  return parts.length === 0 ? [] : [paints.dim(`    ${parts.join(' · ')}`)];
}

function overrideLine({ by, permission, at, reason }: Override): string {
  return `    Overridden by ${visible(by.login)} (${visible(permission)}) on ${at.slice(0, 10)}: ${visible(reason)}`;
}

/** What is waived and until when, what was waived before, and what is waived for others only. */
function waiverLines({ waivers = [], endedWaivers = [], ownWaivers = [] }: RuleVerdict): string[] {
  return [
    ...waivers.map(({ approvedBy, until, reason }) => `    Waived by ${visible(approvedBy)} until ${until}: ${visible(reason)}`),
    ...endedWaivers.map(({ id, until }) => `    The waiver ${visible(id)} covered this and ended on ${until}.`),
    ...ownWaivers.map(
      ({ id, approvedBy }) => `    The waiver ${visible(id)} is not for ${visible(approvedBy)}, who approved it.`,
    ),
  ];
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
  const all = rule.findings.filter((finding) => !finding.isExisting);
  return [
    `${paints.green(`${SIGNS[rule.outcome]} ${rule.title}`)} ${paints.dim(`(${rule.id}${rule.outcome === 'exempt' ? ', exempt' : ''})`)}`,
    ...(isVerbose ? all.map(({ says }) => paints.dim(`    ${sentence(plain(says))}`)) : exceptedLines(rule, paints)),
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
