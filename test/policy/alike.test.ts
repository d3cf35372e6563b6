/** What is called alike gets the same policy, so that one stands for all. */
import { expect, test } from '@jest/globals';
import { alike } from '../../src/policy/alike.ts';
import type { Occasion } from '../../src/policy/managed.ts';
import { parse } from '../../src/policy/parse.ts';
import { resolve } from '../../src/policy/resolve.ts';
import { dco, licenseFile, requiredFiles } from './rules.ts';

const rules = [dco, licenseFile, requiredFiles];
const presets = new Map<string, string>();
const NOW = new Date('2027-02-01T12:00:00Z');

const TEXT = `
lifecycle: { property: stage }
groups:
  - name: docs
    where: { names: ['*-docs'] }
    rules: { license-file: { enforce: block, allow: [CC-BY-4.0] } }
  - name: core
    where: { topics: [core] }
    rules: { required-files: { enforce: block } }
  - name: growing
    where: { stages: [growth] }
    rules: { required-files: { enforce: warn } }
pilots:
  - { name: strategy, owner: a@example.org, where: { names: ['r-1*'] }, start: 2027-01-01, end: 2027-03-01 }
rules:
  dco:
    enforce: observe
    rollout:
      - { enforce: warn, from: 2027-01-15, percent: 25 }
      - { enforce: block, from: 2027-01-20, cohorts: [strategy, core] }
    grace: { newRepositories: 30, firstContributions: true, level: observe }
`;

function occasions(): readonly Occasion[] {
  return Array.from({ length: 300 }, (_, index) => ({
    now: NOW,
    traits: {
      owner: 'acme',
      name: `r-${index}${index % 3 === 0 ? '-docs' : ''}`,
      ...(index % 7 === 0 ? {} : { topics: index % 2 === 0 ? ['core'] : [] }),
      properties: { stage: index % 5 === 0 ? 'growth' : 'incubation' },
      createdAt: index % 4 === 0 ? '2027-01-20T00:00:00Z' : '2020-01-01T00:00:00Z',
    },
    isFirst: index % 11 === 0,
  }));
}

test('equal names, equal policies; and there are far fewer names than repositories', () => {
  const { document } = parse(
    { layer: 'organization', source: 'acme/.github:.github/steward.yml', commit: null, oid: null, text: TEXT },
    rules,
    presets,
  );
  const documents = document ? [document] : [];
  const nameOf = alike(documents, rules, presets);
  const policies = new Map<string, Set<string>>();
  for (const occasion of occasions()) {
    const { policy } = resolve(documents, rules, presets, occasion);
    const decided = Object.entries(policy.rules).map(([id, { enforce, options }]) => [id, enforce, options]);
    const name = nameOf(occasion);
    policies.set(name, (policies.get(name) ?? new Set()).add(JSON.stringify([decided, policy.groups, policy.certification])));
  }
  expect([...policies.values()].filter(({ size }) => size > 1)).toEqual([]);
  expect(policies.size).toBeGreaterThan(10);
  expect(policies.size).toBeLessThan(100);
});
