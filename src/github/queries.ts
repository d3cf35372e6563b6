/** The GraphQL documents Steward sends: static, so that they are checked against GitHub's schema and have a known cost. */
import { WAIVERS_FOLDER } from '../policy/waivers/waiver.ts';

/** The folders in which GitHub looks for community files; the root is read too. */
export const FOLDERS = [
  '.github',
  'docs',
  '.github/ISSUE_TEMPLATE',
  '.github/PULL_REQUEST_TEMPLATE',
  'docs/ISSUE_TEMPLATE',
  'docs/PULL_REQUEST_TEMPLATE',
  'ISSUE_TEMPLATE',
  'PULL_REQUEST_TEMPLATE',
] as const;

/** Where a policy lies, in every repository. */
export const POLICY_PATH = '.github/steward.yml';

/** How many blobs one query asks for; GitHub cuts each at 512 kB. */
export const BLOBS_A_QUERY = 20;

const BLOB = `
fragment BlobText on Blob { byteSize isBinary isTruncated text }`;

const TREES = `
fragment Listing on Tree { entries { name mode oid } }
fragment Folder on TreeEntry { mode object { ... on Tree { ...Listing } } }
fragment Trees on Commit {
  tree { ...Listing }
  ${FOLDERS.map((path, index) => `f${index}: file(path: ${JSON.stringify(path)}) { ...Folder }`).join('\n  ')}
}`;

const POLICY = `
fragment PolicyText on TreeEntry { oid object { ... on Blob { ...BlobText } } }
fragment OwnPolicy on Commit { oid policy: file(path: "${POLICY_PATH}") { ...PolicyText } }${BLOB}`;

const MAILMAP = `
fragment Mailmap on Commit { mailmap: file(path: ".mailmap") { oid mode } }`;

const ROOT = `
fragment Root on Commit { root: tree { oid } }`;

const PERSON = `
fragment GitPerson on GitActor { name email user { login databaseId } }`;

const COMMIT = `${PERSON}
fragment CommitFields on Commit {
  oid message
  author { ...GitPerson } committer { ...GitPerson }
  parents(first: 10) { totalCount nodes { oid } }
  signature { isValid wasSignedByGitHub }
  tree { oid } committedDate
  authors(first: 100) { pageInfo { hasNextPage endCursor } nodes { ...GitPerson } }
}`;

const COMMITS = `${COMMIT}
fragment CommitPage on PullRequestCommitConnection {
  totalCount pageInfo { hasNextPage endCursor } nodes { commit { ...CommitFields } }
}`;

const FILES = `
fragment FilePage on PullRequestChangedFileConnection {
  totalCount pageInfo { hasNextPage endCursor } nodes { path changeType }
}`;

const COMMENTS = `
fragment CommentPage on IssueCommentConnection {
  totalCount pageInfo { hasNextPage endCursor } nodes { databaseId body author { __typename login } }
}`;

const REPOSITORY = `
fragment RepositoryFields on Repository {
  name owner { login } url description isPrivate isArchived isFork hasIssuesEnabled
  visibility createdAt primaryLanguage { name } repositoryTopics(first: 100) { nodes { topic { name } } }
  defaultBranchRef { name target { oid } }
}`;

const SHOWN = `
fragment Shown on Commit {
  checkSuites(first: 10, filterBy: { appId: $appId }) { nodes { status checkRuns(first: 50) { nodes { databaseId name status externalId } } } }
}`;

const ISSUE_FIELDS = `
fragment IssueFields on Issue {
  number title body state stateReason author { __typename login }
  timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { actor { __typename login } } } }
}`;

const ORGANIZATION = `
  organization: repository(owner: $owner, name: ".github") {
    name owner { login } isPrivate
    defaultBranchRef { name target { ... on Commit {
      ...OwnPolicy ...Trees @include(if: $files) waivers: file(path: "${WAIVERS_FOLDER}") { oid mode }
    } } }
  }`;

/** One pull request: what it is, what it does, what governs it and what Steward shows on it. */
export const PULL_REQUEST = `
query PullRequest($owner: String!, $repo: String!, $number: Int!, $appId: Int!, $commits: Boolean!, $files: Boolean!) {
  rateLimit { cost remaining resetAt }
  repository(owner: $owner, name: $repo) {
    ...RepositoryFields
    pullRequest(number: $number) {
      number title url state isDraft createdAt headRefOid headRefName isCrossRepository baseRefName baseRefOid
      author { __typename login ... on User { databaseId } ... on Bot { databaseId } ... on Organization { databaseId } }
      authorAssociation
      comments(first: 100) { ...CommentPage }
      files(first: 100) { ...FilePage }
      commits(first: 100) @include(if: $commits) { ...CommitPage }
      head: commits(last: 1) { nodes { commit {
        ...OwnPolicy ...Root ...Trees @include(if: $files) ...Shown
        associatedPullRequests(first: 20) { nodes { number state headRefOid baseRepository { nameWithOwner } } }
      } } }
      baseRef { target { ... on Commit { ...OwnPolicy ...Root ...Mailmap ...Trees @include(if: $files) } } }
    }
  }${ORGANIZATION}
}
${REPOSITORY}${COMMITS}${FILES}${COMMENTS}${TREES}${POLICY}${ROOT}${MAILMAP}${SHOWN}`;

/** One repository at its default branch. */
export const REPOSITORY_STATE = `
query RepositoryState(
  $owner: String!, $repo: String!, $appId: Int!, $files: Boolean!
  $issue: Int!, $withIssue: Boolean!, $policyIssue: Int! = 0, $withPolicyIssue: Boolean! = false
) {
  rateLimit { cost remaining resetAt }
  repository(owner: $owner, name: $repo) {
    ...RepositoryFields
    issue(number: $issue) @include(if: $withIssue) { ...IssueFields }
    policyIssue: issue(number: $policyIssue) @include(if: $withPolicyIssue) { ...IssueFields }
    head: defaultBranchRef { target { ... on Commit { ...OwnPolicy ...Root ...Mailmap ...Trees @include(if: $files) ...Shown } } }
  }${ORGANIZATION}
}
${REPOSITORY}${ISSUE_FIELDS}${TREES}${POLICY}${ROOT}${MAILMAP}${SHOWN}`;

/** One commit by its id: its folders, its policy and what Steward shows on it. */
export const COMMIT_STATE = `
query CommitState($owner: String!, $repo: String!, $oid: GitObjectID!, $appId: Int!, $files: Boolean!) {
  repository(owner: $owner, name: $repo) {
    object(oid: $oid) { ... on Commit {
      ...OwnPolicy ...Root ...Mailmap ...Trees @include(if: $files) ...Shown
      associatedPullRequests(first: 20) { nodes { number state headRefOid baseRepository { nameWithOwner } } }
    } }
  }
}
${TREES}${POLICY}${ROOT}${MAILMAP}${SHOWN}`;

export const MORE_COMMITS = `
query MoreCommits($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) { headRefOid page: commits(first: 100, after: $after) { ...CommitPage } }
  }
}
${COMMITS}`;

/** More of those whom a commit's message names. */
export const MORE_AUTHORS = `
query MoreAuthors($owner: String!, $repo: String!, $oid: GitObjectID!, $after: String) {
  repository(owner: $owner, name: $repo) {
    object(oid: $oid) { ... on Commit {
      page: authors(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...GitPerson } }
    } }
  }
}
${PERSON}`;

/** Commits since a time, newest first, as far back as a commit reaches. */
export const HISTORY = `
query History($owner: String!, $repo: String!, $oid: GitObjectID!, $since: GitTimestamp!, $after: String) {
  repository(owner: $owner, name: $repo) {
    object(oid: $oid) { ... on Commit { history(first: 100, since: $since, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { ...CommitFields }
    } } }
  }
}
${COMMIT}`;

export const MORE_FILES = `
query MoreFiles($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) { headRefOid page: files(first: 100, after: $after) { ...FilePage } }
  }
}
${FILES}`;

export const MORE_COMMENTS = `
query MoreComments($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) { headRefOid page: comments(first: 100, after: $after) { ...CommentPage } }
  }
}
${COMMENTS}`;

/** Steward's issue, once its number is known. */
export const ISSUE = `
query RemediationIssue($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) { issue(number: $number) { ...IssueFields } }
}
${ISSUE_FIELDS}`;

/** The latest versions of a policy file, as far back as a commit reaches. */
export const POLICY_HISTORY = `
query PolicyHistory($owner: String!, $repo: String!, $oid: GitObjectID!) {
  repository(owner: $owner, name: $repo) {
    object(oid: $oid) { ... on Commit { history(first: 20, path: "${POLICY_PATH}") { nodes { ...OwnPolicy } } } }
  }
}
${POLICY}`;

/** A policy in another repository, at a branch, tag or commit. */
export const SHARED_POLICY = `
query SharedPolicy($owner: String!, $repo: String!, $expression: String!, $path: String!, $withReaders: Boolean!) {
  repository(owner: $owner, name: $repo) {
    name owner { login } isPrivate
    object(expression: $expression) {
      ... on Commit { ...Shared }
      ... on Tag { target { ... on Commit { ...Shared } } }
    }
    defaultBranchRef @include(if: $withReaders) { target { ... on Commit { ...OwnPolicy } } }
  }
}
fragment Shared on Commit { oid policy: file(path: $path) { ...PolicyText } }${POLICY}`;

/** Open pull requests of up to 50 repositories. */
export const OPEN_PULL_REQUESTS = `
query OpenPullRequests($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Repository {
    name owner { login } isArchived
    pullRequests(states: OPEN, first: 100) { pageInfo { hasNextPage endCursor } nodes { number } }
  } }
}`;

/** Open pull requests of one repository, page by page. */
export const REPOSITORY_PULL_REQUESTS = `
query RepositoryPullRequests($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    name owner { login } isArchived
    pullRequests(states: OPEN, first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { number } }
  }
}`;

/** The files of the folder of waivers, by the git id of its tree. */
export const WAIVERS = `
query Waivers($owner: String!, $repo: String!, $tree: GitObjectID!) {
  repository(owner: $owner, name: $repo) {
    object(oid: $tree) { ... on Tree { entries { name mode oid object { ... on Blob { byteSize isBinary } } } } }
  }
}`;

/** Several folders that the first call does not fetch; `d0` answers to `$e0`, a tree's id or `COMMIT:PATH`. */
export function directoriesQuery(many: number): string {
  const indexes = Array.from({ length: many }, (_, index) => index);
  const variables = indexes.map((index) => `$e${index}: String!`).join(', ');
  const aliases = indexes.map((index) => `d${index}: object(expression: $e${index}) { ...Listing }`).join('\n    ');
  return `
query Directories($owner: String!, $repo: String!, ${variables}) {
  repository(owner: $owner, name: $repo) {
    ${aliases}
  }
}
fragment Listing on Tree { entries { name mode oid } }`;
}

/** Several blobs of one repository at once; `b0` answers to `$o0`. */
export function blobsQuery(many: number): string {
  const indexes = Array.from({ length: many }, (_, index) => index);
  const variables = indexes.map((index) => `$o${index}: GitObjectID!`).join(', ');
  const aliases = indexes.map((index) => `b${index}: object(oid: $o${index}) { ...BlobText }`).join('\n    ');
  return `
query Blobs($owner: String!, $repo: String!, ${variables}) {
  repository(owner: $owner, name: $repo) {
    ${aliases}
  }
}
${BLOB}`;
}
