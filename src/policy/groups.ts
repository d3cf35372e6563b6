/** Groups: the parts of a policy file that hold for some repositories only, as layers of their own. */
import type { Document, WrittenGroup } from './document.ts';
import { pilotsOf } from './governed.ts';
import type { Lifecycle, Occasion, Traits, Where } from './managed.ts';
import type { Problem } from './policy.ts';
import { matches } from './where.ts';

/** A document with the group that it is, if it is one. */
export interface Layer {
  readonly document: Document;
  /** Null: the whole file. */
  readonly group: { readonly name: string; readonly index: number } | null;
}

/** The layers that hold on an occasion. */
export interface Grouped {
  /** Lowest first: each file, then those of its groups that match, in their order. */
  readonly layers: readonly Layer[];
  /** Names of the groups that the repository belongs to. */
  readonly groups: readonly string[];
  readonly cohorts: Cohorts;
  /** The groups and pilots of which it cannot be told whether the repository belongs to them. */
  readonly untold: readonly Untold[];
  /** A notice for each group and pilot of which it cannot be told whether the repository belongs to it. */
  readonly problems: readonly Problem[];
}

export interface Untold {
  readonly what: 'group' | 'pilot';
  readonly name: string;
}

/** Names of the groups and pilots that the repository belongs to. */
export interface Cohorts {
  /** As a file sees them, by its source: a later file cannot give a name another meaning. */
  readonly bySource: ReadonlyMap<string, readonly string[]>;
  readonly all: readonly string[];
}

export const NO_COHORTS: Cohorts = { bySource: new Map(), all: [] };

/** Whether what documents say depends on custom properties, which cost a question of their own. */
export function needsProperties(documents: readonly Document[]): boolean {
  return documents.some(({ governance: { groups, lifecycle, pilots } }) => {
    const named = [...groups, ...(pilots?.value.map(({ value }) => value) ?? [])];
    return lifecycle?.value.property !== undefined || named.some(({ where }) => where.properties !== undefined);
  });
}

/** Puts the groups that match the repository of the occasion behind their files; without a repository none holds. */
export function grouped(documents: readonly Document[], lifecycle: Lifecycle | null, occasion: Occasion | null): Grouped {
  const traits = occasion?.traits ?? null;
  const files = documents.map((document): Layer => ({ document, group: null }));
  if (!traits) return { layers: files, groups: [], cohorts: NO_COHORTS, untold: [], problems: [] };
  const problems: Problem[] = [];
  const open: Untold[] = [];
  const isMeant = (what: 'group' | 'pilot', { name, where }: Named, at: Place): boolean => {
    const found = matches(where, traits, lifecycle);
    if (found !== null) return found;
    open.push({ what, name });
    problems.push(untold(what, name, missing(where, traits, lifecycle), at));
    return occasion?.supposed?.includes(name) === true;
  };
  const bySource = new Map<string, readonly string[]>();
  let names: readonly string[] = [];
  const layers = files.flatMap((file): readonly Layer[] => {
    const { source } = file.document.file;
    const all = groupLayers(file.document);
    const parts = all.filter(({ written, path }) => isMeant('group', written, { source, ...placeOf(written), path }));
    const pilots = pilotsOf(file.document)?.value ?? [];
    const members = pilots.filter((pilot) => {
      const at = { source, line: pilot.origin.line ?? 1, column: 1, path: 'pilots' };
      return isMeant('pilot', pilot, at);
    });
    const own = new Set([...all.map(({ written }) => written.name), ...pilots.map(({ name }) => name)]);
    const found = [...parts.map(({ written }) => written.name), ...members.map(({ name }) => name)];
    names = [...names.filter((name) => !own.has(name)), ...found];
    bySource.set(source, names);
    return [file, ...parts.map(({ layer }) => layer)];
  });
  const groups = layers.flatMap(({ group }) => (group ? [group.name] : []));
  return { layers, groups: [...new Set(groups)], cohorts: { bySource, all: names }, untold: open, problems };
}

type Named = Pick<WrittenGroup, 'name' | 'where'>;

function placeOf({ line, column }: WrittenGroup): Pick<Problem, 'line' | 'column'> {
  return { line, column };
}

/** A group, where it stands, and what it says as a layer. */
export interface Part {
  readonly written: WrittenGroup;
  readonly path: string;
  readonly layer: Layer;
}

/** Made once a document: previews resolve the same documents for thousands of repositories. */
const parts = new WeakMap<Document, readonly Part[]>();

/** The groups of a file as layers of their own, in its order. */
export function groupLayers(document: Document): readonly Part[] {
  const known = parts.get(document);
  if (known) return known;
  const made = document.governance.groups.map((written, index) => ({
    written,
    path: `groups[${index}]`,
    layer: { document: asDocument(document, written), group: { name: written.name, index } },
  }));
  parts.set(document, made);
  return made;
}

function asDocument({ file }: Document, { certification, rules }: WrittenGroup): Document {
  const governance: Document['governance'] = {
    ...{ locked: [], mayOnlyTighten: [], lifecycle: null, groups: [], pilots: null, paused: null },
    ...{ maxNewFailures: null, maxWritesPerHour: null, approvers: null, maxDays: null, notCheckable: null },
  };
  const silent = { extends: null, checkName: null, mayLoosen: null, mayOverride: null, readers: [], governance };
  return { ...silent, file: { ...file, layer: 'group' }, certification, rules };
}

/** What a group goes by that is not known of the repository, in words. */
function missing(where: Where, traits: Traits, lifecycle: Lifecycle | null): readonly string[] {
  const isByProperty = where.stages !== undefined && lifecycle?.property !== undefined;
  return [
    ...(where.topics && traits.topics === undefined ? ['its topics'] : []),
    ...((where.properties ?? isByProperty) && traits.properties === undefined ? ['its custom properties'] : []),
    ...(where.visibility && traits.visibility === undefined ? ['its visibility'] : []),
    ...(where.languages && traits.language === undefined ? ['its language'] : []),
  ];
}

type Place = Pick<Problem, 'source' | 'line' | 'column' | 'path'>;

function untold(what: 'group' | 'pilot', name: string, lacking: readonly string[], at: Place): Problem {
  const message = `Whether the repository belongs to the ${what} "${name}" cannot be told, so the ${what} does not hold here: ${lacking.join(' and ')} could not be read.`;
  const hint = 'Give Steward the permission to read it, or name the repository under "names".';
  return { ...at, severity: 'notice', message, hint };
}
