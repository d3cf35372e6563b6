/** Reads Gradle's lock file, its version catalog, and of its build scripts what is plain without running them. */
import { known, unknown, type Answer } from '../../answer.ts';
import type { Lock, Manifest, Package, Unread } from '../package.ts';
import { readToml } from '../toml.ts';
import { entries, lineCounter, own, text, unfit, withoutMark } from '../tree.ts';
import { declaredLicense, type NamedLicense } from './license.ts';
import { versionOf } from './version.ts';

const NOTHING = { name: null, version: null, license: null, licenseFile: null, isPrivate: false, isScaffold: false };

/** A build script is code: read are the licenses of its POM, and dependencies that are written as `group:artifact:version`. */
export function readScript(source: string): Answer<Manifest> {
  const refused = unfit(source);
  if (refused) return refused;
  const script = withoutMark(source);
  const license = declaredLicense(licensesOf(script));
  const unread = unreadOf(script);
  return known({
    ecosystem: 'maven',
    ...NOTHING,
    license,
    dependencies: dependenciesOf(script),
    ...(unread.length > 0 && { unread }),
  });
}

const LICENSES = /\blicenses\s{0,20}\{/g;
const KEY = /\b(name|url)(?:\s{0,20}=\s{0,20}|\.set\(\s{0,20}|\(\s{0,20}|\s{1,20})(?:"([^"\n]{1,300})"|'([^'\n]{1,300})')/g;

/** `licenses { license { name = "…"; url = "…" } }`, in Groovy and Kotlin. */
function licensesOf(script: string): readonly NamedLicense[] {
  const line = lineCounter(script);
  const found: NamedLicense[] = [];
  let end = 0;
  for (const block of script.matchAll(LICENSES)) {
    if (block.index < end) continue;
    const start = block.index + block[0].length;
    end = closing(script, start);
    for (const one of script
      .slice(start, closing(script, start))
      .split(/\blicense\s{0,20}\{/)
      .slice(1)) {
      const keys = new Map([...one.matchAll(KEY)].map((match) => [match[1], match[2] ?? match[3] ?? null]));
      found.push({ name: keys.get('name') ?? null, url: keys.get('url') ?? null, line: line(start) });
    }
  }
  return found;
}

/** No block of licenses is as long. */
const LONGEST_BLOCK = 5_000;

function closing(script: string, start: number): number {
  let depth = 1;
  const end = Math.min(script.length, start + LONGEST_BLOCK);
  for (let at = start; at < end; at++) {
    if (script[at] === '{') depth += 1;
    else if (script[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return end;
}

const CONFIGURATION = '([a-z]\\w{0,60}|api)';
const WRAPPED = '(?:(?:platform|enforcedPlatform|testFixtures)\\s?\\(\\s?)?';
const DEPENDENCY = new RegExp(
  `^\\s{0,80}${CONFIGURATION}[ (]{1,3}${WRAPPED}["']([\\w.-]{1,200}):([\\w.-]{1,200})(?::([^"':@\\n]{1,100}))?[^"'\\n]{0,100}["']`,
);
/** By the name of a catalog, which may be published, or lie in a file of another name: `implementation(libs.some.library)`. */
const FROM_CATALOG = new RegExp(`^\\s{0,80}${CONFIGURATION}[ (]{1,3}${WRAPPED}(\\w{0,40}[lL]ibs(?:\\.\\w{1,100}){1,20})`);
/** Gradle's own names of what a dependency is for, and those of its most used plugins. */
const FOR_RUNNING =
  /^(?:api|implementation|compile|compileOnly|compileOnlyApi|runtime|runtimeOnly)$|(?:Api|Implementation|CompileOnly|RuntimeOnly)$/;
const FOR_BUILDING = /^(?:annotationProcessor|kapt|ksp|classpath|developmentOnly)$|^(?:test|androidTest|jmh|integrationTest)/;

function dependenciesOf(script: string): readonly Package[] {
  return script.split('\n').flatMap((line, index) => {
    const [, configuration = '', group = '', artifact = '', version = null] = DEPENDENCY.exec(line.slice(0, 1_000)) ?? [];
    if (!isConfiguration(configuration)) return [];
    const usage = FOR_BUILDING.test(configuration) ? 'development' : 'runtime';
    return [packageOf(`${group}:${artifact}`, version, { usage, isDirect: true, line: index + 1 })];
  });
}

function isConfiguration(name: string): boolean {
  return FOR_BUILDING.test(name) || FOR_RUNNING.test(name);
}

function unreadOf(script: string): readonly Unread[] {
  return script.split('\n').flatMap((line, index) => {
    const [, configuration = '', library = ''] = FROM_CATALOG.exec(line.slice(0, 1_000)) ?? [];
    return isConfiguration(configuration) ? [{ line: index + 1, what: `names ${library}, which only its catalog can tell` }] : [];
  });
}

/** `gradle.lockfile`: `group:artifact:version=configuration,…` a line. */
export function readLockfile(source: string): Answer<Lock> {
  const refused = unfit(source);
  if (refused) return refused;
  const packages: Package[] = [];
  for (const [index, raw] of withoutMark(source).split('\n').entries()) {
    const written = raw.trim();
    if (written === '' || written.startsWith('#') || written.startsWith('empty=')) continue;
    const [coordinates = '', configurations = ''] = written.split('=');
    const [group, artifact, version, ...rest] = coordinates.split(':');
    if (!group || !artifact || !version || rest.length > 0) {
      return unknown(`line ${index + 1}: found ${JSON.stringify(written.slice(0, 40))} where group:artifact:version= was wanted`);
    }
    const isBuilding = configurations !== '' && configurations.split(',').every((one) => FOR_BUILDING.test(one));
    const usage = isBuilding ? 'development' : 'runtime';
    packages.push(packageOf(`${group}:${artifact}`, version, { usage, isDirect: null, line: index + 1 }));
  }
  return known({ ecosystem: 'maven', packages });
}

/** `libs.versions.toml`: what the scripts may name; versions by reference are looked up in the same file. */
export function readCatalog(source: string): Answer<Manifest> {
  const file = readToml(source);
  if (!file.known) return file;
  const { value, line } = file.value;
  const dependencies = entries(own(value, 'libraries')).flatMap(([key, library]) => {
    const [group, artifact, written] = (text(library) ?? text(own(library, 'module')) ?? '').split(':');
    const name = [group || text(own(library, 'group')), artifact || text(own(library, 'name'))];
    if (!name[0] || !name[1]) return [];
    const version = written ?? catalogVersion(own(library, 'version'), own(value, 'versions'));
    return [packageOf(name.join(':'), version, { usage: 'runtime', isDirect: true, line: line('libraries', key) })];
  });
  return known({ ecosystem: 'maven', ...NOTHING, dependencies });
}

/** A text, `{ref}`, or a rich version of which the firmest word counts. */
function catalogVersion(version: unknown, versions: unknown): string | null {
  const ref = text(own(version, 'ref'));
  const written = ref === null ? version : own(versions, ref);
  return text(written) ?? text(own(written, 'strictly')) ?? text(own(written, 'require')) ?? text(own(written, 'prefer'));
}

function packageOf(name: string, version: string | null, rest: Pick<Package, 'usage' | 'isDirect' | 'line'>): Package {
  const origin = { kind: 'registry', registry: null } as const;
  return { ecosystem: 'maven', name, ...versionOf(version), origin, license: null, ...rest };
}
