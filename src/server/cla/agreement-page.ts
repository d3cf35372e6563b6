/** The page of an agreement: what it says, what somebody signed, what changed since, and the form to sign it. */
import { html } from 'hono/html';
import type { KeptAgreement } from '../../facts/register.ts';
import { signingSentence } from '../../facts/sentences.ts';
import { safeUrl } from '../../views/markdown.ts';
import type { Markup } from '../pages.ts';
import { changes } from './changes.ts';
import { claPage, day, type View } from './frame.ts';
import { meaning } from './meaning.ts';
import { carriesOver, type Standing } from './standing.ts';
import { agreementText } from './text.ts';

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

/** The whole page. */
export function agreementPage(view: AgreementView): Promise<string> {
  const { newest, before } = view;
  const isOpen = newest.kind === 'individual' && view.standing?.held?.version !== newest.version;
  return claPage(
    newest.title,
    view,
    html`<h1>${newest.title}</h1>
      <p class="soft">
        ${newest.kind === 'corporate' ? 'Agreement for companies' : 'Contributor agreement'}, version ${newest.version}. Kept by
        ${keeper(view)}.
      </p>
      ${view.standing ? state(view, view.standing) : ''} ${isOpen ? html`<p><a href="#sign">Go to signing</a></p>` : ''}
      ${
        before
          ? html`<section aria-labelledby="changed">
              <h2 id="changed">What changed since version ${before.version}</h2>
              ${changes(before.text, newest.text)}
            </section>`
          : ''
      }
      <section aria-labelledby="text">
        <h2 id="text">The agreement</h2>
        <div class="text">${agreementText(newest)}</div>
      </section>
      <section aria-labelledby="sign" class="sign">
        <h2 id="sign">${isOpen ? 'Sign' : 'Your signature'}</h2>
        ${signing(view)}
      </section>
      ${meaning(newest, keeper(view))}${facts(view)}`,
  );
}

function keeper({ newest, web }: AgreementView): Markup {
  const name = newest.agreement.split('/').slice(0, -1).join('/');
  return html`<a href="${web}/${name}" rel="noopener">${name}</a>`;
}

/** What the visitor has to do with it so far, in one sentence each. */
function state({ newest, waiting }: AgreementView, { held, revokedAt, coveredBy }: Standing): Markup {
  const waits =
    waiting > 0 && held?.version !== newest.version
      ? html`<p>${waiting === 1 ? 'One pull request waits' : `${waiting} pull requests wait`} for your signature.</p>`
      : '';
  const covered = coveredBy.map((name) => html`<p class="good">${name} has signed for you; you need not sign yourself.</p>`);
  const own = held
    ? held.version === newest.version
      ? html`<p class="good"><strong>You signed this version on ${day(held.at)}.</strong></p>`
      : carriesOver(held.version, newest.version)
        ? html`<p class="good">
            <strong>You signed version ${held.version} on ${day(held.at)}, and that also holds for this version.</strong> You need
            not do anything.
          </p>`
        : html`<p class="care">
            <strong>You signed version ${held.version} on ${day(held.at)}.</strong> This version differs so much that it needs to
            be signed again.
          </p>`
    : revokedAt
      ? html`<p>You revoked your signature on ${day(revokedAt)}.</p>`
      : html`<p>You have not signed it.</p>`;
  return html`<div class="card">${own}${covered}${waits}</div>`;
}

function signing(view: AgreementView): Markup {
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

function facts({ newest, web }: AgreementView): Markup {
  const { source, digest, at } = newest;
  const [, place, file, ref = 'HEAD'] = /^([\w.-]+\/[\w.-]+):([^@]+)(?:@(.+))?$/.exec(source) ?? [];
  const url = place && file ? `${web}/${place}/blob/${ref}/${file}` : safeUrl(source);
  return html`<section aria-labelledby="version">
    <h2 id="version">This version</h2>
    <dl class="facts">
      <dt>Text from</dt>
      <dd>${url ? html`<a href="${url}" rel="noopener nofollow">${source}</a>` : source}</dd>
      <dt>SHA-256</dt>
      <dd><code>${digest}</code></dd>
      <dt>First read</dt>
      <dd>${day(at)}</dd>
    </dl>
  </section>`;
}
