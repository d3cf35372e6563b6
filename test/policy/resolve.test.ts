/** How layers make one policy: who may replace what, where every value was written, what has no effect. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Document } from '../../src/policy/parse.ts';
import { problemText } from '../../src/policy/problem.ts';
import { defaultPolicy, resolve } from '../../src/policy/resolve.ts';
import { tighten, tighteningOf, wordsOf } from '../../src/policy/tighten.ts';
import type { Tightening } from '../../src/rules/rule.ts';
import { aDocument, RULES } from './rules.ts';

const PRESETS = new Map([
  [
    'baseline',
    'rules:\n  dco: { enforce: observe }\n  license-file: { enforce: warn }\n  required-files: { enforce: block, files: [readme, security] }\n',
  ],
  ['apache', 'extends: baseline\nrules:\n  license-file: { allow: [Apache-2.0] }\n'],
  ['day', 'extends: night\n'],
  ['night', 'extends: day\n'],
  ...[1, 2, 3, 4, 5, 6].map((step) => [`step${step}`, `extends: step${step + 1}\n`] as const),
  ['broken', 'rules:\n  dco: 1\n'],
]);

/** Documents of an organization's and a repository's text, lowest first. */
function layers(organization: string | null, repository: string | null = null): Document[] {
  const documents: Document[] = [];
  if (organization !== null) documents.push(aDocument('organization', organization));
  if (repository !== null) documents.push(aDocument('repository', repository));
  return documents;
}

/** What a rule is set to, and everything that is told, without the hint. */
function outcome(organization: string | null, repository: string | null, id = 'dco') {
  const { policy, problems } = resolve(layers(organization, repository), RULES, PRESETS);
  const { enforce, options } = policy.rules[id]!;
  return { enforce, options, told: problems.map((problem) => problemText({ ...problem, hint: null })) };
}

const ORGANIZATION = 'acme/.github:.github/steward.yml';
const REPOSITORY = 'acme/tool:.github/steward.yml';
const DEFAULTS = { exemptBots: true, needsSignature: false, maxUnsigned: 3, reviewers: 1, team: 'office' };

describe('without any policy', () => {
  test('baseline is observed, so that nobody is blocked', () => {
    const { policy, problems } = resolve([], RULES, PRESETS);
    expect(policy).toEqual(defaultPolicy(RULES, PRESETS));
    expect(policy.isDefault).toBe(true);
    expect(Object.values(policy.rules).map((rule) => rule.enforce)).toEqual(['observe', 'observe', 'observe']);
    expect(policy.rules['required-files']?.options).toEqual({ files: ['readme', 'security'] });
    expect(policy.files).toEqual([{ layer: 'preset', source: 'baseline', commit: null, oid: null }]);
    expect(problems).toEqual([]);
  });

  test('a rule that baseline does not ask for stays off', () => {
    expect(defaultPolicy(RULES, new Map([['baseline', '']])).rules['dco']?.enforce).toBe('off');
  });
});

describe('an option', () => {
  test.each<readonly [string, Tightening, unknown, unknown, unknown, string | null]>([
    ['of words in an order: a later one', 'later', 'warn', 'require', 'require', null],
    ['of words in an order: no earlier one', 'later', 'warn', 'ignore', 'warn', '"ignore"'],
    ['of words in an order: no other word', 'later', 'warn', 'demand', 'warn', '"demand"'],
    ['of exemptions: fewer', 'subset', ['a', 'b'], ['b'], ['b'], null],
    ['of exemptions: none', 'subset', ['a', 'b'], [], [], null],
    ['of exemptions: not others', 'subset', ['a', 'b'], ['c', 'a'], ['a'], '["c"]'],
    ['of exemptions: none where there were none', 'subset', [], ['a'], [], '["a"]'],
    [
      'of exemptions with reasons',
      'subset',
      [
        { id: 1, reason: 'x' },
        { id: 2, reason: 'y' },
      ],
      [{ id: 2, reason: 'y' }],
      [{ id: 2, reason: 'y' }],
      null,
    ],
    [
      'of exemptions with another reason',
      'subset',
      [{ id: 1, reason: 'x' }],
      [{ id: 1, reason: 'y' }],
      [],
      '[{"id":1, "reason":"y"}]',
    ],
    ['of exemptions: a list stays a list', 'subset', ['a'], 'a', ['a'], '"a"'],
  ])('%s', (_name, kind, upper, lower, value, refused) => {
    expect(tighten(kind, upper, lower, ['ignore', 'warn', 'require'])).toEqual({ value, refused });
  });

  test('says how it tightens, and which words it has', () => {
    const option = z.enum(['ignore', 'warn']).default('ignore').meta({ tighten: 'later' }).describe('x');
    expect([tighteningOf(option), wordsOf(option)]).toEqual(['later', ['ignore', 'warn']]);
    expect([tighteningOf(z.array(z.string()).meta({ tighten: 'subset' }).default([])), wordsOf(z.string())]).toEqual([
      'subset',
      [],
    ]);
  });
});

describe('an organization', () => {
  test('asks for nothing that it does not name', () => {
    const { policy } = resolve(layers('rules: { dco: { enforce: block } }'), RULES, PRESETS);
    expect(Object.entries(policy.rules).map(([id, rule]) => `${id} ${rule.enforce}`)).toEqual([
      'dco block',
      'license-file off',
      'required-files off',
    ]);
    expect(policy.isDefault).toBe(false);
    expect(policy.checkName).toBe('Steward');
  });

  test('may have an empty file, and then asks for nothing', () => {
    const { policy } = resolve(layers(''), RULES, PRESETS);
    expect(Object.values(policy.rules).every((rule) => rule.enforce === 'off')).toBe(true);
    expect(policy.isDefault).toBe(false);
  });

  test('replaces freely what it extends, value by value', () => {
    const { policy } = resolve(layers('extends: apache\nrules:\n  required-files:\n    enforce: warn\n'), RULES, PRESETS);
    expect(policy.rules['required-files']).toEqual({
      enforce: 'warn',
      options: { files: ['readme', 'security'] },
      clause: null,
      origins: {
        enforce: { layer: 'organization', source: ORGANIZATION, line: 4 },
        files: { layer: 'preset', source: 'baseline', line: 4 },
      },
    });
    expect(policy.rules['license-file']).toMatchObject({ enforce: 'warn', options: { allow: ['Apache-2.0'] } });
    expect(policy.files.map((file) => file.source)).toEqual(['baseline', 'apache', ORGANIZATION]);
  });

  test('may build on the policy of another organization', () => {
    const shared = aDocument('shared', 'extends: baseline\ncheckName: Shared\nrules:\n  dco: { enforce: block, team: theirs }\n');
    const own = aDocument('organization', 'extends: other/.github\nrules:\n  dco: { team: ours }\n');
    const { policy } = resolve([shared, own], RULES, PRESETS);
    expect(policy.rules['dco']).toMatchObject({ enforce: 'block', options: { team: 'ours' } });
    expect(policy.rules['dco']?.origins['enforce']).toEqual({
      layer: 'shared',
      source: 'other/.github:.github/steward.yml',
      line: 4,
    });
    expect(policy.checkName).toBe('Shared');
    expect(policy.files.map((file) => file.layer)).toEqual(['preset', 'shared', 'organization']);
  });

  test('is told of presets that do not exist, go in circles, go on too long or are broken', () => {
    const told = (name: string) => resolve(layers(`extends: ${name}\n`), RULES, PRESETS).problems.map(problemText);
    expect(told('apach')).toEqual([
      `${ORGANIZATION}:1:1 extends: There is no preset "apach"; the presets are: apache, baseline, broken, day, night, step1, step2, step3, step4, step5, step6. Did you mean "apache"?`,
    ]);
    expect(told('day')).toEqual([
      'night:1:1 extends: The presets extend each other in a circle: day → night → day. Let one of them extend nothing.',
    ]);
    expect(told('step1')[0]).toMatch(/^step5:1:1 extends: More than 5 presets extend each other/);
    expect(told('broken')).toEqual(['broken:2:8 rules.dco: Expected a group of keys, found the number 1.']);
  });
});

describe('a repository', () => {
  test("without an organization's policy is free", () => {
    expect(outcome(null, 'extends: baseline\nrules: { required-files: { enforce: off } }', 'required-files')).toMatchObject({
      enforce: 'off',
      told: [],
    });
    expect(resolve(layers(null, ''), RULES, PRESETS).policy).toMatchObject({ isDefault: false, checkName: 'Steward' });
  });

  test('may ask for what its organization does not', () => {
    expect(
      outcome('rules: { license-file: { enforce: warn } }', 'rules: { dco: { enforce: block, team: ours, exemptBots: true } }'),
    ).toEqual({
      enforce: 'block',
      options: { ...DEFAULTS, team: 'ours' },
      told: [],
    });
  });

  test('may hold a rule more firmly, and the value says who wrote it', () => {
    const { policy, problems } = resolve(
      layers('rules: { dco: { enforce: warn } }', 'rules: { dco: { enforce: block } }'),
      RULES,
      PRESETS,
    );
    expect(policy.rules['dco']).toMatchObject({
      enforce: 'block',
      origins: { enforce: { layer: 'repository', source: REPOSITORY, line: 1 } },
    });
    expect(problems).toEqual([]);
  });

  test('cannot hold a rule less firmly, and is told which line stands against it', () => {
    const { policy, problems } = resolve(
      layers('rules:\n  dco:\n    enforce: block\n', 'rules:\n  dco:\n    enforce: off\n'),
      RULES,
      PRESETS,
    );
    expect(policy.rules['dco']?.enforce).toBe('block');
    expect(problems).toEqual([
      {
        source: REPOSITORY,
        line: 3,
        column: 5,
        path: 'rules.dco.enforce',
        severity: 'notice',
        message: `"off" has no effect here, because a repository may only tighten; "block" stays (${ORGANIZATION}, line 3).`,
        hint: 'The organization can allow it by listing "dco.enforce" under mayLoosen in its policy.',
      },
    ]);
  });

  test.each([
    {
      name: 'adds to a list of what is required',
      id: 'required-files',
      above: 'files: [readme]',
      below: 'files: [security]',
      options: { files: ['readme', 'security'] },
    },
    {
      name: 'narrows a list of what is allowed',
      id: 'license-file',
      above: 'allow: [MIT, Apache-2.0]',
      below: 'allow: [Apache-2.0]',
      options: { allow: ['Apache-2.0'] },
    },
    {
      name: 'begins a list of what is allowed, where anything was',
      id: 'license-file',
      above: '',
      below: 'allow: [MIT]',
      options: { allow: ['MIT'] },
    },
    {
      name: 'turns a demand on',
      id: 'dco',
      above: '',
      below: 'needsSignature: true',
      options: { ...DEFAULTS, needsSignature: true },
    },
    {
      name: 'turns an exemption off',
      id: 'dco',
      above: 'exemptBots: true',
      below: 'exemptBots: false',
      options: { ...DEFAULTS, exemptBots: false },
    },
    { name: 'lowers a highest number', id: 'dco', above: '', below: 'maxUnsigned: 0', options: { ...DEFAULTS, maxUnsigned: 0 } },
    {
      name: 'raises a lowest number',
      id: 'dco',
      above: 'reviewers: 2',
      below: 'reviewers: 3',
      options: { ...DEFAULTS, reviewers: 3 },
    },
  ])('$name', ({ id, above, below, options }) => {
    const text = (line: string) => `rules:\n  ${id}:\n    enforce: warn\n    ${line}\n`;
    expect(outcome(text(above), text(below), id)).toEqual({ enforce: 'warn', options, told: [] });
  });

  test.each([
    {
      name: 'cannot empty a list of what is required',
      id: 'required-files',
      above: 'files: [readme]',
      below: 'files: []',
      refused: '[]',
      stays: '["readme"]',
    },
    {
      name: 'cannot allow anything by an empty list',
      id: 'license-file',
      above: 'allow: [MIT]',
      below: 'allow: []',
      refused: '[]',
      stays: '["MIT"]',
    },
    {
      name: 'cannot allow only what nobody allowed',
      id: 'license-file',
      above: 'allow: [MIT]',
      below: 'allow: [MPL-2.0]',
      refused: '["MPL-2.0"]',
      stays: '["MIT"]',
    },
    {
      name: 'cannot turn a demand off',
      id: 'dco',
      above: 'needsSignature: true',
      below: 'needsSignature: false',
      refused: 'false',
      stays: 'true',
    },
    {
      name: 'cannot turn an exemption on',
      id: 'dco',
      above: 'exemptBots: false',
      below: 'exemptBots: true',
      refused: 'true',
      stays: 'false',
    },
    {
      name: 'cannot raise a highest number',
      id: 'dco',
      above: 'maxUnsigned: 1',
      below: 'maxUnsigned: 2',
      refused: '2',
      stays: '1',
    },
    { name: 'cannot lower a lowest number', id: 'dco', above: 'reviewers: 2', below: 'reviewers: 1', refused: '1', stays: '2' },
    {
      name: 'cannot change what is fixed',
      id: 'dco',
      above: 'team: legal',
      below: 'team: nobody',
      refused: '"nobody"',
      stays: '"legal"',
    },
  ])('$name', ({ id, above, below, refused, stays }) => {
    const text = (line: string) => `rules:\n  ${id}:\n    enforce: warn\n    ${line}\n`;
    const alone = outcome(text(above), null, id);
    const key = below.split(':')[0] ?? '';
    const message = `${refused} has no effect here, because a repository may only tighten; ${stays} stays (${ORGANIZATION}, line 4).`;
    expect(outcome(text(above), text(below), id)).toEqual({
      ...alone,
      told: [`${REPOSITORY}:4:5 rules.${id}.${key}: ${message}`],
    });
  });

  test('keeps of a list of what is allowed what both allow, and is told of the rest', () => {
    const { options, told } = outcome(
      'rules: { license-file: { allow: [MIT, Apache-2.0] } }',
      'rules: { license-file: { allow: [MPL-2.0, MIT] } }',
      'license-file',
    );
    expect(options).toEqual({ allow: ['MIT'] });
    expect(told[0]).toContain('["MPL-2.0"] has no effect here');
  });

  test('is bound by the defaults of a rule that its organization asks for', () => {
    const { options, told } = outcome('rules: { dco: { enforce: warn } }', 'rules: { dco: { team: nobody } }');
    expect(options).toEqual(DEFAULTS);
    expect(told[0]).toContain(`"office" stays (the rule's default, in force because the policy above asks for the rule)`);
  });

  test('may loosen what its organization names, and only that', () => {
    const organization =
      'mayLoosen: [dco.enforce, license-file]\nrules:\n  dco: { enforce: block, team: legal }\n  license-file: { enforce: block, allow: [MIT] }\n';
    const repository = 'rules:\n  dco: { enforce: observe, team: ours }\n  license-file: { enforce: off, allow: [] }\n';
    expect(outcome(organization, repository)).toMatchObject({ enforce: 'observe', options: { team: 'legal' } });
    expect(outcome(organization, repository).told).toHaveLength(1);
    expect(outcome(organization, repository, 'license-file')).toMatchObject({ enforce: 'off', options: { allow: [] } });
  });

  test("cannot put another sentence under a rule of the organization's", () => {
    const clause = (says: string) => `rules: { dco: { enforce: warn, clause: { says: ${says} } } }`;
    const { policy, problems } = resolve(layers(clause('Sign.'), clause('Do not.')), RULES, PRESETS);
    expect(policy.rules['dco']?.clause).toEqual({ says: 'Sign.' });
    expect(problems.map((problem) => problem.path)).toEqual(['rules.dco.clause']);
    expect(resolve(layers('', clause('Ours.')), RULES, PRESETS).policy.rules['dco']?.clause).toEqual({ says: 'Ours.' });
  });

  test('only tightens by what it extends, and is told once what has no effect', () => {
    const { policy, problems } = resolve(
      layers('rules: { dco: { enforce: block }, license-file: { enforce: block } }', '# ours\nextends: apache\n'),
      RULES,
      PRESETS,
    );
    expect(policy.rules['dco']?.enforce).toBe('block');
    expect(policy.rules['required-files']).toMatchObject({ enforce: 'block', options: { files: ['readme', 'security'] } });
    expect(policy.rules['license-file']?.options).toEqual({ allow: ['Apache-2.0'] });
    expect(problems.map((problem) => problemText(problem))).toEqual([
      `${REPOSITORY}:2:1 extends: Parts of what this extends have no effect, because the policy above is firmer: dco.enforce, license-file.enforce.`,
    ]);
  });

  test('cannot name the check by extending a policy that does', () => {
    const shared = aDocument('shared', 'checkName: Theirs\nmayLoosen: [dco]\n');
    const own = aDocument('repository', 'extends: other/.github\nrules: { dco: { enforce: off } }\n');
    expect(resolve([shared, own], RULES, PRESETS).policy.checkName).toBe('Steward');
    const organization = aDocument('organization', 'checkName: Ours\nrules: { dco: { enforce: block } }\n');
    const { policy } = resolve([organization, shared, own], RULES, PRESETS);
    expect(policy).toMatchObject({ checkName: 'Ours', rules: { dco: { enforce: 'block' } } });
  });
});
