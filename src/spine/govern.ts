/** The spine: facts in, verdict out, effects last. Every door (webhook, sweep, button, command line) ends here. */
import type { Answer } from '../facts/answer.ts';
import { gather, interview } from '../facts/gather.ts';
import type { Ask } from '../facts/fact.ts';
import type { Contribution, Informed, Repository } from '../facts/source.ts';
import type { Judged } from '../facts/subject.ts';
import { follow, isWaiting, together, untold, waitingFor } from './follow.ts';
import { hear, type Decided, type Heard } from './hear.ts';
import { keep } from './keep.ts';
import type { Policy } from '../policy/policy.ts';
import { agreementsOf } from '../policy/register-name.ts';
import type { Governed, Ports, Reading, Wants, WriteCap } from './ports.ts';
import { rulingOf, soonest, type Ruling } from './ruling.ts';
import { reader, remembered, watched, type Watched } from './remember.ts';
import { helpOf, overridesOf, refusedOf, signedBy } from '../verdict/heard.ts';
import { applicable, judge, questionsOf } from '../verdict/judge.ts';
import type { Said } from '../verdict/said.ts';
import type { Circumstances, Verdict } from '../verdict/verdict.ts';
import { effects, type Effect } from '../views/effects.ts';
import { policyIssue } from '../views/policy-issue.ts';
import { reactions } from '../views/reactions.ts';
import { replies } from '../views/waive-reply.ts';
import { unjudged } from '../views/unjudged.ts';

export type * from './ports.ts';

const NOTHING: Governed = { verdict: null, later: null, follow: [], settle: () => Promise.resolve() };

/** How an evaluation is made. */
export interface Manner {
  /** Nobody waits for it: answers to rules that are off may cost calls too, so that switching one on can be previewed. */
  readonly isThorough?: boolean;
}

/** Judges one subject by the present state of GitHub and makes GitHub show the verdict. Safe to repeat at any time. */
export async function govern(subject: Judged, ports: Ports, { isThorough = false }: Manner = {}): Promise<Governed> {
  const { platform, memory, rules, now } = ports;
  const last = await memory.lastVerdict(subject);
  const reading = await platform.open(subject, wants(subject));
  const standing = await standingOf(subject, reading);
  if (!standing) return { ...NOTHING, settle: () => withdraw(subject, ports) };
  const { isOpen, repository, contribution, ...matter } = standing;
  if (contribution && contribution.state !== 'open') await memory.closeFacts(subject, contribution.state);
  const spoken = await memory.said(subject, matter.sha);
  if (!isOpen && spoken.every(({ decision }) => decision !== null)) return NOTHING;

  const ruling = await rulingOf({ subject, repository, contribution, circumstances: matter.circumstances }, reading, ports);
  const { policy, problems } = ruling.inForce;
  const isDefault = isOnDefault(matter.circumstances);
  const { ask, askQuietly, hasChanged, ...heard } = await listen(spoken, { subject, isOpen, policy, reading, isDefault }, ports);
  const signers = signedBy(heard.fresh);
  // What people said is not settled before everything was written: an answer that had to wait is given the next time.
  const settled = (postponed: number | null) => async (): Promise<void> => {
    for (const { id, decision } of postponed === null ? heard.fresh : []) await memory.decide(id, decision);
    await ruling.settle();
  };
  const { branch, hasRepository, isPublic } = ruling;
  const place = { subject, policy, repository: ruling.repository, branch, isPublic, hasRepository, isOpen };
  const answers = [...reactions(heard.fresh), ...replies(heard.fresh, place)];
  if (!isOpen) {
    const { postponed } = await platform.publish(subject, answers, await reading.present(), capOf(policy));
    const others = [...ruling.concerned, ...(await waitingFor(signers, subject, memory))];
    return { verdict: null, later: soonest([postponed, ruling.later]), follow: others, settle: settled(postponed) };
  }

  const facts = await gather(questionsOf({ subject, policy, rules }), ask);
  const overrides = overridesOf(heard.said, policy);
  const verdict = judge({
    ...{ subject, policy, rules, ...matter, facts, problems, overrides, waivers: ruling.waivers, now: now() },
    help: helpOf(heard.said),
    refused: refusedOf(heard.fresh, last?.sha === matter.sha ? last : null),
  });

  await memory.keepVerdict(verdict);
  const present = await reading.present();
  const shown = await together(verdict, present, memory);
  const wished = [
    ...effects(subject, shown, ruling.reports).map((effect) => withDetails(effect, repository, ports)),
    ...toAdministrators(verdict, ruling, repository, now()),
    ...answers,
  ];
  const { postponed } = await platform.publish(subject, causedBy(policy, wished), present, capOf(policy));
  await keep(verdict, { policy, facts, overrides, ask, askQuietly, isThorough }, ports);
  const isMissed = isWaiting(verdict) && (await hasChanged());
  const again = isMissed ? [subject] : await follow(verdict, last, shown, present, memory);
  const tell = await untold(verdict, ruling.repository, memory);
  const followed = [...again, ...ruling.concerned, ...tell, ...(await waitingFor(signers, subject, memory))];
  return {
    verdict,
    later: soonest([postponed, ruling.later]),
    follow: followed,
    gather: ruling.gather,
    settle: settled(postponed),
  };
}

/** A check links to the page that says where each demand comes from; private repositories have none. */
function withDetails(
  effect: Effect,
  { isPrivate, owner, name: repo }: Repository,
  { repositoryPage = () => null }: Ports,
): Effect {
  if (effect.kind !== 'check-run' || effect.detailsUrl !== null || isPrivate) return effect;
  return { ...effect, detailsUrl: repositoryPage({ owner, repo }) };
}

/** What administrators should know, in the issue of their policy repository. */
function toAdministrators(verdict: Verdict, ruling: Ruling, { url }: Repository, now: Date): readonly Effect[] {
  if (!ruling.isHome || verdict.subject.kind !== 'repository') return [];
  const { inForce, waivers, repository, held } = ruling;
  return policyIssue({ repository, url, sha: verdict.sha, problems: inForce.problems, waivers, held, now });
}

/** While a policy is paused, nothing is written but check runs, and answers to those who ask. What is written says why it is. */
function causedBy({ paused, files }: Policy, wished: readonly Effect[]): readonly Effect[] {
  const cause = files.findLast(({ layer }) => layer === 'organization')?.oid ?? null;
  return wished.flatMap((effect): readonly Effect[] => {
    if (effect.kind === 'comment' || effect.kind === 'issue') return paused ? [] : [{ ...effect, cause }];
    return paused && effect.kind === 'note' ? [] : [effect];
  });
}

function capOf({ limits }: Policy): WriteCap {
  return { perHour: limits.maxWritesPerHour };
}

/** Nobody can write in an archived repository, and nothing can be shown there: what was said last waits for nothing. */
async function withdraw(subject: Judged, { memory, now }: Pick<Ports, 'memory' | 'now'>): Promise<void> {
  await memory.closeFacts(subject, 'closed');
  if (subject.kind === 'repository') return;
  const waiting = (await memory.said(subject, '')).filter(({ decision }) => decision === null);
  const decision = { outcome: 'refused', reason: ARCHIVED, permission: null, covers: [], at: now().toISOString() } as const;
  for (const { id } of waiting) await memory.decide(id, decision);
}

const ARCHIVED = 'The repository is archived. Write this once more when it is open again.';

/** What people are heard in. */
interface Hall {
  readonly subject: Judged;
  readonly isOpen: boolean;
  readonly policy: Policy;
  readonly reading: Reading;
  /** The policy is that of the default branch. */
  readonly isDefault: boolean;
}

/** How questions are put. */
interface Asking {
  readonly ask: Ask;
  /** Asks no registry of packages, for what no rule in force waits for: what only one could tell is a fault then. */
  readonly askQuietly: Ask;
}

/** Hears what was said, and opens the interview that remembers it. */
async function listen(spoken: readonly Said[], hall: Hall, ports: Ports): Promise<Heard & Asking & Pick<Watched, 'hasChanged'>> {
  const { subject, policy, reading, isDefault } = hall;
  const { rules } = ports;
  const agreements = agreementsOf(policy, subject);
  const agreement = reader(subject.owner, ports, isDefault);
  // What the default branch names is in force for other branches too, before anybody contributes to it.
  const isNaming = subject.kind === 'repository' && policy.rules['cla']?.enforce !== 'off';
  // A text that cannot be read now is read when somebody is held to it.
  for (const named of isNaming ? agreements : []) await agreement(named).catch(() => null);
  // Filled by hearing, before any rule asks what was stated.
  const said: Decided[] = [];
  const { register, hasChanged } = watched(ports.memory);
  const memories = remembered({ place: subject, agreements, agreement, said, ports, register });
  const source = { ...reading, ...memories, ...ports.licenses };
  const ask = interview(source);
  const askQuietly = interview({ ...source, packageLicenses: quietly(source) });
  const asked = applicable({ subject, policy, rules }).map(({ id }) => id);
  const heard = await hear(spoken, { ...ports, ...hall, agreements, agreement, ask, asked });
  said.push(...heard.said);
  return { ...heard, ask, askQuietly, hasChanged };
}

/** What is kept of registries; throws where asking them may tell more. */
function quietly(source: Informed): Informed['packageLicenses'] {
  return async (packages, mayAsk) => {
    const kept = await source.packageLicenses(packages, false);
    if (mayAsk && !kept.every(({ known }) => known)) throw new Error('Registries are not asked here.');
    return kept;
  };
}

/**
 * After the last failed attempt: a commit without a completed check gets one that says so. Throws when even that fails.
 * An earlier verdict on the same commit stays: it is still the best answer there is.
 */
export async function giveUp(subject: Judged, { platform, memory }: Ports): Promise<void> {
  if (subject.kind === 'repository') return;
  const last = await memory.lastVerdict(subject);
  const reading = await platform.open(subject, { commits: false, files: false });
  const matter = await standingOf(subject, reading);
  if (!matter?.isOpen) return;
  const run = unjudged(matter.sha, last);
  const present = await reading.present();
  const isJudged = present.checkRuns.some(({ name, isCompleted }) => name === run.name && isCompleted);
  if (!isJudged) await platform.publish(subject, [run], present);
}

/** What a first look at the subject fetches: everything that any rule may ask, so that what is kept is whole. */
function wants({ kind }: Judged): Wants {
  return { commits: kind !== 'repository', files: true };
}

/** What an evaluation stands on. */
interface Standing {
  /** The commit to judge. */
  readonly sha: string;
  readonly circumstances: Circumstances;
  /** False: there is nothing to judge any more, but people are heard, for a signature holds everywhere. */
  readonly isOpen: boolean;
  readonly repository: Repository;
  readonly contribution: Contribution | null;
}

/** The commit to judge and the circumstances; null when there is nothing to do. Throws when that cannot be read. */
async function standingOf(subject: Judged, reading: Reading): Promise<Standing | null> {
  const repository = must(await reading.repository());
  if (repository.isArchived) return null;
  if (subject.kind === 'repository') {
    if (repository.headSha === null) return null;
    return {
      sha: repository.headSha,
      circumstances: circumstances(repository, null),
      isOpen: true,
      repository,
      contribution: null,
    };
  }
  const contribution = must(await reading.contribution());
  const sha = subject.kind === 'merge-group' ? subject.headSha : contribution.headSha;
  const isOpen = contribution.state === 'open';
  return { sha, circumstances: circumstances(repository, contribution), isOpen, repository, contribution };
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

function isOnDefault({ baseRef, defaultBranch }: Circumstances): boolean {
  return baseRef === null || baseRef === defaultBranch;
}

function must<T>(answer: Answer<T>): T {
  if (!answer.known) throw new Error(`The subject could not be read: ${answer.reason}`);
  return answer.value;
}
