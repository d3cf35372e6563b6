/** Repositories and refs as GraphQL nodes. */
import type { GraphQLError } from 'graphql';
import { sees } from '../access.ts';
import type { Account, Issue, PullRequest, Repository } from '../model.ts';
import { READ, resolveRef } from '../rest/route.ts';
import { entryAt } from '../git.ts';
import { WEB, fullName, nodeId } from '../shapes.ts';
import { accountNode } from './accounts.ts';
import { connection, demand, notFound } from './context.ts';
import type { Context, Node, Paging } from './context.ts';
import { issueNode } from './issues.ts';
import { blobNode, commitNode, treeNode } from './objects.ts';
import { pullNode } from './pulls.ts';

/** The repository by name, or the error GitHub gives for one that cannot be seen. */
export function findRepository(context: Context, { owner, name }: { owner: string; name: string }): Node {
  const one = context.world.find(owner, name);
  if (one === undefined || !sees(context.world, context.identity, one)) {
    throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
  }
  return repositoryNode(context, one);
}

export function visibleRepositories(context: Context, owner: Account): Repository[] {
  return context.world.ownedBy(owner).filter((one) => sees(context.world, context.identity, one));
}

export function repositoryNode(context: Context, one: Repository): Node {
  return {
    __typename: 'Repository',
    id: nodeId('Repository', one.id),
    databaseId: one.id,
    name: one.name,
    nameWithOwner: fullName(one),
    owner: () => accountNode(context, one.owner),
    url: `${WEB}/${fullName(one)}`,
    description: one.description,
    isPrivate: one.isPrivate,
    visibility: one.isInternal ? 'INTERNAL' : one.isPrivate ? 'PRIVATE' : 'PUBLIC',
    repositoryTopics: (args: Paging) =>
      connection('RepositoryTopic', args, one.topics, (name) => ({
        __typename: 'RepositoryTopic',
        id: nodeId('RepositoryTopic', `${one.id}:${name}`),
        topic: { __typename: 'Topic', id: nodeId('Topic', name), name },
      })),
    primaryLanguage:
      one.language === null ? null : { __typename: 'Language', id: nodeId('Language', one.language), name: one.language },
    isArchived: one.isArchived,
    isDisabled: false,
    isFork: one.parent !== null,
    isTemplate: false,
    isEmpty: one.branches.size === 0,
    hasIssuesEnabled: one.hasIssues,
    parent: () =>
      one.parent !== null && sees(context.world, context.identity, one.parent) ? repositoryNode(context, one.parent) : null,
    createdAt: one.createdAt,
    pushedAt: one.pushedAt,
    updatedAt: one.pushedAt,
    diskUsage: one.branches.size,
    collaborators: (args: Paging & { login?: string | null }) => collaboratorsOf(context, one, args),
    ...branchFields(context, one),
    ...threadFields(context, one),
  };
}

function branchFields(context: Context, one: Repository): Node {
  return {
    defaultBranchRef: () => refNode(context, one, one.defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) => refNode(context, one, qualifiedName.replace(/^refs\/heads\//, '')),
    refs: ({ refPrefix, ...args }: Paging & { refPrefix: string }) =>
      connection('Ref', args, refPrefix === 'refs/heads/' ? [...one.branches.keys()] : [], (name) => refNode(context, one, name)),
    object: (args: { oid?: string; expression?: string }) => {
      demand(context, one, READ.contents);
      return objectNode(context, one, args);
    },
  };
}

/** `oid`, or an expression: a ref, or `ref:path`. */
function objectNode(
  context: Context,
  one: Repository,
  { oid, expression = '' }: { oid?: string; expression?: string },
): Node | null {
  const colon = expression.indexOf(':');
  if (colon < 0) return anyObject(context, one, oid ?? expression);
  const name = expression.slice(0, colon);
  const commit = one.objects.commits.get(resolveRef(one, name === 'HEAD' ? one.defaultBranch : name) ?? '');
  const entry = commit === undefined ? undefined : entryAt(one.objects, commit.tree, expression.slice(colon + 1));
  return entry === undefined ? null : anyObject(context, one, entry.oid);
}

function anyObject(context: Context, one: Repository, name: string): Node | null {
  const bytes = one.objects.blobs.get(name);
  if (bytes !== undefined) return blobNode(one, name, bytes);
  if (one.objects.trees.has(name)) return treeNode(one, name);
  const commit = one.objects.commits.get(resolveRef(one, name === 'HEAD' ? one.defaultBranch : name) ?? '');
  return commit === undefined ? null : commitNode(context, one, commit);
}

export function refNode(context: Context, one: Repository, name: string): Node | null {
  const sha = one.branches.get(name);
  const commit = sha === undefined ? undefined : one.objects.commits.get(sha);
  if (commit === undefined) return null;
  return {
    __typename: 'Ref',
    id: nodeId('Ref', name),
    name,
    prefix: 'refs/heads/',
    repository: () => repositoryNode(context, one),
    target: () => {
      demand(context, one, READ.contents);
      return commitNode(context, one, commit);
    },
  };
}

/** Everybody with a role of their own, the owners, and who belongs to the organization. GitHub tells only those who may push. */
function collaboratorsOf(context: Context, one: Repository, { login, ...args }: Paging & { login?: string | null }): Node {
  demand(context, one, [{ contents: 'write' }]);
  const logins = new Set([...one.collaborators.keys(), ...one.owner.members.keys()]);
  if (one.owner.type === 'User') logins.add(one.owner.login);
  const people = [...logins].map((name) => context.world.accountOf(name));
  const wanted = people.filter((person) => (login ?? person.login).toLowerCase() === person.login.toLowerCase());
  return connection('RepositoryCollaborator', args, wanted, (person) => accountNode(context, person));
}

interface ThreadFilter extends Paging {
  readonly states?: readonly string[] | null;
  readonly headRefName?: string | null;
  readonly baseRefName?: string | null;
  readonly filterBy?: { readonly createdBy?: string | null } | null;
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
}

function threadFields(context: Context, one: Repository): Node {
  const pull = (number: number): Node | null => {
    const found = one.pulls.get(number);
    return found === undefined ? null : pullNode(context, one, found);
  };
  const issue = (number: number): Node | null => {
    const found = one.issues.get(number);
    return found === undefined ? null : issueNode(context, one, found);
  };
  return {
    pullRequest: ({ number }: { number: number }) => {
      demand(context, one, READ.pulls);
      return pull(number) ?? missing('PullRequest', number);
    },
    issue: ({ number }: { number: number }) => {
      demand(context, one, READ.issues);
      return issue(number) ?? missing('Issue', number);
    },
    issueOrPullRequest: ({ number }: { number: number }) => {
      demand(context, one, [...READ.issues, ...READ.pulls]);
      return issue(number) ?? pull(number) ?? missing('issue or pull request', number);
    },
    pullRequests: (args: ThreadFilter) => {
      demand(context, one, READ.pulls);
      const isWanted = ({ head, base }: PullRequest): boolean =>
        (args.headRefName ?? head.ref) === head.ref && (args.baseRefName ?? base.ref) === base.ref;
      const pulls = [...one.pulls.values()].filter(
        (item) => isWanted(item) && (args.states ?? [stateOf(item)]).includes(stateOf(item)),
      );
      return connection('PullRequest', args, ordered(pulls, args), (item) => pullNode(context, one, item));
    },
    issues: (args: ThreadFilter) => {
      demand(context, one, READ.issues);
      const creator = args.filterBy?.createdBy?.toLowerCase();
      const issues = [...one.issues.values()]
        .filter((item) => (args.states ?? [stateOf(item)]).includes(stateOf(item)))
        .filter((item) => creator === undefined || item.author.login.toLowerCase() === creator);
      return connection('Issue', args, ordered(issues, args), (item) => issueNode(context, one, item));
    },
  };
}

export function stateOf(item: Issue | PullRequest): string {
  return 'mergedAt' in item && item.mergedAt !== null ? 'MERGED' : item.state.toUpperCase();
}

function ordered<T extends Issue | PullRequest>(items: readonly T[], { orderBy }: ThreadFilter): readonly T[] {
  if (orderBy === undefined || orderBy === null) return items;
  const key = (item: T): string => (orderBy.field === 'UPDATED_AT' ? item.updatedAt : item.createdAt);
  const sign = orderBy.direction === 'DESC' ? -1 : 1;
  return [...items].sort((a, b) => sign * (Date.parse(key(a)) - Date.parse(key(b)) || a.number - b.number));
}

function missing(kind: string, number: number): GraphQLError {
  const article = kind.startsWith('issue') || kind === 'Issue' ? 'an' : 'a';
  return notFound(`Could not resolve to ${article} ${kind} with the number of ${number}.`);
}
