/** The page of an agreement answered: read it, sign it, revoke it. */
import { html } from 'hono/html';
import type { KeptAgreement } from '../../facts/register.ts';
import type { Logger } from '../log.ts';
import { agreementPage } from './agreement-page.ts';
import type { Notice } from './frame.ts';
import type { Sessions } from './session.ts';
import { revoke, sign, type Desk } from './sign.ts';
import { newestOf, standingOf } from './standing.ts';
import { goTo, readForm, show, tell, type Visit } from './visit.ts';

export interface AgreementPorts extends Desk {
  readonly sessions: Sessions | null;
  /** GitHub for people, without a trailing slash. */
  readonly web: string;
  /** This server for people, without a trailing slash; null: not told. */
  readonly publicUrl: string | null;
  /** Settings that signing on the page lacks. */
  readonly missing: readonly string[];
  readonly log: Logger;
}

/** The name in the register of the agreement at a path (`/cla/OWNER/ID` or `/cla/OWNER/REPO/ID`); null: no agreement has one like it. */
export function agreementAt(path: string): string | null {
  const [, name] = /^\/cla\/([\w-]{1,100}(?:\/[\w.-]{1,100})?\/[A-Za-z0-9-]{1,40})$/.exec(path) ?? [];
  return name?.toLowerCase() ?? null;
}

/** Answers a visit to an agreement. */
export async function agreement(visit: Visit, name: string, ports: AgreementPorts): Promise<void> {
  const newest = newestOf(await ports.store.agreementVersions(name));
  if (!newest) {
    await tell(visit, 404, 'There is no such agreement', [
      html`Nothing is kept as <code>${name}</code>. Check the address. A new agreement has a page as soon as Steward has looked at
        a pull request that needs it.`,
    ]);
    return;
  }
  if (visit.request.method === 'POST') await act(visit, newest, ports);
  else await read(visit, newest, ports, told(visit.query.get('done')));
}

/** Shows the page, and says `told` first; `seen` is the version that was shown before. */
async function read(visit: Visit, newest: KeptAgreement, ports: AgreementPorts, told: Told | null, seen?: string): Promise<void> {
  const { store, web, missing } = ports;
  const { visitor } = visit;
  const standing = visitor ? await standingOf(store, newest.agreement, visitor.accountId) : null;
  const from = standing?.held?.version ?? seen ?? newest.version;
  const before = from === newest.version ? null : await store.agreement(newest.agreement, from);
  const waiting = visitor && newest.kind === 'individual' ? (await store.awaiting(visitor.accountId)).length : 0;
  const notice =
    told && (told.holds === undefined || told.holds === (standing?.held?.version === newest.version)) ? { notice: told } : {};
  const page = await agreementPage({ ...visit.view, ...notice, newest, standing, before, waiting, web, missing });
  show(visit, told?.status ?? 200, page);
}

interface Told extends Notice {
  readonly status: number;
  /** Said only when it is so: anybody can write an address. */
  readonly holds?: boolean;
}

function told(done: string | null): Told | null {
  if (done === 'signed')
    return { status: 200, holds: true, tone: 'good', text: 'Signed. Your pull requests are looked at again.' };
  if (done === 'revoked')
    return { status: 200, holds: false, tone: 'good', text: 'Revoked. Pull requests you open from now on are not covered.' };
  return null;
}

const care = (status: number, text: string): Told => ({ status, tone: 'care', text });

/** Does what a form asks for, and leads back to the page; whatever does not fit is told above the page as it is now. */
async function act(visit: Visit, newest: KeptAgreement, ports: AgreementPorts): Promise<void> {
  const form = await readForm(visit);
  if (!form) return;
  const refusal = refusalOf(visit, form, newest, ports);
  if (refusal) return read(visit, newest, ports, refusal, form.get('version')?.slice(0, 30) ?? newest.version);
  const { visitor, path } = visit;
  if (!visitor) return;
  const { accountId, login } = visitor;
  const url = `${ports.publicUrl ?? ''}${path}`;
  if (form.get('do') === 'sign') await sign(newest, { accountId, login }, url, ports);
  else await revoke(newest, { accountId, login }, { url, reason: (form.get('reason') ?? '').trim().slice(0, 500) }, ports);
  goTo(visit, `${path}?done=${form.get('do') === 'sign' ? 'signed' : 'revoked'}`);
}

/** Why a form cannot be followed, in words for whoever sent it; null: it can. */
function refusalOf({ visitor }: Visit, form: URLSearchParams, newest: KeptAgreement, { sessions }: AgreementPorts): Told | null {
  if (!visitor || !sessions) return care(403, 'You are no longer signed in. Sign in and try again; nothing was entered.');
  if (!sessions.isOurs(visitor, form.get('form')))
    return care(403, 'This form is too old. Please send it again; nothing was entered.');
  if (form.get('do') === 'revoke') return null;
  if (form.get('do') !== 'sign' || newest.kind !== 'individual')
    return care(422, 'This cannot be done here; nothing was entered.');
  if (form.get('version') !== newest.version || form.get('digest') !== newest.digest) {
    return care(409, 'The agreement changed while you were reading. This is its new version; nothing was entered.');
  }
  return form.get('agree') === 'yes' ? null : care(422, 'To sign, tick the box beside the sentence.');
}
