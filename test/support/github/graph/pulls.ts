/** Pull requests as GraphQL nodes. */
import { GraphQLError } from '../described.ts';
import type { FileChange } from '../history.ts';
import type { PullRequest, Repository, Review } from '../model.ts';
import { WEB, association, fullName, nodeId } from '../shapes.ts';
import { pullChanges, pullCommits } from '../shapes-shown.ts';
import { canPush } from '../rest/accounts.ts';
import { accountNode } from './accounts.ts';
import { connection } from './context.ts';
import type { Context, Node, Paging } from './context.ts';
import { commentsOf } from './issues.ts';
import { commitNode } from './objects.ts';
import { refNode, repositoryNode, stateOf } from './repositories.ts';

export function pullNode(context: Context, one: Repository, own: PullRequest): Node {
  const { head, base } = own;
  return {
    __typename: 'PullRequest',
    id: nodeId('PullRequest', own.id),
    databaseId: own.id,
    number: own.number,
    title: own.title,
    body: own.body ?? '',
    url: `${WEB}/${fullName(one)}/pull/${own.number}`,
    state: stateOf(own),
    isDraft: own.isDraft,
    merged: own.mergedAt !== null,
    mergedAt: own.mergedAt,
    closed: own.state === 'closed',
    closedAt: own.state === 'closed' ? own.updatedAt : null,
    createdAt: own.createdAt,
    updatedAt: own.updatedAt,
    author: () => accountNode(context, own.author),
    authorAssociation: own.association ?? association(one, own.author),
    headRefOid: head.sha,
    headRefName: head.ref,
    headRepository: () => (head.repository === null ? null : repositoryNode(context, head.repository)),
    headRepositoryOwner: () => (head.repository === null ? null : accountNode(context, head.repository.owner)),
    headRef: () => (head.repository === null ? null : refNode(context, head.repository, head.ref)),
    isCrossRepository: head.repository !== one,
    baseRefOid: base.sha,
    baseRefName: base.ref,
    baseRef: () => refNode(context, one, base.ref),
    baseRepository: () => repositoryNode(context, one),
    repository: () => repositoryNode(context, one),
    ...contentFields(context, one, own),
  };
}

function contentFields(context: Context, one: Repository, own: PullRequest): Node {
  return {
    mergeCommit: () => {
      const merged = one.objects.commits.get(own.mergeCommitSha ?? '');
      return merged === undefined ? null : commitNode(context, one, merged);
    },
    latestOpinionatedReviews: (args: Paging) => {
      const opinions = own.reviews.filter(({ state }) => state !== 'COMMENTED');
      const latest = opinions.filter(({ author }, index) => !opinions.slice(index + 1).some((later) => later.author === author));
      return connection('PullRequestReview', args, latest, (review) => reviewNode(context, one, review));
    },
    timelineItems: (args: Paging & { readonly itemTypes?: readonly string[] | null }) => {
      if (args.itemTypes?.[0] !== 'BASE_REF_CHANGED_EVENT') throw new GraphQLError('The double keeps only changes of the base.');
      return connection('PullRequestTimelineItems', args, own.retargeted, (at) => ({
        __typename: 'BaseRefChangedEvent',
        id: nodeId('BaseRefChangedEvent', at),
        createdAt: at,
      }));
    },
    changedFiles: () => pullChanges(one, own).length,
    comments: (args: Paging) => commentsOf(context, one, own, args),
    files: (args: Paging) => connection('PullRequestChangedFile', args, pullChanges(one, own).slice(0, 3000), fileNode),
    commits: (args: Paging) =>
      connection('PullRequestCommit', args, pullCommits(one, own), (commit) => ({
        __typename: 'PullRequestCommit',
        id: nodeId('PullRequestCommit', `${own.id}:${commit.oid}`),
        commit: commitNode(context, one, commit),
      })),
  };
}

function reviewNode(context: Context, one: Repository, own: Review): Node {
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PullRequestReview', own.id),
    author: () => accountNode(context, own.author),
    authorAssociation: association(one, own.author),
    authorCanPushToRepository: canPush(one, own.author),
    state: own.state,
    submittedAt: own.submittedAt,
    commit: () => {
      const commit = one.objects.commits.get(own.sha);
      return commit === undefined ? null : commitNode(context, one, commit);
    },
  };
}

const CHANGE_TYPES = { added: 'ADDED', modified: 'MODIFIED', removed: 'DELETED', renamed: 'RENAMED' } as const;

function fileNode({ path, status, additions, deletions }: FileChange): Node {
  return { __typename: 'PullRequestChangedFile', path, changeType: CHANGE_TYPES[status], additions, deletions };
}
