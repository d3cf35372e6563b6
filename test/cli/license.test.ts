/** `steward license`: what files hold, what was changed, and where an expression stands; nothing outside is followed. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { run } from '../../src/cli/program.ts';
import { aConsole } from '../support/console.ts';
import { LIST } from '../support/license-texts.ts';

const MIT = LIST['MIT']!.licenseText;
const ALTERED = MIT.replace('free of charge', 'for a monthly fee');

const folder = mkdtempSync(join(tmpdir(), 'steward-license-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes files; a content that starts with `→ ` is a symbolic link. */
function tree(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [path, content] of Object.entries(files)) {
    const whole = join(folder, name, path);
    mkdirSync(join(whole, '..'), { recursive: true });
    if (typeof content === 'string' && content.startsWith('→ ')) symlinkSync(content.slice(2), whole);
    else writeFileSync(whole, content);
  }
  return join(folder, name);
}

async function steward(...argv: readonly string[]) {
  const console = aConsole();
  const code = await run(argv, console);
  return { code, out: console.printed().replaceAll(`${folder}/`, ''), notes: console.noted().replaceAll(`${folder}/`, '') };
}

const rows = (out: string): readonly Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('files that hold a license are listed, and those that say nothing are counted', async () => {
  const root = tree('plain', {
    LICENSE: MIT,
    'src/a.ts': '// SPDX-License-Identifier: Apache-2.0\nexport {};\n',
    'src/b.ts': 'export {};\n',
    'node_modules/x/LICENSE': MIT,
  });
  expect(await steward('license', root)).toEqual({
    code: 0,
    out: 'plain/LICENSE: MIT (100 %)\nplain/src/a.ts: Apache-2.0 (100 %)\n',
    notes: '1 of 3 files say nothing about a license; --all lists them.',
  });
});

test('an altered license shows the words that were changed, and the code is 1', async () => {
  const root = tree('altered', { LICENSE: ALTERED });
  const { code, out } = await steward('license', join(root, 'LICENSE'));
  expect(code).toBe(1);
  expect(out).toMatch(/^altered\/LICENSE: altered MIT; one place differs\n {2}line \d+: .*\{\+for a monthly fee\+\}.*\n$/);
});

test('JSON is one object a line, with the edits and where they stand', async () => {
  const root = tree('json', { LICENSE: ALTERED, NOTES: 'Nothing here.\n' });
  const [license, notes] = rows((await steward('license', root, '--format', 'json')).out);
  expect(license).toMatchObject({ path: 'json/LICENSE', expression: null, modified: [{ added: 'for a monthly fee' }] });
  expect(notes).toEqual({ path: 'json/NOTES', expression: null, confidence: 0, modified: null, matches: [], reason: null });
});

test('a link is read where it stays inside, and never followed out', async () => {
  const root = tree('links', {
    'LICENSES/MIT.txt': MIT,
    LICENSE: '→ LICENSES/MIT.txt',
    OUT: '→ /etc/passwd',
    LOOP: '→ LOOP',
    up: '→ ..',
  });
  const told = rows((await steward('license', root, '--format', 'json')).out);
  expect(told.map(({ path, expression, reason }) => [path, expression, reason])).toEqual([
    ['links/LICENSE', 'MIT', null],
    ['links/LICENSES/MIT.txt', 'MIT', null],
    ['links/LOOP', null, 'it cannot be read (ELOOP)'],
    ['links/OUT', null, 'it is a symbolic link that leads out of the folder, and is not followed'],
    ['links/up', null, 'it is a symbolic link that leads out of the folder, and is not followed'],
  ]);
});

test('a named link out of its work tree is not followed either', async () => {
  const root = tree('named', { '.git/HEAD': '', OUT: '→ /etc/hostname' });
  expect(await steward('license', join(root, 'OUT'))).toMatchObject({
    code: 1,
    out: 'named/OUT: not known: it is a symbolic link that leads out of the folder, and is not followed\n',
  });
});

test('a pipe is no file, and nobody waits for it', async () => {
  const root = tree('pipe', { 'plain.txt': 'x', LINK: '→ pipe' });
  execFileSync('mkfifo', [join(root, 'pipe')]);
  const told = rows((await steward('license', root, join(root, 'pipe'), '--format', 'json')).out);
  expect(told.map(({ path, reason }) => [path, reason])).toEqual([
    ['pipe/LINK', 'it is no file'],
    ['pipe/plain.txt', null],
    ['pipe/pipe', 'it is no file'],
  ]);
});

test('files in other encodings are read, and what is no text is said to be none', async () => {
  const root = tree('formats', {
    'a-utf16': Buffer.from(`\ufeff${MIT}`, 'utf16le'),
    'b.html': `<!doctype html><html><body><pre>${MIT}</pre></body></html>`,
    'c.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]),
    'd-large': Buffer.alloc(10 * 1024 * 1024 + 1, 'a'),
  });
  const told = rows((await steward('license', root, '--format', 'json')).out);
  expect(told.map(({ path, expression }) => [path, expression])).toEqual([
    ['formats/a-utf16', 'MIT'],
    ['formats/b.html', 'MIT'],
    ['formats/c.png', null],
    ['formats/d-large', null],
  ]);
  expect(told.map(({ reason }) => reason === null)).toEqual([true, true, false, false]);
});

test('what is not there is named', async () => {
  expect(await steward('license', join(folder, 'gone'))).toEqual({
    code: 2,
    out: '',
    notes: 'There is no gone. Name files or folders.',
  });
});

test.each([
  ['MIT or gpl-3.0', 0, 'allow: MIT OR GPL-3.0-only: MIT is chosen, allowed by category:permissive.\n'],
  ['MPL-2.0', 1, 'review: MPL-2.0 is to be reviewed, as category:weak-copyleft says.\n'],
  ['MIT AND AGPL-3.0-only', 1, 'deny: MIT AND AGPL-3.0-only: AGPL-3.0-only is denied by category:network-copyleft.\n'],
])('%s is explained by the entry that decides', async (expression, code, out) => {
  expect(await steward('license', 'explain', expression, '--policy', 'policies/intersect.yml')).toEqual({
    code,
    out,
    notes: '',
  });
});

test('an explanation in JSON names what decided', async () => {
  const { out } = await steward('license', 'explain', 'MPL-2.0', '--policy', 'policies/intersect.yml', '--format', 'json');
  expect(JSON.parse(out)).toEqual({
    expression: 'MPL-2.0',
    rule: 'dependency-licenses',
    standing: 'review',
    because: [
      { license: 'MPL-2.0', standing: 'review', entry: 'category:weak-copyleft', category: 'weak-copyleft', chosen: null },
    ],
    says: 'MPL-2.0 is to be reviewed, as category:weak-copyleft says.',
  });
});

test('what is no expression is named, and a policy that asks nobody says so', async () => {
  expect(await steward('license', 'explain', 'MIT OR GPLx', '--policy', 'policies/intersect.yml')).toEqual({
    code: 2,
    out: '',
    notes: '"MIT OR GPLx" is no SPDX expression: GPLx at character 8 is not on the SPDX list.',
  });
  expect(await steward('license', 'explain', 'MIT', '--policy', 'policies/baseline.yml')).toMatchObject({
    code: 0,
    notes: 'Note: this policy does not ask the rule dependency-licenses of anybody.',
  });
});
