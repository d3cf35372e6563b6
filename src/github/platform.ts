/** GitHub as the platform that `govern` reads and writes. */
import { known } from '../facts/answer.ts';
import type { Judged, PullRequestSubject, RepositorySubject } from '../facts/subject.ts';
import type { Platform } from '../govern.ts';
import { differences } from '../views/differences.ts';
import type { Effect, Present, PresentCheckRun } from '../views/effect.ts';
import { agreementTextOf, type Web } from './agreements.ts';
import type { Blobs } from './blobs.ts';
import { connect, type Connection, type ConnectionOptions } from './connection.ts';
import { expand } from './expand.ts';
import { LaterError } from './later.ts';
import { permissionOf } from './permission.ts';
import { publish, type Skipped } from './publish.ts';
import { reading, type GithubReading } from './source.ts';
import { sharedPolicies } from './shared-policies.ts';
import { turns } from './turns.ts';

/** Numbers that GitHub gave to what Steward made, so that they are found without listing. */
export interface Publications {
  publication(subject: Judged, kind: 'comment' | 'issue'): Promise<number | null>;
  keepPublication(subject: Judged, kind: 'comment' | 'issue', id: number): Promise<void>;
}

export interface PlatformOptions extends ConnectionOptions {
  readonly blobs?: Blobs;
  readonly publications?: Publications;
  /** The accounts that a policy names as readers, in lower case. Left out: private policies are for their own account. */
  readonly readers?: (policy: string) => readonly string[];
  /** Reads texts of agreements on the web. Left out: only repositories hold agreements. */
  readonly web?: Web;
  /** Told of writes that GitHub does not take for an ordinary reason: archived, issues switched off. */
  readonly onSkipped?: (subject: Judged, skipped: Skipped) => void;
}

export interface GithubPlatform extends Platform {
  /** For what the App asks on its own behalf: deliveries, installations. */
  readonly connection: Connection;
}

/** What publishing needs to know of the reading it answers. */
interface Opened {
  readonly owner: string;
  readonly repo: string;
  readonly checkRuns?: () => Promise<readonly PresentCheckRun[]>;
}

/** Remembered of a repository without an issue of Steward's, so that it is not looked for at every push. */
const NONE = 0;
/** Remembered while one is being opened: after a crash in that moment it is looked for again, as if nothing were remembered. */
const OPENING = -1;

/** Reads and writes GitHub as an App, with a token of least permissions for each purpose. */
export function githubPlatform(options: PlatformOptions): GithubPlatform {
  const connection = connect(options);
  const { publications, onSkipped, now = Date.now } = options;
  // What is published goes to the name that the reading found: GitHub redirects old names only for a while.
  const opened = new WeakMap<Present, Opened>();
  const inTurn = turns();
  const { readers } = options;
  const shared = sharedPolicies(readers ? { as: (owner) => connection.as(owner, 'read'), readers } : null, now);
  return {
    connection,
    async open(subject, wants) {
      const kept = await publications?.publication(keeper(subject), kindOf(subject));
      const read = reading({
        api: await connection.as(subject.owner, 'read'),
        subject,
        wants,
        appId: connection.appId,
        issue: subject.kind === 'repository' && kept !== OPENING ? (kept ?? null) : null,
        blobs: options.blobs ?? null,
        shown: { slug: () => connection.slug(), comment: subject.kind === 'repository' ? null : (kept ?? null) },
        shared,
        members: () => connection.as(subject.owner, 'members'),
      });
      const present = async (): Promise<Present> => {
        const shown = await read.present();
        opened.set(shown, { ...(await read.names()), checkRuns: () => read.checkRuns() });
        const id = subject.kind === 'repository' ? (shown.issue?.number ?? NONE) : shown.comment?.id;
        if (id !== undefined && id !== kept) await publications?.keepPublication(keeper(subject), kindOf(subject), id);
        return shown;
      };
      return { ...read, present } satisfies GithubReading;
    },
    async publish(subject, effects, present) {
      const { owner, repo, checkRuns }: Opened = opened.get(present) ?? subject;
      const opens = effects.some((effect) => effect.kind === 'issue' && effect.state === 'open');
      if (opens && !present.issue) await publications?.keepPublication(keeper(subject), 'issue', OPENING);
      const skipped = await inTurn(placeOf(owner, repo, effects), async () => {
        if (checkRuns) await unlessOthersCame(effects, present, checkRuns);
        return publish(effects, present, {
          owner,
          repo,
          as: (purpose) => connection.as(owner, purpose),
          // What is said about a repository is said on its issues.
          reactsAs: subject.kind === 'repository' ? 'issue' : 'comment',
          now,
          made: async (kind, id) => publications?.keepPublication(keeper(subject), kind, id),
        });
      });
      for (const one of skipped) onSkipped?.(subject, one);
      return { postponed: null };
    },
    permission: async (subject, person) => permissionOf(await connection.as(subject.owner, 'read'), subject, person),
    agreementText: async (reference, reader) =>
      agreementTextOf(reference, () => connection.as(reader, 'read'), options.web ?? null),
    approvals: (_, asked) => Promise.resolve(asked.map(() => ({ state: 'unknown', reason: 'reviews are not read yet' }))),
    missing: () => Promise.resolve(known([])),
    expand: async (group) => expand(await connection.as(group.owner, 'read'), group),
  };
}

/** What is published at the same place is published one after another: pull requests can share a commit, and so its check. */
function placeOf(owner: string, repo: string, effects: readonly Effect[]): string {
  const run = effects.find((effect) => effect.kind === 'check-run');
  return `${owner}/${repo}@${run?.sha ?? ''}`.toLowerCase();
}

/** A check run that another pull request made since this one was read must not be made again: look at everything anew. */
async function unlessOthersCame(
  effects: readonly Effect[],
  present: Present,
  checkRuns: () => Promise<readonly PresentCheckRun[]>,
): Promise<void> {
  if (present.siblings.length < 2) return;
  const writes = effects.flatMap((effect) => differences(effect, present));
  if (!writes.some((write) => write.do === 'create-check-run')) return;
  const known = new Set(present.checkRuns.map(({ id }) => id));
  if ((await checkRuns()).every(({ id }) => known.has(id))) return;
  throw new LaterError('Another pull request with this commit was shown meanwhile.', { after: 0 });
}

/** A pull request in a merge queue shares its comment with the pull request. */
function keeper(subject: Judged): RepositorySubject | PullRequestSubject {
  if (subject.kind !== 'merge-group') return subject;
  const { owner, repo, number } = subject;
  return { kind: 'pull-request', owner, repo, number };
}

function kindOf(subject: Judged): 'comment' | 'issue' {
  return subject.kind === 'repository' ? 'issue' : 'comment';
}
