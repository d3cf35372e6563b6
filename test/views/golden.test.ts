/** Every situation reads as its golden file says. After a wanted change: `node test/views/update.ts`, then read the difference. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { goldens } from './render.ts';

const folder = new URL('golden/', import.meta.url);
const shown = goldens();

test.each(Object.keys(shown))('%s reads as agreed', (name) => {
  expect(shown[name]).toBe(readFileSync(new URL(`${name}.md`, folder), 'utf8'));
});

test('no golden file is left over', () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.keys(shown)
      .map((name) => `${name}.md`)
      .sort(),
  );
});
