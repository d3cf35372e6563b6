/**
 * CHaP, Cardano's Haskell packages: its `meta.toml` of a version names the commit of a repository on GitHub, where the `.cabal` file lies
 * (https://github.com/IntersectMBO/cardano-haskell-packages, "How to add a new package version").
 */
import { known, map, unknown, type Answer } from '../../facts/answer.ts';
import { readJson } from '../../facts/packages/json.ts';
import { onGitHub } from '../../facts/packages/repository-url.ts';
import { readToml } from '../../facts/packages/toml.ts';
import { list, own, text } from '../../facts/packages/tree.ts';
import { pageOf, RAW, rawAddress } from './github.ts';
import type { Desk } from './look-up.ts';

const HOUR = 3_600_000;
const CHAP = ['IntersectMBO', 'cardano-haskell-packages'];

/** Where a `.cabal` file lies. */
export interface CabalFile {
  readonly address: string;
  /** For people. */
  readonly page: string | null;
}

/** Where the `.cabal` file of a package lies, of its newest version when none is named; known null: CHaP does not know it. */
export type Chap = (name: string, version: string | null, desk: Desk) => Promise<Answer<CabalFile | null>>;

/** CHaP as its repository shows it. The list of its packages is read once an hour at most. */
export function chap(now: () => number): Chap {
  let reading: { readonly until: number; readonly newest: Promise<Answer<ReadonlyMap<string, string>>> } | null = null;
  const newestOf = async (name: string, desk: Desk): Promise<Answer<string | null>> => {
    const joined = reading !== null && now() < reading.until ? reading : null;
    const mine = joined ?? { until: now() + HOUR, newest: readList(desk) };
    reading = mine;
    const newest = await mine.newest;
    // What failed is read anew the next time; at once by whoever only joined, for who began may just have had no time.
    if (!newest.known && reading === mine) reading = null;
    if (!newest.known && joined) return newestOf(name, desk);
    return map(newest, (versions) => versions.get(name) ?? null);
  };
  return async (name, version, desk) => {
    const chosen = version === null ? await newestOf(name, desk) : known(version);
    if (!chosen.known) return chosen;
    const address = chosen.value && rawAddress(...CHAP, 'main', '_sources', name, chosen.value, 'meta.toml');
    const meta = address ? await desk.ask(address) : known(null);
    return map(meta, (text) => (text === null ? null : cabalFile(name, text)));
  };
}

function cabalFile(name: string, meta: string): CabalFile | null {
  const tree = readToml(meta);
  if (!tree.known) return null;
  const { value } = tree.value;
  const source = fromGitHub(value) ?? fromTarball(text(own(value, 'url')) ?? '');
  if (!source) return null;
  const folder = (text(own(value, 'subdir')) ?? '').split('/').filter((part) => part !== '' && part !== '.');
  const parts = [source.owner, source.name, source.rev, ...folder, `${name}.cabal`];
  const address = rawAddress(...parts);
  return address === null ? null : { address, page: pageOf(...parts) };
}

interface Source {
  readonly owner: string;
  readonly name: string;
  readonly rev: string;
}

function fromGitHub(meta: unknown): Source | null {
  const repository = onGitHub(`github.com/${text(own(meta, 'github', 'repo')) ?? ''}`);
  const rev = text(own(meta, 'github', 'rev'));
  return repository && rev !== null ? { ...repository, rev } : null;
}

/** `https://github.com/OWNER/REPO/tarball/REV`, as the first packages were added. */
function fromTarball(address: string): Source | null {
  const [, owner, name, rev] = /^https:\/\/github\.com\/([\w.-]+)\/([\w.-]+)\/tarball\/([\w.-]+)$/.exec(address) ?? [];
  return owner !== undefined && name !== undefined && rev !== undefined ? { owner, name, rev } : null;
}

/** The newest version of every package, from the list that CHaP's own build writes beside the packages. */
async function readList({ ask }: Desk): Promise<Answer<ReadonlyMap<string, string>>> {
  const listed = await ask(`https://${RAW}/${CHAP.join('/')}/repo/foliage/packages.json`);
  if (!listed.known) return listed;
  const tree = readJson(listed.value ?? '[]', 0);
  if (!tree.known) return unknown(`the list of CHaP's packages cannot be read: ${tree.reason}`);
  const newest = new Map<string, string>();
  for (const one of list(tree.value.value)) {
    const [name, version] = [text(own(one, 'pkg-name')), text(own(one, 'pkg-version'))];
    if (name === null || version === null || !/^[\d.]+$/.test(version)) continue;
    if (isNewer(version, newest.get(name))) newest.set(name, version);
  }
  return known(newest);
}

/** Numbers between dots, as Cabal orders them. */
function isNewer(version: string, other: string | undefined): boolean {
  if (other === undefined) return true;
  const [a, b] = [version.split('.').map(Number), other.split('.').map(Number)];
  const first = a.findIndex((number, index) => number !== b[index]);
  return first >= 0 && (a[first] ?? 0) > (b[first] ?? -1);
}
