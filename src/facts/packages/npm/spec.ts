/** What a dependency in package.json asks for: `^1.2.0`, `npm:other@1`, `owner/repository#tag`, `workspace:*`. */
import type { Package } from '../package.ts';
import { asRepository, REGISTRY } from './origin.ts';
import { installed } from './tarball.ts';
import { decoded, exactVersion, splitAt } from './written.ts';

export type Wanted = Pick<Package, 'name' | 'version' | 'constraint' | 'origin'>;

/** `name` is what the package is called here; under an alias it is another one that is installed. */
export function wanted(name: string, spec: string): Wanted {
  const alias = /^(?:npm|jsr):(.*)$/i.exec(spec);
  if (alias) return aliased(name, alias[1] ?? '', spec);
  const patched = /^patch:(.*)$/i.exec(spec);
  if (patched) return ofPatch(name, patched[1] ?? '');
  if (/^(?:catalog|jsr):/i.test(spec)) return { name, version: null, constraint: spec, origin: REGISTRY };
  if (asRepository(spec) || /^[a-z+]+:|^\.{0,2}\/|^~\//i.test(spec))
    return { constraint: null, ...installed({ name, version: null }, spec) };
  return ranged(name, spec);
}

function ranged(name: string, range: string): Wanted {
  const version = exactVersion(range);
  return { name, version, constraint: version === null ? range.trim() || null : null, origin: REGISTRY };
}

/** `jsr:@scope/name@^1`: another registry, which npm reaches at this address. */
function aliased(name: string, target: string, spec: string): Wanted {
  const isRange = /^[\d^~*<>=v]/.test(target);
  const { name: real, rest } = isRange ? { name, rest: target } : splitAt(target);
  const found = ranged(real || name, rest ?? '');
  return /^jsr:/i.test(spec) ? { ...found, origin: { kind: 'registry', registry: 'https://npm.jsr.io' } } : found;
}

/** yarn: `patch:name@npm%3A1.0.0#patch`. What is patched is what is used. */
function ofPatch(name: string, patched: string): Wanted {
  const inner = decoded(patched.split('#', 1)[0] ?? '');
  const { rest } = splitAt(inner);
  // A patch of a patch is possible; two levels are more than anybody needs.
  return rest === null || /^patch:/i.test(rest) ? ranged(name, '') : wanted(name, rest);
}
