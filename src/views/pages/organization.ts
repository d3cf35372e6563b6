/** An organization at a glance: every repository against every rule, and the open pull requests. */
import { visible } from '../../facts/words.ts';
import type { RuleVerdict, Verdict } from '../../verdict/verdict.ts';
import { anchor, html, type Html } from '../html.ts';
import { ownFailures } from '../sorted.ts';
import { counted, headline, LEVEL_NAMES } from '../words.ts';
import { badge, page, type PageOptions } from './layout.ts';
import { conclusionBadge } from './verdict.ts';

export interface OrganizationPage extends PageOptions {
  readonly owner: string;
  /** Verdicts of repositories and of pull requests, in any order. */
  readonly verdicts: readonly Verdict[];
  /** Where a verdict is shown in full; null: nowhere. */
  readonly href?: (verdict: Verdict) => string | null;
  /** A sentence below the title, such as when and how this was made. */
  readonly lead?: string;
}

/** The page of one organization. */
export function organizationPage({ owner, verdicts, href = urlOf, lead, ...options }: OrganizationPage): string {
  const repositories = verdicts.filter((verdict) => verdict.subject.kind === 'repository').sort(byName);
  const pullRequests = verdicts.filter((verdict) => verdict.subject.kind === 'pull-request').sort(byName);
  const body = html` <h1>${owner}</h1>
    <p class="lead">
      ${lead ?? `${counted(repositories.length, 'repository', 'repositories')}, ${counted(pullRequests.length, 'open pull request')}`}
    </p>
    ${
      repositories.length > 0 &&
      html`<h2 id="repositories">Repositories</h2>
        ${repositoryTable(repositories, href)}`
    }
    ${
      pullRequests.length > 0 &&
      html`<h2 id="pull-requests">Open pull requests</h2>
        ${pullRequestTable(pullRequests, href)}`
    }
    ${verdicts.length === 0 && html`<p>Nothing has been judged yet.</p>`}`;
  return page(owner, body, options);
}

type Href = NonNullable<OrganizationPage['href']>;

function repositoryTable(verdicts: readonly Verdict[], href: Href): Html {
  const rules = new Map(verdicts.flatMap((verdict) => verdict.rules.map((rule) => [rule.id, rule] as const)));
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="repositories">
    <table>
      <thead>
        <tr>
          <th scope="col">Repository</th>
          <th scope="col">State</th>
          ${[...rules.values()].map((rule) => html`<th scope="col" title="${rule.title}">${rule.id}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${verdicts.map(
          (verdict) =>
            html`<tr>
              <th scope="row">${anchor(href(verdict), verdict.subject.repo)}</th>
              <td>${conclusionBadge(verdict.conclusion)}</td>
              ${[...rules.keys()].map((id) => html`<td>${ruleCell(verdict.rules.find((rule) => rule.id === id))}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function ruleCell(rule: RuleVerdict | undefined): Html {
  if (!rule) return html`<span class="soft">not asked</span>`;
  if (rule.outcome === 'pass') return badge('good', 'Passes');
  if (rule.outcome === 'exempt') return badge('good', 'Exempt');
  if (rule.outcome === 'unknown') return badge('wait', 'Not known yet');
  if (rule.outcome === 'overridden') return badge('care', 'Overridden');
  if (rule.outcome === 'waived') return badge('quiet', 'Waived');
  const label = `${ownFailures(rule).length} ${rule.enforce === 'block' ? 'to fix' : rule.enforce === 'warn' ? 'to consider' : 'observed'}`;
  return html`<span title="${LEVEL_NAMES[rule.enforce]}"
    >${badge(rule.enforce === 'block' ? 'bad' : rule.enforce === 'warn' ? 'care' : 'quiet', label)}</span
  >`;
}

function pullRequestTable(verdicts: readonly Verdict[], href: Href): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="pull-requests">
    <table>
      <thead>
        <tr>
          <th scope="col">Pull request</th>
          <th scope="col">State</th>
          <th scope="col">What is so</th>
        </tr>
      </thead>
      <tbody>
        ${verdicts.map((verdict) => {
          const { subject, circumstances } = verdict;
          const number = subject.kind === 'repository' ? '' : `#${subject.number}`;
          const name = `${subject.repo}${number} ${visible(circumstances.title ?? '')}`;
          return html`<tr>
            <th scope="row">${anchor(href(verdict), name)}</th>
            <td>${conclusionBadge(verdict.conclusion)}</td>
            <td>${headline(verdict)}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

function urlOf({ circumstances }: Verdict): string | null {
  return circumstances.url;
}

function byName(a: Verdict, b: Verdict): number {
  const key = ({ subject }: Verdict): string => `${subject.owner}/${subject.repo}`.toLowerCase();
  if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
  const number = ({ subject }: Verdict): number => (subject.kind === 'repository' ? 0 : subject.number);
  return number(a) - number(b);
}
