/** Waivers on a stage: an organization with people who approve them, files, and pull requests that bring them in. */
import type { Content } from './github/git.ts';
import type { Issue, Repository } from './github/model.ts';
import { WELL, without, type Organization, type Stage } from './stage.ts';

export const FOLDER = '.github/steward/waivers';
export const ASKING_FILES = 'rules:\n  required-files: { enforce: block, files: [readme, security] }\n';
const DAY = 86_400_000;

export type Home = Organization & { readonly policies: Repository };
export type Paths = Readonly<Record<string, Content>>;

export interface Bringing {
  /** Who opens the pull request and writes its commit. */
  readonly author?: string;
  /** Who approves it; null: nobody. */
  readonly approver?: string | null;
  /** What is pushed after the approval. */
  readonly then?: Paths;
  readonly remove?: readonly string[];
}

/** What people do about waivers, over the stage's real HTTP. */
export class WaiverDesk {
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** The day so many days from now, in UTC: YYYY-MM-DD. */
  day(days: number): string {
    return new Date(this.stage.now().getTime() + days * DAY).toISOString().slice(0, 10);
  }

  /** Lets time pass until a minute after the moment so many days before a last day is over. */
  async untilBeforeEnd(until: string, days: number): Promise<void> {
    const moment = Date.parse(`${until}T00:00:00Z`) + DAY - days * DAY;
    await this.stage.later((moment - this.stage.now().getTime()) / 60_000 + 1);
  }

  /** An organization with a policy, in whose policy repository Grace and Eve may write. */
  async organization(policy = ASKING_FILES): Promise<Home> {
    const acme = await this.stage.organization({ policy });
    const { policies } = acme;
    if (policies === null) throw new Error('The organization has no policy.');
    for (const login of ['grace', 'eve']) {
      this.stage.world.user(login);
      policies.collaborators.set(login, 'write');
    }
    return { ...acme, policies };
  }

  /** A repository that does not say how to report a weakness: it has an open issue. */
  lacking(acme: Organization): Promise<Repository> {
    return this.stage.repository(acme, { files: without(WELL, 'SECURITY.md') });
  }

  /** A waiver file of the rule about files; what is given last stands in it. */
  text(one: Pick<Repository, 'name'>, more: Readonly<Record<string, unknown>> = {}): string {
    const keys = { rule: 'required-files', repositories: [one.name], reason: 'The files come from upstream.', approver: 'grace' };
    return JSON.stringify({ ...keys, until: this.day(60), ...more });
  }

  /** Brings files into the policy repository by a pull request that is approved and merged. */
  async bring(
    { policies }: Home,
    files: Paths,
    { author = 'ada', approver = 'grace', then, remove = [] }: Bringing = {},
  ): Promise<{ readonly number: number; readonly sha: string }> {
    const { stage } = this;
    const { number, sha, branch } = await stage.pullRequest(policies, { author, message: 'Waive', files, remove }, { author });
    const by = approver?.endsWith('[bot]') ? stage.world.bot(approver) : approver;
    if (by !== null) stage.world.review(policies, number, by);
    if (then) await stage.push(policies, branch, { author, message: 'Waive more', files: then });
    // Squashed, for a merge in the double takes no file away.
    await stage.deliver(stage.world.mergePullRequest(policies, number, 'eve', { method: 'squash' }));
    return { number, sha };
  }

  /** Subjects that jobs looked at since a place in Steward's log, each once. */
  lookedAt(from: number): readonly string[] {
    const lines = this.stage.log().slice(from).split('\n');
    const jobs = lines.filter((line) => line.includes('"msg":"job"')).map((line) => (JSON.parse(line) as { job: string }).job);
    return [...new Set(jobs)].sort();
  }

  /** Names of the GraphQL queries since a mark. */
  queries(mark: number): readonly string[] {
    const names = this.stage.github.log.since(mark, 'graphql').map(({ body }) => {
      const { query = '' } = body as { readonly query?: string };
      return /^\s*query (\w+)/.exec(query)?.[1] ?? '';
    });
    return names.sort();
  }

  /** Steward's comment on a pull request that shows the verdict. */
  comment(one: Repository, number: number): string {
    const shown = this.stage.comments(one, number).find(({ body }) => body.startsWith('<!-- steward:comment -->'));
    return shown?.body ?? '';
  }

  /** Steward's issue about what a repository lacks. */
  issue(one: Repository): Issue {
    const found = this.stage.issues(one).find(({ body }) => body?.startsWith('<!-- steward:issue -->'));
    if (!found) throw new Error(`${one.name} has no issue.`);
    return found;
  }

  /** The issue for administrators, and the notes below it. There is never a second one. */
  policyIssue({ policies }: Home): { readonly state: string; readonly body: string; readonly notes: readonly string[] } {
    const [issue, second] = this.stage.issues(policies).filter(({ body }) => body?.startsWith('<!-- steward:policy-issue -->'));
    if (second) throw new Error('There are two policy issues.');
    if (!issue) return { state: 'none', body: '', notes: [] };
    const notes = this.stage.comments(policies, issue.number).map(({ body }) => body);
    return { state: issue.state, body: issue.body ?? '', notes };
  }

  /** What administrators are told about a file: the line of the policy issue; empty where there is none. */
  told(acme: Home, name: string): string {
    const { state, body } = this.policyIssue(acme);
    const line = state === 'open' ? body.split('\n').find((text) => text.includes(name)) : undefined;
    // Numbers are shown so that they link to nothing of the same number here.
    return (line ?? '').replaceAll('\\#\u200b', '#');
  }
}
