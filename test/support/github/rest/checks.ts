/** The Checks API, with the refusals that GitHub's description does not tell. */
import { invalid, notFound } from '../access.ts';
import type { CheckRun, Repository } from '../model.ts';
import { checkRun as checkRunShape } from '../shapes-shown.ts';
import type { CheckRunFields } from '../world/checks.ts';
import { READ, knows, onRepository, paged, resolveRef } from './route.ts';
import type { Answer, Call, Routes } from './route.ts';

const WRITE = [{ checks: 'write' }] as const;

function create({ world, body }: Call, one: Repository): Answer {
  const fields = body as CheckRunFields;
  if (!knows(one, fields.head_sha ?? '')) throw invalid(`No commit found for SHA: ${fields.head_sha ?? ''}`);
  refuse(fields);
  const { run, deliveries } = world.createCheckRun(one, fields);
  world.echoes.push(...deliveries);
  return { status: 201, body: checkRunShape(one, world.app, run) };
}

function update(call: Call, one: Repository): Answer {
  const run = runById(call, one);
  const fields = call.body as CheckRunFields;
  refuse(fields);
  call.world.echoes.push(...call.world.updateCheckRun(one, run, fields).deliveries);
  return { body: checkRunShape(one, call.world.app, run) };
}

function refuse({ status, conclusion, output }: CheckRunFields): void {
  if (status === 'completed' && conclusion === undefined) {
    throw invalid("Invalid request.\n\nFor 'anyOf/0', \"conclusion\" wasn't supplied.");
  }
  if (output !== undefined && (output.title === undefined || output.summary === undefined)) {
    throw invalid('Invalid request.\n\nAn output needs both a title and a summary.');
  }
}

function runById({ params, world }: Call, one: Repository): CheckRun {
  const run = one.checkRuns.get(Number(params.check_run_id));
  if (run?.suite.appId !== world.app.id) throw notFound();
  return run;
}

/** The newest run of each name, unless `filter=all`. */
function listForRef(call: Call, one: Repository): Answer {
  const sha = resolveRef(one, call.params.ref ?? '');
  if (sha === undefined) throw invalid(`No commit found for SHA: ${call.params.ref ?? ''}`);
  const [name, status, appId] = ['check_name', 'status', 'app_id'].map((key) => call.query.get(key));
  const matching = call.world
    .checkRunsAt(one, sha)
    .filter((run) => (name ?? run.name) === run.name && (status ?? run.status) === run.status)
    .filter((run) => appId === null || appId === undefined || run.suite.appId === Number(appId))
    .reverse();
  const isNewest = (run: CheckRun): boolean => matching.find((other) => other.name === run.name) === run;
  const runs = call.query.get('filter') === 'all' ? matching : matching.filter(isNewest);
  return paged(
    call,
    runs,
    (run) => checkRunShape(one, call.world.app, run),
    (page) => ({ total_count: runs.length, check_runs: page }),
  );
}

export const checks: Routes = {
  'checks/create': onRepository(WRITE, create),
  'checks/update': onRepository(WRITE, update),
  'checks/get': onRepository(READ.checks, (call, one) => ({ body: checkRunShape(one, call.world.app, runById(call, one)) })),
  'checks/list-for-ref': onRepository(READ.checks, listForRef, ['check_name', 'status', 'filter', 'app_id']),
  'checks/list-annotations': onRepository(READ.checks, (call, one) =>
    paged(call, runById(call, one).annotations, (annotation) => ({ blob_href: '', raw_details: null, ...annotation })),
  ),
};
