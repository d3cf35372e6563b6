/** What a change of the policy would change, judged from stored facts: nothing is read from GitHub, nothing is written. Part of the spine. */
import { Allowance } from './allowance.ts';
import { known, type Answer } from './facts/answer.ts';
import { contribution } from './facts/commits.ts';
import type { Facts } from './facts/fact.ts';
import { answerTo } from './facts/gather.ts';
import { now as nowQuestion } from './facts/remembered.ts';
import { properties, repository } from './facts/repository.ts';
import { repositoryKey, subjectKey, type PullRequestSubject } from './facts/subject.ts';
import { inTurn } from './in-turn.ts';
import type { Occasion } from './policy/managed.ts';
import type { Pair } from './policy/pair.ts';
import { traitsOf } from './policy/where.ts';
import type { Policy } from './policy/policy.ts';
import type { Memory } from './ports.ts';
import {
  policySource,
  Rulebooks,
  type Ahead,
  type Place,
  type Rulebook,
  type RulebookPorts,
  type Ruled,
  type RuledNow,
} from './rulebook.ts';
import type { AnyRule } from './rules/rule.ts';
import { compare, isDifferent, type Difference } from './verdict/compare.ts';
import { everyQuestion } from './verdict/every-question.ts';
import { isEnough } from './verdict/heard.ts';
import { judge, worst } from './verdict/judge.ts';
import type { LaterFailure, Preview, PreviewRow } from './verdict/preview.ts';
import type { Stored } from './verdict/stored.ts';
import { Tally, type Weighed } from './verdict/tally.ts';
import type { Verdict } from './verdict/verdict.ts';
import { issueState } from './views/issue.ts';

export type { Rulebook } from './rulebook.ts';

export interface PreviewPorts extends RulebookPorts {
  readonly memory: Pick<Memory, 'stored' | 'storedSubjects' | 'facts' | 'goodPolicy' | 'lastWaivers' | 'extendedBy'>;
  /** Also the clock that work is measured by. */
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
  /** Milliseconds of work after which the preview stops and says so; left out: a minute. */
  readonly budget?: number;
}

/** Subjects that are read at once. */
const PAGE = 25;
const MINUTE = 60_000;
const NO_WAIVERS_USED = { before: [], after: [] } as const;

/**
 * Judges every stored repository and open pull request that the policy governs, also those of accounts that extend it unpinned,
 * under both versions. What is not stored is unknown and counted, never a pass. Archived repositories are left out. Rows say what changes now; what is
 * planned is judged at each of its days. Previews of an account are made one after another.
 */
export function preview(change: PolicyChange, ports: PreviewPorts): Promise<Preview> {
  return inTurn(ports.memory, change.owner.toLowerCase(), () => judged(change, ports));
}

async function judged(change: PolicyChange, ports: PreviewPorts): Promise<Preview> {
  const { owner } = change;
  const [before, after] = [unpaused(change.before), unpaused(change.after)];
  const now = ports.now();
  const rulebooks = new Rulebooks(owner, { before, after }, ports);
  const tally = new Tally();
  const allowance = new Allowance(ports.now, change.budget ?? MINUTE);
  const accounts = await governed(owner, ports.memory);
  const propertiesOf = propertiesFrom(ports.memory);
  let seen = 0;
  for await (const stored of everyStored(accounts, ports.memory, allowance)) {
    if (change.isPublicOnly === true && stored.isPrivate) continue;
    seen += 1;
    if (change.proposal && subjectKey(stored.subject) === subjectKey(change.proposal)) continue;
    const isByProperties = await rulebooks.goesByProperties(stored.subject.owner);
    const facts = withProperties(factsOf(stored, now), isByProperties ? await propertiesOf(stored) : null);
    const place = answerTo(facts, repository());
    if (place.known && place.value.isArchived) continue;
    const at = placeOf(stored);
    const occasion = occasionOf(stored, facts, now);
    const policies = { pair: await rulebooks.at(at, occasion), ahead: await rulebooks.ahead(at, occasion) };
    tally.add(stored, weigh(stored, { facts, ...policies, now, rules: ports.rules }));
  }
  const stopped = allowance.isEnded ? { judged: seen, all: await countOf(change, accounts, ports.memory) } : null;
  const total = tally.total({ owner, at: now.toISOString(), policy: { before: before.oid, after: after.oid }, stopped });
  return change.isPublicOnly === true ? { ...total, isPublicOnly: true } : total;
}

/** How many are stored; null where that would tell how many private ones there are. */
async function countOf(
  { isPublicOnly = false }: PolicyChange,
  accounts: readonly string[],
  memory: PreviewPorts['memory'],
): Promise<number | null> {
  if (isPublicOnly) return null;
  const all = await Promise.all(accounts.map((account) => memory.storedSubjects(account)));
  return all.reduce((sum, subjects) => sum + subjects.length, 0);
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

/** Everything that is stored of the accounts, as long as the work may go on. */
async function* everyStored(
  owners: readonly string[],
  memory: PreviewPorts['memory'],
  allowance: Allowance,
): AsyncGenerator<Stored> {
  for (const owner of owners) {
    let after: string | null = null;
    do {
      const page: readonly Stored[] = await memory.stored(owner, after, PAGE);
      for (const stored of page) {
        if (!allowance.mayGoOn()) return;
        yield stored;
        await allowance.share();
      }
      after = page.length < PAGE ? null : (page.at(-1)?.key ?? null);
      await allowance.rest();
    } while (after !== null);
  }
}

/** The stored answers, at the present time. */
export function factsOf({ facts }: Stored, now: Date): Facts {
  return new Map<string, Answer<unknown>>(Object.entries(facts)).set(nowQuestion().key, known(now.toISOString()));
}

/** Where the subject is: its own file is that of the branch. */
export function placeOf({ subject, hasOwnPolicy, circumstances: { baseRef, defaultBranch } }: Stored): Place {
  const branch = baseRef === defaultBranch ? null : baseRef;
  return { ...subject, branch, ...(hasOwnPolicy === undefined ? {} : { hasOwnPolicy }) };
}

type Properties = Answer<unknown> | null;

/** Reads the custom properties that are stored of the repository of a pull request; of the same one once. Null: none are. */
export function propertiesFrom(memory: Pick<Memory, 'facts'>): (stored: Stored) => Promise<Properties> {
  let last: { readonly repository: string; readonly found: Properties } | null = null;
  return async ({ subject: { kind, owner, repo } }) => {
    if (kind === 'repository') return null;
    const key = repositoryKey({ owner, repo });
    if (last?.repository === key) return last.found;
    const kept = await memory.facts({ kind: 'repository', owner, repo });
    last = { repository: key, found: kept?.facts[properties().key] ?? null };
    return last.found;
  };
}

/** What a pull request was judged by gives way to what is known of its repository. */
export function withProperties(facts: Facts, found: Properties): Facts {
  return found?.known === true ? new Map([...facts, [properties().key, found]]) : facts;
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
  readonly pair: RuledNow;
  readonly ahead: readonly Ahead[];
  readonly now: Date;
  readonly rules: readonly AnyRule[];
}

function weigh(stored: Stored, matter: Matter): Weighed {
  const { pair, ahead } = matter;
  const isInDoubt = pair.inDoubt.length > 0;
  if (!isInDoubt && !isTouched(pair) && ahead.every((one) => !isTouched(one.pair)))
    return { row: null, waivers: NO_WAIVERS_USED };
  const both = compared(stored, matter, pair);
  const { before, after, difference } = both;
  const later = laterOf(stored, matter, difference);
  const isNoticed = isInDoubt || isDifferent(difference) || later !== NOTHING_LATER || before.conclusion !== after.conclusion;
  return { row: isNoticed ? rowOf(stored, matter, both, later) : null, waivers: difference.waivers };
}

function isTouched({ touched }: Pair): boolean {
  return touched.before.length + touched.after.length > 0;
}

function compared(stored: Stored, { facts, now }: Matter, pair: Ruled): Judged {
  const before = verdict(stored, { facts, now, pair }, 'before', pair.touched.before);
  const after = verdict(stored, { facts, now, pair }, 'after', pair.touched.after);
  return { before, after, difference: compare(before, after) };
}

/** What comes by plan and is not so now. */
interface Later {
  readonly failing: readonly LaterFailure[];
  readonly unknown: readonly string[];
}

const NOTHING_LATER: Later = { failing: [], unknown: [] };

/** Each day of the plan is compared with the old policy on the same day: what was planned before is no news. */
function laterOf(stored: Stored, matter: Matter, now: Difference): Later {
  const failing = new Map<string, LaterFailure>();
  const unknown = new Set<string>();
  for (const { pair, from } of matter.ahead) {
    if (!isTouched(pair)) continue;
    const then = compared(stored, matter, pair).difference;
    for (const rule of then.failing) if (!failing.has(rule)) failing.set(rule, { rule, from });
    for (const rule of then.unknown) unknown.add(rule);
  }
  for (const rule of now.failing) failing.delete(rule);
  for (const rule of now.unknown) unknown.delete(rule);
  if (failing.size + unknown.size === 0) return NOTHING_LATER;
  return { failing: [...failing.values()], unknown: [...unknown] };
}

function verdict(
  { subject, sha, circumstances, overrides }: Stored,
  { facts, pair, now }: Pick<Matter, 'facts' | 'now'> & { readonly pair: Ruled },
  side: 'before' | 'after',
  rules: readonly AnyRule[],
): Verdict {
  const policy: Policy = pair[side];
  const heard = overrides.filter(({ permission }) => isEnough(permission, policy.mayOverride));
  const waivers = pair.waivers[side];
  return judge({ subject, sha, policy, problems: [], rules, facts, circumstances, now, overrides: heard, waivers });
}

interface Judged {
  readonly before: Verdict;
  readonly after: Verdict;
  readonly difference: Difference;
}

/** The row of a subject that differs, with the conclusions of all rules: those that the change does not touch are judged once for both. */
function rowOf(stored: Stored, matter: Matter, { before, after, difference }: Judged, later: Later): PreviewRow | null {
  const { subject, isPrivate, circumstances } = stored;
  const { failing, passing } = difference;
  const open = [...difference.unknown, ...later.unknown];
  const unknown = [...matter.pair.inDoubt, ...open];
  const rest = verdict(stored, matter, 'after', matter.pair.rest);
  const [old, present] = [worst([before.conclusion, rest.conclusion]), worst([after.conclusion, rest.conclusion])];
  const issue = issueOf(stored, matter, { before, after, rest });
  if (!isDifferent(difference) && unknown.length === 0 && later === NOTHING_LATER && old === present && issue === null)
    return null;
  const { title, url } = circumstances;
  const row = {
    subject,
    isPrivate,
    title,
    url,
    before: old,
    after: present,
    failing,
    later: later.failing,
    passing,
    unknown,
    issue,
  };
  return isGatherable(stored, matter, open) ? { ...row, isGatherable: true } : row;
}

/** Whether a thorough look would ask what is missing. It asks by the options in force: what new options ask, nobody asks before. */
function isGatherable({ subject, facts }: Stored, { pair, rules }: Matter, unknown: readonly string[]): boolean {
  const isOpen = ({ key }: { readonly key: string }): boolean => facts[key] === undefined;
  if (pair.inDoubt.length > 0 && subject.kind === 'repository' && isOpen(properties())) return true;
  const asking = rules.filter(({ id }) => unknown.includes(id));
  return asking.length > 0 && everyQuestion({ subject, policy: pair.before, rules: asking }).some(isOpen);
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
