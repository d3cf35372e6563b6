/** Files that hold two or three licenses one after another, with words between them as people write them. */
import type { Case } from './license-case.ts';
import { textOf } from './license-families.ts';
import { wrapped } from './license-layouts.ts';
import { Random } from './random.ts';

const IDS: readonly string[] = [
  ...['MIT', 'MIT', 'Apache-2.0', 'BSD-3-Clause', 'BSD-2-Clause', 'ISC', 'Zlib', 'BSL-1.0', 'MPL-2.0', 'EPL-2.0', 'GPL-2.0-only'],
  ...['GPL-3.0-only', 'LGPL-2.1-only', 'Unlicense', 'CC0-1.0', 'CC-BY-4.0', 'OFL-1.1', 'PostgreSQL', 'NCSA', '0BSD', 'UPL-1.0'],
];

const BETWEEN: readonly ((part: string) => string)[] = [
  (part) => `This product bundles ${part}, which comes under these terms:`,
  (part) => `${'='.repeat(72)}\n${part}\n${'='.repeat(72)}`,
  (part) => `## ${part}`,
  (part) => `---\n\nParts of the folder \`vendor/${part}\` were written by others:`,
  (part) => `${'-'.repeat(40)}\n\n${part} (https://example.org/${part})\n\nCopyright (c) 2014-2020 The ${part} Authors`,
  () => '',
  (part) => `%% ${part} NOTICES AND INFORMATION BEGIN HERE\n${'='.repeat(41)}`,
  (part) => `\n\n\n${part} is distributed as follows.\n`,
];

const PARTS = ['left-pad', 'zlib-ng', 'Inter', 'libfoo', 'codec', 'tables', 'parser', 'icons'];

/** As many files as asked for; the same seed makes the same files. */
export function multipleLicenses(count: number, seed: number): readonly Case[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, nth) => {
    const ids = chosen(random, random.chance(0.4) ? 3 : 2);
    const parts = ids.map((id, at) => {
      const text = random.chance(0.3) ? wrapped(textOf(id), 76) : textOf(id).trim();
      const heading =
        at === 0 ? random.pick(['', 'Copyright (c) 2020 Jane Doe', '# License']) : random.pick(BETWEEN)(random.pick(PARTS));
      return heading === '' ? text : `${heading}\n\n${text}`;
    });
    return { name: `multiple ${nth}: ${ids.join(' + ')}`, text: `${parts.join('\n\n')}\n`, wanted: ids };
  });
}

function chosen(random: Random, count: number): readonly string[] {
  const ids = new Set<string>();
  while (ids.size < count) ids.add(random.pick(IDS));
  return [...ids];
}
