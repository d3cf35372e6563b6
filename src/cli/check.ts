/** `steward check`: judges a clone, and with a base what it adds. */
import type { Judged } from '../facts/subject.ts';
import { nothingRemembered } from '../facts/nothing-remembered.ts';
import { offlineLicenses } from '../server/licenses.ts';
import { gather, interview } from '../facts/gather.ts';
import type { Facts } from '../facts/fact.ts';
import type { InForce } from '../policy/in-force.ts';
import { problemText } from '../policy/problem.ts';
import { judge, questionsOf } from '../verdict/judge.ts';
import type { Circumstances, Verdict } from '../verdict/verdict.ts';
import { report } from '../views/report.ts';
import { sarif } from '../views/sarif.ts';
import { terminal } from '../views/terminal.ts';
import { blocksHere, elsewhereNote, judgedElsewhere } from './blocking.ts';
import { openCheckout, type Checkout } from './checkout.ts';
import { EXIT, type Console } from './console.ts';
import { policyAt, policyIn, policyOf, type Shelf } from './policies.ts';
import type { FactsLine } from './schemas.ts';

export const CHECK_FORMATS = ['text', 'json', 'md', 'sarif', 'facts'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

export interface CheckOptions {
  readonly base?: string;
  readonly policy?: string;
  readonly defaults?: string;
  readonly name?: string;
  readonly format: CheckFormat;
  readonly verbose?: boolean;
}

/** Judges the clone at a path and prints the verdict; the exit code says whether something blocks. */
export async function check(path: string, options: CheckOptions, shelf: Shelf, console: Console): Promise<number> {
  const checkout = await openCheckout(path, options);
  const inForce =
    options.policy === undefined ? await policyIn(checkout, shelf) : await policyOf(await policyAt(options.policy), shelf);
  for (const line of notes(checkout, inForce)) console.note(line);
  if (checkout.headSha === null) {
    await console.out(nothing(checkout, options.format));
    return EXIT.fine;
  }
  const subject = subjectOf(checkout);
  const facts = await factsOf(checkout, subject, inForce, shelf, console.now());
  const matter = { subject, sha: checkout.headSha, circumstances: await circumstancesOf(checkout) };
  if (options.format === 'facts') {
    const line: FactsLine = { ...matter, facts: Object.fromEntries(facts) as FactsLine['facts'] };
    await console.out(`${JSON.stringify(line)}\n`);
    return EXIT.fine;
  }
  const { policy, problems } = inForce;
  const verdict = judge({ ...matter, policy, problems, rules: shelf.rules, facts, now: console.now() });
  await console.out(printed(verdict, options, console));
  const elsewhere = judgedElsewhere({ verdict, facts, policy, rules: shelf.rules });
  if (elsewhere.length > 0) console.note(elsewhereNote(elsewhere, verdict));
  return blocksHere(verdict, elsewhere) ? EXIT.blocking : EXIT.fine;
}

/** A clone with a base is a contribution without a number. */
function subjectOf({ owner, name, base }: Checkout): Judged {
  return base ? { kind: 'pull-request', owner, repo: name, number: 0 } : { kind: 'repository', owner, repo: name };
}

function factsOf(checkout: Checkout, subject: Judged, { policy }: InForce, { rules }: Shelf, now: Date): Promise<Facts> {
  return gather(
    questionsOf({ subject, policy, rules }),
    interview({ ...checkout, ...nothingRemembered(now), ...offlineLicenses() }),
  );
}

async function circumstancesOf(checkout: Checkout): Promise<Circumstances> {
  const repository = await checkout.repository();
  const contribution = await checkout.contribution();
  return {
    title: contribution.known ? contribution.value.title : null,
    url: repository.known ? repository.value.url : null,
    author: null,
    baseRef: checkout.base?.ref ?? null,
    isDraft: false,
    isClone: true,
    defaultBranch: repository.known ? repository.value.defaultBranch : null,
  };
}

function notes(checkout: Checkout, { policy, problems }: InForce): readonly string[] {
  const dirty =
    checkout.isDirty === true ? ['Note: the work tree has changes that are not committed. The last commit was judged.'] : [];
  const none = policy.isDefault
    ? ['Note: there is no policy file here, so the built-in baseline is observed and nothing blocks.']
    : [];
  return [...dirty, ...none, ...problems.map((problem) => `Note: ${problemText(problem)}`)];
}

function printed(verdict: Verdict, { format, verbose = false }: CheckOptions, { hasColor }: Console): string {
  switch (format) {
    case 'json':
      return json(verdict);
    case 'sarif':
      return json(sarif(verdict));
    case 'md':
      return report(verdict);
    case 'text':
    case 'facts':
      return terminal(verdict, { color: hasColor, verbose });
  }
}

/** A repository without a commit has no verdict. */
function nothing({ owner, name }: Checkout, format: CheckFormat): string {
  switch (format) {
    case 'json':
      return json(null);
    case 'sarif':
      return json({ version: '2.1.0', runs: [] });
    case 'facts':
      return '';
    case 'md':
    case 'text':
      return `${owner}/${name} has no commit yet; there is nothing to judge.\n`;
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
