/** Reads one file of Allstar. */
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { Positions } from '../../policy/positions.ts';
import { readYaml } from '../../policy/yaml.ts';
import { allstarFile, type AllstarFile } from './allstar-files.ts';
import { faulty, type Foreign } from './decision.ts';
import { expected, flawsOf } from './expected.ts';

const truth = z.boolean(expected('true or false')).optional();
const names = z
  .array(z.string(expected('the name of a repository')), expected('a list of repositories'))
  .max(2000)
  .default([]);

const shape = z.looseObject({
  action: z.string(expected('log, issue or fix')).optional(),
  baseConfig: z.string(expected('ORGANIZATION/REPOSITORY')).optional(),
  requireCODEOWNERS: truth,
  checks: z
    .array(z.string(expected('the name of a check')), expected('a list of checks'))
    .max(100)
    .optional(),
  optConfig: z
    .looseObject(
      {
        optOutStrategy: truth,
        optInRepos: names,
        optOutRepos: names,
        optOutPrivateRepos: truth,
        optOutPublicRepos: truth,
        optOutArchivedRepos: truth,
        optOutForkedRepos: truth,
        disableRepoOverride: truth,
        optIn: truth,
        optOut: truth,
      },
      expected('a group of keys'),
    )
    .prefault({}),
});

/** One file, read. */
export interface AllstarText {
  readonly source: string;
  readonly kind: AllstarFile & { readonly name: string };
  readonly written: z.output<typeof shape>;
  readonly positions: Positions;
  /** The repository that a file in the organization's repository speaks of; null: all of them. */
  readonly repository: string | null;
}

const ALLSTAR_FILE = {
  is: 'a file of Allstar is a group of keys such as "optConfig:"',
  hint: 'Give the file as Allstar reads it.',
};

/** Reads one file; its name says what it is about. */
export function readAllstarFile({ source, text }: Foreign): AllstarText | ReturnType<typeof faulty> {
  const kind = allstarFile(basename(source).toLowerCase());
  if (kind === null) {
    const message = 'This is not the name of a file of Allstar, and its name says what it is about.';
    return faulty(source, [{ line: 1, column: 1, path: [], message, hint: 'Name it as Allstar does, such as security.yaml.' }]);
  }
  const { value, positions, problems } = readYaml(text, ALLSTAR_FILE);
  const result = shape.safeParse(value ?? {});
  const flaws = value === undefined ? [] : flawsOf(result.error, positions);
  if (problems.length > 0 || !result.success) return faulty(source, [...problems, ...flaws]);
  return { source, kind, written: result.data, positions, repository: repositoryOf(source) };
}

/** `.allstar/REPO/security.yaml` and `.github/allstar/REPO/security.yaml` speak of one repository. */
function repositoryOf(source: string): string | null {
  const folder = dirname(source);
  const above = basename(dirname(folder));
  return above === '.allstar' || above === 'allstar' ? basename(folder) : null;
}
