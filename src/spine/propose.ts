/** What a pull request on the policy repository proposes: a policy, waivers, tests. Judged before anybody merges it. Part of the spine. */
import { repository as repositoryQuestion } from '../facts/repository.ts';
import { subjectKey, type PullRequestSubject } from '../facts/subject.ts';
import { limitBetween } from './hold.ts';
import type { InForce } from '../policy/in-force.ts';
import type { WaiverTerms } from '../policy/managed.ts';
import { coveredPeople, missingPeople, namedPeople } from '../policy/named-people.ts';
import type { Problem } from '../policy/policy.ts';
import { POLICY_PATH } from '../policy/reference.ts';
import { resolve } from '../policy/resolve.ts';
import { WAIVERS_FOLDER, type Waivers } from '../policy/waivers/waiver.ts';
import type { Ports, Reading } from './ports.ts';
import { preview, type Rulebook } from './preview/preview.ts';
import { isPolicyTest, proposedFile, proposedTests, removesPolicy } from './proposed-files.ts';
import { proposedWaivers } from './proposed-waivers.ts';
import { MAX_FILES, runPolicyTests, type TestRun } from '../verdict/policy-test.ts';
import type { Bench } from '../verdict/policy-test-bench.ts';
import type { Report } from '../views/effects.ts';

export interface Proposing {
  readonly subject: PullRequestSubject;
  /** The login of whoever opened it; null: not known. */
  readonly author: string | null;
  readonly inForce: InForce;
  readonly waivers: Waivers;
  /** `OWNER/REPO` of the policy repository, and whether everybody may read it. */
  readonly repository: string;
  readonly isPublic: boolean;
  /** By somebody who may write in the policy repository anyway. */
  readonly isTrusted: boolean;
}

export type ProposePorts = Pick<Ports, 'platform' | 'memory' | 'rules' | 'presets' | 'now' | 'previewPage'>;

/** What the check `Steward policy` says of a proposal beside the problems of the policy file; null: nothing of it is proposed. */
export async function propose(
  reading: Reading,
  proposing: Proposing,
  ports: ProposePorts,
): Promise<Omit<Report, 'version'> | null> {
  const changes = await reading.changes();
  const paths = changes.known ? changes.value.map(({ path }) => path) : [POLICY_PATH, `${WAIVERS_FOLDER}/`];
  const concerns = (folder: string): boolean => paths.some((path) => path.startsWith(folder));
  const isRemoved = await removesPolicy(reading, changes);
  if (!isRemoved && !paths.includes(POLICY_PATH) && !concerns(FOLDER) && !paths.some(isPolicyTest)) return null;
  const { inForce } = proposing;
  const documents = isRemoved ? [] : (inForce.proposed ?? inForce.organization);
  const hasPolicy = isRemoved || inForce.proposed !== null || !paths.includes(POLICY_PATH);
  const proposed = concerns(WAIVERS_FOLDER)
    ? await proposedWaivers(reading, { ...proposing, paths, terms: termsOf(proposing, ports) }, ports)
    : null;
  const run = hasPolicy ? await testRun(reading, { ...proposing, documents }, ports) : null;
  const change = hasPolicy
    ? await changeOf(proposing, { documents, waivers: proposed?.waivers ?? proposing.waivers }, ports)
    : null;
  const people = proposing.isTrusted ? await unknownPeople(proposing, proposed?.waivers ?? null, ports) : [];
  return {
    problems: [...(proposed?.problems ?? []), ...(run?.problems ?? []), ...people],
    ...(change ? { preview: change } : {}),
    ...(run ? { tests: run } : {}),
  };
}

/** Who may approve waivers, and for how long, as it would be. */
function termsOf({ inForce }: Proposing, { rules, presets }: ProposePorts): WaiverTerms {
  return resolve(inForce.proposed ?? inForce.organization, rules, presets).policy.waivers;
}

/** Whether people and teams exist. A stranger must not find out by a proposal which teams there are. */
async function unknownPeople(
  { subject, inForce }: Proposing,
  waivers: Waivers | null,
  { platform }: ProposePorts,
): Promise<readonly Problem[]> {
  const named = [...namedPeople(inForce.proposed ?? []), ...coveredPeople(waivers?.granted ?? [])];
  if (named.length === 0) return [];
  const missing = await platform.missing(subject.owner, [...new Set(named.map(({ name }) => name))].slice(0, MOST_NAMES));
  return missing.known ? missingPeople(named, missing.value) : [];
}

const MOST_NAMES = 100;

/** Everything beside the policy file lies in this folder. */
const FOLDER = '.github/steward/';

/** Milliseconds of work for a preview that anybody can ask for, with each push. */
const STRANGERS_BUDGET = 5_000;

async function changeOf(
  { subject, inForce, waivers, isPublic, isTrusted }: Proposing,
  proposed: Pick<Rulebook, 'documents' | 'waivers'>,
  ports: ProposePorts,
): Promise<NonNullable<Report['preview']>> {
  const { memory, previewPage = () => null } = ports;
  const [before, after] = [inForce.organization, proposed.documents];
  const change = {
    owner: subject.owner,
    before: { documents: before, oid: oidOf(before), waivers },
    after: { ...proposed, oid: oidOf(after) },
    proposal: subject,
    isPublicOnly: !isTrusted,
    ...(isTrusted ? {} : { budget: STRANGERS_BUDGET }),
  };
  const found = await ports.platform.withoutCalls(() => preview(change, ports));
  const limit = limitBetween(before, after, ports);
  const id = await memory.keepPreview(found, subjectKey(subject));
  return { preview: found, page: previewPage(id, 'html'), csv: previewPage(id, 'csv'), limit, isPublic, isHeld: false };
}

function oidOf(documents: InForce['organization']): string | null {
  return documents.findLast(({ file }) => file.layer === 'organization')?.file.oid ?? null;
}

/**
 * How the policy tests go; null: there are none. A stranger's proposal runs none: its cases could keep others waiting, and tell
 * by what they expect what a private policy says.
 */
async function testRun(
  reading: Reading,
  { documents, ...proposing }: Proposing & Pick<Rulebook, 'documents'>,
  ports: ProposePorts,
): Promise<TestRun | null> {
  const found = await proposedTests(reading);
  if (found.length === 0) return null;
  if (!proposing.isTrusted) return { results: [], problems: [], isWithheld: true };
  const { repository } = proposing;
  const read = await Promise.all(found.slice(0, MAX_FILES).map((one) => proposedFile(reading, one, repository)));
  const rest = found.slice(MAX_FILES).map(({ path }) => ({ source: `${repository}:${path}`, text: '' }));
  return runPolicyTests([...read, ...rest], documents, { ...ports, ...benchOf(proposing, ports) });
}

/** Milliseconds that the tests of a proposal may take in all. */
const TESTS_BUDGET = 20_000;

/** What is told on a public repository must not tell what stands in a private one, whoever asks. */
function benchOf({ subject, isPublic }: Proposing, { memory, now }: ProposePorts): Omit<Bench, 'rules' | 'presets'> {
  return {
    now: now(),
    recorded: async (repo: string) => {
      const stored = await memory.facts({ kind: 'repository', owner: subject.owner, repo });
      const about = stored?.facts[repositoryQuestion().key];
      const isOpen = about?.known === true && (about.value as { isPrivate?: unknown }).isPrivate === false;
      return stored && (isOpen || !isPublic) ? new Map(Object.entries(stored.facts)) : null;
    },
    breathe: () => new Promise((resume) => setImmediate(resume)),
    budget: { milliseconds: TESTS_BUDGET, clock: () => now().getTime() },
  };
}
