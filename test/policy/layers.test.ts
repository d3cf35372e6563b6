/** What files can do to those laid over them: locks, ratchets, groups, and what goes back to its default. */
import { describe, expect, test } from '@jest/globals';
import { parse, type Document } from '../../src/policy/parse.ts';
import type { Traits } from '../../src/policy/managed.ts';
import { problemText } from '../../src/policy/problem.ts';
import { resolve } from '../../src/policy/resolve.ts';
import { aDocument, aFile, CERTIFYING as RULES } from './rules.ts';

const PRESETS = new Map([['signed', 'rules: { dco: { enforce: warn, team: preset, maxUnsigned: 1 } }\n']]);
const BASE = 'base/.github:.github/steward.yml';
const ORGANIZATION = 'acme/.github:.github/steward.yml';
const REPOSITORY = 'acme/tool:.github/steward.yml';
const NOW = '2026-12-10T00:00:00Z';

interface Texts {
  readonly base?: string;
  readonly organization?: string;
  readonly repository?: string;
}

function documentsOf({ base, organization, repository }: Texts): Document[] {
  return [
    ...(base === undefined ? [] : [aDocument('shared', base, BASE, RULES)]),
    ...(organization === undefined ? [] : [aDocument('organization', organization, ORGANIZATION, RULES)]),
    ...(repository === undefined ? [] : [aDocument('repository', repository, REPOSITORY, RULES)]),
  ];
}

function resolved(texts: Texts, traits: Partial<Traits> | null = {}, now = NOW) {
  const whole = traits && { owner: 'acme', name: 'tool', ...traits };
  const { policy, problems } = resolve(documentsOf(texts), RULES, PRESETS, { now: new Date(now), traits: whole, isFirst: null });
  const { enforce, options, origins, rollout } = policy.rules['dco']!;
  return {
    policy,
    dco: { enforce, ...options },
    origins,
    rollout,
    told: problems.map((one) => problemText({ ...one, hint: null })),
  };
}

describe('a lock', () => {
  test('keeps a value from the organization that extends it, which is told both lines', () => {
    const base = 'locked: [dco.enforce]\nrules: { dco: { enforce: block } }\n';
    const { dco, told } = resolved({ base, organization: 'rules:\n  dco:\n    enforce: warn\n    team: ours\n' });
    expect(dco).toMatchObject({ enforce: 'block', team: 'ours' });
    expect(told).toEqual([
      `${ORGANIZATION}:3:5 rules.dco.enforce: "warn" has no effect here, because "dco.enforce" is locked (${BASE}, line 1); "block" stays (${BASE}, line 2).`,
    ]);
  });

  test('keeps a repository from tightening, too', () => {
    const organization = 'locked: [dco]\nrules: { dco: { enforce: warn } }\n';
    const { dco, told } = resolved({ organization, repository: 'rules: { dco: { enforce: block, maxUnsigned: 0 } }' });
    expect(dco).toMatchObject({ enforce: 'warn', maxUnsigned: 3 });
    expect(told).toEqual([
      `${REPOSITORY}:1:17 rules.dco.enforce: "block" has no effect here, because "dco" is locked (${ORGANIZATION}, line 1); "warn" stays (${ORGANIZATION}, line 2).`,
      `${REPOSITORY}:1:33 rules.dco.maxUnsigned: 0 has no effect here, because "dco" is locked (${ORGANIZATION}, line 1); 3 stays.`,
    ]);
  });

  test('holds the rule off, and an option at its default, where nobody wrote them', () => {
    const repository = 'rules: { dco: { enforce: block, team: ours } }';
    expect(resolved({ organization: 'locked: [dco]\n', repository }).dco).toMatchObject({ enforce: 'off', team: 'office' });
  });

  test('is not told of to those who wish the same', () => {
    const base = 'locked: [dco]\nrules: { dco: { enforce: block, team: legal } }\n';
    expect(resolved({ base, organization: 'rules: { dco: { enforce: block, team: legal } }' }).told).toEqual([]);
  });

  test('binds the groups of its own file', () => {
    const organization =
      'locked: [dco.team]\nrules: { dco: { enforce: warn } }\ngroups: [{ name: a, where: { names: [tool] }, rules: { dco: { team: ours } } }]\n';
    const { dco, told } = resolved({ organization });
    expect(dco).toMatchObject({ team: 'office' });
    expect(told).toEqual([expect.stringContaining(`${ORGANIZATION}:3:63 groups[0].rules.dco.team: "ours" has no effect here`)]);
  });

  test('of two layers on the same key: the lower one counts, and the upper one is told so', () => {
    const base = 'rules: { dco: { enforce: warn } }\nlocked: [dco.enforce]\n';
    const organization = 'rules: { dco: { enforce: block } }\nlocked:\n  - dco.enforce\n';
    const { dco, told } = resolved({ base, organization });
    expect(dco.enforce).toBe('warn');
    expect(told).toEqual([
      expect.stringContaining('"block" has no effect here'),
      `${ORGANIZATION}:3:5 locked: "dco.enforce" has no effect here, because "dco.enforce" is locked already (${BASE}, line 2); that holds.`,
    ]);
  });

  test('is stronger than mayLoosen, which is told', () => {
    const organization = 'mayLoosen: [dco]\nrules: {}\n';
    const base = 'locked: [dco.enforce]\nrules: { dco: { enforce: block } }\n';
    const { dco, told } = resolved({ base, organization, repository: 'rules: { dco: { enforce: off, team: ours } }' });
    expect(dco).toMatchObject({ enforce: 'block', team: 'ours' });
    expect(told).toEqual([
      `${ORGANIZATION}:1:1 mayLoosen: "dco" has no effect here, because "dco.enforce" is locked (${BASE}, line 1); that holds.`,
      expect.stringContaining(`${REPOSITORY}:1:17 rules.dco.enforce: "off" has no effect here, because "dco.enforce" is locked`),
    ]);
  });

  test('on how firmly binds the roll-out and the grace of later layers', () => {
    const base = 'locked: [dco.enforce]\nrules: { dco: { enforce: block } }\n';
    const { dco, told } = resolved({ base, organization: 'rules: { dco: { rollout: [{ enforce: observe }] } }' });
    expect(dco.enforce).toBe('block');
    expect(told).toEqual([
      expect.stringContaining('rules.dco.rollout: This roll-out has no effect here, because "dco.enforce" is locked'),
    ]);
    const spared = resolved(
      { base, organization: 'rules: { dco: { grace: { newRepositories: 90, level: observe } } }' },
      { createdAt: NOW },
    );
    expect(spared.dco.enforce).toBe('block');
  });

  test('on how firmly a rule is held is not gone around by another certification', () => {
    const base = 'locked: [dco.enforce]\nrules: { dco: { enforce: block }, cla: { enforce: warn } }\ncertification: dco\n';
    for (const [wish, kept] of [
      ['cla', 'dco'],
      ['none', 'dco'],
      ['both', 'both'],
    ]) {
      expect(resolved({ base, organization: `certification: ${wish}\n` }).policy.certification).toBe(kept);
      const organization = 'mayLoosen: [certification]\n';
      expect(resolved({ base, organization, repository: `certification: ${wish}\n` }).policy.certification).toBe(kept);
    }
  });

  test('on a rule that inherits is not gone around by the other rule', () => {
    const base = 'locked: [cla-history]\nrules: { cla: { coAuthors: require }, cla-history: { enforce: warn } }\n';
    const { policy } = resolved({ base, organization: 'rules: { cla: { coAuthors: ignore, bots: [9] } }' });
    expect(policy.rules['cla-history']?.options).toMatchObject({ coAuthors: 'require', bots: [1, 2, 3] });
    expect(policy.rules['cla']?.options).toMatchObject({ coAuthors: 'ignore', bots: [9] });
  });
});

describe('what may only be tightened', () => {
  const base = 'mayOnlyTighten: [dco]\nrules: { dco: { enforce: warn, maxUnsigned: 2 } }\n';

  test('is tightened by the organization that extends it', () => {
    const { dco, told } = resolved({ base, organization: 'rules: { dco: { enforce: block, maxUnsigned: 1 } }' });
    expect(dco).toMatchObject({ enforce: 'block', maxUnsigned: 1 });
    expect(told).toEqual([]);
  });

  test('is not loosened by it, which is told the lines', () => {
    const { dco, told } = resolved({ base, organization: 'rules: { dco: { enforce: observe, maxUnsigned: 3, team: ours } }' });
    expect(dco).toMatchObject({ enforce: 'warn', maxUnsigned: 2, team: 'office' });
    const why = `because "dco" may only be tightened (${BASE}, line 1)`;
    expect(told.sort()).toEqual([
      `${ORGANIZATION}:1:17 rules.dco.enforce: "observe" has no effect here, ${why}; "warn" stays (${BASE}, line 2).`,
      `${ORGANIZATION}:1:35 rules.dco.maxUnsigned: 3 has no effect here, ${why}; 2 stays (${BASE}, line 2).`,
      `${ORGANIZATION}:1:51 rules.dco.team: "ours" has no effect here, ${why}; "office" stays.`,
    ]);
  });

  test('is not loosened by a repository that mayLoosen names', () => {
    const { dco } = resolved({
      base,
      organization: 'mayLoosen: [dco]\n',
      repository: 'rules: { dco: { enforce: off, maxUnsigned: 9 } }',
    });
    expect(dco).toMatchObject({ enforce: 'warn', maxUnsigned: 2 });
  });

  test('is held by the firmer of two roll-outs, day by day', () => {
    const early =
      'mayOnlyTighten: [dco]\nrules: { dco: { enforce: observe, rollout: [{ enforce: block, from: 2027-01-01 }] } }\n';
    const organization = 'rules: { dco: { enforce: warn, rollout: [{ enforce: block, from: 2027-06-01 }] } }\n';
    const on = (day: string) => resolved({ base: early, organization }, {}, `${day}T00:00:00Z`);
    expect([on('2026-12-31').dco.enforce, on('2026-12-31').policy.until]).toEqual(['warn', '2027-01-01T00:00:00.000Z']);
    expect([on('2027-01-01').dco.enforce, on('2027-06-01').dco.enforce]).toEqual(['block', 'block']);
    expect(on('2027-02-01').origins['enforce']).toMatchObject({ source: BASE });
  });
});

describe('unset', () => {
  test('takes back what a preset said, and says which line did', () => {
    const organization = 'extends: signed\nrules:\n  dco:\n    unset: [team, maxUnsigned]\n';
    const { dco, origins } = resolved({ organization });
    expect(dco).toMatchObject({ enforce: 'warn', team: 'office', maxUnsigned: 3 });
    expect(origins['team']).toEqual({ layer: 'organization', source: ORGANIZATION, line: 4 });
  });

  test('of how firmly makes the rule off', () => {
    expect(resolved({ organization: 'extends: signed\nrules: { dco: { unset: [enforce] } }\n' }).dco.enforce).toBe('off');
  });

  test('is no way around a lock, a ratchet or the organization', () => {
    const rules = 'rules: { dco: { enforce: block, maxUnsigned: 1 } }\n';
    const wish = 'rules: { dco: { unset: [enforce, maxUnsigned] } }\n';
    for (const texts of [
      { base: `locked: [dco]\n${rules}`, organization: wish },
      { base: `mayOnlyTighten: [dco]\n${rules}`, organization: wish },
      { organization: rules, repository: wish },
    ]) {
      expect(resolved(texts).dco).toMatchObject({ enforce: 'block', maxUnsigned: 1 });
      expect(resolved(texts).told).toHaveLength(2);
    }
  });

  test('differs from a key without a value, which is an error, and from an empty list, which is a list', () => {
    expect(parse(aFile('organization', 'rules: { license-file: { allow: } }'), RULES).document).toBeNull();
    const base = 'rules: { license-file: { enforce: warn, allow: [MIT] } }';
    const allowed = (text: string) =>
      resolved({ base, organization: `rules: { license-file: { ${text} } }` }).policy.rules['license-file']?.options;
    expect([allowed(''), allowed('allow: []')]).toEqual([{ allow: ['MIT'] }, { allow: [] }]);
  });

  test('of an inherited option inherits again', () => {
    const base = 'rules: { cla: { coAuthors: warn }, cla-history: { enforce: warn, coAuthors: require } }';
    const { policy } = resolved({ base, organization: 'rules: { cla-history: { unset: [coAuthors] } }' });
    expect(policy.rules['cla-history']?.options).toMatchObject({ coAuthors: 'warn' });
  });
});

describe('a group', () => {
  const group = (name: string, where: string, rules: string) =>
    `  - { name: ${name}, where: { ${where} }, rules: { dco: { ${rules} } } }\n`;
  const organization = `rules: { dco: { enforce: warn } }\ngroups:\n${group('docs', 'topics: [documentation]', 'enforce: off')}${group('core', 'names: [node-*], visibility: [public]', 'enforce: block, team: core')}`;

  test('replaces what the organization says, for its repositories', () => {
    expect(resolved({ organization }, { topics: ['documentation'] })).toMatchObject({
      dco: { enforce: 'off' },
      policy: { groups: ['docs'] },
    });
    expect(resolved({ organization }, { topics: [] })).toMatchObject({ dco: { enforce: 'warn' }, policy: { groups: [] } });
  });

  test('that comes later in the file wins, and is named as the origin', () => {
    const { dco, policy, origins } = resolved(
      { organization },
      { name: 'node-api', topics: ['documentation'], visibility: 'public' },
    );
    expect([dco.enforce, policy.groups]).toEqual(['block', ['docs', 'core']]);
    expect(origins['enforce']).toEqual({ layer: 'group', source: ORGANIZATION, line: 4, group: 'core' });
    expect(policy.files.map(({ layer }) => layer)).toEqual(['organization']);
  });

  test('binds a repository as the organization does', () => {
    const repository = 'rules: { dco: { enforce: warn, team: ours } }';
    const { dco, told } = resolved({ organization, repository }, { name: 'node-api', topics: [], visibility: 'public' });
    expect(dco).toMatchObject({ enforce: 'block', team: 'core' });
    expect(told[0]).toContain(`"block" stays (${ORGANIZATION}, line 4, group core)`);
  });

  test('of which it is not known whether it matches does not hold, and what is not known is told', () => {
    const { dco, told } = resolved({ organization }, { name: 'node-api', visibility: 'public' });
    expect(dco.enforce).toBe('block');
    expect(told).toEqual([
      `${ORGANIZATION}:3:5 groups[0]: Whether the repository belongs to the group "docs" cannot be told, so the group does not hold here: its topics could not be read.`,
    ]);
  });

  test('does not hold where no repository is meant', () => {
    expect(resolved({ organization }, null)).toMatchObject({ dco: { enforce: 'warn' }, policy: { groups: [] }, told: [] });
    expect(resolve(documentsOf({ organization }), RULES, PRESETS).policy.groups).toEqual([]);
  });

  test('of a base stands below the organization, and one of what a repository extends does not count', () => {
    const base = `groups:\n${group('all', 'names: ["*"]', 'enforce: block')}`;
    expect(resolved({ base, organization: '' }).dco.enforce).toBe('block');
    expect(resolved({ base, organization: 'rules: { dco: { enforce: observe } }' }).dco.enforce).toBe('observe');
    const documents = [
      aDocument('shared', base, BASE, RULES),
      aDocument('repository', 'extends: base/.github\n', REPOSITORY, RULES),
    ];
    const traits = { owner: 'acme', name: 'tool' };
    const { policy } = resolve(documents, RULES, PRESETS, { now: new Date(NOW), traits, isFirst: null });
    expect([policy.groups, policy.rules['dco']?.enforce]).toEqual([[], 'off']);
  });

  test('can be one of two thousand', () => {
    const many = Array.from({ length: 2000 }, (_, index) => group(`g${index}`, `names: [tool-${index}]`, 'enforce: block')).join(
      '',
    );
    const documents = documentsOf({ organization: `groups:\n${many}` });
    const start = performance.now();
    for (let index = 0; index < 20; index += 1) {
      const traits = { owner: 'acme', name: `tool-${index * 100}` };
      expect(resolve(documents, RULES, PRESETS, { now: new Date(NOW), traits, isFirst: null }).policy.groups).toEqual([
        `g${index * 100}`,
      ]);
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('a roll-out', () => {
  const organization =
    'rules:\n  dco:\n    enforce: observe\n    rollout:\n      - { enforce: warn, from: 2026-12-01, cohorts: [trial] }\n      - { enforce: block, from: 2027-03-01 }\npilots: [{ name: trial, owner: ada, where: { names: [tool] }, start: 2026-12-01, end: 2027-02-28 }]\n';

  test('decides by day and cohort, and its step is the origin', () => {
    const { dco, origins, rollout, policy } = resolved({ organization });
    expect([dco.enforce, origins['enforce']?.line, policy.until]).toEqual(['warn', 5, '2027-03-01T00:00:00.000Z']);
    expect(rollout).toMatchObject({ step: 0, aim: 'block', next: { enforce: 'block' } });
    expect(resolved({ organization }, { name: 'other' }).dco.enforce).toBe('observe');
    expect(policy.pilots.map(({ name, origin }) => [name, origin.line])).toEqual([['trial', 7]]);
  });

  test('has not begun where nobody says when', () => {
    const { rules, until } = resolve(documentsOf({ organization }), RULES, PRESETS).policy;
    expect([rules['dco']?.enforce, rules['dco']?.rollout, until]).toEqual([
      'observe',
      { step: null, aim: 'block', next: null, grace: null },
      null,
    ]);
  });

  test('ends with a later layer that says how firmly, and starts anew from there', () => {
    expect(resolved({ base: organization, organization: 'rules: { dco: { enforce: block } }' })).toMatchObject({
      dco: { enforce: 'block' },
      rollout: undefined,
    });
    const later = 'rules: { dco: { rollout: [{ enforce: block, from: 2026-12-05 }] } }';
    expect(resolved({ base: organization, organization: later }).dco.enforce).toBe('block');
  });

  test("binds a repository by the level it has reached, and a repository's own only tightens", () => {
    expect(resolved({ organization, repository: 'rules: { dco: { enforce: observe } }' }).told).toHaveLength(1);
    const { dco, rollout } = resolved({
      organization,
      repository: 'rules: { dco: { rollout: [{ enforce: block, from: 2026-12-09 }] } }',
    });
    expect([dco.enforce, rollout?.step]).toEqual(['block', 0]);
  });

  test('for a group that nobody names is told', () => {
    const { told } = resolved({
      organization,
      repository: 'rules: { dco: { rollout: [{ enforce: block, cohorts: [trail] }] } }',
    });
    expect(told).toEqual([
      `${REPOSITORY}:1:27 rules.dco.rollout[0].cohorts: There is no group and no pilot called "trail"; there are: trial.`,
    ]);
  });
});

describe('a pause', () => {
  const organization = 'rules: { dco: { enforce: block } }\npaused: { because: It went wrong., until: 2026-12-24 }\n';

  test('leaves the levels as they are, and ends with its last day', () => {
    const { policy, dco } = resolved({ organization });
    expect(policy.paused).toEqual({
      because: 'It went wrong.',
      until: '2026-12-24',
      origin: { layer: 'organization', source: ORGANIZATION, line: 2 },
    });
    expect([dco.enforce, policy.until]).toEqual(['block', '2026-12-25T00:00:00.000Z']);
    expect(resolved({ organization }, {}, '2026-12-24T23:59:59Z').policy.paused).not.toBeNull();
    expect(resolved({ organization }, {}, '2026-12-25T00:00:00Z').policy).toMatchObject({ paused: null, until: null });
  });

  test('until the last day that a date can name is a pause like any other', () => {
    const forGood = 'paused: { because: It went wrong., until: 9999-12-31 }\n';
    expect(resolved({ organization: forGood }).policy.paused?.until).toBe('9999-12-31');
  });
});

describe('the keys beside rules', () => {
  test('are replaced one by one, and a repository has none of them', () => {
    const base =
      'maxNewFailures: 3\nwaivers: { approvers: [ada], maxDays: 90 }\nnotCheckable: [{ says: Be kind., why: Nobody can tell. }]\n';
    const { policy } = resolved({ base, organization: 'maxWritesPerHour: 20\nwaivers: { maxDays: 30 }\n', repository: '' });
    expect(policy).toMatchObject({
      limits: { maxNewFailures: 3, maxWritesPerHour: 20 },
      waivers: { approvers: ['ada'], maxDays: 30 },
      notCheckable: [{ says: 'Be kind.', why: 'Nobody can tell.' }],
      origins: { maxNewFailures: { source: BASE, line: 1 }, 'waivers.maxDays': { source: ORGANIZATION, line: 2 } },
    });
  });
});

describe('a base of another account', () => {
  test('is told to be pinned, where it is not', () => {
    const told = (ref: string) => resolved({ base: '', organization: `description: ours\nextends: base/.github${ref}\n` }).told;
    expect(told('')).toEqual([
      `${ORGANIZATION}:2:1 extends: "base/.github:.github/steward.yml" is kept by another account, and a change there comes into force here without a preview.`,
    ]);
    expect(told('@v2')).toHaveLength(1);
    expect(told('@0123456789abcdef0123456789abcdef01234567')).toEqual([]);
    expect(resolved({ base: '', organization: 'extends: Acme/policies\n' }).told).toEqual([]);
  });
});
