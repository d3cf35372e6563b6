/** The text of an agreement as HTML. It is foreign: nothing in it may act, load or lead astray. */
import { html, raw } from 'hono/html';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { KeptAgreement } from '../../facts/register.ts';
import type { Markup } from '../pages.ts';
import { patient } from './patience.ts';

/** Larger ones, or those with more marks, are shown as plain text: what renders them grows much faster than they do. */
const LARGEST = 100_000;
const MARKS = 2_000;
const MARK = /[*_~`[\]!<|]/g;
const render = patient(500);

/** The whole text: Markdown rendered, everything else as it is, and so is what would take too long to render. */
export function agreementText({ text, source, digest }: Pick<KeptAgreement, 'text' | 'source' | 'digest'>): Markup {
  const isTooMuch = text.length > LARGEST || (text.match(MARK)?.length ?? 0) > MARKS;
  const rendered = isTooMuch || !isMarkdown(source, text) ? null : render(digest, () => page(text));
  return rendered === null ? html`<pre class="plain">${text}</pre>` : html`${raw(rendered)}`;
}

function page(text: string): string {
  return harmless(micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] }));
}

/** By the name of the file; addresses without an ending are Markdown when they have a heading of that kind. */
function isMarkdown(source: string, text: string): boolean {
  const name =
    source
      .replace(/[?#@].*$/s, '')
      .split('/')
      .pop() ?? '';
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  if (ending === 'md' || ending === 'markdown') return true;
  return ending !== 'txt' && /^#{1,6} /m.test(text);
}

/**
 * Tags of rendered Markdown, which escapes all foreign HTML: links only to the web, images as their words,
 * headings below those of the page, no ids.
 */
function harmless(page: string): string {
  return page
    .replace(/<a\b[^>]*>/g, (tag) => {
      const href = /\bhref="(https?:\/\/[^"]*)"/.exec(tag)?.[1];
      return href === undefined ? '<a>' : `<a href="${href}" rel="noopener nofollow">`;
    })
    .replace(/<img\b[^>]*>/g, (tag) => `[${/\balt="([^"]*)"/.exec(tag)?.[1] ?? ''}]`)
    .replace(/<(\/?)h([1-6])\b[^>]*>/g, (_tag, slash: string, level: string) => `<${slash}h${Math.min(6, Number(level) + 2)}>`)
    .replace(/<(section|li|sup)\b[^>]*>/g, '<$1>');
}
