/** Holding a new version of the organization's policy until it is known what it would change. Part of the spine. */
import type { Judged } from './facts/subject.ts';
import type { Library, NewVersion } from './policy/library.ts';
import type { Document } from './policy/parse.ts';
import { resolve } from './policy/resolve.ts';
import { waiversInForce } from './policy/waivers/in-force.ts';
import type { Waivers } from './policy/waivers/waiver.ts';
import type { Ports } from './ports.ts';
import { preview } from './preview.ts';
import type { Preview } from './verdict/preview.ts';

/** What came of a version that was not in force yet. */
export interface Decided {
  readonly isHeld: boolean;
  readonly preview: Preview;
  /** Where the preview is kept. */
  readonly id: string;
  readonly limit: number;
}

export interface Holding {
  readonly admits: NonNullable<Library['admits']>;
  /** What was decided now or before about the version that is there; null: none was in question, or nobody has decided yet. */
  readonly decided: () => Decided | null;
  /** A version was let in just now: everything that the policy governs is to be looked at. */
  readonly isFresh: () => boolean;
}

export type HoldPorts = Pick<Ports, 'platform' | 'memory' | 'rules' | 'presets' | 'now'>;

/**
 * Decides on new versions where the policy in force has a limit (`maxNewFailures`). It is decided once for a content, by the
 * evaluation of the policy repository itself; until then the last good version stays in force.
 */
export function holding(subject: Judged, repository: string, ports: HoldPorts): Holding {
  let decided: Decided | null = null;
  let isFresh = false;
  const isHome = subject.kind === 'repository' && `${subject.owner}/${subject.repo}`.toLowerCase() === repository.toLowerCase();
  return {
    decided: () => decided,
    isFresh: () => isFresh,
    admits: async (version) => {
      const { memory } = ports;
      const limit = limitBetween(version.goodDocuments, version.documents, ports);
      const { file } = version;
      if (limit === null || file.oid === null) return true;
      const kept = await memory.admission(file.source, file.oid);
      if (kept?.state === 'admitted') return true;
      if (!isHome) return false;
      decided = await decide(subject.owner, repository, version, limit, ports);
      await memory.admit(file.source, file.oid, { state: decided.isHeld ? 'held' : 'admitted', preview: decided.id });
      isFresh = !decided.isHeld;
      return isFresh;
    },
  };
}

/**
 * How many repositories may newly fail: what is in force says, or more where the new version says more, so that who means it
 * says so in the same change. Null: there is no limit.
 */
export function limitBetween(
  before: readonly Document[],
  after: readonly Document[],
  { rules, presets }: Pick<Ports, 'rules' | 'presets'>,
): number | null {
  const limitOf = (documents: readonly Document[]) => resolve(documents, rules, presets).policy.limits.maxNewFailures;
  const limit = limitOf(before);
  return limit === null ? null : Math.max(limit, limitOf(after) ?? 0);
}

async function decide(
  owner: string,
  repository: string,
  { file, documents, good, goodDocuments }: NewVersion,
  limit: number,
  ports: HoldPorts,
): Promise<Decided> {
  const waivers = await lastWaivers(repository, goodDocuments, ports);
  const before = { documents: goodDocuments, oid: good.oid, waivers };
  const change = { owner, before, after: { documents, oid: file.oid, waivers } };
  const found = await ports.platform.withoutCalls(() => preview(change, ports));
  return { isHeld: found.newFailures > limit, preview: found, id: await ports.memory.keepPreview(found), limit };
}

async function lastWaivers(
  repository: string,
  documents: readonly Document[],
  { memory, rules, presets, now }: HoldPorts,
): Promise<Waivers> {
  const { waivers: terms } = resolve(documents, rules, presets).policy;
  return waiversInForce(await memory.lastWaivers(repository), terms, rules, now());
}
