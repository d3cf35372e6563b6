/** What names one version for ever: tags like `latest`, ranges and snapshots do not. */
import type { Ecosystem, Package } from '../../facts/packages/package.ts';

/** The package as a registry is asked for it: what names no exact version asks for the newest, and is no longer kept than that. */
export function exactly(found: Package): Package {
  const { ecosystem, version, origin } = found;
  const isExact = version === null || origin.kind !== 'registry' || (version.length <= LONGEST && EXACT[ecosystem](version));
  return isExact ? found : { ...found, version: null };
}

/** Whether a registry answers about the version that was asked for. Python has several spellings of one (PEP 440). */
export function isVersion(ecosystem: Ecosystem, asked: string, answered: string | null): boolean {
  if (answered === null) return false;
  return ecosystem === 'pypi' ? plainPython(asked) === plainPython(answered) : asked === answered;
}

const LONGEST = 128;

// https://semver.org/#spec-item-2, 9 and 10.
const SEMVER = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
// https://go.dev/ref/mod#versions: no build metadata but this.
const GO = /^v\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+incompatible)?$/;
// https://packaging.python.org/en/latest/specifications/version-specifiers/, "Public version identifiers" and "Normalization".
const PYTHON =
  /^v?(?:\d+!)?\d+(?:\.\d+)*(?:[-_.]?(?:alpha|beta|preview|pre|rc|a|b|c)[-_.]?\d*)?(?:-\d+|[-_.]?(?:post|rev|r)[-_.]?\d*)?(?:[-_.]?dev[-_.]?\d*)?(?:\+[a-z0-9._-]+)?$/i;
// https://cabal.readthedocs.io/en/stable/cabal-package-description-file.html#pkg-field-version
const HASKELL = /^\d+(?:\.\d+)*$/;
const MAVEN = /^[A-Za-z0-9](?:[\w.+-]*[\w-])?$/;
// https://maven.apache.org/ref/current/maven-resolver-provider/, "meta versions"; `latest.release` is Gradle's.
const MOVING = /^(?:latest|release)$|^latest\.|-snapshot$/i;

const EXACT: Readonly<Record<Ecosystem, (version: string) => boolean>> = {
  npm: (version) => SEMVER.test(version),
  cargo: (version) => SEMVER.test(version),
  golang: (version) => GO.test(version),
  pypi: (version) => PYTHON.test(version),
  hackage: (version) => HASKELL.test(version),
  maven: (version) => MAVEN.test(version) && /\d/.test(version) && !MOVING.test(version),
  // What is named here is a commit, tag or branch; only commits are kept for good.
  aiken: () => true,
  nix: () => true,
};

/** Lower case, without `v`, zeros at the end of the release and signs between parts. */
function plainPython(version: string): string {
  const [, release = '', rest = ''] = /^v?((?:\d+!)?\d+(?:\.\d+)*)(.*)$/i.exec(version) ?? [version];
  return `${release.replace(/(?:\.0+)+$/, '')} ${rest.toLowerCase().replace(/[-_.]/g, '')}`;
}
