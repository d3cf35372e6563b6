/** Runs one policy test: the settings for its repository on its day, and what the rules find in its facts. */
import { commits } from '../facts/commits.ts';
import type { Facts } from '../facts/fact.ts';
import { answerTo } from '../facts/gather.ts';
import { properties, repository } from '../facts/repository.ts';
import type { Judged } from '../facts/subject.ts';
import type { Occasion, Traits } from '../policy/managed.ts';
import type { Policy } from '../policy/policy.ts';
import { quoted } from '../policy/problem.ts';
import { traitsOf } from '../policy/where.ts';
import type { AnyRule } from '../rules/rule.ts';
import { applicable, judge } from './judge.ts';
import type { TestCase } from './policy-test-file.ts';
import { exampleFacts, factsOf } from './policy-test-given.ts';
import { lacking } from './policy-test-lacking.ts';
import { differences } from './policy-test-says.ts';
import type { Bench } from './policy-test-bench.ts';
import type { Circumstances, Verdict } from './verdict.ts';

/** What a case is run by. */
export interface Stand {
  readonly bench: Bench;
  /** The policy for an occasion. */
  readonly policyFor: (occasion: Occasion) => Policy;
}

const NOBODY: Circumstances = { title: null, url: null, author: null, baseRef: null, isDraft: false, defaultBranch: null };
const NO_COMMIT = '0'.repeat(40);

/** What differs from what a case expects, in words; null: nothing. Rejects when the recorded facts cannot be read. */
export async function runCase(test: TestCase, stand: Stand): Promise<string | null> {
  const { given } = test;
  if (given.kind === 'recorded') return runRecorded(test, given.name, stand);
  const [[id, expectation] = []] = Object.entries(test.expect);
  const rule = stand.bench.rules.find((one) => one.id === id);
  if (!rule || !expectation) return 'The case expects nothing.';
  const policy = stand.policyFor(occasionOf(test, test.traits, stand));
  const values = given.kind === 'facts' ? given.values : given.kind === 'example' ? exampleFacts(rule.id, given.sentence) : {};
  const options = policy.rules[rule.id]?.options ?? {};
  const subject = subjectOf(test.traits, rule.on === 'contribution');
  if (given.kind === 'facts' && isAsked(rule, policy, subject)) {
    const lacks = lacking(rule, options, given.values);
    if (lacks !== null) return lacks;
  }
  const facts = factsOf(rule, options, values ?? {});
  const verdict = judged([rule], { subject, policy, facts, now: test.at ?? stand.bench.now });
  return differences(expectation, { rule, policy, verdict, isAsked: isAsked(rule, policy, subject), isAbout: true });
}

async function runRecorded(test: TestCase, name: string, stand: Stand): Promise<string | null> {
  const { rules, recorded, now } = stand.bench;
  const facts = await recorded(name, test.source);
  if (!facts) return `No facts of ${quoted(name)} are recorded here, so nothing can be judged.${aboutFiles(name)}`;
  const traits = test.traits ?? recordedTraits(facts, name);
  const policy = stand.policyFor(occasionOf(test, traits, stand));
  const subject = subjectOf(traits, facts.has(commits().key));
  const verdict = judged(rules, { subject, policy, facts, now: test.at ?? now });
  const found = Object.entries(test.expect).flatMap(([id, expectation]) => {
    const rule = rules.find((one) => one.id === id);
    if (!rule) return [];
    const isAbout = rule.on === 'repository' || (rule.on === 'contribution') === (subject.kind !== 'repository');
    const says = differences(expectation, { rule, policy, verdict, isAsked: isAsked(rule, policy, subject), isAbout });
    return says === null ? [] : [`${id}: ${says}`];
  });
  return found.length === 0 ? null : found.join('\n');
}

/** Where Steward runs, there are stored facts and no files. */
function aboutFiles(name: string): string {
  return /^\.{1,2}\//.test(name) ? ' Files of facts are read by "steward policy test" alone; here name the repository.' : '';
}

type Matter = Pick<Parameters<typeof judge>[0], 'subject' | 'policy' | 'facts' | 'now'>;

function judged(rules: readonly AnyRule[], matter: Matter): Verdict {
  return judge({ ...matter, rules, sha: NO_COMMIT, problems: [], circumstances: NOBODY });
}

/** Whether the policy asks for the rule: a rule that certifies may have a level and all the same not be asked. */
function isAsked(rule: AnyRule, policy: Policy, subject: Judged): boolean {
  const fitting: Judged =
    rule.on === 'repository' || (rule.on === 'contribution') === (subject.kind !== 'repository')
      ? subject
      : subjectOf({ owner: subject.owner, name: subject.repo }, rule.on === 'contribution');
  return applicable({ subject: fitting, policy, rules: [rule] }).length > 0;
}

function occasionOf({ at, isFirst }: TestCase, traits: Traits | null, { bench }: Stand): Occasion {
  return { now: at ?? bench.now, traits, isFirst };
}

function subjectOf(traits: Traits | null, isContribution: boolean): Judged {
  const { owner, name: repo } = traits ?? { owner: 'example-org', name: 'example' };
  return isContribution ? { kind: 'pull-request', owner, repo, number: 0 } : { kind: 'repository', owner, repo };
}

/** What the facts tell of their repository; a file can hold anything, so what does not fit counts as not told. */
function recordedTraits(facts: Facts, name: string): Traits {
  const answer = answerTo(facts, repository());
  const stored = answerTo(facts, properties());
  const { owner, name: own } = answer.known ? (answer.value as Partial<Traits>) : {};
  if (!answer.known || typeof owner !== 'string' || typeof own !== 'string') return { owner: 'example-org', name };
  return traitsOf(answer.value, stored.known ? stored.value : undefined);
}
