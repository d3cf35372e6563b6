/** What signing means, in plain words: why, what is kept, who sees it, how to undo it. */
import { html } from 'hono/html';
import type { KeptAgreement } from '../../facts/register.ts';
import type { Markup } from '../pages.ts';

/** The section that every agreement's page ends with. */
export function meaning({ kind, agreement }: KeptAgreement, keeper: Markup): Markup {
  if (kind === 'corporate') return html``;
  return html`<section aria-labelledby="meaning">
    <h2 id="meaning">What signing means</h2>
    <p>
      With this agreement, you say under which terms the project may use what you contribute. Its words above are what counts;
      nothing on this page changes them. If you contribute at work, what you write may belong to your employer: ask before you
      sign.
    </p>
    <dl class="facts">
      <dt>What is kept</dt>
      <dd>
        The number and the name of your GitHub account, the sentence you agreed to, the version and the SHA-256 of the text, and
        the time. If you revoke: the time, and the reason if you give one. No e-mail address, and no access to your account.
      </dd>
      <dt>Who can see it</dt>
      <dd>
        Whoever keeps the agreement and whoever runs this server. On your pull requests, everybody sees that your signature is
        there.
      </dd>
      <dt>How to undo it</dt>
      <dd>
        Sign in here and revoke it. To have what is kept about you erased, write to ${keeper} and name <code>${agreement}</code>:
        only a mark without your name and number stays, so that the register can still be checked.
      </dd>
    </dl>
  </section>`;
}
