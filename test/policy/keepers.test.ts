/** Whose register a policy writes to, from the files as they lie in repositories: nobody writes into that of another account. */
import { expect, test } from '@jest/globals';
import { known, unknown } from '../../src/facts/answer.ts';
import { inForce } from '../../src/policy/in-force.ts';
import type { Library } from '../../src/policy/library.ts';
import type { LayerKind, PolicyFile } from '../../src/policy/policy.ts';
import { referenceText, type Reference } from '../../src/policy/reference.ts';
import { agreementsOf } from '../../src/policy/register-name.ts';
import { cla } from '../../src/rules/cla/index.ts';

const ORGANIZATION = 'attacker/.github:.github/steward.yml';
const REPOSITORY = 'attacker/tool:.github/steward.yml';
const PRESETS = new Map([['baseline', 'rules: {}\n']]);
const FORK = '5'.repeat(40);
const named = (version: string): string =>
  `rules: { cla: { enforce: block, agreements: [{ id: icla, title: Agreement, version: '${version}', text: 'victim/legal:cla.md', since: 2026-01-01 }] } }\n`;
const aFile = (layer: LayerKind, source: string, text: string): PolicyFile => ({ layer, source, commit: 'c1', oid: text, text });

interface Written {
  readonly organization?: string;
  readonly repository?: string;
  /** By reference, as people write it. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

/** A library that answers as GitHub's does: by the repository, whatever the ref. */
function aLibrary(elsewhere: Readonly<Record<string, string>>, kept: PolicyFile[] = []): Library {
  const shared = (reference: Reference) => {
    const text = elsewhere[referenceText(reference)];
    const source = referenceText({ ...reference, ref: null });
    return Promise.resolve(text === undefined ? unknown('it does not exist') : known(aFile('shared', source, text)));
  };
  return {
    goodPolicy: (source) => Promise.resolve(kept.findLast((file) => file.source === source) ?? null),
    keepGoodPolicy: (file) => Promise.resolve(void kept.push(file)),
    history: () => Promise.resolve([]),
    shared,
  };
}

async function register({ organization, repository, elsewhere = {} }: Written, library = aLibrary(elsewhere)) {
  const files = {
    ...{ organizationSource: ORGANIZATION, repositorySource: REPOSITORY, hasPolicyRepository: true, proposed: null },
    organization: known(organization === undefined ? null : aFile('organization', ORGANIZATION, organization)),
    repository: known(repository === undefined ? null : aFile('repository', REPOSITORY, repository)),
    own: 'repository',
  } as const;
  const { policy } = await inForce(files, library, [cla], PRESETS);
  return agreementsOf(policy, { owner: 'attacker', repo: 'tool' }).map((one) => `${one.register}@${one.version}`);
}

test.each([
  `victim/project:evil.yml@${FORK}`,
  `victim/.github:evil.yml@${FORK}`,
  'victim/.github:evil.yml@HEAD',
  'victim/.github:evil.yml@main',
  'victim/project:evil.yml',
])("nobody writes into victim's register by extending %s", async (reference) => {
  const elsewhere = { [reference]: named('999.0') };
  expect(await register({ repository: `extends: ${reference}\n`, elsewhere })).toEqual(['attacker/tool/icla@999.0']);
  expect(await register({ organization: `extends: ${reference}\n`, elsewhere })).toEqual(['attacker/icla@999.0']);
});

test('neither through a file that the policy repository of another account extends', async () => {
  const elsewhere = { 'victim/.github:cla.yml': 'extends: victim/project:more.yml\n', 'victim/project:more.yml': named('9.0') };
  expect(await register({ repository: 'extends: victim/.github:cla.yml\n', elsewhere })).toEqual(['attacker/tool/icla@9.0']);
});

test('nor by naming the agreement again over the file that names it', async () => {
  const elsewhere = { 'victim/.github:cla.yml': named('1.0') };
  const policy = `extends: victim/.github:cla.yml\n${named('999.0')}`;
  expect(await register({ repository: policy, elsewhere })).toEqual(['attacker/tool/icla@999.0']);
  expect(await register({ organization: policy, elsewhere })).toEqual(['attacker/icla@999.0']);
});

test('nor while the file cannot be read, by its last good version', async () => {
  const kept: PolicyFile[] = [];
  const reference = `victim/.github:evil.yml@${FORK}`;
  const policy = { repository: `extends: ${reference}\n` };
  const before = await register(policy, aLibrary({ [reference]: named('9.0') }, kept));
  expect(await register(policy, aLibrary({}, kept))).toEqual(before);
  expect(before).toEqual(['attacker/tool/icla@9.0']);
});

test('who extends what the policy repository of an account says signs its agreement, also while it cannot be read', async () => {
  const kept: PolicyFile[] = [];
  const policy = { repository: 'extends: victim/.github:cla.yml\n' };
  const before = await register(policy, aLibrary({ 'victim/.github:cla.yml': named('1.0') }, kept));
  expect(before).toEqual(['victim/icla@1.0']);
  expect(await register(policy, aLibrary({}, kept))).toEqual(before);
});
