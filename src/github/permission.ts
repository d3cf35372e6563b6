/** What an account may do in a repository, asked of GitHub at the moment it matters. */
import type { Api } from './client.ts';

/** Names of roles that mean the same everywhere; an organization may give others, which build on one of these. */
const ROLES = ['admin', 'maintain', 'write', 'triage', 'read'];

/** Its role; null: it has none, or the login belongs to another account. */
export async function permissionOf(
  api: Api,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  { login, accountId }: { readonly login: string; readonly accountId: number },
): Promise<string | null> {
  try {
    const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
    const { data } = await api.request(route, { owner, repo, username: login });
    if (data.user?.id !== accountId || data.permission === 'none') return null;
    return ROLES.includes(data.role_name) ? data.role_name : data.permission;
  } catch (error) {
    if ((error as { status?: number }).status === 404) return null;
    throw error;
  }
}
