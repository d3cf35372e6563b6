/** Every effective value of a policy says where it comes from. */
import { expect, test } from '@jest/globals';
import { effective } from '../../src/policy/effective.ts';
import { resolve } from '../../src/policy/resolve.ts';
import { aDocument, CERTIFYING } from './rules.ts';

const PRESETS = new Map([['strict', 'rules: { dco: { enforce: block, maxUnsigned: 1 } }\n']]);
const NOW = { now: new Date('2026-12-10T00:00:00Z'), traits: { owner: 'acme', name: 'rocket' }, isFirst: null };

/** Each value as one line. */
function lines(...texts: readonly string[]): readonly string[] {
  const [organization = '', repository] = texts;
  const documents = [
    aDocument('organization', organization, undefined, CERTIFYING),
    ...(repository === undefined ? [] : [aDocument('repository', repository, undefined, CERTIFYING)]),
  ];
  return effective(resolve(documents, CERTIFYING, PRESETS, NOW).policy).map(({ rule, key, value, origin, note }) => {
    const place =
      origin === 'default'
        ? 'default'
        : `${origin.source.split(':')[0] ?? ''}:${origin.line ?? ''}${origin.group ? ` ${origin.group}` : ''}`;
    return [`${rule ?? ''}.${key} ${JSON.stringify(value)} ${place}`, ...(note === null ? [] : [note])].join(' – ');
  });
}

test('of a rule: how firmly, and each option, from the preset, the organization, the group, the repository or by default', () => {
  const organization =
    'extends: strict\ngroups:\n  - name: rockets\n    where: { names: [rock*] }\n    rules:\n      dco: { reviewers: 2 }\nrules:\n  dco: { team: legal }\n';
  expect(lines(organization, 'rules: { dco: { exemptBots: false } }').filter((line) => line.startsWith('dco.'))).toEqual([
    'dco.enforce "block" strict:1',
    'dco.exemptBots false acme/tool:1',
    'dco.needsSignature false default',
    'dco.maxUnsigned 1 strict:1',
    'dco.reviewers 2 acme/.github:6 rockets',
    'dco.team "legal" acme/.github:8',
  ]);
});

test('of the policy itself', () => {
  const text =
    'certification: dco\nmaxWritesPerHour: 7\npaused:\n  because: It went wrong.\n  until: 2026-12-24\nwaivers: { maxDays: 30 }\nrules: { dco: { enforce: warn }, cla: { enforce: block } }\n';
  expect(lines(text).slice(0, 10)).toEqual([
    '.checkName "Steward" default',
    '.certification "dco" acme/.github:1',
    '.mayOverride "maintain" default',
    '.paused "It went wrong." acme/.github:3 – Nothing fails until the end of 2026-12-24.',
    '.pilots [] default',
    '.maxNewFailures null default',
    '.maxWritesPerHour 7 acme/.github:2',
    '.waivers.approvers [] default',
    '.waivers.maxDays 30 acme/.github:6',
    '.notCheckable [] default',
  ]);
  expect(lines(text)).toContain('cla.enforce "block" acme/.github:7 – It is not asked, because certification is "dco".');
});

test('of a roll-out: the step that decides, and what comes next', () => {
  const text =
    'rules:\n  dco:\n    enforce: observe\n    rollout:\n      - { enforce: warn, from: 2026-12-01 }\n      - { enforce: block, from: 2027-03-01 }\n';
  expect(lines(text)).toContain(
    'dco.enforce "warn" acme/.github:5 – Step 1 of its roll-out is in force. From 2027-03-01 it is "block".',
  );
});
