/**
 * go.mod: the modules that a build uses, in the versions that it uses. It tells no licenses.
 * go.sum is not read: it keeps the hashes of versions that were looked at and not used, too.
 */
import { known, type Answer } from '../../answer.ts';
import { localOrigin } from '../local.ts';
import type { Manifest, Package } from '../package.ts';
import { text, unfit, withoutMark } from '../tree.ts';
import { directives, type Directive } from './text.ts';

/** The modules of the largest projects fit into a hundred thousand. */
const MAX_CHARACTERS = 1024 * 1024;

/** Unknown, with the line, when the text is not what go.mod may hold. */
export function readGoModule(source: string): Answer<Manifest> {
  const refused = unfit(source, MAX_CHARACTERS);
  if (refused) return refused;
  const found = directives(withoutMark(source));
  if (!found.known) return found;
  const replaced = index(
    found.value.filter(({ verb }) => verb === 'replace').flatMap((directive) => replacementOf(directive) ?? []),
  );
  return known({
    ecosystem: 'golang',
    name: text(found.value.find(({ verb }) => verb === 'module')?.words[0]),
    version: null,
    license: null,
    licenseFile: null,
    isPrivate: false,
    isScaffold: false,
    dependencies: found.value
      .filter(({ verb }) => verb === 'require')
      .flatMap((directive) => moduleOf(directive, replaced) ?? []),
  });
}

interface Replacement {
  readonly module: string;
  /** Null: every version of it. */
  readonly version: string | null;
  /** A module, or a folder when it has no version. */
  readonly by: { readonly module: string; readonly version: string | null };
}

/** `module [version] => other version`, or `=> ../folder`. */
function replacementOf({ words }: Directive): Replacement | null {
  const arrow = words.indexOf('=>');
  const [module, version] = words.slice(0, arrow);
  const [by, byVersion] = words.slice(arrow + 1);
  if (arrow < 1 || module === undefined || by === undefined) return null;
  return { module, version: version ?? null, by: { module: by, version: byVersion ?? null } };
}

/** By module, and by module and version, which wins (go.dev/ref/mod, "replace"). */
function index(replaced: readonly Replacement[]): ReadonlyMap<string, Replacement['by']> {
  return new Map(replaced.map(({ module, version, by }) => [version === null ? module : `${module}@${version}`, by]));
}

function moduleOf({ words, comment, line }: Directive, replaced: ReadonlyMap<string, Replacement['by']>): Package | null {
  const [module, version] = words.map(text);
  if (!module || !version) return null;
  const by = replaced.get(`${module}@${version}`) ?? replaced.get(module);
  // Only a path needs no version (go.dev/ref/mod, "replace").
  const isFolder = by !== undefined && by.version === null && /^(?:\.|[/\\]|[a-z]:)/i.test(by.module);
  return {
    ecosystem: 'golang',
    name: by && !isFolder ? by.module : module,
    version: by && !isFolder ? by.version : version,
    constraint: null,
    origin: isFolder ? localOrigin(by.module) : { kind: 'registry', registry: null },
    usage: 'runtime',
    isDirect: !/^indirect(?:$|[;\s])/.test(comment),
    license: null,
    line,
  };
}
