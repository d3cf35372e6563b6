/** Addresses on GitHub, made from what a verdict knows. Null where the subject has no address, as in a checkout. */
import type { Origin } from '../policy/policy.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { safeUrl } from './markdown.ts';

/** The subject's repository. */
export function repositoryUrl(verdict: Verdict): string | null {
  const { subject, circumstances } = verdict;
  const url = circumstances.url === null ? null : safeUrl(circumstances.url);
  return url === null ? null : `${new URL(url).origin}/${segments(`${subject.owner}/${subject.repo}`)}`;
}

/** The page on which a file of the default branch is edited. */
export function editUrl(verdict: Verdict, path: string): string | null {
  const repository = repositoryUrl(verdict);
  const branch = verdict.circumstances.defaultBranch;
  return repository === null || branch === null ? null : `${repository}/edit/${segments(branch)}/${segments(path)}`;
}

/** The page on which a file of the default branch is created. */
export function createUrl(verdict: Verdict, path: string): string | null {
  const repository = repositoryUrl(verdict);
  const branch = verdict.circumstances.defaultBranch;
  if (repository === null || branch === null) return null;
  return `${repository}/new/${segments(branch)}?filename=${encodeURIComponent(path.toWellFormed())}`;
}

/**
 * The policy file in which something was written. `precisely`: at the commit that was read, with its line;
 * otherwise as it stands now, so that texts which stay do not change with every commit to the policy.
 */
export function originUrl(verdict: Verdict, origin: Origin, precisely: boolean): string | null {
  const repository = repositoryUrl(verdict);
  const [, owner, repo, path, ref = 'HEAD'] = /^([\w.-]+)\/([\w.-]+):([^@]+)(?:@(.+))?$/s.exec(origin.source) ?? [];
  if (repository === null || owner === undefined || repo === undefined || path === undefined) return null;
  const commit = verdict.policy.files.find((file) => file.source === origin.source)?.commit ?? null;
  const file = `${new URL(repository).origin}/${segments(`${owner}/${repo}`)}/blob`;
  if (!precisely || commit === null) return `${file}/${segments(ref)}/${segments(path)}`;
  return `${file}/${commit}/${segments(path)}${origin.line === null ? '' : `#L${origin.line}`}`;
}

/** The tab of a pull request that shows its check runs. */
export function checksUrl(verdict: Verdict): string | null {
  const repository = repositoryUrl(verdict);
  return repository === null || verdict.subject.kind === 'repository'
    ? null
    : `${repository}/pull/${verdict.subject.number}/checks`;
}

function segments(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
