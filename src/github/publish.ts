/** Makes wished end states true: sends what differs, and nothing when nothing does. */
import { differences, type Write } from '../views/differences.ts';
import { noteMarker, replyMarker, type Effect, type Present, type PresentIssue } from '../views/effect.ts';
import type { Capped } from './cap.ts';
import { createCheckRun, updateCheckRun } from './check-runs.ts';
import type { Api } from './client.ts';
import type { CappedReply } from './reply-cap.ts';
import { refusal, type Skipped } from './refusal.ts';
import { sayOnce, writtenAt } from './said-once.ts';
import type { Purpose } from './tokens.ts';

export interface Publishing {
  readonly owner: string;
  readonly repo: string;
  /** Mints a token that may write, for one purpose. */
  readonly as: (purpose: Exclude<Purpose, 'read' | 'members'>) => Promise<Api>;
  /** Whose permission answers to people's comments need: that of comments on pull requests, or that of issues. */
  readonly answersAs: 'comment' | 'issue';
  /** The App's name in logins. */
  readonly slug: () => Promise<string>;
  readonly now: () => number;
  /** Through which issues and comments are made. */
  readonly capped: Capped;
  /** Through which people are answered. */
  readonly cappedReply: CappedReply;
  /** Told before an issue is made, so that it is looked for after a crash. */
  readonly making: (kind: 'issue' | 'policy-issue', cause: string | null) => Promise<void>;
  /** Told the number that GitHub gave to something new, and the policy it follows from. */
  readonly made: (kind: Made, id: number, cause: string | null) => Promise<void>;
}

export type Made = 'comment' | 'issue' | 'policy-issue';

export interface Outcome {
  readonly skipped: readonly Skipped[];
  /** Milliseconds until there is room for what was left out because of the cap; null: nothing was. */
  readonly postponed: number | null;
}

/**
 * Applies effects in order. What a repository has switched off, and refused answers to people, are skipped and told; every other
 * refusal throws. Issues and comments for which there is no room to make or reopen them are left out; check runs, updates and closings never are.
 */
export async function publish(effects: readonly Effect[], present: Present, publishing: Publishing): Promise<Outcome> {
  const skipped: Skipped[] = [];
  const waits: number[] = [];
  let shown = present;
  for (const effect of effects) {
    for (const write of differences(effect, shown)) {
      try {
        const { issue, postponed, left = null } = await apply(write, publishing);
        if (left !== null) skipped.push({ write: write.do, reason: left });
        // A note goes below the issue that was opened a moment ago.
        if (issue) shown = { ...shown, policyIssue: issue };
        if (postponed !== null) waits.push(postponed);
      } catch (error) {
        skipped.push({ write: write.do, reason: refusal(error, write, publishing) });
      }
    }
  }
  return { skipped, postponed: waits.length === 0 ? null : Math.max(...waits) };
}

interface Applied {
  /** The policy issue as it is now, where this write was about it. */
  readonly issue?: PresentIssue;
  readonly postponed: number | null;
  /** Why it was left out for good; null or left out: it was not. */
  readonly left?: string | null;
}

const DONE: Applied = { postponed: null };

type Of<D extends Write['do']> = Extract<Write, { do: D }>;

async function apply(write: Write, publishing: Publishing): Promise<Applied> {
  const { owner, repo, as, now } = publishing;
  switch (write.do) {
    case 'create-check-run':
      await createCheckRun(write.run, { api: await as('check'), owner, repo, now });
      return DONE;
    case 'update-check-run':
      await updateCheckRun(write.id, write.run, write.run.annotations, { api: await as('check'), owner, repo, now });
      return DONE;
    case 'create-comment':
      return { postponed: await publishing.capped(() => createComment(write, publishing)) };
    case 'update-comment': {
      const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
      await (await as('comment')).request(route, { owner, repo, comment_id: write.id, body: write.body });
      return DONE;
    }
    case 'create-reaction': {
      const route = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';
      const reaction = { comment_id: write.commentId, content: write.content };
      await (await as(publishing.answersAs)).request(route, { owner, repo, ...reaction });
      return DONE;
    }
    case 'create-reply':
      return { postponed: null, left: await publishing.cappedReply(write.to, () => createReply(write, publishing)) };
    case 'create-note':
      return { postponed: await publishing.capped(() => createNote(write, publishing)) };
    case 'create-issue':
      return createIssue(write, publishing);
    case 'update-issue':
      return updateIssue(write, publishing);
  }
}

async function createComment({ number, body, cause }: Of<'create-comment'>, publishing: Publishing): Promise<boolean> {
  const { owner, repo, as, made } = publishing;
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  const { data } = await (await as('comment')).request(route, { owner, repo, issue_number: number, body });
  await made('comment', Number(data.id), cause);
  return true;
}

/** An answer that is there already is not given again: the run that gave it may have died before that was recorded. */
async function createReply({ number, commentId, body }: Of<'create-reply'>, publishing: Publishing): Promise<boolean> {
  const { owner, repo, as, answersAs, slug } = publishing;
  const api = await as(answersAs);
  const thread = { owner, repo, number };
  const since = await writtenAt(api, thread, commentId);
  return sayOnce(api, thread, { body, marker: replyMarker(commentId), since, slug });
}

async function createNote({ number, key, body }: Of<'create-note'>, publishing: Publishing): Promise<boolean> {
  const { owner, repo, as, slug } = publishing;
  return sayOnce(await as('issue'), { owner, repo, number }, { body, marker: noteMarker(key), since: null, slug });
}

async function createIssue({ about, title, body, cause }: Of<'create-issue'>, publishing: Publishing): Promise<Applied> {
  const { owner, repo, as, capped, making, made } = publishing;
  const kind = about === 'policy' ? 'policy-issue' : 'issue';
  let issue: PresentIssue | undefined;
  const postponed = await capped(async () => {
    await making(kind, cause);
    const { data } = await (await as('issue')).request('POST /repos/{owner}/{repo}/issues', { owner, repo, title, body });
    await made(kind, data.number, cause);
    issue = { number: data.number, title, body, state: 'open', stateReason: null, isClosedBySteward: false };
    return true;
  });
  return { postponed, ...(issue && about === 'policy' ? { issue } : {}) };
}

/** Reopening reaches people as making does, so it needs room and is remembered with what it follows from. */
async function updateIssue(write: Of<'update-issue'>, publishing: Publishing): Promise<Applied> {
  if (write.stateReason !== 'reopened') return { ...(await changeIssue(write, publishing)), postponed: null };
  const { capped, made } = publishing;
  let applied: Pick<Applied, 'issue'> = {};
  const postponed = await capped(async () => {
    applied = await changeIssue(write, publishing);
    await made(write.about === 'policy' ? 'policy-issue' : 'issue', write.number, write.cause);
    return true;
  });
  return { ...applied, postponed };
}

async function changeIssue(write: Of<'update-issue'>, { owner, repo, as }: Publishing): Promise<Pick<Applied, 'issue'>> {
  const { about, number, title, body, state, stateReason } = write;
  const reason = stateReason === null ? {} : { state_reason: stateReason };
  const route = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';
  await (await as('issue')).request(route, { owner, repo, issue_number: number, title, body, state, ...reason });
  if (about !== 'policy') return {};
  return { issue: { number, title, body, state, stateReason, isClosedBySteward: state === 'closed' } };
}
