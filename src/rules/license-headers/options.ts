/** What a policy says about license headers. */
import { z } from 'zod';
import { LONGEST_GLOB, readGlob } from '../../facts/license/glob.ts';
import { readings } from '../../facts/license/header.ts';
import { isHeaderText, LONGEST_HEADER_TEXT } from '../../facts/license/header-text.ts';
import { STYLES } from '../../facts/license/headers.ts';
import type { Remark } from '../rule.ts';
import { SOURCES } from './comments.ts';

/** Made by tools, or data of tests. */
const EXCLUDED = [
  '**/testdata/**',
  '**/test-data/**',
  '**/fixtures/**',
  '**/__fixtures__/**',
  '**/golden/**',
  '**/__snapshots__/**',
  '**/generated/**',
  '**/__generated__/**',
  '**/*.generated.*',
  '**/*.gen.*',
  '**/*.min.js',
  '**/*.min.css',
  '**/*.pb.go',
  '**/*_pb2.py',
];

const globs = z
  .array(
    z.string().superRefine((text, context) => {
      const read = readGlob(text, 'path');
      if (!read.known) context.addIssue(`Expected a path pattern from the root, such as src/**/*.hs; ${read.reason}.`);
    }),
  )
  .max(100);

const license = z.string().superRefine((text, context) => {
  if (text.length > 200 || readings(text).length === 0) {
    context.addIssue('Expected an SPDX license expression, such as Apache-2.0, of at most 200 characters.');
  }
});

export const options = z.strictObject({
  include: globs
    .min(1)
    .default([...SOURCES])
    .describe(
      `Which added files need a header: paths from the root with \`*\`, \`?\` and \`**/\`, each of at most ${LONGEST_GLOB} characters. By default program sources of the usual languages.`,
    )
    .meta({ tighten: 'union' }),
  exclude: globs
    .default(EXCLUDED)
    .describe(
      'Which of them need none. Vendored folders, build output, and what `.gitattributes` marks as `linguist-generated` or `linguist-vendored` never do; lines that the pull request adds to `.gitattributes` do not count.',
    )
    .meta({ tighten: 'subset' }),
  styles: z
    .array(z.enum(STYLES))
    .min(1)
    .max(STYLES.length)
    .default([...STYLES])
    .describe(
      "Which ways to say the license count: `tag`, a line with `SPDX-License-Identifier`; `notice`, a license's own text or standard header; `reuse`, a file with `.license` behind the name or `REUSE.toml`; `text`, the text of the option `text`.",
    )
    .meta({ tighten: 'intersection' }),
  license: license
    .nullable()
    .default(null)
    .describe('The SPDX license expression that every header has to name. `null`: any license of SPDX.')
    .meta({ tighten: 'fixed' }),
  copyright: z
    .boolean()
    .default(false)
    .describe('Whether a line that says who holds the copyright is needed too.')
    .meta({ tighten: 'only-true' }),
  text: z
    .string()
    .trim()
    .refine(isHeaderText, `Expected words, at most ${LONGEST_HEADER_TEXT} characters, and at most eight of {year} and {holder}.`)
    .nullable()
    .default(null)
    .describe(
      "The organization's own header text. Words count; comment marks, signs and case do not, and `{year}` and `{holder}` match one to twelve words.",
    )
    .meta({ tighten: 'fixed' }),
});

export type Options = z.output<typeof options>;

/** Where the styles and the text do not fit each other. */
export function remarks({ styles, text }: Options): readonly Remark[] {
  if (text !== null && !styles.includes('text')) {
    const hint = 'Add text to styles, or leave the text out.';
    return [{ option: 'text', message: 'The header text does not count, because styles leaves it out.', hint }];
  }
  if (text === null && styles.every((style) => style === 'text')) {
    const hint = 'Set the option text, or add tag to styles.';
    return [{ option: 'styles', message: 'No header can be right: only a text of your own counts, and there is none.', hint }];
  }
  return [];
}
