/** Holding a new version of the organization's policy until it is known what it would change. Part of the spine. */
import type { Judged } from '../facts/subject.ts';
import type { Library, NewVersion } from '../policy/library.ts';
import type { WaiverTerms } from '../policy/managed.ts';
import type { Document } from '../policy/parse.ts';
import { resolve } from '../policy/resolve.ts';
import type { Waivers } from '../policy/waivers/waiver.ts';
import type { Ports } from './ports.ts';
import { preview } from './preview/preview.ts';
import { exceeds, type Preview } from '../verdict/preview.ts';

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
  /** What was decided just now about the version that is there; null: none was in question, or it was decided before. */
  readonly decided: () => Decided | null;
  /** A version is let in by this evaluation: everything that the policy governs is to be looked at. */
  readonly isFresh: () => boolean;
  /** A version was held for the first time: worth a second look, for what is merged with it may still count as open. */
  readonly isNewlyHeld: () => boolean;
  /** Remembers the version that was let in as the good one. To be called once the subjects are queued. */
  readonly settle: () => Promise<void>;
}

export type HoldPorts = Pick<Ports, 'platform' | 'memory' | 'rules' | 'presets' | 'now'>;

/** Where a version is decided on. */
export interface Court {
  readonly subject: Judged;
  /** `OWNER/REPO` of the policy repository. */
  readonly repository: string;
  /** The waivers that are in force now, by what a policy says of them. */
  readonly waiversBy: (terms: WaiverTerms) => Promise<Waivers>;
}

/**
 * Decides on new versions where the policy in force has a limit (`maxNewFailures`). The evaluation of the policy repository
 * itself decides, on what was pushed and by the waivers in force; until then the last good version stays in force. What it
 * lets in counts for everybody at once, and is the good version once all are queued that it governs: a crash before repeats that.
 */
export function holding(court: Court, ports: HoldPorts): Holding {
  const { subject, repository } = court;
  let [decided, passed, isNewlyHeld]: [Decided | null, NewVersion | null, boolean] = [null, null, false];
  const isHome = subject.kind === 'repository' && `${subject.owner}/${subject.repo}`.toLowerCase() === repository.toLowerCase();
  return {
    decided: () => decided,
    isFresh: () => passed !== null,
    isNewlyHeld: () => isNewlyHeld,
    admits: async (version) => {
      const { memory } = ports;
      const limit = limitBetween(version.goodDocuments, version.documents, ports);
      if (limit === null) return 'good';
      const key = questionOf(version, limit);
      const kept = key === null ? null : await memory.admission(version.file.source, key);
      if (kept?.state !== 'admitted') {
        if (!isHome) return kept === null ? 'awaited' : 'held';
        decided = await decide(court, version, limit, ports);
        const state = decided.isHeld ? 'held' : 'admitted';
        if (key !== null) await memory.admit(version.file.source, key, { state, preview: decided.id });
        isNewlyHeld = decided.isHeld && kept === null;
        if (decided.isHeld) return 'held';
      }
      if (isHome) passed = version;
      return 'admitted';
    },
    settle: async () => {
      if (passed) await ports.memory.keepGoodPolicy(passed.file);
    },
  };
}

/**
 * What is decided on: this policy in place of that one as long as it is the good one, within this limit. The same text after
 * another policy, within another limit, or once more later is another question. Null: it cannot be named, so it is decided anew.
 */
function questionOf({ file, documents, good, goodDocuments }: NewVersion, limit: number): string | null {
  if (file.oid === null || good.oid === null) return null;
  const texts = (all: readonly Document[]): string => all.map((one) => one.file.oid ?? one.file.source).join('+');
  return `${good.commit ?? ''}:${texts(goodDocuments)}..${texts(documents)} ${limit}`;
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
  { subject: { owner }, waiversBy }: Court,
  { file, documents, good, goodDocuments }: NewVersion,
  limit: number,
  ports: HoldPorts,
): Promise<Decided> {
  const waiversOf = (all: readonly Document[]) => waiversBy(resolve(all, ports.rules, ports.presets).policy.waivers);
  const before = { documents: goodDocuments, oid: good.oid, waivers: await waiversOf(goodDocuments) };
  const after = { documents, oid: file.oid, waivers: await waiversOf(documents) };
  const found = await ports.platform.withoutCalls(() => preview({ owner, before, after }, ports));
  return { isHeld: exceeds(found, limit), preview: found, id: await ports.memory.keepPreview(found), limit };
}
