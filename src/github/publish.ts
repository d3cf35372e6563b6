/** Makes wished end states true: sends what differs, and nothing when nothing does. */
import { differences, type Write } from '../views/differences.ts';
import type { Annotation, CheckRunEffect, Effect, Present } from '../views/effect.ts';
import type { Api } from './client.ts';
import { GoneError, LaterError, UngrantedError } from './later.ts';
import type { Purpose } from './tokens.ts';

export interface Publishing {
  readonly owner: string;
  readonly repo: string;
  /** Mints a token that may write, for one purpose. */
  readonly as: (purpose: Exclude<Purpose, 'read' | 'members'>) => Promise<Api>;
  /** Whose permission reactions need: that of comments on pull requests, or that of issues. */
  readonly reactsAs: 'comment' | 'issue';
  readonly now: () => number;
  /** Told the number that GitHub gave to something new. */
  readonly made: (kind: 'comment' | 'issue', id: number) => Promise<void>;
}

/** A write that GitHub does not take for an ordinary reason. */
export interface Skipped {
  readonly write: Write['do'];
  readonly reason: string;
}

/** Applies effects in order. What a repository has switched off and refused reactions are skipped and told; every other refusal throws. */
export async function publish(effects: readonly Effect[], present: Present, publishing: Publishing): Promise<readonly Skipped[]> {
  const skipped: Skipped[] = [];
  for (const write of effects.flatMap((effect) => differences(effect, present))) {
    try {
      await apply(write, publishing);
    } catch (error) {
      skipped.push({ write: write.do, reason: refusal(error, write, publishing) });
    }
  }
  return skipped;
}

async function apply(write: Write, publishing: Publishing): Promise<void> {
  const { owner, repo, as, made } = publishing;
  switch (write.do) {
    case 'create-check-run':
      return createCheckRun(write.run, publishing);
    case 'update-check-run':
      return updateCheckRun(write.id, write.run, write.run.annotations, publishing);
    case 'create-comment': {
      const { number: issue_number, body } = write;
      const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
      const { data } = await (await as('comment')).request(route, { owner, repo, issue_number, body });
      return made('comment', Number(data.id));
    }
    case 'update-comment': {
      const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
      await (await as('comment')).request(route, { owner, repo, comment_id: write.id, body: write.body });
      return;
    }
    case 'create-reaction': {
      const route = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';
      await (await as(publishing.reactsAs)).request(route, { owner, repo, comment_id: write.commentId, content: write.content });
      return;
    }
    case 'create-issue': {
      const { title, body } = write;
      const { data } = await (await as('issue')).request('POST /repos/{owner}/{repo}/issues', { owner, repo, title, body });
      return made('issue', data.number);
    }
    case 'update-issue': {
      const { number: issue_number, title, body, state, stateReason } = write;
      const reason = stateReason === null ? {} : { state_reason: stateReason };
      const route = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';
      await (await as('issue')).request(route, { owner, repo, issue_number, title, body, state, ...reason });
    }
  }
}

/** GitHub takes at most 50 annotations a request; every update adds to those that are there. */
const ANNOTATIONS_A_REQUEST = 50;
/** GitHub shows no more buttons. */
const ACTIONS = 3;

async function createCheckRun(run: CheckRunEffect, publishing: Publishing): Promise<void> {
  const { owner, repo, as } = publishing;
  const api = await as('check');
  const { data } = await api.request('POST /repos/{owner}/{repo}/check-runs', {
    owner,
    repo,
    head_sha: run.sha,
    ...body(run, run.annotations.slice(0, ANNOTATIONS_A_REQUEST), run.annotations.length <= ANNOTATIONS_A_REQUEST, publishing),
  });
  const rest = run.annotations.slice(ANNOTATIONS_A_REQUEST);
  if (rest.length > 0) await updateCheckRun(Number(data.id), run, rest, publishing);
}

async function updateCheckRun(
  id: number,
  run: CheckRunEffect,
  annotations: readonly Annotation[],
  publishing: Publishing,
): Promise<void> {
  const { owner, repo, as } = publishing;
  const api = await as('check');
  for (let from = 0; from === 0 || from < annotations.length; from += ANNOTATIONS_A_REQUEST) {
    const batch = annotations.slice(from, from + ANNOTATIONS_A_REQUEST);
    const isLast = from + ANNOTATIONS_A_REQUEST >= annotations.length;
    const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
    await api.request(route, { owner, repo, check_run_id: id, ...body(run, batch, isLast, publishing) });
  }
}

/** A run is completed with its last annotations: one that was cut off by a crash is seen to be incomplete. */
function body(run: CheckRunEffect, annotations: readonly Annotation[], isLast: boolean, { now }: Publishing) {
  const completed = { status: 'completed' as const, conclusion: run.conclusion, completed_at: new Date(now()).toISOString() };
  return {
    name: run.name,
    ...(isLast ? completed : { status: 'in_progress' as const }),
    external_id: run.externalId,
    ...(run.detailsUrl === null ? {} : { details_url: run.detailsUrl }),
    // Sent every time, also when there are none: an update without them says nothing of the old ones.
    actions: (run.actions ?? []).slice(0, ACTIONS),
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      ...(annotations.length === 0 ? {} : { annotations: [...annotations] }),
    },
  };
}

/** Why an ordinary refusal is no fault; throws what is one. */
function refusal(error: unknown, write: Write, { owner, repo }: Publishing): string {
  const { status, message = '' } = error as { status?: number; message?: string };
  const says = message.slice(0, 500);
  if (status === 410) return 'issues are switched off';
  if (status === 403 && /archived|read-only/i.test(says)) return 'the repository is archived';
  if (status === 403 && /locked/i.test(says)) return 'the conversation is locked';
  if (status === 422 && /no commit found/i.test(says)) return 'the commit is not there any more';
  if (write.do === 'create-reaction') return unanswered(error, says);
  if (status === 404 && write.do.startsWith('update-')) {
    // Somebody deleted it a moment ago: the next look sees that it is gone.
    throw new LaterError('What should be updated is not there any more.', { after: 1000, cause: error });
  }
  if (status === 404) throw new GoneError(`${owner}/${repo} does not exist, or Steward may not write there.`, { cause: error });
  throw error;
}

/** A reaction is a courtesy: what was said is decided and judged also where GitHub takes none. Waiting and faults stay what they are. */
function unanswered(error: unknown, says: string): string {
  const { status } = error as { status?: number };
  if (status === 404) return 'the comment is not there any more';
  if (error instanceof UngrantedError || status === 403 || status === 422) return `GitHub takes no reaction there: ${says}`;
  throw error;
}
