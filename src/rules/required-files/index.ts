/** The files that people look for are there, wherever GitHub accepts them. */
import { z } from 'zod';
import { communityFiles } from '../../facts/community.ts';
import { COMMUNITY_FILES } from '../../facts/community-names.ts';
import { defineRule } from '../rule.ts';
import { notedOf, standingOf } from './says.ts';

const options = z.strictObject({
  files: z
    .array(z.enum(COMMUNITY_FILES))
    .max(COMMUNITY_FILES.length)
    .default(['readme', 'license', 'contributing', 'code-of-conduct', 'security'])
    .describe('The files that are asked for, by id.')
    .meta({ tighten: 'union' }),
  noted: z
    .array(z.enum(COMMUNITY_FILES))
    .max(COMMUNITY_FILES.length)
    .default([])
    .describe(
      'Files that are looked for and only told: one that is missing makes nothing fail. Of a file in both lists, `files` decides.',
    )
    .meta({ tighten: 'union' }),
});

export const requiredFiles = defineRule({
  id: 'required-files',
  on: 'repository',
  title: 'The files that people look for are there',
  why: `Newcomers, users and security researchers look for the same few files in every repository: what this is, how to take part, how to report a weakness, who decides. GitHub links to them from its own pages when they have the names it knows.

Every name, spelling and place that GitHub accepts counts: the root, \`.github\` and \`docs\`, and for most of these files the organization's public \`.github\` repository. A symbolic link counts when it leads to a file of the repository.`,
  fix: `Add the file under the name that the finding gives. A short, true file is better than a long copied one: name this project, and check every link in it. A file that many repositories share can live in the organization's public \`.github\` repository instead.`,
  options,
  needs: (at) => ({ community: communityFiles(at) }),
  check: ({ community }, { files, noted }) => [
    ...[...new Set(files)].map((id) => standingOf(id, community[id])),
    ...[...new Set(noted)].filter((id) => !files.includes(id)).map((id) => notedOf(id, community[id])),
  ],
  headline: (findings) => {
    const asked = findings.filter(({ outcome }) => outcome !== 'exempt').length;
    const missing = findings.filter(({ outcome }) => outcome === 'fail').length;
    return `${missing} of ${asked} ${asked === 1 ? 'file' : 'files'} ${missing === 1 ? 'is' : 'are'} missing`;
  },
});
