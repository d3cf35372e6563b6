/** Files that are no plain text, or made to cost much: bytes, as they would lie in a repository. */
import { CANONICAL, textOf } from './license-families.ts';
import { Random } from './random.ts';

export interface Foreign {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The license that is in it all the same; null: none has to be named. */
  readonly wanted: string | null;
}

/** A text in formats that people use for license files. */
export function formats(): readonly Foreign[] {
  const mit = textOf('MIT').replace('<year> <copyright holders>', '2024 Jane Doe');
  return [
    { name: 'UTF-16, little-endian', bytes: Buffer.from(`\ufeff${mit}`, 'utf16le'), wanted: 'MIT' },
    { name: 'UTF-16, big-endian', bytes: Buffer.from(`\ufeff${mit}`, 'utf16le').swap16(), wanted: 'MIT' },
    { name: 'UTF-8 with a byte order mark', bytes: Buffer.from(`\ufeff${mit}`), wanted: 'MIT' },
    { name: 'Latin-1', bytes: Buffer.from(mit.replace('Jane Doe', 'Jörg Müller'), 'latin1'), wanted: 'MIT' },
    { name: 'HTML', bytes: Buffer.from(html(mit)), wanted: 'MIT' },
    { name: 'RTF', bytes: Buffer.from(rtf(mit)), wanted: 'MIT' },
    { name: 'a program', bytes: binary(200_000), wanted: null },
    { name: '10 MB of text', bytes: Buffer.from(mit.repeat(Math.ceil(10_000_000 / mit.length))), wanted: null },
    { name: '10 MB of bytes', bytes: binary(10_000_000), wanted: null },
    { name: 'nothing', bytes: new Uint8Array(), wanted: null },
  ];
}

/** Texts of exactly so many characters, each against another part of a detector. */
export function hostile(length: number): readonly { readonly name: string; readonly text: string }[] {
  const random = new Random(1);
  const mit = textOf('MIT');
  const all = [...CANONICAL.values()];
  const words = all.join(' ').split(/\s+/);
  const shuffled = Array.from({ length: length / 4 }, () => random.pick(words)).join(' ');
  const quarters = Array.from({ length: 600 }, () => quarter(random.pick(all), random)).join('\n');
  const repeated: Readonly<Record<string, string>> = {
    'opening brackets': '[',
    'opening comments': '<!--',
    'opening tags': '<div ',
    'RTF groups': '{\\rtf1 ',
    entities: '&amp;&#1234567;',
    'copyright lines': 'Copyright (c) 2024 A\n',
    'copyright signs': '(c) ',
    'comment leaders': ' * ',
    'blank lines': '\n',
    blanks: ' ',
    'one word': 'software ',
    'list numbers': '1. a) (i) ',
    hyphens: 'non-',
    tags: 'SPDX-License-Identifier: MIT OR ',
    'opening expressions': 'SPDX-License-Identifier: ((((((((',
    'the start of a grant': 'Permission is hereby granted, free of charge, to any person ',
    'a short license': `${mit}\n\n`,
    'a license without its end': mit.slice(0, 700),
    'the name of a license': 'Licensed under the GNU General Public License version 2 or ',
    'a slot without an end': 'neither the name of a b c d e f g ',
    'a character that becomes eighteen': '\ufdfa',
    'quotation marks': '"“”\'',
    links: 'https://http://',
  };
  const made = Object.entries(repeated).map(([name, part]) => ({ name, text: part.repeat(Math.ceil(length / part.length)) }));
  const others = [
    { name: 'all licenses in a row', text: all.join('\n\n') },
    { name: 'all licenses in reverse', text: [...all].reverse().join('\n\n') },
    { name: 'their words, shuffled', text: shuffled },
    { name: 'pieces of them', text: quarters },
    { name: 'every other word of them', text: words.filter((_, nth) => nth % 2 === 0).join(' ') },
    {
      name: 'one without every tenth word',
      text: textOf('GPL-3.0-only')
        .split(' ')
        .filter((_, nth) => nth % 10 > 0)
        .join(' ')
        .repeat(9),
    },
  ];
  return [...made, ...others].map(({ name, text }) => ({ name, text: text.slice(0, length) }));
}

function quarter(text: string, random: Random): string {
  const start = random.whole(0, Math.max(1, text.length - 500));
  return text.slice(start, start + 450);
}

function html(text: string): string {
  const paragraphs = text
    .split(/\n\n+/)
    .map((one) => `<p>${one.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}</p>`);
  return `<!DOCTYPE html>\n<html><head><title>License</title><style>p { margin: 1em }</style></head>\n<body>${paragraphs.join('\n')}</body></html>\n`;
}

function rtf(text: string): string {
  const escaped = text
    .replace(/[\\{}]/g, '\\$&')
    .replace(/\n\n+/g, '\\par\\par\n')
    .replace(/(?<!par)\n/g, ' ');
  return `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}\\f0\\fs24 ${escaped}\\par}`;
}

function binary(length: number): Uint8Array {
  const random = new Random(2);
  return Uint8Array.from({ length }, () => random.whole(0, 256));
}
