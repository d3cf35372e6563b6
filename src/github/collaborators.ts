/** Who collaborates on a repository: whoever may do more there than read. GraphQL tells collaborators only to those who may push. */
import type { Account } from '../facts/source.ts';
import type { Api } from './client.ts';
import type { Look } from './look.ts';
import { standingOf } from './permission.ts';

/** Rules that exempt different groups ask one after the other. An answer is gone with the look it belongs to. */
const told = new WeakMap<object, Map<string, Promise<boolean | null>>>();

/** Of each account's id, whether it collaborates; null where GitHub does not tell. Costs one call an account, and each only once a look. */
export async function collaboratorsOf(
  api: Api,
  seen: Pick<Look, 'owner' | 'repo'>,
  people: readonly Account[],
): Promise<ReadonlyMap<number, boolean | null>> {
  const known = told.get(seen) ?? new Map<string, Promise<boolean | null>>();
  told.set(seen, known);
  const ask = (person: Account): Promise<boolean | null> => {
    const key = `${person.id} ${person.login}`;
    const answer = known.get(key) ?? collaborates(api, seen, person);
    known.set(key, answer);
    return answer;
  };
  const answers = people.map(async (person) => [person.id, await ask(person)] as const);
  return new Map(await Promise.all(answers));
}

/** Reading is no collaboration: what is public anybody can read. */
async function collaborates(
  api: Api,
  repository: { readonly owner: string; readonly repo: string },
  { login, id }: Account,
): Promise<boolean | null> {
  try {
    const { role, isOther } = await standingOf(api, repository, { login, accountId: id });
    // The account has another name by now, of which nothing was asked.
    return isOther ? null : role !== null && role !== 'read';
  } catch (error) {
    if ((error as { status?: number }).status === 403) return null;
    throw error;
  }
}
