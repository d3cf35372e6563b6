/** The issue in the policy repository: what administrators should know of their policy, kept current, and closed when nothing is left. */
import type { Problem } from '../policy/policy.ts';
import type { Waivers } from '../policy/waivers/waiver.ts';
import { POLICY_ISSUE_MARKER, type Effect, type IssueEffect } from './effect.ts';
import { fitMarkdown } from './fit.ts';
import { codeSpan, ownLink, quoted } from './markdown.ts';
import { joinBlocks } from './rule-section.ts';
import { waiverNotes } from './waiver-notes.ts';
import { counted } from './words.ts';

export interface PolicyMatters {
  /** `OWNER/REPO` of the policy repository, and its address on the web; null: not known. */
  readonly repository: string;
  readonly url: string | null;
  /** The version that is looked at; for links to lines. */
  readonly sha: string;
  /** Problems of the policy files in force. */
  readonly problems: readonly Problem[];
  readonly waivers: Waivers;
  /** A version that was pushed waits: how many repositories would newly fail, the limit, and the page that shows them. */
  readonly held: { readonly newFailures: number | null; readonly limit: number; readonly page: string | null } | null;
  readonly now: Date;
}

const TITLE = 'The policy needs a look';
const SETTLED = `**All settled.** The policy files can be read and are in force, and no waiver needs a look.

Should something need care again, Steward reopens this issue instead of opening another.`;

/** The issue, and notes of waivers that end soon: an edit alone reaches nobody. */
export function policyIssue(matters: PolicyMatters): readonly Effect[] {
  const { waivers, now } = matters;
  const text = openText(matters);
  const body = fitMarkdown(`${POLICY_ISSUE_MARKER}\n${text ?? SETTLED}`, 'The list is longer than an issue can hold.');
  const issue: IssueEffect = { kind: 'issue', about: 'policy', title: TITLE, body, state: text === null ? 'closed' : 'open' };
  return [issue, ...waiverNotes(waivers.granted, now)];
}

function openText(matters: PolicyMatters): string | null {
  const { problems, waivers, held } = matters;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const blocks = [
    movedText(matters.repository),
    held ? heldText(held) : '',
    errorsText(errors, matters),
    staleText(
      problems.filter(({ isStale }) => isStale === true),
      matters,
    ),
    waiversText(waivers.problems, matters),
  ];
  return blocks.every((block) => block === '') ? null : joinBlocks([LEAD, ...blocks]);
}

const LEAD = 'Steward keeps this list current and closes the issue when nothing is left.';

const HOME = '.github';

/** GitHub finds a repository by its old name until another one gets it. */
function movedText(repository: string): string {
  const name = repository.slice(repository.indexOf('/') + 1);
  if (name.toLowerCase() === HOME) return '';
  return joinBlocks([
    '#### The policy repository has another name',
    `Steward reads the policy of an account from its repository ${codeSpan(HOME)}. That is now called ${codeSpan(name)}, and its policy and waivers stay in force only as long as GitHub leads from the old name to the new one: until another repository is called ${codeSpan(HOME)}.`,
    `**To go on:** rename this repository to ${codeSpan(HOME)}, or make a new one of that name and move the policy there.`,
  ]);
}

function heldText({ newFailures, limit, page }: NonNullable<PolicyMatters['held']>): string {
  const list = page === null ? '' : ` See ${ownLink('which', page)}.`;
  const failing =
    newFailures === null
      ? 'How many repositories would newly fail could not be judged in time'
      : `${counted(newFailures, 'repository', 'repositories')} would newly fail, now or by what is planned`;
  const further =
    newFailures === null
      ? 'take the change back and make it in smaller parts, or with fewer groups; or take the limit out first, in a change of its own.'
      : `if that is meant, raise \`maxNewFailures\` to ${newFailures} in the policy and push. If not, take the change back.`;
  return joinBlocks([
    '#### A new version of the policy is held',
    `${failing}, and the policy in force lets at most ${limit} (\`maxNewFailures\`).${list} The version before it stays in force.`,
    `**To go on:** ${further}`,
  ]);
}

function errorsText(errors: readonly Problem[], matters: PolicyMatters): string {
  if (errors.length === 0) return '';
  return joinBlocks([
    '#### The policy file cannot be used',
    'Until it is mended, the last version that could be read stays in force, so nothing is left unguarded and nobody is blocked by a typing error.',
    errors.map((problem) => item(problem, matters)).join('\n'),
    'To check before pushing: `steward policy validate .github/steward.yml`',
  ]);
}

function staleText(problems: readonly Problem[], matters: PolicyMatters): string {
  if (problems.length === 0) return '';
  const items = problems.map((problem) => item(problem, matters)).join('\n');
  return joinBlocks(['#### What the policy extends cannot be read any more', items]);
}

function waiversText(problems: readonly Problem[], matters: PolicyMatters): string {
  if (problems.length === 0) return '';
  return joinBlocks(['#### Waivers', problems.map((problem) => item(problem, matters)).join('\n')]);
}

function item(problem: Problem, matters: PolicyMatters): string {
  const path = problem.source.startsWith(`${matters.repository}:`) ? problem.source.slice(matters.repository.length + 1) : null;
  const place = codeSpan(`${path ?? problem.source}:${problem.line}`);
  const url =
    path === null || matters.url === null ? null : `${matters.url}/blob/${matters.sha}/${encodeURI(path)}#L${problem.line}`;
  const hint = problem.hint === null ? '' : ` ${quoted(problem.hint, 400)}`;
  return `- [ ] ${ownLink(place, url)}: ${quoted(problem.message, 400)}${hint}`;
}
