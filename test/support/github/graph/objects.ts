/** Git's objects as GraphQL nodes: commits, trees, blobs. */
import { entryAt } from '../git.ts';
import type { GitCommit, GitPerson, TreeEntry } from '../git.ts';
import { historyOf } from '../history.ts';
import type { Repository } from '../model.ts';
import { pullsWith } from '../rest/pulls.ts';
import { READ } from '../rest/route.ts';
import { WEB, fullName, nodeId } from '../shapes.ts';
import { checkSuitesOf } from './checks.ts';
import type { SuiteArguments } from './checks.ts';
import { connection, demand } from './context.ts';
import type { Context, Node, Paging } from './context.ts';
import { pullNode } from './pulls.ts';
import { repositoryNode } from './repositories.ts';

/** GitHub cuts a blob's text here. */
const LONGEST_TEXT = 512_000;

export function blobNode(one: Repository, oid: string, bytes: Buffer): Node {
  const isBinary = bytes.subarray(0, 8000).includes(0);
  return {
    __typename: 'Blob',
    id: nodeId('Blob', oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    byteSize: bytes.length,
    isBinary,
    isTruncated: bytes.length > LONGEST_TEXT,
    text: () => (isBinary ? null : bytes.subarray(0, LONGEST_TEXT).toString()),
    commitResourcePath: `/${fullName(one)}`,
  };
}

export function treeNode(one: Repository, oid: string): Node {
  return {
    __typename: 'Tree',
    id: nodeId('Tree', oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    entries: () => (one.objects.trees.get(oid) ?? []).map((entry) => entryNode(one, entry, entry.name)),
  };
}

function entryNode(one: Repository, entry: TreeEntry, path: string): Node {
  return {
    __typename: 'TreeEntry',
    name: entry.name,
    path,
    // GitHub writes git's octal mode as a decimal number.
    mode: Number.parseInt(entry.mode, 8),
    type: entry.type,
    oid: entry.oid,
    size: one.objects.blobs.get(entry.oid)?.length ?? 0,
    object: () => {
      const bytes = one.objects.blobs.get(entry.oid);
      if (bytes !== undefined) return blobNode(one, entry.oid, bytes);
      return entry.type === 'tree' ? treeNode(one, entry.oid) : null;
    },
  };
}

export function commitNode(context: Context, one: Repository, own: GitCommit): Node {
  return {
    __typename: 'Commit',
    id: nodeId('Commit', own.oid),
    oid: own.oid,
    abbreviatedOid: own.oid.slice(0, 7),
    url: `${WEB}/${fullName(one)}/commit/${own.oid}`,
    message: own.message,
    messageHeadline: own.message.split('\n')[0] ?? '',
    messageBody: own.message.split('\n').slice(1).join('\n').trim(),
    authoredDate: own.author.date,
    committedDate: own.committer.date,
    author: () => actorNode(context, own.author),
    committer: () => actorNode(context, own.committer),
    authors: (args: Paging) => connection('GitActor', args, authorsOf(own), (person) => actorNode(context, person)),
    repository: () => repositoryNode(context, one),
    signature: () => signatureNode(own),
    parents: (args: Paging) =>
      connection('Commit', args, own.parents, (oid) => {
        const parent = one.objects.commits.get(oid);
        return parent === undefined ? null : commitNode(context, one, parent);
      }),
    ...contentFields(context, one, own),
    checkSuites: (args: SuiteArguments) => checkSuitesOf(context, one, own.oid, args),
    associatedPullRequests: (args: Paging) => {
      demand(context, one, READ.pulls);
      const found = Date.parse(context.world.now()) - context.world.lag;
      const pulls = pullsWith(one, own.oid).filter(({ mergedAt }) => mergedAt === null || Date.parse(mergedAt) <= found);
      return connection('PullRequest', args, pulls, (pull) => pullNode(context, one, pull));
    },
  };
}

function contentFields(context: Context, one: Repository, own: GitCommit): Node {
  return {
    tree: () => {
      demand(context, one, READ.contents);
      return treeNode(one, own.tree);
    },
    file: ({ path }: { path: string }) => {
      demand(context, one, READ.contents);
      const entry = entryAt(one.objects, own.tree, path);
      return entry === undefined || entry.name === '' ? null : entryNode(one, entry, path);
    },
    history: ({ path = null, since = null, ...args }: Paging & { path?: string | null; since?: string | null }) => {
      demand(context, one, READ.contents);
      const commits = historyOf(one.objects, own.oid, path).filter(
        ({ committer }) => since === null || Date.parse(committer.date) >= Date.parse(since),
      );
      return connection('CommitHistory', args, commits, (commit) => commitNode(context, one, commit));
    },
  };
}

/** The author and then everybody whom a line of the message names as co-author, each address once. */
function authorsOf({ author, message }: GitCommit): readonly GitPerson[] {
  const named = [...message.matchAll(/^co-authored-by:[ \t]*([^<\n]*?)[ \t]*<([^>\n]+)>/gim)];
  const people = [author, ...named.map(([, name = '', email = '']) => ({ name, email, date: author.date }))];
  return people.filter(({ email }, index) => people.findIndex((other) => other.email === email) === index);
}

function actorNode(context: Context, { name, email, date }: GitPerson): Node {
  const person = context.world.accountByEmail(email);
  return {
    __typename: 'GitActor',
    name,
    email,
    date,
    // A bot's commits name it as a user here, with `[bot]` in its login, unlike an actor.
    user:
      person === null
        ? null
        : { __typename: 'User', login: person.login, databaseId: person.id, id: nodeId('User', person.id), name: person.name },
  };
}

function signatureNode({ signature }: GitCommit): Node | null {
  if (signature === null) return null;
  return {
    __typename: 'GpgSignature',
    isValid: signature.isValid,
    wasSignedByGitHub: signature.byGitHub,
    state: signature.isValid ? 'VALID' : 'UNKNOWN_KEY',
    verifiedAt: null,
  };
}
