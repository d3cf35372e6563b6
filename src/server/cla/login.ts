/** Signing in with GitHub and out again. All that is learned is the number and the name of the account. */
import { html } from 'hono/html';
import type { Logger } from '../log.ts';
import type { SignIn } from './github.ts';
import type { Sessions } from './session.ts';
import { goTo, readForm, redirect, tell, type Visit } from './visit.ts';

export interface LoginPorts {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly log: Logger;
}

/** Whether a path is a page that a sign-in may lead back to: nothing else is ever redirected to. */
export function isPage(path: string | null): path is string {
  return path !== null && path.length < 400 && /^\/cla(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+){2,3}$/.test(path);
}

/** Sends the visitor to GitHub, and remembers in the browser which page wanted it. */
export async function begin(visit: Visit, { sessions, signIn }: LoginPorts): Promise<void> {
  const to = visit.query.get('to');
  if (!isPage(to)) {
    await tell(visit, 400, 'Sign in from a page', [html`Open the page of an agreement and choose “Continue with GitHub” there.`]);
    return;
  }
  const { begun, cookie } = sessions.begin(to);
  redirect(visit.response, signIn.url(begun), [cookie]);
}

/** The visitor is back from GitHub: signed in, or told why not. */
export async function finish(visit: Visit, { sessions, signIn, log }: LoginPorts): Promise<void> {
  const { request, response, query } = visit;
  response.appendHeader('set-cookie', sessions.forget.login);
  const begun = sessions.begun(request, query.get('state') ?? '');
  const code = query.get('code') ?? '';
  if (!begun) {
    await tell(visit, 403, 'This sign-in was not begun here', [
      html`It may be older than ten minutes, or was begun in another browser or window. Go back to the agreement and choose
      “Continue with GitHub” again.`,
    ]);
    return;
  }
  const again = html`<a class="button" href="${visit.view.base}${begun.to}">Back to the page</a>`;
  if (query.has('error')) {
    const isDenied = query.get('error') === 'access_denied';
    if (!isDenied)
      log.warn({ reason: reasonOf(query.get('error')) }, 'GitHub refused a sign-in; the settings of the App say why');
    await tell(visit, 403, isDenied ? 'You were not signed in' : 'GitHub refused the sign-in', [
      isDenied
        ? html`You chose not to sign in, and nothing was kept. The page can be read without it.`
        : html`GitHub says <code>${reasonOf(query.get('error'))}</code>. Whoever runs this server can mend it.`,
      again,
    ]);
    return;
  }
  try {
    const person = /^[\w-]{1,200}$/.test(code) ? await signIn.identify(code, begun) : 'stale';
    if (person !== 'stale') goTo(visit, begun.to, [sessions.admit(person)]);
    else await tell(visit, 403, 'This sign-in is used up', [html`GitHub takes each sign-in once. Please try again.`, again]);
  } catch (error) {
    log.error({ err: error }, 'GitHub could not be asked who signs in');
    await tell(visit, 502, 'GitHub does not answer', [
      html`So nobody could say who you are. Nothing was kept. Please try again in a few minutes.`,
      again,
    ]);
  }
}

/** Signs out. */
export async function leave(visit: Visit, { sessions }: LoginPorts): Promise<void> {
  const form = await readForm(visit);
  if (!form) return;
  if (!visit.visitor || !sessions.isOurs(visit.visitor, form.get('form'))) {
    await tell(visit, 403, 'Nothing happened', [html`This form is too old. Open the page again and sign out there.`]);
    return;
  }
  const to = form.get('to');
  if (isPage(to)) goTo(visit, to, [sessions.forget.session]);
  else {
    visit.response.appendHeader('set-cookie', sessions.forget.session);
    await tell(withoutVisitor(visit), 200, 'You are signed out', [html`Nothing of your visit is left in this browser.`]);
  }
}

const withoutVisitor = (visit: Visit): Visit => ({ ...visit, visitor: null, view: { ...visit.view, visitor: null } });

function reasonOf(error: string | null): string {
  return /^[a-z_]{1,60}$/.test(error ?? '') ? (error ?? '') : 'unknown_error';
}
