/** The waivers as a pull request on the policy repository would have them, and what is wrong with its own. Part of the spine. */
import type { PullRequestSubject } from '../facts/subject.ts';
import type { WaiverTerms } from '../policy/managed.ts';
import type { PolicyFile, Problem } from '../policy/policy.ts';
import { waiversInForce } from '../policy/waivers/in-force.ts';
import { parseWaiver } from '../policy/waivers/parse.ts';
import {
  hopedApproval,
  mayApprove,
  openApprover,
  teamsAmong,
  unknownRepositories,
  type Prospect,
} from '../policy/waivers/proposed.ts';
import { WAIVERS_FOLDER, type KeptWaiver, type Waivers } from '../policy/waivers/waiver.ts';
import type { Ports, Reading } from './ports.ts';
import { proposedFile, proposedWaiverFiles, type Proposed } from './proposed-files.ts';

/** A proposal that changes something in the folder of waivers. */
export interface ProposingWaivers {
  readonly subject: PullRequestSubject;
  /** The login of whoever opened it; null: not known. */
  readonly author: string | null;
  /** `OWNER/REPO` of the policy repository. */
  readonly repository: string;
  /** By somebody who may write in the policy repository anyway. */
  readonly isTrusted: boolean;
  /** What it changes. */
  readonly paths: readonly string[];
  /** As they would be. */
  readonly terms: WaiverTerms;
}

type ProposedPorts = Pick<Ports, 'platform' | 'memory' | 'rules' | 'now'>;

export interface ProposedWaivers {
  readonly waivers: Waivers;
  readonly problems: readonly Problem[];
}

/**
 * The waivers as they would be: new ones count as if they were approved, for that is what the pull request is for. Those that
 * are known by their content are not read, and of a stranger's proposal only what it brings, and not too many. Null: not known.
 */
export async function proposedWaivers(
  reading: Reading,
  proposing: ProposingWaivers,
  ports: ProposedPorts,
): Promise<ProposedWaivers | null> {
  const { subject, author, repository, isTrusted, paths, terms } = proposing;
  const { memory, rules, now } = ports;
  const found = await proposedWaiverFiles(reading);
  if (!found.known) return null;
  const kept = await memory.lastWaivers(repository);
  const settled = new Map(kept.map((one) => [`${one.file.source} ${one.file.oid ?? ''}`, one]));
  const settledAt = ({ path, oid }: Proposed) => settled.get(`${repository}:${path} ${oid}`);
  const open = found.value.filter((one) => !settledAt(one) && (isTrusted || paths.includes(one.path)));
  const most = isTrusted ? MOST_WAIVERS : MOST_OF_STRANGERS;
  const fresh = await Promise.all(open.slice(0, most).map((one) => proposedFile(reading, one, repository)));
  const prospect = await prospectOf(fresh, proposing, ports);
  const pull = { author, pull: subject.number, mergedAt: now().toISOString() };
  const hoped = fresh.map((file): KeptWaiver => {
    const { waiver } = parseWaiver(file, rules);
    return { file, approval: hopedApproval(waiver ?? { approver: '' }, prospect, pull) };
  });
  const stays = found.value.flatMap((one) => settledAt(one) ?? []);
  const waivers = waiversInForce([...stays, ...hoped], terms, rules, now());
  const problems = [
    ...ownProblems(fresh, waivers, ports),
    ...(await noticesOf(fresh, { ...proposing, prospect }, ports)),
    ...tooMany(found.value.length, repository),
    ...unreadOf(open, most, repository),
  ];
  return { waivers, problems };
}

/** What is wrong with new files. That a waiver ends soon is told later; of what is none, everything. */
function ownProblems(fresh: readonly PolicyFile[], { problems, ended }: Waivers, { rules }: ProposedPorts): readonly Problem[] {
  const sources = new Set(fresh.map(({ source }) => source));
  const unread = fresh.filter((file) => parseWaiver(file, rules).waiver === null);
  const whole = new Set([...ended, ...unread].map(({ source }) => source));
  return problems.filter(({ source, severity }) => sources.has(source) && (severity === 'error' || whole.has(source)));
}

/** Who belongs to the teams of approvers. It is asked only for somebody who may know it. */
async function prospectOf(
  fresh: readonly PolicyFile[],
  { subject, isTrusted, terms: { approvers } }: ProposingWaivers,
  { platform, rules }: ProposedPorts,
): Promise<Prospect> {
  const teams = teamsAmong(approvers);
  const named = new Set(fresh.flatMap((file) => parseWaiver(file, rules).waiver?.approver.toLowerCase() ?? []));
  const open = [...named].filter((one) => mayApprove(one, { approvers, members: null }) === null);
  if (!isTrusted || teams.length === 0 || open.length === 0) return { approvers, members: null };
  const told = await platform.inTeams(subject.owner, open, teams);
  return { approvers, members: told.known ? new Set(told.value) : null };
}

/** Which repositories there are is told only to somebody who may know it. */
async function noticesOf(
  fresh: readonly PolicyFile[],
  { subject, isTrusted, prospect }: ProposingWaivers & { readonly prospect: Prospect },
  { memory, rules }: ProposedPorts,
): Promise<readonly Problem[]> {
  const read = fresh.map((file) => parseWaiver(file, rules)).filter(({ waiver }) => waiver !== null);
  const stored = isTrusted && read.length > 0 ? await memory.storedSubjects(subject.owner) : [];
  const names = new Set(stored.map(({ repo }) => repo.toLowerCase()));
  return read.flatMap((one) =>
    one.waiver ? [...openApprover(one.waiver, one.places, prospect), ...unknownRepositories(one.waiver, one.places, names)] : [],
  );
}

/** Once merged, none of them would be read. */
function tooMany(count: number, repository: string): readonly Problem[] {
  if (count <= MOST_WAIVERS) return [];
  const message = `There are more than ${MOST_WAIVERS.toLocaleString('en')} waivers here, and then none of them is read anew.`;
  const at = { source: `${repository}:${WAIVERS_FOLDER}`, line: 1, column: 1, path: '' };
  return [{ ...at, severity: 'error', message, hint: 'Delete those that have ended.' }];
}

function unreadOf(open: readonly Proposed[], most: number, repository: string): readonly Problem[] {
  const first = open[most];
  if (!first || most === MOST_WAIVERS) return [];
  const message = `At most ${most} new waivers are read of a proposal from a fork, and the others are not looked at.`;
  const at = { source: `${repository}:${first.path}`, line: 1, column: 1, path: '' };
  return [{ ...at, severity: 'notice', message, hint: 'Somebody who may write in this repository can push the branch here.' }];
}

const MOST_WAIVERS = 2_000;
const MOST_OF_STRANGERS = 50;
