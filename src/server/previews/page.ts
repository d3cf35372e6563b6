/** The page of a preview: what the check says, and every row. */
import { html } from 'hono/html';
import { visible, type Part, type Words } from '../../facts/words.ts';
import type { Preview, PreviewRow } from '../../verdict/preview.ts';
import { safeUrl } from '../../views/markdown.ts';
import {
  becomes,
  countLines,
  goOn,
  judgedLine,
  laterOn,
  previewHeadline,
  privateLine,
  rowName,
} from '../../views/preview-lines.ts';
import { page, type Markup } from '../pages.ts';
import { rowsFor, type Reader } from './rows.ts';

/** More rows make a page that browsers are slow with; the CSV has all. */
export const SHOWN_ROWS = 5_000;
const LONGEST_TITLE = 100;

const STYLE = `
main { max-width: 72rem; }
.wide { overflow-x: auto; margin: 1rem 0; border: 1px solid var(--line); border-radius: .5rem; }
table { border-collapse: collapse; width: 100%; min-width: 44rem; }
caption { text-align: left; padding: .6rem .75rem; color: var(--soft); }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-top: 1px solid var(--line); }
thead th { background: var(--card); color: var(--soft); font-size: .875rem; white-space: nowrap; }
tbody th { font-weight: 600; overflow-wrap: anywhere; min-width: 12rem; } tbody th small { font-weight: 400; }
td code, td:last-child { white-space: nowrap; }
.fails code { color: var(--bad); } .passes code { color: var(--good); }
`;

/** The page; nothing on it is scripted. `csv` is the address of the same as CSV, seen from the page. */
export function previewPage(
  preview: Preview,
  reader: Reader,
  at: { readonly nonce: string; readonly csv: string },
): Promise<string> {
  const rows = rowsFor(preview, reader);
  const { isOperator } = reader;
  const weighing = { preview, limit: null, isHeld: false };
  const title = previewHeadline(weighing);
  const hidden = isOperator ? '' : privateLine(preview);
  return page(
    `${title} · Steward`,
    at.nonce,
    html`<h1>${title}</h1>
      <p class="soft">
        A change of the policy of <strong>${preview.owner}</strong>, previewed
        <time datetime="${preview.at}">${moment(preview.at)}</time>.
      </p>
      <p>${judgedLine(preview)} ${goOn(weighing).map(part)}</p>
      ${list(countLines(preview, isOperator))} ${hidden === '' ? '' : html`<p>${hidden} Operators of this server see them.</p>`}
      ${
        rows.length === 0
          ? ''
          : html`<p><a href="${at.csv}" download>Everything as CSV</a></p>
              ${table(rows, preview)}`
      }
      ${rows.length > SHOWN_ROWS ? html`<p>…and ${rows.length - SHOWN_ROWS} more: the CSV has them.</p>` : ''}
      ${preview.rowsLeft > 0 ? html`<p>${preview.rowsLeft} more rows are counted and were not kept.</p>` : ''}
      ${versions(preview)}`,
    { style: STYLE },
  );
}

/** A page that says that there is no such preview. */
export function noPreviewPage(nonce: string): Promise<string> {
  return page(
    'No such preview · Steward',
    nonce,
    html`<h1>There is no such preview</h1>
      <p>Its address may be cut off. The check <code>Steward policy</code> on the pull request or commit links to it.</p>`,
  );
}

function list(lines: readonly Words[]): Markup | string {
  if (lines.length === 0) return '';
  return html`<ul>
    ${lines.map((line) => html`<li>${line.map(part)}</li>`)}
  </ul>`;
}

function part(one: Part): Markup | string {
  if (typeof one === 'string') return one;
  if ('code' in one) return html`<code>${visible(one.code)}</code>`;
  return visible('quote' in one ? one.quote : one.label);
}

function table(rows: readonly PreviewRow[], preview: Preview): Markup {
  return html`<div class="wide" tabindex="0" role="region" aria-label="Every repository and pull request that differs">
    <table>
      <caption>
        What differs, the worst first
      </caption>
      <thead>
        <tr>
          ${['Where', 'Newly fails', 'Newly passes', 'Cannot be told', 'Issue'].map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, SHOWN_ROWS).map((row) => line(row, rowName(row, preview)))}
      </tbody>
    </table>
  </div>`;
}

function line(row: PreviewRow, name: string): Markup {
  const { title, url, isPrivate, failing, later, passing, unknown, issue } = row;
  const address = url === null ? null : safeUrl(url);
  const isOnlySofter = failing.length + later.length + passing.length + unknown.length === 0;
  return html`<tr>
    <th scope="row">
      ${address === null ? visible(name) : html`<a href="${address}">${visible(name)}</a>`}${isPrivate ? ' (private)' : ''}
      ${title === null ? '' : html`<small>${short(visible(title))}</small>`}
    </th>
    <td class="fails">${ids(failing)}${later.map((one) => html`<code>${one.rule}</code> ${laterOn(one)} `)}</td>
    <td class="passes">${isOnlySofter ? becomes(row) : ids(passing)}</td>
    <td>${ids(unknown)}</td>
    <td>${issue ?? ''}</td>
  </tr>`;
}

function ids(rules: readonly string[]): readonly Markup[] {
  return rules.map((id) => html`<code>${id}</code> `);
}

function short(text: string): string {
  const characters = Array.from(text.slice(0, 2 * LONGEST_TITLE));
  return characters.length > LONGEST_TITLE ? `${characters.slice(0, LONGEST_TITLE - 1).join('')}…` : text;
}

function versions({ policy: { before, after } }: Preview): Markup {
  const named = (oid: string | null): Markup | string => (oid === null ? 'none' : html`<code>${oid.slice(0, 12)}</code>`);
  return html`<p class="soft">Policy file, by git id: ${named(before)} before, ${named(after)} after.</p>`;
}

function moment(iso: string): string {
  const date = new Date(iso);
  return `${date.toLocaleString('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC`;
}
