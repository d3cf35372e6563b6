/** What the set-up says, page by page. Every value is escaped by `html`. */
import { html } from 'hono/html';
import { WEBHOOKS_PATH } from './front.ts';
import { page } from './pages.ts';
import type { Registered, RegistrationWish } from './registration.ts';

interface Ask {
  readonly nonce: string;
  readonly token: string;
  readonly web: string;
  readonly publicUrl: string | null;
  readonly problem: string | null;
  /** What was typed before. */
  readonly given: URLSearchParams;
}

/** Asks for whom the App is registered and where GitHub reaches it. */
export function askPage({ nonce, token, web, publicUrl, problem, given }: Ask): Promise<string> {
  const address = html`<label for="url">Public address of this server</label>
    <input
      id="url"
      name="url"
      type="url"
      required
      maxlength="500"
      value="${given.get('url') ?? ''}"
      placeholder="https://steward.example.org"
    />
    <small>
      GitHub sends its deliveries there, so it must be reachable from ${new URL(web).host}. On your own machine, a tunnel gives
      you one. Set PUBLIC_URL to it to keep it.
    </small>`;
  return page(
    'Set up Steward',
    nonce,
    html`<h1>Set up Steward</h1>
      <p>
        Steward works as a GitHub App of your own. This page registers it with the right address, events and permissions; you
        confirm on GitHub.
      </p>
      ${problem === null ? '' : html`<p class="bad" role="alert"><strong>${problem}</strong></p>`}
      <form method="post" action="/setup" class="card">
        <input type="hidden" name="token" value="${token}" />
        <label for="organization">Organization that will own the App</label>
        <input
          id="organization"
          name="organization"
          maxlength="100"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          value="${given.get('organization') ?? ''}"
          placeholder="my-organization"
        />
        <small>Leave it empty to register the App for your own account. You need to be an owner of the organization.</small>
        ${publicUrl === null ? address : html`<p class="soft">GitHub will deliver to <code>${publicUrl}${WEBHOOKS_PATH}</code>.</p>`}
        <button type="submit">Continue</button>
      </form>
      <p class="soft">
        Steward reads code, pull requests and checks; it writes check runs, comments and one issue per repository. It never asks
        to write code.
      </p>`,
  );
}

/** Shows what will be registered and hands over to GitHub. */
export function confirmPage({
  nonce,
  action,
  manifest,
  wish,
}: {
  nonce: string;
  action: string;
  manifest: object;
  wish: RegistrationWish;
}): Promise<string> {
  return page(
    'Register the App on GitHub',
    nonce,
    html`<h1>Register the App on GitHub</h1>
      <p>GitHub shows the name, which you can change, and asks you to confirm. Then it brings you back here.</p>
      <div class="card">
        <p>Owner: <strong>${wish.organization ?? 'your own account'}</strong></p>
        <p>Deliveries go to <code>${wish.webhookUrl}${WEBHOOKS_PATH}</code></p>
      </div>
      <form method="post" action="${action}">
        <input type="hidden" name="manifest" value="${JSON.stringify(manifest)}" />
        <button type="submit">Create the GitHub App</button>
      </form>`,
  );
}

/** A policy to begin with: it tells and blocks nothing. */
const SAMPLE = `extends: baseline
rules:
  dco:
    enforce: observe   # off | observe | warn | block`;

/** Tells what to do next, once the App is registered. */
export function donePage({
  nonce,
  registered,
  publicUrl,
}: {
  nonce: string;
  registered: Registered;
  publicUrl: string | null;
}): Promise<string> {
  return page(
    'Steward is set up',
    nonce,
    html`<h1>Steward is set up</h1>
      <p class="good"><strong>${registered.name} is registered, and this server now works as it.</strong></p>
      <h2>Next</h2>
      <ol>
        <li>
          Choose where it works: all repositories of the organization, or some.<br /><a
            class="button"
            href="${registered.url}/installations/new"
            >Install ${registered.name}</a
          >
        </li>
        <li>
          Look at the checks for a while: until somebody writes a policy, Steward observes and blocks nobody. The policy is the
          file
          <code>.github/steward.yml</code> in the organization's <code>.github</code> repository:
          <pre><code>${SAMPLE}</code></pre>
        </li>
        <li>To make a check binding, choose <strong>Steward</strong> as a required status check in a ruleset.</li>
      </ol>
      <p class="soft">
        The credentials are in <code>credentials.json</code> of the data folder, readable by this account only. Keep a copy where
        you keep
        secrets.${publicUrl === null ? ' Set PUBLIC_URL to the address you entered, so that links in checks lead here and people can sign agreements.' : ''}
      </p>`,
  );
}

/** Somebody without the token, or with a spent one. */
export function closedPage(nonce: string): Promise<string> {
  return page(
    'Steward is not set up yet',
    nonce,
    html`<h1>Steward is not set up yet</h1>
      <p>
        To set it up, open the link that Steward printed on its console. Each link works once, and only until Steward is
        restarted.
      </p>`,
  );
}

/** GitHub did not give the credentials. */
export function failedPage(nonce: string): Promise<string> {
  return page(
    'The App could not be registered',
    nonce,
    html`<h1>The App could not be registered</h1>
      <p>
        GitHub did not hand out its credentials, or they could not be kept; Steward's log says which. Nothing was overwritten. If
        the App appears in your settings on GitHub, delete it there, then open the link on the console again.
      </p>`,
  );
}
