/** The part of an agreement's page by which people sign it and revoke what they signed. */
import { html } from 'hono/html';
import type { KeptAgreement } from '../../facts/register.ts';
import { signingSentence } from '../../facts/sentences.ts';
import type { Markup } from '../pages.ts';
import { keeper, type AgreementView } from './agreement-view.ts';
import { day } from './frame.ts';

/** The form that fits whoever visits, or what to do first. */
export function signing(view: AgreementView): Markup {
  const { newest, visitor, standing, loginUrl } = view;
  if (newest.kind === 'corporate') {
    return html`<p>
      This agreement is signed by companies, not on this page: somebody who may sign for the company writes to ${keeper(view)},
      who enters it. Then the company's managers say whom it covers.
    </p>`;
  }
  if (!visitor || !standing) {
    return html`${
      loginUrl
        ? html`<p>GitHub tells Steward who you are: your account's number and name, and nothing else.</p>
            <a class="button" href="${loginUrl}">Continue with GitHub</a>`
        : notSetUp(view)
    }
    ${byComment(newest)}`;
  }
  return standing.held?.version === newest.version
    ? revokeForm(view)
    : html`${signForm(view)}${standing.held ? revokeForm(view) : ''}`;
}

function signForm({ newest, visitor, base, path }: AgreementView): Markup {
  return html`<form method="post" action="${base}${path}">
    <input type="hidden" name="form" value="${visitor?.formToken ?? ''}" />
    <input type="hidden" name="do" value="sign" />
    <input type="hidden" name="version" value="${newest.version}" />
    <input type="hidden" name="digest" value="${newest.digest}" />
    <label class="tick"
      ><input type="checkbox" name="agree" value="yes" required /> <span>${signingSentence(newest)}</span></label
    >
    <button type="submit">Sign as @${visitor?.login ?? ''}</button>
  </form>`;
}

function revokeForm({ newest, standing, visitor, base, path }: AgreementView): Markup {
  const { held } = standing ?? { held: null };
  return html`${held?.version === newest.version ? html`<p>You signed version ${held.version} on ${day(held.at)}.</p>` : ''}
    <details>
      <summary>Revoke your signature</summary>
      <p>
        It then no longer covers pull requests that you open from now on. What you contributed before stays under the agreement
        you had signed. You can sign again at any time.
      </p>
      <form method="post" action="${base}${path}">
        <input type="hidden" name="form" value="${visitor?.formToken ?? ''}" />
        <input type="hidden" name="do" value="revoke" />
        <label for="reason">Why (you need not say)</label>
        <input id="reason" name="reason" maxlength="500" autocomplete="off" />
        <button type="submit" class="quiet">Revoke my signature</button>
      </form>
    </details>`;
}

function byComment(newest: KeptAgreement): Markup {
  return html`<p>You can also sign in a pull request of yours, by a comment with this sentence on a line of its own:</p>
    <pre><code>${signingSentence(newest)}</code></pre>`;
}

function notSetUp({ missing }: AgreementView): Markup {
  return html`<p>Signing on this page is not set up here.</p>
    <p class="soft">For administrators: set ${missing.join(', ')}. The guide is <code>docs/operate.md</code>.</p>`;
}
