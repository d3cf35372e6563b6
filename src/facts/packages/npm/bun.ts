/** bun.lock, the text that bun writes since version 1.2. It tells no licenses. */
import { known, unknown, type Answer } from '../../answer.ts';
import type { Lock, Package } from '../package.ts';
import { reached } from '../reach.ts';
import { entries, isGroup, list, own, text, type Tree } from '../tree.ts';
import { readBunText } from './bun-text.ts';
import { named } from './names.ts';
import { REGISTRY } from './origin.ts';
import { exactVersion, splitAt } from './written.ts';
import { installed, type Named } from './tarball.ts';

/** Unknown, with the line, when the text is no lock of bun's. */
export function readBunLock(source: string): Answer<Lock> {
  const tree = readBunText(source);
  if (!tree.known) return tree;
  const { value, line } = tree.value;
  if (!isGroup(value)) return unknown('the lock file holds no group of keys');
  const packages = own(value, 'packages');
  if (packages !== undefined && !isGroup(packages))
    return unknown(`"packages" is no group of keys (line ${line('packages') ?? 1})`);
  return known({ ecosystem: 'npm', ...named(locked(tree.value)) });
}

/** The older form is binary. */
export function readBunBinary(): Answer<Lock> {
  return unknown('bun.lockb is binary; "bun install --save-text-lockfile" writes bun.lock, which can be read');
}

function locked({ value, line }: Tree): readonly Package[] {
  const { direct, development } = uses(value);
  return entries(own(value, 'packages')).flatMap(([key, entry]) => {
    const [first, address] = list(entry);
    const { name, rest } = splitAt(text(first) ?? '');
    if (name === '' || rest === null) return [];
    const called = { name, version: exactVersion(rest) };
    return {
      ecosystem: 'npm' as const,
      ...(called.version === null ? installed(called, rest) : fromRegistry(called, text(address))),
      constraint: null,
      usage: development.has(key) ? ('development' as const) : ('runtime' as const),
      isDirect: direct.has(key),
      license: null,
      line: line('packages', key),
    };
  });
}

/** The second entry of a package from a registry: empty for the public one, else its address or that of the archive. */
function fromRegistry(called: Named, address: string | null): ReturnType<typeof installed> {
  if (address === null) return { ...called, origin: REGISTRY };
  const place = installed(called, address);
  const { origin } = place;
  return origin.kind === 'archive' && !/\.tgz(?:$|[?#])/.test(address)
    ? { ...place, origin: { kind: 'registry', registry: origin.url.replace(/\/$/, '') } }
    : place;
}

const RUNTIME = ['dependencies', 'optionalDependencies', 'peerDependencies'];

/** Keys of `packages`: those that the project names, and those that only its development needs. */
function uses(value: unknown): { readonly direct: ReadonlySet<string>; readonly development: ReadonlySet<string> } {
  const packages = own(value, 'packages');
  const named = (holder: unknown, within: string, groups: readonly string[]): readonly string[] =>
    groups.flatMap((group) => entries(own(holder, group)).flatMap(([name]) => find(packages, within, name) ?? []));
  // Those of a workspace stand below its name where they differ from those of the root.
  const roots = (groups: readonly string[]): readonly string[] =>
    entries(own(value, 'workspaces')).flatMap(([, workspace]) => named(workspace, text(own(workspace, 'name')) ?? '', groups));
  const next = (key: string): readonly string[] => named(list(own(packages, key)).find(isGroup), key, RUNTIME);
  const [runtime, tools] = [roots(RUNTIME), roots(['devDependencies'])];
  const run = reached(runtime, next);
  const development = [...reached(tools, next)].filter((key) => !run.has(key));
  return { direct: new Set([...runtime, ...tools]), development: new Set(development) };
}

/** `a/b/c` is c as b sees it, which a sees. What is not there is looked for one level up. */
function find(packages: unknown, within: string, name: string): string | null {
  const names = namesOf(within);
  for (let length = names.length; length >= 0; length--) {
    const key = [...names.slice(0, length), name].join('/');
    if (own(packages, key) !== undefined) return key;
  }
  return null;
}

/** No key is longer; each name costs a look-up. */
const MAX_NAMES = 30;

function namesOf(key: string): readonly string[] {
  return (key.match(/@[^/]+\/[^/]+|[^/]+/g) ?? []).slice(0, MAX_NAMES);
}
