/** What a pull request adds to GitHub's dependency graph. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { GraphedPackage } from '../facts/source.ts';
import type { Api } from './client.ts';
import { LaterError } from './later.ts';
import type { Look } from './look.ts';

type Graphed = Answer<readonly GraphedPackage[] | null>;

/** GitHub cuts longer licenses here without a word: half an expression says something else than the whole. */
const CUT_AT = 255;
const MOST_PAGES = 100;
const ROUTE = 'GET /repos/{owner}/{repo}/dependency-graph/compare/{basehead}';

/**
 * The packages that the head has and the merge base has not; null: GitHub keeps no graph here. Commits of a fork are named by
 * their ids alone, which its parent knows too.
 */
export async function graphedOf(api: Api, { owner, repo, pull, base }: Look): Promise<Graphed> {
  if (!pull) return unknown('a repository by itself is no contribution');
  const basehead = `${base.state?.oid ?? pull.baseRefOid}...${pull.headRefOid}`;
  try {
    return await readPages((page) => api.request(ROUTE, { owner, repo, basehead, ...page }));
  } catch (error) {
    return refused(error);
  }
}

interface Page {
  readonly data: readonly Change[];
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

interface Change {
  readonly change_type: string;
  readonly manifest: string;
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly package_url: string | null;
  readonly license: string | null;
  readonly scope: string;
}

async function readPages(ask: (page: Readonly<Record<string, string>>) => Promise<Page>): Promise<Graphed> {
  const added: GraphedPackage[] = [];
  let next: Readonly<Record<string, string>> | null = {};
  for (let read = 0; next !== null; read += 1) {
    if (read === MOST_PAGES) return unknown('the list of packages in GitHub’s dependency graph is too long to read');
    const { data, headers }: Page = await ask(next);
    const gap = gapOf(headers[WARNINGS]);
    if (gap !== null) return unknown(`GitHub’s dependency graph has a gap between these commits: ${gap}`);
    added.push(...data.filter(({ change_type }) => change_type === 'added').map(packageOf));
    next = nextOf(headers.link);
  }
  return known(added);
}

function packageOf({ manifest, ecosystem, name, version, package_url, license, scope }: Change): GraphedPackage {
  return {
    packageUrl: package_url ?? `pkg:${ecosystem.toLowerCase()}/${encodeURIComponent(name)}@${encodeURIComponent(version)}`,
    manifest,
    usage: scope === 'development' ? 'development' : 'runtime',
    license: license !== null && license.length < CUT_AT ? license : null,
  };
}

const WARNINGS = 'x-github-dependency-graph-snapshot-warnings';

/** What is missing, in GitHub's words: then packages can be left out, or named that were there before. Null: nothing. */
function gapOf(header: string | number | undefined): string | null {
  const text = Buffer.from(String(header ?? ''), 'base64').toString('utf8');
  return text.trim() === '' ? null : text.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
}

/** The parameters of the next page: GitHub documents that there is a `Link`, and not what it holds. */
function nextOf(link: string | number | undefined): Readonly<Record<string, string>> | null {
  const [, address] = /<([^<>]*)>; *rel="next"/.exec(String(link ?? '').slice(0, 8000)) ?? [];
  const url = address === undefined ? null : URL.parse(address);
  return url && Object.fromEntries(url.searchParams);
}

/** A graph that does not answer must not keep the rest of the verdict waiting; a limit of the whole account does. */
function refused(error: unknown): Graphed {
  if (error instanceof LaterError && error.owner === null) return unknown('GitHub’s dependency graph does not answer just now');
  const { status, message = '' } = error as { status?: number; message?: string };
  if (status === 404) return known(null);
  // 403 is also how GitHub says that there is no Advanced Security, or no graph, on a private repository.
  if (status === 403) {
    return message.includes('not accessible by') ? unknown('Steward may not read GitHub’s dependency graph here') : known(null);
  }
  if (status === 400 || status === 422) return unknown(`GitHub does not compare these commits (status ${status})`);
  throw error;
}
