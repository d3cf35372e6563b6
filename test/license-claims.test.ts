/** What few words say about a license, and what they do not say. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { claims, exceptions, statement, tags } from '../src/facts/license/claims.ts';
import { exceptionsOf } from '../src/facts/license/claims/exceptions.ts';
import { headersOf } from '../src/facts/license/claims/headers.ts';
import { mentionsOf } from '../src/facts/license/claims/mentions.ts';
import { noticesOf } from '../src/facts/license/claims/notices.ts';
import { wordsOf, type Word } from '../src/facts/license/claims/words.ts';
import { headers, withoutLicense } from './support/license-headers.ts';

/** What a detector takes for sure. */
const sure = (text: string): readonly string[] => [
  ...new Set(
    claims(text, [])
      .filter(({ confidence }) => confidence >= 0.8)
      .map(({ expression }) => expression),
  ),
];
const parts = (expression: string): readonly string[] => expression.replace(/[()]/g, '').split(/ (?:OR|AND) /);

describe('headers and notices', () => {
  test('there are enough of both kinds, none twice', () => {
    const texts = headers().map(({ text }) => text);
    expect([new Set(texts).size >= 120, new Set(texts).size === texts.length, new Set(withoutLicense()).size >= 150]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('every header says its licenses with the suffix right, in every comment style', () => {
    const wrong = headers()
      .map(({ text, expression }) => ({ text, wanted: [...parts(expression)].sort(), found: [...sure(text)].sort() }))
      .filter(({ wanted, found }) => wanted.join() !== found.join());
    expect(wrong).toEqual([]);
  });

  test('no text without a license is taken to have one', () => {
    const wrong = withoutLicense().filter((text) =>
      claims(text, []).some(({ kind, confidence }) => kind === 'header' || confidence > 0.5),
    );
    expect(wrong).toEqual([]);
  });

  test('a claim says where it stands', () => {
    const text = '# Tool\n\nA tool.\n\nThis tool is licensed under the GNU GPL, version 2 or later.\n';
    expect(claims(text, [])).toEqual([
      {
        expression: 'GPL-2.0-or-later',
        ids: ['GPL-2.0-or-later'],
        kind: 'header',
        span: { start: text.indexOf('licensed'), end: text.indexOf('.\n', 30), line: 5 },
        confidence: 0.95,
        modified: null,
      },
    ]);
  });
});

test.each([
  ['GPL-2.0-or-later', 'Licensed under GPL (>= 2)'],
  ['GPL-2.0-only', 'This may be used under version 2 of the GNU General Public License, and no later version.'],
  ['GPL-3.0-or-later', 'License: GPL-3.0-or-later'],
  ['GPL-3.0-or-later', 'Licensed under the GPL, version 3 or later <https://www.gnu.org/licenses/gpl-3.0.html>.'],
  ['LGPL-2.1-or-later', 'Released under version 2.1 or later of the GNU Lesser General Public License.'],
  ['AGPL-3.0-only', 'Distributed under the terms of the GNU AGPLv3.'],
  ['MIT', '## License\n\nMIT © Jane'],
  ['MIT', '## License\n\n[MIT](LICENSE)\n'],
  ['MIT', 'License\n-------\nThe MIT License (MIT)\n'],
  ['MIT', '/** @license MIT */'],
  ['MIT', 'Except where otherwise noted, this is licensed under the MIT License.'],
  ['BSD-3-Clause', 'license = BSD-3-Clause'],
  [
    'Apache-2.0',
    '[Fancy tool](https://example.org) is licensed under the [Apache License, Version 2.0](http://www.apache.org/licenses/LICENSE-2.0).',
  ],
])('%s is said by: %s', (expression, text) => {
  expect(sure(text)).toEqual([expression]);
});

test.each([
  'This program is under the GPL.',
  'Licensed under the Apache License.',
  'Use of this source code is governed by a BSD-style license.',
  'This was licensed under the MIT License.',
  'It is no longer released under the MIT License.',
  'All patches will be released under the MIT License.',
  'Is this licensed under the MIT License?',
  'Code under the MIT License is accepted. Code under GPLv3 is not accepted.',
  '"license": "MIT"',
])('nothing is said for sure by: %s', (text) => {
  expect(sure(text)).toEqual([]);
});

test('two versions of one license are two licenses', () => {
  expect(sure('You can redistribute it under the terms of the GNU General Public License, version 2 or version 3.')).toEqual([
    'GPL-2.0-only',
    'GPL-3.0-only',
  ]);
});

test('a later version that somebody has to accept first is not "or later"', () => {
  const text =
    'You may use it under the terms of the GNU General Public License version 3 or any later version accepted by the board of the project.';
  expect(sure(text)).toEqual(['GPL-3.0-only']);
});

describe('exceptions', () => {
  test('one that stands beside a full text is told apart', () => {
    const license = 'The full text.\n';
    const notice =
      'As a special exception, the copyright holders give you permission to link this library with independent modules.';
    expect(exceptions(license + notice, [{ start: 0, end: license.length, line: 1 }])).toEqual([
      { id: 'Classpath-exception-2.0', span: { start: license.length, end: license.length + notice.length - 1, line: 2 } },
    ]);
  });

  test('one goes only with a license that it can go with', () => {
    expect(sure('This is licensed under the MIT License with the Classpath exception.')).toEqual(['MIT']);
  });
});

describe('SPDX tags', () => {
  test.each([
    ['// SPDX-License-Identifier: MIT', 'MIT'],
    ['/* SPDX-License-Identifier: GPL-2.0+ */', 'GPL-2.0-or-later'],
    ['<!-- SPDX-License-Identifier: apache-2.0 -->', 'Apache-2.0'],
    ['{- SPDX-License-Identifier: MIT or Apache-2.0 -}', 'MIT OR Apache-2.0'],
    ['-- SPDX-License-Identifier: (MIT AND BSD-3-Clause) OR LicenseRef-Own', '(MIT AND BSD-3-Clause) OR LicenseRef-Own'],
    ['(* SPDX-License-Identifier: GPL-2.0-with-classpath-exception *)', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['.. SPDX-License-Identifier: CDDL-1.0+', 'CDDL-1.0+'],
    ['// Copyright 2024 Jane  SPDX-License-Identifier: ISC', 'ISC'],
    ['# SPDX-License-Identifier: NOASSERTION', 'NOASSERTION'],
    ['# SPDX-License-Identifier: No-Such-License', null],
    ['# SPDX-License-Identifier: (MIT OR ISC', null],
    ['# SPDX-License-Identifier: MIT WITH No-Such-exception', null],
  ])('%s', (text, expression) => {
    expect(tags(text).map((tag) => tag.expression)).toEqual([expression]);
  });

  test('a tag keeps what is written, and its place', () => {
    const text = '#!/bin/sh\n# SPDX-License-Identifier: mit OR apache-2.0\n';
    expect(tags(text)).toEqual([
      {
        written: 'mit OR apache-2.0',
        expression: 'MIT OR Apache-2.0',
        licenses: ['MIT', 'Apache-2.0'],
        isOfSnippet: false,
        span: { start: 12, end: text.length - 1, line: 2 },
      },
    ]);
  });

  test('a tag in a snippet speaks of the snippet', () => {
    const text = '// SPDX-License-Identifier: MIT\n// SPDX-SnippetBegin\n// SPDX-License-Identifier: ISC\n// SPDX-SnippetEnd\n';
    expect(tags(text).map(({ expression, isOfSnippet }) => [expression, isOfSnippet])).toEqual([
      ['MIT', false],
      ['ISC', true],
    ]);
  });

  test('a placeholder is no tag', () => {
    expect(tags('# SPDX-License-Identifier: <id>\n# SPDX-License-Identifier:\n')).toEqual([]);
  });
});

test.each([
  ['or', 'Dual licensed under MIT and Apache-2.0.'],
  ['or', 'Licensed under the MIT License or the Apache License 2.0, at your option.'],
  ['or', 'The terms of the MIT or Apache-2.0'],
  ['or', 'MIT/Apache-2.0'],
  ['and', 'Parts of this are licensed under the MIT License, others under ISC.'],
  ['and', 'Both licenses apply.'],
  [null, 'either version 2 of the License, or (at your option) any later version.'],
  [null, 'under the terms of either version 2 or version 3 of the GNU GPL'],
  [null, 'Licensed under the MIT License.'],
])('the choice is %s: %s', (choice, text) => {
  expect(statement(text)).toBe(choice);
});

describe('whatever a text holds', () => {
  const pieces = fc.constantFrom(
    'licensed under ',
    'the ',
    'GNU ',
    'General Public License',
    'GPL',
    'v',
    '2',
    '+',
    'or later ',
    'MIT',
    ' or ',
    '\n',
    '. ',
    '# SPDX-License-Identifier: ',
    '(',
    ')',
    'with ',
    'Classpath exception ',
    'as a special exception ',
    'not ',
    '```\n',
    'cc by ',
    '4.0',
    ' * ',
    '\u{1f600}',
    'Apache-2.0',
  );
  const text = fc.array(pieces, { maxLength: 40 }).map((all) => all.join(''));

  test('claims stand outside what is taken, within the text, and in its order', () => {
    fc.assert(
      fc.property(text, fc.nat(60), fc.nat(60), (words, start, length) => {
        const taken = { start: Math.min(start, words.length), end: Math.min(start + length, words.length), line: 1 };
        const spans = claims(words, [taken]).map(({ span }) => span);
        expect(
          spans.every(
            ({ start: from, end, line }) =>
              from >= 0 && from < end && end <= words.length && line === words.slice(0, from).split('\n').length,
          ),
        ).toBe(true);
        expect(spans.every(({ start: from, end }) => taken.start === taken.end || end <= taken.start || from >= taken.end)).toBe(
          true,
        );
        expect(spans.map(({ start: from }) => from)).toEqual(spans.map(({ start: from }) => from).sort((a, b) => a - b));
        statement(words);
      }),
    );
  });

  test.each([
    'licensed under ',
    'gnu general public license version 2 or ',
    'as a special exception ',
    'mit ',
    'mit or ',
    'cc by nc ',
    'or at your option ',
    '[',
    '<!--',
    'a\n',
  ])('no word is read more often in a long text than in a short one: %s', (piece) => {
    const perWord = (times: number): number => reads(piece.repeat(times)) / Math.max(1, wordsOf(piece.repeat(times), []).length);
    expect(perWord(2000)).toBeLessThan(perWord(200) * 1.2 + 1);
    expect(perWord(200)).toBeLessThan(1000);
  });
});

/** How often a word is looked at. */
function reads(text: string): number {
  let count = 0;
  const words = new Proxy(wordsOf(text, []), {
    get: (target: readonly Word[], key: string | symbol): unknown => {
      count += 1;
      return Reflect.get(target, key);
    },
  });
  headersOf(text, words, mentionsOf(text, words));
  exceptionsOf(words);
  noticesOf(words);
  return count;
}
