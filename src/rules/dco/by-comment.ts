/** Certification by a sentence in a comment: which commits it covers. */
import type { Change, Statement } from '../../facts/source.ts';
import { isAgentAccount } from './agents.ts';
import type { Setting } from './setting.ts';

/** For each commit that a statement certifies, the oldest one that does. */
export function certifiedByComment(
  setting: Pick<Setting, 'commits' | 'statements' | 'changes' | 'options'>,
): ReadonlyMap<string, Statement> {
  if (!mayCertifyByComment(setting)) return new Map();
  const commits = new Map(setting.commits.map((commit) => [commit.sha, commit]));
  const found = new Map<string, Statement>();
  for (const statement of setting.statements) {
    for (const sha of statement.seen) {
      // The writer's own commits: whom GitHub links as author. A committer passes on what another person wrote.
      const account = commits.get(sha)?.authorAccount;
      if (account?.kind !== 'User' || account.id !== statement.accountId || isAgentAccount(account)) continue;
      if (!found.has(sha)) found.set(sha, statement);
    }
  }
  return found;
}

/** Policy lets a comment certify commits of this contribution. */
export function mayCertifyByComment({ changes, options }: Pick<Setting, 'changes' | 'options'>): boolean {
  return options.byComment === 'all' || (options.byComment === 'docs' && isDocumentationOnly(changes));
}

/**
 * What counts as documentation, by lower-case path. Programs never do, wherever they lie: neither does anything under
 * `docs/` that is built or run, such as `conf.py`.
 */
const DOCUMENTATION: readonly RegExp[] = [
  // Markup that is written to be read.
  /\.(?:md|mdx|markdown|rst|adoc|asciidoc)$/,
  // Plain text only among documentation: elsewhere it steers programs (`requirements.txt`, `CMakeLists.txt`).
  /(?:^|\/)docs?\/(?:.*\/)?[^/]+\.txt$/,
  // Pictures only among documentation: elsewhere they are part of the product.
  /(?:^|\/)docs?\/(?:.*\/)?[^/]+\.(?:png|jpe?g|gif|svg|webp|avif)$/,
];
/** The terms of the project itself are no documentation, whatever they are written in. */
const TERMS = /(?:^|\/)(?:licen[cs]e|copying|copyright|notice|patents|dco|cla)(?:[-_.][^/]*)?$/;

/**
 * Nothing but documentation changes. A rename tells only where a file went: what it was before is not known, so it is
 * not taken for documentation. Neither is a list of changes that is not known.
 */
export function isDocumentationOnly(changes: readonly Change[] | null): boolean {
  return changes?.every(({ path, status }) => status !== 'renamed' && isDocumentation(path.toLowerCase())) ?? false;
}

function isDocumentation(path: string): boolean {
  return !TERMS.test(path) && DOCUMENTATION.some((pattern) => pattern.test(path));
}
