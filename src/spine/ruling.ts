/** What a subject is judged by: the policy in force with its waivers, and what is to be told of a new one. Part of the spine. */
import type { Contribution, Repository } from '../facts/source.ts';
import type { Judged, Subject } from '../facts/subject.ts';
import { holding, type Holding } from './hold.ts';
import { byBranch } from '../policy/by-branch.ts';
import { inForce, type InForce, type OccasionOf } from '../policy/in-force.ts';
import type { Library, PolicyFiles } from '../policy/library.ts';
import { needsProperties } from '../policy/groups.ts';
import type { WaiverTerms } from '../policy/managed.ts';
import { momentsOf } from '../policy/dates.ts';
import { historyFrom } from '../policy/waivers/in-force.ts';
import type { Waivers } from '../policy/waivers/waiver.ts';
import { traitsOf } from '../policy/where.ts';
import type { Ports, Reading } from './ports.ts';
import { lacking, strangers, type Lacking } from './lacking.ts';
import { propose } from './propose.ts';
import type { Circumstances } from '../verdict/verdict.ts';
import type { Report } from '../views/effects.ts';
import { waiversFor } from './waive.ts';

export interface Ruling {
  readonly inForce: InForce;
  readonly waivers: Waivers;
  /** What is said of the policy files of the judged repository, on its commit. */
  readonly reports: readonly Report[];
  /** `OWNER/REPO` of the policy repository, and whether it is the judged one. */
  readonly repository: string;
  readonly isHome: boolean;
  /** The default branch of the policy repository; null: it has none, or that is not known. */
  readonly branch: string | null;
  /** Everybody may read it, for certain. */
  readonly isPublic: boolean;
  /** False: there is no policy repository, or Steward does not see it. */
  readonly hasRepository: boolean;
  /** A pushed version that is held; null: none is. `newFailures` null: not everything could be judged in time. */
  readonly held: { readonly newFailures: number | null; readonly limit: number; readonly page: string | null } | null;
  /** Subjects to look at, because waivers changed or a policy was let in. */
  readonly concerned: readonly Subject[];
  /** Subjects to look at thoroughly, because a preview lacks answers about them. */
  readonly gather: readonly Subject[];
  /** Milliseconds until an approval is asked for again; null: none is open. */
  readonly later: number | null;
  /** Remembers what was read. To be called once the subjects are queued. */
  readonly settle: () => Promise<void>;
}

/** What is known of the subject before anything is asked of its policy. */
export interface Matter {
  readonly subject: Judged;
  readonly repository: Repository;
  readonly contribution: Contribution | null;
  readonly circumstances: Circumstances;
}

/** An approval that could not be told is asked for again after this time. */
const AGAIN = 10 * 60_000;

/** A pull request that is merged is told of separately, soon after the push that it comes with. */
const SECOND_LOOK = 60_000;

/** Reads what governs the subject, and judges what is proposed in its place. */
export async function rulingOf(matter: Matter, reading: Reading, ports: Ports): Promise<Ruling> {
  const { subject } = matter;
  const files = await reading.policyFiles();
  const repository = files.organizationSource.slice(0, files.organizationSource.indexOf(':'));
  const isHome = files.own === 'organization';
  const isHomeItself = isHome && subject.kind === 'repository';
  const waiversBy = (terms: WaiverTerms) =>
    waiversFor(reading, { owner: subject.owner, terms, repository, isHome: isHomeItself }, ports);
  const hold = holding({ subject, repository, waiversBy: async (terms) => (await waiversBy(terms)).waivers }, ports);
  const found = await inForce(
    files,
    library(matter, files, reading, hold, ports),
    ports.rules,
    ports.presets,
    occasionOf(matter, reading, ports),
  );
  const waived = await waiversBy(found.policy.waivers);
  const asked = { ...matter, inForce: found, waivers: waived.waivers, home: repository };
  const proposed = isHome && subject.kind === 'pull-request' ? await proposalOf(asked, subject.number, reading, ports) : null;
  const { proposal, lacks } = await withLacking(asked, proposed, ports);
  return {
    inForce: found,
    waivers: waived.waivers,
    reports: withHold(withProposal(found.reports, proposal), hold, matter, ports),
    branch: files.organizationBranch ?? null,
    isPublic: files.isOrganizationPublic === true,
    hasRepository: files.hasPolicyRepository,
    ...{ repository, isHome },
    settle: async () => {
      await hold.settle();
      await waived.settle();
    },
    held: heldBy(hold, ports),
    gather: lacks.subjects,
    concerned: [...waived.concerned, ...(hold.isFresh() ? [{ kind: 'owner', owner: subject.owner } as const] : [])],
    later: isHomeItself
      ? soonest([
          ...(waived.isOpen ? [AGAIN] : []),
          ...(hold.isNewlyHeld() ? [SECOND_LOOK] : []),
          ...marksAhead(waived.waivers, ports.now()),
        ])
      : lacks.later,
  };
}

/** Milliseconds until administrators are to be told something else of a waiver: some days before its end, then, and when it is history. */
function marksAhead({ granted, ended }: Waivers, now: Date): readonly number[] {
  const moments = [...granted.flatMap(({ ends }) => momentsOf(ends, now)).map(Date.parse), ...ended.map(historyFrom)];
  return moments.map((moment) => moment - now.getTime()).filter((time) => time > 0);
}

/** The shortest of several waits; null: nothing is waited for. */
export function soonest(waits: readonly (number | null)[]): number | null {
  return waits.reduce((one, other) => (one === null || other === null ? (one ?? other) : Math.min(one, other)), null);
}

/** Custom properties cost a call, so they are asked for only where a group or the lifecycle is told by them. */
function occasionOf({ repository, contribution }: Matter, reading: Reading, { now }: Ports): OccasionOf {
  return async (documents) => {
    const asked = needsProperties(documents) ? await reading.properties() : null;
    const traits = traitsOf(repository, asked?.known === true ? asked.value : undefined);
    return { now: now(), traits, isFirst: contribution?.isFirst ?? null };
  };
}

function library(
  { circumstances, contribution }: Matter,
  files: PolicyFiles,
  reading: Reading,
  { admits }: Holding,
  { memory }: Ports,
): Library {
  const { baseRef, defaultBranch } = circumstances;
  const isDefault = baseRef === null || baseRef === defaultBranch;
  return {
    ...byBranch(memory, files.repositorySource, isDefault ? null : baseRef),
    history: (file) => reading.policyHistory(file),
    shared: (reference) => reading.sharedPolicy(reference),
    admits,
    trustsProposal: contribution?.isFromSameRepository === true,
  };
}

type Proposal = Omit<Report, 'version'>;

async function proposalOf(
  {
    repository,
    contribution,
    inForce: found,
    waivers,
    subject,
    home,
  }: Matter & { readonly inForce: InForce; readonly waivers: Waivers; readonly home: string },
  number: number,
  reading: Reading,
  ports: Ports,
): Promise<Proposal | null> {
  const { owner, repo } = subject;
  return propose(
    reading,
    {
      subject: { kind: 'pull-request', owner, repo, number },
      author: contribution?.author?.login ?? null,
      ...{ inForce: found, waivers, repository: home },
      isPublic: !repository.isPrivate,
      isTrusted: contribution?.isFromSameRepository === true,
    },
    ports,
  );
}

/**
 * The proposal with what it lacks. Only for those who may write in the policy repository: a stranger must not find out which private
 * repositories there are, nor give work.
 */
async function withLacking(
  { subject, contribution, inForce: { proposed } }: Matter & { readonly inForce: InForce },
  proposal: Proposal | null,
  { memory, now }: Ports,
): Promise<{ readonly proposal: Proposal | null; readonly lacks: Lacking }> {
  const nothing = { subjects: [], later: null };
  if (!proposal || subject.kind !== 'pull-request' || contribution?.isFromSameRepository !== true)
    return { proposal, lacks: nothing };
  const own = (proposed ?? []).filter(({ file }) => file.layer === 'organization');
  const problems = [...proposal.problems, ...(await strangers(subject.owner, own, memory))];
  const { preview } = proposal;
  if (!preview) return { proposal: { ...proposal, problems }, lacks: nothing };
  const lacks = await lacking(preview.preview, { subject, sha: contribution.headSha, now: now() }, memory);
  const gathering = lacks.subjects.length;
  return { proposal: { ...proposal, problems, preview: { ...preview, ...(gathering > 0 ? { gathering } : {}) } }, lacks };
}

/** A proposal of waivers or tests alone has a report of its own. */
function withProposal(reports: readonly Report[], proposal: Proposal | null): readonly Report[] {
  if (!proposal) return reports;
  const own = reports.find(({ version }) => version === 'proposed') ?? { version: 'proposed', problems: [] };
  const whole = { ...own, ...proposal, problems: [...own.problems, ...proposal.problems] };
  return [...reports.filter(({ version }) => version !== 'proposed'), whole];
}

/** What was decided about a version that was pushed is said on its commit. */
function withHold(
  reports: readonly Report[],
  hold: Holding,
  { repository }: Matter,
  { previewPage = () => null }: Ports,
): readonly Report[] {
  const decided = hold.decided();
  if (!decided) return reports;
  const { preview, id, limit, isHeld } = decided;
  const told = {
    preview,
    limit,
    isHeld,
    page: previewPage(id, 'html'),
    csv: previewPage(id, 'csv'),
    isPublic: !repository.isPrivate,
  };
  return reports.map((report) => (report.version === 'current' ? { ...report, preview: told } : report));
}

function heldBy(hold: Holding, { previewPage = () => null }: Ports): Ruling['held'] {
  const decided = hold.decided();
  if (!decided?.isHeld) return null;
  const { preview, limit, id } = decided;
  return { newFailures: preview.stopped ? null : preview.newFailuresLater, limit, page: previewPage(id, 'html') };
}
