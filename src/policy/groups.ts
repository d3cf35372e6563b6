/** Groups: the parts of a policy file that hold for some repositories only, as layers of their own. */
import type { Document, WrittenGroup } from './document.ts';
import type { Lifecycle, Occasion, Pilot, Traits, Where } from './managed.ts';
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
  /** Names of the groups and pilots that the repository belongs to. */
  readonly groups: readonly string[];
  readonly pilots: readonly string[];
  /** A notice for each of them of which it cannot be told. */
  readonly problems: readonly Problem[];
}

/** Whether what documents say depends on custom properties, which cost a question of their own. */
export function needsProperties(documents: readonly Document[]): boolean {
  return documents.some(({ governance: { groups, lifecycle, pilots } }) => {
    const named = [...groups, ...(pilots?.value.map(({ value }) => value) ?? [])];
    return lifecycle?.value.property !== undefined || named.some(({ where }) => where.properties !== undefined);
  });
}

/** Puts the groups that match the repository of the occasion behind their files; without a repository none holds. */
export function grouped(
  documents: readonly Document[],
  pilots: readonly Pilot[],
  lifecycle: Lifecycle | null,
  occasion: Occasion | null,
): Grouped {
  const traits = occasion?.traits ?? null;
  if (!traits) return { layers: documents.map((document) => ({ document, group: null })), groups: [], pilots: [], problems: [] };
  const problems: Problem[] = [];
  const layers = documents.flatMap((document): readonly Layer[] => {
    const parts = groupLayers(document).filter(({ written: { name, where, line, column }, layer }) => {
      const isMeant = matches(where, traits, lifecycle);
      if (isMeant !== null) return isMeant;
      const path = `groups[${layer.group?.index ?? 0}]`;
      const lacking = missing(where, traits, lifecycle);
      problems.push(untold('group', name, lacking, { source: document.file.source, line, column, path }));
      return false;
    });
    return [{ document, group: null }, ...parts.map(({ layer }) => layer)];
  });
  const members = pilots.filter((pilot) => {
    const isMeant = matches(pilot.where, traits, lifecycle);
    const { source, line } = pilot.origin;
    const at = { source, line: line ?? 1, column: 1, path: 'pilots' };
    if (isMeant === null) problems.push(untold('pilot', pilot.name, missing(pilot.where, traits, lifecycle), at));
    return isMeant === true;
  });
  const names = layers.flatMap(({ group }) => (group ? [group.name] : []));
  return { layers, groups: [...new Set(names)], pilots: members.map(({ name }) => name), problems };
}

interface Part {
  readonly written: WrittenGroup;
  readonly layer: Layer;
}

/** Made once a document: previews resolve the same documents for thousands of repositories. */
const parts = new WeakMap<Document, readonly Part[]>();

function groupLayers(document: Document): readonly Part[] {
  const known = parts.get(document);
  if (known) return known;
  const made = document.governance.groups.map((written, index) => ({
    written,
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
