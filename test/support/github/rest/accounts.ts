/** Accounts, their repositories and members, and how much of the budget is left. */
import { HttpError, forbidden, notFound, reaches, sees } from '../access.ts';
import type { Account, Repository } from '../model.ts';
import { account, profile, repository } from '../shapes.ts';
import { READ, onRepository, paged } from './route.ts';
import type { Answer, Call, Routes } from './route.ts';

function named(call: Call, login: string | undefined, type?: Account['type']): Account {
  const found = call.world.accounts.get((login ?? '').toLowerCase());
  if (found === undefined || (type !== undefined && found.type !== type)) throw notFound();
  return found;
}

function visible(call: Call, owner: Account): readonly Repository[] {
  return call.world.ownedBy(owner).filter((one) => sees(call.world, call.identity, one));
}

function listed(call: Call, repositories: readonly Repository[]): Answer {
  const type = call.query.get('type') ?? 'all';
  const isWanted = (one: Repository): boolean => {
    if (type === 'public' || type === 'private') return one.isPrivate === (type === 'private');
    if (type === 'forks' || type === 'sources') return (one.parent !== null) === (type === 'forks');
    return true;
  };
  const sign = call.query.get('direction') === 'desc' ? -1 : 1;
  const sorted = repositories.filter(isWanted).sort((a, b) => sign * (a.name < b.name ? -1 : 1));
  return paged(call, sorted, (one) => repository(one));
}

function person(call: Call): Account {
  if (call.identity.kind === 'person') return call.identity.person;
  throw call.identity.kind === 'nobody' ? new HttpError(401, 'Requires authentication') : forbidden();
}

/** Repositories of a person's own, and by default of others' that they take part in. */
function affiliated(call: Call): readonly Repository[] {
  const self = person(call);
  const wanted = (call.query.get('affiliation') ?? 'owner,collaborator,organization_member').split(',');
  return [...call.world.repositories.values()].filter(({ owner, collaborators }) => {
    if (owner === self) return wanted.includes('owner');
    if (collaborators.has(self.login)) return wanted.includes('collaborator');
    return owner.members.has(self.login) && wanted.includes('organization_member');
  });
}

function membership(call: Call): Answer {
  const organization = named(call, call.params.org, 'Organization');
  const { identity } = call;
  if (identity.kind !== 'installation' || !reaches(identity.token.permissions, { members: 'read' })) throw forbidden();
  const member = named(call, call.params.username);
  const role = organization.members.get(member.login);
  if (role === undefined) throw notFound();
  const url = `https://api.github.com/orgs/${organization.login}/memberships/${member.login}`;
  const who = { organization: account(organization), user: account(member) };
  return { body: { url, state: 'active', role, organization_url: url, ...who } };
}

/** GitHub tells the role, and the nearest of the three levels it had before there were roles. */
function roleOf(one: Repository, member: Account): { readonly name: string; readonly level: string } {
  if (one.owner === member || one.owner.members.get(member.login) === 'admin') return { name: 'admin', level: 'admin' };
  const isReader = !one.isPrivate || one.owner.members.has(member.login);
  const role = one.collaborators.get(member.login) ?? (isReader ? 'read' : 'none');
  if (typeof role === 'object') return { name: role.name, level: role.base };
  return { name: role, level: role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role };
}

/** Whether somebody may push. */
export function canPush(one: Repository, member: Account): boolean {
  return ['write', 'admin'].includes(roleOf(one, member).level);
}

/** Every property that is declared, also those without a value here; a person's repositories have none. */
function properties(_call: Call, one: Repository): Answer {
  if (one.owner.type !== 'Organization') throw notFound();
  return { body: [...one.properties].map(([property_name, value]) => ({ property_name, value })) };
}

function permission(call: Call, one: Repository): Answer {
  const member = named(call, call.params.username);
  const { name, level } = roleOf(one, member);
  return { body: { permission: level, role_name: name, user: account(member) } };
}

function rateLimit(call: Call): Answer {
  const [core, graphql] = [call.budgets.state(call.caller, 'core'), call.budgets.state(call.caller, 'graphql')];
  return { body: { resources: { core, graphql, search: core }, rate: core } };
}

export const accounts: Routes = {
  'meta/root': { handle: () => ({ body: {} }) },
  'rate-limit/get': { handle: rateLimit },
  'orgs/get': {
    handle: (call) => {
      const organization = named(call, call.params.org, 'Organization');
      return { body: profile(organization, visible(call, organization).length) };
    },
  },
  'orgs/get-membership-for-user': { handle: membership },
  'users/get-by-username': {
    handle: (call) => {
      const found = named(call, call.params.username);
      return { body: profile(found, visible(call, found).length) };
    },
  },
  'users/get-authenticated': { handle: (call) => ({ body: profile(person(call), visible(call, person(call)).length) }) },
  'repos/get': onRepository(READ.metadata, (_call, one) => ({ body: repository(one) })),
  'repos/custom-properties-for-repos-get-repository-values': onRepository(READ.metadata, properties),
  'repos/get-collaborator-permission-level': onRepository(READ.metadata, permission),
  'repos/list-for-org': {
    query: ['type', 'sort', 'direction'],
    handle: (call) => listed(call, visible(call, named(call, call.params.org, 'Organization'))),
  },
  'repos/list-for-user': {
    query: ['type', 'sort', 'direction'],
    handle: (call) =>
      listed(
        call,
        visible(call, named(call, call.params.username)).filter((one) => !one.isPrivate),
      ),
  },
  'repos/list-for-authenticated-user': {
    query: ['sort', 'direction', 'affiliation'],
    handle: (call) => listed(call, affiliated(call)),
  },
};
