/** One subject as GitHub would show it: check runs, comment and issue. */
import { visible } from '../../facts/words.ts';
import type { Conclusion, Verdict } from '../../verdict/verdict.ts';
import type { CheckRunEffect, CommentEffect, Effect, IssueEffect } from '../effect.ts';
import { anchor, html, trusted, type Html } from '../html.ts';
import { CONCLUSION_NAMES } from '../words.ts';
import { badge, page, type PageOptions } from './layout.ts';

const TONES = { success: 'good', neutral: 'care', action_required: 'wait', failure: 'bad' } as const;
const SHOWN_ANNOTATIONS = 50;

export interface VerdictPage extends PageOptions {
  readonly verdict: Verdict;
  readonly effects: readonly Effect[];
  /** Renders Markdown of Steward's views to HTML, as GitHub would. */
  readonly markdown: (text: string) => string;
}

/** The page of one verdict. */
export function verdictPage({ verdict, effects, markdown, ...options }: VerdictPage): string {
  const { subject, circumstances } = verdict;
  const name = `${subject.owner}/${subject.repo}`;
  const title = subject.kind === 'repository' ? name : `${visible(circumstances.title ?? 'Pull request')} · #${subject.number}`;
  const where = subject.kind === 'repository' ? (circumstances.defaultBranch ?? '') : name;
  const checks = effects.filter((effect) => effect.kind === 'check-run' && effect.mode !== 'edit-only');
  const body = html` <h1>${title}</h1>
    <p class="lead">
      ${anchor(circumstances.url, where)} · commit <code>${verdict.sha.slice(0, 7)}</code>${circumstances.isDraft && ' · draft'}
    </p>
    ${checks.length > 0 && html`<h2>Checks</h2>`} ${checks.map((run) => checkBox(run as CheckRunEffect, markdown))}
    ${effects.map((effect) => (effect.kind === 'comment' ? commentBox(effect, markdown) : effect.kind === 'issue' ? issueBox(effect, markdown) : ''))}`;
  return page(title, body, options);
}

/** The colored word for a conclusion. */
export function conclusionBadge(conclusion: Conclusion): Html {
  return badge(TONES[conclusion], CONCLUSION_NAMES[conclusion]);
}

function checkBox(run: CheckRunEffect, markdown: VerdictPage['markdown']): Html {
  const shown = run.annotations.slice(0, SHOWN_ANNOTATIONS);
  const left = run.annotations.length - shown.length;
  return html`<section class="box" aria-label="Check run ${run.name}">
    <div class="bar">
      ${conclusionBadge(run.conclusion)}<b>${run.name}</b
      ><span>${run.title}</span
      >${(run.actions ?? []).map(({ label, description }) => html`<span class="badge quiet" title="${description}">${label}</span>`)}
    </div>
    <div class="inside md">
      ${rendered(run.summary, markdown)}${
        run.text !== '' &&
        html`<hr />
          ${rendered(run.text, markdown)}`
      }
      ${shown.length > 0 && html`<h3>Annotations</h3>`}
      ${shown.map(
        (note) =>
          html`<div class="annotation ${note.annotation_level}">
            <b>${note.path}, line ${note.start_line}: ${note.title}</b><span>${note.message}</span>
          </div>`,
      )}
      ${left > 0 && html`<p class="soft">…and ${left} more on their lines.</p>`}
    </div>
  </section>`;
}

function commentBox({ body, mode }: CommentEffect, markdown: VerdictPage['markdown']): Html {
  const inside =
    mode === 'upsert'
      ? html`<div class="inside md">${rendered(body, markdown)}</div>`
      : html`<div class="inside plain soft">
          No comment is posted while all is well. A comment from an earlier state would now read “All well”.
        </div>`;
  return html`<h2>Comment on the pull request</h2>
    <section class="box" aria-label="Comment">
      <div class="bar"><b>steward</b>${badge('quiet', 'bot')}</div>
      ${inside}
    </section>`;
}

function issueBox({ title, body, state }: IssueEffect, markdown: VerdictPage['markdown']): Html {
  const inside =
    state === 'open'
      ? html`<div class="inside md">${rendered(body, markdown)}</div>`
      : html`<div class="inside plain soft">
          No issue is opened while all is well. An issue from an earlier state would now be closed as completed.
        </div>`;
  return html`<h2>Issue in the repository</h2>
    <section class="box" aria-label="Issue">
      <div class="bar">
        ${badge(state === 'open' ? 'good' : 'quiet', state === 'open' ? 'Open' : 'Not needed')}<b>${title}</b>
      </div>
      ${inside}
    </section>`;
}

/** GitHub draws these as pictures; without a font for them a browser draws an empty box. */
const SIGNS: Readonly<Record<string, string>> = {
  '❌': '<span class="sign bad">✖</span>',
  '✅': '<span class="sign good">✔</span>',
  '⚠️': '<span class="sign care">⚠</span>',
  ℹ️: '<span class="sign quiet">ℹ</span>',
  '⏳': '<span class="sign wait">◔</span>',
};

function rendered(text: string, markdown: VerdictPage['markdown']): Html {
  const signed = markdown(text.replace(/^<!-- steward:[a-z]+ -->\n/, '')).replace(
    /❌|✅|⚠️|ℹ️|⏳/g,
    (sign) => SIGNS[sign] ?? sign,
  );
  return trusted(signed);
}
