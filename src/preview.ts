/** What a change of the policy would change, judged from stored facts: nothing is read from GitHub, nothing is written. Part of the spine. */
import { known, type Answer } from './facts/answer.ts';
import { contribution } from './facts/commits.ts';
import type { Facts } from './facts/fact.ts';
import { answerTo } from './facts/gather.ts';
import { now as nowQuestion } from './facts/remembered.ts';
import { properties, repository } from './facts/repository.ts';
import { subjectKey, type PullRequestSubject } from './facts/subject.ts';
import type { Occasion } from './policy/managed.ts';
import type { Pair } from './policy/pair.ts';
import { traitsOf } from './policy/where.ts';
import type { Policy } from './policy/policy.ts';
import { NO_WAIVERS } from './policy/waivers/waiver.ts';
import type { Memory } from './ports.ts';
import { policySource, Rulebooks, type Rulebook, type RulebookPorts } from './rulebook.ts';
import type { AnyRule } from './rules/rule.ts';
import { compare, isDifferent, type Difference } from './verdict/compare.ts';
import { isEnough } from './verdict/heard.ts';
import { judge, worst } from './verdict/judge.ts';
import type { Preview, PreviewRow } from './verdict/preview.ts';
import type { Stored } from './verdict/stored.ts';
import { Tally, type Weighed } from './verdict/tally.ts';
import type { Verdict } from './verdict/verdict.ts';
import { issueState } from './views/issue.ts';

export type { Rulebook } from './rulebook.ts';

export interface PreviewPorts extends RulebookPorts {
  readonly memory: Pick<Memory, 'stored' | 'goodPolicy' | 'extendedBy'>;
  readonly now: () => Date;
}

/** A change of an organization's policy. */
export interface PolicyChange {
  readonly owner: string;
  readonly before: Rulebook;
  readonly after: Rulebook;
  /** The pull request that proposes it: once the change is in force it is not open any more. Left out: there is none. */
  readonly proposal?: PullRequestSubject;
  /** Private repositories are in no count and no row: a stranger chooses what is asked, so each answer would tell of them. Left out: false. */
  readonly isPublicOnly?: boolean;
}

/** Subjects that are read and judged before others get a turn. */
const PAGE = 25;
const NO_WAIVERS_USED = { before: [], after: [] } as const;

/**
 * Judges every stored repository and open pull request that the policy governs, also those of accounts that extend it unpinned,
 * under both versions. What is not stored is unknown and counted, never a pass. Archived repositories are left out.
 */
export async function preview(change: PolicyChange, ports: PreviewPorts): Promise<Preview> {
  const { owner } = change;
  const [before, after] = [unpaused(change.before), unpaused(change.after)];
  const now = ports.now();
  const rulebooks = new Rulebooks(owner, { before, after }, ports);
  const tally = new Tally();
  for (const account of await governed(owner, ports.memory)) {
    for await (const stored of everyStored(account, ports.memory)) {
      if (change.isPublicOnly === true && stored.isPrivate) continue;
      if (change.proposal && subjectKey(stored.subject) === subjectKey(change.proposal)) continue;
      const facts = factsOf(stored, now);
      const place = answerTo(facts, repository());
      if (place.known && place.value.isArchived) continue;
      const pair = await rulebooks.at({ ...stored.subject, branch: branchOf(stored) }, occasionOf(stored, facts, now));
      tally.add(stored, weigh(stored, { facts, pair, change, now }));
    }
  }
  const total = tally.total({ owner, at: now.toISOString(), policy: { before: before.oid, after: after.oid } });
  return change.isPublicOnly === true ? { ...total, isPublicOnly: true } : total;
}

/** A pause hides for a while what counts again when it ends, so neither side is taken for paused. */
function unpaused(rulebook: Rulebook): Rulebook {
  const documents = rulebook.documents.map((document) =>
    document.governance.paused ? { ...document, governance: { ...document.governance, paused: null } } : document,
  );
  return { ...rulebook, documents };
}

/** The account, and those whose policies move with its own. */
async function governed(owner: string, memory: PreviewPorts['memory']): Promise<readonly string[]> {
  const others = await memory.extendedBy(policySource(owner));
  const moving = others.filter(({ reference }) => !reference.includes('@')).map((one) => one.owner.toLowerCase());
  return [...new Set([owner.toLowerCase(), ...moving])];
}

async function* everyStored(owner: string, memory: PreviewPorts['memory']): AsyncGenerator<Stored> {
  let after: string | null = null;
  for (;;) {
    const page: readonly Stored[] = await memory.stored(owner, after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.key;
    await breathe();
  }
}

/** Lets the server answer in between: an `await` of what is there already does not. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The stored answers, at the present time. */
export function factsOf({ facts }: Stored, now: Date): Facts {
  return new Map<string, Answer<unknown>>(Object.entries(facts)).set(nowQuestion().key, known(now.toISOString()));
}

/** The branch whose file governs; null: the default branch. */
export function branchOf({ circumstances: { baseRef, defaultBranch } }: Stored): string | null {
  return baseRef === defaultBranch ? null : baseRef;
}

/** For whom and when the policy of a stored subject is resolved. */
export function occasionOf({ subject }: Stored, facts: Facts, now: Date): Occasion {
  const [place, values, opened] = [answerTo(facts, repository()), answerTo(facts, properties()), answerTo(facts, contribution())];
  const traits = place.known
    ? traitsOf(place.value, values.known ? values.value : undefined)
    : { owner: subject.owner, name: subject.repo };
  return { now, traits, isFirst: opened.known ? (opened.value.isFirst ?? null) : null };
}

/** A subject with what it is judged by. */
interface Matter {
  readonly facts: Facts;
  readonly pair: Pair;
  readonly change: PolicyChange;
  readonly now: Date;
}

function weigh(stored: Stored, matter: Matter): Weighed {
  const { pair } = matter;
  const { touched } = pair;
  if (touched.before.length + touched.after.length === 0) return { row: null, waivers: NO_WAIVERS_USED };
  const before = verdict(stored, matter, 'before', touched.before);
  const after = verdict(stored, matter, 'after', touched.after);
  const difference = compare(before, after);
  const isNoticed = isDifferent(difference) || before.conclusion !== after.conclusion;
  const row = isNoticed ? rowOf(stored, matter, { before, after, difference }) : null;
  return { row, waivers: difference.waivers };
}

function verdict(
  { subject, sha, circumstances, overrides }: Stored,
  { facts, pair, change, now }: Matter,
  side: 'before' | 'after',
  rules: readonly AnyRule[],
): Verdict {
  const policy: Policy = pair[side];
  const heard = overrides.filter(({ permission }) => isEnough(permission, policy.mayOverride));
  // Waivers are the organization's own: those of other accounts that extend its policy are not at hand.
  const waivers = isAmong(subject, change.owner) ? change[side].waivers : NO_WAIVERS;
  return judge({ subject, sha, policy, problems: [], rules, facts, circumstances, now, overrides: heard, waivers });
}

function isAmong({ owner }: Stored['subject'], account: string): boolean {
  return owner.toLowerCase() === account.toLowerCase();
}

interface Judged {
  readonly before: Verdict;
  readonly after: Verdict;
  readonly difference: Difference;
}

/** The row of a subject that differs, with the conclusions of all rules: those that the change does not touch are judged once for both. */
function rowOf(stored: Stored, matter: Matter, { before, after, difference }: Judged): PreviewRow | null {
  const { subject, isPrivate, circumstances } = stored;
  const { failing, passing, unknown } = difference;
  const rest = verdict(stored, matter, 'after', matter.pair.rest);
  const [old, present] = [worst([before.conclusion, rest.conclusion]), worst([after.conclusion, rest.conclusion])];
  const issue = issueOf(stored, matter, { before, after, rest });
  if (!isDifferent(difference) && old === present && issue === null) return null;
  const { title, url } = circumstances;
  return { subject, isPrivate, title, url, before: old, after: present, failing, passing, unknown, issue };
}

/** What becomes of the repository's issue. Where issues are switched off, none is opened or closed. */
function issueOf(
  { subject, hasIssue }: Stored,
  { facts }: Matter,
  { before, after, rest }: { readonly before: Verdict; readonly after: Verdict; readonly rest: Verdict },
): PreviewRow['issue'] {
  const place = answerTo(facts, repository());
  if (subject.kind !== 'repository' || (place.known && !place.value.hasIssues)) return null;
  const old = issueState([...before.rules, ...rest.rules]);
  const present = issueState([...after.rules, ...rest.rules]);
  if (present === 'open' && old !== 'open' && !hasIssue) return 'opens';
  return present === 'closed' && old !== 'closed' && hasIssue ? 'closes' : null;
}
