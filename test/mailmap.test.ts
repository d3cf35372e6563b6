/** Steward reads `.mailmap` as git does: the four forms, and a comparison with the git that is installed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mailmapOf } from '../src/facts/mailmap.ts';
import type { Person } from '../src/facts/source.ts';

const PROPER: Person = { name: 'Jane Doe', email: 'jane@example.org' };
const old = (name: string, email: string): Person => ({ name, email });

describe('an entry', () => {
  test.each<[string, string, Person, Person]>([
    ['gives an address a name', 'Jane Doe <jane@example.org>', old('jd', 'jane@example.org'), PROPER],
    ['replaces an address', '<jane@example.org> <jd@old>', old('jd', 'jd@old'), old('jd', 'jane@example.org')],
    ['replaces name and address', 'Jane Doe <jane@example.org> <jd@old>', old('jd', 'jd@old'), PROPER],
    ['replaces both for one name alone', 'Jane Doe <jane@example.org> Janie <shared@old>', old('janie', 'SHARED@old'), PROPER],
    [
      'leaves other names at the same address alone',
      'Jane Doe <jane@example.org> Janie <shared@old>',
      old('Bob', 'shared@old'),
      old('Bob', 'shared@old'),
    ],
    [
      'is nothing when it is a comment',
      '# Jane Doe <jane@example.org>',
      old('jd', 'jane@example.org'),
      old('jd', 'jane@example.org'),
    ],
    ['may be followed by a comment', 'Jane Doe <jane@example.org> # her', old('jd', 'jane@example.org'), PROPER],
    ['may end in CRLF', 'Jane Doe <jane@example.org>\r\n', old('jd', 'jane@example.org'), PROPER],
  ])('%s', (_, text, person, proper) => {
    expect(mailmapOf(text)(person)).toEqual(proper);
  });

  test('that comes later wins, each part for itself', () => {
    const mailmap = mailmapOf('Jane Doe <jane@example.org> <jd@old>\nJane <jd@old>\n<new@example.org> <jd@old>');
    expect(mailmap(old('x', 'jd@old'))).toEqual(old('Jane', 'new@example.org'));
  });
});

describe('git itself', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'steward-mailmap-'));
    git(['init', '-q', '-b', 'main']);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C.UTF-8' };
  function git(args: readonly string[], input = ''): string {
    return execFileSync('git', ['-C', folder, ...args], { env, input, encoding: 'utf8', maxBuffer: 64 << 20 });
  }

  const name = fc.constantFrom(
    'Jane',
    'JANE',
    'Jane Doe',
    'Bob',
    'Élan',
    'élan',
    '名前',
    '',
    'x',
    ' J ',
    '\tJ\t',
    '# not',
    '\u00a0',
  );
  const email = fc.constantFrom('j@x', 'J@X', 'bob@example.org', 'é@x', 'É@x', '', 'two words', '<', ' j@x ');
  const entry = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(name, email, fc.constantFrom('', ' ')).map(([n, e, s]) => `${n}${s}<${e}>`) },
    {
      weight: 10,
      arbitrary: fc
        .tuple(name, email, name, email, fc.constantFrom('', ' ', ' # c'))
        .map(([n, e, m, f, s]) => `${n} <${e}> ${m} <${f}>${s}`),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '#', '# Jane <j@x>', ' # Jane <j@x>', 'Jane', '<j@x', '>j@x<', 'Jane <j@x> <', '\r'),
    },
  );
  const map = fc
    .tuple(fc.array(entry, { minLength: 1, maxLength: 6 }), fc.constantFrom('\n', '\r\n'))
    .map(([lines, end]) => lines.join(end));
  const people: readonly Person[] = ['Jane', 'jane doe', 'Bob', 'élan', 'Élan', '名前', 'x', 'J', 'Zoe'].flatMap((one) =>
    ['j@x', 'J@x', 'bob@example.org', 'é@x', 'É@X', 'two words'].map((address) => ({ name: one, email: address })),
  );

  test('maps 54 people alike by 100 generated maps', () => {
    const asked = people.map((person) => `${person.name} <${person.email}>`).join('\n');
    for (const text of fc.sample(map, 100)) {
      writeFileSync(join(folder, '.mailmap'), text);
      const mailmap = mailmapOf(text);
      const ours = people.map(mailmap).map((person) => `${person.name === '' ? '' : `${person.name} `}<${person.email}>`);
      const theirs = git(['check-mailmap', '--stdin'], `${asked}\n`).trimEnd().split('\n');
      expect({ text, people: ours }).toEqual({ text, people: theirs });
    }
  });
});
