/** Pull requests and merge queues: opened, pushed to, edited, closed, merged. */
import type { Account, Delivery, PullRequest, Repository, Review, ReviewState } from '../model.ts';
import { WEB, account, fullName } from '../shapes.ts';
import type { GitCommit } from '../git.ts';
import { pull as pullShape, pullCommits } from '../shapes-shown.ts';
import { Repositories } from './repositories.ts';
import type { Moved } from './repositories.ts';
import type { Outcome } from './state.ts';

export interface PullOptions {
  /** The branch, or a branch of a fork. */
  readonly head: string | { readonly repository: Repository; readonly ref: string };
  readonly base?: string;
  readonly title?: string;
  readonly body?: string | null;
  readonly author?: Account | string;
  readonly isDraft?: boolean;
  /** Its author has not contributed here before. */
  readonly isFirst?: boolean;
  /** What GitHub says of most newcomers; left out: as people stand to the repository. */
  readonly association?: 'NONE';
}

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface MergeOptions {
  readonly method?: MergeMethod;
  /** Of the merge or the squashed commit; left out: as GitHub suggests it. */
  readonly message?: string;
}

export class Pulls extends Repositories {
  constructor(...options: ConstructorParameters<typeof Repositories>) {
    super(...options);
    this.afterPush.push((moved) => this.#synchronize(moved));
  }

  openPullRequest(one: Repository, options: PullOptions): Outcome<{ readonly pull: PullRequest; readonly number: number }> {
    const head = typeof options.head === 'string' ? { repository: one, ref: options.head } : options.head;
    const base = options.base ?? one.defaultBranch;
    const [sha, baseSha] = [head.repository.branches.get(head.ref), one.branches.get(base)];
    if (sha === undefined || baseSha === undefined)
      throw new Error(`A pull request needs both branches: ${head.ref} and ${base}.`);
    one.lastNumber += 1;
    const now = this.now();
    const pull: PullRequest = {
      id: this.nextId(),
      number: one.lastNumber,
      title: options.title ?? 'A contribution',
      body: options.body ?? null,
      author: this.accountOf(options.author ?? head.repository.owner),
      state: 'open',
      mergedAt: null,
      mergeCommitSha: null,
      mergedCommits: [],
      association: options.isFirst === true ? 'FIRST_TIME_CONTRIBUTOR' : (options.association ?? null),
      reviews: [],
      retargeted: [],
      isDraft: options.isDraft ?? false,
      head: { ...head, sha },
      base: { ref: base, sha: baseSha },
      createdAt: now,
      updatedAt: now,
    };
    one.pulls.set(pull.number, pull);
    return { pull, number: pull.number, deliveries: this.#tellPull('opened', one, pull, pull.author) };
  }

  pullRequest(one: Repository, number: number): PullRequest {
    const pull = one.pulls.get(number);
    if (pull === undefined) throw new Error(`${fullName(one)} has no pull request ${number}.`);
    return pull;
  }

  closePullRequest(one: Repository, number: number, by?: Account | string): Outcome {
    const pull = this.#change(one, number, { state: 'closed' });
    return { deliveries: this.#tellPull('closed', one, pull, this.accountOf(by ?? pull.author)) };
  }

  reopenPullRequest(one: Repository, number: number, by?: Account | string): Outcome {
    const pull = this.#change(one, number, { state: 'open' });
    return { deliveries: this.#tellPull('reopened', one, pull, this.accountOf(by ?? pull.author)) };
  }

  readyForReview(one: Repository, number: number, by?: Account | string): Outcome {
    const pull = this.#change(one, number, { isDraft: false });
    return { deliveries: this.#tellPull('ready_for_review', one, pull, this.accountOf(by ?? pull.author)) };
  }

  convertToDraft(one: Repository, number: number, by?: Account | string): Outcome {
    const pull = this.#change(one, number, { isDraft: true });
    return { deliveries: this.#tellPull('converted_to_draft', one, pull, this.accountOf(by ?? pull.author)) };
  }

  changeBase(one: Repository, number: number, ref: string, by?: Account | string): Outcome {
    const pull = this.pullRequest(one, number);
    const from = { ref: { from: pull.base.ref }, sha: { from: pull.base.sha } };
    pull.retargeted.push(this.now());
    Object.assign(pull.base, { ref, sha: one.branches.get(ref) ?? pull.base.sha });
    return { deliveries: this.#tellPull('edited', one, pull, this.accountOf(by ?? pull.author), { changes: { base: from } }) };
  }

  editTitle(one: Repository, number: number, title: string, by?: Account | string): Outcome {
    const pull = this.pullRequest(one, number);
    const changes = { title: { from: pull.title } };
    this.#change(one, number, { title });
    return { deliveries: this.#tellPull('edited', one, pull, this.accountOf(by ?? pull.author), { changes }) };
  }

  /** Merges as one of the three buttons does; the commits it makes are GitHub's. */
  mergePullRequest(
    one: Repository,
    number: number,
    by?: Account | string,
    { method = 'merge', message }: MergeOptions = {},
  ): Outcome<{ readonly sha: string }> {
    const pull = this.pullRequest(one, number);
    const who = this.accountOf(by ?? one.owner);
    const made = this.#merged(one, pull, who, method, message);
    const sha = made.at(-1)?.oid ?? pull.head.sha;
    const mergedCommits = made.map(({ oid }) => oid);
    this.#change(one, number, { state: 'closed', mergedAt: this.now(), mergeCommitSha: sha, mergedCommits });
    const closed = this.#tellPull('closed', one, pull, who);
    const pushed = this.moveBranch(one, pull.base.ref, sha, { by: who, commits: made });
    return { sha, deliveries: [...closed, ...pushed] };
  }

  /** "Update branch": GitHub merges the base into the head, in the name of whoever pressed the button. */
  updateBranch(one: Repository, number: number, by: Account | string): Outcome<{ readonly sha: string }> {
    const { head, base } = this.pullRequest(one, number);
    const [from, into] = [one.branches.get(base.ref), head.repository];
    if (from === undefined || into === null) throw new Error('There is no branch to update, or none to take from.');
    const who = this.accountOf(by);
    const { oid } = this.writeOn(into, head.sha, {
      message: `Merge branch '${base.ref}' into ${head.ref}`,
      author: who,
      committer: { name: 'GitHub', email: 'noreply@github.com' },
      merge: [from],
      sign: { isValid: true, byGitHub: true },
    });
    return { sha: oid, deliveries: this.moveBranch(into, head.ref, oid, { by: who }) };
  }

  /** Somebody reviews the head as it is now. The App is not told: it does not listen. */
  review(
    one: Repository,
    number: number,
    by: Account | string,
    state: ReviewState = 'APPROVED',
  ): Outcome<{ readonly review: Review }> {
    const pull = this.pullRequest(one, number);
    const about = { sha: pull.head.sha, submittedAt: this.now() };
    const review: Review = { id: this.nextId(), author: this.accountOf(by), state, ...about };
    pull.reviews.push(review);
    return { review, deliveries: [] };
  }

  /** The commits that a merge puts on the base: a merge, one for all, or a copy of each. */
  #merged(one: Repository, pull: PullRequest, who: Account, method: MergeMethod, message?: string): readonly GitCommit[] {
    const tip = one.branches.get(pull.base.ref) ?? pull.base.sha;
    if (method === 'merge') {
      const said = message ?? `Merge pull request #${pull.number} from ${pull.head.ref}\n\n${pull.title}`;
      return [this.writeMerge(one, tip, pull.head.sha, said, who)];
    }
    const commits = pullCommits(one, pull);
    // GitHub's suggestion for the body of a squashed commit is what its commits say.
    const bodies = commits.map((commit) => `* ${commit.message}`).join('\n\n');
    const squashed = message ?? `${pull.title} (#${pull.number})\n\n${bodies}`;
    if (method === 'squash') return [this.writeCopy(one, tip, { of: pull.head.sha, message: squashed, author: pull.author })];
    const made: GitCommit[] = [];
    for (const commit of commits) {
      const { oid, message: own, author } = commit;
      made.push(this.writeCopy(one, made.at(-1)?.oid ?? tip, { of: oid, message: own, author }));
    }
    return made;
  }

  /** Puts a pull request at the head of a merge queue: GitHub makes the group's commit and asks for its checks. */
  enqueuePullRequest(
    one: Repository,
    number: number,
    by?: Account | string,
  ): Outcome<{ readonly sha: string; readonly ref: string }> {
    const pull = this.pullRequest(one, number);
    const who = this.accountOf(by ?? one.owner);
    const tip = one.branches.get(pull.base.ref) ?? pull.base.sha;
    const group = this.writeMerge(one, tip, pull.head.sha, `Merge pull request #${number} from ${pull.head.ref}`, who);
    const ref = `gh-readonly-queue/${pull.base.ref}/pr-${number}-${tip}`;
    one.branches.set(ref, group.oid);
    const merge_group = {
      head_sha: group.oid,
      head_ref: `refs/heads/${ref}`,
      base_sha: tip,
      base_ref: `refs/heads/${pull.base.ref}`,
      head_commit: {
        id: group.oid,
        tree_id: group.tree,
        message: group.message,
        timestamp: group.committer.date,
        author: { name: group.author.name, email: group.author.email },
        committer: { name: group.committer.name, email: group.committer.email },
      },
    };
    return { sha: group.oid, ref, deliveries: this.tell('merge_group', 'checks_requested', one, who, { merge_group }) };
  }

  #change(
    one: Repository,
    number: number,
    change: Partial<Pick<PullRequest, 'state' | 'isDraft' | 'title' | 'mergedAt' | 'mergeCommitSha' | 'mergedCommits'>>,
  ): PullRequest {
    return Object.assign(this.pullRequest(one, number), change, { updatedAt: this.now() });
  }

  /** Every open pull request with the moved branch as its head follows it; a deleted branch closes it. */
  #synchronize({ repository, branch, sha, by }: Moved): Delivery[] {
    return [...this.repositories.values()].flatMap((base) =>
      [...base.pulls.values()]
        .filter((pull) => pull.state === 'open' && pull.head.repository === repository && pull.head.ref === branch)
        .flatMap((pull) => {
          if (sha === null) return this.closePullRequest(base, pull.number, by).deliveries;
          const before = pull.head.sha;
          pull.head.sha = sha;
          pull.base.sha = base.branches.get(pull.base.ref) ?? pull.base.sha;
          pull.updatedAt = this.now();
          return this.#tellPull('synchronize', base, pull, by, { before, after: sha });
        }),
    );
  }

  #tellPull(
    action: string,
    one: Repository,
    pull: PullRequest,
    by: Account,
    own: Readonly<Record<string, unknown>> = {},
  ): Delivery[] {
    const links = (path: string): { href: string } => ({ href: `${WEB}/${fullName(one)}/pull/${pull.number}${path}` });
    const _links = {
      self: links(''),
      html: links(''),
      issue: links(''),
      comments: links(''),
      statuses: links(''),
      commits: links('/commits'),
    };
    const reviews = { review_comments: links(''), review_comment: links('') };
    const merged_by = pull.mergedAt === null ? null : account(by);
    const pull_request = { ...pullShape(one, pull), _links: { ..._links, ...reviews }, merged_by };
    return this.tell('pull_request', action, one, by, { number: pull.number, pull_request, ...own });
  }
}
