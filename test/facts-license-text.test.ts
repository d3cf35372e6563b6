/** A license text is told from words that only say which license applies. */
import { describe, expect, test } from '@jest/globals';
import type { Detection, Match } from '../src/facts/license/detection.ts';
import { licenseText } from '../src/facts/license/license-text.ts';

const EDIT = { removed: '', added: 'not', before: 'does', after: 'grant', span: { start: 40, end: 43, line: 2 } };

function match(kind: Match['kind'], expression: string, end: number, modified: Match['modified'] = null): Match {
  return { expression, ids: [expression], kind, span: { start: 0, end, line: 1 }, confidence: 1, modified };
}

function detection(expression: string | null, ...matches: readonly Match[]): Detection {
  return { expression, confidence: 1, modified: null, matches, reason: null };
}

const TAG = 'SPDX-License-Identifier: LicenseRef-Acme';
const OWN_TEXT = `${TAG}\n\nYou may read this work. ${'Whoever reads it tells nobody what stands there. '.repeat(3)}`;
const ownTag = match('tag', 'LicenseRef-Acme', TAG.length);

describe('a text', () => {
  test.each<[string, Detection, string, true | undefined]>([
    ['the license itself', detection('MIT', match('text', 'MIT', 1000)), 'Permission is …', undefined],
    ['the license and a tag', detection('MIT', match('tag', 'MIT', 28), match('text', 'MIT', 1000)), 'SPDX …', undefined],
    ['a header', detection('Apache-2.0', match('header', 'Apache-2.0', 500)), 'Licensed under …', true],
    ['a tag', detection('MIT', match('tag', 'MIT', 28)), 'SPDX-License-Identifier: MIT', true],
    ['a name of its own', detection('LicenseRef-Acme', ownTag), TAG, true],
    ['a name of its own, and a text of its own', detection('LicenseRef-Acme', ownTag), OWN_TEXT, undefined],
  ])('that is %s', (_, found, written, isOnlyNamed) => {
    expect(licenseText(found, written).isOnlyNamed).toBe(isOnlyNamed);
  });

  test('that names a license and grants nothing tells which one it names', () => {
    expect(licenseText(detection(null, match('name', 'MIT', 3)), 'MIT')).toMatchObject({
      expression: null,
      may: [],
      named: 'MIT',
    });
  });
});

describe('an altered text', () => {
  const altered = match('text', 'Apache-2.0', 900, [EDIT]);

  test('can give itself a name of its own', () => {
    expect(licenseText(detection(null, ownTag, altered), OWN_TEXT).ownName).toBe('LicenseRef-Acme');
  });

  test('names itself in its first lines even where the license is taken to begin above the name', () => {
    const found = detection(null, match('text', 'MIT', 900, [EDIT]));
    const below = `Acme Public Terms\n\n# Copyright 2026 Acme\n\n${OWN_TEXT}`;
    expect(licenseText(found, OWN_TEXT).ownName).toBe('LicenseRef-Acme');
    expect(licenseText(found, below).ownName).toBe('LicenseRef-Acme');
  });

  test('does not name itself by a tag within its terms, nor by one for a snippet', () => {
    const found = detection(null, match('text', 'MIT', 900, [EDIT]));
    expect(licenseText(found, `MIT License\n\n\n\n\n${TAG}`).ownName).toBeUndefined();
    expect(licenseText(found, `SPDX-SnippetBegin\n${OWN_TEXT}`).ownName).toBeUndefined();
  });

  test('hides behind its name no other license in the file', () => {
    const found = detection(null, ownTag, altered, match('text', 'GPL-3.0-only', 900));
    expect(licenseText(found, OWN_TEXT).ownName).toBe('LicenseRef-Acme AND GPL-3.0-only');
  });

  test('cannot take the name of a license of the list, nor two names', () => {
    expect(licenseText(detection(null, match('tag', 'MIT', 28), altered), '').ownName).toBeUndefined();
    expect(licenseText(detection(null, ownTag, match('tag', 'LicenseRef-B', 9), altered), '').ownName).toBeUndefined();
    expect(licenseText(detection(null, altered), `${TAG}\nSPDX-License-Identifier: LicenseRef-B`).ownName).toBeUndefined();
    expect(licenseText(detection(null, altered), `${TAG} OR MIT`).ownName).toBeUndefined();
  });
});
