/** The waivers in force for an evaluation: read once for a tree of the folder, approved once for a content. Part of the spine. */
import { known, type Answer } from '../facts/answer.ts';
import type { Judged } from '../facts/subject.ts';
import type { WaiverTerms } from '../policy/managed.ts';
import type { PolicyFile } from '../policy/policy.ts';
import { isNamed } from '../policy/where.ts';
import { entitled } from '../policy/waivers/entitled.ts';
import { waiversInForce } from '../policy/waivers/in-force.ts';
import { parseWaiver } from '../policy/waivers/parse.ts';
import { NO_WAIVERS, WAIVERS_FOLDER, type Approval, type KeptWaiver, type Waivers } from '../policy/waivers/waiver.ts';
import type { Ports, Reading, WaiverFiles } from './ports.ts';

/** What the waivers of an organization are read with. */
export type WaiverPorts = Pick<Ports, 'platform' | 'memory' | 'rules' | 'now'>;

export interface Wanted {
  readonly owner: string;
  readonly terms: WaiverTerms;
  /** The policy repository as it is called, `OWNER/REPO`: what is remembered of it counts while it cannot be seen. */
  readonly repository: string;
  /** The subject is the policy repository itself: approvals that are not settled are asked for again. */
  readonly isHome: boolean;
}

export interface Waived {
  readonly waivers: Waivers;
  /** Subjects that waivers concern which came, went or were approved since the folder was read last. */
  readonly concerned: readonly Judged[];
  /** Remembers the folder. To be called once the subjects are queued: a crash before reads it again. */
  readonly settle: () => Promise<void>;
  /** The folder could not be read just now, or some approval not be told. */
  readonly isOpen: boolean;
}

/** The organization's waivers. What cannot be read now is what was read last; an approval that is not known does not count. */
export async function waiversFor(reading: Reading, wanted: Wanted, ports: WaiverPorts): Promise<Waived> {
  const { memory, rules, now } = ports;
  const granted = (kept: readonly KeptWaiver[]): Waivers =>
    kept.length === 0 ? NO_WAIVERS : waiversInForce(kept, wanted.terms, rules, now());
  const settled = (kept: readonly KeptWaiver[]): Waived => ({
    ...{ waivers: granted(kept), concerned: [], settle: () => Promise.resolve(), isOpen: kept.some(isUnknown) },
  });
  const folder = await reading.waiverFolder();
  if (!folder.known) return { ...settled(await memory.lastWaivers(wanted.repository)), isOpen: true };
  const { repository, tree } = folder.value ?? { repository: wanted.repository, tree: NO_TREE };
  const there = await memory.waivers(repository, tree);
  if (there && !(wanted.isHome && there.some((one) => isUnsettled(one, wanted.terms)))) return settled(there);
  const before = await memory.lastWaivers(repository);
  if (folder.value === null && before.length === 0) return settled([]);
  const read = there ? known({ files: there.map(({ file }) => file) }) : await filesOf(folder.value === null, reading);
  if (!read.known) return { ...settled(before), isOpen: true };
  if ('flaw' in read.value) return flawed(settled(before), read.value, repository);
  const { kept, isOpen } = await withApprovals(read.value.files, before, { ...wanted, repository }, ports);
  const changed = changedFiles(before, kept);
  return {
    waivers: granted(kept),
    concerned: changed.length === 0 ? [] : await concernedBy(changed, wanted.owner, ports),
    settle: () => memory.keepWaivers(repository, tree, kept),
    isOpen,
  };
}

/** Stands for the tree of a folder that is not there: git's own id of an empty tree. */
const NO_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

async function filesOf(isGone: boolean, reading: Reading): Promise<Answer<WaiverFiles>> {
  return isGone ? known({ files: [] }) : reading.waiverFiles();
}

/** Where the folder cannot be used, what was read last goes on, and administrators are told. */
function flawed(last: Waived, { flaw, hint }: Extract<WaiverFiles, { flaw: string }>, repository: string): Waived {
  const message = `${flaw} Until that is mended, the waivers that were read last count, each to its last day, and no new one does.`;
  const at = { source: `${repository}:${WAIVERS_FOLDER}`, line: 1, column: 1, path: '' };
  const problems = [{ ...at, severity: 'error', message, hint } as const, ...last.waivers.problems];
  return { ...last, waivers: { ...last.waivers, problems } };
}

/** Approvals that are settled for a content stay; the others are asked for together. Open: GitHub could not tell of one. */
async function withApprovals(
  files: readonly PolicyFile[],
  before: readonly KeptWaiver[],
  { terms, repository, isHome }: Wanted,
  { platform, rules }: WaiverPorts,
): Promise<{ readonly kept: readonly KeptWaiver[]; readonly isOpen: boolean }> {
  const stays = (one: KeptWaiver): boolean => (isHome ? !isUnsettled(one, terms) : !isUnknown(one));
  const known = new Map(before.filter(stays).map((kept) => [keyOf(kept.file), kept.approval]));
  const open = files.flatMap((file) => {
    const { waiver } = parseWaiver(file, rules);
    return known.has(keyOf(file)) || !waiver || file.oid === null ? [] : [{ file, approver: waiver.approver, oid: file.oid }];
  });
  const asked = open.map(({ file, approver, oid }) => ({ path: pathOf(file), oid, approver, approvers: terms.approvers }));
  const [owner = '', repo = ''] = repository.split('/');
  const told = asked.length === 0 ? [] : await platform.approvals({ owner, repo }, asked);
  const answers = told.map((one): Approval => (one.state === 'unknown' ? one : { ...one, terms: terms.approvers }));
  const last = new Map(before.map(({ file, approval }) => [keyOf(file), approval]));
  const fresh = new Map(open.map(({ file }, index) => [keyOf(file), firmer(last.get(keyOf(file)), answers[index])]));
  return {
    kept: files.map((file) => ({ file, approval: known.get(keyOf(file)) ?? fresh.get(keyOf(file)) ?? UNREAD })),
    isOpen: answers.some(({ state }) => state === 'unknown'),
  };
}

/** What was once told is not open because GitHub does not answer now. */
function firmer(before: Approval | undefined, now: Approval | undefined): Approval | undefined {
  return before && now?.state === 'unknown' ? before : now;
}

const UNREAD: Approval = { state: 'refused', reason: 'the file cannot be read as a waiver' };

/** Who may approve can change: what was refused, or given by another list, is asked for again when the policy repository is looked at. */
function isUnsettled({ approval }: KeptWaiver, terms: WaiverTerms): boolean {
  return approval.state !== 'approved' || entitled(approval, terms) === 'ask';
}

function isUnknown({ approval }: KeptWaiver): boolean {
  return approval.state === 'unknown';
}

/** Approved contents that came or are gone: what is not approved covers nothing, so it concerns nobody. */
function changedFiles(before: readonly KeptWaiver[], after: readonly KeptWaiver[]): readonly PolicyFile[] {
  const [old, present] = [approvedFiles(before), approvedFiles(after)];
  return [...without(old, present), ...without(present, old)];
}

function approvedFiles(kept: readonly KeptWaiver[]): ReadonlyMap<string, PolicyFile> {
  const approved = kept.filter(({ approval }) => approval.state === 'approved');
  return new Map(approved.map(({ file }) => [keyOf(file), file]));
}

function without(files: ReadonlyMap<string, PolicyFile>, others: ReadonlyMap<string, PolicyFile>): readonly PolicyFile[] {
  return [...files].flatMap(([key, file]) => (others.has(key) ? [] : [file]));
}

async function concernedBy(
  files: readonly PolicyFile[],
  owner: string,
  { memory, rules }: WaiverPorts,
): Promise<readonly Judged[]> {
  const globs = new Set(files.flatMap((file) => parseWaiver(file, rules).waiver?.scope.repositories ?? []));
  if (globs.size === 0) return [];
  const subjects = await memory.storedSubjects(owner);
  return subjects.filter(({ repo }) => [...globs].some((glob) => isNamed(glob, repo)));
}

function keyOf({ source, oid }: PolicyFile): string {
  return `${source} ${oid ?? ''}`;
}

function pathOf({ source }: PolicyFile): string {
  return source.slice(source.indexOf(':') + 1);
}
