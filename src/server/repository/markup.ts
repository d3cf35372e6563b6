/** Pieces of HTML that the parts of a repository's page share. */
import { html } from 'hono/html';
import { visible, type Part, type Words } from '../../facts/words.ts';
import { safeUrl } from '../../views/markdown.ts';
import type { Markup } from '../pages.ts';

/** A link, or the label alone where there is no address. */
export function linked(url: string | null, label: string): Markup | string {
  const safe = url === null ? null : safeUrl(url);
  return safe === null ? label : html`<a href="${safe}">${label}</a>`;
}

/** A sentence with its foreign parts as text. */
export function sentenceMarkup(words: Words): readonly (Markup | string)[] {
  return words.map(part);
}

function part(one: Part): Markup | string {
  if (typeof one === 'string') return one;
  if ('code' in one) return html`<code>${visible(one.code)}</code>`;
  if ('quote' in one) return visible(one.quote);
  return linked(one.link, visible(one.label));
}
