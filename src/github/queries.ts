/** The GraphQL documents Steward sends: static, so that they are checked against GitHub's schema and have a known cost. */

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

const TREES = `
fragment Listing on Tree { entries { name mode oid } }
fragment Folder on TreeEntry { oid object { ... on Tree { ...Listing } } }
fragment Trees on Commit {
  oid
  tree { ...Listing }
  ${FOLDERS.map((path, index) => `f${index}: file(path: ${JSON.stringify(path)}) { ...Folder }`).join('\n  ')}
}
fragment PolicyText on TreeEntry { oid object { ... on Blob { byteSize isBinary isTruncated text } } }
fragment OwnPolicy on Commit { oid policy: file(path: ".github/steward.yml") { ...PolicyText } }`;

const COMMIT = `
fragment GitPerson on GitActor { name email user { login databaseId } }
fragment CommitFields on Commit {
  oid message
  author { ...GitPerson } committer { ...GitPerson }
  parents(first: 10) { nodes { oid } }
  signature { isValid wasSignedByGitHub }
}`;

const REPOSITORY = `
fragment RepositoryFields on Repository {
  name owner { login } url description isPrivate isArchived isFork hasIssuesEnabled
  defaultBranchRef { name target { oid } }
}`;

const PRESENT = `
fragment Shown on Commit {
  checkSuites(first: 10, filterBy: { appId: $appId }) { nodes { checkRuns(first: 50) { nodes { databaseId name status externalId } } } }
}`;

const ORGANIZATION = `
  organization: repository(owner: $owner, name: ".github") {
    isPrivate
    defaultBranchRef { target { ... on Commit { ...OwnPolicy ...Trees @include(if: $files) } } }
  }`;

/** One pull request: what it is, what it does, what governs it and what Steward shows on it. */
export const PULL_REQUEST = `
query PullRequest($owner: String!, $repo: String!, $number: Int!, $appId: Int!, $commits: Boolean!, $files: Boolean!) {
  rateLimit { cost remaining resetAt }
  repository(owner: $owner, name: $repo) {
    ...RepositoryFields
    pullRequest(number: $number) {
      number title url state isDraft headRefOid headRefName isCrossRepository baseRefName baseRefOid
      author { __typename login ... on User { databaseId } ... on Bot { databaseId } ... on Organization { databaseId } }
      comments(first: 100) { pageInfo { hasNextPage endCursor } nodes { databaseId body author { __typename login } } }
      files(first: 100) { totalCount pageInfo { hasNextPage endCursor } nodes { path changeType } }
      commits(first: 100) @include(if: $commits) {
        totalCount pageInfo { hasNextPage endCursor } nodes { commit { ...CommitFields } }
      }
      head: commits(last: 1) { nodes { commit {
        ...OwnPolicy ...Trees @include(if: $files) ...Shown
        associatedPullRequests(first: 20) { nodes { number state headRefOid baseRepository { nameWithOwner } } }
      } } }
      baseRef { target { ... on Commit { ...OwnPolicy ...Trees @include(if: $files) } } }
    }
  }${ORGANIZATION}
}
${REPOSITORY}${COMMIT}${TREES}${PRESENT}`;

/** One repository at its default branch. */
export const REPOSITORY_STATE = `
query RepositoryState($owner: String!, $repo: String!, $appId: Int!, $files: Boolean!, $issue: Int!, $withIssue: Boolean!) {
  rateLimit { cost remaining resetAt }
  repository(owner: $owner, name: $repo) {
    ...RepositoryFields
    issue(number: $issue) @include(if: $withIssue) { number title body state stateReason author { __typename login }
      timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { actor { __typename login } } } } }
    head: defaultBranchRef { target { ... on Commit { ...OwnPolicy ...Trees @include(if: $files) ...Shown } } }
  }${ORGANIZATION}
}
${REPOSITORY}${TREES}${PRESENT}`;
