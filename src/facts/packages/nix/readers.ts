/** Reads `flake.lock`: the sources that a Nix flake pins. */
import { known, unknown, type Answer } from '../../answer.ts';
import { readJson } from '../json.ts';
import { localOrigin } from '../local.ts';
import type { Lock, Origin, Package, PackageReader } from '../package.ts';
import { nameOf } from '../paths.ts';
import { repositoryUrl, withoutSecrets } from '../repository-url.ts';
import { entries, isGroup, list, own, text, type Tree } from '../tree.ts';

export const readers: readonly PackageReader[] = [
  { role: 'lock', ecosystem: 'nix', matches: (path) => nameOf(path) === 'flake.lock', read: readLock },
];

/** One package for each pinned source; two inputs with the same source are two. They serve the build, and what it makes. */
function readLock(source: string): Answer<Lock> {
  const file = readJson(source);
  if (!file.known) return file;
  const { value } = file.value;
  const nodes = own(value, 'nodes');
  const root = text(own(value, 'root')) ?? 'root';
  if (!isGroup(nodes)) return unknown('the file holds no `nodes`, where a flake.lock of version 5 to 7 was wanted');
  if (!isGroup(own(nodes, root))) return unknown(`the node ${JSON.stringify(root)} is missing, from which the others are named`);
  const direct = directNodes(nodes, root);
  return known({ ecosystem: 'nix', packages: entries(nodes).flatMap(([key, node]) => packageOf(key, node, direct, file.value)) });
}

/** What the flake itself takes in: by name, or along a path of other inputs (`follows`). */
function directNodes(nodes: unknown, root: string): ReadonlySet<string> {
  const inputs = entries(own(nodes, root, 'inputs'));
  return new Set(inputs.map(([, input]) => nodeOf(nodes, root, input)).filter((key) => key !== null));
}

/** A path is followed from the root, and may come upon others; more steps than that are a circle. */
const MOST_STEPS = 100;

function nodeOf(nodes: unknown, root: string, input: unknown): string | null {
  if (!Array.isArray(input)) return text(input);
  const waiting = [...list(input)].reverse();
  let at: string | null = root;
  for (let step = 0; waiting.length > 0 && step < MOST_STEPS; step++) {
    const name = text(waiting.pop());
    const next: unknown = name === null || at === null ? null : own(nodes, at, 'inputs', name);
    if (Array.isArray(next)) {
      waiting.push(...[...list(next)].slice(0, MOST_STEPS).reverse());
      at = root;
    } else at = text(next);
  }
  return waiting.length === 0 ? at : null;
}

function packageOf(key: string, node: unknown, direct: ReadonlySet<string>, tree: Tree): readonly Package[] {
  const locked = own(node, 'locked');
  if (!isGroup(locked)) return [];
  const origin = originOf(locked, own(node, 'original'));
  const version = origin.kind === 'repository' ? origin.ref : null;
  const isDirect = direct.has(key);
  const line = tree.line('nodes', key);
  return [
    {
      ecosystem: 'nix',
      name: nameFrom(locked) ?? key,
      version,
      constraint: null,
      origin,
      usage: 'runtime',
      isDirect,
      license: null,
      line,
    },
  ];
}

/** Forges by their names in flakes; `host` says another. */
const FORGES: ReadonlyMap<string, string> = new Map([
  ['github', 'github.com'],
  ['gitlab', 'gitlab.com'],
  ['sourcehut', 'git.sr.ht'],
]);

function originOf(locked: unknown, original: unknown): Origin {
  const type = text(own(locked, 'type')) ?? '';
  const ref = text(own(locked, 'rev'));
  const path = text(own(locked, 'dir')) ?? text(own(original, 'dir'));
  const [forge, name] = [FORGES.get(type), nameFrom(locked)];
  if (forge !== undefined && name !== null) {
    return { kind: 'repository', url: `https://${text(own(locked, 'host')) ?? forge}/${name}`, ref, path };
  }
  const url = text(own(locked, 'url'));
  if (url !== null && (type === 'git' || type === 'hg')) return { kind: 'repository', url: repositoryUrl(url), ref, path };
  if (url !== null) return { kind: 'archive', url: withoutSecrets(url) };
  const place = text(own(locked, 'path'));
  return type === 'path' && place !== null ? localOrigin(place) : { kind: 'registry', registry: null };
}

/** `owner/repo` where a forge has it. */
function nameFrom(locked: unknown): string | null {
  const [owner, repo] = [text(own(locked, 'owner')), text(own(locked, 'repo'))];
  return owner !== null && repo !== null ? `${owner}/${repo}` : null;
}
