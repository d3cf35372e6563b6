/** Cargo.lock: every package of a workspace. It tells no licenses, nor what is for development only: all of it counts as run. */
import { known, unknown, type Answer } from '../../answer.ts';
import type { Lock, Origin, Package } from '../package.ts';
import { repositoryUrl, withoutSecrets } from '../repository-url.ts';
import { readToml } from '../toml.ts';
import { list, own, text, type Tree } from '../tree.ts';

/** Unknown, with the line, when the text is not TOML. */
export function readCargoLock(source: string): Answer<Lock> {
  const tree = readToml(source);
  if (!tree.known) return tree;
  const packages = own(tree.value.value, 'package');
  if (packages !== undefined && !Array.isArray(packages)) return unknown('"package" is no list of tables');
  return known({ ecosystem: 'cargo', packages: locked(tree.value) });
}

function locked({ value, line }: Tree): readonly Package[] {
  const tables = list(own(value, 'package'));
  const direct = directNames(tables);
  return tables.flatMap((table, index) => {
    const name = text(own(table, 'name'));
    if (name === null) return [];
    const version = text(own(table, 'version'));
    const origin = originOf(text(own(table, 'source')));
    return {
      ecosystem: 'cargo' as const,
      name,
      version,
      constraint: null,
      origin,
      usage: 'runtime' as const,
      isDirect: origin.kind === 'own' || direct.has(name) || direct.has(`${name} ${version ?? ''}`),
      license: null,
      line: line('package', index, 'name') ?? line('package', index),
    };
  });
}

/** What packages of the project ask for: `name`, or `name version` where there are several, in old locks with the source behind. */
function directNames(tables: readonly unknown[]): ReadonlySet<string> {
  const asked = tables.filter((table) => own(table, 'source') === undefined).flatMap((table) => list(own(table, 'dependencies')));
  return new Set(asked.flatMap((entry) => text(entry)?.split(' ', 2).join(' ') ?? []));
}

/** Both addresses of crates.io. */
const PUBLIC = ['registry+https://github.com/rust-lang/crates.io-index', 'sparse+https://index.crates.io/'];

/** What has no source lies in the repository. `git+URL?branch=…#commit`. */
function originOf(source: string | null): Origin {
  if (source === null) return { kind: 'own' };
  if (PUBLIC.includes(source)) return { kind: 'registry', registry: null };
  if (!source.startsWith('git+'))
    return { kind: 'registry', registry: withoutSecrets(source.replace(/^(?:registry|sparse)\+/, '')) };
  const [address = '', commit] = source.split('#', 2);
  return { kind: 'repository', url: repositoryUrl(address.split('?', 1)[0] ?? ''), ref: commit ?? null, path: null };
}
