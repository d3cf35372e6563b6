/** Lists of groups of keys: every problem has the line, the column and the path of the very entry. */
import { describe, expect, test } from '@jest/globals';
import { parse } from '../../src/policy/parse.ts';
import { problemText } from '../../src/policy/problem.ts';
import { aFile, CERTIFYING } from './rules.ts';

/** Everything that is told about what stands below `rules: cla:`. */
function told(...lines: string[]): string[] {
  const text = ['rules:', '  cla:', ...lines.map((line) => `    ${line}`)].join('\n');
  return parse(aFile('organization', text, 'f'), CERTIFYING).problems.map((problem) => problemText(problem).slice(2));
}

const KEYS = 'id, version, text, kind';

describe('an entry of a list', () => {
  test('that is as it should be is told nothing', () => {
    expect(told('agreements:', '  - { id: individual, version: "2.0", text: https://example.org }')).toEqual([]);
    expect(told('exempt:', '  - team: legal', '    reason: employed', '  - { account: 7, reason: a bot }')).toEqual([]);
  });

  test('has a key that is missing', () => {
    expect(told('agreements:', '  - id: individual', '    text: https://example.org')).toEqual([
      '4:9 rules.cla.agreements[0].version: "version" is missing here. Add "version: " with text.',
    ]);
  });

  test('has a version that YAML reads as a number', () => {
    expect(told('agreements:', '  - id: individual', '    version: 2.0', '    text: a')).toEqual([
      '5:18 rules.cla.agreements[0].version: Expected text, found the number 2. Put it in quotes.',
    ]);
  });

  test('has a misspelled key, in the second entry, on one line', () => {
    expect(
      told('agreements:', '  - { id: a, version: "1", text: a }', '  - { id: b, versoin: "1", version: "1", text: b }'),
    ).toEqual([`5:18 rules.cla.agreements[1].versoin: Unknown key "versoin"; known here: ${KEYS}. Did you mean "version"?`]);
  });

  test('has a value of the wrong form, a word that nobody knows, and is told of both', () => {
    expect(told('agreements:', '  - { id: A, version: "1", text: a, kind: coporate }')).toEqual([
      '4:15 rules.cla.agreements[0].id: "A" cannot stand here. Expected small letters.',
      '4:47 rules.cla.agreements[0].kind: "coporate" is not one of: individual, corporate. Did you mean "corporate"?',
    ]);
  });

  test('is text where a group is wanted', () => {
    expect(told('agreements: [individual]')).toEqual([
      '3:18 rules.cla.agreements[0]: Expected a group of keys, found "individual".',
    ]);
    expect(told('exempt: [legal]')).toEqual(['3:14 rules.cla.exempt[0]: Expected a group of keys, found "legal".']);
  });

  test('of one of two forms is held against the one that fits best', () => {
    expect(told('exempt:', '  - tem: legal', '    reason: employed', '    until: 2026-12-31')).toEqual([
      '4:9 rules.cla.exempt[0].team: "team" is missing here. Add "team: " with text.',
      '4:9 rules.cla.exempt[0].tem: Unknown key "tem"; known here: account, reason, team, until. Did you mean "team"?',
    ]);
  });

  test('of several kinds names the kind that it wants to be', () => {
    expect(told('proofs:', '  - { by: coment, line: x }', '  - { line: y }')).toEqual([
      '4:15 rules.cla.proofs[0].by: "coment" is not one of: comment, page. Did you mean "comment"?',
      '5:9 rules.cla.proofs[1].by: "by" is missing here. Add "by: " with one of: comment, page.',
    ]);
  });
});
