/** Issues and comments as GraphQL nodes. */
import { GraphQLError } from '../described.ts';
import type { Comment, Issue, PullRequest, Repository } from '../model.ts';
import { WEB, association, fullName, nodeId } from '../shapes.ts';
import { accountNode } from './accounts.ts';
import { connection } from './context.ts';
import type { Context, Node, Paging } from './context.ts';

interface TimelineArguments extends Paging {
  readonly itemTypes?: readonly string[] | null;
}

export function issueNode(context: Context, one: Repository, own: Issue): Node {
  return {
    __typename: 'Issue',
    id: nodeId('Issue', own.id),
    databaseId: own.id,
    number: own.number,
    title: own.title,
    body: own.body ?? '',
    url: `${WEB}/${fullName(one)}/issues/${own.number}`,
    state: own.state.toUpperCase(),
    stateReason: own.stateReason?.toUpperCase() ?? null,
    author: () => accountNode(context, own.author),
    createdAt: own.createdAt,
    updatedAt: own.updatedAt,
    closed: own.state === 'closed',
    closedAt: own.state === 'closed' ? own.updatedAt : null,
    comments: (args: Paging) => commentsOf(context, one, own, args),
    timelineItems: (args: TimelineArguments) => {
      if (args.itemTypes?.join() !== 'CLOSED_EVENT') throw new GraphQLError('The double keeps only closed events of a timeline.');
      return connection('IssueTimelineItems', args, own.closings, ({ by, at, reason }) => ({
        __typename: 'ClosedEvent',
        id: nodeId('ClosedEvent', at),
        actor: accountNode(context, by),
        createdAt: at,
        stateReason: reason.toUpperCase(),
      }));
    },
  };
}

/** The comments below an issue or a pull request, oldest first. */
export function commentsOf(context: Context, one: Repository, own: Issue | PullRequest, args: Paging): Node {
  const comments = [...one.comments.values()].filter(({ number }) => number === own.number);
  return connection('IssueComment', args, comments, (comment) => commentNode(context, one, comment));
}

function commentNode(context: Context, one: Repository, own: Comment): Node {
  return {
    __typename: 'IssueComment',
    id: nodeId('IssueComment', own.id),
    databaseId: own.id,
    fullDatabaseId: String(own.id),
    body: own.body,
    url: `${WEB}/${fullName(one)}/issues/${own.number}#issuecomment-${own.id}`,
    author: accountNode(context, own.author),
    authorAssociation: association(one, own.author),
    viewerDidAuthor: own.author === context.world.app.bot,
    isMinimized: false,
    createdAt: own.createdAt,
    updatedAt: own.updatedAt,
  };
}
