/** `certification: either`: each commit is certified by a sign-off or by the agreements of everybody it names. */
import { words } from '../facts/words.ts';
import type { JudgedFinding } from './verdict.ts';
import { isBad } from './overridden.ts';

/** A rule's findings, before an outcome is made of them. */
export interface Found {
  readonly rule: { readonly id: string };
  readonly findings: readonly JudgedFinding[];
}

/** Whether one side certifies a commit by itself, or only because a maintainer answers for it or the organization waives it. */
type Standing = 'certified' | 'waived' | 'overridden' | 'open';

const BY_AGREEMENT = words`The signed agreement covers it.`;
const BY_SIGN_OFF = words`Sign-offs cover it.`;
const BY_OVERRIDE = words`A maintainer answers for it.`;
const BY_WAIVER = words`A waiver covers it.`;

/**
 * Exempts what the other rule certifies. `commits` are all commits of the contribution; null: they could not be read,
 * and then a finding that names no commit stays as it is.
 */
export function either<T extends Found>(founds: readonly T[], commits: readonly string[] | null): readonly T[] {
  const dco = founds.find(({ rule }) => rule.id === 'dco');
  const cla = founds.find(({ rule }) => rule.id === 'cla');
  if (!dco || !cla) return founds;
  return founds.map((found) => {
    if (found !== dco && found !== cla) return found;
    const other = found === dco ? cla : dco;
    const says = found === dco ? BY_AGREEMENT : BY_SIGN_OFF;
    return { ...found, findings: found.findings.map((finding) => covered(finding, other, says, commits)) };
  });
}

function covered(finding: JudgedFinding, other: Found, by: typeof BY_OVERRIDE, all: readonly string[] | null): JudgedFinding {
  if (!isBad(finding) || finding.isExisting) return finding;
  const isAnswered = finding.isOverridden === true || finding.waivedBy !== undefined;
  const named = commitsOf(finding);
  const commits = named.length > 0 ? named : (all ?? []);
  const standing = commits.length === 0 ? 'open' : worst(commits.map((commit) => standingOf(commit, other)));
  if (standing === 'open' || (standing !== 'certified' && isAnswered)) return finding;
  const { about, isExisting, location } = finding;
  const says = words`${finding.says} ${standing === 'certified' ? by : standing === 'waived' ? BY_WAIVER : BY_OVERRIDE}`;
  const rest = { ...(finding.commits ? { commits: finding.commits } : {}), ...(location ? { location } : {}) };
  return { outcome: 'exempt', about, says, isExisting, ...rest };
}

/** What a rule makes of one commit: of every finding that names it. A commit that nothing names is not certified. */
function standingOf(commit: string, { findings }: Found): Standing {
  const naming = findings.filter((finding) => commitsOf(finding).includes(commit));
  return naming.length === 0 ? 'open' : worst(naming.map(standingOfFinding));
}

function standingOfFinding(finding: JudgedFinding): Standing {
  if (!isBad(finding)) return 'certified';
  if (finding.isOverridden) return 'overridden';
  return finding.waivedBy === undefined ? 'open' : 'waived';
}

function worst(standings: readonly Standing[]): Standing {
  if (standings.includes('open')) return 'open';
  if (standings.includes('overridden')) return 'overridden';
  return standings.includes('waived') ? 'waived' : 'certified';
}

/** The commits that a finding is about. */
function commitsOf({ about, commits }: JudgedFinding): readonly string[] {
  if (commits) return commits;
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(about) ? [about] : [];
}
