/** Git objects in memory, with the ids git gives them: blobs, trees, commits, and what follows from them. */
import { createHash } from 'node:crypto';

export type ObjectType = 'blob' | 'tree' | 'commit';

/** One line of a tree. A submodule has the type `commit`. */
export interface TreeEntry {
  readonly name: string;
  /** As git writes it: `100644`, `100755`, `120000`, `40000`, `160000`. */
  readonly mode: string;
  readonly type: ObjectType;
  readonly oid: string;
}

export interface GitPerson {
  readonly name: string;
  readonly email: string;
  /** ISO 8601, UTC. */
  readonly date: string;
}

/** How GitHub would judge a signature. */
export interface GitSignature {
  readonly isValid: boolean;
  readonly byGitHub: boolean;
}

export interface GitCommit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: GitPerson;
  readonly committer: GitPerson;
  readonly message: string;
  readonly signature: GitSignature | null;
}

/** What a path can hold: text, bytes, a link, an executable, or another repository at a commit. */
export type Content =
  string | Uint8Array | { readonly symlink: string } | { readonly executable: string } | { readonly submodule: string };

/** A file in a flattened tree. */
export type Leaf = Omit<TreeEntry, 'name'>;

/** The object database of a repository and its forks. */
export interface Objects {
  readonly blobs: Map<string, Buffer>;
  readonly trees: Map<string, readonly TreeEntry[]>;
  readonly commits: Map<string, GitCommit>;
  /** Files of trees that were flattened before. */
  readonly flat: Map<string, ReadonlyMap<string, Leaf>>;
}

export function emptyObjects(): Objects {
  return { blobs: new Map(), trees: new Map(), commits: new Map(), flat: new Map() };
}

function objectId(type: ObjectType, body: Buffer): string {
  return createHash('sha1').update(`${type} ${body.length}\0`).update(body).digest('hex');
}

/** Stores what a path holds and returns its entry. */
export function writeContent(objects: Objects, content: Content): Leaf {
  if (typeof content === 'object' && 'submodule' in content) return { mode: '160000', type: 'commit', oid: content.submodule };
  const mode = typeof content === 'object' && 'symlink' in content ? '120000' : isExecutable(content) ? '100755' : '100644';
  const bytes = Buffer.from(bytesOf(content));
  const oid = objectId('blob', bytes);
  objects.blobs.set(oid, bytes);
  return { mode, type: 'blob', oid };
}

function isExecutable(content: Content): boolean {
  return typeof content === 'object' && 'executable' in content;
}

function bytesOf(content: Exclude<Content, { readonly submodule: string }>): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  if (content instanceof Uint8Array) return content;
  return Buffer.from('symlink' in content ? content.symlink : content.executable);
}

/** Git sorts directories as if their names ended in a slash, by bytes. */
function sortKey(entry: TreeEntry): Buffer {
  return Buffer.from(entry.type === 'tree' ? `${entry.name}/` : entry.name);
}

/** Stores the trees of a flat list of files and returns the root's id. */
export function writeTree(objects: Objects, files: ReadonlyMap<string, Leaf>): string {
  const folders = new Map<string, Map<string, Leaf>>();
  const entries: TreeEntry[] = [];
  for (const [path, leaf] of files) {
    const slash = path.indexOf('/');
    if (slash < 0) entries.push({ name: path, ...leaf });
    else {
      const name = path.slice(0, slash);
      const folder = folders.get(name) ?? new Map<string, Leaf>();
      folders.set(name, folder.set(path.slice(slash + 1), leaf));
    }
  }
  for (const [name, inside] of folders) {
    entries.push({ name, mode: '40000', type: 'tree', oid: writeTree(objects, inside) });
  }
  entries.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  const body = Buffer.concat(
    entries.flatMap((entry) => [Buffer.from(`${entry.mode} ${entry.name}\0`), Buffer.from(entry.oid, 'hex')]),
  );
  const oid = objectId('tree', body);
  objects.trees.set(oid, entries);
  return oid;
}

/** Stores a commit and returns it. */
export function writeCommit(objects: Objects, commit: Omit<GitCommit, 'oid'>): GitCommit {
  const person = ({ name, email, date }: GitPerson): string => `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${person(commit.author)}`,
    `committer ${person(commit.committer)}`,
    ...(commit.signature === null ? [] : [`gpgsig ${JSON.stringify(commit.signature)}`]),
  ];
  const oid = objectId('commit', Buffer.from(`${lines.join('\n')}\n\n${commit.message}`));
  const stored = { oid, ...commit };
  objects.commits.set(oid, stored);
  return stored;
}

/** Every file below a tree, by path. */
export function flatten(objects: Objects, tree: string): ReadonlyMap<string, Leaf> {
  const seen = objects.flat.get(tree);
  if (seen !== undefined) return seen;
  const files = new Map<string, Leaf>();
  for (const { name, ...leaf } of objects.trees.get(tree) ?? []) {
    if (leaf.type !== 'tree') files.set(name, leaf);
    else for (const [path, inside] of flatten(objects, leaf.oid)) files.set(`${name}/${path}`, inside);
  }
  objects.flat.set(tree, files);
  return files;
}

/** The entry at a path; the root is a tree without a name; undefined when there is none. */
export function entryAt(objects: Objects, tree: string, path: string): TreeEntry | undefined {
  let entry: TreeEntry | undefined = { name: '', mode: '40000', type: 'tree', oid: tree };
  for (const name of path.split('/').filter((part) => part !== '')) {
    entry = entry?.type === 'tree' ? objects.trees.get(entry.oid)?.find((child) => child.name === name) : undefined;
  }
  return entry;
}
