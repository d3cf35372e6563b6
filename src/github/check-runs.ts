/** Check runs in GitHub's portions: at most fifty annotations a request, and completed with the last of them. */
import type { Annotation, CheckRunEffect } from '../views/effect.ts';
import type { Api } from './client.ts';

export interface ShowingRuns {
  readonly api: Api;
  readonly owner: string;
  readonly repo: string;
  readonly now: () => number;
}

/** GitHub takes at most 50 annotations a request; every update adds to those that are there. */
const ANNOTATIONS_A_REQUEST = 50;
/** GitHub shows no more buttons. */
const ACTIONS = 3;

/** Makes a check run with all its annotations. */
export async function createCheckRun(run: CheckRunEffect, showing: ShowingRuns): Promise<void> {
  const { api, owner, repo } = showing;
  const { data } = await api.request('POST /repos/{owner}/{repo}/check-runs', {
    owner,
    repo,
    head_sha: run.sha,
    ...body(run, run.annotations.slice(0, ANNOTATIONS_A_REQUEST), run.annotations.length <= ANNOTATIONS_A_REQUEST, showing),
  });
  const rest = run.annotations.slice(ANNOTATIONS_A_REQUEST);
  if (rest.length > 0) await updateCheckRun(Number(data.id), run, rest, showing);
}

/** Brings a check run up to date and adds these annotations. */
export async function updateCheckRun(
  id: number,
  run: CheckRunEffect,
  annotations: readonly Annotation[],
  showing: ShowingRuns,
): Promise<void> {
  const { api, owner, repo } = showing;
  for (let from = 0; from === 0 || from < annotations.length; from += ANNOTATIONS_A_REQUEST) {
    const batch = annotations.slice(from, from + ANNOTATIONS_A_REQUEST);
    const isLast = from + ANNOTATIONS_A_REQUEST >= annotations.length;
    const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
    await api.request(route, { owner, repo, check_run_id: id, ...body(run, batch, isLast, showing) });
  }
}

/** A run is completed with its last annotations: one that was cut off by a crash is seen to be incomplete. */
function body(run: CheckRunEffect, annotations: readonly Annotation[], isLast: boolean, { now }: ShowingRuns) {
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
