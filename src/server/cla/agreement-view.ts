/** What the page of an agreement knows. */
import { html } from 'hono/html';
import type { KeptAgreement } from '../../facts/register.ts';
import type { Markup } from '../pages.ts';
import type { View } from './frame.ts';
import type { Standing } from './standing.ts';

export interface AgreementView extends View {
  readonly newest: KeptAgreement;
  /** Null: nobody is signed in. */
  readonly standing: Standing | null;
  /** The version to compare with: the one that was signed, or was on the page before. Null: there is none, or it is this one. */
  readonly before: KeptAgreement | null;
  /** Pull requests that wait for this person. */
  readonly waiting: number;
  /** GitHub for people, without a trailing slash. */
  readonly web: string;
  /** For administrators: what is missing for signing on this page. */
  readonly missing: readonly string[];
}

/** Who keeps the agreement: an account, or one of its repositories. */
export function keeper({ newest, web }: AgreementView): Markup {
  const name = newest.agreement.split('/').slice(0, -1).join('/');
  return html`<a href="${web}/${name}" rel="noopener">${name}</a>`;
}
