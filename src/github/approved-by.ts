/** Whether a merged pull request was approved by the person whom a waiver names. Strict: the last opinion, on this very content, before the merge. */
import type { Approval } from '../policy/waivers/waiver.ts';
import type { AskedApproval } from '../spine/govern.ts';
import type { ActorShape, GitActorShape } from './shapes.ts';

interface LinkedShape {
  readonly user: GitActorShape['user'];
}

interface ReviewShape {
  readonly state: string;
  readonly submittedAt: string | null;
  readonly authorCanPushToRepository: boolean;
  readonly authorAssociation: string;
  /** The commit that was looked at. */
  readonly commit: { readonly file: FileShape | null } | null;
  readonly author: ActorShape | null;
}

interface FileShape {
  readonly oid: string;
}

interface MadeShape {
  readonly messageHeadline: string;
  readonly signature: { readonly isValid: boolean; readonly wasSignedByGitHub: boolean } | null;
  readonly author: LinkedShape | null;
  readonly committer: LinkedShape | null;
  readonly file: FileShape | null;
}

/** A pull request that brought a commit, as `approvalsQuery` asks for it. */
export interface BringingShape {
  readonly number: number;
  readonly url: string;
  readonly state: string;
  readonly mergedAt: string | null;
  readonly headRefOid: string;
  readonly baseRefName: string;
  readonly baseRepository: { readonly nameWithOwner: string } | null;
  readonly author: ActorShape | null;
  /** The last change of its base. */
  readonly timelineItems: { readonly nodes: readonly ({ readonly createdAt?: string } | null)[] | null };
  readonly commits: {
    readonly totalCount: number;
    /** Oldest first. */
    readonly nodes: readonly ({ readonly commit: MadeShape } | null)[] | null;
  };
  readonly latestOpinionatedReviews: {
    readonly totalCount: number;
    readonly nodes: readonly (ReviewShape | null)[] | null;
  } | null;
  readonly head: {
    readonly nodes: readonly ({ readonly commit: { readonly oid: string; readonly file: FileShape | null } } | null)[] | null;
  };
}

type Approved = Extract<Approval, { readonly state: 'approved' }>;

/** What is so, or what is so for members of these teams and for others. */
export type Verdict =
  Approval | { readonly byTeam: { readonly approved: Approved; readonly outside: Approval; readonly teams: readonly string[] } };

const MOST_COMMITS = 100;

/** The verdict on one pull request; nothing is asked of GitHub. */
export function approvedBy(pull: BringingShape, asked: AskedApproval): Verdict {
  const [name, number] = [nameOf(asked.approver), `#${pull.number}`];
  const again = `bring it in again with a pull request of somebody else's that ${name} approves before it is merged`;
  const review = reviewOf(pull, asked.approver);
  if (!review) {
    const isCut = (pull.latestOpinionatedReviews?.totalCount ?? 0) > (pull.latestOpinionatedReviews?.nodes ?? []).length;
    return isCut
      ? unknownYet(`${number} has more reviews than are read`)
      : refused(`${name} did not approve ${number}; ${again}`);
  }
  const { author } = review;
  if (author?.__typename !== 'User' || typeof author.databaseId !== 'number') {
    return refused(`${name} is no person, and only people approve waivers; name a person as "approver"`);
  }
  if (review.state !== 'APPROVED') return refused(`${name} did not approve ${number} in the end; ${again}`);
  if (pull.commits.totalCount > MOST_COMMITS) {
    return refused(`${number} has more than ${MOST_COMMITS} commits, so that not all their authors are read; ${again}`);
  }
  if (isOwnWork(pull, author.databaseId))
    return refused(`${name} wrote some of ${number}, and nobody approves their own waiver; ${again}`);
  if (!isOfThisContent(pull, review, asked)) return refused(`${number} was changed after ${name} approved it; ${again}`);
  if (isRetargeted(pull, review)) return refused(`the base of ${number} was changed after ${name} approved it; ${again}`);
  if (pull.mergedAt === null || review.submittedAt === null || Date.parse(review.submittedAt) > Date.parse(pull.mergedAt)) {
    return refused(`${number} was merged before ${name} approved it; ${again}`);
  }
  return entitled(pull, review, { login: author.login, accountId: author.databaseId }, asked);
}

function reviewOf(pull: BringingShape, approver: string): ReviewShape | undefined {
  const reviews = (pull.latestOpinionatedReviews?.nodes ?? []).filter(
    (review) => review?.author?.login.toLowerCase() === approver.toLowerCase(),
  );
  // GraphQL leaves `[bot]` away: an App can have the name of a person.
  return reviews.find((review) => review?.author?.__typename === 'User') ?? reviews[0] ?? undefined;
}

/** Opened by this account, or with a commit that it wrote or committed, but for bringing it up to date with its base. */
function isOwnWork({ author, commits }: BringingShape, accountId: number): boolean {
  const made = (commits.nodes ?? []).flatMap((node) => (node ? [node.commit] : []));
  const own = made.filter(
    (one, index) =>
      [one.author, one.committer].some((person) => person?.user?.databaseId === accountId) && !isUpdate(one, made[index - 1]),
  );
  return author?.databaseId === accountId || own.length > 0;
}

/** GitHub's button "Update branch": a merge of the base that GitHub made and signed, after which the file is what it was before. */
function isUpdate({ messageHeadline, signature, file }: MadeShape, before: MadeShape | undefined): boolean {
  const isByGitHub = signature?.isValid === true && signature.wasSignedByGitHub;
  return isByGitHub && messageHeadline.startsWith('Merge branch ') && before !== undefined && before.file?.oid === file?.oid;
}

/** What was looked at, what was last before the merge and what is on the default branch now are the same content of the file. */
function isOfThisContent({ head, headRefOid }: BringingShape, { commit }: ReviewShape, { oid }: AskedApproval): boolean {
  const last = head.nodes?.[0]?.commit;
  return commit?.file?.oid === oid && last?.oid === headRefOid && last.file?.oid === oid;
}

/** What an approval looks at is the difference to the base, and with another base that is another one. */
function isRetargeted({ timelineItems }: BringingShape, { submittedAt }: ReviewShape): boolean {
  const times = (timelineItems.nodes ?? []).flatMap((event) =>
    event?.createdAt === undefined ? [] : [Date.parse(event.createdAt)],
  );
  return submittedAt !== null && times.some((time) => time >= Date.parse(submittedAt));
}

/** How GitHub calls people whom somebody let in by their account. Whoever takes the free login of somebody who renamed theirs is none. */
const LET_IN: readonly string[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

function entitled(
  { number, url, mergedAt, author }: BringingShape,
  { authorCanPushToRepository: mayWrite, authorAssociation }: ReviewShape,
  by: Approved['by'],
  { approvers }: AskedApproval,
): Verdict {
  const approved: Approved = {
    ...{ state: 'approved', by, author: author?.login ?? null, pull: number, url, mergedAt: mergedAt ?? '' },
  };
  if (approvers.length === 0) {
    const role = 'ask an administrator for the role "write", or name another approver';
    return mayWrite
      ? approved
      : refused(`${by.login} may not write in the policy repository, and so not approve waivers; ${role}`);
  }
  if (approvers.some((one) => one.toLowerCase() === by.login.toLowerCase())) {
    const step = `check in "waivers.approvers" of the policy that ${by.login} is still the login of the person who is meant, and let that person in`;
    const stranger = `${by.login} is neither a member of the organization nor let into the policy repository, and a listed login alone does not do`;
    return mayWrite || LET_IN.includes(authorAssociation) ? approved : refused(`${stranger}; ${step}`);
  }
  const outside = refused(
    `${by.login} is not among those who approve waivers; name another approver, or add ${by.login} to "waivers.approvers" of the policy`,
  );
  const teams = approvers.flatMap((one) => (one.toLowerCase().startsWith('team:') ? [one.slice(5).toLowerCase()] : []));
  return teams.length === 0 ? outside : { byTeam: { approved, outside, teams } };
}

export function refused(reason: string): Approval {
  return { state: 'refused', reason };
}

export function unknownYet(reason: string): Approval {
  return { state: 'unknown', reason };
}

/** A waiver file can name anything: only what can be a login is repeated. */
function nameOf(login: string): string {
  return /^[a-z\d][a-z\d-]{0,38}$/i.test(login) ? login : 'its approver';
}
