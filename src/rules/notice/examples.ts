/** Cases of the notice rule: its test, its documentation and its samples. */
import { known } from '../../facts/answer.ts';
import type { LicenseFile } from '../../facts/license/files.ts';
import type { Notice } from '../../facts/license/notice.ts';
import { examplesOf } from '../rule.ts';
import { noticeRule } from './index.ts';

const OID = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

function aNotice(...lines: readonly string[]): Notice {
  return { path: 'NOTICE', oid: OID, copyrights: lines.map((text, index) => ({ text, line: index + 2 })) };
}

function licensed(expression: string | null): LicenseFile {
  const reason = expression === null ? 'it speaks of no license that Steward knows' : null;
  const may = expression === null ? [] : [expression];
  return { path: 'LICENSE', via: 'file', oid: OID, license: known({ expression, may, altered: [], reason }) };
}

const APACHE = [licensed('Apache-2.0')];

export const examples = examplesOf(noticeRule, [
  {
    name: 'a notice passes where no holder is asked for',
    facts: { found: aNotice('Copyright 2024 Example Works'), before: null, licenses: APACHE },
    findings: [{ outcome: 'pass', about: 'holder', says: 'There is a notice in NOTICE.' }],
  },
  {
    name: 'a repository under Apache-2.0 has a notice',
    facts: { found: null, before: null, licenses: APACHE },
    options: { holder: 'Intersect MBO' },
    findings: [
      {
        outcome: 'fail',
        about: 'NOTICE',
        says: 'There is no NOTICE file at the root of the repository.',
        fix: 'Add NOTICE with the name of the project and a line Copyright YEAR Intersect MBO, with the year of its creation.',
      },
    ],
  },
  {
    name: 'a repository under another license needs none',
    facts: { found: null, before: null, licenses: [licensed('MIT')] },
    findings: [{ outcome: 'exempt', about: 'NOTICE', says: 'No license here asks for a NOTICE file.' }],
  },
  {
    name: 'whether a notice is needed is not known where the license is not',
    facts: { found: null, before: null, licenses: [licensed(null)] },
    findings: [
      {
        outcome: 'unknown',
        about: 'NOTICE',
        says: 'There is no NOTICE file. Whether one is needed is not known, because the license in LICENSE is not.',
      },
    ],
  },
  {
    name: 'the holder is found in any case and layout, among others',
    facts: { found: aNotice('Copyright (c) 2019 Example Works', '(c) 2024, INTERSECT  MBO.'), before: null, licenses: APACHE },
    options: { holder: 'Intersect MBO' },
    findings: [{ outcome: 'pass', about: 'holder', says: 'NOTICE names Intersect MBO as holder.' }],
  },
  {
    name: 'a notice that names predecessors only lacks the holder',
    facts: { found: aNotice('Copyright 2019 Example Works'), before: null, licenses: APACHE },
    options: { holder: 'Intersect MBO' },
    findings: [
      {
        outcome: 'fail',
        about: 'holder',
        says: 'No copyright line of NOTICE names the holder Intersect MBO.',
        fix: 'Keep the lines that are there, and add Copyright YEAR Intersect MBO.',
        location: { path: 'NOTICE' },
      },
    ],
  },
  {
    name: 'a contribution that replaces a predecessor fails, however right the new line is',
    facts: {
      found: aNotice('Copyright 2024 Intersect MBO'),
      before: aNotice('Copyright 2019 Example Works'),
      licenses: APACHE,
    },
    options: { holder: 'Intersect MBO' },
    findings: [
      {
        outcome: 'fail',
        about: 'predecessor Copyright 2019 Example Works',
        says: 'The predecessor Copyright 2019 Example Works is no longer named in NOTICE.',
        fix: 'Put the line back. A new holder gets a line of its own.',
        location: { path: 'NOTICE' },
      },
      { outcome: 'pass', about: 'holder', says: 'NOTICE names Intersect MBO as holder.' },
    ],
  },
  {
    name: 'another year or layout of the same line loses nobody',
    facts: {
      found: aNotice('Copyright (C) 2019-2026 Example Works'),
      before: aNotice('Copyright (c) 2019 Example Works'),
      licenses: APACHE,
    },
    findings: [{ outcome: 'pass', about: 'holder', says: 'There is a notice in NOTICE.' }],
  },
  {
    name: 'where nothing is required, a notice that is removed still loses whom it named',
    facts: { found: null, before: aNotice('Copyright 2019 Example Works'), licenses: APACHE },
    options: { required: 'never' },
    findings: [
      {
        outcome: 'fail',
        about: 'predecessor Copyright 2019 Example Works',
        says: 'The predecessor Copyright 2019 Example Works is no longer named in NOTICE.',
        fix: 'Put the line back. A new holder gets a line of its own.',
        location: { path: 'NOTICE' },
      },
      { outcome: 'exempt', about: 'NOTICE', says: 'No NOTICE file is asked for here.' },
    ],
  },
]);
