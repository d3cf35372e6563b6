/** A license text is named when its terms are word for word those of a license, however it is laid out; else it is not named. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { identify } from '../src/facts/license/identify.ts';
import { LARGEST, normalize } from '../src/facts/license/normalize.ts';
import { isDeprecated, LIST, licenseTexts } from './support/license-texts.ts';

const text = (id: string): string => LIST[id]!.licenseText;
const mit = text('MIT').replace('<year> <copyright holders>', '2024 Jane Doe and contributors');
const apache = text('Apache-2.0');
const apacheTerms = apache.slice(0, apache.indexOf('END OF TERMS'));

test('the table of texts is current: `node test/support/license-texts.ts` writes it anew', () => {
  expect(readFileSync('src/facts/license/texts.json', 'utf8')).toBe(licenseTexts());
});

test('every text of the SPDX list is identified, but for ids that SPDX has withdrawn', () => {
  const current = Object.keys(LIST).filter((id) => !isDeprecated(id));
  const missed = current.filter((id) => identify(text(id)).length === 0);
  expect(missed).toEqual([]);
});

describe('a text is identified', () => {
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
      'with list numbers on lines of their own and blanks at the ends of lines',
      text('BSD-3-Clause-No-Military-License').replace(/$/gm, '  '),
      'BSD-3-Clause-No-Military-License',
    ],
    ['with its appendix', apache, 'Apache-2.0'],
    ['without its appendix', apacheTerms, 'Apache-2.0'],
    ['up to the end of its terms', `${apacheTerms}END OF TERMS AND CONDITIONS\n`, 'Apache-2.0'],
    ['with its appendix filled in', apache.replace('[yyyy] [name of copyright owner]', '2023 Jane Doe'), 'Apache-2.0'],
    [
      'with another name in the clause that names the holder',
      text('BSD-3-Clause').replace('the copyright holder nor', 'ACME Labs nor'),
      'BSD-3-Clause',
    ],
    ['as the author disclaims', text('ISC').replaceAll(' ISC ', ' THE AUTHOR '), 'ISC'],
  ])('%s', (_, given, id) => {
    expect(identify(given)).toEqual([id]);
  });
});

describe('a text is not identified', () => {
  test.each<[string, string]>([
    ['when a negation is put in', apache.replace('hereby grants to You', 'hereby does not grant to You')],
    ['when a word is put in', mit.replace('free of charge', 'free of charge for non-commercial use')],
    ['when a clause follows it', `${mit}\n\nThe Software shall be used for Good, not Evil.`],
    ['when a restriction follows its appendix', `${apache}\n\nCommons Clause: You may not Sell the Software.`],
    ['when a restriction follows its terms', `${apacheTerms}END OF TERMS AND CONDITIONS\n\nYou may not sell it.`],
    ['when a restriction hides in a copyright line', mit.replace(/^Copyright.*$/m, '$&. Commercial use is prohibited.')],
    ['when a restriction hides in the title', mit.replace('MIT License', 'MIT License, non-commercial')],
    ['when a restriction hides in the place of a name', mit.replace('THE AUTHORS OR', 'ANYONE EXCEPT THE USERS OR')],
    [
      'when "non-commercial" hides in the place of a name, where its two words have been joined',
      text('BSD-3-Clause').replace('PROVIDED BY THE', 'PROVIDED BY non-commercial THE'),
    ],
    ['when "noncommercial" hides in a copyright line', mit.replace(/^Copyright.*$/m, '$&, noncommercial')],
    [
      'when a negation hides in the second place of a name',
      text('BSD-3-Clause').replace('names of its contributors', 'names of not its contributors'),
    ],
    ['when a clause is taken out', mit.replace(/The above copyright notice[^.]*\./, '')],
    ['when two licenses stand in it', `${mit}\n\n${text('ISC')}`],
    ['when it is empty', ''],
    ['when it only names a license', 'Licensed under Apache-2.0'],
    ['when it is a copyright line alone', 'Copyright (c) 2024 Jane Doe'],
  ])('%s', (_, given) => {
    expect(identify(given)).toEqual([]);
  });
});

test('the text of the GPL does not tell whether later versions may be chosen', () => {
  expect(identify(text('GPL-3.0-only'))).toEqual(['GPL-3.0-only', 'GPL-3.0-or-later']);
});

test('the text of the LGPL stands for itself without the GPL below it', () => {
  const lgpl = text('LGPL-3.0-only');
  const alone = lgpl.slice(0, lgpl.indexOf('GNU GENERAL PUBLIC LICENSE', 1000));
  expect(identify(alone)).toEqual(['LGPL-3.0-only', 'LGPL-3.0-or-later']);
});

test('a text that is too large is not read', () => {
  expect(normalize('x'.repeat(LARGEST + 1))).toBeNull();
});
