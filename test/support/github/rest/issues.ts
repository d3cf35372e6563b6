/** Issues and the comments on issues and pull requests. */
import { HttpError, allows, forbidden, invalid, notFound } from '../access.ts';
import type { Account, Comment, Issue, PullRequest, Repository, StateReason } from '../model.ts';
import { comment as commentShape, issue as issueShape, reaction as reactionShape } from '../shapes-shown.ts';
import { READ, onRepository, paged, permitted } from './route.ts';
import type { Answer, Call, Routes } from './route.ts';

const EITHER_READ = [{ issues: 'read' }, { pull_requests: 'read' }] as const;
const EITHER = [{ issues: 'write' }, { pull_requests: 'write' }] as const;
/** GitHub counts four bytes a character in its database. */
const LONGEST = 65_536;

function writer({ world, identity }: Call): Account {
  return identity.kind === 'person' ? identity.person : world.app.bot;
}

function checkBody(body: unknown, isNeeded: boolean): void {
  const text = typeof body === 'string' ? body : '';
  if (isNeeded && text.trim() === '') {
    throw invalid('Validation Failed', [
      { resource: 'IssueComment', code: 'unprocessable', field: 'data', message: 'Body cannot be blank' },
    ]);
  }
  if (text.length > LONGEST) {
    const message = `body is too long (maximum is ${LONGEST} characters)`;
    throw invalid('Validation Failed', [{ resource: 'Issue', code: 'custom', field: 'body', message }]);
  }
}

/** A pull request's thread is open to either permission; an issue's to its own only. */
function thread(
  call: Call,
  one: Repository,
  level: 'read' | 'write',
  number = Number(call.params.issue_number),
): Issue | PullRequest {
  const found = one.pulls.get(number) ?? one.issues.get(number);
  if (found === undefined) throw notFound();
  if (!('head' in found)) {
    if (!allows(call.world, call.identity, one, [{ issues: level }])) throw forbidden();
    if (!one.hasIssues) throw gone();
  }
  return found;
}

function gone(): HttpError {
  return new HttpError(410, 'Issues has been disabled in this repository.', {
    documentation_url: 'https://docs.github.com/rest',
  });
}

function listIssues(call: Call, one: Repository): Answer {
  const state = call.query.get('state') ?? 'open';
  const creator = call.query.get('creator')?.toLowerCase();
  const since = call.query.get('since');
  const key = call.query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const sign = call.query.get('direction') === 'asc' ? 1 : -1;
  const all = [...(one.hasIssues ? one.issues.values() : []), ...one.pulls.values()]
    .filter((item) => state === 'all' || item.state === state)
    .filter((item) => creator === undefined || item.author.login.toLowerCase() === creator)
    .filter((item) => since === null || Date.parse(item.updatedAt) >= Date.parse(since))
    .sort((a, b) => sign * (Date.parse(a[key]) - Date.parse(b[key]) || a.number - b.number));
  return paged(call, all, (item) => issueShape(one, item));
}

/** Never ignores what it cannot keep. */
function onlyKnown({ body }: Call): void {
  const extra = Object.keys(body).filter((key) => !['title', 'body', 'state', 'state_reason'].includes(key));
  if (extra.length > 0) throw new Error(`The double keeps no ${extra.join(', ')} of an issue: add it to rest/issues.ts.`);
}

function createIssue(call: Call, one: Repository): Answer {
  if (!one.hasIssues) throw gone();
  onlyKnown(call);
  const { title, body } = call.body as { title?: string | number; body?: string };
  if (String(title ?? '').trim() === '' || String(title).length > 256) {
    throw invalid('Validation Failed', [{ resource: 'Issue', code: 'missing_field', field: 'title' }]);
  }
  checkBody(body, false);
  const { issue, deliveries } = call.world.openIssue(one, { title: String(title), body: body ?? null, author: writer(call) });
  call.world.echoes.push(...deliveries);
  return { status: 201, body: issueShape(one, issue) };
}

function updateIssue(call: Call, one: Repository): Answer {
  const found = thread(call, one, 'write');
  if ('head' in found) throw new Error('The double edits pull requests by its verbs only.');
  onlyKnown(call);
  const { title, body, state, state_reason: reason } = call.body as Record<string, string | null | undefined>;
  checkBody(body, false);
  const { world } = call;
  const by = writer(call);
  if (title !== undefined || body !== undefined) {
    const change = { ...(typeof title === 'string' ? { title } : {}), ...(body === undefined ? {} : { body }) };
    world.echoes.push(...world.editIssue(one, found.number, change, by).deliveries);
  }
  if (state === 'closed' && found.state === 'open') {
    world.echoes.push(...world.closeIssue(one, found.number, by, (reason ?? 'completed') as StateReason).deliveries);
  } else if (state === 'open' && found.state === 'closed') {
    world.echoes.push(...world.reopenIssue(one, found.number, by).deliveries);
  }
  return { body: issueShape(one, found) };
}

function createComment(call: Call, one: Repository): Answer {
  const { number } = thread(call, one, 'write');
  checkBody(call.body.body, true);
  const { comment, deliveries } = call.world.comment(one, number, writer(call), String(call.body.body));
  call.world.echoes.push(...deliveries);
  return { status: 201, body: commentShape(one, comment) };
}

function commentById(call: Call, one: Repository, level: 'read' | 'write'): Comment {
  const comment = one.comments.get(Number(call.params.comment_id));
  if (comment === undefined) throw notFound();
  thread(call, one, level, comment.number);
  return comment;
}

function updateComment(call: Call): Answer {
  const one = permitted(call, EITHER);
  const comment = commentById(call, one, 'write');
  checkBody(call.body.body, true);
  call.world.echoes.push(...call.world.editComment(one, comment, String(call.body.body), writer(call)).deliveries);
  return { body: commentShape(one, comment) };
}

function deleteComment(call: Call): Answer {
  const one = permitted(call, EITHER);
  const comment = commentById(call, one, 'write');
  call.world.echoes.push(...call.world.deleteComment(one, comment, writer(call)).deliveries);
  return { status: 204, raw: Buffer.alloc(0) };
}

/** 201 for a new reaction, 200 for one that is there. */
function reactToComment(call: Call): Answer {
  const one = permitted(call, EITHER);
  const comment = commentById(call, one, 'write');
  const { reaction, isNew } = call.world.react(comment, writer(call), String(call.body.content));
  return { status: isNew ? 201 : 200, body: reactionShape(reaction) };
}

function listComments(call: Call, one: Repository): Answer {
  const { number } = thread(call, one, 'read');
  const since = call.query.get('since');
  const own = [...one.comments.values()]
    .filter((comment) => comment.number === number)
    .filter((comment) => since === null || Date.parse(comment.updatedAt) >= Date.parse(since));
  return paged(call, own, (comment) => commentShape(one, comment));
}

export const issues: Routes = {
  'issues/list-for-repo': onRepository(READ.issues, listIssues, ['state', 'creator', 'since', 'sort', 'direction']),
  'issues/create': onRepository([{ issues: 'write' }], createIssue),
  'issues/update': onRepository([{ issues: 'write' }], updateIssue),
  'issues/get': onRepository(EITHER_READ, (call, one) => ({ body: issueShape(one, thread(call, one, 'read')) })),
  'issues/list-comments': onRepository(EITHER_READ, listComments, ['since']),
  'issues/create-comment': onRepository(EITHER, createComment),
  'issues/update-comment': { handle: updateComment },
  'issues/delete-comment': { handle: deleteComment },
  'reactions/create-for-issue-comment': { handle: reactToComment },
  'issues/get-comment': onRepository(EITHER_READ, (call, one) => ({ body: commentShape(one, commentById(call, one, 'read')) })),
};
