/** The page of a company that signed: whom it covers, and the forms by which its managers change that. */
import { html } from 'hono/html';
import type { CompanyRecord, RegisteredPerson } from '../../facts/register.ts';
import type { Markup } from '../pages.ts';
import { claPage, day, plainPage, type View } from './frame.ts';

export interface CompanyView extends View {
  readonly company: CompanyRecord;
  /** What was typed before and could not be used. */
  readonly given: string;
}

/** The page as a manager sees it. */
export function companyPage(view: CompanyView): Promise<string> {
  const { company, base } = view;
  const { name, agreement, version, from, managers, domains, organizations } = company;
  const open = <T extends { readonly until: string | null }>(spans: readonly T[]): readonly T[] =>
    spans.filter((one) => one.until === null);
  return claPage(
    name,
    view,
    html`<h1>${name}</h1>
      <p>Signed <a href="${base}/cla/${agreement}">${agreement}</a>, version ${version}, on ${day(from)}.</p>
      <section aria-labelledby="people">
        <h2 id="people">People</h2>
        ${people(view)} ${addForm(view)}
      </section>
      <section aria-labelledby="others">
        <h2 id="others">Also covered</h2>
        ${listed(
          'Public members of the GitHub organization',
          open(organizations).map(({ login }) => login),
        )}
        ${listed(
          'Addresses, verified by GitHub, of',
          open(domains).map(({ domain }) => domain),
        )}
        <p class="soft">
          Organizations and domains are entered by the office that keeps the agreement, once it is sure that they are the
          company's.
        </p>
      </section>
      <section aria-labelledby="managers">
        <h2 id="managers">Managers</h2>
        <p>
          ${managers.map(({ login }, index) => html`${index === 0 ? '' : ', '}@${login}`)}. The office adds and removes managers.
        </p>
      </section>
      <p class="soft">
        Every change is kept in the register with the time and the manager's name. Accounts are known by their number, so a new
        name changes nothing.
      </p>`,
  );
}

function listed(label: string, names: readonly string[]): Markup {
  return names.length === 0
    ? html``
    : html`<p>${label} ${names.map((name, index) => html`${index === 0 ? '' : ', '}<code>${name}</code>`)}.</p>`;
}

function people(view: CompanyView): Markup {
  const { company } = view;
  if (company.people.length === 0) return html`<p>Nobody yet.</p>`;
  return html`<ul class="people">
    ${company.people.map(
      (person) =>
        html`<li>
          <span>@${person.login} <span class="soft">account ${person.accountId}</span></span>
          ${removeForm(view, person)}
        </li>`,
    )}
  </ul>`;
}

function removeForm({ visitor, base, path }: CompanyView, { login, accountId }: RegisteredPerson): Markup {
  return html`<form method="post" action="${base}${path}">
    <input type="hidden" name="form" value="${visitor?.formToken ?? ''}" /><input type="hidden" name="do" value="remove" />
    <input type="hidden" name="account" value="${accountId}" />
    <button type="submit" class="quiet" aria-label="Remove @${login}">Remove</button>
  </form>`;
}

function addForm({ visitor, base, path, given }: CompanyView): Markup {
  return html`<form method="post" action="${base}${path}" class="card">
    <input type="hidden" name="form" value="${visitor?.formToken ?? ''}" /><input type="hidden" name="do" value="add" />
    <label for="login">GitHub name of somebody to add</label>
    <input
      id="login"
      name="login"
      value="${given}"
      required
      maxlength="100"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      aria-describedby="effect"
    />
    <small id="effect">
      Their waiting pull requests are looked at again at once. Removing somebody ends the cover for pull requests opened from then
      on; what was contributed before stays covered.
    </small>
    <button type="submit">Add</button>
  </form>`;
}

/** For whoever is not signed in; it does not tell whether there is such a company. */
export function strangerPage(view: View): Promise<string> {
  return plainPage('For managers', view, [
    html`Here the managers of a company that signed an agreement say whom it covers.`,
    view.loginUrl === null
      ? html`Signing in is not set up here; <code>docs/operate.md</code> tells administrators how to.`
      : html`<a class="button" href="${view.loginUrl}">Continue with GitHub</a>`,
  ]);
}
