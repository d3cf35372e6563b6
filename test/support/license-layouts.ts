/** The same license laid out in another way: what SPDX's matching guidelines call no change at all. */
import type { Random } from './random.ts';

/** Texts under which code is published most. */
export const POPULAR: readonly string[] = [
  ...['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'MIT-0', 'Unlicense', 'CC0-1.0', 'MPL-2.0', 'MPL-1.1'],
  ...['EPL-1.0', 'EPL-2.0', 'GPL-2.0-only', 'GPL-3.0-only', 'LGPL-2.1-only', 'LGPL-3.0-only', 'AGPL-3.0-only', 'BSL-1.0'],
  ...['Zlib', 'Artistic-2.0', 'CC-BY-4.0', 'CC-BY-SA-4.0', 'CDDL-1.0', 'OFL-1.1', 'PostgreSQL', 'NCSA', 'BlueOak-1.0.0'],
  ...['UPL-1.0', 'MS-PL', 'BSD-4-Clause', 'EUPL-1.2'],
];

type Layout = (text: string, random: Random) => string;

/** Paragraphs of one line each, or of lines of another length; entries of lists and copyright lines keep lines of their own. */
export function wrapped(text: string, width: number): string {
  return text
    .split(/\n(?=[ \t]*(?:\n|[*•-] |\(?[\da-z.]{1,4}[.)] |\d+(?:\.\d+)+ |[#"]?\s*(?:portions )?copyright\b))|(?<=copyright.*)\n/i)
    .map((paragraph) => fill(paragraph.split(/\s+/).filter(Boolean), width))
    .join('\n');
}

function fill(words: readonly string[], width: number): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

export function commented(text: string, [open, leader, close]: readonly [string, string, string]): string {
  return `${open}${text.replace(/^/gm, leader)}${close}`;
}

const HOLDERS = ['Jane Doe', 'ACME, Inc. and contributors', 'The Example Authors <https://example.org>', 'Ünal Çelik & Søn A/S'];

function copyrightLine(random: Random): string {
  const year = random.pick(['2019', '2011-2024', '1998, 2003, 2020', '2021–present']);
  const holder = random.pick(HOLDERS);
  return random.pick([
    `Copyright (c) ${year} ${holder}`,
    `Copyright © ${year}, ${holder}. All rights reserved.`,
    `(c) ${year} ${holder}`,
  ]);
}

export const LAYOUTS: Readonly<Record<string, Layout>> = {
  wrapped: (text, random) => wrapped(text, random.pick([40, 60, 72, 100, 100_000])),
  commented: (text, random) =>
    commented(
      text,
      random.pick([
        ['/*\n', ' * ', '\n */\n'] as const,
        ['', '# ', '\n'] as const,
        ['', '// ', '\n'] as const,
        ['', '-- ', '\n'] as const,
      ]),
    ),
  held: (text, random) => `${copyrightLine(random)}\n${copyrightLine(random)}\n\n${text}`,
  marked: (text, random) => `# License\n\n${copyrightLine(random)}\n\n${text.replace(/\n[ \t]+/g, '\n')}`,
  quoted: (text) => text.replace(/"([^"\n]{1,40})"/g, '“$1”').replaceAll("'", '’'),
  linked: (text) => (text.includes('https://') ? text.replaceAll('https://', 'http://') : text.replaceAll('http://', 'https://')),
  spelled: (text) => text.replace(/\b(l)icense\b/gi, (word) => word.replace(/s(?=e$)/i, 'c').replace(/S(?=E$)/, 'C')),
  shouted: (text) => text.replace(/[a-z]+/g, (word) => word.toUpperCase()),
  carriage: (text) => `\ufeff${text.replaceAll('\n', '\r\n')}`,
  listed: (text) => text.replace(/^(\s*)(?:[*-]|\d\.)\s+/gm, '$1• '),
  indented: (text) => text.replace(/^(?=.)/gm, '      '),
};
