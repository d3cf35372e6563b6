/** Whom NOTICE and license files name, and whom a contribution leaves out. */
import { describe, expect, test } from '@jest/globals';
import { unknown } from '../src/facts/answer.ts';
import { interview } from '../src/facts/gather.ts';
import { creditsIn, unfilledIn } from '../src/facts/license/attribution.ts';
import { losses } from '../src/facts/license/losses.ts';
import { notice } from '../src/facts/license/notice.ts';
import { aChange, aSource, type Files } from './support/builders.ts';

/** The lines that are lost between two states of a repository, by file. */
async function lost(base: Files, head: Files): Promise<readonly string[]> {
  const names = [...new Set([...Object.keys(base), ...Object.keys(head)])].filter((name) => base[name] !== head[name]);
  const changes = names.map((name) => aChange(name, name in head ? (name in base ? 'modified' : 'added') : 'removed'));
  const source = aSource({ base, head, changes });
  const answer = await interview(source)(losses('head'));
  if (!answer.known) throw new Error(answer.reason);
  return answer.value.flatMap(({ path, isDeleted, lines }) =>
    lines.map(({ name }) => `${path}${isDeleted ? ' (deleted)' : ''}: ${name}`),
  );
}

const TITLE = 'Widgets\n';
const FOO = 'This product includes software developed by\nFoo Inc. (https://foo.example/).\n';
const mit = (line: string): string => `MIT License\n\n${line}\n\nPermission is hereby granted, free of charge …\n`;

describe('layout is no loss', () => {
  test.each([
    ['a sign', 'Copyright 2019 Example Works', 'Copyright (c) 2019 Example Works'],
    ['another sign', '(c) 2019 Example Works', '© 2019 Example Works'],
    ['a word more', '© 2019 Example Works', 'Copyright © 2019 Example Works. All rights reserved.'],
    ['a range', 'Copyright 2019 Example Works', 'Copyright 2019-present Example Works'],
    ['other years', 'Copyright 2019, 2020 Example Works', 'Copyright (C) 2018 - 2026 EXAMPLE WORKS'],
    ['an address', 'Copyright 2019 Example Works <a@example.com>', 'Copyright 2019 Example Works (https://example.com)'],
    ['two holders on one line', 'Copyright 2019 Ada\nCopyright 2020 Bob', 'Copyright 2019-2020 Ada, Bob'],
    ['a line for each of two', 'Copyright 2019 Ada Works and Bob Works', 'Copyright 2019 Ada Works\nCopyright 2019 Bob Works'],
    ['a field that is filled in', 'Copyright [yyyy] [name of copyright owner]', 'Copyright 2019 Ada'],
  ])('%s', async (_, before, after) => {
    expect(await lost({ NOTICE: `${TITLE}${before}\n` }, { NOTICE: `${TITLE}${after}\n` })).toEqual([]);
  });

  test('nor are new line ends in a credit, another name of the file, or a line that moves from LICENSE to NOTICE', async () => {
    expect(await lost({ NOTICE: TITLE + FOO }, { 'NOTICE.md': `${TITLE}\n* ${FOO.replaceAll('\n', ' ')}` })).toEqual([]);
    const before = { LICENSE: mit('Copyright (c) 2019 Ada') };
    expect(await lost(before, { LICENSE: mit('Copyright (c) 2026 Bob'), NOTICE: 'Copyright 2019 Ada\n' })).toEqual([]);
  });
});

describe('a loss is', () => {
  test('a holder, a credit, and the holder beside a license', async () => {
    expect(await lost({ NOTICE: `${TITLE}Copyright 2019 Ada\n\n${FOO}` }, { NOTICE: `${TITLE}Copyright 2019 Bob\n` })).toEqual([
      'NOTICE: Ada',
      'NOTICE: This product includes software developed by Foo Inc. (https://foo.example/).',
    ]);
    expect(await lost({ LICENSE: mit('Copyright (c) 2019 Ada') }, { LICENSE: mit('Copyright (c) 2026 Bob') })).toEqual([
      'LICENSE: Ada',
    ]);
  });

  test('a part of a longer name', async () => {
    expect(await lost({ NOTICE: 'Copyright 2019 Ada' }, { NOTICE: 'Copyright 2019 Adamant' })).toEqual(['NOTICE: Ada']);
  });

  test('a file that is deleted', async () => {
    expect(await lost({ NOTICE: 'Copyright 2019 Ada', 'README.md': 'x' }, { 'README.md': 'x' })).toEqual([
      'NOTICE (deleted): Ada',
    ]);
  });

  test('not that the author of a license is named no more when the license changes', async () => {
    const gpl = 'Copyright (C) 2007 Free Software Foundation, Inc. <https://fsf.org/>\nEveryone is permitted to copy\n';
    expect(await lost({ LICENSE: gpl }, { LICENSE: mit('Copyright (c) 2026 Bob') })).toEqual([]);
  });
});

test('license notices are no credits', () => {
  const header =
    'Licensed under the Apache License, Version 2.0 (the "License");\nyou may not use this file except by the License.\n';
  expect(creditsIn(`${header}\nThis product is licensed to you by Foo Inc. under the Apache License.\n`)).toEqual([]);
});

test.each([
  ['Copyright YEAR Intersect MBO', ['YEAR']],
  ['Copyright [yyyy] Ada', ['[yyyy]']],
  ['Copyright {yyyy} Ada', ['{yyyy}']],
  ['Copyright 2024 [name of copyright owner]', ['[name of copyright owner]']],
  ['Copyright 2024 HOLDER', ['HOLDER']],
  ['Copyright 2024 Ada <author@example.com>', []],
  ['Copyright 2024 Year of the Rat Press', []],
  ['   with the fields replaced with your own identifying information.\n\n   Copyright [yyyy] [name of copyright owner]', []],
])('%s has the fields %j', (written, fields) => {
  expect(unfilledIn(written).map(({ text }) => text)).toEqual(fields);
});

describe('the notice', () => {
  test('is read through a link inside the repository', async () => {
    const source = aSource({ head: { NOTICE: '→ docs/NOTICE', 'docs/NOTICE': 'Copyright 2019 Ada\n' } });
    expect(await interview(source)(notice('head'))).toMatchObject({
      known: true,
      value: { path: 'NOTICE', copyrights: [{ text: 'Copyright 2019 Ada', line: 1 }] },
    });
  });

  test('is not known where the link leads nowhere', async () => {
    const source = aSource({ head: { NOTICE: '→ ../NOTICE' } });
    expect(await interview(source)(notice('head'))).toEqual(
      unknown('NOTICE is a link that leads out of the repository, or nowhere'),
    );
  });
});
