/** The audit of the default branch costs nothing where no policy asks for it. */
import { expect, test } from '@jest/globals';
import { gather, interview } from '../src/facts/gather.ts';
import { dcoHistory } from '../src/rules/dco-history/index.ts';
import { aSource } from './support/builders.ts';

async function asked(options: object): Promise<readonly string[]> {
  const source = aSource({});
  await gather(Object.values(dcoHistory.needs('head', dcoHistory.options.parse(options))), interview(source));
  return source.asked;
}

test('without a day to start from, neither the history nor .mailmap nor earlier merges are asked for', async () => {
  expect(await asked({ exempt: ['members'] })).toEqual(['repository', 'now']);
});

test('with one, each is asked for once', async () => {
  expect([...(await asked({ since: '2026-01-01' }))].sort()).toEqual(['certified', 'history', 'mailmap', 'now', 'repository']);
});
