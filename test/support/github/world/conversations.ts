/** Issues and comments, written by people or by the App. */
import type { Account, Comment, Delivery, Issue, PullRequest, Reaction, Repository, StateReason } from '../model.ts';
import { fullName } from '../shapes.ts';
import { comment as commentShape, issue as issueShape } from '../shapes-shown.ts';
import { Pulls } from './pulls.ts';
import type { Outcome } from './state.ts';

export class Conversations extends Pulls {
  openIssue(
    one: Repository,
    options: { readonly title: string; readonly body?: string | null; readonly author?: Account | string },
  ): Outcome<{ readonly issue: Issue; readonly number: number }> {
    one.lastNumber += 1;
    const now = this.now();
    const issue: Issue = {
      id: this.nextId(),
      number: one.lastNumber,
      title: options.title,
      body: options.body ?? null,
      author: this.accountOf(options.author ?? one.owner),
      state: 'open',
      stateReason: null,
      closedBy: null,
      closings: [],
      createdAt: now,
      updatedAt: now,
    };
    one.issues.set(issue.number, issue);
    const deliveries = this.tell('issues', 'opened', one, issue.author, { issue: issueShape(one, issue) });
    return { issue, number: issue.number, deliveries };
  }

  closeIssue(one: Repository, number: number, by: Account | string, reason: StateReason = 'completed'): Outcome {
    const who = this.accountOf(by);
    const issue = this.#edit(one, number, { state: 'closed', stateReason: reason, closedBy: who });
    issue.closings.push({ by: who, at: issue.updatedAt, reason });
    return { deliveries: this.tell('issues', 'closed', one, who, { issue: { ...issueShape(one, issue), state: 'closed' } }) };
  }

  reopenIssue(one: Repository, number: number, by: Account | string): Outcome {
    const issue = this.#edit(one, number, { state: 'open', stateReason: 'reopened', closedBy: null });
    return { deliveries: this.tell('issues', 'reopened', one, this.accountOf(by), { issue: issueShape(one, issue) }) };
  }

  editIssue(
    one: Repository,
    number: number,
    change: { readonly title?: string; readonly body?: string | null },
    by: Account | string,
  ): Outcome {
    const issue = this.#edit(one, number, change);
    return { deliveries: this.tell('issues', 'edited', one, this.accountOf(by), { issue: issueShape(one, issue), changes: {} }) };
  }

  #edit(one: Repository, number: number, change: Partial<Issue>): Issue {
    const issue = one.issues.get(number);
    if (issue === undefined) throw new Error(`${fullName(one)} has no issue ${number}.`);
    return Object.assign(issue, change, { updatedAt: this.now() });
  }

  /** The issue or pull request with this number. */
  thread(one: Repository, number: number): Issue | PullRequest {
    const thread = one.issues.get(number) ?? one.pulls.get(number);
    if (thread === undefined) throw new Error(`${fullName(one)} has no issue or pull request ${number}.`);
    return thread;
  }

  /** A comment on an issue or a pull request. */
  comment(one: Repository, number: number, author: Account | string, body: string): Outcome<{ readonly comment: Comment }> {
    const thread = this.thread(one, number);
    const now = this.now();
    const times = { createdAt: now, updatedAt: now };
    const comment = { id: this.nextId(), number, body, author: this.accountOf(author), ...times, reactions: new Map() };
    one.comments.set(comment.id, comment);
    return { comment, deliveries: this.#tellComment('created', one, thread, comment, comment.author) };
  }

  editComment(one: Repository, comment: Comment, body: string, by: Account | string): Outcome {
    const from = comment.body;
    Object.assign(comment, { body, updatedAt: this.now() });
    const thread = this.thread(one, comment.number);
    const changes = { body: { from } };
    return { deliveries: this.#tellComment('edited', one, thread, comment, this.accountOf(by), { changes }) };
  }

  deleteComment(one: Repository, comment: Comment, by: Account | string): Outcome {
    one.comments.delete(comment.id);
    const thread = this.thread(one, comment.number);
    return { deliveries: this.#tellComment('deleted', one, thread, comment, this.accountOf(by)) };
  }

  /** The same reaction of the same account is kept once; GitHub sends nothing for it. */
  react(comment: Comment, by: Account, content: string): { readonly reaction: Reaction; readonly isNew: boolean } {
    const known = comment.reactions.get(`${by.login} ${content}`);
    if (known !== undefined) return { reaction: known, isNew: false };
    const reaction = { id: this.nextId(), by, content, createdAt: this.now() };
    comment.reactions.set(`${by.login} ${content}`, reaction);
    return { reaction, isNew: true };
  }

  #tellComment(
    action: string,
    one: Repository,
    thread: Issue | PullRequest,
    comment: Comment,
    by: Account,
    own: Readonly<Record<string, unknown>> = {},
  ): Delivery[] {
    // The comment itself names its author; the thread's has its own.
    const about = { issue: issueShape(one, thread), comment: commentShape(one, comment), ...own };
    return this.tell('issue_comment', action, one, by, about);
  }
}
