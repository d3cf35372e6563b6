/** Cases of the notice rule: its test, its documentation and its samples. */
import { known } from '../../facts/answer.ts';
import type { LicenseFile } from '../../facts/license/files.ts';
import type { Loss } from '../../facts/license/losses.ts';
import type { Notice } from '../../facts/license/notice.ts';
import { examplesOf } from '../rule.ts';
import { noticeRule } from './index.ts';

const OID = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

function aNotice(...lines: readonly string[]): Notice {
  return { path: 'NOTICE', oid: OID, copyrights: lines.map((text, index) => ({ text, line: index + 2 })), unfilled: [] };
}

function licensed(expression: string | null): LicenseFile {
  const reason = expression === null ? 'it speaks of no license that Steward knows' : null;
  const may = expression === null ? [] : [expression];
  return { path: 'LICENSE', via: 'file', oid: OID, license: known({ expression, may, altered: [], reason }) };
}

/** A file that no longer says some of its lines. */
function without(path: string, isDeleted: boolean, ...lines: readonly (readonly [text: string, name: string])[]): Loss {
  return { path, isDeleted, lines: lines.map(([text, name], index) => ({ text, name, line: index + 2 })) };
}

const PUT_BACK = 'Put the line back. A new holder gets a line of its own.';

const APACHE = [licensed('Apache-2.0')];

export const examples = examplesOf(noticeRule, [
  {
    name: 'a notice passes where no holder is asked for',
    facts: { found: aNotice('Copyright 2024 Example Works'), lost: [], licenses: APACHE },
    findings: [{ outcome: 'pass', about: 'holder', says: 'There is a notice in NOTICE.' }],
  },
  {
    name: 'a repository under Apache-2.0 has a notice',
    facts: { found: null, lost: [], licenses: APACHE },
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
    facts: { found: null, lost: [], licenses: [licensed('MIT')] },
    findings: [{ outcome: 'exempt', about: 'NOTICE', says: 'No license here asks for a NOTICE file.' }],
  },
  {
    name: 'whether a notice is needed is not known where the license is not',
    facts: { found: null, lost: [], licenses: [licensed(null)] },
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
    facts: { found: aNotice('Copyright (c) 2019 Example Works', '(c) 2024, INTERSECT  MBO.'), lost: [], licenses: APACHE },
    options: { holder: 'Intersect MBO' },
    findings: [{ outcome: 'pass', about: 'holder', says: 'NOTICE names Intersect MBO as holder.' }],
  },
  {
    name: 'a notice that names predecessors only lacks the holder',
    facts: { found: aNotice('Copyright 2019 Example Works'), lost: [], licenses: APACHE },
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
      lost: [without('NOTICE', false, ['Copyright 2019 Example Works', 'Example Works'])],
      licenses: APACHE,
    },
    options: { holder: 'Intersect MBO' },
    findings: [
      {
        outcome: 'fail',
        about: 'NOTICE lost the line Copyright 2019 Example Works',
        says: 'NOTICE lost the line “Copyright 2019 Example Works”.',
        fix: PUT_BACK,
        location: { path: 'NOTICE' },
      },
      { outcome: 'pass', about: 'holder', says: 'NOTICE names Intersect MBO as holder.' },
    ],
  },
  {
    name: 'a credit is kept like a copyright line, and so is the holder in a license file',
    facts: {
      found: aNotice('Copyright 2024 Example Works'),
      lost: [
        without('LICENSE', false, ['Copyright (c) 2015 First Makers', 'First Makers']),
        without('NOTICE', false, ['This product includes software developed by Foo Inc.', 'Foo Inc.']),
      ],
      licenses: APACHE,
    },
    findings: [
      {
        outcome: 'fail',
        about: 'LICENSE lost the line Copyright (c) 2015 First Makers',
        says: 'LICENSE lost the line “Copyright (c) 2015 First Makers”.',
        fix: PUT_BACK,
        location: { path: 'LICENSE' },
      },
      {
        outcome: 'fail',
        about: 'NOTICE lost the line This product includes software developed by Foo Inc.',
        says: 'NOTICE lost the line “This product includes software developed by Foo Inc.”.',
        fix: PUT_BACK,
        location: { path: 'NOTICE' },
      },
      { outcome: 'pass', about: 'holder', says: 'There is a notice in NOTICE.' },
    ],
  },
  {
    name: 'where nothing is required, a notice that is removed still loses whom it named, and that is said once',
    facts: {
      found: null,
      lost: [
        without(
          'NOTICE',
          true,
          ['Copyright 2019 Example Works', 'Example Works'],
          ['Copyright 2021 First Makers', 'First Makers'],
        ),
      ],
      licenses: APACHE,
    },
    options: { required: 'never' },
    findings: [
      {
        outcome: 'fail',
        about: 'NOTICE was deleted',
        says: 'NOTICE was deleted; it named Example Works, First Makers.',
        fix: 'Put the file back, or its lines into another file that is kept.',
      },
      { outcome: 'exempt', about: 'NOTICE', says: 'No NOTICE file is asked for here.' },
    ],
  },
  {
    name: 'a field that nobody filled in fails',
    facts: {
      found: {
        ...aNotice('Copyright YEAR Intersect MBO', 'Copyright 2024 [name of copyright owner]'),
        unfilled: [
          { text: 'YEAR', line: 2 },
          { text: '[name of copyright owner]', line: 3 },
        ],
      },
      lost: [],
      licenses: APACHE,
    },
    findings: [
      {
        outcome: 'fail',
        about: 'NOTICE still says YEAR',
        says: 'NOTICE still says “YEAR”.',
        fix: 'Put the year in the place of YEAR.',
        location: { path: 'NOTICE', line: 2 },
      },
      {
        outcome: 'fail',
        about: 'NOTICE still says [name of copyright owner]',
        says: 'NOTICE still says “[name of copyright owner]”.',
        fix: 'Put the name in the place of [name of copyright owner].',
        location: { path: 'NOTICE', line: 3 },
      },
      { outcome: 'pass', about: 'holder', says: 'There is a notice in NOTICE.' },
    ],
  },
]);
