/** The frame of every page, and the status page. */
import { html, raw } from 'hono/html';
import type { DeadJob, JobCounts } from './jobs/jobs.ts';

export type Markup = ReturnType<typeof html>;

const STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --paper: #fff; --card: #f6f8fa; --accent: #0969da; --good: #1a7f37; --bad: #cf222e; }
@media (prefers-color-scheme: dark) { :root { --ink: #f0f6fc; --soft: #9198a1; --line: #3d444d; --paper: #0d1117; --card: #151b23; --accent: #4493f8; --good: #3fb950; --bad: #f85149; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.6 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main { max-width: 44rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p, ol, ul { margin: .5rem 0; } a { color: var(--accent); } .soft { color: var(--soft); } .good { color: var(--good); } .bad { color: var(--bad); }
.card { border: 1px solid var(--line); border-radius: .5rem; background: var(--card); padding: 1rem 1.25rem; margin: 1.25rem 0; }
code { font: .9em/1.5 ui-monospace, monospace; background: var(--card); padding: .1em .3em; border-radius: .25rem; overflow-wrap: anywhere; }
.card code { background: var(--paper); }
label { display: block; font-weight: 600; margin: 1rem 0 .25rem; } label + input + small, small { display: block; color: var(--soft); margin-top: .25rem; }
input { width: 100%; font: inherit; padding: .5rem .75rem; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .375rem; }
button, .button { display: inline-block; font: inherit; font-weight: 600; margin-top: 1.25rem; padding: .5rem 1.25rem; border: 0; border-radius: .375rem; background: #1f883d; color: #fff; cursor: pointer; text-decoration: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
dl { display: grid; grid-template-columns: 1fr auto; gap: .35rem 1rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
li { margin: .6rem 0; } li .button { margin: .6rem 0; } .card > :first-child, form > input[type=hidden] + label { margin-top: 0; } .card > :last-child { margin-bottom: 0; }
pre { margin: .6rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); overflow-x: auto; } pre code { padding: 0; background: none; }
main > p.soft:last-child { margin-top: 2rem; font-size: .9rem; }
`;

/** What stands around the content of a page, where there is more than the content. */
export interface Frame {
  readonly header?: Markup;
  /** More style, of Steward's own. */
  readonly style?: string;
}

/** A whole page around its content; only styles with the nonce are applied, and nothing is scripted. */
export async function page(title: string, nonce: string, content: Markup, frame: Frame = {}): Promise<string> {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          ${raw(STYLE + (frame.style ?? ''))}
        </style>
      </head>
      <body>
        ${frame.header ?? ''}
        <main id="content">${content}</main>
      </body>
    </html>`;
  return String(await document);
}

export interface Status {
  readonly version: string;
  /** Why work cannot be done right now; empty: it can. */
  readonly reasons: readonly string[];
  /** Null: the database does not answer. */
  readonly counts: JobCounts | null;
  /** For operators only: they name repositories. */
  readonly dead: readonly DeadJob[];
  readonly database: 'SQLite' | 'PostgreSQL';
  /** Where the App is installed from; null: not known. */
  readonly appUrl: string | null;
}

/** What Steward is doing, on one page. */
export async function statusPage(status: Status, nonce: string): Promise<string> {
  const isReady = status.reasons.length === 0;
  return page(
    'Steward',
    nonce,
    html`<h1>Steward</h1>
      <p class="${isReady ? 'good' : 'bad'}">
        <strong>${isReady ? 'Running and ready for deliveries.' : 'Running, but not able to work right now.'}</strong>
      </p>
      ${
        isReady
          ? ''
          : html`<ul>
              ${status.reasons.map((reason) => html`<li>${reason}</li>`)}
            </ul>`
      }
      ${status.counts ? numbers(status, status.counts) : ''}${deadJobs(status.dead)}${nextSteps(status.appUrl)}
      <p class="soft">Version ${status.version}, on ${status.database}.</p>`,
  );
}

function numbers(status: Status, { waiting, running, dead, oldestReady }: JobCounts): Markup {
  return html`<div class="card">
    <dl>
      <dt>Waiting to be looked at</dt>
      <dd>${waiting}</dd>
      <dt>Being looked at</dt>
      <dd>${running}</dd>
      <dt>Longest wait</dt>
      <dd>${Math.round(oldestReady)} s</dd>
      <dt>Given up after several attempts</dt>
      <dd class="${dead > 0 ? 'bad' : ''}">${dead}</dd>
    </dl>
    ${
      dead > 0 && status.dead.length === 0
        ? html`<p class="soft">
            Which ones is shown to operators: open this page on the machine itself, or with the metrics token.
          </p>`
        : ''
    }
  </div>`;
}

function deadJobs(dead: readonly DeadJob[]): Markup | string {
  if (dead.length === 0) return '';
  return html`<h2>Given up</h2>
    <p>
      The log has the whole story of each. A redelivery, or <code>/steward recheck</code> on the pull request, starts it again.
    </p>
    <ul>
      ${dead.slice(0, 50).map((job) => html`<li><code>${job.key}</code> at ${job.at}: ${job.error.slice(0, 300)}</li>`)}
    </ul>`;
}

function nextSteps(appUrl: string | null): Markup {
  return html`<h2>For administrators</h2>
    <ul>
      ${appUrl ? html`<li><a href="${appUrl}">Install Steward</a> on an organization or on single repositories.</li>` : ''}
      <li>
        Write a policy: <code>.github/steward.yml</code> in the organization's <code>.github</code> repository. Until there is
        one, Steward observes and blocks nobody.
      </li>
    </ul>`;
}
