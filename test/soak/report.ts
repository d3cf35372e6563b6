/** What the rounds of each scene have shown, as tables in Markdown. */
import { SECONDARY, type Limit } from '../support/github/limits.ts';
import { table } from '../support/program.ts';
import type { RoundResult } from './round.ts';
import { byDatabase, sum, type Played } from './rounds.ts';
import type { SignaturesResult } from './signatures.ts';
import type { SigningResult } from './signing.ts';

const STORM = `Held in every round:
- every open head has exactly one completed check run, with the right conclusion
- no commit has two check runs of one name, no pull request two comments, no repository two issues
- comments and issues say what is so
- every delivery that was acknowledged is recorded; every one that failed was recovered at start
- every command in a comment is kept exactly once
- the kept verdict is about the head; no job was given up; GitHub would have understood every request`;

const SIGNATURES = `Held in every round:
- everybody who signed is in the register exactly once, with the sentence and where it was written; the chain verifies
- both pull requests of everybody pass, in one check and one comment, which was edited to thank
- every comment that signed was answered by one reaction; no job was given up`;

/** The storm of deliveries. */
export function stormTable(results: readonly RoundResult[]): string {
  const head = ['database', 'rounds', 'kills', 'deliveries', 'failed, recovered', 'sent twice', 'open heads', 'check runs'];
  const more = ['comments', 'issues', 'commands', 'API calls', 'longest round (s)', 'violations'];
  const rows = byDatabase(results).map(([database, own]) => [
    database,
    String(own.length),
    sum(own, ({ kills }) => kills),
    sum(own, ({ deliveries }) => deliveries.sent),
    sum(own, ({ deliveries }) => deliveries.failed),
    sum(own, ({ deliveries }) => deliveries.doubled),
    sum(own, ({ openHeads }) => openHeads),
    sum(own, ({ checkRuns }) => checkRuns),
    sum(own, ({ comments }) => comments),
    sum(own, ({ issues }) => issues),
    sum(own, ({ commands }) => commands),
    sum(own, ({ calls }) => calls),
    String(Math.max(...own.map(({ seconds }) => seconds.total))),
    sum(own, ({ violations }) => violations.length),
  ]);
  return `${table([...head, ...more], rows)}\n\n${said(results, STORM)}`;
}

/** Signatures under kills. */
export function signaturesTable(results: readonly SignaturesResult[]): string {
  const head = [
    'database',
    'rounds',
    'kills',
    'signed by comment',
    'by page',
    'unanswered, repeated',
    'longest round (s)',
    'violations',
  ];
  const rows = byDatabase(results).map(([database, own]) => [
    database,
    String(own.length),
    sum(own, ({ kills }) => kills),
    sum(own, ({ signatures }) => signatures.comments),
    sum(own, ({ signatures }) => signatures.page),
    sum(own, ({ repeated }) => repeated),
    String(Math.max(...own.map(({ seconds }) => seconds))),
    sum(own, ({ violations }) => violations.length),
  ]);
  return `${table(head, rows)}\n\n${said(results, SIGNATURES)}`;
}

/** One signature for many pull requests. */
export function signingTable({ pulls, calls, maxima, minutes, violations }: SigningResult): string {
  const limits = (Object.keys(SECONDARY) as Limit[]).map((limit) => [limit, String(maxima[limit]), String(SECONDARY[limit])]);
  const sent = Object.entries(calls).map(([operation, many]) => [operation, String(many)]);
  const held = 'Held: every pull request passes, thanks are edits and no comments, and GitHub refused nothing.';
  return [
    `${pulls} pull requests in two organizations were judged anew within ${minutes} minutes of GitHub's time.`,
    table(['sent', 'requests'], sent),
    table(['in the fullest window of an organization', 'sent', 'GitHub allows'], limits),
    violations.length === 0 ? held : `Violated:\n${violations.map((text) => `- ${text}`).join('\n')}`,
  ].join('\n\n');
}

function said(results: readonly Played[], held: string): string {
  const violations = results.flatMap((one) => one.violations.map((text) => `- ${one.database}, seed ${one.seed}: ${text}`));
  return violations.length === 0 ? held : `Violated:\n${violations.join('\n')}`;
}
