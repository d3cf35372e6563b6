/** Packages as manifests and lock files name them. The readers of each ecosystem give these shapes; nothing here is asked of anyone. */
import type { Answer } from '../answer.ts';

/** By the names of package URLs (purl types), but for Aiken and Nix, whose packages lie in repositories. */
export type Ecosystem = 'npm' | 'cargo' | 'pypi' | 'golang' | 'maven' | 'hackage' | 'aiken' | 'nix';

/** Where a package comes from. */
export type Origin =
  /** A registry: its address as written, null for the ecosystem's public one. */
  | { readonly kind: 'registry'; readonly registry: string | null }
  /** A git repository; `ref` is a commit, tag or branch as written, `path` a folder in it. */
  | { readonly kind: 'repository'; readonly url: string; readonly ref: string | null; readonly path: string | null }
  | { readonly kind: 'archive'; readonly url: string }
  /** This repository itself: a workspace, a path. */
  | { readonly kind: 'own' };

/** One package that a file names. */
export interface Package {
  readonly ecosystem: Ecosystem;
  /** As the ecosystem writes it, canonical where it has a rule for that (PEP 503: `zope-interface`). Maven: `group:artifact`. */
  readonly name: string;
  /** The exact version; null: the file gives a range, or none. */
  readonly version: string | null;
  /** The range as written; null: none, or the version is exact. */
  readonly constraint: string | null;
  readonly origin: Origin;
  /** `development`: only for building, testing and documenting. */
  readonly usage: 'runtime' | 'development';
  /** Named by the project itself, rather than by one of its dependencies; null: the file does not say. */
  readonly isDirect: boolean | null;
  /** License as the file states it, raw; null: it states none. */
  readonly license: string | null;
  /** Where the file names it, from 1; null: not told. */
  readonly line: number | null;
}

/** A license that a manifest declares. */
export interface Declared {
  /** As written. */
  readonly text: string;
  /** What it means in SPDX's words, by the ecosystem's own rules; null: that cannot be told. */
  readonly expression: string | null;
  readonly line: number | null;
  /** Where the manifest leaves its license to something else: why that is not told, completing "PATH ". */
  readonly untold?: string;
  /** Where `expression` is null because a version is left open: all that it can mean. */
  readonly may?: readonly string[];
  /** What the same manifest says elsewhere and contradicts it, as written. */
  readonly against?: string;
}

/** Something in a file that stands for packages which its reader cannot name: an include, an index, a name that is none. */
export interface Unread {
  /** From 1; null: not told. */
  readonly line: number | null;
  /** What it is and why it is not read: `includes "hidden.lst", which is not looked into`. */
  readonly what: string;
}

/** What a manifest says of the package that it describes. */
export interface Manifest {
  readonly ecosystem: Ecosystem;
  /** Null: it describes none, like a workspace's root. */
  readonly name: string | null;
  readonly version: string | null;
  /** Null: it declares none. Several where the format lists several. */
  readonly license: Declared | null;
  /** The license file that it names, as written, relative to the manifest. */
  readonly licenseFile: string | null;
  /** It says of itself that it is never published. */
  readonly isPrivate: boolean;
  /** The license, as far as the tool that made the file wrote it and nobody changed it since: `npm init` writes ISC. */
  readonly isScaffold: boolean;
  readonly dependencies: readonly Package[];
  /** There are packages besides `dependencies` that nobody knows; left out: there are none. */
  readonly unread?: readonly Unread[];
}

/** What a lock file pins. */
export interface Lock {
  readonly ecosystem: Ecosystem;
  readonly packages: readonly Package[];
  /** There are packages besides `packages` that nobody knows; left out: there are none. */
  readonly unread?: readonly Unread[];
}

/** A kind of file that names packages. */
export interface ManifestReader {
  readonly role: 'manifest';
  readonly ecosystem: Ecosystem;
  /** By its path from the root of the repository. */
  readonly matches: (path: string) => boolean;
  /** Unknown, with what is wrong and on which line, when the text is not of this format. Never throws. */
  readonly read: (text: string) => Answer<Manifest>;
}

export interface LockReader {
  readonly role: 'lock';
  readonly ecosystem: Ecosystem;
  readonly matches: (path: string) => boolean;
  readonly read: (text: string) => Answer<Lock>;
}

export type PackageReader = ManifestReader | LockReader;

/** Where the license of a package is known from. */
export type LicenseSource =
  /** The lock file or manifest of the repository itself. */
  | 'lock file'
  | 'manifest'
  /** The metadata of its registry. */
  | 'registry'
  /** Its license text, as Steward detects it. */
  | 'text'
  | 'dependency graph';

/** What is known of the license of one version of a package. */
export interface PackageLicense {
  /** As it was declared, raw; null: nothing is declared. */
  readonly declared: string | null;
  /** In SPDX's words; null: that cannot be told. */
  readonly expression: string | null;
  readonly source: LicenseSource;
  /** Where a person can read it; null: in the file that names the package. */
  readonly url: string | null;
}
