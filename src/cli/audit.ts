/** `steward audit`: judges every repository of an account as it is on GitHub now, and changes nothing. */
import { nothingRemembered } from '../facts/nothing-remembered.ts';
import { offlineLicenses } from '../server/licenses.ts';
import type { Repository } from '../facts/source.ts';
import { gather, interview } from '../facts/gather.ts';
import { refusing } from '../github/calls.ts';
import { auditOwner, type Audited } from '../github/owner-audit.ts';
import { GoneError } from '../github/later.ts';
import type { Reading } from '../spine/govern.ts';
import { inForce, type OccasionOf } from '../policy/in-force.ts';
import type { PolicyFile } from '../policy/policy.ts';
import { needsProperties } from '../policy/groups.ts';
import { parse, type Document } from '../policy/parse.ts';
import { traitsOf } from '../policy/where.ts';
import { auditConfig } from '../server/config.ts';
import { judge, questionsOf } from '../verdict/judge.ts';
import { openJournal, type Journal } from './audit-journal.ts';
import { auditCsv, auditHtml, auditJson, auditMarkdown, type Audit, type AuditOptions, type Row } from './audit-table.ts';
import { isBlocking } from './blocking.ts';
import { EXIT, type Console } from './console.ts';
import { policyAt, policyOf, type Shelf } from './policies.ts';
import { progressOn } from './progress.ts';
import { UsageError } from './repository.ts';

/** Reads the repositories of an account; those that are done already are left out. */
export type ReadOwner = (
  owner: string,
  done: readonly string[],
  told: { readonly onWait: (milliseconds: number) => void; readonly onRemaining: (count: number) => void },
) => AsyncIterable<Audited>;

/** Judges the repositories of an account and prints the table. */
export async function audit(
  owner: string,
  options: AuditOptions,
  shelf: Shelf,
  console: Console,
  read: ReadOwner = readGithub(),
): Promise<number> {
  const file = options.policy === undefined ? null : await policyAt(options.policy);
  // Said before anything is read, when it is not sound.
  if (file) await policyOf(file, shelf);
  const journal = await openJournal(options.resume ?? null, { owner, policy: file?.text ?? null });
  const work = { owner, options, shelf, console, read, given: file, journal };
  const { rows, isPartial, hasFault } = await refusing('writes', () => readRows(work));
  const table: Audit = { owner, at: console.now().toISOString(), rows, isPartial };
  await console.out(PRINT[options.format](table));
  if (hasFault) return EXIT.fault;
  return rows.some(({ verdict }) => verdict !== undefined && isBlocking(verdict)) ? EXIT.blocking : EXIT.fine;
}

const PRINT = { md: auditMarkdown, json: auditJson, csv: auditCsv, html: auditHtml } as const;

interface Work {
  readonly owner: string;
  readonly options: AuditOptions;
  readonly shelf: Shelf;
  readonly console: Console;
  readonly read: ReadOwner;
  readonly given: PolicyFile | null;
  readonly journal: Journal;
}

interface Found {
  readonly rows: readonly Row[];
  readonly isPartial: boolean;
  readonly hasFault: boolean;
}

async function readRows({ owner, options, shelf, console, read, given, journal }: Work): Promise<Found> {
  const progress = progressOn(console);
  const rows: Row[] = [...journal.rows];
  const rate = { remaining: null as number | null };
  let faults = 0;
  let isPartial = false;
  const library = remembering();
  const onWait = (milliseconds: number): void => {
    console.note(`GitHub's rate limit is used up; going on in ${Math.ceil(milliseconds / 60_000)} min.`);
  };
  const told = { onWait, onRemaining: (count: number) => void (rate.remaining = count) };
  for await (const one of read(
    owner,
    journal.rows.map(({ repository }) => repository),
    told,
  )) {
    if (rows.length - journal.rows.length >= (options.limit ?? Infinity)) {
      isPartial = true;
      break;
    }
    const left = rate.remaining === null ? '' : `, ${rate.remaining} requests left in this hour`;
    progress(`${one.position} of ${one.total}: ${one.repo}${left}`);
    const row = await rowOf(one, shelf, given, library, console.now());
    if (row instanceof Error) {
      faults += 1;
      isPartial = true;
      rows.push({ repository: one.repo, skipped: `could not be read: ${row.message}` });
      console.note(`${one.repo} could not be read: ${row.message}`);
    } else {
      rows.push(row);
      await journal.keep(row);
    }
  }
  return { rows: rows.toSorted(byName), isPartial, hasFault: faults > 0 };
}

/** Groups and roll-outs go by what is known of the repository. */
function occasionsOf(reading: Reading, repository: Repository, now: Date): OccasionOf {
  return async (documents) => {
    const asked = needsProperties(documents) ? await reading.properties() : null;
    return { now, traits: traitsOf(repository, asked?.known === true ? asked.value : undefined), isFirst: null };
  };
}

function documentsIn(file: PolicyFile, { rules, presets }: Shelf): readonly Document[] {
  const { document } = parse(file, rules, presets);
  return document ? [document] : [];
}

/** A fault with one repository does not stop the others; it is told, and tried again when the audit goes on. */
async function rowOf(
  { repo, owner, reading }: Audited,
  shelf: Shelf,
  given: PolicyFile | null,
  library: ReturnType<typeof remembering>,
  now: Date,
): Promise<Row | Error> {
  try {
    const repository = await reading.repository();
    if (!repository.known) return new Error(repository.reason);
    const { headSha, url, defaultBranch } = repository.value;
    if (headSha === null) return { repository: repo, skipped: 'no commit yet' };
    const { rules, presets } = shelf;
    const occasionOf = occasionsOf(reading, repository.value, now);
    const { policy, problems } = given
      ? await policyOf(given, shelf, await occasionOf(documentsIn(given, shelf)))
      : await inForce(await reading.policyFiles(), library(reading), rules, presets, occasionOf);
    const subject = { kind: 'repository', owner, repo } as const;
    const facts = await gather(
      questionsOf({ subject, policy, rules }),
      interview({ ...reading, ...nothingRemembered(now), ...offlineLicenses() }),
    );
    const circumstances = { title: null, url, author: null, baseRef: null, isDraft: false, defaultBranch };
    return { repository: repo, verdict: judge({ subject, sha: headSha, policy, problems, rules, facts, circumstances, now }) };
  } catch (error) {
    if (error instanceof GoneError) return { repository: repo, skipped: 'no longer there' };
    if ((error as { status?: number }).status === 401) throw tokenRefused(error);
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Good versions of policy files, for the length of one audit. */
function remembering() {
  const good = new Map<string, PolicyFile>();
  return (reading: Reading) => ({
    goodPolicy: (source: string) => Promise.resolve(good.get(source) ?? null),
    keepGoodPolicy: (file: PolicyFile) => Promise.resolve(void good.set(file.source, file)),
    history: (which: 'organization' | 'repository') => reading.policyHistory(which),
    shared: (reference: Parameters<Reading['sharedPolicy']>[0]) => reading.sharedPolicy(reference),
  });
}

/** Reads GitHub itself. */
export function readGithub(given?: ReturnType<typeof auditConfig>): ReadOwner {
  return async function* (owner, done, { onWait, onRemaining }) {
    const config = given ?? auditConfig();
    if ('problems' in config) throw new UsageError(config.problems.join('\n'));
    const onRequest = ({ remaining }: { remaining: number | null }): void => {
      if (remaining !== null) onRemaining(remaining);
    };
    try {
      yield* auditOwner({ owner, done, token: config.token, baseUrl: config.hosts.api, onWait, onRequest });
    } catch (error) {
      if (error instanceof GoneError) throw new UsageError(error.message, { cause: error });
      throw (error as { status?: number }).status === 401 ? tokenRefused(error) : error;
    }
  };
}

function tokenRefused(cause: unknown): UsageError {
  return new UsageError('GitHub does not accept the token in GITHUB_TOKEN. It may have expired; create a new one.', { cause });
}

function byName(a: Row, b: Row): number {
  return a.repository.toLowerCase() < b.repository.toLowerCase() ? -1 : 1;
}
