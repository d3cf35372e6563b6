/** The spine: facts in, verdict out, effects last. Every door (webhook, sweep, button, command line) ends here. */
import { known, unknown, type Answer } from './facts/answer.ts';
import { gather, interview } from './facts/gather.ts';
import type { Entry, KeptAgreement } from './facts/register.ts';
import type { Contribution, Observed, Register, Remembered, Repository } from './facts/source.ts';
import { subjectKey, type Group, type Judged, type Subject } from './facts/subject.ts';
import { byBranch } from './policy/by-branch.ts';
import { inForce, type Library, type PolicyFiles } from './policy/in-force.ts';
import type { PolicyFile, Presets } from './policy/policy.ts';
import type { AnyRule } from './rules/rule.ts';
import { judge, questionsOf } from './verdict/judge.ts';
import type { Decision, Said } from './verdict/said.ts';
import type { Circumstances, Verdict } from './verdict/verdict.ts';
import { effects } from './views/effects.ts';
import type { Effect, Present } from './views/effects.ts';
import { unjudged } from './views/unjudged.ts';

/** A source that also knows what governs the subject and what Steward already shows on it. */
export interface Reading extends Observed {
  policyFiles(): Promise<PolicyFiles>;
  present(): Promise<Present>;
  /** Earlier versions of a policy file, newest first, at most 20. */
  policyHistory(file: 'organization' | 'repository'): Promise<readonly PolicyFile[]>;
  /** A policy that `extends` names; `ref` null means the default branch. */
  sharedPolicy(reference: { owner: string; repo: string; path: string; ref: string | null }): Promise<Answer<PolicyFile>>;
}

/** Which facts are worth fetching in the first call. */
export interface Wants {
  readonly commits: boolean;
  readonly files: boolean;
}

/** Reads and writes GitHub for one evaluation at a time. */
export interface Platform {
  open(subject: Judged, wants: Wants): Promise<Reading>;
  /** Makes the effects true. Applied twice, nothing is sent the second time. */
  publish(subject: Judged, effects: readonly Effect[], present: Present): Promise<void>;
  /** The role of an account on a repository, asked of GitHub now; null: it has none, or the login belongs to another account. */
  permission(subject: Judged, person: { readonly login: string; readonly accountId: number }): Promise<string | null>;
  /** The text that an agreement's reference names, for an account: of a public repository, of one of its own, or of a web page. */
  agreementText(reference: string, reader: string): Promise<Answer<string>>;
  /** The subjects that a group stands for. */
  expand(group: Group): Promise<readonly Judged[]>;
}

/** What is remembered between evaluations. */
export interface Memory {
  /** What was said about the subject or about its commit, oldest first. */
  said(subject: Judged, sha: string): Promise<readonly Said[]>;
  decide(id: number, decision: Decision): Promise<void>;
  /** Those of the commits that were certified when they were merged in a repository of the owner, judged by these options. */
  certified(owner: string, shas: readonly string[], options: string): Promise<readonly string[]>;
  /** A version of an agreement as it was first read. */
  agreement(agreement: string, version: string): Promise<KeptAgreement | null>;
  /** Keeps a version; one that is kept already stays as it is. */
  keepAgreement(kept: KeptAgreement): Promise<void>;
  /** Signatures by these accounts and the companies that signed, by the agreements' names in the register. */
  register(agreements: readonly string[], accountIds: readonly number[]): Promise<Register>;
  /** Adds an entry; false: an entry with this evidence is there already. */
  enter(entry: Entry): Promise<boolean>;
  /** Pull requests whose last verdict waits for this account to sign. */
  awaiting(accountId: number): Promise<readonly Judged[]>;
  /** The last version of a policy file that parsed. */
  goodPolicy(source: string): Promise<PolicyFile | null>;
  keepGoodPolicy(file: PolicyFile): Promise<void>;
  /** Latest verdicts on a commit, of pull requests of this repository. */
  verdictsAt(owner: string, repo: string, sha: string): Promise<readonly Verdict[]>;
  lastVerdict(subject: Judged): Promise<Verdict | null>;
  keepVerdict(verdict: Verdict): Promise<void>;
  /** Answers to all repository rules' questions, by question key. */
  keepFacts(subject: Judged, sha: string, facts: Readonly<Record<string, Answer<unknown>>>): Promise<void>;
}

export interface Ports {
  readonly platform: Platform;
  readonly memory: Memory;
  readonly rules: readonly AnyRule[];
  readonly presets: Presets;
  readonly now: () => Date;
}

export interface Governed {
  /** Null: there is nothing to judge (closed, archived, no commit). */
  readonly verdict: Verdict | null;
  /** Subjects to look at because of this one. */
  readonly follow: readonly Subject[];
}

const NOTHING: Governed = { verdict: null, follow: [] };

/** Judges one subject by the present state of GitHub and makes GitHub show the verdict. Safe to repeat at any time. */
export async function govern(subject: Judged, ports: Ports): Promise<Governed> {
  const { platform, memory, rules, presets, now } = ports;
  const last = await memory.lastVerdict(subject);
  const reading = await platform.open(subject, wants(subject, last));
  const matter = await standing(subject, reading);
  if (!matter) return NOTHING;

  const files = await reading.policyFiles();
  const policy = await inForce(files, library(reading, memory, files.repositorySource, matter.circumstances), rules, presets);
  const ask = interview({ ...reading, ...remembered(memory, now) });
  const facts = await gather(questionsOf({ subject, policy: policy.policy, rules }), ask);
  const verdict = judge({ subject, policy: policy.policy, problems: policy.problems, rules, facts, now: now(), ...matter });

  if (subject.kind === 'repository') await memory.keepFacts(subject, matter.sha, Object.fromEntries(facts));
  await memory.keepVerdict(verdict);
  const present = await reading.present();
  const shown = await together(verdict, present, memory);
  await platform.publish(subject, effects(subject, shown, policy.reports), present);
  return { verdict, follow: await follow(verdict, last, shown, present, memory) };
}

/**
 * After the last failed attempt: a commit without a completed check gets one that says so. Throws when even that fails.
 * An earlier verdict on the same commit stays: it is still the best answer there is.
 */
export async function giveUp(subject: Judged, { platform, memory }: Ports): Promise<void> {
  if (subject.kind === 'repository') return;
  const last = await memory.lastVerdict(subject);
  const reading = await platform.open(subject, { commits: false, files: false });
  const matter = await standing(subject, reading);
  if (!matter) return;
  const run = unjudged(matter.sha, last);
  const present = await reading.present();
  const isJudged = present.checkRuns.some(({ name, isCompleted }) => name === run.name && isCompleted);
  if (!isJudged) await platform.publish(subject, [run], present);
}

/** What a first look at the subject fetches: what its last verdict needed, or everything. */
function wants(subject: Judged, last: Verdict | null): Wants {
  const isPullRequest = subject.kind !== 'repository';
  if (!last || !isPullRequest) return { commits: isPullRequest, files: true };
  return {
    commits: last.rules.some((rule) => rule.on === 'contribution'),
    files: last.rules.some((rule) => rule.on === 'repository'),
  };
}

/** The commit to judge and the circumstances; null when there is nothing to judge. Throws when that cannot be read. */
async function standing(subject: Judged, reading: Reading): Promise<{ sha: string; circumstances: Circumstances } | null> {
  const repository = must(await reading.repository());
  if (repository.isArchived) return null;
  if (subject.kind === 'repository') {
    return repository.headSha === null ? null : { sha: repository.headSha, circumstances: circumstances(repository, null) };
  }
  const contribution = must(await reading.contribution());
  if (contribution.state !== 'open') return null;
  const sha = subject.kind === 'merge-group' ? subject.headSha : contribution.headSha;
  return { sha, circumstances: circumstances(repository, contribution) };
}

function circumstances(repository: Repository, contribution: Contribution | null): Circumstances {
  return {
    title: contribution?.title ?? null,
    url: contribution ? contribution.url : repository.url,
    author: contribution?.author?.login ?? null,
    baseRef: contribution?.baseRef ?? null,
    isDraft: contribution?.isDraft ?? false,
    defaultBranch: repository.defaultBranch,
  };
}

function library(reading: Reading, memory: Memory, source: string, { baseRef, defaultBranch }: Circumstances): Library {
  return {
    ...byBranch(memory, source, baseRef === defaultBranch ? null : baseRef),
    history: (file) => reading.policyHistory(file),
    shared: (reference) => reading.sharedPolicy(reference),
  };
}

/** The verdicts that one check run shows: of every open pull request that shares the head commit. */
async function together(verdict: Verdict, present: Present, memory: Memory): Promise<readonly [Verdict, ...Verdict[]]> {
  const { subject, sha } = verdict;
  if (subject.kind !== 'pull-request' || !present.siblings.some((number) => number !== subject.number)) return [verdict];
  const others = (await memory.verdictsAt(subject.owner, subject.repo, sha)).filter(
    (other) =>
      other.subject.kind === 'pull-request' &&
      other.subject.number !== subject.number &&
      present.siblings.includes(other.subject.number),
  );
  return [verdict, ...others];
}

/** What to look at next: itself when a sibling was judged meanwhile, a repository's pull requests when its policy changed. */
async function follow(
  verdict: Verdict,
  last: Verdict | null,
  shown: readonly Verdict[],
  present: Present,
  memory: Memory,
): Promise<readonly Subject[]> {
  const { subject } = verdict;
  if (subject.kind === 'repository') {
    const changed = last !== null && texts(last) !== texts(verdict);
    return changed ? [{ kind: 'pull-requests', owner: subject.owner, repo: subject.repo }] : [];
  }
  const now = await together(verdict, present, memory);
  const state = (verdicts: readonly Verdict[]) =>
    verdicts
      .map((one) => `${subjectKey(one.subject)} ${one.at}`)
      .sort()
      .join();
  return state(now) === state(shown) ? [] : [subject];
}

/** Names the policy texts a verdict was judged by, whatever commit they were read at. */
function texts({ policy }: Verdict): string {
  return policy.files.map((file) => `${file.source} ${file.oid ?? ''}`).join();
}

function must<T>(answer: Answer<T>): T {
  if (!answer.known) throw new Error(`The subject could not be read: ${answer.reason}`);
  return answer.value;
}

/** What Steward remembers, as a source of facts. */
function remembered(_memory: Memory, now: () => Date): Remembered {
  return {
    now: () => Promise.resolve(known(now().toISOString())),
    statements: () => Promise.resolve(known([])),
    certified: () => Promise.resolve(known([])),
    agreements: () => Promise.resolve(unknown('agreements are not read yet')),
    register: () => Promise.resolve(unknown('the register is not read yet')),
  };
}
