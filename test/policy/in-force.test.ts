/** Which policy holds when files are missing, broken, unreadable or built on others. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { known, unknown, type Answer } from '../../src/facts/answer.ts';
import { inForce } from '../../src/policy/in-force.ts';
import type { Library, PolicyFiles } from '../../src/policy/library.ts';
import type { LayerKind, PolicyFile } from '../../src/policy/policy.ts';
import { defineRule, type AnyRule } from '../../src/rules/rule.ts';

const rules: readonly AnyRule[] = [
  defineRule({
    ...{ id: 'dco', on: 'contribution', title: 'Signed', why: '', fix: '' },
    options: z.strictObject({}),
    needs: () => ({}),
    check: () => [],
  }),
];
const presets = new Map([['baseline', 'rules:\n  dco:\n    enforce: warn\n']]);

const ORGANIZATION = 'example/.github:.github/steward.yml';
const REPOSITORY = 'example/node:.github/steward.yml';
const dco = (enforce: string): string => `rules:\n  dco:\n    enforce: ${enforce}\n`;

const aFile = (layer: LayerKind, source: string, text: string, commit = 'c1'): PolicyFile => ({
  ...{ layer, source, commit, text },
  oid: `oid of ${text}`,
});
const organization = (text: string): Answer<PolicyFile> => known(aFile('organization', ORGANIZATION, text));

const files = (change: Partial<PolicyFiles> = {}): PolicyFiles => ({
  organizationSource: ORGANIZATION,
  organization: known(null),
  hasPolicyRepository: true,
  repositorySource: REPOSITORY,
  repository: known(null),
  proposed: null,
  own: 'repository',
  ...change,
});

/** A library on plain values; `kept` is what was remembered. */
function aLibrary({ good = [], history = [], shared = {} }: Books = {}): Library & { kept: PolicyFile[] } {
  const kept = [...good];
  return {
    kept,
    goodPolicy: (source) => Promise.resolve(kept.findLast((file) => file.source === source) ?? null),
    keepGoodPolicy: (file) => Promise.resolve(void kept.push(file)),
    history: () => Promise.resolve(history),
    shared: ({ owner, repo }) => Promise.resolve(shared[`${owner}/${repo}`.toLowerCase()] ?? unknown('it does not exist')),
  };
}
interface Books {
  readonly good?: readonly PolicyFile[];
  readonly history?: readonly PolicyFile[];
  readonly shared?: Readonly<Record<string, Answer<PolicyFile>>>;
}

const found = async (change: Partial<PolicyFiles>, library = aLibrary()) => {
  const { policy, problems, reports } = await inForce(files(change), library, rules, presets);
  return { enforce: policy.rules['dco']?.enforce, isDefault: policy.isDefault, problems, reports };
};

describe('which policy is in force', () => {
  test('no file anywhere: baseline, held at observe', async () => {
    expect(await found({})).toMatchObject({ enforce: 'observe', isDefault: true, problems: [] });
  });

  test("the organization's file holds", async () => {
    expect(await found({ organization: organization(dco('block')) })).toMatchObject({ enforce: 'block', isDefault: false });
  });

  test('a file that parses is remembered, once', async () => {
    const library = aLibrary();
    await found({ organization: organization(dco('block')) }, library);
    await found({ organization: organization(dco('block')) }, library);
    expect(library.kept.map((file) => file.text)).toEqual([dco('block')]);
  });

  test('a file that does not parse: the last good version stays in force, and the problem is reported', async () => {
    const library = aLibrary({ good: [aFile('organization', ORGANIZATION, dco('block'))] });
    const result = await found({ organization: organization(dco('blok')), own: 'organization' }, library);
    expect(result.enforce).toBe('block');
    expect(result.reports).toMatchObject([{ version: 'current', problems: [{ line: 3, severity: 'error' }] }]);
  });

  test('nothing remembered: the newest commit whose file parses applies', async () => {
    const history = [
      aFile('organization', ORGANIZATION, dco('blok'), 'c3'),
      aFile('organization', ORGANIZATION, dco('block'), 'c2'),
      aFile('organization', ORGANIZATION, dco('warn'), 'c1'),
    ];
    expect((await found({ organization: organization(dco('blok')) }, aLibrary({ history }))).enforce).toBe('block');
  });

  test('no version parses: baseline, held at observe, with the problem told', async () => {
    const result = await found({ organization: organization('rules: 7\n') });
    expect(result).toMatchObject({ enforce: 'observe', isDefault: true });
    expect(result.problems).toHaveLength(1);
  });

  test('a policy repository that can no longer be seen loosens nothing', async () => {
    const library = aLibrary({ good: [aFile('organization', ORGANIZATION, dco('block'))] });
    const result = await found({ hasPolicyRepository: false }, library);
    expect(result.enforce).toBe('block');
    expect(result.problems.map((problem) => problem.message)).toEqual(['The policy repository can no longer be read.']);
  });

  test.each([
    [
      'held',
      'A newer version is not in force: something would newly fail in more repositories than the policy allows.',
      'Raise "maxNewFailures" in it, or take the change back.',
    ],
    [
      'awaited',
      'A newer version is not in force yet: it is not known yet what it would change.',
      'Steward looks at it by itself.',
    ],
  ] as const)(
    'a newer version that is %s: the last good one stays in force, and why and what to do is told',
    async (admitted, message, step) => {
      const library = {
        ...aLibrary({ good: [aFile('organization', ORGANIZATION, dco('block'))] }),
        admits: () => Promise.resolve(admitted),
      };
      const result = await found({ organization: organization(dco('warn')) }, library);
      expect(result.enforce).toBe('block');
      const hint = `${step} Until then the version of commit c1 stays in force.`;
      expect(result.problems).toMatchObject([{ severity: 'notice', message, hint }]);
    },
  );

  test('a policy file that was removed on purpose is no longer in force', async () => {
    const library = aLibrary({ good: [aFile('organization', ORGANIZATION, dco('block'))] });
    expect((await found({}, library)).isDefault).toBe(true);
  });

  test('an unreadable file with nothing remembered is a fault to retry, never a default', async () => {
    await expect(found({ organization: unknown('GitHub timed out') })).rejects.toThrow(/GitHub timed out/);
  });
});

describe('what is proposed', () => {
  test('a pull request is judged by the policy of its base; problems of its own version are reported', async () => {
    const result = await found({
      organization: organization(dco('block')),
      proposed: aFile('repository', REPOSITORY, dco('never')),
    });
    expect(result.enforce).toBe('block');
    expect(result.reports).toMatchObject([
      { version: 'current', problems: [] },
      { version: 'proposed', problems: [{ line: 3, path: 'rules.dco.enforce' }] },
    ]);
  });
});

describe('what is proposed without effect', () => {
  const proposal = async (text: string, own: PolicyFiles['own'] = 'repository') => {
    const source = own === 'organization' ? ORGANIZATION : REPOSITORY;
    const proposed = aFile(own, source, text);
    const { reports } = await found({ organization: organization(dco('block')), own, proposed });
    return reports.find(({ version }) => version === 'proposed')?.problems.map(({ path, severity }) => `${severity} ${path}`);
  };

  test('is told where it is proposed, before it is merged', async () => {
    expect(await proposal(dco('warn'))).toEqual(['notice rules.dco.enforce']);
    expect(await proposal(dco('block'))).toEqual([]);
  });

  test("of the organization's own file, too", async () => {
    expect(await proposal('certification: dco\n', 'organization')).toEqual(['notice certification']);
    expect(await proposal('rules: { dco: {} }\n', 'organization')).toEqual(['notice rules.dco']);
  });
});

describe('extends', () => {
  const shared = (text: string): Answer<PolicyFile> => known(aFile('shared', 'other/policies:.github/steward.yml', text));

  test('another repository is the layer below', async () => {
    const library = aLibrary({ shared: { 'other/policies': shared(dco('block')) } });
    expect((await found({ organization: organization('extends: other/policies\n') }, library)).enforce).toBe('block');
  });

  test('one that cannot be read makes the file unusable, on the line that names it', async () => {
    const result = await found({ organization: organization(`${dco('block')}extends: other/policies\n`), own: 'organization' });
    expect(result.isDefault).toBe(true);
    expect(result.problems).toMatchObject([{ line: 4, path: 'extends', severity: 'error' }]);
    expect(result.problems[0]?.message).toContain('it does not exist');
  });

  test('one that breaks or vanishes later unguards nobody: its last good version stays in force for its readers', async () => {
    const library = aLibrary({ shared: { 'other/policies': shared(dco('block')) } });
    const files = { organization: organization('extends: other/policies\n') };
    await found(files, library);
    for (const now of [shared(dco('blok')), unknown('it does not exist')]) {
      const later = aLibrary({ good: library.kept, shared: { 'other/policies': now } });
      expect(await found(files, later)).toMatchObject({ enforce: 'block', isDefault: false });
    }
  });

  test('one that was renamed keeps its name while it cannot be read', async () => {
    const renamed = known(aFile('shared', 'renamed/policies:.github/steward.yml', dco('block')));
    const library = aLibrary({ shared: { 'other/policies': renamed } });
    const sources = async (from: Library) =>
      (await inForce(files({ organization: organization('extends: other/policies\n') }), from, rules, presets)).policy.files.map(
        ({ source }) => source,
      );
    const first = await sources(library);
    expect(first).toContain('renamed/policies:.github/steward.yml');
    expect(await sources(aLibrary({ good: library.kept }))).toEqual(first);
  });

  test('the text of one that is broken is not shown to its readers', async () => {
    const library = aLibrary({ shared: { 'other/policies': shared('password: hunter2\n') } });
    const { problems } = await found({ organization: organization('extends: other/policies\n') }, library);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
    expect(problems.map(({ path }) => path)).toEqual(['extends']);
  });

  test('what a proposal extends is not read', async () => {
    const library = aLibrary({ shared: { 'other/policies': shared('password: hunter2\n') } });
    const asked: string[] = [];
    const spy: Library = { ...library, shared: (reference) => (asked.push(reference.repo), library.shared(reference)) };
    const proposed = aFile('repository', REPOSITORY, 'extends: other/policies\n');
    const { reports } = await inForce(files({ proposed }), spy, rules, presets);
    const told = reports.find(({ version }) => version === 'proposed')?.problems ?? [];
    expect([asked, told.map(({ severity, path, line }) => `${severity} ${path}:${line}`)]).toEqual([[], ['notice extends:1']]);
  });

  const PIN = `extends: other/policies@${'a'.repeat(40)}\n`;
  const proposing = async (proposed: string, own: string, trustsProposal: boolean) => {
    const library = aLibrary({ shared: { 'other/policies': shared('rules: { dco: { enforce: block } }\n') } });
    const kept: string[] = [];
    const spy: Library = {
      ...library,
      trustsProposal,
      keepGoodPolicy: (file) => (kept.push(file.source), library.keepGoodPolicy(file)),
    };
    const repository = known(aFile('repository', REPOSITORY, own));
    const result = await inForce(files({ proposed: aFile('repository', REPOSITORY, proposed), repository }), spy, rules, presets);
    return { result, kept };
  };

  test.each([
    ['somebody who may write in the repository', true, PIN, 'rules: {}\n'],
    ['anybody, where the file in force extends the very same', false, `# Mine\n${PIN}`, PIN],
    ['anybody, whatever the case of the repository', false, `# Mine\n${PIN.replace('policies', 'Policies')}`, PIN],
  ])('what a proposal extends is read for %s, and not remembered', async (who, trustsProposal, proposed, own) => {
    const { result, kept } = await proposing(proposed, own, trustsProposal);
    expect([who, result.proposed?.map(({ file }) => file.layer)]).toEqual([who, ['shared', 'repository']]);
    // What is in force is remembered, once for the file and twice for what it extends.
    expect(kept).toHaveLength(own === PIN ? 3 : 1);
  });

  test.each([
    ['another commit', `extends: other/policies@${'b'.repeat(40)}\n`, PIN],
    ['a branch', 'extends: other/policies@drafts\n', 'extends: other/policies\n'],
    ['another path', 'extends: other/policies:drafts/steward.yml\n', 'extends: other/policies\n'],
  ])('a stranger who moves the pin to %s gets no answer, for it may be private', async (_to, proposed, own) => {
    const { result } = await proposing(proposed, own, false);
    expect(result.proposed).toBeNull();
    const told = result.reports.find(({ version }) => version === 'proposed')?.problems ?? [];
    expect(told.map(({ severity, path }) => `${severity} ${path}`)).toEqual(['notice extends']);
    expect(told[0]?.hint).toBe('Somebody who may write in this repository can push the branch here: then it is read.');
  });

  test('a circle ends with a problem', async () => {
    const library = aLibrary({ shared: { 'other/policies': shared('extends: other/policies\n') } });
    const result = await found({ organization: organization('extends: other/policies\n') }, library);
    expect(result.problems.at(-1)?.message).toContain('circle');
  });
});
