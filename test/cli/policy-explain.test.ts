/** `policy explain`: every value of a repository's policy with its line, from the server's database or from files. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Office } from '../../src/cli/cla/desk.ts';
import { explain, type ExplainOptions } from '../../src/cli/policy/explain.ts';
import { withTrait } from '../../src/cli/policy/traits.ts';
import { shareOf } from '../../src/policy/rollout.ts';
import { rules } from '../../src/rules/index.ts';
import { readPresets } from '../../src/server/presets.ts';
import type { Memory } from '../../src/server/jobs/open.ts';
import type { Explained } from '../../src/views/effective.ts';
import { stage } from '../store/stage.ts';
import { aConsole } from '../support/console.ts';
import { describeOnBoth } from '../support/databases.ts';
import { EXPLAINED_POLICY, keepExplained, OWN_POLICY } from '../support/explained.ts';
import { keepPolicy } from '../support/pilots.ts';
import { aRepositoryVerdict, aRuleVerdict } from '../support/verdicts.ts';

const shelf = { rules, presets: readPresets() };
const SHA = 'a'.repeat(40);
const ORGANIZATION = { layer: 'organization', source: 'Acme/.github:.github/steward.yml', commit: SHA, oid: SHA } as const;
const OWN = { layer: 'repository', source: 'Acme/rocket:.github/steward.yml', commit: SHA, oid: SHA } as const;

async function run(name: string, options: Partial<ExplainOptions>, store: Memory | null, now = '2027-01-15T12:00:00.000Z') {
  const console = { ...aConsole(), now: () => new Date(now) };
  const open = (): Promise<Office> => {
    if (store === null) throw new Error('The database is not needed.');
    return Promise.resolve({
      reading: (work) => work(store),
      writing: () => Promise.reject(new Error('It writes nothing.')),
    });
  };
  const code = await explain(name, { format: 'text', ...options }, shelf, open, console);
  return { code, out: console.printed(), notes: console.noted() };
}

const documentOf = (out: string): Explained => JSON.parse(out) as Explained;

describeOnBoth('policy explain, from the database', (kind) => {
  const { store } = stage(kind);

  /** The last verdict on `Acme/rocket`, by these files. */
  const judged = (files: readonly (typeof ORGANIZATION | typeof OWN)[]): Promise<void> => {
    const found = [aRuleVerdict({ id: 'license-file', on: 'repository', outcome: 'fail' })];
    const subject = { kind: 'repository', owner: 'Acme', repo: 'rocket' } as const;
    const verdict = aRepositoryVerdict({ subject, sha: SHA, rules: found, at: '2027-01-14T08:00:00.000Z' });
    return store().keepVerdict({ ...verdict, policy: { ...verdict.policy, files } });
  };

  test('the whole story of a repository, each value with the line that says it', async () => {
    await keepExplained(store(), 'Acme');
    await judged([ORGANIZATION, OWN]);
    const { code, out } = await run('acme/ROCKET', {}, store());
    expect(code).toBe(0);
    expect(out).toBe(`Acme/rocket: what its policy says on 2027-01-15
Last judged at 2027-01-14T08:00:00.000Z, commit aaaaaaa.
It changes by itself on 2027-03-01.

Made of, each file on top of those above it
  preset        baseline
  organization  Acme/.github:.github/steward.yml at aaaaaaa
  repository    Acme/rocket:.github/steward.yml at aaaaaaa

Groups
  documentation: in, because its topics match "documentation"
                                            Acme/.github:.github/steward.yml:3
  core: not in, because its name does not match "cardano-*"
                                            Acme/.github:.github/steward.yml:7
Pilots
  true-open-source: in, running until 2027-02-28, because its name matches "rocket"
                                            Acme/.github:.github/steward.yml:23

dco: Every commit is signed off (judged on each pull request)
  enforce: warn                             Acme/.github:.github/steward.yml:20
    Step 1 of its roll-out is in force. From 2027-03-01 it is "block".
  clause: All contributions are signed off.
                                            Acme/.github:.github/steward.yml:18
    The sentence is a "must" (RFC 2119).
  The rule's defaults: trailers: git; tolerateSpacing: true; committerMaySign: true; mailmap: true;
    noreply: allow; realName: off; mergeCommits: skip; reverts: check; bots: verified; botAccounts:
    []; agents: human; coAuthors: ignore; exempt: []; exemptSigned: true; remediation: individual;
    representatives: []; byComment: off; certifiedBefore: true

license-file: The repository carries an allowed license, unaltered (last verdict: to fix)
  enforce: block                            Acme/.github:.github/steward.yml:13
  allow: [Apache-2.0, MIT]                  Acme/.github:.github/steward.yml:14
  kind: documentation                       Acme/.github:.github/steward.yml:6 (group documentation)
  The rule's defaults: review: []; deny: []; categories: {}; exactExceptions: false; kinds: {}

license-consistency: Manifests and README name the license that the text holds (not judged yet)
  enforce: observe                          preset baseline:10
  The rule's defaults: missing: fail; readme: true; exclude: []

required-files: The files that people look for are there (not judged yet)
  enforce: warn                             Acme/.github:.github/steward.yml:15
  files: [readme, contributing, security, changelog]
                                            Acme/rocket:.github/steward.yml:2
  The rule's defaults: noted: []
  ! Acme/rocket:.github/steward.yml:2:21 rules.required-files.enforce: "off" has no effect here,
    because a repository may only tighten; "warn" stays (Acme/.github:.github/steward.yml, line 15).
    The organization can allow it by listing "required-files.enforce" under mayLoosen in its policy.
  Waived until 2027-03-31 (76 days left): “The security contact is being set up.” Approved by ada:
    https://github.com/Acme/.github/pull/3
                                            Acme/.github:.github/steward/waivers/security-rocket.yml

Not asked
  cla, dco-history, notice, license-headers, dependency-licenses
  No file says how firmly. --rule ID shows one of them.

Beside the rules
  checkName: Steward                        Steward's default
  mayOverride: maintain                     Steward's default
  pilots: [true-open-source]                Acme/.github:.github/steward.yml:22
  maxWritesPerHour: 500                     Steward's default
  waivers.approvers: []                     Steward's default
  notCheckable: 0 sentences                 Steward's default
`);
    expect(out.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  test('one rule alone shows every option beside its place', async () => {
    await keepExplained(store(), 'Acme');
    const { out } = await run('Acme/rocket', { rule: 'license-headers' }, store());
    expect(out).toMatch(/^license-headers: /m);
    expect(out).toMatch(/^ {2}enforce: off +the rule's default$/m);
    expect(out).not.toMatch(/^(?:dco|Groups|Made of)/m);
    await expect(run('Acme/rocket', { rule: 'dcoo' }, store())).rejects.toThrow(
      'There is no rule dcoo. Did you mean dco? The rules are: dco, cla,',
    );
  });

  test('JSON is one document with everything, null where nothing holds', async () => {
    await keepExplained(store(), 'Acme');
    await judged([ORGANIZATION, OWN]);
    const told = documentOf((await run('Acme/rocket', { format: 'json' }, store())).out);
    expect(Object.keys(told)).toEqual([
      ...[
        'version',
        'repository',
        'at',
        'basis',
        'traits',
        'isDefault',
        'files',
        'missing',
        'groups',
        'pilots',
        'paused',
        'until',
      ],
      ...['values', 'rules', 'notices', 'judged'],
    ]);
    expect(told).toMatchObject({ version: 1, repository: 'Acme/rocket', basis: 'stored', paused: null });
    expect(told.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    expect(told.rules.find(({ id }) => id === 'license-file')).toMatchObject({
      enforce: 'block',
      isAsked: true,
      outcome: 'fail',
    });
    expect(told.values).toContainEqual({ rule: null, key: 'certification', value: null, origin: 'default', note: null });
    expect(told.groups).toMatchObject([
      { state: 'in', reasons: [{ key: 'topics', matched: ['documentation'] }] },
      { state: 'out' },
    ]);
    const one = documentOf((await run('Acme/rocket', { format: 'json', rule: 'dco' }, store())).out);
    expect(one.rules.map(({ id }) => id)).toEqual(['dco']);
    expect(one.rules[0]?.rollout).toMatchObject({ step: 0, next: { enforce: 'block', from: '2027-03-01T00:00:00.000Z' } });
  });

  test('a file that was deleted does not count, although its last version is kept', async () => {
    await keepExplained(store(), 'Acme');
    await judged([ORGANIZATION]);
    const { out } = await run('Acme/rocket', {}, store());
    expect(out).not.toContain('Acme/rocket:.github/steward.yml');
  });

  test('shared files are called as people call them, and one that is not at hand is said', async () => {
    await keepPolicy(store(), 'Acme', 'extends: base/policies@v1\nrules: { dco: { enforce: warn } }\n');
    const missing = await run('Acme/rocket', {}, store());
    expect(missing.out).toContain(
      '  ! Acme/.github:.github/steward.yml:1 extends base/policies:.github/steward.yml@v1, which is not at',
    );
    const key = 'Acme/.github:.github/steward.yml extends base/policies:.github/steward.yml@v1';
    await store().keepGoodPolicy({
      ...ORGANIZATION,
      layer: 'shared',
      source: key,
      text: 'rules: { notice: { enforce: warn } }\n',
    });
    const { out } = await run('Acme/rocket', {}, store());
    expect(out).toContain('  shared        base/policies:.github/steward.yml@v1 at aaaaaaa\n');
    expect(out).toMatch(/^ {2}enforce: warn +base\/policies:\.github\/steward\.yml@v1:1$/m);
  });

  test('traits that are given count in place of what is stored', async () => {
    await keepExplained(store(), 'Acme');
    const trait = withTrait('topic=something');
    expect((await run('Acme/rocket', { trait }, store())).out).toContain(
      'documentation: not in, because its topics do not match',
    );
  });

  test('of an unknown repository it says what is known and what to do', async () => {
    await expect(run('Acme/rocket', {}, store())).rejects.toThrow(
      'Nothing is stored of Acme/rocket, and no policy of Acme: Steward has not judged anything by one here.\n' +
        'Check the name, and that Steward is installed on Acme.\n' +
        'To explain policy files that are not in force yet, name them: --policy FILE and --repository FILE.',
    );
    await keepExplained(store(), 'Acme');
    const { code, out, notes } = await run('Acme/rockett', {}, store());
    expect(code).toBe(0);
    expect(notes).toBe('Did you mean acme/rocket?');
    expect(out).toContain('Nothing is stored of Acme/rockett: Steward has not judged it yet.');
    expect(out).toContain('  documentation: cannot be told, because its topics are not known here\n');
    await expect(run('rocket', {}, store())).rejects.toThrow('rocket names no repository. Wanted: OWNER/REPO.');
  });
});

describe('policy explain, from files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steward-explain-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const policy = file('steward.yml', EXPLAINED_POLICY);

  test('needs no database, and takes what a file cannot know from --trait', async () => {
    const repository = file('own.yml', OWN_POLICY);
    const trait = ['topic=documentation', 'property.tier=core', 'property.tier=edge', 'created=2026-01-01'].reduce<
      ReturnType<typeof withTrait>
    >((before, given) => withTrait(given, before), {});
    const { out } = await run('acme/cardano-x', { policy, repository, trait, format: 'json' }, null);
    const told = documentOf(out);
    expect(told).toMatchObject({
      basis: 'files',
      traits: { name: 'cardano-x', properties: { tier: ['core', 'edge'] }, createdAt: '2026-01-01T00:00:00.000Z' },
      groups: [
        { name: 'documentation', state: 'in' },
        { name: 'core', state: 'in' },
      ],
    });
    expect(told.rules.every(({ waivers }) => waivers === null)).toBe(true);
    expect(told.rules.find(({ id }) => id === 'required-files')?.notices).toMatchObject([{ source: repository, line: 2 }]);
  });

  describe('where a repository lies in a roll-out', () => {
    const rolled = file(
      'rolled.yml',
      [
        'groups: [{ name: core, where: { names: [core-*] } }, { name: docs, where: { topics: [documentation] } }]',
        'rules:',
        '  dco:',
        '    enforce: observe',
        '    rollout:',
        '      - { enforce: warn, cohorts: [core] }',
        '      - { enforce: warn, cohorts: [docs] }',
        '      - { enforce: warn, percent: 25 }',
        '      - { enforce: block, from: 2027-03-01 }',
        '    grace: { newRepositories: 60, firstContributions: true, level: observe }',
        '',
      ].join('\n'),
    );
    const noteOf = async (name: string, options: Partial<ExplainOptions> = {}): Promise<string> => {
      const { out } = await run(name, { policy: rolled, format: 'json', ...options }, null);
      const rule = documentOf(out).rules.find(({ id }) => id === 'dco');
      return rule?.values.find(({ key }) => key === 'enforce')?.note ?? '';
    };

    test('its share is a number that a step takes, or does not', async () => {
      const place = (name: string): number => shareOf({ owner: 'acme', name }, 'dco') + 1;
      const names = Array.from({ length: 30 }, (_, index) => `repo-${index}`);
      const [inside = '', outside = ''] = [names.find((one) => place(one) <= 25), names.find((one) => place(one) > 25)];
      const trait = withTrait('topic=other');
      expect(await noteOf(`acme/${inside}`, { trait })).toContain(
        `Step 3: this repository is in the share: number ${place(inside)} of 100, and this step takes 25.`,
      );
      expect(await noteOf(`acme/${outside}`, { trait })).toContain(
        `Step 3: this repository is not in the share: number ${place(outside)} of 100, and this step takes 25.`,
      );
    });

    test('a cohort that it is not in is named; one that cannot be told is not called out', async () => {
      const note = await noteOf('acme/rocket');
      expect(note).toContain('Step 1 is for core, and this repository is not in it.');
      expect(note).toContain('Step 2 is for docs, and whether this repository is in it cannot be told.');
      expect(await noteOf('acme/core-x')).not.toContain('Step 1 is for');
    });

    test('a grace that is ahead is told before it spares anything', async () => {
      const trait = withTrait('created=2027-01-10', withTrait('topic=other'));
      const plain = file(
        'grace.yml',
        'rules: { dco: { enforce: warn, rollout: [{ enforce: block, from: 2027-02-01 }], grace: { newRepositories: 60, level: warn } } }\n',
      );
      const ahead = await noteOf('acme/rocket', { policy: plain, trait });
      expect(ahead).toContain('The repository is new: until 2027-03-11 it is held at "warn" at most');
      expect(await noteOf('acme/rocket', { policy: plain, trait, at: new Date('2027-03-11') })).not.toContain('is new');
      expect(await noteOf('acme/rocket')).toContain('when this one was created is not known here');
      expect(await noteOf('acme/rocket')).toContain('A first contribution is held at "observe" at most.');
    });

    test('--at says what holds on that day', async () => {
      const { out } = await run('acme/rocket', { policy: rolled, at: new Date('2027-03-01') }, null);
      expect(out).toContain('acme/rocket: what its policy says on 2027-03-01\n');
      expect(out).toContain('Step 4 of its roll-out is in force.');
    });
  });

  test('what is not given is not known, and never counts as a match', async () => {
    const { out } = await run('acme/cardano-x', { policy }, null);
    expect(out).toContain('  documentation: cannot be told, because its topics are not known here\n');
    expect(out).toContain('  core: cannot be told, because its property tier is not known here\n');
  });

  test('a file that does not parse is told with every problem, and nothing is printed', async () => {
    const broken = file('broken.yml', 'rules: { dco: { enforce: blok } }\n');
    await expect(run('acme/rocket', { policy: broken }, null)).rejects.toMatchObject({
      problems: [{ source: broken, line: 1, path: 'rules.dco.enforce' }],
    });
  });

  test.each([
    ['topics=documentation', 'Did you mean topic? Allowed: topic, visibility, language, created, property.NAME.'],
    ['topic', 'Expected KEY=VALUE, such as topic=documentation.'],
    ['visibility=publik', 'Did you mean public? Allowed: public, private, internal.'],
    ['created=2026-02-30', 'Expected a day of the calendar, such as created=2026-01-31.'],
  ])('--trait %s is refused with the next step', (given, message) => {
    expect(() => withTrait(given)).toThrow(message);
  });

  test('names of properties are only names', () => {
    const { properties } = withTrait('property.__proto__=core', withTrait('property.constructor=edge'));
    expect(Object.entries(properties ?? {})).toEqual([
      ['constructor', 'edge'],
      ['__proto__', 'core'],
    ]);
  });

  test('foreign text cannot steer a terminal', async () => {
    const hostile = file('hostile.yml', 'paused: { because: "Look\\e[2J away, \\u202Eplease." }\nrules: {}\n');
    const { out } = await run('acme/rocket', { policy: hostile }, null);
    expect(out).toContain('“Look\\u{1b}[2J away, \\u{202e}please.”');
  });
});
