/** Walks along the register, and tells who is in it. */
import type { Entered, RegisteredPerson } from '../../facts/register.ts';
import type { Store } from '../../store/store.ts';
import { UsageError } from '../repository.ts';

const PAGE = 1000;

/** Every entry in order, tombstones too. */
export async function* entriesOf(store: Pick<Store, 'entries'>): AsyncGenerator<Entered> {
  let after = 0;
  for (;;) {
    const page = await store.entries(after, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.sequence ?? after;
  }
}

/** The people that an entry names: whom it is about, and who entered it. */
export function peopleIn({ entry }: Entered): readonly RegisteredPerson[] {
  if (entry === null) return [];
  return [...('person' in entry ? [entry.person] : []), ...('by' in entry && entry.by ? [entry.by] : [])];
}

/** Accounts by their id, or by a login that the register knows them by, whatever its case: each as it was called last. */
export async function peopleCalled(store: Pick<Store, 'entries'>, name: string): Promise<readonly RegisteredPerson[]> {
  const wanted = name.replace(/^@/, '').toLowerCase();
  const found = new Map<number, RegisteredPerson>();
  const isId = /^\d{1,15}$/.test(wanted);
  for await (const entered of entriesOf(store)) {
    for (const person of peopleIn(entered)) {
      const isThat = isId ? String(person.accountId) === wanted : person.login.toLowerCase() === wanted;
      if (isThat) found.set(person.accountId, person);
    }
  }
  return [...found.values()];
}

/** The account of that id or login. Throws `UsageError` when nobody or several are called so. */
export async function personIn(store: Pick<Store, 'entries'>, name: string): Promise<RegisteredPerson> {
  const [first, ...others] = await peopleCalled(store, name);
  if (!first) throw new UsageError(`The register names nobody called ${name}. Give the login as it was then, or the numeric id.`);
  if (others.length === 0) return first;
  const ids = [first, ...others].map(({ accountId }) => accountId).join(', ');
  throw new UsageError(`The login ${name} has belonged to several accounts: ${ids}. Give the id of the one you mean.`);
}
