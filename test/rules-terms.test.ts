/** By what a rule judges: what a merge leaves accepted is asked for elsewhere by the very same name. */
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { known } from '../src/facts/answer.ts';
import type { Needs } from '../src/facts/fact.ts';
import { gather, interview } from '../src/facts/gather.ts';
import type { Policy } from '../src/policy/policy.ts';
import { dcoHistory } from '../src/rules/dco-history/index.ts';
import { dco } from '../src/rules/dco/index.ts';
import { optionsName } from '../src/rules/terms.ts';
import { judge, questionsOf } from '../src/verdict/judge.ts';
import { aSource } from './support/builders.ts';
import { aCase } from './verdict/case.ts';

test('options are named by those that are not the usual ones, so that a new option changes no name', () => {
  const before = z.object({ a: z.string().default('x'), b: z.array(z.int()).default([]) });
  const after = before.extend({ c: z.boolean().default(true) });
  const name = (options: typeof before, chosen: object): string => optionsName(options, options.parse(chosen));
  expect(name(after, {})).toBe(name(before, {}));
  expect(name(after, { b: [1] })).toBe(name(before, { b: [1], a: 'x' }));
  expect(name(before, { b: [1] })).not.toBe(name(before, { b: [2] }));
  expect(name(after, { c: false })).not.toBe(name(after, {}));
});

/** What commits are asked for by, and what a verdict is kept by, where `.mailmap` says this. */
async function names(chosen: object, mailmap: string | null): Promise<{ kept: string | undefined; asked: readonly string[] }> {
  const asked: string[] = [];
  const instead = {
    mailmap: () => Promise.resolve(known(mailmap)),
    certified: (_shas: readonly string[], options: string) => Promise.resolve((asked.push(options), known([]))),
  };
  const options = dco.options.parse(chosen);
  const matter = aCase({ dco: [] });
  const setting = { ...matter.policy.rules['dco'], options } as Policy['rules'][string];
  const policy = { ...matter.policy, rules: { dco: setting } };
  const ask = interview(aSource({ head: {}, base: {}, instead }));
  const facts = await gather(questionsOf({ ...matter, policy, rules: [dco] }), ask);
  await gather(Object.values(dcoHistory.needs('head', { ...options, since: '2026-01-01' }) as Needs), ask);
  return { kept: judge({ ...matter, policy, rules: [dco], facts }).rules[0]?.options, asked };
}

test.each([
  ['the usual options', {}, null],
  ['other options', { coAuthors: 'require', exempt: ['members'] }, null],
  ['a list of who is who', {}, 'Ada <ada@example.org> <mallory@example.org>'],
  ['a list of who is who that policy does not want', { mailmap: false }, 'Ada <ada@example.org> <mallory@example.org>'],
])('under %s a pull request, its merge and the default branch call them the same', async (_name, chosen, mailmap) => {
  const { kept, asked } = await names(chosen, mailmap);
  expect(asked).toEqual([kept, kept]);
});

test('where .mailmap differs another repository is no proof, unless policy does not want it', async () => {
  const list = 'Ada <ada@example.org> <mallory@example.org>';
  expect((await names({}, list)).kept).not.toBe((await names({}, null)).kept);
  expect((await names({ mailmap: false }, list)).kept).toBe((await names({ mailmap: false }, null)).kept);
});
