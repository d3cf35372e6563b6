/** What all signing pages share: the frame, who is signed in, and what a page knows of its visit. */
import { html } from 'hono/html';
import { page, type Markup } from '../pages.ts';
import type { Visitor } from './session.ts';

/** What a page knows of its visit. */
export interface View {
  readonly nonce: string;
  /** What stands before `/cla` in the address as the browser sees it: empty, or a path without a trailing slash. */
  readonly base: string;
  /** The path of this page, from `/cla` on. */
  readonly path: string;
  readonly visitor: Visitor | null;
  /** Null: signing in is not set up here. */
  readonly loginUrl: string | null;
  /** Something to tell before all else. */
  readonly notice?: Notice;
}

export interface Notice {
  readonly tone: 'good' | 'bad' | 'care';
  readonly text: string;
}

const STYLE = `
.skip { position: absolute; left: -99rem; } .skip:focus { left: .5rem; top: .5rem; padding: .25rem .5rem; background: var(--paper); }
.top { border-bottom: 1px solid var(--line); background: var(--card); }
.top div { max-width: 44rem; margin: 0 auto; padding: .6rem 1.25rem; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; justify-content: space-between; }
.top form { display: inline; } .top button { margin: 0 0 0 .5rem; padding: .1rem .75rem; font-size: .9rem; font-weight: 400; }
button.quiet, .top button { background: none; color: var(--ink); border: 1px solid var(--soft); }
:root { --care: #9a6700; } @media (prefers-color-scheme: dark) { :root { --care: #d29922; } }
.notice { border: 1px solid currentColor; border-left-width: .4rem; border-radius: .375rem; padding: .6rem 1rem; margin: 0 0 1.5rem; font-weight: 600; }
.care { color: var(--care); }
h1, h2, h3, p, li, dd, td { overflow-wrap: anywhere; }
.facts { grid-template-columns: max-content 1fr; } .facts dd { text-align: left; overflow-wrap: anywhere; }
.text { border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); padding: .5rem 0; margin: .75rem 0 1.5rem; }
.text h3, .text h4, .text h5, .text h6 { line-height: 1.3; margin: 1.5rem 0 .4rem; } .text h3 { font-size: 1.15rem; } .text h4, .text h5, .text h6 { font-size: 1rem; }
.text table { border-collapse: collapse; display: block; overflow-x: auto; } .text th, .text td { border: 1px solid var(--line); padding: .3rem .6rem; vertical-align: top; }
.text pre.plain { white-space: pre-wrap; overflow-wrap: anywhere; background: none; border: 0; padding: 0; font: inherit; }
.changes p { white-space: pre-wrap; margin: .75rem 0; } .changes details { margin: .75rem 0; color: var(--soft); } summary { cursor: pointer; }
ins { background: #dafbe1; color: #0b4a1c; text-decoration: underline; text-underline-offset: .2em; } del { background: #ffebe9; color: #82071e; }
@media (prefers-color-scheme: dark) { ins { background: #12361f; color: #aff5b4; } del { background: #481a1f; color: #ffdcd7; } }
.tick { display: flex; gap: .75rem; align-items: flex-start; font-weight: 600; margin: .75rem 0; } .tick input { width: 1.25rem; height: 1.25rem; margin: .2rem 0 0; flex: none; }
.sign pre { white-space: pre-wrap; overflow-wrap: anywhere; } .sign .button { margin: .5rem 0 1.25rem; } .sign form + details { margin-top: 1.5rem; }
.text > :first-child { margin-top: .5rem; } .changes strong { font-weight: 600; }
.people { list-style: none; padding: 0; } .people li { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; justify-content: space-between; border-bottom: 1px solid var(--line); padding: .4rem 0; margin: 0; }
.people button { margin: 0; padding: .2rem .75rem; font-weight: 400; }
@media (max-width: 32rem) { main { padding-top: 1.5rem; } .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: .5rem; } }
@media print { .top, .skip, form { display: none; } }
`;

/** A signing page around its content. */
export function claPage(title: string, view: View, content: Markup): Promise<string> {
  const { notice } = view;
  const told = notice
    ? html`<p class="notice ${notice.tone}" role="${notice.tone === 'good' ? 'status' : 'alert'}">${notice.text}</p>`
    : '';
  return page(`${title} · Steward`, view.nonce, html`${told}${content}`, { header: header(view), style: STYLE });
}

function header({ visitor, base, path }: View): Markup {
  const who = visitor
    ? html`<form method="post" action="${base}/cla/logout">
        Signed in as <strong>@${visitor.login}</strong> <input type="hidden" name="form" value="${visitor.formToken}" />
        <input type="hidden" name="to" value="${path}" /><button type="submit">Sign out</button>
      </form>`
    : '';
  return html`<a class="skip" href="#content">Skip to content</a>
    <header class="top">
      <div><strong>Steward</strong> ${who}</div>
    </header>`;
}

/** A page that says one thing, and where to go from there. */
export function plainPage(title: string, view: View, says: readonly Markup[]): Promise<string> {
  return claPage(
    title,
    view,
    html`<h1>${title}</h1>
      ${says.map((one) => html`<p>${one}</p>`)}`,
  );
}

/** A day as people write one, for machines too. */
export function day(iso: string): Markup {
  const date = new Date(iso);
  const said = date.toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' });
  return html`<time datetime="${iso}">${said}</time>`;
}
