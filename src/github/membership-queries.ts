/** The GraphQL documents about who belongs to what; static but for how many are asked about. */

const MEMBERS = `
fragment MemberPage on TeamMemberConnection { totalCount pageInfo { hasNextPage endCursor } nodes { databaseId } }`;

/** What one query on memberships is about; all names are variables. */
export interface MembershipsAsked {
  /** Accounts `$l0` and on, answered by `u0` and on. */
  readonly accounts: number;
  /** Organizations `$o0` and on: `u0.g0` is null where the account is no member. */
  readonly organizations: number;
  /** Teams `$t0` and on of the owner: the first hundred members of each. */
  readonly teams: number;
}

/** Who belongs to what, as many pairs as one call can tell. */
export function membershipsQuery({ accounts, organizations, teams }: MembershipsAsked): string {
  const many = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index));
  const variables = [
    ...many(accounts, (index) => `$l${index}: String!`),
    ...many(organizations, (index) => `$o${index}: String!`),
    ...many(teams, (index) => `$t${index}: String!`),
  ];
  const groups = many(organizations, (index) => `g${index}: organization(login: $o${index}) { login }`).join(' ');
  const pages = many(teams, (index) => `t${index}: team(slug: $t${index}) { members(first: 100) { ...MemberPage } }`);
  return `
query Memberships($owner: String!, ${variables.join(', ')}) {
  owner: repositoryOwner(login: $owner) { __typename ... on User { databaseId } }
  ${teams > 0 ? `organization(login: $owner) { ${pages.join('\n    ')} }` : ''}
  ${many(accounts, (index) => `u${index}: user(login: $l${index}) { databaseId ${groups} }`).join('\n  ')}
}${teams > 0 ? MEMBERS : ''}`;
}

export const MORE_TEAM_MEMBERS = `
query MoreTeamMembers($owner: String!, $slug: String!, $after: String) {
  organization(login: $owner) { team(slug: $slug) { members(first: 100, after: $after) { ...MemberPage } } }
}${MEMBERS}`;

/** Whether accounts `$l0` and on, and teams `$t0` and on of the owner, exist: null where they do not. */
export function existenceQuery({ accounts, teams }: Pick<MembershipsAsked, 'accounts' | 'teams'>): string {
  const many = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index));
  const variables = [
    ...(teams > 0 ? ['$owner: String!'] : []),
    ...many(accounts, (index) => `$l${index}: String!`),
    ...many(teams, (index) => `$t${index}: String!`),
  ];
  const slugs = many(teams, (index) => `t${index}: team(slug: $t${index}) { slug }`).join(' ');
  return `
query Existence(${variables.join(', ')}) {
  ${teams > 0 ? `organization(login: $owner) { ${slugs} }` : ''}
  ${many(accounts, (index) => `u${index}: user(login: $l${index}) { login }`).join('\n  ')}
}`;
}
