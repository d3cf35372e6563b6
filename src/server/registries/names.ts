/** What a package can be called: a name that its ecosystem forbids is nobody's, and is told to no registry. */
import type { Ecosystem } from '../../facts/packages/package.ts';

/** Why nobody is asked for a package of this name; null: it may be one. */
export function misnamed(ecosystem: Ecosystem, name: string): string | null {
  const rule = RULES[ecosystem];
  return rule === null || (name.length <= rule.longest && rule.pattern.test(name)) ? null : `its name is no name of ${rule.one}`;
}

interface Rule {
  readonly one: string;
  readonly pattern: RegExp;
  readonly longest: number;
}

/** Null: packages are repositories, whose names are looked at where those of GitHub are. */
const RULES: Readonly<Record<Ecosystem, Rule | null>> = {
  // Old packages included: https://github.com/npm/validate-npm-package-name, "Legacy Names".
  npm: {
    one: 'an npm package',
    pattern: /^(?:@[\w~!*'()-][\w~!*'().-]*\/)?[A-Za-z0-9~!*'()-][\w~!*'().-]*$/,
    longest: 214,
  },
  // https://doc.rust-lang.org/cargo/reference/manifest.html#the-name-field, and what crates.io adds to it.
  cargo: { one: 'a crate', pattern: /^[A-Za-z][\w-]*$/, longest: 64 },
  // https://packaging.python.org/en/latest/specifications/name-normalization/
  pypi: { one: 'a Python package', pattern: /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/, longest: 200 },
  // Words of letters and digits, none of digits alone: https://cabal.readthedocs.io/en/stable/cabal-package-description-file.html
  hackage: {
    one: 'a Haskell package',
    pattern: /^(?!\d+(?:-|$))[A-Za-z0-9]+(?:-(?!\d+(?:-|$))[A-Za-z0-9]+)*$/,
    longest: 200,
  },
  // https://go.dev/ref/mod#go-mod-file-ident: elements that neither begin nor end with a dot, the first one a host.
  golang: {
    one: 'a Go module',
    pattern: /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+(?:\/[\w~-]+(?:\.+[\w~-]+)*)*$/,
    longest: 400,
  },
  // https://maven.apache.org/pom.html#Maven_Coordinates, as Maven validates ids.
  maven: { one: 'a Maven artifact', pattern: /^[\w.-]+:[\w.-]+$/, longest: 400 },
  aiken: null,
  nix: null,
};
