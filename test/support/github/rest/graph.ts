/** The dependency graph: what a commit changes of the packages that manifests name. */
import { forbidden, notFound } from '../access.ts';
import type { Repository } from '../model.ts';
import { READ, knows, onRepository, paged } from './route.ts';
import type { Answer, Call, Routes } from './route.ts';

const NO_GRAPH =
  'Dependency review is not supported on this repository. ' +
  'Please ensure that Dependency graph is enabled along with GitHub Advanced Security on private repositories.';

/** Pages as GitHub makes them; how they are asked for is not described, so only its own links are followed. */
function diff(call: Call, one: Repository): Answer {
  const [base = '', head = ''] = (call.params.basehead ?? '').split('...');
  if (!knows(one, base) || !knows(one, head)) throw notFound();
  if (one.graph === null) throw forbidden(NO_GRAPH);
  const { changes, warnings } = one.graph;
  const said = warnings === null ? '' : Buffer.from(warnings).toString('base64');
  const page = paged(call, changes.get(head) ?? [], (change) => ({
    ...change,
    source_repository_url: null,
    vulnerabilities: [],
  }));
  return { ...page, headers: { ...page.headers, 'x-github-dependency-graph-snapshot-warnings': said } };
}

export const graph: Routes = { 'dependency-graph/diff-range': onRepository(READ.contents, diff) };
