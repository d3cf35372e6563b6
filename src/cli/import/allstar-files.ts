/** The configuration files of Allstar: what each may say, and why Steward has nothing like it where it has not. */
import type { CommunityFile } from '../../facts/community-names.ts';

/** What a file of Allstar asks for, where a rule of Steward asks for the same. */
export interface Asks {
  readonly rule: 'required-files' | 'license-file';
  readonly file: CommunityFile | null;
}

/** One kind of file. */
export interface AllstarFile {
  readonly keys: readonly string[];
  /** What it asks for by itself; null: nothing that Steward asks for. */
  readonly asks: Asks | null;
  /** Why its keys, but for `optConfig` and `action`, are not carried over. */
  readonly why: string;
}

const file = (keys: readonly string[], why: string, asks: Asks | null = null): AllstarFile => ({
  keys: ['optConfig', 'action', 'baseConfig', ...keys],
  asks,
  why,
});

const FILES: Readonly<Record<string, AllstarFile>> = {
  allstar: {
    keys: ['optConfig', 'baseConfig', 'issueLabel', 'issueRepo', 'issueFooter', 'issueDetails', 'schedule'],
    asks: null,
    why: 'Steward keeps one issue a repository, edits it in place and pings nobody; this has nothing to set there.',
  },
  binary_artifacts: file(['ignoreFiles', 'ignorePaths'], 'Steward has no rule about binary files.'),
  branch_protection: file(
    [
      'enforceDefault',
      'enforceBranches',
      'requireApproval',
      'approvalCount',
      'dismissStale',
      'blockForce',
      'requireUpToDateBranch',
      'requireStatusChecks',
      'enforceOnAdmins',
      'requireCodeOwnerReviews',
      'requireSignedCommits',
    ],
    'Steward has no rule about protected branches. A ruleset of the organization on GitHub holds this, without a bot.',
  ),
  codeowners: file(['requireCODEOWNERS'], '', { rule: 'required-files', file: 'codeowners' }),
  outside: file(['pushAllowed', 'adminAllowed', 'exemptions'], 'Steward has no rule about outside collaborators.'),
  scorecard: file(['checks', 'threshold', 'upload'], 'Steward does not run OpenSSF Scorecard; keep its action for this.'),
  security: file([], '', { rule: 'required-files', file: 'security' }),
  dangerous_workflow: file(['branchList'], 'Steward has no rule about workflows. OpenSSF Scorecard looks for dangerous ones.'),
  actions: file(
    ['groups'],
    'Steward has no rule about the actions of workflows. GitHub can allow and deny actions for an organization.',
  ),
  admin: file(
    ['ownerlessAllowed', 'userAdminsAllowed', 'maxNumberUserAdmins', 'teamAdminsAllowed', 'maxNumberAdminTeams', 'exemptions'],
    'Steward has no rule about administrators.',
  ),
};

/** Checks of Scorecard that a rule of Steward asks, too. */
export const SCORECARD: Readonly<Record<string, Asks>> = {
  'Security-Policy': { rule: 'required-files', file: 'security' },
  License: { rule: 'license-file', file: null },
};

/** Keys of `optConfig` in an organization's file. */
export const ORGANIZATION_OPT = [
  'optOutStrategy',
  'optInRepos',
  'optOutRepos',
  'optOutPrivateRepos',
  'optOutPublicRepos',
  'optOutArchivedRepos',
  'optOutForkedRepos',
  'disableRepoOverride',
] as const;

/** Keys of `optConfig` in a repository's file. */
export const REPOSITORY_OPT = ['optIn', 'optOut'] as const;

/** The names of its files, without their ending. */
export const ALLSTAR_NAMES: readonly string[] = Object.keys(FILES);

/** Whether a name, in lower case, is that of a file of Allstar. */
export function isAllstarFile(name: string): boolean {
  return allstarFile(name) !== null;
}

/** What a file of this name is for; null: it is none of Allstar. */
export function allstarFile(name: string): (AllstarFile & { readonly name: string }) | null {
  const stem = /^(.+)\.ya?ml$/.exec(name)?.[1] ?? '';
  return Object.hasOwn(FILES, stem) && FILES[stem] ? { ...FILES[stem], name: stem } : null;
}

/** Allstar does nothing but log with an action that it does not know. */
export function levelOf(action: string | undefined): 'observe' | 'warn' {
  return action === 'issue' || action === 'fix' ? 'warn' : 'observe';
}
