/** People and commits, from GitHub's words to the facts' words. */
import { WEB_FLOW } from '../facts/github-addresses.ts';
import { coAuthorsOf } from '../facts/co-authors.ts';
import type { Account, Commit, LinkedPerson, Person } from '../facts/source.ts';
import type { ActorShape, CommitShape, GitActorShape } from './shapes.ts';

/** The account behind an actor; null for deleted accounts and kinds that cannot contribute. */
export function accountOf(actor: ActorShape | null): Account | null {
  if (!actor || typeof actor.databaseId !== 'number') return null;
  const login = actor.login.toLowerCase();
  if (actor.__typename === 'Bot') {
    return { login: login.endsWith('[bot]') ? login : `${login}[bot]`, id: actor.databaseId, kind: 'Bot' };
  }
  return { login, id: actor.databaseId, kind: actor.__typename === 'Organization' ? 'Organization' : 'User' };
}

/** Whether an actor is the App of this slug: GraphQL leaves `[bot]` away, REST adds it. */
export function isApp(actor: ActorShape | null | undefined, slug: string): boolean {
  const login = actor?.login.toLowerCase().replace(/\[bot\]$/, '');
  return actor?.__typename === 'Bot' && login === slug.toLowerCase();
}

export function commitOf(shape: CommitShape): Commit {
  return {
    sha: shape.oid,
    message: shape.message,
    author: personOf(shape.author),
    committer: personOf(shape.committer),
    authorAccount: linkedAccount(shape.author) ?? botBehind(shape),
    committerAccount: linkedAccount(shape.committer),
    parents: (shape.parents.nodes ?? []).flatMap((parent) => (parent ? [parent.oid] : [])),
    signature: shape.signature && { isVerified: shape.signature.isValid, byGitHub: shape.signature.wasSignedByGitHub },
    coAuthors: linkedCoAuthors(shape),
    tree: shape.tree.oid,
    committedAt: shape.committedDate,
  };
}

/** GitHub reads these trailers with tolerances of its own, so only the accounts are taken from it, each by its address. */
function linkedCoAuthors({ message, authors }: CommitShape): readonly LinkedPerson[] {
  const people = coAuthorsOf(message);
  if (people.length === 0) return [];
  const accounts = new Map<string, Account>();
  for (const actor of authors.nodes ?? []) {
    const account = linkedAccount(actor);
    if (account) accounts.set(actor?.email?.toLowerCase() ?? '', account);
  }
  return people.map((person) => ({ ...person, account: accounts.get(person.email.toLowerCase()) ?? null }));
}

function personOf(actor: GitActorShape | null): Person {
  return { name: actor?.name ?? '', email: actor?.email ?? '' };
}

function linkedAccount(actor: GitActorShape | null): Account | null {
  const user = actor?.user;
  if (!user || user.databaseId === null) return null;
  const login = user.login.toLowerCase();
  return { login, id: user.databaseId, kind: login.endsWith('[bot]') ? 'Bot' : 'User' };
}

const BOT_ADDRESS = /^(\d{1,15})\+([a-z0-9-]{1,100}\[bot\])@users\.noreply\.github\.com$/i;

/**
 * `GitActor.user` is null for most bots, so the address has to name the bot. Anybody can write that address, and a valid
 * signature speaks only for the committer. It is believed only when GitHub itself signed a commit whose committer is GitHub
 * or the bot: so GitHub signs what an App commits through the API, and nothing whose author was chosen by the sender.
 */
function botBehind({ author, committer, signature }: CommitShape): Account | null {
  const match = BOT_ADDRESS.exec(author?.email ?? '');
  if (!match?.[1] || !match[2] || !signature?.isValid || !signature.wasSignedByGitHub) return null;
  const committedBy = committer?.email?.toLowerCase();
  if (committedBy !== WEB_FLOW && committedBy !== author?.email?.toLowerCase()) return null;
  return { login: match[2].toLowerCase(), id: Number(match[1]), kind: 'Bot' };
}
