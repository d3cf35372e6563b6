/** How contributions are certified and who may override: who says it, and what is told of what has no effect. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CERTIFICATIONS, type Certification } from '../../src/policy/policy.ts';
import { problemText } from '../../src/policy/problem.ts';
import { defaultPolicy, resolve, type Resolved } from '../../src/policy/resolve.ts';
import { aDocument, CERTIFYING } from './rules.ts';

const PRESETS = new Map([
  ['baseline', 'rules: { dco: { enforce: warn } }'],
  ['signed', 'certification: cla\nmayOverride: admin\n'],
]);
const ORGANIZATION = 'acme/.github:.github/steward.yml';
const REPOSITORY = 'acme/tool:.github/steward.yml';
const HELD = 'rules: { dco: { enforce: block }, cla: { enforce: block } }\n';

function resolved(organization: string | null, repository: string | null = null): Resolved {
  const documents = [
    ...(organization === null ? [] : [aDocument('organization', organization, undefined, CERTIFYING)]),
    ...(repository === null ? [] : [aDocument('repository', repository, undefined, CERTIFYING)]),
  ];
  return resolve(documents, CERTIFYING, PRESETS);
}

const certification = (organization: string | null, repository: string | null = null) =>
  resolved(organization, repository).policy.certification;
const told = (organization: string | null, repository: string | null = null) =>
  resolved(organization, repository).problems.map(problemText);

describe('certification', () => {
  test('is nothing in particular where nobody says, and each rule stands for itself', () => {
    expect(certification(HELD)).toBeNull();
    expect(defaultPolicy(CERTIFYING, PRESETS).certification).toBeNull();
    expect(told(HELD)).toEqual([]);
  });

  test("is the organization's, which replaces what it extends", () => {
    expect(certification('extends: signed\n')).toBe('cla');
    expect(certification('extends: signed\ncertification: both\n')).toBe('both');
  });

  test.each<readonly [string, string, string]>([
    ['none', 'dco', 'dco'],
    ['none', 'either', 'either'],
    ['either', 'dco', 'dco'],
    ['either', 'cla', 'cla'],
    ['dco', 'both', 'both'],
    ['cla', 'both', 'both'],
    ['both', 'both', 'both'],
    ['dco', 'cla', 'dco'],
    ['cla', 'dco', 'cla'],
    ['dco', 'either', 'dco'],
    ['both', 'cla', 'both'],
    ['either', 'none', 'either'],
  ])('of %s in the organization and %s in the repository is %s', (above, below, both) => {
    expect(certification(`${HELD}certification: ${above}\n`, `certification: ${below}\n`)).toBe(both);
  });

  test('that a repository may not have is refused, with the line that stands against it', () => {
    expect(told(`certification: dco\n${HELD}`, '# ours\ncertification: cla\n')).toEqual([
      `${REPOSITORY}:2:1 certification: "cla" has no effect here, because a repository may only tighten; "dco" stays (${ORGANIZATION}, line 1). The organization can allow it by listing "certification" under mayLoosen in its policy.`,
    ]);
  });

  test('is free where the organization says so', () => {
    expect(certification(`certification: dco\nmayLoosen: [certification]\n${HELD}`, 'certification: cla\n')).toBe('cla');
  });

  test('cannot take away a rule that the organization asks for without naming a certification', () => {
    expect(certification('rules: { dco: { enforce: block } }\n', 'certification: cla\n')).toBeNull();
    expect(told('rules: { dco: { enforce: block } }\n', 'certification: none\n')[0]).toContain(
      '"dco" stays (as the rules that the policy above asks for)',
    );
    expect(certification('rules: { dco: { enforce: block } }\n', `certification: both\n${HELD}`)).toBe('both');
    expect(certification('rules: { dco: { enforce: off } }\n', `certification: cla\n${HELD}`)).toBe('cla');
  });

  test('is free without an organization, and what comes by extending is told once', () => {
    expect(certification(null, `certification: cla\n${HELD}`)).toBe('cla');
    expect(told(`certification: dco\n${HELD}`, 'extends: signed\n')).toEqual([
      `${REPOSITORY}:1:1 extends: Parts of what this extends have no effect, because the policy above is firmer: certification.`,
    ]);
  });

  test('never asks less than above, whatever a repository writes', () => {
    const asked = (value: Certification): readonly string[] =>
      ({ none: [], either: [], dco: ['dco'], cla: ['cla'], both: ['dco', 'cla'] })[value];
    const any = fc.constantFrom(...CERTIFICATIONS);
    fc.assert(
      fc.property(any, any, (above, below) => {
        const both = certification(`${HELD}certification: ${above}\n`, `certification: ${below}\n`) ?? 'none';
        expect(asked(both)).toEqual(expect.arrayContaining([...asked(above)]));
        if (above !== 'none') expect(both).not.toBe('none');
      }),
    );
  });
});

describe('what has no effect until it is said how firmly', () => {
  test('a rule that the certification asks for', () => {
    expect(told('certification: cla\n')).toEqual([
      `${ORGANIZATION}:1:1 certification: "cla" asks for the rule "cla", but nothing says how firmly, so it is not asked. Write "enforce: warn" or "enforce: block" for "cla" below "rules:".`,
    ]);
    expect(told('certification: both\nrules: { dco: { enforce: warn }, cla: { enforce: off } }\n')).toEqual([
      `${ORGANIZATION}:1:1 certification: "both" asks for the rule "cla", but it is off (${ORGANIZATION}, line 2), so it is not asked. Write "enforce: warn" or "enforce: block" for "cla" below "rules:".`,
    ]);
    expect(told('certification: dco\n', 'rules: { dco: { enforce: warn } }')).toEqual([]);
  });

  test('a rule with options and nothing else', () => {
    expect(told('rules:\n  cla:\n    coAuthors: warn\n')).toEqual([
      `${ORGANIZATION}:2:3 rules.cla: Nothing says how firmly "cla" is held, so it is not asked, and what stands here has no effect. Write "enforce: observe", "enforce: warn" or "enforce: block" below it.`,
    ]);
  });

  test('but not where a file above or below says it, and not for an empty file', () => {
    expect(told('extends: baseline\nrules: { dco: { team: ours } }\n')).toEqual([]);
    expect(told('rules: { cla: { coAuthors: warn } }\n', 'rules: { cla: { enforce: warn } }\n')).toEqual([]);
    expect(told('rules: { dco: { enforce: off, team: ours } }\n')).toEqual([]);
    expect(told('rules: { cla: { coAuthors: warn }, cla-history: { enforce: warn } }\n')).toEqual([]);
    expect(told('')).toEqual([]);
  });

  test('nor while a file that it extends is not at hand', () => {
    expect(told('extends: acme/policies\nrules: { dco: { team: ours } }\n')).toEqual([]);
  });
});

describe('who may override', () => {
  const overrider = (organization: string | null, repository: string | null = null) =>
    resolved(organization, repository).policy.mayOverride;

  test('maintainers, unless the organization says otherwise', () => {
    expect(overrider('')).toBe('maintain');
    expect(overrider(null, '')).toBe('maintain');
    expect(overrider('mayOverride: nobody\n')).toBe('nobody');
    expect(overrider('extends: signed\n')).toBe('admin');
  });

  test('is not changed by a repository that extends a policy which says so', () => {
    expect(overrider('mayOverride: nobody\n', 'extends: signed\n')).toBe('nobody');
  });
});

describe('a rule that inherits from another', () => {
  const options = (organization: string, repository: string | null = null) =>
    resolved(organization, repository).policy.rules['cla-history']?.options;
  const USUAL = { coAuthors: 'ignore', bots: [1, 2, 3], since: '2026-01-01' };

  test("has the other's options where its own say nothing, and says where they were written", () => {
    const { policy } = resolved('rules:\n  cla: { coAuthors: warn, bots: [2] }\n  cla-history: { enforce: warn, bots: [3] }\n');
    expect(policy.rules['cla-history']).toMatchObject({
      options: { coAuthors: 'warn', bots: [3], since: '2026-01-01' },
      origins: { coAuthors: { line: 2 }, bots: { line: 3 } },
    });
  });

  test('has its own defaults otherwise, and gives nothing back', () => {
    expect(options('rules: { cla-history: { enforce: warn } }')).toEqual(USUAL);
    expect(resolved('rules: { cla-history: { enforce: warn, bots: [] } }').policy.rules['cla']?.options).toMatchObject({
      bots: [1, 2, 3],
    });
  });

  test("follows what a repository tightens of the other's", () => {
    expect(options('rules: { cla: { enforce: warn }, cla-history: { enforce: warn } }', 'rules: { cla: { bots: [1] } }')).toEqual(
      { ...USUAL, bots: [1] },
    );
  });

  test('cannot be loosened through the other, which the organization leaves free', () => {
    const organization = 'rules: { cla-history: { enforce: block } }';
    expect(options(organization, 'rules: { cla: { enforce: warn, bots: [4] } }')).toMatchObject({ bots: [] });
    expect(options(organization, 'rules: { cla: { enforce: warn, bots: [1, 4] } }')).toMatchObject({ bots: [1] });
    expect(options(`mayLoosen: [cla.bots]\n${organization}`, 'rules: { cla: { enforce: warn, bots: [4] } }')).toMatchObject({
      bots: [4],
    });
  });

  test('is bound by what the organization wrote for the other', () => {
    const organization = 'rules: { cla: { coAuthors: warn }, cla-history: { enforce: warn } }';
    expect(options(organization, 'rules: { cla-history: { coAuthors: ignore } }')).toMatchObject({ coAuthors: 'warn' });
    expect(told(organization, 'rules: { cla-history: { coAuthors: ignore } }')[0]).toContain(
      `"ignore" has no effect here, because a repository may only tighten; "warn" stays (${ORGANIZATION}, line 1)`,
    );
    expect(options(organization, 'rules: { cla-history: { coAuthors: require } }')).toMatchObject({ coAuthors: 'require' });
  });
});
