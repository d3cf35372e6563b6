/** The page of an agreement: what it says, what somebody signed, what changed since, and the form to sign it. */
import { html } from 'hono/html';
import { safeUrl } from '../../views/markdown.ts';
import type { Markup } from '../pages.ts';
import { changes } from './changes.ts';
import { keeper, type AgreementView } from './agreement-view.ts';
import { claPage, day } from './frame.ts';
import { meaning } from './meaning.ts';
import { signing } from './signing.ts';
import { carriesOver, type Standing } from './standing.ts';
import { agreementText } from './text.ts';

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
      ${view.standing && (newest.kind === 'individual' || view.standing.coveredBy.length > 0) ? state(view, view.standing) : ''}
      ${isOpen ? html`<p><a href="#sign">Go to signing</a></p>` : ''}
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
        <h2 id="sign">${isOpen ? 'Sign' : newest.kind === 'corporate' ? 'Signing' : 'Your signature'}</h2>
        ${signing(view)}
      </section>
      ${meaning(newest, keeper(view))}${facts(view)}`,
  );
}

/** What the visitor has to do with it so far, in one sentence each. */
function state({ newest, waiting, base }: AgreementView, { held, revokedAt, coveredBy }: Standing): Markup {
  const waits =
    waiting > 0 && held?.version !== newest.version
      ? html`<p>${waiting === 1 ? 'One pull request waits' : `${waiting} pull requests wait`} for your signature.</p>`
      : '';
  const covered = coveredBy.map(
    ({ name, agreement }) =>
      html`<p class="good">
        ${name} has signed <a href="${base}/cla/${agreement}">${agreement}</a> for you. If the check accepts that, you need not
        sign yourself.
      </p>`,
  );
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
      : coveredBy.length > 0
        ? ''
        : html`<p>You have not signed it.</p>`;
  return html`<div class="card">${own}${covered}${waits}</div>`;
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
