/** The situation of each commit: how it is certified, why it needs no sign-off, or that one is missing. */
import type { Commit, LinkedPerson, Statement } from '../../facts/source.ts';
import type { Finding } from '../rule.ts';
import { claimedBot, isExemptBot, mayBeExemptBot } from './bots.ts';
import { certifiedByComment } from './by-comment.ts';
import { unsignedCoAuthors } from './co-authors.ts';
import { exemption } from './exempt.ts';
import { remediations, type Remediation } from './remediation.ts';
import { isExactRevert } from './reverts.ts';
import type { Setting } from './setting.ts';
import { hasInvalidAuthor, signingOf, type Signing } from './signing.ts';

export type Situation =
  | { readonly kind: 'signed'; readonly signing: Signing; readonly unsigned: readonly LinkedPerson[] }
  | { readonly kind: 'remediated'; readonly remediation: Remediation }
  | { readonly kind: 'comment'; readonly statement: Statement }
  | { readonly kind: 'certified' | 'merge' | 'bot' | 'revert' }
  | { readonly kind: 'exempt'; readonly group: string }
  /** Whether the author belongs to an exempt group could not be told. */
  | { readonly kind: 'unsure' }
  /** A bot's commit whose signature only GitHub can verify. */
  | { readonly kind: 'unverifiable' }
  /** Signed off, but not by everybody whom policy asks. */
  | { readonly kind: 'co-authors'; readonly unsigned: readonly LinkedPerson[] }
  /** The author's address is none, so nobody can sign. */
  | { readonly kind: 'invalid' }
  | { readonly kind: 'missing' };

/** What follows from each situation, for every rule that asks for it: a situation without an outcome does not compile. */
export const OUTCOMES: Readonly<Record<Situation['kind'], Finding['outcome']>> = {
  signed: 'pass',
  remediated: 'pass',
  comment: 'pass',
  certified: 'pass',
  merge: 'exempt',
  bot: 'exempt',
  revert: 'exempt',
  exempt: 'exempt',
  unsure: 'unknown',
  unverifiable: 'unknown',
  'co-authors': 'fail',
  invalid: 'fail',
  missing: 'fail',
};

/** What certifies commits from outside: earlier merges, later commits, comments. */
interface Elsewhere {
  readonly certified: ReadonlySet<string>;
  readonly remediations: ReadonlyMap<string, Remediation>;
  readonly statements: ReadonlyMap<string, Statement>;
}

/** The situation of every commit, in their order. */
export function situationsOf(setting: Setting): readonly (readonly [Commit, Situation])[] {
  const elsewhere: Elsewhere = {
    certified: new Set(setting.certified),
    remediations: remediations(setting),
    statements: certifiedByComment(setting),
  };
  return setting.commits.map((commit) => [commit, situationOf(commit, setting, elsewhere)] as const);
}

/** The first that holds. A commit's own sign-off comes before every exemption, so that whoever signs is shown as signing. */
function situationOf(commit: Commit, setting: Setting, elsewhere: Elsewhere): Situation {
  const { options } = setting;
  if (commit.parents.length > 1 && options.mergeCommits === 'skip') return { kind: 'merge' };
  if (elsewhere.certified.has(commit.sha)) return { kind: 'certified' };
  const signing = signingOf(commit, setting);
  if (signing) return signed(commit, signing, setting);
  if (isExemptBot(commit, options)) return { kind: 'bot' };
  const group = exemption(commit, setting);
  if (group !== null && typeof group === 'object') return { kind: 'exempt', ...group };
  if (options.reverts === 'skip-exact' && isExactRevert(commit, setting.commits)) return { kind: 'revert' };
  return certifiedElsewhere(commit, setting, elsewhere) ?? open(commit, setting, group === 'unknown');
}

function signed(commit: Commit, signing: Signing, setting: Setting): Situation {
  const unsigned = setting.options.coAuthors === 'ignore' ? [] : unsignedCoAuthors(commit, setting);
  const isMissing = setting.options.coAuthors === 'require' && unsigned.length > 0;
  return isMissing ? { kind: 'co-authors', unsigned } : { kind: 'signed', signing, unsigned };
}

/** Later commits and comments speak for the author; co-authors sign in the commit itself. */
function certifiedElsewhere(commit: Commit, setting: Setting, { remediations, statements }: Elsewhere): Situation | null {
  const remediation = remediations.get(commit.sha);
  const statement = statements.get(commit.sha);
  if (!remediation && !statement) return null;
  const unsigned = setting.options.coAuthors === 'require' ? unsignedCoAuthors(commit, setting) : [];
  if (unsigned.length > 0) return { kind: 'co-authors', unsigned };
  return remediation ? { kind: 'remediated', remediation } : statement ? { kind: 'comment', statement } : null;
}

/** Nothing certifies it: missing, unless somebody else could still tell that it is exempt. */
function open(commit: Commit, { options }: Setting, isUnsure: boolean): Situation {
  if (isUnsure) return { kind: 'unsure' };
  if (mayBeExemptBot(commit, options)) return { kind: 'unverifiable' };
  return { kind: hasInvalidAuthor(commit) && claimedBot(commit) === null ? 'invalid' : 'missing' };
}
