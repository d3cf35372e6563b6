/** Accounts as GraphQL nodes: actors without the `[bot]` that REST shows, owners with their repositories. */
import { reaches } from '../access.ts';
import type { Account, Repository } from '../model.ts';
import { WEB, nodeId } from '../shapes.ts';
import { connection } from './context.ts';
import type { Context, Node, Paging } from './context.ts';
import { repositoryNode, visibleRepositories } from './repositories.ts';

interface RepositoryFilter extends Paging {
  readonly isArchived?: boolean | null;
  readonly isFork?: boolean | null;
  readonly privacy?: 'PUBLIC' | 'PRIVATE' | null;
  readonly visibility?: 'PUBLIC' | 'PRIVATE' | 'INTERNAL' | null;
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
}

/** Whoever did something; an owner when asked as one. */
export function accountNode(context: Context, one: Account): Node {
  const common = {
    __typename: one.type,
    id: nodeId(one.type, one.id),
    databaseId: one.id,
    login: one.type === 'Bot' ? one.login.replace(/\[bot\]$/, '') : one.login,
    url: one.type === 'Bot' ? `${WEB}/apps/${one.login.replace(/\[bot\]$/, '')}` : `${WEB}/${one.login}`,
    avatarUrl: `https://avatars.githubusercontent.com/u/${one.id}?v=4`,
  };
  if (one.type === 'Bot') return common;
  return {
    ...common,
    name: one.name,
    email: one.type === 'User' ? '' : null,
    repositories: (args: RepositoryFilter) => repositories(context, one, args),
    repository: ({ name }: { name: string }) => {
      const found = context.world.ownedBy(one).find((repository) => repository.name.toLowerCase() === name.toLowerCase());
      return found === undefined ? null : repositoryNode(context, found);
    },
    organization: ({ login }: { login: string }) => organizationOf(context, one, login),
    team: ({ slug }: { slug: string }) => teamNode(context, one, slug),
    membersWithRole: (args: Paging) =>
      connection('OrganizationMember', args, [...one.members.keys()], (login) =>
        accountNode(context, context.world.accountOf(login)),
      ),
  };
}

/** An organization that a person belongs to, as far as the asker may know of it. */
function organizationOf(context: Context, person: Account, login: string): Node | null {
  const found = context.world.accounts.get(login.toLowerCase());
  if (found?.members.has(person.login) !== true) return null;
  return found.publicMembers.has(person.login) || seesMembers(context, found) ? accountNode(context, found) : null;
}

function seesMembers({ identity }: Context, organization: Account): boolean {
  if (identity.kind === 'person') return organization.members.has(identity.person.login);
  if (identity.kind !== 'installation' || identity.installation.account !== organization) return false;
  return reaches(identity.token.permissions, { members: 'read' });
}

function teamNode(context: Context, organization: Account, slug: string): Node | null {
  const logins = organization.teams.get(slug.toLowerCase());
  if (logins === undefined || !seesMembers(context, organization)) return null;
  return {
    __typename: 'Team',
    id: nodeId('Team', `${organization.login}/${slug}`),
    slug: slug.toLowerCase(),
    members: (args: Paging) =>
      connection('TeamMember', args, [...logins], (login) => accountNode(context, context.world.accountOf(login))),
  };
}

function repositories(context: Context, owner: Account, args: RepositoryFilter): Node {
  const privacy = args.privacy ?? args.visibility;
  const isWanted = (one: Repository): boolean =>
    (args.isArchived ?? one.isArchived) === one.isArchived &&
    (args.isFork ?? one.parent !== null) === (one.parent !== null) &&
    (privacy ?? (one.isPrivate ? 'PRIVATE' : 'PUBLIC')) === (one.isPrivate ? 'PRIVATE' : 'PUBLIC');
  const sign = args.orderBy?.direction === 'DESC' ? -1 : 1;
  const key = (one: Repository): string => (args.orderBy?.field === 'PUSHED_AT' ? one.pushedAt : one.name.toLowerCase());
  const all = visibleRepositories(context, owner).filter(isWanted);
  if (args.orderBy !== undefined && args.orderBy !== null)
    all.sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return connection('Repository', args, all, (one) => repositoryNode(context, one));
}
