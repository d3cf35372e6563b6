/** Signatures are kept under the name of whoever's file names the agreement, so that nobody signs into another's register. */
import { expect, test } from '@jest/globals';
import { agreementsOf } from '../../src/policy/register-name.ts';
import { UNMANAGED, type Origin, type Policy, type PolicyFile } from '../../src/policy/policy.ts';

const PLACE = { owner: 'Acme', repo: 'Widget' };
const ICLA = { id: 'icla', title: 'Agreement', version: '1.0', kind: 'individual', text: 'acme/legal:icla.txt', graceDays: 14 };

function named(origin: Pick<Origin, 'layer' | 'source'> | null, files: readonly Pick<PolicyFile, 'layer' | 'source'>[] = []) {
  const origins: Record<string, Origin> = origin ? { agreements: { ...origin, line: 3 } } : {};
  const cla = { enforce: 'block', options: { agreements: [ICLA] }, clause: null, origins } as const;
  const policy: Policy = {
    ...UNMANAGED,
    ...{ checkName: 'Steward', certification: null, mayOverride: 'maintain', rules: { cla }, isDefault: false },
    files: files.map((file) => ({ ...file, commit: null, oid: null })),
  };
  return agreementsOf(policy, PLACE)[0]?.register;
}

const organization = { layer: 'organization', source: 'Acme/.github:.github/steward.yml' } as const;
const pinned = { layer: 'shared', source: 'foundation/.github:cla.yml@v1' } as const;
const elsewhere = { layer: 'shared', source: 'Acme/policies:cla.yml' } as const;

test.each([
  ["the organization's file", organization, 'acme/icla'],
  ["the repository's own file", { layer: 'repository', source: 'Acme/Widget:.github/steward.yml' }, 'acme/widget/icla'],
  [
    'a shared file in the policy repository of another account',
    { layer: 'shared', source: 'Foundation/.github:cla.yml' },
    'foundation/icla',
  ],
  [
    'a shared file in any other repository of another account',
    { layer: 'shared', source: 'Foundation/x:cla.yml' },
    'acme/widget/icla',
  ],
  ['a preset', { layer: 'preset', source: 'cla' }, 'acme/icla'],
  ['nobody', null, 'acme/icla'],
] as const)('an agreement named by %s', (_who, origin, register) => {
  expect(named(origin)).toBe(register);
});

test.each([
  ['at a ref, under which a commit of a fork can be found', pinned],
  ['in a repository that others may write to', elsewhere],
])('a shared file %s is kept by whoever extends it', (_where, shared) => {
  expect(named(shared, [shared, organization])).toBe('acme/icla');
  expect(named(shared, [organization, shared])).toBe('acme/widget/icla');
  expect(named(shared, [shared])).toBe('acme/widget/icla');
});

test('a group is a part of its file: what it names is kept by whoever keeps that', () => {
  const inGroup = (source: string) => ({ layer: 'group', source }) as const;
  expect(named(inGroup(organization.source), [organization])).toBe('acme/icla');
  expect(named(inGroup(pinned.source), [pinned, organization])).toBe('acme/icla');
  expect(named(inGroup(elsewhere.source), [organization, elsewhere])).toBe('acme/widget/icla');
  expect(named(inGroup('unknown/file:a.yml'), [organization])).toBe('acme/widget/icla');
});

test('a policy without agreements, or with ones of another shape, names none', () => {
  const policy = (rules: Policy['rules']): Policy => ({
    ...UNMANAGED,
    ...{ checkName: 'Steward', certification: null, mayOverride: 'maintain', rules, files: [], isDefault: false },
  });
  const setting = { enforce: 'block', clause: null, origins: {} } as const;
  expect(agreementsOf(policy({}), PLACE)).toEqual([]);
  expect(agreementsOf(policy({ cla: { ...setting, options: { agreements: [{ id: 1 }] } } }), PLACE)).toEqual([]);
});
