/** `steward policy explain`: every effective value of a repository's policy, and which line it comes from. */
import type { Command } from 'commander';
import { repositoryKey } from '../../facts/subject.ts';
import { visible } from '../../facts/words.ts';
import type { Traits } from '../../policy/managed.ts';
import { parse, type Document } from '../../policy/parse.ts';
import { nearest } from '../../policy/problem.ts';
import { resolve } from '../../policy/resolve.ts';
import { withPresets } from '../../policy/stack.ts';
import { grantingFrom, look, organizationsOwn } from '../../server/repository/look.ts';
import type { Store } from '../../store/store.ts';
import { explained, type Explained } from '../../views/effective.ts';
import { explainedText } from '../../views/effective-text.ts';
import { formatHelp, oneOf } from '../arguments.ts';
import type { Office } from '../cla/desk.ts';
import { TEXT_OR_JSON } from '../cla/help.ts';
import type { Done } from '../arguments.ts';
import { EXIT, type Console } from '../console.ts';
import { database, databaseHelp } from '../database.ts';
import { policyAt, PolicyError, type Shelf } from '../policies.ts';
import { UsageError } from '../repository.ts';
import { day } from './since.ts';
import { TRAITS_HELP, withTrait, type GivenTraits } from './traits.ts';

export interface ExplainOptions {
  readonly format: (typeof TEXT_OR_JSON)[number];
  /** One rule only. */
  readonly rule?: string;
  /** The organization's file and the repository's own, in place of what the database holds. */
  readonly policy?: string;
  readonly repository?: string;
  /** What tells the repository apart, in place of what is stored. */
  readonly trait?: GivenTraits;
  /** Explain as if it were this day. */
  readonly at?: Date;
}

const WITHOUT = 'To explain policy files without a database, name them: --policy FILE and --repository FILE.';

/** Adds `policy explain`. */
export function addExplain(policy: Command, shelf: Shelf, console: Console, done: Done): void {
  policy
    .command('explain')
    .description('Say by which policy a repository is held: every value, and the file and line it comes from.')
    .argument('<repository>', 'OWNER/REPO')
    .option('--rule <id>', 'one rule only, with all its options')
    .option('--policy <file>', "the organization's policy, in place of what the database holds")
    .option('--repository <file>', "the repository's own policy, in place of what the database holds")
    .option('--trait <key=value>', TRAITS_HELP, withTrait)
    .option('--at <day>', 'what holds on this day, for roll-outs, pauses and waivers: YYYY-MM-DD', day)
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText(
      'after',
      databaseHelp(
        'steward policy explain example-org/rocket',
        'steward policy explain example-org/rocket --rule dco --format json',
        'steward policy explain example-org/rocket --policy steward.yml --trait topic=documentation',
      ),
    )
    .action(async (repository: string, options: ExplainOptions) => {
      done(await explain(repository, options, shelf, () => database(console, WITHOUT), console));
    });
}

/** Prints what holds for a repository; JSON is one document. Nothing is read from GitHub, and with files no database either. */
export async function explain(
  name: string,
  options: ExplainOptions,
  shelf: Shelf,
  open: () => Promise<Office>,
  console: Console,
): Promise<number> {
  const { owner, repo } = nameIn(name);
  const only = options.rule === undefined ? null : ruleIn(options.rule, shelf);
  const now = options.at ?? console.now();
  const isByFile = options.policy !== undefined || options.repository !== undefined;
  const found = isByFile
    ? await fromFiles({ owner, repo }, options, shelf, now)
    : await (await open()).reading((store) => fromStore({ owner, repo }, { ...options, at: now }, shelf, store, console));
  const shown = only === null ? found : { ...found, rules: found.rules.filter(({ id }) => id === only) };
  await console.out(options.format === 'json' ? `${JSON.stringify(shown, null, 2)}\n` : explainedText(shown, only));
  return EXIT.fine;
}

interface Named {
  readonly owner: string;
  readonly repo: string;
}

function nameIn(given: string): Named {
  const [, owner, repo] = /^([A-Za-z0-9_-]{1,100})\/([A-Za-z0-9._-]{1,100})$/.exec(given) ?? [];
  if (!owner || !repo || /^\.{1,2}$/.test(repo))
    throw new UsageError(`${visible(given)} names no repository. Wanted: OWNER/REPO.`);
  return { owner, repo };
}

function ruleIn(given: string, { rules }: Shelf): string {
  const ids = rules.map(({ id }) => id);
  if (ids.includes(given)) return given;
  const near = nearest(given, ids);
  throw new UsageError(
    `There is no rule ${visible(given)}. ${near === null ? '' : `Did you mean ${near}? `}The rules are: ${ids.join(', ')}.`,
  );
}

async function fromFiles({ owner, repo }: Named, options: ExplainOptions, shelf: Shelf, now: Date): Promise<Explained> {
  const { rules, presets } = shelf;
  const files = [
    ...(options.policy === undefined ? [] : [await policyAt(options.policy, 'organization')]),
    ...(options.repository === undefined ? [] : [await policyAt(options.repository, 'repository')]),
  ];
  const parsed = files.map((file) => parse(file, rules, presets));
  const wrong = parsed.flatMap(({ problems }) => problems);
  if (wrong.length > 0) throw new PolicyError(wrong);
  const documents = parsed.flatMap(({ document }): readonly Document[] => (document ? [document] : []));
  const traits: Traits = { owner, name: repo, ...options.trait };
  const { policy, problems } = resolve(documents, rules, presets, { now, traits, isFirst: null });
  const above = withPresets(organizationsOwn(documents), rules, presets).documents;
  const unknown = { granted: null, verdict: null };
  return explained({ traits, basis: 'files', now, above, documents, policy, problems, ...unknown }, rules);
}

async function fromStore(
  named: Named,
  { trait, at }: ExplainOptions & { readonly at: Date },
  { rules, presets }: Shelf,
  store: Store,
  console: Console,
): Promise<Explained> {
  const ports = { store, rules, presets };
  const found = await look({ ...named, now: at, given: trait ?? {} }, ports, grantingFrom(ports));
  if (found.repository !== null) return found.explained;
  const near = await nearby(named, store);
  if (found.documents.length === 0) throw new UsageError(nothingKept(named, near));
  if (near !== null) console.note(`Did you mean ${near}?`);
  return found.explained;
}

async function nearby({ owner, repo }: Named, store: Pick<Store, 'storedSubjects'>): Promise<string | null> {
  const subjects = await store.storedSubjects(owner);
  const known = new Map(subjects.map((one) => [one.repo, repositoryKey(one)]));
  return known.get(nearest(repo, known.keys()) ?? '') ?? null;
}

function nothingKept({ owner, repo }: Named, near: string | null): string {
  return [
    `Nothing is stored of ${owner}/${repo}, and no policy of ${owner}: Steward has not judged anything by one here.`,
    near === null ? `Check the name, and that Steward is installed on ${owner}.` : `Did you mean ${near}?`,
    'To explain policy files that are not in force yet, name them: --policy FILE and --repository FILE.',
  ].join('\n');
}
