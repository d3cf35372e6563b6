/** Which repositories a policy means, and when that cannot be told. */
import { describe, expect, test } from '@jest/globals';
import type { Traits, Where } from '../../src/policy/managed.ts';
import { globOf, isNamed, matches, stageOf, traitsOf } from '../../src/policy/where.ts';
import { aRepository } from '../support/builders.ts';

const NODE: Traits = {
  owner: 'acme',
  name: 'Cardano-Node',
  topics: ['haskell', 'ledger'],
  properties: { tier: 'core', teams: ['ledger', 'network'], lifecycle: 'Growth' },
  visibility: 'public',
  language: 'Haskell',
};
const BARE: Traits = { owner: 'acme', name: 'cardano-node' };

describe('a repository is meant', () => {
  test.each<readonly [string, Where, boolean]>([
    ['by its name, whatever the case', { names: ['cardano-*'] }, true],
    ['by one of several names', { names: ['rocket', '*-node'] }, true],
    ['not by a part of its name', { names: ['cardano'] }, false],
    ['by one of its topics, whatever the case', { topics: ['LEDGER', 'wallet'] }, true],
    ['not by a topic that it does not have', { topics: ['wallet'] }, false],
    ['by the value of a property, whatever the case', { properties: { Tier: ['CORE', 'edge'] } }, true],
    ['by one value of a property that has several', { properties: { teams: ['network'] } }, true],
    ['not when one of two properties has another value', { properties: { tier: ['core'], teams: ['docs'] } }, false],
    ['not by a property that it does not have', { properties: { team: ['ledger'] } }, false],
    ['not by a property called like what every object has', { properties: { constructor: ['Object'] } }, false],
    ['by its visibility', { visibility: ['private', 'public'] }, true],
    ['by its main language', { languages: ['haskell'] }, true],
    ['by the stage of its lifecycle', { stages: ['growth'] }, true],
    ['only when every key that is given matches', { names: ['cardano-*'], topics: ['wallet'] }, false],
    ['not by nothing', {}, false],
    ['not by an empty list', { names: [] }, false],
    ['not by no property, so that an empty group is not everybody', { properties: {} }, false],
  ])('%s', (_name, where, isMeant) => {
    expect(matches(where, NODE, { property: 'lifecycle' })).toBe(isMeant);
  });
});

describe('what is not known of a repository', () => {
  test.each<readonly [string, Where, boolean | null]>([
    ['makes the answer unknown', { topics: ['ledger'] }, null],
    ['of its properties too', { properties: { tier: ['core'] } }, null],
    ['of its visibility, language or stage too', { visibility: ['public'], languages: ['Haskell'], stages: ['growth'] }, null],
    ['decides nothing where a key certainly matches', { names: ['cardano-*'], topics: ['ledger'] }, null],
    ['does not matter where a key certainly does not match', { names: ['rocket'], topics: ['ledger'] }, false],
    ['does not matter to an empty list', { topics: [] }, false],
  ])('%s', (_name, where, isMeant) => {
    expect(matches(where, BARE, { property: 'lifecycle' })).toBe(isMeant);
  });

  test('no main language is something that is known', () => {
    expect(matches({ languages: ['Haskell'] }, { ...BARE, language: null }, null)).toBe(false);
  });
});

describe('the stage of a repository', () => {
  const lifecycle = { property: 'lifecycle', stages: { incubation: ['cardano-new-*'], retired: ['*-old'] } };

  test('is the one under which it is listed, whatever the property says', () => {
    expect(stageOf({ ...NODE, name: 'cardano-new-node' }, lifecycle)).toBe('incubation');
  });

  test('else is what the property says', () => {
    expect(stageOf(NODE, lifecycle)).toBe('Growth');
  });

  test('is none without the property, or without a lifecycle', () => {
    expect([stageOf({ ...NODE, properties: {} }, lifecycle), stageOf(NODE, null)]).toEqual([null, null]);
    expect(stageOf(NODE, { stages: lifecycle.stages })).toBeNull();
  });

  test('is not known where the properties are not known, unless it is listed', () => {
    expect([stageOf(BARE, lifecycle), stageOf({ ...BARE, name: 'x-old' }, lifecycle)]).toEqual([undefined, 'retired']);
  });
});

describe('a pattern of names', () => {
  test.each([
    ['*', 'anything', true],
    ['cardano-?', 'cardano-x', true],
    ['cardano-?', 'cardano-', false],
    ['Cardano-*-Api', 'cardano-ledger-api', true],
    ['.github', '.github', true],
    ['a.c', 'abc', false],
  ])('%s and %s: %s', (pattern, name, isMeant) => {
    expect(isNamed(pattern, name)).toBe(isMeant);
  });

  test.each([
    ['acme/rocket', 'it has a slash; the name of a repository is written without its owner'],
    ['', 'it is empty'],
    ['{a,b}', 'beside *, ** and ? it holds signs that stand for more; write one pattern for each case'],
  ])('%s is none, and means nothing', (pattern, reason) => {
    expect(globOf(pattern)).toMatchObject({ known: false, reason });
    expect(isNamed(pattern, pattern)).toBe(false);
  });
});

describe('the traits of a repository', () => {
  test('are what GitHub tells', () => {
    const told = { visibility: 'internal', topics: ['a'], language: null, createdAt: '2026-01-01T00:00:00Z' } as const;
    expect(traitsOf(aRepository({ owner: 'acme', name: 'rocket', ...told }), { tier: 'core' })).toEqual({
      owner: 'acme',
      name: 'rocket',
      ...told,
      properties: { tier: 'core' },
    });
  });

  test('leave out what was not told: a public repository is public, a private one may be internal, a clone does not know', () => {
    const visibility = (more: Parameters<typeof aRepository>[0]) => traitsOf(aRepository(more)).visibility;
    expect([visibility({ isPrivate: false }), visibility({ isPrivate: true }), visibility({ isFromGitHub: false })]).toEqual([
      'public',
      undefined,
      undefined,
    ]);
    expect(traitsOf(aRepository({ owner: 'acme', name: 'rocket', isPrivate: true }))).toEqual({ owner: 'acme', name: 'rocket' });
  });
});
