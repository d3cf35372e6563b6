import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { documents as generated } from '../../src/cli/docs.ts';
import { writeDocs } from '../../src/cli/write-docs.ts';
import { rules } from '../../src/rules/index.ts';
import { CATEGORIES } from '../../src/rules/licensing/shipped.ts';
import { aConsole } from '../support/console.ts';
import { aFolder, removeFolders } from '../support/repository.ts';

afterAll(removeFolders);

const documents = new Map([
  ['docs/rules/one.md', 'One\n'],
  ['docs/two.md', 'Two\n'],
]);

test('documents are written once; a check only says which are out of date', async () => {
  const folder = aFolder();
  const run = async (check: boolean) => {
    const console = aConsole();
    const code = await writeDocs(documents, { check, format: 'text' }, console, folder);
    return { code, printed: console.printed() };
  };
  expect(await run(true)).toEqual({ code: 1, printed: 'docs/rules/one.md: out of date\ndocs/two.md: out of date\n' });
  expect(await run(false)).toEqual({ code: 0, printed: 'docs/rules/one.md: written\ndocs/two.md: written\n' });
  expect(await run(true)).toEqual({ code: 0, printed: 'All generated documents are current.\n' });
  writeFileSync(join(folder, 'docs/two.md'), 'changed');
  expect(await run(true)).toEqual({ code: 1, printed: 'docs/two.md: out of date\n' });
  await run(false);
  expect(readFileSync(join(folder, 'docs/two.md'), 'utf8')).toBe('Two\n');
});

test('the answer is also given as JSON', async () => {
  const console = aConsole();
  expect(await writeDocs(documents, { check: true, format: 'json' }, console, aFolder())).toBe(1);
  expect(JSON.parse(console.printed())).toEqual({ checked: 2, outdated: ['docs/rules/one.md', 'docs/two.md'] });
});

test('the page of every rule shows what the rule says in examples', () => {
  const silent = rules.filter(({ id }) => !generated().get(`docs/rules/${id}.md`)?.includes('\n### '));
  expect(silent).toEqual([]);
});

test('an example of a policy shows the defaults as YAML', () => {
  const page = generated().get('docs/rules/license-file.md');
  expect(page).toContain('```yaml\nrules:\n  license-file:\n    enforce: warn\n    allow: []\n');
  expect(page).toContain('    categories: {}\n    exactExceptions: false\n    kind: code\n');
});

test('every category of licenses is explained, and most licenses are listed under one', () => {
  const page = generated().get('docs/licenses-categories.md') ?? '';
  expect(CATEGORIES.filter((category) => !page.includes(`\`${category}\``))).toEqual([]);
  expect(page).toContain('## strong-copyleft\n\n');
  expect(page).toContain('`GPL-3.0-only`');
});
