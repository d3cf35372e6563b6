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
  spine: ['verdict', 'views', 'policy', 'rules', 'facts'],
  github: ['facts', 'policy', 'views', 'spine'],
  store: ['facts', 'policy', 'verdict'],
  server: ['facts', 'rules', 'policy', 'verdict', 'views', 'spine', 'github', 'store'],
  cli: ['facts', 'rules', 'policy', 'verdict', 'views', 'spine', 'github', 'store', 'server'],
};
const PURE = ['facts', 'rules', 'policy', 'verdict', 'views', 'spine'];
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
