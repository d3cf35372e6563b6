/** The rule types of repolinter for which Steward has no rule, and why; and which file of a project a pattern means. */
import type { CommunityFile } from '../../facts/community-names.ts';

const TEXTS = 'Steward has no rule about what a text says.';
const GIT = 'Steward does not search a history for words; secret scanning of GitHub does.';

/** Why a type is not carried over. */
export const NOT_CARRIED: Readonly<Record<string, string>> = {
  'best-practices-badge-present': 'Steward has no rule about badges.',
  'directory-existence': 'Steward has no rule about folders.',
  'file-contents': TEXTS,
  'file-existence': 'Steward asks for the files that people look for by their kind; this is none of them, or more than one.',
  'file-hash': 'Steward has no rule about hashes of files.',
  'file-hashes-not-exist': 'Steward has no rule about hashes of files.',
  'file-no-broken-links': 'Steward does not follow links of documents.',
  'file-not-contents': TEXTS,
  'file-not-exists': 'Steward has no rule about files that must not be there.',
  'file-starts-with': TEXTS,
  'file-type-exclusion': 'Steward has no rule about binary files.',
  'git-grep-commits': GIT,
  'git-grep-log': GIT,
  'git-list-tree': GIT,
  'git-working-tree': 'Steward judges what git holds, and no working tree.',
  'json-schema-passes': 'Steward has no rule about the form of other JSON files.',
  'large-file': 'Steward has no rule about the size of files.',
};

/** Types that are carried over, as far as their options allow. */
export const CARRIED = ['apache-notice', 'license-detectable-by-licensee'] as const;

/** What names of files begin with, in lower case and without signs. */
const STEMS: readonly (readonly [stem: string, file: CommunityFile])[] = [
  ['readme', 'readme'],
  ['license', 'license'],
  ['licence', 'license'],
  ['copying', 'license'],
  ['contributing', 'contributing'],
  ['codeofconduct', 'code-of-conduct'],
  ['security', 'security'],
  ['codeowners', 'codeowners'],
  ['changelog', 'changelog'],
  ['changes', 'changelog'],
  ['notice', 'notice'],
  ['governance', 'governance'],
  ['support', 'support'],
  ['maintainers', 'maintainers'],
  ['owners', 'maintainers'],
  ['issuetemplate', 'issue-template'],
  ['pullrequesttemplate', 'pull-request-template'],
];

/** The one file that all patterns mean, wherever they look for it; null: another file, or more than one. */
export function fileOf(globs: readonly string[]): CommunityFile | null {
  const wanted = globs.filter((glob) => !glob.startsWith('!') && !glob.endsWith('/')).map(fileOfGlob);
  const [first] = wanted;
  return first && wanted.every((one) => one === first) ? first : null;
}

/** `{docs/,.github/,}CONTRIB*` and `.github/CONTRIBUTING.md` mean the contributing guide. */
function fileOfGlob(glob: string): CommunityFile | null {
  const name = glob.slice(Math.max(glob.lastIndexOf('/'), glob.lastIndexOf('}')) + 1);
  const isOpen = /[*?@(]/.test(name);
  const stem = name
    .replace(/[*?@(.].*$/, '')
    .toLowerCase()
    .replace(/[-_ ]/g, '');
  if (stem.length < 5) return null;
  const found = STEMS.find(([known]) => (isOpen ? known.startsWith(stem) || stem.startsWith(known) : known === stem));
  return found?.[1] ?? null;
}

/** Words of license texts, as people write patterns for them. */
const LICENSES: readonly (readonly [words: RegExp, id: string])[] = [
  [/apache.{0,60}2/i, 'Apache-2.0'],
  [/\bMIT\b/, 'MIT'],
  [/mozilla public license.{0,60}2/i, 'MPL-2.0'],
  [/bsd 3-clause|bsd-3-clause/i, 'BSD-3-Clause'],
];

/** The license that a pattern for the license text means; null: it cannot be told. */
export function licenseIn(pattern: string): string | null {
  return LICENSES.find(([words]) => words.test(pattern.slice(0, 500)))?.[1] ?? null;
}
