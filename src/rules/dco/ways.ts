/** Commands that sign off for one person, ready to paste. They keep every file, every commit of others and every signature of a person. */
import type { Commit } from '../../facts/source.ts';
import { shellQuoted } from '../shell.ts';
import { remediationLine } from './remediation.ts';

/** How the missing sign-offs of one person can be added. */
export type Way =
  | { readonly kind: 'amend'; readonly commit: Commit; readonly isSigned: boolean }
  /** Rewrites the commits from `first` to the head, which are all of this one person. */
  | { readonly kind: 'rebase'; readonly first: Commit; readonly isSigned: boolean }
  | { readonly kind: 'remediation'; readonly targets: readonly Commit[] };

/** The title of a commit that signs earlier ones off. */
export const REMEDIATION_TITLE = 'Sign off earlier commits';

/** One command names at most this many commits: shells limit the length of a line. */
const TARGETS_A_COMMAND = 25;

export interface Terms {
  /** The branch is a pull request's, so what is made has to be pushed. */
  readonly isPushed: boolean;
  /** Only the author's sign-off counts, so the commands act as the author. */
  readonly asAuthor: boolean;
}

/** The commands of a way. */
export function commandsFor(way: Way, { isPushed, asAuthor }: Terms): readonly string[] {
  switch (way.kind) {
    case 'amend': {
      const sign = way.isSigned ? ' --gpg-sign' : '';
      return [`${git(way.commit, asAuthor)} commit --amend --signoff --no-edit${sign}`, ...(isPushed ? [FORCE] : [])];
    }
    case 'rebase': {
      const sign = way.isSigned ? ' --gpg-sign' : '';
      const onto = way.first.parents[0] ?? '';
      return [`${git(way.first, asAuthor)} rebase --signoff${sign} ${onto}`, ...(isPushed ? [FORCE] : [])];
    }
    case 'remediation':
      return [...(isPushed ? ['git pull --ff-only'] : []), ...remediation(way.targets), ...(isPushed ? ['git push'] : [])];
  }
}

const FORCE = 'git push --force-with-lease';

function remediation(targets: readonly Commit[]): readonly string[] {
  const [first] = targets;
  if (!first) return [];
  const command = `${git(first, true)} commit --allow-empty --signoff -m ${shellQuoted(REMEDIATION_TITLE)}`;
  const portions = Array.from({ length: Math.ceil(targets.length / TARGETS_A_COMMAND) }, (_, index) =>
    targets.slice(index * TARGETS_A_COMMAND, (index + 1) * TARGETS_A_COMMAND),
  );
  return portions.map((portion) =>
    [command, ...portion.map(({ author, sha }) => `-m ${shellQuoted(remediationLine(author, sha))}`)].join(' '),
  );
}

/** As the author: whatever name and address this machine is set to, it acts as the person who has to sign. */
function git({ author }: Commit, asAuthor: boolean): string {
  return asAuthor ? `git -c user.name=${shellQuoted(author.name)} -c user.email=${shellQuoted(author.email)}` : 'git';
}
