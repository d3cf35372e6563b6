/** `steward verdicts`: what was judged, when, by which policy, and who answered for what, as it is kept. */
import { visible } from '../facts/words.ts';
import type { Override, Verdict } from '../verdict/verdict.ts';
import type { Store } from '../store/store.ts';
import type { Office } from './cla/desk.ts';
import type { RegisterFormat } from './cla/verify.ts';
import { EXIT, type Console } from './console.ts';
import { UsageError } from './repository.ts';

export interface VerdictsOptions {
  readonly format: RegisterFormat;
  /** Only verdicts in which somebody answers for a finding. */
  readonly overrides?: boolean;
}

const PAGE = 200;

/** Prints the verdicts on a repository or one pull request, oldest first; JSON is one whole verdict a line. */
export async function verdicts(name: string, options: VerdictsOptions, office: Office, console: Console): Promise<number> {
  const wanted = nameIn(name);
  const count = await office.reading(async (store) => {
    let printed = 0;
    for await (const verdict of verdictsOf(wanted, store)) {
      if (console.isClosed()) break;
      if (options.overrides && overridesIn(verdict).length === 0) continue;
      await console.out(options.format === 'json' ? `${JSON.stringify(verdict)}\n` : textOf(verdict));
      printed += 1;
    }
    return printed;
  });
  if (count === 0) console.note(`Nothing is kept of ${name}${options.overrides ? ' in which somebody overrode a rule' : ''}.`);
  return EXIT.fine;
}

interface Wanted {
  readonly owner: string;
  readonly repo: string;
  /** Null: the repository and all its pull requests. */
  readonly number: number | null;
}

function nameIn(given: string): Wanted {
  const [, owner, repo, number] = /^([A-Za-z0-9_-]{1,100})\/([A-Za-z0-9._-]{1,100})(?:#([1-9]\d{0,8}))?$/.exec(given) ?? [];
  if (!owner || !repo) {
    throw new UsageError(`${visible(given)} names no repository. Wanted: OWNER/REPO, or OWNER/REPO#NUMBER in quotes.`);
  }
  return { owner, repo, number: number === undefined ? null : Number(number) };
}

async function* verdictsOf({ owner, repo, number }: Wanted, store: Pick<Store, 'verdictsAfter'>): AsyncGenerator<Verdict> {
  let after = 0;
  for (;;) {
    const page = await store.verdictsAfter(owner, repo, after, PAGE);
    for (const { verdict } of page) if (number === null || numberOf(verdict) === number) yield verdict;
    if (page.length < PAGE) return;
    after = page.at(-1)?.id ?? after;
  }
}

function numberOf({ subject }: Verdict): number | null {
  return subject.kind === 'repository' ? null : subject.number;
}

function overridesIn({ rules }: Verdict): readonly Override[] {
  return rules.flatMap(({ overrides = [] }) => overrides);
}

function textOf(verdict: Verdict): string {
  const { subject, sha, at, conclusion, policy, rules } = verdict;
  const number = numberOf(verdict);
  const what = `${subject.owner}/${subject.repo}${number === null ? '' : `#${number}`}${subject.kind === 'merge-group' ? ' in the merge queue' : ''}`;
  const files = policy.files.map(({ source, commit }) => `${source}${commit === null ? '' : ` at ${commit.slice(0, 7)}`}`);
  const lines = [
    `${at}  ${what}  ${sha.slice(0, 7)}  ${conclusion}`,
    `  by ${files.length === 0 ? 'the built-in baseline' : files.join(', ')}`,
    ...rules.map(({ id, enforce, outcome }) => `  ${id} (${enforce}): ${outcome}`),
    ...overridesIn(verdict).flatMap(overrideLines),
  ];
  return lines.map((line) => `${visible(line)}\n`).join('');
}

function overrideLines({ rule, by, permission, reason, at, url, covers }: Override): readonly string[] {
  return [
    `  overridden: ${rule} by @${by.login} (${by.accountId}), role ${permission}, at ${at}: ${reason}`,
    `    covers ${covers.join(', ')}`,
    ...(url === null ? [] : [`    ${url}`]),
  ];
}
