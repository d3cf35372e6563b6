/** GitHub as the platform that `govern` reads and writes. */
import type { Judged } from '../facts/subject.ts';
import type { Platform } from '../spine/govern.ts';
import { differences } from '../views/differences.ts';
import type { Effect, Present, PresentCheckRun } from '../views/effect.ts';
import { agreementTextOf, type Web } from './agreements.ts';
import { approvals } from './approvals.ts';
import type { Blobs } from './blobs.ts';
import { capped } from './cap.ts';
import { refusing } from './calls.ts';
import { connect, type Connection, type ConnectionOptions } from './connection.ts';
import { expand } from './expand.ts';
import { missing } from './missing.ts';
import { keepMade, keepOpening, keptOf, type Publications } from './kept.ts';
import { LaterError } from './later.ts';
import { permissionOf } from './permission.ts';
import { cappedReplies } from './reply-cap.ts';
import { rememberedProperties } from './properties.ts';
import { publish } from './publish.ts';
import type { Skipped } from './refusal.ts';
import { reading, type GithubReading } from './source.ts';
import { sharedPolicies } from './shared-policies.ts';
import { takeBack, type Published, type TakenBack } from './take-back.ts';
import { inTeams } from './team-people.ts';
import type { Purpose } from './tokens.ts';
import { turns } from './turns.ts';

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
  /** Deletes a comment of Steward's, or closes an issue of Steward's as not planned, with these words (Markdown) in it. */
  takeBack(subject: Judged, publication: Published, words: string): Promise<TakenBack>;
}

/** What publishing needs to know of the reading it answers. */
interface Opened {
  readonly owner: string;
  readonly repo: string;
  readonly checkRuns?: () => Promise<readonly PresentCheckRun[]>;
}

/** Reads and writes GitHub as an App, with a token of least permissions for each purpose. */
export function githubPlatform(options: PlatformOptions): GithubPlatform {
  const connection = connect(options);
  const { publications = null, onSkipped, now = Date.now } = options;
  // What is published goes to the name that the reading found: GitHub redirects old names only for a while.
  const opened = new WeakMap<Present, Opened>();
  const inTurn = turns();
  const { readers } = options;
  const properties = rememberedProperties(now);
  const shared = sharedPolicies(readers ? { as: (owner) => connection.as(owner, 'read'), readers } : null, now);
  const ways = (owner: string) => (purpose: Purpose) => connection.as(owner, purpose);
  return {
    connection,
    async open(subject, wants) {
      const kept = await keptOf(publications, subject);
      const read = reading({
        api: await connection.as(subject.owner, 'read'),
        subject,
        wants,
        appId: connection.appId,
        issue: kept.issue,
        ...(kept.policyIssue === undefined ? {} : { policyIssue: kept.policyIssue }),
        blobs: options.blobs ?? null,
        shown: { slug: () => connection.slug(), comment: kept.comment },
        shared,
        members: () => connection.as(subject.owner, 'members'),
        properties,
      });
      const present = async (): Promise<Present> => {
        const shown = await read.present();
        opened.set(shown, { ...(await read.names()), checkRuns: () => read.checkRuns() });
        await kept.found(shown);
        return shown;
      };
      return { ...read, present } satisfies GithubReading;
    },
    async publish(subject, effects, present, cap) {
      const { owner, repo, checkRuns }: Opened = opened.get(present) ?? subject;
      const { skipped, postponed } = await inTurn(placeOf(owner, repo, effects), async () => {
        if (checkRuns) await unlessOthersCame(effects, present, checkRuns);
        return publish(effects, present, {
          owner,
          repo,
          as: (purpose) => connection.as(owner, purpose),
          // What is said about a repository is said on its issues.
          answersAs: subject.kind === 'repository' ? 'issue' : 'comment',
          slug: () => connection.slug(),
          now,
          capped: capped({ owner, cap, writes: publications, now, inTurn }),
          cappedReply: cappedReplies({ owner, cap, writes: publications, now, inTurn }),
          making: (kind, cause) => keepOpening(publications, subject, { kind, cause }),
          made: (kind, id, cause) => keepMade(publications, subject, { kind, id, cause }),
        });
      });
      for (const one of skipped) onSkipped?.(subject, one);
      return { postponed };
    },
    permission: async (subject, person) => permissionOf(await connection.as(subject.owner, 'read'), subject, person),
    agreementText: async (reference, reader) =>
      agreementTextOf(reference, () => connection.as(reader, 'read'), options.web ?? null),
    approvals: (repository, asked) => approvals(ways(repository.owner), repository, asked, now),
    withoutCalls: (work) => refusing('calls', work),
    inTeams: (owner, logins, slugs) => inTeams(ways(owner), owner, logins, slugs),
    missing: (owner, names) => missing(ways(owner), owner, names),
    takeBack: (subject, publication, words) =>
      takeBack({ as: ways(subject.owner), slug: () => connection.slug() }, subject, publication, words),
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
