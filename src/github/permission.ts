/** What an account may do in a repository, asked of GitHub at the moment it matters. */
import type { Api } from './client.ts';

/** Names of roles that mean the same everywhere; an organization may give others, which build on one of these. */
const ROLES = ['admin', 'maintain', 'write', 'triage', 'read'];

/** Its role; null: it has none, or the login belongs to another account. */
export async function permissionOf(
  api: Api,
  place: { readonly owner: string; readonly repo: string },
  person: { readonly login: string; readonly accountId: number },
): Promise<string | null> {
  const { role, isOther } = await standingOf(api, place, person);
  return isOther ? null : role;
}

/** The role that goes with a login, and whether that belongs to another account by now. */
export async function standingOf(
  api: Api,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  { login, accountId }: { readonly login: string; readonly accountId: number },
): Promise<{ readonly role: string | null; readonly isOther: boolean }> {
  try {
    const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
    const { data } = await api.request(route, { owner, repo, username: login });
    const isOther = data.user?.id !== accountId;
    if (data.permission === 'none') return { role: null, isOther };
    return { role: ROLES.includes(data.role_name) ? data.role_name : data.permission, isOther };
  } catch (error) {
    if ((error as { status?: number }).status === 404) return { role: null, isOther: false };
    throw error;
  }
}
