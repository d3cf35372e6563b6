/** The dependencies in Cargo.toml: of the crate, of its targets, and those that a workspace keeps for its crates. */
import type { Origin, Package } from '../package.ts';
import { repositoryUrl, withoutSecrets } from '../repository-url.ts';
import { entries, isGroup, own, text, type Tree } from '../tree.ts';

/** What a crate takes over from its workspace is left out: the workspace's own file names it, with its place and range. */
export function dependenciesOf({ value, line }: Tree): readonly Package[] {
  const targets = entries(own(value, 'target')).map(([target]) => ['target', target]);
  return [[], ['workspace'], ...targets].flatMap((holder) =>
    GROUPS.flatMap((group) =>
      entries(own(value, ...holder, group)).flatMap(([key, entry]) => {
        const found = wanted(key, entry);
        if (!found) return [];
        const usage = group === 'dependencies' ? ('runtime' as const) : ('development' as const);
        return { ecosystem: 'cargo' as const, ...found, usage, isDirect: true, license: null, line: line(...holder, group, key) };
      }),
    ),
  );
}

/** Cargo still reads the spelling of old. */
const GROUPS = ['dependencies', 'dev-dependencies', 'dev_dependencies', 'build-dependencies', 'build_dependencies'];

/** A range, or a table; null: neither, or taken over. `=1.2.3` is exact, where `1.2.3` allows what is compatible. */
function wanted(key: string, entry: unknown): Pick<Package, 'name' | 'version' | 'constraint' | 'origin'> | null {
  if ((typeof entry !== 'string' && !isGroup(entry)) || own(entry, 'workspace') === true) return null;
  const name = text(own(entry, 'package')) ?? text(key);
  if (name === null) return null;
  const range = text(entry) ?? text(own(entry, 'version'));
  const version = /^=\s*(\d+\.\d+\.\d+[0-9A-Za-z.+-]*)$/.exec(range ?? '')?.[1] ?? null;
  return { name, version, constraint: version === null ? range : null, origin: originOf(entry) };
}

/** A path wins where a registry is named too: that is for others, once the crate is published. */
function originOf(entry: unknown): Origin {
  if (text(own(entry, 'path')) !== null && text(own(entry, 'git')) === null) return { kind: 'own' };
  const git = text(own(entry, 'git'));
  if (git === null) {
    const registry = text(own(entry, 'registry-index')) ?? text(own(entry, 'registry'));
    return { kind: 'registry', registry: registry === null || registry === 'crates-io' ? null : withoutSecrets(registry) };
  }
  const ref = text(own(entry, 'rev')) ?? text(own(entry, 'tag')) ?? text(own(entry, 'branch'));
  return { kind: 'repository', url: repositoryUrl(git), ref, path: null };
}
