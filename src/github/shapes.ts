/** What the queries answer, as far as Steward reads it. GitHub may answer null almost anywhere. */

export interface ActorShape {
  readonly __typename: string;
  readonly login: string;
  readonly databaseId?: number | null;
}

export interface PageShape<T> {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (T | null)[] | null;
}

export interface EntryShape {
  readonly name: string;
  readonly mode: number;
  readonly oid: string;
}

/** A tree; without entries when the object at that path is something else. */
export interface ListingShape {
  readonly entries?: readonly EntryShape[] | null;
}

export interface FolderShape {
  readonly mode: number;
  readonly object: ListingShape | null;
}

export interface BlobShape {
  readonly byteSize: number;
  readonly isBinary: boolean | null;
  readonly isTruncated: boolean;
  readonly text: string | null;
}

export interface PolicyShape {
  readonly oid: string;
  readonly object: BlobShape | Readonly<Record<string, never>> | null;
}

export interface GitActorShape {
  readonly name: string | null;
  readonly email: string | null;
  readonly user: { readonly login: string; readonly databaseId: number | null } | null;
}

export interface CommitShape {
  readonly oid: string;
  readonly message: string;
  readonly author: GitActorShape | null;
  readonly committer: GitActorShape | null;
  readonly parents: { readonly totalCount: number; readonly nodes: readonly ({ readonly oid: string } | null)[] | null };
  readonly signature: { readonly isValid: boolean; readonly wasSignedByGitHub: boolean } | null;
  readonly tree: { readonly oid: string };
  readonly committedDate: string;
  /** The author and then those whom `Co-authored-by` trailers name, a hundred a page. */
  readonly authors: Omit<PageShape<GitActorShape>, 'totalCount'>;
}

export interface FileShape {
  readonly path: string;
  readonly changeType: string;
}

export interface CommentShape {
  readonly databaseId: number | null;
  readonly body: string;
  readonly author: ActorShape | null;
}

export interface CheckRunShape {
  readonly databaseId: number | null;
  readonly name: string;
  readonly status: string;
  readonly externalId: string | null;
}

/** A commit as a place to look at; `f0` and on are the prefetched folders. */
export interface StateShape {
  readonly oid: string;
  readonly policy: PolicyShape | null;
  /** The folder of waivers; of the policy repository alone. */
  readonly waivers?: { readonly oid: string; readonly mode: number } | null;
  readonly mailmap?: { readonly oid: string; readonly mode: number } | null;
  readonly tree?: ListingShape | null;
  /** The same tree by its id alone. */
  readonly root?: { readonly oid: string };
  readonly [folder: `f${number}`]: FolderShape | null | undefined;
  readonly checkSuites?: {
    readonly nodes:
      | readonly ({
          readonly status?: string;
          readonly checkRuns: { readonly nodes: readonly (CheckRunShape | null)[] | null } | null;
        } | null)[]
      | null;
  } | null;
  readonly associatedPullRequests?: { readonly nodes: readonly (AssociatedShape | null)[] | null } | null;
}

export interface AssociatedShape {
  readonly number: number;
  readonly state: string;
  readonly headRefOid: string;
  readonly baseRepository: { readonly nameWithOwner: string } | null;
}

export interface RepositoryShape {
  readonly name: string;
  readonly owner: { readonly login: string };
  readonly url: string;
  readonly description: string | null;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isFork: boolean;
  readonly hasIssuesEnabled: boolean;
  readonly visibility?: string;
  readonly createdAt?: string;
  readonly primaryLanguage?: { readonly name: string } | null;
  readonly repositoryTopics?: {
    readonly nodes: readonly ({ readonly topic: { readonly name: string } } | null)[] | null;
  } | null;
  readonly defaultBranchRef: { readonly name: string; readonly target: { readonly oid: string } | null } | null;
  readonly pullRequest?: PullRequestShape | null;
  readonly issue?: IssueShape | null;
  readonly policyIssue?: IssueShape | null;
  readonly head?: { readonly target: StateShape | null } | null;
}

export interface PullRequestShape {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly state: string;
  readonly isDraft: boolean;
  readonly createdAt: string;
  readonly headRefOid: string;
  readonly headRefName: string;
  readonly isCrossRepository: boolean;
  readonly baseRefName: string;
  readonly baseRefOid: string;
  readonly author: ActorShape | null;
  readonly authorAssociation?: string;
  readonly comments: PageShape<CommentShape>;
  readonly files: PageShape<FileShape> | null;
  readonly commits?: PageShape<{ readonly commit: CommitShape }>;
  readonly head: { readonly nodes: readonly ({ readonly commit: StateShape } | null)[] | null };
  readonly baseRef: { readonly target: StateShape | null } | null;
}

export interface IssueShape {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly author: ActorShape | null;
  readonly timelineItems: { readonly nodes: readonly ({ readonly actor?: ActorShape | null } | null)[] | null };
}

export interface OrganizationShape {
  readonly name: string;
  readonly owner: { readonly login: string };
  readonly isPrivate: boolean;
  readonly defaultBranchRef: { readonly name?: string; readonly target: StateShape | null } | null;
}

/** The answer to `PULL_REQUEST` and `REPOSITORY_STATE`. */
export interface LookShape {
  readonly repository: RepositoryShape | null;
  readonly organization: OrganizationShape | null;
}
