/** Keeps what it takes to judge a subject again without asking anybody: for previews and looks back. Part of the spine. */
import type { Answer } from './facts/answer.ts';
import type { Ask, Facts, Question } from './facts/fact.ts';
import { answerTo } from './facts/gather.ts';
import { repository } from './facts/repository.ts';
import type { Policy } from './policy/policy.ts';
import type { Ports } from './ports.ts';
import { questionsOf } from './verdict/judge.ts';
import type { Override, Verdict } from './verdict/verdict.ts';

/** What an evaluation found out. */
export interface Found {
  readonly policy: Policy;
  readonly facts: Facts;
  readonly overrides: readonly Override[];
  readonly ask: Ask;
}

/**
 * Keeps the answers to the questions of every rule, also of those that are off, so that switching one on can be previewed.
 * Nobody waits for these, so they may cost no call: what is not at hand is left out, and unknown in a preview.
 */
export async function keep(verdict: Verdict, { policy, facts, overrides, ask }: Found, ports: Ports): Promise<void> {
  const { memory, rules } = ports;
  const { subject, sha, circumstances } = verdict;
  if (subject.kind === 'merge-group') return;
  const questions = [repository(), ...questionsOf({ subject, policy: withEveryRule(policy), rules })];
  const open = questions.filter(({ key }) => !facts.has(key));
  const answers = await ports.platform.withoutCalls(() =>
    Promise.all(open.map(async (question) => [question.key, await answerOf(question, ask)] as const)),
  );
  const spare = answers.filter((entry): entry is readonly [string, Answer<unknown>] => entry[1] !== null);
  const kept: Facts = new Map([...facts, ...spare]);
  const about = answerTo(kept, repository());
  await memory.keepFacts({
    ...{ subject, sha, circumstances, overrides, isPrivate: about.known ? about.value.isPrivate : true },
    facts: Object.fromEntries(kept),
  });
}

function withEveryRule(policy: Policy): Policy {
  const asked = Object.entries(policy.rules).map(([id, setting]) => [id, { ...setting, enforce: 'observe' }] as const);
  return { ...policy, certification: null, rules: Object.fromEntries(asked) };
}

/** A fault is not an answer, and no reason to judge again. */
async function answerOf(question: Question<unknown>, ask: Ask): Promise<Answer<unknown> | null> {
  try {
    return await ask(question);
  } catch {
    return null;
  }
}
