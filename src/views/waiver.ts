/** What is waived, wherever the finding would be: why, who approved it and until when; and what was waived until lately. */
import { daysLeft, MARKS } from '../policy/dates.ts';
import type { Granted, Waiver } from '../policy/waivers/waiver.ts';
import type { RuleVerdict, Verdict } from '../verdict/verdict.ts';
import { codeSpan, markdown, ownLink, quoted } from './markdown.ts';
import { originUrl } from './places.ts';
import { citation, findingList, joinBlocks, SHOWN_FINDINGS } from './rule-section.ts';
import { waivedFindings } from './sorted.ts';
import { counted, sentence } from './words.ts';

const LONGEST_REASON = 500;

/** The section about a rule of which everything that fails is waived. */
export function waivedSection(verdict: Verdict, rule: RuleVerdict): string {
  return joinBlocks([
    `### ℹ️ Waived: “${rule.title}”`,
    waivedPart(verdict, rule, 'This is not so, and the organization accepts it for now:'),
    citation(verdict, rule),
  ]);
}

/** What is waived in a rule, wherever the rest of it stands; empty where nothing is. The only text that counts days. */
export function waivedPart(verdict: Verdict, rule: RuleVerdict, lead = 'A part of it is waived for now:'): string {
  const { waivers = [] } = rule;
  if (waivers.length === 0) return '';
  const findings = waivedFindings(rule).map(({ says, about, outcome, isExisting }) => ({ says, about, outcome, isExisting }));
  return joinBlocks([
    lead,
    [...waivers.slice(0, SHOWN_FINDINGS).map((waiver) => item(verdict, waiver)), ...rest(waivers)].join('\n'),
    findings.length === 0 ? '' : 'What is waived:',
    findingList(findings, SHOWN_FINDINGS),
  ]);
}

function item(verdict: Verdict, waiver: Granted): string {
  const { requestedBy, discussion } = waiver;
  const asked = requestedBy === null ? '' : ` Asked for by **${quoted(requestedBy)}**${linked('discussion', discussion)}.`;
  return `- ${brief(waiver, `, by the waiver ${fileLink(verdict, waiver)}`)}${asked}${soon(verdict, waiver)}`;
}

/** The way to renew it, while there is time. */
function soon(verdict: Verdict, waiver: Granted): string {
  const days = daysLeft(Date.parse(waiver.ends), new Date(verdict.at));
  if (days > MARKS[0]) return '';
  const when = days <= 1 ? 'today' : `in ${days} days`;
  return `\n\n  ⏰ **This waiver ends ${when}** (as of ${verdict.at.slice(0, 10)}); then the rule holds here again. To keep it, set a later ${codeSpan('until')} in ${fileLink(verdict, waiver)} with a pull request that somebody else approves.`;
}

/** Until when, why and who approved it, in words that stay the same from day to day. */
function brief({ until, reason, approvedBy, url }: Granted, by = ''): string {
  return `Until ${until}${by}: ${sentence(`“${quoted(reason, LONGEST_REASON)}”`)} Approved by **${quoted(approvedBy)}**${linked('pull request', url)}.`;
}

/** One line about what is waived in a rule, for texts that must not change from day to day; empty where nothing is. */
export function waivedLine(rule: RuleVerdict): string {
  const { waivers = [], title, outcome } = rule;
  if (waivers.length === 0) return '';
  const all = [
    ...waivers.slice(0, SHOWN_FINDINGS).map((waiver) => brief(waiver)),
    ...rest(waivers).map((text) => text.slice('- '.length)),
  ];
  return `ℹ️ **Waived${outcome === 'waived' ? '' : ' in part'}: “${title}”.** ${all.join(' ')}`;
}

/** A rule with what is waived in it, as an entry of a list without tasks; empty where nothing is. */
export function waivedEntry(rule: RuleVerdict): string {
  const { waivers = [], title } = rule;
  if (waivers.length === 0) return '';
  const findings = waivedFindings(rule);
  const left = findings.length - SHOWN_FINDINGS;
  return [
    `- **${sentence(title)}** ${waivers
      .slice(0, SHOWN_FINDINGS)
      .map((waiver) => brief(waiver))
      .join(' ')}`,
    ...findings.slice(0, SHOWN_FINDINGS).map(({ says }) => `  - ${sentence(markdown(says))}`),
    ...(left > 0 ? [`  - …and ${left} more.`] : []),
  ].join('\n');
}

/** Which waivers do not cover what fails now: those that ended, and those that their approver gave; empty where there is none. */
export function otherWaivers(verdict: Verdict, rule: RuleVerdict): string {
  return joinBlocks([endedWaivers(verdict, rule), ownWaivers(verdict, rule)]);
}

/** Which waivers covered what fails now, and how a new one is asked for. */
function endedWaivers(verdict: Verdict, rule: RuleVerdict): string {
  const { endedWaivers: ended = [] } = rule;
  if (ended.length === 0) return '';
  const names = ended.slice(0, SHOWN_FINDINGS).map((waiver) => `${fileLink(verdict, waiver)} on ${waiver.until}`);
  const more = ended.length > SHOWN_FINDINGS ? ` and ${ended.length - SHOWN_FINDINGS} more` : '';
  const which = ended.length === 1 ? 'A waiver covered this and ended: ' : 'Waivers covered this and ended: ';
  return `⌛ ${which}${names.join(', ')}${more}. ${askAgain(rule)}`;
}

/** Nobody waives for themselves, so that such a waiver stays for everybody else. */
function ownWaivers(verdict: Verdict, { ownWaivers: own = [] }: RuleVerdict): string {
  if (own.length === 0) return '';
  const told = own.slice(0, SHOWN_FINDINGS).map((waiver) => {
    return `The waiver ${fileLink(verdict, waiver)} is not for **${quoted(waiver.approvedBy)}**, who approved it.`;
  });
  return `ℹ️ ${told.join(' ')} Somebody else approves what is waived for them.`;
}

function askAgain({ id }: RuleVerdict): string {
  return `To ask for a new one, comment ${codeSpan(`/steward waive ${id} until YYYY-MM-DD because …`)}.`;
}

function fileLink(verdict: Verdict, { id, source }: Pick<Waiver, 'id' | 'source'>): string {
  return ownLink(codeSpan(id), originUrl(verdict, { layer: 'organization', source, line: null }, false));
}

function linked(label: string, url: string | null): string {
  const link = ownLink(label, url);
  return link === label ? '' : ` (${link})`;
}

function rest(waivers: readonly Waiver[]): readonly string[] {
  const left = waivers.length - SHOWN_FINDINGS;
  return left > 0 ? [`- …and ${counted(left, 'more waiver')}.`] : [];
}
