/** `steward policy undo`: takes back the issues and comments that a version of an organization's policy caused. */
import type { Command } from 'commander';
import { subjectKey } from '../../facts/subject.ts';
import { visible } from '../../facts/words.ts';
import { POLICY_PATH } from '../../policy/reference.ts';
import type { Cause, Publication } from '../../store/store.ts';
import { formatHelp, oneOf, type Done } from '../arguments.ts';
import type { Office } from '../cla/desk.ts';
import { TEXT_OR_JSON } from '../cla/help.ts';

import { EXIT, type Console } from '../console.ts';
import { database, databaseHelp } from '../database.ts';
import { progressOn } from '../progress.ts';
import { UsageError } from '../repository.ts';
import { notWanted } from './undo-wanted.ts';
import type { TakeBack } from './undo-github.ts';

export interface UndoOptions {
  readonly format: (typeof TEXT_OR_JSON)[number];
  /** The beginning of the version's git id; left out: the versions are listed. */
  readonly version?: string;
  readonly dryRun?: boolean;
  /** The version makes nothing any more, though it is the last one that Steward knows: its repository is gone, or what it extends is paused. */
  readonly evenIfInForce?: boolean;
}

/** Adds `policy undo`. */
export function addUndo(policy: Command, console: Console, done: Done): void {
  policy
    .command('undo')
    .description('Take back the issues and comments that a version of the policy caused. Without --version: list the versions.')
    .argument('<owner>', 'the organization')
    .option('--version <id>', 'the beginning of the git id of the policy file, as the list shows it')
    .option('--dry-run', 'only say what would be taken back; GitHub is not asked')
    .option(
      '--even-if-in-force',
      'the policy repository is gone, or the policy that it extends is paused: take back what the last version made',
    )
    .option('--format <format>', `${formatHelp(TEXT_OR_JSON)}; json is one thing a line`, oneOf(TEXT_OR_JSON), 'text')
    .addHelpText(
      'after',
      databaseHelp('steward policy undo example-org', 'steward policy undo example-org --version 0123abc --dry-run') + BEFORE,
    )
    .action(async (owner: string, options: UndoOptions) => {
      const desk = await database(console);
      done(
        await undo(
          owner,
          options,
          { office: desk, takeBack: async () => (await import('./undo-github.ts')).takingBack() },
          console,
        ),
      );
    });
}

const BEFORE = `

First take the version out of force: revert it in the policy repository, or pause the policy ("paused:"). Else Steward would
make everything anew. Comments are deleted and issues closed as not planned; running it twice does no harm. It works as the
App: the variables of the server (APP_ID, PRIVATE_KEY, WEBHOOK_SECRET) have to be set.`;

export interface UndoPorts {
  readonly office: Office;
  /** Opened only when something is to be taken back. */
  readonly takeBack: () => Promise<TakeBack>;
}

/** Lists versions, or takes back what one of them caused. Code 1: something could not be taken back. */
export async function undo(owner: string, options: UndoOptions, ports: UndoPorts, console: Console): Promise<number> {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(owner)) throw new UsageError(`${visible(owner)} names no organization. Wanted: OWNER.`);
  return ports.office.reading(async (store) => {
    const causes = await store.causes(owner);
    const name = (await store.installation(owner))?.owner ?? owner;
    const inForce = (await store.goodPolicy(`${name}/.github:${POLICY_PATH}`))?.oid ?? null;
    if (options.version === undefined) return list(causes, inForce, options, console);
    const version = chosen(causes, options.version, owner);
    const all = await store.publicationsBy(owner, version.oid);
    const made = options.evenIfInForce ? all : await notWanted(all, version, store);
    if (made.length < all.length) console.note(leftAlone(all.length - made.length));
    if (options.dryRun) return foretell(made, options, console);
    if (version.oid === inForce && !options.evenIfInForce) throw new UsageError(IN_FORCE);
    return takeAll(made, wordsFor(version), options, { takeBack: await ports.takeBack() }, console);
  });
}

const IN_FORCE =
  'This version is in force, so Steward would make everything anew. Revert it in the policy repository first, wait until Steward has seen that, and run this again. If the policy repository is gone, or what the policy extends is paused, add --even-if-in-force.';

function leftAlone(count: number): string {
  return `${count} left alone: the policy in force asks for the same, so Steward would make them anew.`;
}

function chosen(causes: readonly Cause[], prefix: string, owner: string): Cause {
  const found = causes.filter(({ oid }) => prefix.length >= 7 && oid.startsWith(prefix.toLowerCase()));
  const [only] = found;
  if (only && found.length === 1) return only;
  const why = found.length > 1 ? 'names several versions' : 'names no version that caused anything';
  throw new UsageError(
    `${visible(prefix)} ${why}. Wanted: at least seven characters of an id that "steward policy undo ${owner}" lists.`,
  );
}

async function list(
  causes: readonly Cause[],
  inForce: string | null,
  { format }: UndoOptions,
  console: Console,
): Promise<number> {
  for (const cause of causes) {
    const isInForce = cause.oid === inForce;
    const text = `${cause.oid}  ${cause.count} made from ${cause.first} to ${cause.last}${isInForce ? '  (in force)' : ''}`;
    await console.out(format === 'json' ? `${JSON.stringify({ ...cause, isInForce })}\n` : `${text}\n`);
  }
  if (causes.length === 0) console.note('No issue and no comment is kept that a version of the policy caused.');
  return EXIT.fine;
}

async function foretell(made: readonly Publication[], { format }: UndoOptions, console: Console): Promise<number> {
  for (const one of made)
    await console.out(format === 'json' ? line({ ...one, state: 'would' }) : `would take back ${nameOf(one)}\n`);
  console.note(`${made.length} would be taken back. Nothing was changed.`);
  return EXIT.fine;
}

async function takeAll(
  made: readonly Publication[],
  words: string,
  { format }: UndoOptions,
  { takeBack }: { readonly takeBack: TakeBack },
  console: Console,
): Promise<number> {
  const progress = progressOn(console);
  let left = 0;
  for (const [index, one] of made.entries()) {
    const came = await tried(() => takeBack(one.subject, one, words));
    if (came.state === 'refused') left += 1;
    progress(`${index + 1} of ${made.length}`);
    const reason = came.state === 'refused' ? `: ${came.reason}` : '';
    await console.out(format === 'json' ? line({ ...one, ...came }) : `${came.state} ${nameOf(one)}${visible(reason)}\n`);
  }
  if (left > 0) console.note(`${left} of ${made.length} could not be taken back. Running this again tries them once more.`);
  return left > 0 ? EXIT.blocking : EXIT.fine;
}

/** One that fails does not stop the others. */
async function tried(work: () => ReturnType<TakeBack>): Promise<Awaited<ReturnType<TakeBack>>> {
  try {
    return await work();
  } catch (error) {
    return { state: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}

function wordsFor({ oid }: Cause): string {
  return `**Taken back.** This issue came from a version of the organization's policy (\`${oid.slice(0, 7)}\`) that its administrators have withdrawn. There is nothing to do here.`;
}

function nameOf({ subject, kind, number }: Publication): string {
  return visible(`${kind === 'comment' ? 'comment' : 'issue'} ${number} of ${subjectKey(subject)}, made for it`);
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
