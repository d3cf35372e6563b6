/** An organization whose policy has something of everything, as it is stored. */
import { known } from '../../src/facts/answer.ts';
import type { Approval, KeptWaiver } from '../../src/policy/waivers/waiver.ts';
import type { Memory } from '../../src/server/jobs/open.ts';
import { aRepository } from './builders.ts';
import { keepPolicy } from './pilots.ts';
import { keeping } from './verdicts.ts';

const SHA = 'a'.repeat(40);

/** Line 6 is of the group `documentation`, line 13 says how firmly `license-file` is held. */
export const EXPLAINED_POLICY = `extends: baseline
groups:
  - name: documentation
    where: { topics: [documentation] }
    rules:
      license-file: { kind: documentation }
  - name: core
    where: { names: ['cardano-*'], properties: { tier: [core] } }
    rules:
      license-file: { enforce: block }
rules:
  license-file:
    enforce: block
    allow: [Apache-2.0, MIT]
  required-files: { enforce: warn }
  dco:
    enforce: observe
    clause: { says: All contributions are signed off., url: https://example.org/policy, strength: must }
    rollout:
      - { enforce: warn, from: 2027-01-01, cohorts: [true-open-source] }
      - { enforce: block, from: 2027-03-01 }
pilots:
  - name: true-open-source
    title: True open source maturity
    owner: oso@example.org
    where: { names: [rocket, other-project] }
    start: 2026-12-01
    end: 2027-02-28
`;

/** What the repository itself would like. */
export const OWN_POLICY = `rules:
  required-files: { enforce: off, files: [changelog] }
`;

const APPROVED: Approval = {
  state: 'approved',
  by: { login: 'ada', accountId: 1 },
  author: 'jane',
  pull: 3,
  url: 'https://github.com/Acme/.github/pull/3',
  mergedAt: '2027-01-02T00:00:00Z',
};

function aWaiver(owner: string, id: string, approval: Approval): KeptWaiver {
  const source = `${owner}/.github:.github/steward/waivers/${id}.yml`;
  const text = `rule: required-files
repositories: [rocket, other-project]
reason: The security contact is being set up.
approver: ada
requestedBy: jane
until: 2027-03-31
`;
  return { file: { layer: 'organization', source, commit: SHA, oid: SHA, text }, approval };
}

/** Keeps the policy of an organization, and its public repositories `.github` and `rocket` with a policy of its own, a waiver, and one that does not count. */
export async function keepExplained(store: Memory, owner: string): Promise<void> {
  await keepPolicy(store, owner, EXPLAINED_POLICY);
  const source = `${owner}/rocket:.github/steward.yml`;
  await store.keepGoodPolicy({ layer: 'repository', source, commit: SHA, oid: SHA, text: OWN_POLICY });
  for (const name of ['.github', 'rocket']) {
    const place = aRepository({ owner, name, topics: ['documentation'], visibility: 'public', language: 'Haskell' });
    await store.keepFacts(keeping({ kind: 'repository', owner, repo: name }, SHA, { repository: known(place) }));
  }
  await store.keepWaivers(`${owner}/.github`, SHA, [
    aWaiver(owner, 'security-rocket', APPROVED),
    aWaiver(owner, 'unapproved', { state: 'refused', reason: 'nobody approved it' }),
  ]);
}
