/** Who collaborates on a repository: whoever may do more there than read. GraphQL tells collaborators only to those who may push. */
import type { Account } from '../facts/source.ts';
import type { Api } from './client.ts';
import { permissionOf } from './permission.ts';

/** Of each account's id, whether it collaborates; null where GitHub does not tell. Costs one call an account. */
export async function collaboratorsOf(
  api: Api,
  repository: { readonly owner: string; readonly repo: string },
  people: readonly Account[],
): Promise<ReadonlyMap<number, boolean | null>> {
  const told = people.map(async (person) => [person.id, await collaborates(api, repository, person)] as const);
  return new Map(await Promise.all(told));
}

/** Reading is no collaboration: what is public anybody can read. */
async function collaborates(
  api: Api,
  repository: { readonly owner: string; readonly repo: string },
  { login, id }: Account,
): Promise<boolean | null> {
  try {
    const role = await permissionOf(api, repository, { login, accountId: id });
    return role !== null && role !== 'read';
  } catch (error) {
    if ((error as { status?: number }).status === 403) return null;
    throw error;
  }
}
