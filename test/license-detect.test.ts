/** A license text is found however it is laid out; a change of its terms is shown, and nothing is guessed. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LARGEST } from '../src/facts/license/detection.ts';
import { licenseDetector } from '../src/server/license-detector.ts';
import { LIST } from './support/license-texts.ts';

const detect = licenseDetector();
const text = (id: string): string => LIST[id]!.licenseText;
const mit = text('MIT').replace('<year> <copyright holders>', '2024 Jane Doe and contributors');
const bsd = text('BSD-3-Clause').replace('<year> <owner>', '2024 ACME');
const apache = text('Apache-2.0');
const apacheTerms = apache.slice(0, apache.indexOf('END OF TERMS'));
const lgpl = text('LGPL-3.0-only');
const lgplAlone = lgpl.slice(0, lgpl.indexOf('GNU GENERAL PUBLIC LICENSE', 1000));

describe('a license is found', () => {
  test.each<[string, string, string]>([
    ['with its holder filled in', mit, 'MIT'],
    ['under another title', mit.replace('MIT License', 'The MIT License (MIT)'), 'MIT'],
    ['without a title', mit.replace('MIT License\n', ''), 'MIT'],
    ['as one long line a paragraph', mit.replace(/(\S)\n(\S)/g, '$1 $2'), 'MIT'],
    ['in Markdown', mit.replace('MIT License', '# MIT License').replace('"AS IS"', '**“AS IS”**'), 'MIT'],
    ['as a comment', mit.replace(/^/gm, ' * '), 'MIT'],
    ['with CRLF and a byte order mark', `\ufeff${mit.replaceAll('\n', '\r\n')}`, 'MIT'],
    [
      'with several copyright lines',
      mit.replace(/^Copyright.*$/m, '$&\nCopyright © 2020-2023 ACME, Inc. <https://acme.example>'),
      'MIT',
    ],
    ['with all rights reserved', mit.replace(/^Copyright.*$/m, '$& All rights reserved.'), 'MIT'],
    [
      'with the words that some copies of it have more',
      mit.replace('permission notice shall', 'permission notice (including the next paragraph) shall'),
      'MIT',
    ],
    ['with its appendix', apache, 'Apache-2.0'],
    ['without its appendix', apacheTerms, 'Apache-2.0'],
    ['with its appendix filled in', apache.replace('[yyyy] [name of copyright owner]', '2023 Jane Doe'), 'Apache-2.0'],
    ['with another name where it names its holder', bsd.replace('the copyright holder nor', 'ACME Labs nor'), 'BSD-3-Clause'],
    ['as the author disclaims', text('ISC').replaceAll(' ISC ', ' THE AUTHOR '), 'ISC'],
    ['in British spelling', apache.replaceAll('License', 'Licence').replaceAll('license', 'licence'), 'Apache-2.0'],
    ['with a word mistyped', mit.replace('restriction', 'restricton'), 'MIT'],
    ['with anchors behind its headings', apache.replace(/^ +(\d)\. ([A-Z]\w+)/gm, '## $1. $2 {#warranty}\n'), 'Apache-2.0'],
    [
      'without what its publisher says about itself',
      text('CC0-1.0').replace(/CREATIVE COMMONS CORPORATION[\s\S]*?(?=Statement of Purpose)/, ''),
      'CC0-1.0',
    ],
    ['without the GPL that the list appends to it', lgplAlone, 'LGPL-3.0-only'],
    [
      'below a sentence about other files',
      `The following license applies to all parts of this software except as documented below.\n\n${mit}`,
      'MIT',
    ],
  ])('%s', (_, given, expression) => {
    expect(detect(given)).toMatchObject({ expression, modified: null, reason: null });
  });
});

test('the nearest license is the one with these words, not the one that is known better', () => {
  expect(['MIT-0', 'X11', 'JSON', '0BSD', 'BSD-2-Clause-Views', 'Pixar'].map((id) => detect(text(id)).expression)).toEqual([
    'MIT-0',
    'X11',
    'JSON',
    '0BSD',
    'BSD-2-Clause-Views',
    'Pixar',
  ]);
});

test('a license that became another one of the list by a change is that other one', () => {
  const clause = /Neither the name[^.]*\.\s*/;
  expect(detect(bsd.replace(clause, '')).expression).toBe('BSD-2-Clause');
});

describe('a change of the terms is shown', () => {
  test.each<[string, string, string, string]>([
    ['a negation', apache.replace('hereby grants to You', 'hereby does not grant to You'), 'grants', 'does not grant'],
    ['a word put in', mit.replace('free of charge', 'free of charge for non-commercial use'), '', 'for non-commercial use'],
    ['a word taken out', bsd.replace('with or without modification', 'without modification'), 'with or', ''],
    [
      'a clause put at the end',
      `${mit}\n\nThe Software may only be used for research.`,
      '',
      'The Software may only be used for research',
    ],
    ['a clause put below the appendix', `${apache}\n\nYou may not Sell the Software.`, '', 'You may not Sell the Software'],
    ['a clause put on top', `Commercial use is prohibited.\n\n${mit}`, '', 'Commercial use is prohibited'],
    ['a restriction in the place of a name', mit.replace('THE AUTHORS OR', 'ANYONE EXCEPT THE AUTHORS OR'), '', 'ANYONE EXCEPT'],
  ])('%s', (_, given, removed, added) => {
    const { expression, modified } = detect(given);
    expect({ expression, modified: modified?.map((edit) => ({ removed: edit.removed, added: edit.added })) }).toEqual({
      expression: null,
      modified: [{ removed, added }],
    });
  });
});

test('an edit says where it stands and what stands around it', () => {
  const given = mit.replace('to deal in the Software without', 'to deal in the Software not without');
  const start = given.indexOf(' not without') + 1;
  expect(detect(given).modified).toEqual([
    {
      removed: '',
      added: 'not',
      before: 'Software"), to deal in the Software',
      after: 'without restriction, including without limitation the',
      span: { start, end: start + 3, line: 6 },
    },
  ]);
});

test('a clause that is taken out is shown, and the license is named that it was taken from', () => {
  const { matches, modified } = detect(apache.replace(/7\. Disclaimer of Warranty[\s\S]*?(?=8\. )/, ''));
  expect(matches.map(({ expression }) => expression)).toEqual(['Apache-2.0']);
  expect(modified?.map(({ removed }) => removed.slice(0, 58))).toEqual([
    'Disclaimer of Warranty. Unless required by applicable law ',
  ]);
});

test.each([
  ['MIT', /The above copyright notice[\s\S]*?Software\.\n/],
  ['BSD-2-Clause', /THIS SOFTWARE IS PROVIDED[\s\S]*$/],
  ['0BSD', /THE SOFTWARE IS PROVIDED[\s\S]*$/],
  ['Unlicense', /THE SOFTWARE IS PROVIDED[\s\S]*?SOFTWARE\.\n/],
  ['NCSA', /THE SOFTWARE IS PROVIDED[\s\S]*$/],
])('%s without a clause is that license altered, not another one', (id, clause) => {
  const { matches, modified } = detect(text(id).replace(clause, ''));
  expect(matches.filter(({ kind }) => kind === 'text').map(({ expression }) => expression)).toEqual([id]);
  expect(modified?.map(({ added }) => added)).toEqual(['']);
});

test('what is taken out is shown as the license writes it', () => {
  const cut = text('EPL-1.0').replace(/Eclipse Public License[\s\S]*?TERMS OF/, '');
  expect(detect(cut).modified?.[0]?.removed).toMatch(
    /^Eclipse Public License v 1\.0 THE ACCOMPANYING PROGRAM IS PROVIDED UNDER THE/,
  );
});

test('the name without a version means the version whose text stands below it', () => {
  const library = 'The library is linked in and licensed under the terms of the GNU Lesser General Public License (LGPL).';
  expect(detect(`${library}\n\n${lgplAlone}`).expression).toBe('LGPL-3.0-only');
});

test('a file of more license texts than anyone checks is not answered', () => {
  const { expression, reason } = detect(`${mit}\n\n`.repeat(60));
  expect({ expression, isTold: reason !== null }).toEqual({ expression: null, isTold: true });
});

describe('several licenses in one text', () => {
  test('hold together', () => {
    expect(detect(`${mit}\n\n---\n\n${apacheTerms}`).expression).toBe('MIT AND Apache-2.0');
  });

  test('are for everyone to choose from where the text says so', () => {
    const given = `Dual licensed under MIT or Apache-2.0, at your option.\n\n${mit}\n\n---\n\n${apacheTerms}`;
    expect(detect(given).expression).toBe('MIT OR Apache-2.0');
  });

  test('are one, where the LGPL 3.0 comes with the GPL 3.0 that it builds on', () => {
    expect(detect(`${text('GPL-3.0-only')}\n\n${lgplAlone}`).expression).toBe('LGPL-3.0-only');
  });
});

test('the text of the GPL does not tell whether later versions may be chosen; a header beside it does', () => {
  const gpl = text('GPL-2.0-only');
  expect(detect(gpl).matches.find(({ kind }) => kind === 'text')?.ids).toEqual(['GPL-2.0-only', 'GPL-2.0-or-later']);
  const header = 'SPDX-License-Identifier: GPL-2.0-or-later';
  expect(detect(`${header}\n\n${gpl}`).expression).toBe('GPL-2.0-or-later');
});

describe('nothing is found', () => {
  test.each<[string, string]>([
    ['in an empty text', ''],
    ['in a copyright line', 'Copyright (c) 2024 Jane Doe'],
    ['in prose', 'Steward reads the files of a repository and says what they hold. It runs as a GitHub App.'],
  ])('%s', (_, given) => {
    expect(detect(given)).toEqual({ expression: null, confidence: 0, modified: null, matches: [], reason: null });
  });
});

test('a text that is too large is not read', () => {
  expect(detect('x'.repeat(LARGEST + 1))).toMatchObject({ expression: null, reason: 'the text is larger than 256 KiB' });
});

/** Ways to lay out a text that say the same. */
const LAYOUTS: readonly ((text: string) => string)[] = [
  (given) => given.replace(/(\S)\n(\S)/g, '$1 $2'),
  (given) => given.replace(/^/gm, '    '),
  (given) => given.replace(/^/gm, '// '),
  (given) => given.replace(/^/gm, ' * '),
  (given) => given.toUpperCase(),
  (given) => given.replace(/"([^"\n]*)"/g, '“$1”'),
  (given) => given.replace(/\n/g, '\r\n'),
];
const known = fc.constantFrom(
  'MIT',
  'ISC',
  'BSD-3-Clause',
  'BSD-2-Clause',
  'Zlib',
  'BSL-1.0',
  'Unlicense',
  '0BSD',
  'UPL-1.0',
  'NCSA',
);

test('law: no layout changes what is found', () => {
  fc.assert(
    fc.property(known, fc.constantFrom(...LAYOUTS), (id, layout) => {
      expect(detect(layout(text(id)))).toMatchObject({ expression: id, modified: null });
    }),
    { numRuns: 25 },
  );
});

test('law: what was added stands in the text, at the place that is said', () => {
  const words = fc.constantFrom('not', 'only', 'except', 'non-commercial', 'military', 'never');
  fc.assert(
    fc.property(known, words, fc.nat(), (id, word, at) => {
      const places = [...text(id).matchAll(/(?<=[a-z]) (?=[a-z])/g)];
      const place = places[at % places.length]!.index;
      const given = `${text(id).slice(0, place)} ${word}${text(id).slice(place)}`;
      for (const { added, span } of detect(given).modified ?? [])
        expect(given.slice(span.start, span.end).replace(/\s+/g, ' ')).toBe(added);
    }),
    { numRuns: 20 },
  );
});

test('law: no text makes it throw', () => {
  const pieces = fc.constantFrom(
    'MIT',
    'License',
    'Copyright (c) 2024 A',
    '\n',
    'Permission is hereby granted',
    '1.',
    '(a)',
    '<p>',
    '{\\rtf1',
    '©',
    'ß',
    '\u0000',
    '\ud800',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(texts, (given) => {
      expect(detect(given).modified).toBeNull();
    }),
    { numRuns: 40 },
  );
});

describe('what stands beside a license', () => {
  const NOTICE =
    'Linking this library statically or dynamically with other modules is making a combined work based on this library.';

  test.each([
    ['All advertising materials mentioning features must display an acknowledgement.', 'BSD-3-Clause'],
    ['This agreement is governed by the laws of Wyoming.', 'Apache-2.0'],
    ['Attribution in the user interface is required.', 'Apache-2.0'],
  ])('alters it when it asks for more: %s', (sentence, id) => {
    const seen = detect(`${text(id)}\n\n${sentence}\n`);
    expect([seen.expression, seen.modified?.map(({ added }) => `${added}.`)]).toEqual([null, [sentence]]);
  });

  test('takes back what a tag grants', () => {
    const seen = detect('SPDX-License-Identifier: MIT\nYou may not use this software for commercial purposes.\n');
    expect([seen.expression, seen.modified?.length]).toEqual([null, 1]);
  });

  test('leaves a tag alone when it forbids nothing', () => {
    expect(detect('// SPDX-License-Identifier: MIT\n// The list must not be empty.\n').expression).toBe('MIT');
  });

  test('is one exception, though it is named twice', () => {
    const both = `${text('GPL-2.0-only')}\n\n"CLASSPATH" EXCEPTION TO THE GPL\n\n${NOTICE} As a special exception, the copyright holders of this library give you permission to link this library with independent modules to produce an executable, regardless of the license terms of these independent modules.\n`;
    expect(detect(both).matches.map(({ expression }) => expression.split(' WITH ').length)).not.toContain(3);
  });
});
