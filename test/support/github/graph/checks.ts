/** Check suites and check runs as GraphQL nodes. */
import type { CheckRun, CheckSuite, Repository } from '../model.ts';
import { READ } from '../rest/route.ts';
import { WEB, fullName, nodeId } from '../shapes.ts';
import { connection, demand } from './context.ts';
import type { Context, Node, Paging } from './context.ts';

export interface SuiteArguments extends Paging {
  readonly filterBy?: { readonly appId?: number | null; readonly checkName?: string | null } | null;
}

interface RunArguments extends Paging {
  readonly filterBy?: {
    readonly appId?: number | null;
    readonly checkName?: string | null;
    readonly checkType?: 'ALL' | 'LATEST' | null;
    readonly status?: string | null;
  } | null;
}

/** The suites on a commit; one App's where filtered. */
export function checkSuitesOf(context: Context, one: Repository, sha: string, args: SuiteArguments): Node {
  demand(context, one, READ.checks);
  const { appId, checkName } = args.filterBy ?? {};
  const suites = [...one.checkSuites.values()]
    .filter((suite) => suite.headSha === sha && (appId ?? suite.appId) === suite.appId)
    .filter((suite) => typeof checkName !== 'string' || runsOf(one, suite).some((run) => run.name === checkName));
  return connection('CheckSuite', args, suites, (suite) => suiteNode(context, one, suite));
}

function runsOf(one: Repository, suite: CheckSuite): readonly CheckRun[] {
  return [...one.checkRuns.values()].filter((run) => run.suite === suite);
}

function suiteNode(context: Context, one: Repository, suite: CheckSuite): Node {
  const { app } = context.world;
  const isOwn = suite.appId === app.id;
  return {
    __typename: 'CheckSuite',
    id: nodeId('CheckSuite', suite.id),
    databaseId: suite.id,
    status: runsOf(one, suite).every((run) => run.status === 'completed') ? 'COMPLETED' : 'QUEUED',
    app: { __typename: 'App', databaseId: suite.appId, slug: isOwn ? app.slug : 'another', name: isOwn ? app.name : 'Another' },
    checkRuns: (args: RunArguments) => {
      const { checkName, checkType, status } = args.filterBy ?? {};
      const runs = runsOf(one, suite).filter(
        (run) => (checkName ?? run.name) === run.name && (status ?? run.status.toUpperCase()) === run.status.toUpperCase(),
      );
      const newest = runs.filter((run) => runs.findLast((other) => other.name === run.name) === run);
      return connection('CheckRun', args, checkType === 'LATEST' ? newest : runs, (run) => runNode(one, run));
    },
  };
}

function runNode(one: Repository, run: CheckRun): Node {
  return {
    __typename: 'CheckRun',
    id: nodeId('CheckRun', run.id),
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    externalId: run.externalId,
    detailsUrl: run.detailsUrl,
    url: `${WEB}/${fullName(one)}/runs/${run.id}`,
    title: run.title,
    summary: run.summary,
    text: run.text,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
  };
}
