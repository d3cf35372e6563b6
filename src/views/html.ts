/** HTML in which every interpolated value is escaped, unless it is HTML of the same make. */
import { safeUrl } from './markdown.ts';

/** HTML that is safe to embed. Only this file makes it from text. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Value = Html | string | number | null | undefined | false | readonly Value[];

/** Template tag. Text is escaped for elements and for quoted attributes; null, undefined and false vanish. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(strings.reduce((text, own, index) => text + embed(values[index - 1]) + own));
}

/** Text that is HTML already, such as rendered Markdown. The caller answers for it. */
export function trusted(text: string): Html {
  return new Html(text);
}

/** A link to an http(s) address, an anchor or a path of this site; the label alone for anything else. */
export function anchor(href: string | null, label: Value): Html {
  const isLocal = href !== null && /^(#|\/(?![/\\])|\.\/|\?)/.test(href);
  const url = href === null ? null : isLocal ? href : safeUrl(href);
  return url === null ? html`${label}` : html`<a href="${url}">${label}</a>`;
}

function embed(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (isList(value)) return value.map(embed).join('');
  return escape(String(value));
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}
