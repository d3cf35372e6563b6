/** Cargo.toml: a crate, the root of a workspace, or both. */
import { known, type Answer } from '../../answer.ts';
import { expressionOf } from '../declared.ts';
import type { Declared, Manifest } from '../package.ts';
import { readToml } from '../toml.ts';
import { list, own, text, type Tree } from '../tree.ts';
import { dependenciesOf } from './dependencies.ts';

/**
 * Unknown, with the line, when the text is not TOML. The root of a workspace declares what its crates may take over;
 * a crate that does so declares the license `workspace`, unless it is that root itself.
 */
export function readCargoManifest(source: string): Answer<Manifest> {
  const tree = readToml(source);
  if (!tree.known) return tree;
  const { value } = tree.value;
  const crate = own(value, 'package') ?? own(value, 'project');
  return known({
    ecosystem: 'cargo',
    name: text(own(crate, 'name')),
    version: text(inherited(value, 'version') ?? own(crate, 'version')),
    license: licenseOf(tree.value),
    licenseFile: text(inherited(value, 'license-file') ?? own(crate, 'license-file')),
    isPrivate: isUnpublished(inherited(value, 'publish') ?? own(crate, 'publish')),
    isScaffold: false,
    dependencies: dependenciesOf(tree.value),
  });
}

/** What the same file says for the workspace, where the crate takes it over or there is no crate. */
function inherited(value: unknown, key: string): unknown {
  const crate = own(value, 'package');
  const isTaken = crate === undefined || own(crate, key, 'workspace') === true;
  return isTaken ? own(value, 'workspace', 'package', key) : undefined;
}

function licenseOf(tree: Tree): Declared | null {
  const { value, line } = tree;
  const [crate, shared] = [own(value, 'package', 'license'), inherited(value, 'license')];
  if (shared !== undefined) return declaredAt(tree, 'workspace', 'package', 'license');
  if (text(crate) !== null) return declaredAt(tree, 'package', 'license');
  const taken = ['license', 'license-file'].find((key) => own(value, 'package', key, 'workspace') === true);
  // A license file of a workspace in the same file is told as such.
  if (taken === undefined || inherited(value, taken) !== undefined) return null;
  return { text: 'workspace', expression: null, line: line('package', taken), untold: FROM_WORKSPACE };
}

const FROM_WORKSPACE = 'takes its license from a workspace that is not here';

function declaredAt({ value, line }: Tree, ...place: readonly string[]): Declared | null {
  const stated = text(own(value, ...place));
  return stated === null ? null : { text: stated, expression: expressionOf(withOr(stated)), line: line(...place) };
}

/** What the root of a workspace declares for its crates. */
export type Shared = Pick<Manifest, 'license' | 'licenseFile'>;

/** Null: the file is not the root of a workspace. */
export function sharedLicense(source: string): Answer<Shared | null> {
  const tree = readToml(source);
  if (!tree.known) return tree;
  if (own(tree.value.value, 'workspace') === undefined) return known(null);
  const licenseFile = text(own(tree.value.value, 'workspace', 'package', 'license-file'));
  return known({ license: declaredAt(tree.value, 'workspace', 'package', 'license'), licenseFile });
}

/** Crates wrote `MIT/Apache-2.0` before they wrote `MIT OR Apache-2.0`; Cargo's reference says that it means the same. */
function withOr(license: string): string {
  return license.split('/').join(' OR ');
}

/** `false`, and the empty list of registries to which it may go. */
function isUnpublished(publish: unknown): boolean {
  return publish === false || (Array.isArray(publish) && list(publish).length === 0);
}
