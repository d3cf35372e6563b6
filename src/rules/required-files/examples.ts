/** Cases of the rule on community files: its test, its documentation and its samples. */
import { COMMUNITY_FILES, type CommunityFile } from '../../facts/community-names.ts';
import type { CommunityFiles, Place, Standing } from '../../facts/community.ts';
import { examplesOf } from '../rule.ts';
import { requiredFiles } from './index.ts';

const nothing: Standing = { places: [], nearMisses: [], unread: null };

/** Everything is missing but what is said. */
function having(standings: Partial<Record<CommunityFile, Partial<Standing>>>): { readonly community: CommunityFiles } {
  const all = COMMUNITY_FILES.map((id) => [id, { ...nothing, ...standings[id] }] as const);
  return { community: Object.fromEntries(all) as unknown as CommunityFiles };
}

function at(path: string, more: Partial<Place> = {}): Partial<Standing> {
  return { places: [{ path, where: 'repository', via: 'file', ...more }] };
}

export const examples = examplesOf(requiredFiles, [
  {
    name: 'files count in every place and spelling that GitHub accepts',
    facts: having({
      readme: at('README.rst'),
      license: at('COPYING'),
      contributing: at('docs/CONTRIBUTING.md'),
      'code-of-conduct': at('CODE-OF-CONDUCT.md'),
      security: at('.github/SECURITY.md'),
    }),
    findings: [
      { outcome: 'pass', about: 'readme', says: 'The README is README.rst.' },
      { outcome: 'pass', about: 'license', says: 'The license is COPYING.' },
      { outcome: 'pass', about: 'contributing', says: 'The contributing guide is docs/CONTRIBUTING.md.' },
      { outcome: 'pass', about: 'code-of-conduct', says: 'The code of conduct is CODE-OF-CONDUCT.md.' },
      { outcome: 'pass', about: 'security', says: 'The security policy is .github/SECURITY.md.' },
    ],
  },
  {
    name: "the organization's default files count where GitHub shows them",
    facts: having({ security: at('SECURITY.md', { where: 'organization' }) }),
    options: { files: ['security'] },
    findings: [
      {
        outcome: 'pass',
        about: 'security',
        says: "The security policy is SECURITY.md, in the organization's .github repository.",
      },
    ],
  },
  {
    name: 'a symbolic link to a file of the repository counts, and so does a folder of templates',
    facts: having({
      changelog: at('CHANGELOG.md', { via: 'symlink' }),
      'issue-template': at('.github/ISSUE_TEMPLATE', { via: 'folder' }),
      description: at('', { via: 'setting' }),
    }),
    options: { files: ['changelog', 'issue-template', 'description'] },
    findings: [
      { outcome: 'pass', about: 'changelog', says: 'The change log is CHANGELOG.md, a symbolic link.' },
      { outcome: 'pass', about: 'issue-template', says: 'The issue template is .github/ISSUE_TEMPLATE, a folder.' },
      { outcome: 'pass', about: 'description', says: "The description is on the repository's page on GitHub." },
    ],
  },
  {
    name: 'a missing file fails, saying where Steward looked',
    facts: having({}),
    options: { files: ['security', 'readme', 'notice', 'changelog', 'description'] },
    findings: [
      {
        outcome: 'fail',
        about: 'security',
        says: "There is no security policy. Steward looked at the root, in .github and in docs, and in the organization's .github repository.",
        fix: 'Add SECURITY.md.',
      },
      {
        outcome: 'fail',
        about: 'readme',
        says: 'There is no README. Steward looked at the root, in .github and in docs.',
        fix: 'Add README.md.',
      },
      { outcome: 'fail', about: 'notice', says: 'There is no NOTICE. Steward looked at the root.', fix: 'Add NOTICE.' },
      {
        outcome: 'fail',
        about: 'changelog',
        says: 'There is no change log. Steward looked at the root, in .github and in docs, and in the folders that are named after the repository.',
        fix: 'Add CHANGELOG.md.',
      },
      {
        outcome: 'fail',
        about: 'description',
        says: "There is no description, neither on the repository's page on GitHub nor in a file DESCRIPTION.",
        fix: 'Describe the repository in one sentence on its page on GitHub, beside "About", or in a file DESCRIPTION.md.',
      },
    ],
  },
  {
    name: 'code owners under a name that GitHub ignores fail, with the command that renames them',
    facts: having({ codeowners: { nearMisses: [{ path: 'CODEOWNERS.md', reason: 'name' }] } }),
    options: { files: ['codeowners'] },
    findings: [
      {
        outcome: 'fail',
        about: 'codeowners',
        says: 'CODEOWNERS.md is there, but GitHub ignores it: it reads code owners only from a file named exactly CODEOWNERS.',
        fix: 'Rename CODEOWNERS.md to CODEOWNERS:',
        commands: ['git mv CODEOWNERS.md CODEOWNERS'],
        location: { path: 'CODEOWNERS.md' },
      },
    ],
  },
  {
    name: 'an empty file and a link that leads nowhere do not count',
    facts: having({
      support: { nearMisses: [{ path: 'SUPPORT.md', reason: 'empty' }] },
      changelog: { nearMisses: [{ path: 'CHANGELOG.md', reason: 'dangling' }] },
    }),
    options: { files: ['support', 'changelog'] },
    findings: [
      {
        outcome: 'fail',
        about: 'support',
        says: 'SUPPORT.md is empty.',
        fix: 'Write into SUPPORT.md what people look for there.',
        location: { path: 'SUPPORT.md' },
      },
      {
        outcome: 'fail',
        about: 'changelog',
        says: 'CHANGELOG.md is a symbolic link that leads to no file of this repository.',
        fix: 'Let the link lead to a file of this repository, or put the text in its place.',
        location: { path: 'CHANGELOG.md' },
      },
    ],
  },
  {
    name: 'a file that is only noted makes nothing fail when it is missing',
    facts: having({
      readme: at('README.md'),
      changelog: at('CHANGELOG.md'),
      codeowners: { nearMisses: [{ path: 'CODEOWNERS.md', reason: 'name' }] },
    }),
    options: { files: ['readme', 'security'], noted: ['changelog', 'support', 'codeowners', 'readme'] },
    findings: [
      { outcome: 'pass', about: 'readme', says: 'The README is README.md.' },
      {
        outcome: 'fail',
        about: 'security',
        says: "There is no security policy. Steward looked at the root, in .github and in docs, and in the organization's .github repository.",
        fix: 'Add SECURITY.md.',
      },
      { outcome: 'pass', about: 'changelog', says: 'The change log is CHANGELOG.md.' },
      {
        outcome: 'exempt',
        about: 'support',
        says: "There is no support document. Steward looked at the root, in .github and in docs, and in the organization's .github repository. The policy does not ask for it.",
      },
      {
        outcome: 'exempt',
        about: 'codeowners',
        says: 'CODEOWNERS.md is there, but GitHub ignores it: it reads code owners only from a file named exactly CODEOWNERS. The policy does not ask for it.',
      },
    ],
  },
  {
    name: "while the organization's default files cannot be read, a missing file is not known to be missing",
    facts: having({ governance: { unread: 'GitHub did not answer' } }),
    options: { files: ['governance'] },
    findings: [
      {
        outcome: 'unknown',
        about: 'governance',
        says: 'Whether there is a governance document is not known: GitHub did not answer.',
      },
    ],
  },
]);
