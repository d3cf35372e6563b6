/** How packages and their licenses are called in findings: never longer than anybody reads. */
import type { LicenseSource } from '../../facts/packages/package.ts';
import type { LicensedPackage } from '../../facts/packages/licensed.ts';
import { code, link, words, type Words } from '../../facts/words.ts';
import { patternFor } from '../licensing/package-pattern.ts';
import type { Finding } from '../rule.ts';

const LONGEST = { name: 100, version: 60, license: 200, packageUrl: 400, identity: 1000 } as const;

/** At most so many characters, the last of which says that there are more. */
export function cut(text: string, kind: keyof typeof LONGEST): string {
  const most = LONGEST[kind];
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

const ECOSYSTEMS = {
  npm: 'npm',
  cargo: 'Cargo',
  pypi: 'PyPI',
  golang: 'Go',
  maven: 'Maven',
  hackage: 'Haskell',
  aiken: 'Aiken',
  nix: 'Nix',
} as const;

/** `left-pad 1.3.0 (npm)` */
export function aboutOf({ ecosystem, name, version, constraint }: LicensedPackage): string {
  const exactly = version ?? constraint;
  return `${cut(name, 'name')}${exactly === null ? '' : ` ${cut(exactly, 'version')}`} (${ECOSYSTEMS[ecosystem]})`;
}

/** The same, marked as foreign. */
export function nameOf({ ecosystem, name, version, constraint }: LicensedPackage): Words {
  const exactly = version ?? constraint;
  const number = exactly === null ? words`` : words` ${code(cut(exactly, 'version'))}`;
  return words`${code(cut(name, 'name'))}${number} (${ECOSYSTEMS[ecosystem]})`;
}

/** The package as an exception names it: a pattern that a policy takes as it stands here. What is too long to be copied is "it". */
export function urlOf({ packageUrl }: LicensedPackage): Words {
  const pattern = patternFor(packageUrl);
  return pattern === null || pattern.length > LONGEST.packageUrl ? words`it` : words`${code(pattern)}`;
}

export function licenseWords(expression: string | null): Words {
  return words`${code(cut(expression ?? '', 'license'))}`;
}

/** Where it is named, and which package it is; what is too long to be named by anybody is left out. */
export function placeOf({ path, line, packageUrl }: LicensedPackage): Pick<Finding, 'location' | 'packageUrl'> {
  const location = { path, ...(line === null ? {} : { line }) };
  return packageUrl.length > LONGEST.identity ? { location } : { location, packageUrl };
}

/** How it came into the project, where that is known. */
export function roleOf({ isDirect, usage }: LicensedPackage): Words {
  const brought = isDirect === false ? ' Another dependency brings it.' : '';
  return words`${brought}${usage === 'development' ? ' It is used for development.' : ''}`;
}

const SOURCES: Readonly<Record<LicenseSource, string>> = {
  'lock file': 'its lock file',
  manifest: 'its manifest',
  registry: 'its registry',
  text: 'its license text',
  'dependency graph': "GitHub's dependency graph",
};

/** Who says under which license a package is: `its registry`. */
export function sayer({ licensed }: LicensedPackage): string {
  return licensed.known ? SOURCES[licensed.value.source] : 'nobody';
}

/** `, as its registry says,` with a link where there is a page. */
export function fromWhere({ licensed }: LicensedPackage): Words {
  if (!licensed.known) return words``;
  const { source, url } = licensed.value;
  const says = `as ${SOURCES[source]} says`;
  return url === null ? words`, ${says},` : words`, ${link(says, url)},`;
}

/** `as their registry says` */
export function fromTheirs(source: LicenseSource): string {
  return `as ${SOURCES[source].replace(/^its /, 'their ')} says`;
}
