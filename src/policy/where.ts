/** Which repositories a policy means: by name, topic, property, visibility, language and stage of the lifecycle. */
import { unknown, type Answer } from '../facts/answer.ts';
import { isMatch, readGlob, type Glob } from '../facts/license/glob.ts';
import type { Repository } from '../facts/source.ts';
import type { Lifecycle, Traits, Where } from './managed.ts';

/** What one key says of a repository; null: something it needs is not known. */
type Said = boolean | null;

/**
 * Whether a repository is meant; null: what decides is not known of it. What certainly does not match decides before what
 * is not known. Nothing given, or a key without an entry: no repository is meant.
 */
export function matches(where: Where, traits: Traits, lifecycle: Lifecycle | null): boolean | null {
  const { names, topics, properties, visibility, languages, stages } = where;
  const said = [
    names && hasName(names, traits.name),
    topics && among(topics, traits.topics),
    properties && hasProperties(properties, traits.properties),
    visibility && among(visibility, traits.visibility),
    languages && among(languages, traits.language),
    stages && among(stages, stageOf(traits, lifecycle)),
  ].filter((one) => one !== undefined);
  if (said.length === 0) return false;
  return all(said);
}

/** The stage that the lifecycle gives a repository; null: none, undefined: not known. Of a property with several values the first. */
export function stageOf(traits: Traits, lifecycle: Lifecycle | null): string | null | undefined {
  const listed = Object.entries(lifecycle?.stages ?? {}).find(([, names]) => hasName(names, traits.name));
  if (listed) return listed[0];
  const property = lifecycle?.property;
  if (property === undefined) return null;
  if (traits.properties === undefined) return undefined;
  return propertyOf(traits.properties, property)[0] ?? null;
}

/** A pattern of repository names, ready to be matched with names in lower case; unknown, with the reason, where it is none. */
export function globOf(pattern: string): Answer<Glob> {
  if (pattern.includes('/')) return unknown('it has a slash; the name of a repository is written without its owner');
  return readGlob(pattern.toLowerCase(), 'path');
}

/** Whether a pattern (`*` any characters, `?` one) means a repository of this name, without its owner. Case does not count. */
export function isNamed(pattern: string, name: string): boolean {
  const glob = globOf(pattern);
  return glob.known && isMatch(glob.value, name.toLowerCase());
}

/** What is known of a repository to tell it apart. `properties` are GitHub's custom properties; left out: not known. */
export function traitsOf(repository: Repository, properties?: Traits['properties']): Traits {
  const { owner, name, topics, language, createdAt, isPrivate, isFromGitHub = true } = repository;
  // What is not private is public; what is private can be internal as well.
  const visibility = repository.visibility ?? (isFromGitHub && !isPrivate ? 'public' : undefined);
  return {
    owner,
    name,
    ...(topics === undefined ? {} : { topics }),
    ...(properties === undefined ? {} : { properties }),
    ...(visibility === undefined ? {} : { visibility }),
    ...(language === undefined ? {} : { language }),
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}

/** Patterns that were read: those without a wildcard are looked up, because lists name hundreds of repositories. */
interface Names {
  readonly exact: ReadonlySet<string>;
  readonly globs: readonly Glob[];
}

/** Each list of a policy is asked about every repository of an organization, and read once. */
const read = new WeakMap<readonly string[], Names>();

function hasName(patterns: readonly string[], name: string): boolean {
  const names = read.get(patterns) ?? readNames(patterns);
  read.set(patterns, names);
  const lower = name.toLowerCase();
  return names.exact.has(lower) || names.globs.some((glob) => isMatch(glob, lower));
}

function readNames(patterns: readonly string[]): Names {
  const [globs, exact] = [patterns.filter(isWild), patterns.filter((pattern) => !isWild(pattern))];
  return {
    exact: new Set(exact.map((name) => name.toLowerCase())),
    globs: globs.flatMap((pattern) => {
      const glob = globOf(pattern);
      return glob.known ? [glob.value] : [];
    }),
  };
}

function isWild(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

function all(said: readonly Said[]): Said {
  if (said.includes(false)) return false;
  return said.includes(null) ? null : true;
}

/** Whether one of the wanted words is there; undefined: what is there is not known. */
function among(wanted: readonly string[], present: string | readonly string[] | null | undefined): Said {
  if (wanted.length === 0) return false;
  if (present === undefined) return null;
  const words = listOf(present).map((word) => word.toLowerCase());
  return wanted.some((word) => words.includes(word.toLowerCase()));
}

function hasProperties(wanted: NonNullable<Where['properties']>, present: Traits['properties']): Said {
  const entries = Object.entries(wanted);
  if (entries.length === 0) return false;
  return all(entries.map(([name, values]) => among(values, present && propertyOf(present, name))));
}

/** The values of a property; none where the repository does not have it. */
function propertyOf(properties: NonNullable<Traits['properties']>, name: string): readonly string[] {
  const found = Object.entries(properties).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return listOf(found?.[1] ?? null);
}

function listOf(value: string | readonly string[] | null): readonly string[] {
  if (value === null) return [];
  return typeof value === 'string' ? [value] : value;
}
