/** Hearing what people say: each command, sentence and button becomes a decision, once. Part of the spine. */
import type { Answer } from '../facts/answer.ts';
import { accountsOf, commits, contribution } from '../facts/commits.ts';
import { sha256 } from '../facts/digest.ts';
import type { Ask } from '../facts/fact.ts';
import type { KeptAgreement } from '../facts/register.ts';
import { sentenceIn, type Sentence } from '../facts/sentences.ts';
import type { Commit } from '../facts/source.ts';
import type { Judged } from '../facts/subject.ts';
import type { Policy } from '../policy/policy.ts';
import { dayOf, daysBefore } from '../policy/dates.ts';
import { notInForce, type NamedAgreement } from '../policy/register-name.ts';
import type { Memory, Platform } from './ports.ts';
import { noSuchRule, readCommand, type OverrideCommand, type WaiveCommand } from '../verdict/command.ts';
import { isEnough } from '../verdict/heard.ts';
import { coversOf } from '../verdict/overridden.ts';
import type { Decision, Said } from '../verdict/said.ts';

/** What is known when people are heard. */
export interface Hearing {
  readonly subject: Judged;
  /** False: the pull request is closed or merged. */
  readonly isOpen: boolean;
  readonly policy: Policy;
  /** Ids of the rules that are asked. */
  readonly asked: readonly string[];
  readonly agreements: readonly NamedAgreement[];
  /** The text of an agreement as it was first read. */
  readonly agreement: (named: NamedAgreement) => Promise<Answer<KeptAgreement>>;
  readonly ask: Ask;
  readonly platform: Pick<Platform, 'permission'>;
  readonly memory: Pick<Memory, 'register' | 'enter'>;
  readonly now: () => Date;
}

/** Something that was said, with what came of it. */
export type Decided = Said & { readonly decision: Decision };

export interface Heard {
  /** Everything that was said so far and decided, now or before. */
  readonly said: readonly Decided[];
  /** What was decided now. */
  readonly fresh: readonly Decided[];
}

/** Decides on what nothing has come of yet. What cannot be decided now is left for the next time. */
export async function hear(said: readonly Said[], hearing: Hearing): Promise<Heard> {
  const all: Decided[] = [];
  const fresh: Decided[] = [];
  for (const one of said) {
    const verdict = one.decision ?? (await decide(one, hearing));
    if (verdict === null) continue;
    const decided = { ...one, decision: { ...verdict, at: one.decision?.at ?? hearing.now().toISOString() } };
    all.push(decided);
    if (one.decision === null) fresh.push(decided);
  }
  return { said: all, fresh };
}

type Undated = Omit<Decision, 'at'>;

const CLOSED = 'This pull request is closed. Open it again, then write this once more.';

/** Nobody answers for what they cannot have seen. */
const UNSEEN = 'Steward had not looked at this pull request yet when this was written.';

const IGNORED: Undated = { outcome: 'ignored', reason: null, permission: null, covers: [] };

function accepted(covers: readonly string[] = [], permission: string | null = null): Undated {
  return { outcome: 'accepted', reason: null, permission, covers };
}

function refused(reason: string, permission: string | null = null): Undated {
  return { outcome: 'refused', reason, permission, covers: [] };
}

async function decide(one: Said, hearing: Hearing): Promise<Undated | null> {
  if (one.kind === 'action') return one.text === 'override' ? accepted() : IGNORED;
  if (one.kind === 'command') return command(one, hearing);
  const sentence = sentenceIn(one.text);
  if (!sentence) return IGNORED;
  return sentence.kind === 'certification' ? certification(one, hearing) : signature(one, sentence, hearing);
}

async function command(one: Said, hearing: Hearing): Promise<Undated> {
  const read = readCommand(one.text);
  switch (read.kind) {
    case 'recheck':
      return IGNORED;
    case 'unreadable':
      return refused(read.reason);
    case 'override':
      return override(one, read, hearing);
    case 'waive':
      return waive(read, hearing);
  }
}

/** Anybody may ask for a waiver; it counts once somebody approves its file, so that asking covers nothing. */
function waive({ rule, until }: WaiveCommand, { policy, now }: Hearing): Undated {
  const asked = Object.keys(policy.rules).filter((id) => policy.rules[id]?.enforce !== 'off');
  if (!asked.includes(rule)) return refused(noSuchRule(rule, asked, 'waive'));
  const today = dayOf(now());
  if (until <= today) return refused(`${until} is no later day than today, ${today} in UTC. Write a day to come.`);
  const { maxDays } = policy.waivers;
  const last = maxDays === null ? null : daysBefore(today, -maxDays);
  if (last !== null && until > last)
    return refused(`The policy lets a waiver last ${String(maxDays)} days at most. Write ${last} or an earlier day.`);
  return accepted();
}

/** A maintainer's word counts when the role is enough now, nothing of the contribution is the maintainer's own, and something is in the way. */
async function override(one: Said, { rule }: OverrideCommand, hearing: Hearing): Promise<Undated> {
  const { subject, isOpen, asked, policy, platform } = hearing;
  if (!isOpen) return refused(CLOSED);
  if (subject.kind === 'repository') return refused('Rules are overridden on pull requests only: write this on one.');
  if (policy.mayOverride === 'nobody') return refused('The policy in force lets nobody override a rule.');
  if (!asked.includes(rule)) return refused(noSuchRule(rule, asked));
  if (one.seen === null) return refused(`${UNSEEN} Write the command again.`);
  const covers = coversOf(rule, one.seen);
  if (covers.length === 0)
    return refused(
      `The rule "${rule}" found nothing that stands in the way when this was written, so there is nothing to override.`,
    );
  const own = await whoseOwn(one, covers, hearing);
  if (own !== null) return refused(own);
  const role = await platform.permission(subject, one);
  if (role === null || !isEnough(role, policy.mayOverride)) {
    const has = role === null ? 'that you have none' : `that yours is "${role}"`;
    return refused(
      `Overriding a rule takes the role "${policy.mayOverride}" or a higher one here, and GitHub says ${has}. Ask somebody who has it.`,
      role,
    );
  }
  return accepted(covers, role);
}

/**
 * Why a contribution is the person's own, by account id; null: it is somebody else's. Whoever only merges the base branch into it, as
 * GitHub's button does, contributes nothing of their own, unless that very merge is what is to be overridden.
 */
async function whoseOwn({ accountId }: Said, covers: readonly string[], { ask }: Hearing): Promise<string | null> {
  const [opened, listed] = [await ask(contribution()), await ask(commits())];
  if (!opened.known || !listed.known)
    return 'GitHub did not tell just now whose commits these are, so nobody can be trusted not to override their own. Write the command again in a while.';
  if (opened.value.author?.id === accountId) return 'You opened this pull request, so somebody else has to answer for it.';
  const counted = listed.value.filter(({ sha, parents }) => parents.length < 2 || covers.includes(sha));
  const own = counted.find((commit) => accountsOf(commit).some(({ id }) => id === accountId));
  return own ? `You took part in commit ${own.sha.slice(0, 7)}, so somebody else has to answer for it.` : null;
}

/** A sentence certifies the writer's own commits among those that were judged when it was written. */
async function certification(one: Said, { subject, isOpen, asked, policy, ask }: Hearing): Promise<Undated> {
  if (!isOpen) return refused(CLOSED);
  const byComment = policy.rules['dco']?.options['byComment'] ?? 'off';
  if (subject.kind === 'repository') return refused('Commits are certified on their pull request: write the sentence there.');
  if (!asked.includes('dco') || byComment === 'off')
    return refused('The policy in force takes no certification by comment: the sign-off has to stand in the commits.');
  const findings = one.seen?.rules.find(({ id }) => id === 'dco')?.findings ?? [];
  const shas = [...new Set(findings.flatMap(({ about, commits: named }) => named ?? [about]))].filter(isCommit);
  if (shas.length === 0) return refused(`${UNSEEN} Write the sentence again.`);
  const listed = await ask(commits());
  const isOwn = ({ sha, authorAccount }: Commit): boolean => shas.includes(sha) && authorAccount?.id === one.accountId;
  if (listed.known && !listed.value.some(isOwn))
    return refused(
      'GitHub links the author of no commit here to your account, so the sentence covers nothing. Add the address in your commits to your account, then write the sentence again.',
    );
  return accepted(shas);
}

function isCommit(about: string): boolean {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(about);
}

/** A sentence signs the agreement that it names, in the version in force; the register keeps the comment as evidence. */
async function signature(
  one: Said,
  sentence: Extract<Sentence, { kind: 'signature' }>,
  hearing: Hearing,
): Promise<Undated | null> {
  const agreements = hearing.asked.includes('cla') ? hearing.agreements : [];
  const meant = agreements.find(({ title, version }) => title === sentence.title && version === sentence.version);
  if (!meant) return refused(notInForce(sentence, agreements));
  if (meant.kind === 'corporate')
    return refused(
      'A company signs this agreement, and not a person in a comment. Ask those who keep the project how that is done.',
    );
  const kept = await hearing.agreement(meant);
  if (!kept.known) return null;
  const { signatures } = await hearing.memory.register([meant.register], [one.accountId]);
  if (signatures.some(({ version, until }) => version === meant.version && until === null)) return accepted();
  await hearing.memory.enter({
    kind: 'signed',
    agreement: meant.register,
    version: meant.version,
    text: kept.value.digest,
    person: { accountId: one.accountId, login: one.login },
    evidence: evidenceOf(one, meant.register),
    at: one.at,
  });
  return accepted();
}

/** One comment can sign several agreements: each is an act of its own. */
function evidenceOf({ id, commentId, url, body, digest, text }: Said, agreement: string) {
  const whole = body ?? text;
  return {
    source: 'comment' as const,
    key: `comment:${commentId ?? `said ${id}`} ${agreement}`,
    ...(url === null ? {} : { url }),
    ...(commentId === null ? {} : { commentId }),
    body: whole,
    digest: digest ?? sha256(whole),
  };
}
