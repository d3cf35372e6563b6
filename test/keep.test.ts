/** What an evaluation keeps of a subject for previews: what it asked, what costs nothing, and what was told of the same commit before. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown, type Answer } from '../src/facts/answer.ts';
import type { Ask, Question } from '../src/facts/fact.ts';
import type { Judged } from '../src/facts/subject.ts';
import { words } from '../src/facts/words.ts';
import { keep } from '../src/spine/keep.ts';
import { resolve } from '../src/policy/resolve.ts';
import type { Ports } from '../src/spine/ports.ts';
import { defineRule, type AnyRule } from '../src/rules/rule.ts';
import type { Keeping } from '../src/verdict/stored.ts';
import { z } from 'zod';
import { aContribution, aRepository } from './support/builders.ts';
import { aVerdict } from './support/verdicts.ts';

/** A rule that is off, whose question costs a call. */
const rule: AnyRule = defineRule({
  ...{ id: 'signed', on: 'contribution' as const, title: 'All is signed', why: 'Because.', fix: 'Do it.' },
  options: z.strictObject({}),
  needs: () => ({ faults: { key: 'faults', permissions: [], answer: () => Promise.resolve(known(0)) } }),
  check: () => [{ outcome: 'pass', about: 'it', says: words`Well.` }],
});
const PULL: Judged = { kind: 'pull-request', owner: 'acme', repo: 'rocket', number: 1 };
const REPOSITORY: Judged = { kind: 'repository', owner: 'acme', repo: 'rocket' };
const BASE = 'b'.repeat(40);

interface Situation {
  readonly subject?: Judged;
  readonly sha?: string;
  readonly isThorough?: boolean;
  /** What GitHub would say of these; a question that is not here cannot be answered. */
  readonly costly?: Readonly<Record<string, Answer<unknown>>>;
  /** What was kept of commit `old`. */
  readonly before?: Readonly<Record<string, Answer<unknown>>>;
}

/** The answers that are kept, and the questions that cost a call. */
async function kept({ subject = PULL, sha = 'old', isThorough = false, costly = {}, before }: Situation) {
  const asked: string[] = [];
  let saved: Keeping | null = null;
  let isFree = false;
  const free: Readonly<Record<string, Answer<unknown>>> = {
    repository: known(aRepository()),
    contribution: known(aContribution({ baseSha: BASE })),
  };
  const ask = (async ({ key }: Question<unknown>) => {
    const answer = free[key];
    if (answer) return answer;
    if (isFree) throw new Error('Nothing is asked here.');
    asked.push(key);
    if (!costly[key]) throw new Error('GitHub does not answer.');
    return Promise.resolve(costly[key]);
  }) as Ask;
  const withoutCalls = async <T>(work: () => Promise<T>): Promise<T> => {
    isFree = true;
    return work();
  };
  const memory = {
    facts: () => Promise.resolve(before ? { sha: 'old', facts: before } : null),
    keepFacts: (one: Keeping) => Promise.resolve(void (saved = one)),
  };
  const ports = { memory, platform: { withoutCalls }, rules: [rule] } as unknown as Ports;
  const { policy } = resolve([], [rule], new Map([['baseline', '{}\n']]));
  const verdict = aVerdict({ subject, sha });
  await keep(verdict, { policy, facts: new Map(), overrides: [], ask, askQuietly: ask, isThorough }, ports);
  const { facts } = saved as unknown as Keeping;
  return { asked, faults: facts['faults'], properties: facts['properties'] };
}

const costly = { faults: known(3), properties: known({ tier: 'core' }) };
const onBase = (baseSha: string) => ({ contribution: known(aContribution({ baseSha })) });

describe('answers to a rule that is off', () => {
  test('that would cost a call are left out while somebody waits', async () => {
    expect(await kept({ costly })).toMatchObject({ asked: [], faults: undefined });
  });

  test('are gathered where nobody waits', async () => {
    expect(await kept({ costly, isThorough: true })).toMatchObject({ asked: ['faults'], faults: known(3) });
  });

  test('are left out where GitHub does not answer, so that they are asked for again', async () => {
    expect(await kept({ isThorough: true })).toMatchObject({ asked: ['faults'], faults: undefined });
  });

  test('stay as they were told of the same commit on the same base, and are not asked for twice', async () => {
    const before = { ...onBase(BASE), faults: known(2) };
    expect(await kept({ costly, before })).toMatchObject({ asked: [], faults: known(2) });
    expect(await kept({ costly, before, isThorough: true })).toMatchObject({ asked: [], faults: known(2) });
  });

  test('are forgotten with the commit, and where the base has moved', async () => {
    expect((await kept({ costly, before: { ...onBase(BASE), faults: known(2) }, sha: 'new' })).faults).toBeUndefined();
    expect((await kept({ costly, before: { ...onBase('c'.repeat(40)), faults: known(2) } })).faults).toBeUndefined();
  });

  test('that were not known are asked for again where nobody waits, and else stay so', async () => {
    const before = { ...onBase(BASE), faults: unknown('GitHub says so') };
    expect((await kept({ costly, before })).faults).toEqual(unknown('GitHub says so'));
    expect((await kept({ costly, before, isThorough: true })).faults).toEqual(known(3));
  });
});

describe('custom properties', () => {
  test('are asked for with every evaluation of a repository, and with none of a pull request', async () => {
    expect(await kept({ subject: REPOSITORY, costly })).toMatchObject({ asked: ['properties'], properties: costly.properties });
    expect((await kept({ costly, isThorough: true })).properties).toBeUndefined();
  });

  test('stay whatever is pushed while GitHub does not answer, and are not believed when it does not tell them any more', async () => {
    const before = { properties: known({ tier: 'edge' }) };
    expect((await kept({ subject: REPOSITORY, before, sha: 'new' })).properties).toEqual(before.properties);
    const shut = { properties: unknown('GitHub does not let Steward read them') };
    expect((await kept({ subject: REPOSITORY, before, costly: shut })).properties).toEqual(shut.properties);
  });
});
