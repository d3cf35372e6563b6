/** What a change of the policy would change, judged from stored facts: nothing is read from GitHub, nothing is written. Part of the spine. */
import { Allowance } from './allowance.ts';
import { known, type Answer } from '../../facts/answer.ts';
import { contribution } from '../../facts/commits.ts';
import type { Facts } from '../../facts/fact.ts';
import { answerTo } from '../../facts/gather.ts';
import { now as nowQuestion } from '../../facts/remembered.ts';
import { properties, repository } from '../../facts/repository.ts';
import { repositoryKey, subjectKey, type PullRequestSubject } from '../../facts/subject.ts';
import { inTurn } from './in-turn.ts';
import type { Occasion } from '../../policy/managed.ts';
import { traitsOf } from '../../policy/where.ts';
import type { Memory } from '../ports.ts';
import { policySource, Rulebooks, type Place, type Rulebook, type RulebookPorts } from './rulebook.ts';
import type { Preview } from '../../verdict/preview.ts';
import type { Stored } from '../../verdict/stored.ts';
import { Tally } from '../../verdict/tally.ts';
import { weigh } from './weigh.ts';

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

/**
 * Judges every stored repository and open pull request that the policy governs, also those of accounts that extend it unpinned,
 * under both versions. What is not stored is unknown and counted, never a pass. Archived repositories are left out. Rows say what
 * changes now; what is planned is judged at each of its days. Previews of an account are made one after another.
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
