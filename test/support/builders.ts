/** Makes facts for tests and examples: everything ordinary is filled in, a test says only what matters to it. */
import { nothingKnown } from '../../src/facts/nothing-known.ts';
import { nothingRemembered } from '../../src/facts/nothing-remembered.ts';
import { licenseDetector } from '../../src/server/license-detector.ts';
import { known, type Answer } from '../../src/facts/answer.ts';
import type {
  Account,
  Change,
  Commit,
  Contribution,
  Entry,
  Person,
  Rename,
  Repository,
  Source,
  Tree,
  TreeFile,
} from '../../src/facts/source.ts';

export const JANE: Person = { name: 'Jane Doe', email: 'jane@example.org' };
export const BOB: Person = { name: 'Bob Roe', email: 'bob@example.org' };

/** A git object id that is the same for the same words. */
export function anOid(words: string): string {
  let hash = 0n;
  for (const character of words) hash = (hash * 1_000_003n + BigInt(character.codePointAt(0) ?? 0)) % 2n ** 160n;
  return hash.toString(16).padStart(40, '0');
}

export function aCommit(message: string, changes: Partial<Commit> = {}): Commit {
  return {
    sha: anOid(message),
    message,
    author: JANE,
    committer: changes.author ?? JANE,
    authorAccount: null,
    committerAccount: null,
    parents: [anOid('parent')],
    signature: null,
    coAuthors: [],
    tree: anOid(`tree of ${message}`),
    committedAt: '2026-03-10T12:00:00Z',
    ...changes,
  };
}

export function anAccount(login: string, id: number, kind: Account['kind'] = 'User'): Account {
  return { login, id, kind };
}

export function aChange(path: string, status: Change['status'] = 'modified'): Change {
  return { path, status };
}

/** A file unless said otherwise; the content decides the id. */
export function anEntry(name: string, content = name, kind: Entry['kind'] = 'file'): Entry {
  return { name, kind, oid: anOid(`${kind}:${content}`) };
}

export function aContribution(changes: Partial<Contribution> = {}): Contribution {
  return {
    number: 7,
    title: 'Add a thing',
    url: 'https://github.com/acme/widget/pull/7',
    state: 'open',
    isDraft: false,
    headSha: anOid('head'),
    headRef: 'thing',
    isFromSameRepository: true,
    baseRef: 'main',
    baseSha: anOid('base'),
    author: anAccount('jane', 1),
    createdAt: '2026-03-09T12:00:00Z',
    ...changes,
  };
}

export function aRepository(changes: Partial<Repository> = {}): Repository {
  return {
    owner: 'acme',
    name: 'widget',
    url: 'https://github.com/acme/widget',
    description: 'Widgets of all kinds',
    isPrivate: false,
    isArchived: false,
    isFork: false,
    hasIssues: true,
    defaultBranch: 'main',
    headSha: anOid('head'),
    ...changes,
  };
}

/** A tree as text: paths to contents. A content that starts with `→ ` is a symbolic link, a path that ends in `/` a submodule. */
export type Files = Readonly<Record<string, string>>;

export interface Literal {
  readonly repository?: Partial<Repository>;
  /** Given: the subject is a contribution with this base. */
  readonly base?: Files;
  readonly head?: Files;
  readonly defaults?: Files;
  readonly commits?: readonly Commit[];
  readonly changes?: readonly Change[];
  readonly renames?: readonly Rename[];
  /** Answers that take the place of the literal's own, by method; they are how a test says that something is unknown. */
  readonly instead?: Partial<Source>;
}

/** A source that answers from a literal, and the names of the methods it was asked, in order. */
export function aSource(literal: Literal): Source & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  const trees: Readonly<Record<Tree, Files | undefined>> = {
    head: literal.head ?? {},
    base: literal.base,
    defaults: literal.defaults,
  };
  const none = { known: false, reason: 'the repository is judged for itself' } as const;
  const answers: Source = {
    repository: () => answer(aRepository(literal.repository)),
    properties: () => answer({}),
    contribution: () => (literal.base ? answer(aContribution()) : Promise.resolve(none)),
    commits: () => answer(literal.commits ?? []),
    changes: () => answer(literal.changes ?? []),
    renames: () => answer(literal.renames ?? []),
    directory: (tree, path) => answer(trees[tree] ? entriesOf(trees[tree], path) : null),
    text: (tree, oid) => answer(textOf(trees[tree] ?? {}, oid)),
    files: (tree) => answer(filesOf(trees[tree] ?? {})),
    graphed: () => answer(null),
    mailmap: () => answer(null),
    memberships: () => answer([]),
    history: () => answer([]),
    ...nothingRemembered(new Date('2026-03-10T12:00:00Z')),
    ...nothingKnown(licenseDetector(), 'registries are not asked here'),
    ...literal.instead,
  };
  const note = (name: string): void => void asked.push(name);
  return {
    asked,
    repository: () => (note('repository'), answers.repository()),
    properties: () => (note('properties'), answers.properties()),
    contribution: () => (note('contribution'), answers.contribution()),
    commits: () => (note('commits'), answers.commits()),
    changes: () => (note('changes'), answers.changes()),
    renames: () => (note('renames'), answers.renames()),
    directory: (tree, path) => (note(`directory ${tree}:${path}`), answers.directory(tree, path)),
    text: (...asking) => (note('text'), answers.text(...asking)),
    files: (tree) => (note('files'), answers.files(tree)),
    graphed: () => (note('graphed'), answers.graphed()),
    detect: (...asking) => (note('detect'), answers.detect(...asking)),
    packageLicenses: (...asking) => (note('packageLicenses'), answers.packageLicenses(...asking)),
    mailmap: () => (note('mailmap'), answers.mailmap()),
    memberships: (...asking) => (note('memberships'), answers.memberships(...asking)),
    history: (since) => (note('history'), answers.history(since)),
    now: () => (note('now'), answers.now()),
    statements: () => (note('statements'), answers.statements()),
    certified: (...asking) => (note('certified'), answers.certified(...asking)),
    agreements: (names) => (note('agreements'), answers.agreements(names)),
    register: (...asking) => (note('register'), answers.register(...asking)),
  };
}

function answer<T>(value: T): Promise<Answer<T>> {
  return Promise.resolve(known(value));
}

function entriesOf(files: Files, folder: string): readonly Entry[] | null {
  const prefix = folder === '' ? '' : `${folder}/`;
  const inside = Object.keys(files).filter((path) => path.startsWith(prefix));
  if (inside.length === 0 && folder !== '') return null;
  return [...new Set(inside.map((path) => path.slice(prefix.length).split('/', 1)[0] ?? ''))].map((name) =>
    entryOf(files, prefix + name, name),
  );
}

function entryOf(files: Files, path: string, name: string): Entry {
  const content = files[path];
  if (content === '') return { name, kind: 'file', oid: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391' };
  if (content !== undefined) return anEntry(name, content, content.startsWith('→ ') ? 'symlink' : 'file');
  if (`${path}/` in files) return anEntry(name, path, 'submodule');
  const below = Object.entries(files).filter(([other]) => other.startsWith(`${path}/`));
  return anEntry(name, JSON.stringify(below.sort()), 'directory');
}

function filesOf(files: Files): readonly TreeFile[] {
  return Object.keys(files).map((path) => {
    const { kind, oid } = entryOf(files, path.replace(/\/$/, ''), path);
    return { path: path.replace(/\/$/, ''), kind: kind === 'directory' ? 'file' : kind, oid };
  });
}

function textOf(files: Files, oid: string): string {
  const content =
    Object.values(files).find((one) => anEntry('', one).oid === oid || anEntry('', one, 'symlink').oid === oid) ?? '';
  return content.replace(/^→ /, '');
}
