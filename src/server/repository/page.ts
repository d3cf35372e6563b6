/** The page of a repository: what is asked of it, where each value is written, how it stands, and what is waived. */
import { html } from 'hono/html';
import { visible } from '../../facts/words.ts';
import type { Verdict } from '../../verdict/verdict.ts';
import type { EffectiveRule, Explained } from '../../views/effective.ts';
import { basisText, missingText, originText, unjudgedText } from '../../views/effective-words.ts';
import { conclusionName, LEVEL_NAMES } from '../../views/words.ts';
import { page, type Markup } from '../pages.ts';
import { belongings, fileList, notCheckable } from './around.ts';
import { linked } from './markup.ts';
import { addressOf, type Address } from './places.ts';
import { noticeList, outcomeWord, ruleSection, valueTable } from './rule.ts';
import { STYLE } from './style.ts';

export interface RepositoryView {
  readonly explained: Explained;
  readonly verdict: Verdict | null;
  /** The number of Steward's issue in the repository; null: there is none. */
  readonly issue: number | null;
  /** Some of the policy stands in files that not everybody can read, and is left out. */
  readonly isPartial: boolean;
  /** Not everybody may see the page. */
  readonly isPrivate: boolean;
  /** Where repositories are on the web, without a trailing slash: `https://github.com`. */
  readonly web: string;
  readonly nonce: string;
}

export function repositoryPage(view: RepositoryView): Promise<string> {
  const { explained, verdict, web, nonce } = view;
  const { repository, files, rules, values, notices } = explained;
  const address = addressOf(web, files);
  const told = rules.filter(isTold);
  const beside = values.filter(({ key, value }) => value !== null && key !== 'paused');
  return page(
    `${repository} · policy · Steward`,
    nonce,
    html`<h1>${repository}</h1>
      <p>
        What Steward asks of <a href="${web}/${repository}">this repository</a>, who wrote it where, and how the repository
        stands. Each place is a link to the line that decides.
      </p>
      ${standing(view)} ${remarks(view, address)}
      <h2>Rules</h2>
      ${overview(explained)} ${legend(rules)} ${told.map((rule) => ruleSection(rule, verdict, address))} ${notAsked(rules)}
      ${belongings(explained, !view.isPartial && !view.isPrivate, address)}
      <h2>Files of the policy</h2>
      ${fileList(explained, address)}
      ${
        notices.length === 0
          ? ''
          : html`<h2>Without effect</h2>
              ${noticeList(notices, address)}`
      }
      <h2>Beside the rules</h2>
      ${valueTable(beside, address)} ${notCheckable(values)}
      <p class="soft">
        The same on a terminal, where Steward runs: <code>steward policy explain ${repository}</code>. As of
        ${explained.at.slice(0, 16).replace('T', ' ')} UTC.
      </p>`,
    { style: STYLE },
  );
}

/** What is shown where nothing is known of the repository, or it is not for everybody: the same, so that nothing is given away. */
export function noRepositoryPage(nonce: string): Promise<string> {
  return page(
    'No such repository · Steward',
    nonce,
    html`<h1>There is no page of such a repository here</h1>
      <p>Either Steward has not judged it, or it is not public. The name in the address is <code>OWNER/REPOSITORY</code>.</p>
      <p>
        For administrators: <code>steward policy explain OWNER/REPOSITORY</code> shows every repository, on the machine on which
        Steward runs.
      </p>`,
  );
}

/** Something is said about it: it is asked, or a file mentions it. */
function isTold({ isAsked, values, notices }: EffectiveRule): boolean {
  return isAsked || notices.length > 0 || values.some(({ origin }) => origin !== 'default');
}

function standing({ explained, verdict, issue, web }: RepositoryView): Markup {
  if (verdict === null) return html`<p class="card">The repository itself has not been judged yet.</p>`;
  const { sha, at, conclusion } = verdict;
  const tone = { success: 'good', neutral: 'care', action_required: 'soft', failure: 'bad' }[conclusion];
  const where = `${web}/${explained.repository}`;
  return html`<div class="card">
    <p><strong class="${tone}">${conclusionName(verdict)}</strong></p>
    <p class="soft">
      Judged on ${at.slice(0, 10)} at commit <a href="${where}/commit/${sha}"><code>${sha.slice(0, 7)}</code></a
      >${issue === null ? '.' : html`; <a href="${where}/issues/${issue}">issue #${issue}</a> tells the same.`}
    </p>
  </div>`;
}

function remarks({ explained, isPartial, isPrivate }: RepositoryView, address: Address): readonly (Markup | string)[] {
  const { paused, until, missing } = explained;
  const basis = basisText(explained);
  return [
    paused === null
      ? ''
      : html`<p class="note">
          <strong>Paused ${paused.until === null ? 'until the key is removed' : `until the end of ${paused.until}`}.</strong>
          Nothing fails meanwhile. The reason: “${visible(paused.because)}”
          (${linked(address(paused.origin.source, paused.origin.line), originText(paused.origin, false))})
        </p>`,
    basis === null ? '' : html`<p class="note">${basis}</p>`,
    until === null ? '' : html`<p class="note">The policy changes by itself on ${until.slice(0, 10)}.</p>`,
    isPrivate ? html`<p class="note">This repository is not public: the page is for operators alone.</p>` : '',
    isPartial
      ? html`<p class="note">
          A part of the policy stands in a repository that is not known to be public. What only that says is left out here.
        </p>`
      : '',
    ...missing.map((one) => html`<p class="note">${missingText(one)}</p>`),
  ];
}

function overview({ rules, basis }: Explained): Markup {
  const asked = rules.filter(({ isAsked }) => isAsked);
  if (asked.length === 0) return html`<p>No rule is asked here.</p>`;
  return html`<table class="rules">
    <thead>
      <tr>
        <th scope="col">Rule</th>
        <th scope="col">Held</th>
        <th scope="col">Last verdict</th>
      </tr>
    </thead>
    <tbody>
      ${asked.map(
        (rule) =>
          html`<tr>
            <th scope="row"><a href="#${rule.id}">${rule.title}</a> <small>${rule.id}</small></th>
            <td>${LEVEL_NAMES[rule.enforce]}</td>
            <td>
              ${rule.outcome === null ? html`<span class="soft">${unjudgedText(rule, basis)}</span>` : outcomeWord(rule.outcome)}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function legend(rules: readonly EffectiveRule[]): Markup | string {
  if (!rules.some(({ isAsked }) => isAsked)) return '';
  return html`<p class="soft">
    What fails of a required rule blocks the merge; of a recommended one it is told; of an observed one it changes nothing.
  </p>`;
}

function notAsked(rules: readonly EffectiveRule[]): Markup | string {
  const rest = rules.filter((rule) => !isTold(rule));
  if (rest.length === 0) return '';
  return html`<p class="soft">Not asked, because no file says how firmly: ${rest.map(({ id }) => id).join(', ')}.</p>`;
}
