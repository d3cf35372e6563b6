/** The GraphQL document about who approved the present content of files; static but for how many files are asked about. */

/** How many files one query asks about. */
export const FILES_A_QUERY = 20;

/**
 * For each file `$p0` and on: the commit on the default branch that changed it last, and the pull requests that brought that commit
 * with their people and latest opinions, and the file as it was at each of their commits and reviews. Co-authors and the parents of
 * commits are left out: they would make it a hundred times as expensive.
 */
export function approvalsQuery(files: number): string {
  const indexes = Array.from({ length: files }, (_, index) => index);
  const variables = indexes.map((index) => `$p${index}: String!`).join(', ');
  const aliases = indexes.map(
    (index) => `a${index}: history(first: 1, path: $p${index}) { nodes {
        oid committedDate file(path: $p${index}) { oid }
        associatedPullRequests(first: 5) { nodes {
          ...Bringing
          commits(first: 100) { totalCount nodes { commit { ...Made file(path: $p${index}) { oid } } } }
          latestOpinionatedReviews(first: 100) { totalCount nodes { ...Opinion commit { file(path: $p${index}) { oid } } } }
          head: commits(last: 1) { nodes { commit { oid file(path: $p${index}) { oid } } } }
        } }
      } }`,
  );
  return `
query Approvals($owner: String!, $repo: String!, ${variables}) {
  repository(owner: $owner, name: $repo) {
    nameWithOwner
    defaultBranchRef { name target { ... on Commit {
      committedDate
      ${aliases.join('\n      ')}
    } } }
  }
}
fragment Linked on GitActor { user { login databaseId } }
fragment Bringing on PullRequest {
  number url state mergedAt headRefOid baseRefName baseRepository { nameWithOwner }
  author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
  timelineItems(last: 1, itemTypes: [BASE_REF_CHANGED_EVENT, AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT]) { nodes {
    ... on BaseRefChangedEvent { createdAt } ... on AutomaticBaseChangeSucceededEvent { createdAt }
  } }
}
fragment Made on Commit {
  messageHeadline signature { isValid wasSignedByGitHub } author { ...Linked } committer { ...Linked }
}
fragment Opinion on PullRequestReview {
  state submittedAt authorAssociation authorCanPushToRepository
  author { __typename login ... on User { databaseId } }
}`;
}
