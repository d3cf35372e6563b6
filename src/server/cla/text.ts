/** The text of an agreement as HTML. It is foreign: nothing in it may act, load or lead astray. */
import { html, raw } from 'hono/html';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { KeptAgreement } from '../../facts/register.ts';
import type { Markup } from '../pages.ts';

/** Larger ones are shown as plain text: rendering them would keep everybody else waiting. */
const LARGEST = 100_000;
const KEPT = 8;
const rendered = new Map<string, string>();

/** The whole text: Markdown rendered, everything else as it is. */
export function agreementText({ text, source, digest }: Pick<KeptAgreement, 'text' | 'source' | 'digest'>): Markup {
  if (!isMarkdown(source, text) || text.length > LARGEST) return html`<pre class="plain">${text}</pre>`;
  const kept = rendered.get(digest) ?? harmless(micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] }));
  rendered.delete(digest);
  rendered.set(digest, kept);
  for (const oldest of rendered.keys()) if (rendered.size > KEPT) rendered.delete(oldest);
  return html`${raw(kept)}`;
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
