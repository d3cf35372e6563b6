/** The message of one more commit on github.com that signs earlier ones off, for those who have no clone. */
import type { Commit } from '../../facts/source.ts';
import { isWebFlow } from './people.ts';
import { remediationLine, remediations } from './remediation.ts';
import { ownerOf } from './rewriting.ts';
import type { Setting } from './setting.ts';
import { signingOf } from './signing.ts';
import { REMEDIATION_TITLE } from './ways.ts';

export interface Paste {
  readonly text: string;
  /** Ids of the commits that it signs off. */
  readonly signs: ReadonlySet<string>;
}

/** Who has more commits to sign off pastes again: nobody reads, or selects, a longer text. */
const MOST_LINES = 25;

/** The text for the commits of one person who made all of them on github.com; null: there is none that would count. */
export function pasteFor(group: readonly Commit[], setting: Setting): Paste | null {
  const [first] = group;
  // In a clone there is a terminal.
  if (!first?.authorAccount || setting.contribution.number === null || !group.every(isFromWeb)) return null;
  const owner = ownerOf(first, setting);
  // The next commit there names the person as the latest one does.
  const latest = setting.commits.findLast((commit) => isFromWeb(commit) && ownerOf(commit, setting) === owner);
  if (!latest) return null;
  const signs = signedBy(edit(latest, group), setting);
  const targets = group.filter(({ sha }) => signs.has(sha)).slice(0, MOST_LINES);
  const commit = edit(latest, targets);
  if (targets.length === 0 || signingOf(commit, setting) === null) return null;
  return { text: commit.message, signs: new Set(targets.map(({ sha }) => sha)) };
}

function isFromWeb({ signature, committer }: Commit): boolean {
  return signature?.byGitHub === true && isWebFlow(committer);
}

/** The commit that the person would make next on github.com. */
function edit(latest: Commit, targets: readonly Commit[]): Commit {
  const { name, email } = latest.author;
  const lines = targets.map(({ sha }) => remediationLine(latest.author, sha));
  const message = [REMEDIATION_TITLE, '', ...lines, '', `Signed-off-by: ${name} <${email}>`].join('\n');
  return { ...latest, sha: '', message, coAuthors: [] };
}

/** Tried, not guessed: the commits that this one signs off. */
function signedBy(commit: Commit, setting: Setting): ReadonlySet<string> {
  return new Set(remediations({ ...setting, commits: [...setting.commits, commit] }).keys());
}
