/** Keeps what it takes to judge a subject again without asking anybody: for previews and looks back. Part of the spine. */
import type { Answer } from '../facts/answer.ts';
import { contribution } from '../facts/commits.ts';
import type { Ask, Facts, Question } from '../facts/fact.ts';
import { answerTo } from '../facts/gather.ts';
import { properties, repository } from '../facts/repository.ts';
import type { Policy } from '../policy/policy.ts';
import type { Ports } from './ports.ts';
import { everyQuestion } from '../verdict/every-question.ts';
import type { Override, Verdict } from '../verdict/verdict.ts';

/** What an evaluation found out. */
export interface Found {
  readonly policy: Policy;
  readonly facts: Facts;
  readonly overrides: readonly Override[];
  readonly ask: Ask;
  /** Asks no registry; what only a registry could answer in full is a fault then. */
  readonly askQuietly: Ask;
  /** Nobody waits: answers that are not kept yet may cost calls. */
  readonly isThorough: boolean;
}

type Answers = ReadonlyMap<string, Answer<unknown>>;

/**
 * Keeps the answers to the questions of every rule, also of those that are off, so that switching one on can be previewed.
 * Where somebody waits they may cost no call: what is not at hand is as it was kept before of the same commit, or left out.
 */
export async function keep(verdict: Verdict, found: Found, ports: Ports): Promise<void> {
  const { memory, rules } = ports;
  const { subject, sha, circumstances } = verdict;
  if (subject.kind === 'merge-group') return;
  const { policy, facts, overrides } = found;
  const open = openQuestions([repository(), properties(), ...everyQuestion({ subject, policy, rules })], facts);
  const before = await keptBefore(verdict, found, ports);
  const mayCost = ({ key }: Question<unknown>): boolean =>
    key === PROPERTIES ? subject.kind === 'repository' : found.isThorough && before.get(key)?.known !== true;
  const asked = await answers(open.filter(mayCost), found.ask);
  const rest = open.filter(({ key }) => !asked.has(key));
  const told = new Map([...asked, ...(await ports.platform.withoutCalls(() => answers(rest, found.askQuietly)))]);
  const spare = open.flatMap(({ key }) => best(key, told.get(key), before.get(key)));
  const kept: Facts = new Map([...facts, ...spare]);
  const about = answerTo(kept, repository());
  await memory.keepFacts({
    ...{ subject, sha, circumstances, overrides, isPrivate: about.known ? about.value.isPrivate : true },
    hasOwnPolicy: verdict.policy.files.some(({ layer }) => layer === 'repository'),
    facts: Object.fromEntries(kept),
  });
}

/** Of a repository they are asked for each time, because nobody tells of a change; of pull requests those of their repository count. */
const PROPERTIES = properties().key;

function openQuestions(questions: readonly Question<unknown>[], facts: Facts): readonly Question<unknown>[] {
  return [...new Map(questions.map((question) => [question.key, question])).values()].filter(({ key }) => !facts.has(key));
}

/** What was kept of the same commit on the same base; of custom properties, which no commit changes, what was kept last. */
async function keptBefore({ subject, sha }: Verdict, { ask }: Found, { memory }: Ports): Promise<Answers> {
  const stored = await memory.facts(subject);
  if (!stored) return new Map();
  const kept = new Map<string, Answer<unknown>>(Object.entries(stored.facts));
  if (stored.sha === sha && (subject.kind !== 'pull-request' || (await isOnSameBase(kept, ask)))) return kept;
  return new Map([...kept].filter(([key]) => key === PROPERTIES));
}

async function isOnSameBase(kept: Answers, ask: Ask): Promise<boolean> {
  const [before, now] = [answerTo(kept, contribution()), await ask(contribution())];
  return before.known && now.known && before.value.baseSha === now.value.baseSha;
}

/** What is known now, else what was known, else why it is not known; custom properties may be withdrawn from Steward. */
function best(key: string, now: Answer<unknown> | undefined, before: Answer<unknown> | undefined) {
  const answer = now?.known === true || (now && key === PROPERTIES) || before?.known !== true ? (now ?? before) : before;
  return answer ? [[key, answer] as const] : [];
}

async function answers(questions: readonly Question<unknown>[], ask: Ask): Promise<Answers> {
  const all = await Promise.all(questions.map(async (question) => [question.key, await answerOf(question, ask)] as const));
  return new Map(all.filter((entry): entry is readonly [string, Answer<unknown>] => entry[1] !== null));
}

/** A fault is not an answer, and no reason to judge again. */
async function answerOf(question: Question<unknown>, ask: Ask): Promise<Answer<unknown> | null> {
  try {
    return await ask(question);
  } catch {
    return null;
  }
}
