/** What a pull request on the policy repository proposes: a policy, waivers, tests. Judged before anybody merges it. Part of the spine. */
import { known, type Answer } from './facts/answer.ts';
import type { Entry } from './facts/source.ts';
import type { PullRequestSubject } from './facts/subject.ts';
import { limitBetween } from './hold.ts';
import type { InForce } from './policy/in-force.ts';
import { coveredPeople, missingPeople, namedPeople } from './policy/named-people.ts';
import type { PolicyFile, Problem } from './policy/policy.ts';
import { POLICY_PATH } from './policy/reference.ts';
import { resolve } from './policy/resolve.ts';
import { waiversInForce } from './policy/waivers/in-force.ts';
import { parseWaiver } from './policy/waivers/parse.ts';
import { NOT_A_FILE, WAIVERS_FOLDER, type KeptWaiver, type Waivers } from './policy/waivers/waiver.ts';
import type { Ports, Reading } from './ports.ts';
import { preview, type Rulebook } from './preview.ts';
import { runPolicyTests, type TestFile } from './verdict/policy-test.ts';
import type { Report } from './views/effects.ts';

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
  if (!paths.includes(POLICY_PATH) && !concerns(FOLDER)) return null;
  const { inForce } = proposing;
  const isRemoved = changes.known && changes.value.some(({ path, status }) => path === POLICY_PATH && status === 'removed');
  const documents = isRemoved ? [] : (inForce.proposed ?? inForce.organization);
  const hasPolicy = isRemoved || inForce.proposed !== null || !paths.includes(POLICY_PATH);
  const proposed = concerns(WAIVERS_FOLDER) ? await proposedWaivers(reading, proposing, ports) : null;
  const tests = hasPolicy ? await testFiles(reading, proposing.repository) : [];
  const run = tests.length === 0 ? null : await runPolicyTests(tests, documents, { ...ports, ...benchOf(proposing, ports) });
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

async function changeOf(
  { subject, inForce, waivers, isPublic }: Proposing,
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
  };
  const found = await ports.platform.withoutCalls(() => preview(change, ports));
  const limit = limitBetween(before, after, ports);
  const id = await memory.keepPreview(found);
  return { preview: found, page: previewPage(id, 'html'), csv: previewPage(id, 'csv'), limit, isPublic, isHeld: false };
}

function oidOf(documents: InForce['organization']): string | null {
  return documents.findLast(({ file }) => file.layer === 'organization')?.file.oid ?? null;
}

/** The waivers as they would be: new ones count as if they were approved, for that is what the pull request is for. */
async function proposedWaivers(
  reading: Reading,
  { subject, author, inForce, repository }: Proposing,
  { memory, rules, presets, now }: ProposePorts,
): Promise<{ readonly waivers: Waivers; readonly problems: readonly Problem[] } | null> {
  const files = await filesIn(reading, WAIVERS_FOLDER, /\.ya?ml$/, repository);
  if (!files.known) return null;
  const kept = await memory.lastWaivers(repository);
  const settled = new Map(kept.map((one) => [`${one.file.source} ${one.file.oid ?? ''}`, one]));
  const fresh = files.value.filter((file) => !settled.has(`${file.source} ${file.oid ?? ''}`));
  const sources = new Set(fresh.map(({ source }) => source));
  const at = now().toISOString();
  const hoped = fresh.flatMap((file): readonly KeptWaiver[] => {
    const { waiver } = parseWaiver(file, rules);
    const by = { login: waiver?.approver ?? '', accountId: 0 };
    const pull = { author, pull: subject.number, url: '', mergedAt: at };
    return [{ file, approval: { state: 'approved', by, ...pull } }];
  });
  const stays = files.value.flatMap((file) => settled.get(`${file.source} ${file.oid ?? ''}`) ?? []);
  const { waivers: terms } = resolve(inForce.proposed ?? inForce.organization, rules, presets).policy;
  const waivers = waiversInForce([...stays, ...hoped], terms, rules, now());
  const past = new Set(waivers.ended.map(({ source }) => source));
  const own = waivers.problems.filter(
    ({ source, severity }) => sources.has(source) && (severity === 'error' || past.has(source)),
  );
  return { waivers, problems: [...own, ...tooMany(files.value, repository)] };
}

/** Once merged, none of them would be read. */
function tooMany(files: readonly PolicyFile[], repository: string): readonly Problem[] {
  if (files.length <= MOST_FILES) return [];
  const message = `There are more than ${MOST_FILES.toLocaleString('en')} waivers here, and then none of them is read anew.`;
  const at = { source: `${repository}:${WAIVERS_FOLDER}`, line: 1, column: 1, path: '' };
  return [{ ...at, severity: 'error', message, hint: 'Delete those that have ended.' }];
}

/** Policy tests lie beside the policy, or below its folder. */
async function testFiles(reading: Reading, repository: string): Promise<readonly TestFile[]> {
  const found = await Promise.all(
    ['.github', '.github/steward', '.github/steward/tests'].map((folder) =>
      filesIn(reading, folder, /\.test\.ya?ml$/, repository),
    ),
  );
  return found.flatMap((files) => (files.known ? files.value : []));
}

/** The files of a folder at the head; a link is not followed. Of waivers also what is no file, so that it is told. */
async function filesIn(
  reading: Reading,
  folder: string,
  named: RegExp,
  repository: string,
): Promise<Answer<readonly PolicyFile[]>> {
  const listing = await reading.directory('head', folder);
  if (!listing.known) return listing;
  const isMeant = ({ name, kind }: Entry): boolean => (kind === 'file' ? named.test(name) : folder === WAIVERS_FOLDER);
  const entries = (listing.value ?? []).filter(isMeant).slice(0, MOST_FILES + 1);
  const textOf = ({ kind, oid }: Entry): Promise<Answer<string>> =>
    kind === 'file' ? reading.text('head', oid) : Promise.resolve(known(NOT_A_FILE));
  const files = await Promise.all(
    entries.map(async (entry) => fileOf(`${repository}:${folder}/${entry.name}`, entry.oid, await textOf(entry))),
  );
  return known(files);
}

/** A NUL makes the parser say that it is no text. */
function fileOf(source: string, oid: string, text: Answer<string>): PolicyFile {
  return { layer: 'organization', source, commit: null, oid, text: text.known ? text.value : '\0' };
}

const MOST_FILES = 2_000;

/** A stranger's test must not tell what stands in a private repository. */
function benchOf({ subject, isTrusted }: Proposing, { memory, now }: ProposePorts) {
  return {
    now: now(),
    recorded: async (repo: string) => {
      const stored = await memory.facts({ kind: 'repository', owner: subject.owner, repo });
      const about = stored?.facts['repository'];
      const isPublic = about?.known === true && (about.value as { isPrivate?: unknown }).isPrivate === false;
      return stored && (isTrusted || isPublic) ? new Map(Object.entries(stored.facts)) : null;
    },
  };
}
