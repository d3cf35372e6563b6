/** Whoever is asked to sign is led to the text, wherever it lies. */
import { expect, test } from '@jest/globals';
import { wayOf } from '../src/rules/cla/steps.ts';
import { aContribution } from './support/builders.ts';

const agreement = {
  id: 'icla',
  title: 'ACME CLA',
  version: '1.0',
  kind: 'individual',
  since: '2026-01-01',
  graceDays: 14,
} as const;
const textOf = (text: string, page: string | null = null): string | null =>
  wayOf([{ ...agreement, text }], [{ id: 'icla', version: '1.0', digest: '', page }], aContribution()).text;

test.each([
  ['a web page is linked as it is', 'https://acme.example/cla', 'https://acme.example/cla'],
  ['a file is linked on its default branch', 'acme/.github:cla.md', 'https://github.com/acme/.github/blob/HEAD/cla.md'],
  [
    'a file at a tag is linked there',
    'acme/legal:docs/the cla.md@v1/a',
    'https://github.com/acme/legal/blob/v1/a/docs/the%20cla.md',
  ],
])('%s', (_, text, url) => {
  expect(textOf(text)).toBe(url);
});

test("Steward's own page comes before the text, because one can sign there", () => {
  expect(textOf('acme/.github:cla.md', 'https://steward.example/cla/acme/icla')).toBe('https://steward.example/cla/acme/icla');
});
