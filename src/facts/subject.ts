/** What is judged, and the groups of it that a delivery can point at. */

export interface RepositorySubject {
  readonly kind: 'repository';
  readonly owner: string;
  readonly repo: string;
}

export interface PullRequestSubject {
  readonly kind: 'pull-request';
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/** A pull request as it stands in a merge queue: judged like the pull request, shown on the group's commit. */
export interface MergeGroupSubject {
  readonly kind: 'merge-group';
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  readonly headSha: string;
}

/** All open pull requests whose head is this commit. */
export interface HeadSubject {
  readonly kind: 'head';
  readonly owner: string;
  readonly repo: string;
  readonly sha: string;
}

/** All open pull requests of a repository. */
export interface PullRequestsSubject {
  readonly kind: 'pull-requests';
  readonly owner: string;
  readonly repo: string;
}

/** All repositories of an account that Steward is installed on, and their open pull requests. */
export interface OwnerSubject {
  readonly kind: 'owner';
  readonly owner: string;
}

/** A subject that gets a verdict of its own. */
export type Judged = RepositorySubject | PullRequestSubject | MergeGroupSubject;

/** A subject that only stands for others: looking at it again means looking at each of them again. */
export type Group = HeadSubject | PullRequestsSubject | OwnerSubject;

export type Subject = Judged | Group;

/** One line that names a subject; equal subjects have equal keys. GitHub's names are case-insensitive. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case 'owner':
      return `owner:${subject.owner.toLowerCase()}`;
    case 'repository':
      return `repository:${repositoryKey(subject)}`;
    case 'pull-requests':
      return `pull-requests:${repositoryKey(subject)}`;
    case 'pull-request':
      return `pull-request:${repositoryKey(subject)}#${subject.number}`;
    case 'merge-group':
      return `merge-group:${repositoryKey(subject)}#${subject.number}@${subject.headSha}`;
    case 'head':
      return `head:${repositoryKey(subject)}@${subject.sha}`;
  }
}

export function repositoryKey(subject: { readonly owner: string; readonly repo: string }): string {
  return `${subject.owner}/${subject.repo}`.toLowerCase();
}

/** Whether a subject is judged itself, rather than standing for others. */
export function isJudged(subject: Subject): subject is Judged {
  return subject.kind === 'repository' || subject.kind === 'pull-request' || subject.kind === 'merge-group';
}
