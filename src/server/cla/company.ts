/** The page of a company answered: its managers add and remove people by account. */
import { html } from 'hono/html';
import type { CompanyRecord, Entry, RegisteredPerson } from '../../facts/register.ts';
import { login as loginOf } from '../payload.ts';
import { signed, signing } from '../signed.ts';
import type { AgreementPorts } from './agreement.ts';
import { companyPage, strangerPage } from './company-page.ts';
import { enterOnce } from './sign.ts';
import type { Visitor } from './session.ts';
import { goTo, readForm, show, tell, withNotice, type Visit } from './visit.ts';

/** The person that has a login, asked as the installation on an account; null: nobody has. Throws when GitHub does not answer. */
export type Resolve = (login: string, owner: string) => Promise<RegisteredPerson | null>;

export interface CompanyPorts extends AgreementPorts {
  readonly resolve: Resolve;
}

/** Answers a visit to a company. */
export async function company(visit: Visit, id: string, ports: CompanyPorts): Promise<void> {
  const { visitor } = visit;
  if (!visitor) {
    show(visit, visit.request.method === 'POST' ? 403 : 200, await strangerPage(visit.view));
    return;
  }
  const record = await ports.store.company(id);
  // Whoever managed a company whose agreement ended manages nothing any more.
  const isManager = record?.until === null && record.managers.some(({ accountId }) => accountId === visitor.accountId);
  if (!isManager) {
    await tell(visit, 404, 'You manage no such company', [
      html`Either there is none, or its agreement has ended, or @${visitor.login} is not one of its managers. Whoever keeps the
      agreement adds managers.`,
    ]);
  } else if (visit.request.method === 'POST') await act(visit, record, visitor, ports);
  else await read(withDone(visit), record);
}

async function read(visit: Visit, record: CompanyRecord, status = 200, given = ''): Promise<void> {
  show(visit, status, await companyPage({ ...visit.view, company: record, given }));
}

function withDone(visit: Visit): Visit {
  const done = visit.query.get('done');
  if (done === 'added') return withNotice(visit, { tone: 'good', text: 'Added. Pull requests that waited are looked at again.' });
  return done === 'removed'
    ? withNotice(visit, { tone: 'good', text: 'Removed. Pull requests opened from now on are not covered.' })
    : visit;
}

async function act(visit: Visit, record: CompanyRecord, visitor: Visitor, ports: CompanyPorts): Promise<void> {
  const form = await readForm(visit);
  if (!form) return;
  const refuse = (status: number, text: string, given = ''): Promise<void> =>
    read(withNotice(visit, { tone: 'care', text }), record, status, given);
  if (!ports.sessions?.isOurs(visitor, form.get('form'))) {
    return refuse(403, 'This form is too old. Please send it again; nothing was changed.');
  }
  if (form.get('do') === 'remove') {
    const person = record.people.find(({ accountId }) => String(accountId) === form.get('account'));
    if (person) await enter('person-removed', record, person, visitor, ports, visit.path);
    goTo(visit, `${visit.path}?done=removed`);
    return;
  }
  const given = (form.get('login') ?? '').trim().replace(/^@/, '').slice(0, 100);
  const name = loginOf(given);
  if (!name) return refuse(422, 'A person is named as in their address on GitHub: letters, digits and dashes.', given);
  const found = await find(name, record, ports);
  if (found === 'silent')
    return refuse(502, 'GitHub does not answer right now. Please try again in a few minutes; nothing was changed.', given);
  if (!found) return refuse(422, `GitHub knows no person named ${name}; nothing was changed.`, given);
  if (record.people.some(({ accountId }) => accountId === found.accountId))
    return refuse(422, `@${found.login} is covered already.`);
  await enter('person-added', record, found, visitor, ports, visit.path);
  goTo(visit, `${visit.path}?done=added`);
}

async function find(
  name: string,
  { agreement }: CompanyRecord,
  { resolve, log }: CompanyPorts,
): Promise<RegisteredPerson | null | 'silent'> {
  try {
    return await resolve(name, agreement.split('/')[0] ?? '');
  } catch (error) {
    log.warn({ err: error }, 'GitHub could not be asked for an account');
    return 'silent';
  }
}

/** Enters the change, and has every pull request looked at that waits for the person. Twice is once. */
async function enter(
  kind: 'person-added' | 'person-removed',
  record: CompanyRecord,
  { accountId, login }: RegisteredPerson,
  by: Visitor,
  { store, jobs, now, publicUrl }: CompanyPorts,
  path: string,
): Promise<void> {
  const spans = record.accounts.filter((one) => one.accountId === accountId).length;
  const entry: Entry = {
    kind,
    company: record.id,
    by: { accountId: by.accountId, login: by.login },
    person: { accountId, login },
    evidence: {
      source: 'page',
      key: `page:company:${record.id}:${kind}:${accountId}:${spans}`,
      url: `${publicUrl ?? ''}${path}`,
    },
    at: now().toISOString(),
  };
  const isSo = async (): Promise<boolean> => {
    const present = (await store.company(record.id))?.people.some((person) => person.accountId === accountId) ?? false;
    return present === (kind === 'person-added');
  };
  const followed = await store.transaction(async (transaction) => {
    await enterOnce(store, entry, isSo);
    return kind === 'person-added' ? signing(accountId, transaction, { store, jobs }) : null;
  });
  if (followed) await signed(accountId, { store, jobs }, followed);
}
