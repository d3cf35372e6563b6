/** Floors: arrows point downward only, and pure rooms stay pure. */
import { readFileSync, globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@jest/globals';

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  facts: [],
  rules: ['facts'],
  policy: ['rules', 'facts'],
  verdict: ['policy', 'rules', 'facts'],
  views: ['verdict', 'policy', 'rules', 'facts'],
  'ports.ts': ['facts', 'rules', 'policy', 'verdict', 'views'],
  'hear.ts': ['facts', 'rules', 'policy', 'verdict', 'ports.ts'],
  'remember.ts': ['facts', 'policy', 'ports.ts', 'hear.ts'],
  'follow.ts': ['facts', 'verdict', 'views', 'ports.ts'],
  'rulebook.ts': ['facts', 'rules', 'policy', 'ports.ts'],
  'allowance.ts': [],
  'in-turn.ts': [],
  'weigh.ts': ['facts', 'rules', 'policy', 'verdict', 'views', 'rulebook.ts'],
  'preview.ts': ['facts', 'policy', 'verdict', 'ports.ts', 'allowance.ts', 'in-turn.ts', 'rulebook.ts', 'weigh.ts'],
  'waive.ts': ['facts', 'policy', 'ports.ts'],
  'hold.ts': ['facts', 'policy', 'verdict', 'ports.ts', 'preview.ts'],
  'proposed-files.ts': ['facts', 'policy', 'ports.ts'],
  'lacking.ts': ['facts', 'policy', 'verdict', 'ports.ts'],
  'proposed-waivers.ts': ['facts', 'policy', 'ports.ts', 'proposed-files.ts'],
  'propose.ts': [
    'facts',
    'policy',
    'verdict',
    'views',
    'ports.ts',
    'hold.ts',
    'preview.ts',
    'proposed-files.ts',
    'proposed-waivers.ts',
  ],
  'ruling.ts': ['facts', 'policy', 'verdict', 'views', 'ports.ts', 'hold.ts', 'lacking.ts', 'propose.ts', 'waive.ts'],
  'keep.ts': ['facts', 'policy', 'verdict', 'ports.ts'],
  'govern.ts': [
    'facts',
    'rules',
    'policy',
    'verdict',
    'views',
    'ports.ts',
    'hear.ts',
    'remember.ts',
    'follow.ts',
    'ruling.ts',
    'keep.ts',
  ],
  github: ['facts', 'policy', 'views', 'govern.ts'],
  store: ['facts', 'policy', 'verdict'],
  server: ['facts', 'rules', 'policy', 'verdict', 'views', 'govern.ts', 'github', 'store'],
  cli: ['facts', 'rules', 'policy', 'verdict', 'views', 'rulebook.ts', 'preview.ts', 'govern.ts', 'github', 'store', 'server'],
};
const PURE = [
  'facts',
  'rules',
  'policy',
  'verdict',
  'views',
  'ports.ts',
  'hear.ts',
  'remember.ts',
  'follow.ts',
  'rulebook.ts',
  'weigh.ts',
  'allowance.ts',
  'in-turn.ts',
  'preview.ts',
  'waive.ts',
  'hold.ts',
  'lacking.ts',
  'proposed-files.ts',
  'proposed-waivers.ts',
  'propose.ts',
  'ruling.ts',
  'keep.ts',
  'govern.ts',
];
const OCTOKIT_HOMES = ['github', 'server'];

const files = globSync('src/**/*.ts').sort();
const room = (file: string): string => relative('src', file).split('/')[0] ?? '';
const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');

test('every file lives in a room', () => {
  expect(files.filter((file) => !(room(file) in MAY_IMPORT))).toEqual([]);
});

test('arrows point downward only', () => {
  const upward = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => target.startsWith('.'))
      .map((target) => room(join(dirname(file), target)))
      .filter((target) => target !== room(file) && !MAY_IMPORT[room(file)]?.includes(target))
      .map((target) => `${file} → ${target}`),
  );
  expect(upward).toEqual([]);
});

test('pure rooms import nothing that does I/O, and read no clock', () => {
  const impure = files
    .filter((file) => PURE.includes(room(file)))
    .filter(
      (file) =>
        importsOf(file).some((target) => /^(node:(?!crypto)|probot|@octokit|octokit|pino|kysely|pg$|hono)/.test(target)) ||
        /\bDate\.now\(|new Date\(\)|\bprocess\.|\bfetch\(/.test(readFileSync(file, 'utf8')),
    );
  expect(impure).toEqual([]);
});

test('only github and server know Octokit and Probot; only config reads the environment', () => {
  const homeless = files.filter(
    (file) => !OCTOKIT_HOMES.includes(room(file)) && importsOf(file).some((target) => /^(probot|@octokit|octokit)/.test(target)),
  );
  const readers = files.filter((file) => /process\.env/.test(readFileSync(file, 'utf8')) && file !== 'src/server/config.ts');
  expect({ homeless, readers }).toEqual({ homeless: [], readers: [] });
});
