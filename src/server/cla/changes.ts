/** Shows what changed between two versions of an agreement. */
import { html } from 'hono/html';
import { sha256 } from '../../facts/digest.ts';
import type { Markup } from '../pages.ts';
import { compare, type Stretch, type Word } from './compare.ts';
import { patient } from './patience.ts';

/** Unchanged paragraphs shown on each side of a change; those between them are folded. */
const AROUND = 1;
const comparison = patient(500);

/** The changed words between their paragraphs; long unchanged stretches are folded. */
export function changes(before: string, after: string): Markup {
  const stretches = compared(before, after);
  if (stretches.every(({ kind }) => kind === 'same'))
    return html`<p>The words are the same; only blanks or line breaks differ.</p>`;
  const shown = stretches.map((stretch, index) =>
    stretch.kind === 'changed' ? changed(stretch) : same(stretch, index === 0, index === stretches.length - 1),
  );
  return html`<p class="soft"><ins>Underlined</ins> is new, <del>struck through</del> is gone.</p>
    <div class="changes">${shown}</div>`;
}

/** What takes too long to compare is shown one after the other. */
function compared(before: string, after: string): readonly Stretch[] {
  const key = `${sha256(before)} ${sha256(after)}`;
  const found = comparison(key, () => JSON.stringify(compare(before, after)));
  if (found !== null) return JSON.parse(found) as readonly Stretch[];
  const words: readonly Word[] = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
  return [{ kind: 'changed', words }];
}

function changed({ words }: Extract<Stretch, { kind: 'changed' }>): Markup {
  return html`<p>${words.map(word)}</p>`;
}

function word({ kind, text }: Word): Markup {
  if (kind === 'added') return html`<ins>${text}</ins>`;
  return kind === 'removed' ? html`<del>${text}</del>` : html`${text}`;
}

function same({ paragraphs }: Extract<Stretch, { kind: 'same' }>, isFirst: boolean, isLast: boolean): Markup {
  const head = isFirst ? 0 : AROUND;
  const tail = isLast ? paragraphs.length : Math.max(head, paragraphs.length - AROUND);
  const folded = paragraphs.slice(head, tail);
  if (folded.length <= 1) return html`${paragraphs.map(unchanged)}`;
  return html`${paragraphs.slice(0, head).map(unchanged)}
    <details>
      <summary>${folded.length} unchanged paragraphs</summary>
      ${folded.map(unchanged)}
    </details>
    ${paragraphs.slice(tail).map(unchanged)}`;
}

function unchanged(text: string): Markup {
  const [, heading] = /^#{1,6} (.*)$/.exec(text) ?? [];
  return heading === undefined ? html`<p>${text}</p>` : html`<p><strong>${heading}</strong></p>`;
}
