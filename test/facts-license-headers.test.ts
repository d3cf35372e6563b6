/** What added files say about their license, and which files are asked. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { known } from '../src/facts/answer.ts';
import { interview } from '../src/facts/gather.ts';
import { isMatch, readGlob, type Dialect } from '../src/facts/license/glob.ts';
import { hasCopyrightLine, keepsFirstLine, readings } from '../src/facts/license/header.ts';
import { holdsText } from '../src/facts/license/header-text.ts';
import { fileHeaders, STYLES, type FileHeaders, type Header, type Selection } from '../src/facts/license/headers.ts';
import { readAttributes, saysGenerated } from '../src/facts/license/generated.ts';
import { annotationOf, readReuse } from '../src/facts/license/reuse.ts';
import { plain } from '../src/facts/words.ts';
import { licenseHeaders } from '../src/rules/license-headers/index.ts';
import { commented } from '../src/rules/license-headers/comments.ts';
import { aSource, type Files } from './support/builders.ts';

const EVERYTHING: Selection = { include: ['**/*'], exclude: [], styles: STYLES, text: null };
const MIT_TAG = '// SPDX-License-Identifier: MIT\n';
const CODE = 'export const answer = 42;\n';

/** What is known of the files that a contribution adds to a base that holds others. */
async function headersOf(added: Files, more: { base?: Files; selection?: Partial<Selection> } = {}): Promise<FileHeaders> {
  const base = { 'README.md': '# Widget\n', ...more.base };
  const changes = Object.keys(added).map((path) => ({ path: path.replace(/\/$/, ''), status: 'added' as const }));
  const source = aSource({ base, head: { ...base, ...added }, changes });
  const answer = await interview(source)(fileHeaders({ ...EVERYTHING, ...more.selection }));
  if (!answer.known) throw new Error(answer.reason);
  return answer.value;
}

/** Of one added file; `beside` is there before. */
async function headerOf(text: string, beside: Files = {}, selection: Partial<Selection> = {}): Promise<Header | string> {
  const { files } = await headersOf({ 'src/a.ts': text }, { base: beside, selection });
  const header = files.find(({ path }) => path === 'src/a.ts')?.header;
  if (!header?.known) throw new Error(header?.reason ?? 'the file was left out');
  return header.value;
}

const licensesOf = (header: Header | string): readonly string[] =>
  typeof header === 'string' ? [header] : header.statements.map(({ by, may }) => `${by} ${may.join(' | ')}`);

describe('which files are asked', () => {
  const pathsOf = async (added: Files, more: Parameters<typeof headersOf>[1] = {}): Promise<readonly string[]> =>
    (await headersOf(added, more)).files.map(({ path }) => path);

  test('only added files that are included and not excluded, none of vendored folders, no links, no submodules', async () => {
    const added = {
      'src/a.ts': CODE,
      'src/a.gen.ts': CODE,
      'docs/a.md': 'Words',
      'vendor/b.ts': CODE,
      'src/link.ts': '→ a.ts',
      'src/module.ts/': '',
      'src/a.ts.license': 'SPDX-License-Identifier: MIT',
    };
    const selection = { include: ['**/*.ts', '**/*.license'], exclude: ['**/*.gen.ts'] };
    expect(await pathsOf(added, { selection })).toEqual(['src/a.ts']);
  });

  test('files that were there, changed or renamed are not asked', async () => {
    const files = { 'src/a.ts': CODE, 'src/b.ts': CODE };
    const changes = [
      { path: 'src/a.ts', status: 'modified' },
      { path: 'src/b.ts', status: 'renamed' },
    ] as const;
    const source = aSource({ base: files, head: files, changes });
    expect(await interview(source)(fileHeaders(EVERYTHING))).toEqual(known({ files: [], left: 0 }));
    expect(source.asked).toEqual(['changes']);
  });

  test('what .gitattributes marks as generated or vendored is left out, and the last line counts', async () => {
    const base = {
      '.gitattributes': 'api/** linguist-generated\n*.lib.ts linguist-vendored=true\napi/mine.ts -linguist-generated\n',
    };
    const added = { 'api/a.ts': CODE, 'api/mine.ts': CODE, 'src/x.lib.ts': CODE, 'src/a.ts': CODE };
    expect(await pathsOf(added, { base })).toEqual(['api/mine.ts', 'src/a.ts']);
  });

  test('a contribution takes no files of its own out by a line in .gitattributes', async () => {
    const base = { '.gitattributes': 'api/** linguist-generated\n' };
    const added = { '.gitattributes': '* linguist-generated\n', 'api/a.ts': CODE, 'src/a.ts': CODE };
    expect(await pathsOf(added, { base })).toEqual(['.gitattributes', 'src/a.ts']);
    expect(await pathsOf(added)).toEqual(['.gitattributes', 'api/a.ts', 'src/a.ts']);
  });

  test('no more than 200 files of 60 folders are read, and the others are counted', async () => {
    const inOne = Object.fromEntries(Array.from({ length: 230 }, (_, index) => [`src/${index}.ts`, MIT_TAG]));
    const inMany = Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`src/${index}/a.ts`, MIT_TAG]));
    const [one, many] = await Promise.all([headersOf(inOne), headersOf(inMany)]);
    expect([one.files.length, one.left, many.files.length, many.left]).toEqual([200, 30, 60, 10]);
  });

  test('of a file that cannot be read nothing is known', async () => {
    const base = { 'README.md': '' };
    const instead = { text: () => Promise.resolve({ known: false, reason: 'it is not text' } as const) };
    const changes = [{ path: 'a.ts', status: 'added' as const }];
    const source = aSource({ base, head: { ...base, 'a.ts': CODE }, changes, instead });
    expect(await interview(source)(fileHeaders(EVERYTHING))).toMatchObject({
      value: { files: [{ path: 'a.ts', header: { known: false, reason: 'it is not text' } }] },
    });
  });
});

describe('what a file says itself', () => {
  test('a tag is told whole, with its line', async () => {
    expect(await headerOf(`#!/usr/bin/env node\n// Copyright 2026 Example Works\n${MIT_TAG}${CODE}`)).toEqual({
      statements: [{ by: 'tag', path: 'src/a.ts', line: 3, written: 'MIT', may: ['MIT'] }],
      holdsText: false,
      hasCopyright: true,
      keepsFirstLine: true,
      doubt: null,
    });
  });

  test.each([
    [
      'a tag in other letters is read as SPDX writes it',
      '-- SPDX-License-Identifier: apache-2.0 OR mit\n',
      ['tag Apache-2.0 OR MIT'],
    ],
    ['a name that is no id stays without a meaning', '# SPDX-License-Identifier: Apache2\n', ['tag ']],
    ['NONE and NOASSERTION name no license', '# SPDX-License-Identifier: NOASSERTION\n', ['tag ']],
    ['a tag of a snippet says nothing about the file', `// SPDX-SnippetBegin\n${MIT_TAG}// SPDX-SnippetEnd\n`, []],
    ['a tag in a string of code is none', `const tag = 'SPDX-License-Identifier: MIT';\n`, []],
    ['a tag far below is none', `${'// more\n'.repeat(1100)}${MIT_TAG}`, []],
    [
      'the standard header of a license is recognized',
      '/* This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not\n * distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/. */\n',
      ['notice MPL-2.0'],
    ],
    ['plain code says nothing', CODE, []],
    ['nothing needs no header', ' \n', ['empty']],
    ['what a tool made needs none', `// Code generated by widget. DO NOT EDIT.\n${CODE}`, ['generated']],
  ])('%s', async (_, text, wanted) => {
    expect(licensesOf(await headerOf(text))).toEqual(wanted);
  });

  test('a style that the policy leaves out does not count', async () => {
    const found = await Promise.all(STYLES.map((style) => headerOf(MIT_TAG, {}, { styles: [style] })));
    expect(found.map(licensesOf)).toEqual([['tag MIT'], [], [], []]);
  });

  test.each([
    ['// @generated by widget', true],
    ['# This file was automatically generated.\n# Do not modify it by hand.', true],
    ['// mail generated@example.org', false],
    ['// do not edit this table without a test', false],
    [`${'\n'.repeat(30)}// @generated`, false],
  ])('whether %j says that a tool made it: %s', (start, wanted) => {
    expect(saysGenerated(start)).toBe(wanted);
  });

  test.each([
    ['# SPDX-FileCopyrightText: 2026 Example Works', true],
    ['/* SPDX-FileCopyrightText: */', false],
    ['-- Copyright (c) 2019-2026 Example Works', true],
    ['// the copyright is held by those who made it', false],
  ])('whether %j names a holder: %s', (line, wanted) => {
    expect(hasCopyrightLine(line)).toBe(wanted);
  });

  test.each(['#!/bin/sh', '<?php', '# -*- coding: utf-8 -*-'])('%j has to stay the first line', (line) => {
    expect([keepsFirstLine(line), keepsFirstLine(CODE)]).toEqual([true, false]);
  });
});

describe('REUSE', () => {
  const toml = (...lines: readonly string[]): Files => ({
    'REUSE.toml': ['version = 1', '', '[[annotations]]', ...lines].join('\n'),
  });
  const ISC = 'SPDX-License-Identifier = "ISC"';

  test('a file of the same name with .license behind it speaks in the place of the file', async () => {
    const beside = { 'src/a.ts.license': 'SPDX-FileCopyrightText: 2026 Example Works\nSPDX-License-Identifier: ISC\n' };
    expect(await headerOf(MIT_TAG, beside)).toMatchObject({
      statements: [{ by: 'sidecar', path: 'src/a.ts.license', line: 2, written: 'ISC', may: ['ISC'] }],
      hasCopyright: true,
    });
  });

  test('REUSE.toml speaks of files that say nothing themselves, with its line', async () => {
    const beside = toml('path = ["docs/**", "src/*.ts"]', ISC, 'SPDX-FileCopyrightText = ["2026 Example Works"]');
    expect(await headerOf(CODE, beside)).toMatchObject({
      statements: [{ by: 'reuse', path: 'REUSE.toml', line: 3, written: 'ISC', may: ['ISC'] }],
      hasCopyright: true,
    });
  });

  test.each([
    ['closest', ['tag MIT']],
    ['aggregate', ['tag MIT', 'reuse ISC']],
    ['override', ['reuse ISC']],
  ])('with precedence %s', async (precedence, wanted) => {
    const beside = toml('path = "**"', `precedence = "${precedence}"`, ISC);
    expect(licensesOf(await headerOf(MIT_TAG, beside))).toEqual(wanted);
  });

  test('of several annotations the last that names the file counts', () => {
    const read = readReuse(
      `[[annotations]]\npath = "**"\n${ISC}\n[[annotations]]\npath = "src/**"\nSPDX-License-Identifier = ["MIT", "BSD-2-Clause"]\n`,
    );
    if (!read.known) throw new Error(read.reason);
    const said = ['src/a.ts', 'b.ts'].map((path) => annotationOf(read.value, path)?.licenses);
    expect(said).toEqual([['MIT', 'BSD-2-Clause'], ['ISC']]);
  });

  test('a REUSE.toml that cannot be read leaves a doubt, and so does .reuse/dep5', async () => {
    const broken = await headerOf(CODE, { 'REUSE.toml': 'version = \n' });
    const old = await headerOf(CODE, { '.reuse/dep5': 'Files: *\n' });
    expect([broken, old]).toMatchObject([
      { doubt: 'REUSE.toml could not be read: line 1 is not valid TOML' },
      { doubt: 'Steward does not read .reuse/dep5, which may name its license' },
    ]);
  });

  test('more paths than Steward reads are not known rather than read in part', () => {
    const paths = Array.from({ length: 401 }, (_, index) => `"${index}"`).join(', ');
    expect(readReuse(`[[annotations]]\npath = [${paths}]\n`)).toEqual({ known: false, reason: 'it names more than 400 paths' });
  });

  test('keys that all objects inherit say nothing', () => {
    expect(readReuse('[__proto__]\nannotations = 1\n[constructor]\nx = 1\n')).toEqual(known([]));
  });
});

describe("an organization's own text", () => {
  const TEXT = 'Copyright {year} {holder}\n\nUse of this source is governed by the terms in LICENSE.';

  test.each([
    [
      'in comments of lines',
      '-- Copyright 2026 Example Works, Inc.\n--\n-- Use of this source is governed\n-- by the terms in LICENSE.',
      true,
    ],
    [
      'in a block, in other case',
      '/**\n * COPYRIGHT 2019-2026 The Widget Authors\n * use of this source is governed by the terms in license\n */',
      true,
    ],
    ['below a first line', '#!/bin/sh\n# Copyright 2026 Me. Use of this source is governed by the terms in LICENSE', true],
    ['with a word missing', '// Copyright 2026 Me. Use of source is governed by the terms in LICENSE', false],
    ['with a word added', '// Copyright 2026 Me. Use of this source is not governed by the terms in LICENSE', false],
    ['without a holder and year', '// Copyright. Use of this source is governed by the terms in LICENSE', false],
    ['cut off', '// Copyright 2026 Me. Use of this source is governed by the terms in', false],
  ])('%s', (_, start, wanted) => {
    expect(holdsText(start, TEXT)).toBe(wanted);
  });

  test('counts without a tag', async () => {
    const header = await headerOf(
      '// Copyright 2026 Me. See LICENSE.\n',
      {},
      { text: 'Copyright {year} {holder}. See LICENSE.' },
    );
    expect(header).toMatchObject({ statements: [], holdsText: true });
  });
});

describe('patterns', () => {
  const matches = (pattern: string, dialect: Dialect, path: string): boolean | string => {
    const glob = readGlob(pattern, dialect);
    return glob.known ? isMatch(glob.value, path) : glob.reason;
  };

  test.each([
    ['**/*.ts', 'path', 'a.ts', true],
    ['**/*.ts', 'path', '.config/x/a.ts', true],
    ['**/*.ts', 'path', 'a.tsx', false],
    ['*.ts', 'path', 'src/a.ts', false],
    ['src/**', 'path', 'src/x/a.ts', true],
    ['src/**', 'path', 'srcs/a.ts', false],
    ['**/test/**', 'path', 'test/a.ts', true],
    ['**/test/**', 'path', 'latest/a.ts', false],
    ['a/**/b', 'path', 'a/b', true],
    ['a**b', 'path', 'a/b', false],
    ['a?.ts', 'path', 'ab.ts', true],
    ['a?b', 'path', 'a/b', false],
    ['*.pb.go', 'gitattributes', 'x/y/a.pb.go', true],
    ['/gen/*', 'gitattributes', 'gen/a', true],
    ['gen/*', 'gitattributes', 'x/gen/a', false],
    ['src/*', 'reuse', 'src/x/a', false],
    ['src/**', 'reuse', 'src/x/a', true],
    [String.raw`a\*b`, 'reuse', 'a*b', true],
    [String.raw`a\*b`, 'reuse', 'axb', false],
    ['a[b]', 'reuse', 'a[b]', true],
  ] as const)('%j as %s and %j: %s', (pattern, dialect, path, wanted) => {
    expect(matches(pattern, dialect, path)).toBe(wanted);
  });

  test('what is too long, too wild or of another kind is refused', () => {
    const refused = ['', '{a,b}/*', '!(a)', '*a*a*a*a*a*', 'a'.repeat(201)].map((pattern) => readGlob(pattern, 'path').known);
    expect(refused).toEqual([false, false, false, false, false]);
  });

  test('a path always matches itself, and itself with any name exchanged for a star', () => {
    const names = fc.array(fc.stringMatching(/^[a-z.-]{1,8}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(names, fc.nat(), fc.constantFrom<Dialect>('path', 'reuse', 'gitattributes'), (parts, at, dialect) => {
        const starred = parts.map((part, index) => (index === at % parts.length ? '*' : part));
        const path = parts.join('/');
        expect([path, starred.join('/'), '**'].map((pattern) => matches(pattern, dialect, path))).toEqual([true, true, true]);
      }),
      { numRuns: 60 },
    );
  });

  test('no text makes the readers throw', () => {
    const unit = fc.constantFrom(
      ...Array.from('ab/*?[]{}()!\\"\'=#@.-\n\r\t \0\ud800é😀'),
      '[[annotations]]\n',
      'path = ',
      '**/',
      '{year}',
      ' OR ',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        readAttributes(text)('src/a.ts');
        readReuse(text);
        holdsText(text, text);
        readings(text);
        for (const dialect of ['path', 'reuse', 'gitattributes'] as const) matches(text, dialect, 'src/a.ts');
      }),
      { numRuns: 100 },
    );
  });
});

describe('what the rule makes of it', () => {
  const judged = (headers: FileHeaders): readonly string[] => {
    const findings = licenseHeaders.check({ headers, licenses: [] }, licenseHeaders.options.parse({}));
    return [...findings.map(({ says }) => plain(says)), licenseHeaders.headline?.(findings) ?? ''];
  };

  test('more than forty files without a header are counted, and one more than forty is told', async () => {
    const of = (count: number): Promise<FileHeaders> =>
      headersOf(Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/${index}.ts`, CODE])));
    const [few, many] = await Promise.all([of(41), of(43)]);
    expect([judged(few).length, judged(many).slice(-3)]).toEqual([
      42,
      [
        'src/6.ts has no license header.',
        '3 more files have no license header, or one that is not right.',
        'More than 40 license headers are missing or not right',
      ],
    ]);
  });

  test('the line that a fix gives is a header to Steward', async () => {
    const kinds = ['hs', 'ts', 'py', 'sql', 'css', 'vue', 'ml', 'clj', 'erl', 'ak', 'nix'];
    const lines = kinds.map((kind) => commented(`a.${kind}`, 'SPDX-License-Identifier: Apache-2.0') ?? '');
    const found = await Promise.all(lines.map((line) => headerOf(`${line}\n`)));
    expect(found.map(licensesOf)).toEqual(kinds.map(() => ['tag Apache-2.0']));
  });

  test('options that no pattern reader or license list knows are refused', () => {
    const { options } = licenseHeaders;
    const wrong = [
      { include: ['{a,b}'] },
      { include: [] },
      { license: 'Apache2' },
      { license: 'NONE' },
      { styles: [] },
      { text: ' ' },
    ];
    expect(wrong.map((one) => options.safeParse(one).success)).toEqual(wrong.map(() => false));
  });

  test('a text that does not count, and styles that nothing can meet, are told to whoever keeps the policy', () => {
    const remarks = [{ text: 'Ours', styles: ['tag'] }, { styles: ['text'] }, {}].map((one) =>
      licenseHeaders.remarks?.(licenseHeaders.options.parse(one), null).map(({ option }) => option),
    );
    expect(remarks).toEqual([['text'], ['styles'], []]);
  });
});
