/** A pause: nothing fails, everything is told, and everybody reads why and until when. */
import { describe, expect, test } from '@jest/globals';
import type { Paused } from '../../src/policy/managed.ts';
import { softened } from '../../src/verdict/paused.ts';
import { CONCLUSIONS } from '../../src/verdict/verdict.ts';
import { pausedHeadline, pauseSection } from '../../src/views/pause.ts';
import { aFinding, aRuleVerdict, aVerdict } from '../support/verdicts.ts';

const SOURCE = 'acme/.github:.github/steward.yml';
const PAUSED: Paused = {
  because: 'A rule went wrong on Tuesday.',
  until: '2026-12-24',
  origin: { layer: 'organization', source: SOURCE, line: 3 },
};

function verdict(paused: Paused = PAUSED, findings = [aFinding()]) {
  const plain = aVerdict({ rules: [aRuleVerdict({ findings })] });
  return { ...plain, policy: { ...plain.policy, paused } };
}

describe('a conclusion', () => {
  test('neither fails nor waits while the policy is paused', () => {
    expect(CONCLUSIONS.map((one) => softened(one, { paused: PAUSED }))).toEqual(['success', 'neutral', 'neutral', 'neutral']);
  });

  test('stays as it is without a pause', () => {
    expect(CONCLUSIONS.map((one) => softened(one, { paused: null }))).toEqual([...CONCLUSIONS]);
  });
});

describe('the words of a pause', () => {
  test('say why, until when, what it means, and where it is written', () => {
    expect(pauseSection(verdict())).toBe(
      [
        '### ⏸️ Steward is paused',
        'The organization paused Steward and gives this reason: “A rule went wrong on Tuesday.”',
        'While the pause lasts, this check does not fail, and Steward writes no comments but answers to people, and no issues. What is found is shown all the same; it counts again when the pause ends. Its last day is 2026-12-24 (UTC); an administrator can end it earlier by taking `paused` out of the policy.',
        `<sub>paused by [\`${SOURCE}\`, line\u00a03](https://github.com/acme/.github/blob/1f7ec5eaa8b6a1a1b4a0f9d1c7fbb0d1e2f3a4b5/.github/steward.yml#L3)</sub>`,
      ].join('\n\n'),
    );
  });

  test('without a last day, say what ends it', () => {
    expect(pauseSection(verdict({ ...PAUSED, until: null }))).toContain(
      'It ends when an administrator takes `paused` out of the policy.',
    );
  });

  test('let a reason do nothing but be read', () => {
    const hostile = pauseSection(verdict({ ...PAUSED, because: '@everyone <img src=x> [here](http://x.example)\n# Big' }));
    expect(hostile).not.toMatch(/@everyone|<img|\[here\]\(|\n# Big/);
  });

  test('are none where nothing is paused', () => {
    const plain = aVerdict({ rules: [aRuleVerdict({ findings: [aFinding()] })] });
    expect([pauseSection(plain), pausedHeadline(plain)]).toEqual(['', null]);
  });

  test('count in the title what would need a change', () => {
    expect([pausedHeadline(verdict()), pausedHeadline(verdict(PAUSED, []))]).toEqual([
      'Paused; 1 of 1 rule would need a change',
      null,
    ]);
  });
});
