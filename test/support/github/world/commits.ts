/** Commits as people write them: who, what changes, signed or not, merging what. */
import { flatten, writeCommit, writeContent, writeTree } from '../git.ts';
import type { Content, GitCommit, GitPerson, GitSignature, Leaf } from '../git.ts';
import { mergeBase } from '../history.ts';
import type { Account, Repository } from '../model.ts';
import { State } from './state.ts';

export type Files = Readonly<Record<string, Content>>;
/** A name and address, or an account whose own are taken. */
export type Identity = Account | string | { readonly name: string; readonly email: string };

export interface NewCommit {
  readonly message?: string;
  readonly author?: Identity;
  readonly committer?: Identity;
  /** Paths that are added or changed. */
  readonly files?: Files;
  readonly remove?: readonly string[];
  readonly sign?: GitSignature;
  /** Further parents: the commit is a merge. */
  readonly merge?: readonly string[];
}

export class Commits extends State {
  /** Adds a commit object without moving a branch. */
  protected writeMerge(one: Repository, base: string, head: string, message: string, by: Account): GitCommit {
    return this.writeOn(one, base, {
      message,
      author: by,
      committer: { name: 'GitHub', email: 'noreply@github.com' },
      merge: [head],
    });
  }

  /** The changes of a commit on top of another parent, as squashing and rebasing make them; committed by GitHub. */
  protected writeCopy(
    one: Repository,
    parent: string,
    { of, message, author }: { readonly of: string; readonly message: string; readonly author: Identity },
  ): GitCommit {
    const from = one.objects.commits.get(of);
    const files = flatten(one.objects, from?.tree ?? '');
    const base = flatten(one.objects, one.objects.commits.get(mergeBase(one.objects, parent, of) ?? '')?.tree ?? '');
    const kept = new Map(flatten(one.objects, one.objects.commits.get(parent)?.tree ?? ''));
    for (const path of base.keys()) if (!files.has(path)) kept.delete(path);
    for (const [path, leaf] of files) if (base.get(path)?.oid !== leaf.oid) kept.set(path, leaf);
    const who = this.#person(author);
    return writeCommit(one.objects, {
      tree: writeTree(one.objects, kept),
      parents: [parent],
      author: who,
      committer: { name: 'GitHub', email: 'noreply@github.com', date: who.date },
      message,
      signature: { isValid: true, byGitHub: true },
    });
  }

  /** A commit on top of a parent; null starts a history. */
  protected writeOn(one: Repository, parent: string | null, commit: NewCommit): GitCommit {
    const files = new Map<string, Leaf>();
    // A merge takes the other side's files over its own, which is enough for a double.
    for (const oid of [parent, ...(commit.merge ?? [])]) {
      const from = oid === null ? undefined : one.objects.commits.get(oid);
      if (from !== undefined) for (const [path, leaf] of flatten(one.objects, from.tree)) files.set(path, leaf);
    }
    for (const path of commit.remove ?? []) files.delete(path);
    for (const [path, content] of Object.entries(commit.files ?? {})) files.set(path, writeContent(one.objects, content));
    const author = this.#person(commit.author ?? one.owner);
    return writeCommit(one.objects, {
      tree: writeTree(one.objects, files),
      parents: [...(parent === null ? [] : [parent]), ...(commit.merge ?? [])],
      author,
      committer: commit.committer === undefined ? author : { ...this.#person(commit.committer), date: author.date },
      message: commit.message ?? 'A change',
      signature: commit.sign ?? null,
    });
  }

  #person(identity: Identity): GitPerson {
    const { name, email } = typeof identity === 'string' ? this.accountOf(identity) : identity;
    const login = typeof identity === 'object' && 'login' in identity ? identity.login : email;
    return { name: name ?? login, email, date: this.commitTime() };
  }
}
