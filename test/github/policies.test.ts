/** Which policy files govern a subject, where they come from, and what others may share. */
import { describe, expect, test } from '@jest/globals';
import type { LookShape, PullRequestShape } from '../../src/github/shapes.ts';
import {
  ALL,
  BASE,
  HEAD,
  NO_ORGANIZATION,
  PULL,
  REPOSITORY,
  aLook,
  aPolicy,
  aPull,
  aState,
  answers,
  mints,
  page,
  platform,
  wired,
} from './wire.ts';

wired();

const organization: NonNullable<LookShape['organization']> = {
  name: '.github',
  owner: { login: 'acme' },
  isPrivate: true,
  defaultBranchRef: { target: aState({ oid: 'c'.repeat(40), policy: aPolicy('extends: baseline') }) },
};
const PATH = '.github/steward.yml';
const touching = page([{ path: PATH, changeType: 'MODIFIED' }]);

async function pullWith(pull: Partial<PullRequestShape>, owned: LookShape['organization'] = organization, name = 'rocket') {
  mints();
  answers('PullRequest', aLook({ name, pullRequest: aPull(pull) }, owned), owned ? undefined : NO_ORGANIZATION);
  return platform().platform.open({ ...PULL, repo: name }, ALL);
}

const head = (text: string) => ({ nodes: [{ commit: aState({ policy: aPolicy(text, '3'.repeat(40)) }) }] });
const base = { target: aState({ oid: BASE, policy: aPolicy('rules: {}') }) };

describe('policy files', () => {
  test('come from the organization and from the base branch, with where they were read', async () => {
    const files = await (await pullWith({ baseRef: base })).policyFiles();
    expect(files).toEqual({
      organizationSource: `acme/.github:${PATH}`,
      organization: {
        known: true,
        value: {
          layer: 'organization',
          source: `acme/.github:${PATH}`,
          commit: 'c'.repeat(40),
          oid: '2'.repeat(40),
          text: 'extends: baseline',
        },
      },
      ...{ hasPolicyRepository: true, isOrganizationPublic: false },
      repositorySource: `acme/rocket:${PATH}`,
      repository: {
        known: true,
        value: { layer: 'repository', source: `acme/rocket:${PATH}`, commit: BASE, oid: '2'.repeat(40), text: 'rules: {}' },
      },
      proposed: null,
      own: 'repository',
    });
  });

  test('may not exist anywhere', async () => {
    const { organization: none, repository, hasPolicyRepository } = await (await pullWith({}, null)).policyFiles();
    expect({ none, repository, hasPolicyRepository }).toEqual({
      none: { known: true, value: null },
      repository: { known: true, value: null },
      hasPolicyRepository: false,
    });
  });

  test('that GitHub refuses to show are unknown, not absent', async () => {
    mints();
    const refused = { type: 'FORBIDDEN', message: 'SAML' };
    const path = ['repository', 'pullRequest', 'baseRef', 'target', 'policy'];
    answers('PullRequest', aLook({ pullRequest: aPull() }), [
      { ...refused, path },
      { ...refused, path: ['organization'] },
    ]);
    const files = await (await platform().platform.open(PULL, ALL)).policyFiles();
    const reason = 'GitHub answered "SAML"';
    expect([files.organization, files.repository]).toEqual([
      { known: false, reason },
      { known: false, reason },
    ]);
    expect(files.hasPolicyRepository).toBe(true);
  });

  test('that are binary reach the parser as text that it refuses', async () => {
    const binary = { oid: '4'.repeat(40), object: { byteSize: 9, isBinary: true, isTruncated: false, text: null } };
    const files = await (await pullWith({ baseRef: { target: aState({ policy: binary }) } })).policyFiles();
    expect(files.repository).toMatchObject({ value: { text: '\0' } });
  });

  test('of the policy repository are the organization layer alone', async () => {
    const pull = { files: touching, head: head('new'), baseRef: base };
    const { repository, proposed, own } = await (await pullWith(pull, organization, '.github')).policyFiles();
    expect({ repository, own, layer: proposed?.layer }).toEqual({
      repository: { known: true, value: null },
      own: 'organization',
      layer: 'organization',
    });
  });
});

describe('a proposed policy', () => {
  test('is the one that the contribution changes', async () => {
    const { proposed } = await (await pullWith({ files: touching, head: head('new'), baseRef: base })).policyFiles();
    expect(proposed).toMatchObject({ layer: 'repository', commit: HEAD, text: 'new' });
  });

  test.each([
    ['a branch that is behind its base proposes nothing', { head: head('old'), baseRef: base }],
    [
      'an unchanged file proposes nothing',
      { files: touching, head: { nodes: [{ commit: aState({ policy: aPolicy('rules: {}') }) }] }, baseRef: base },
    ],
    ['a deleted file proposes nothing', { files: touching, baseRef: base }],
  ])('%s', async (_name, pull) => {
    expect((await (await pullWith(pull)).policyFiles()).proposed).toBeNull();
  });

  test('is shown too when the changed files are too many to list', async () => {
    const { proposed } = await (await pullWith({ files: null, head: head('new'), baseRef: base })).policyFiles();
    expect(proposed?.text).toBe('new');
  });
});

test('earlier versions of a policy come newest first, without those that have none', async () => {
  const reading = await pullWith({ baseRef: base });
  answers('PolicyHistory', ({ oid, repo }) => {
    expect([repo, oid]).toEqual(['rocket', BASE]);
    const nodes = [
      { oid: BASE, policy: aPolicy('rules: {}') },
      { oid: HEAD, policy: null },
      { oid: 'd'.repeat(40), policy: aPolicy('old') },
    ];
    return { repository: { object: { history: { nodes } } } };
  });
  expect((await reading.policyHistory('repository')).map(({ text }) => text)).toEqual(['rules: {}', 'old']);
});

test('a repository without a policy repository has no history of one', async () => {
  mints();
  answers('RepositoryState', aLook({ head: { target: aState() } }), NO_ORGANIZATION);
  expect(await (await platform().platform.open(REPOSITORY, ALL)).policyHistory('organization')).toEqual([]);
});

describe('a shared policy', () => {
  const reference = { owner: 'moon', repo: 'policies', path: 'strict.yml', ref: 'v1' };
  const commit = { oid: 'e'.repeat(40), policy: aPolicy('rules: {}') };
  const shared = (more: object) => ({
    repository: { name: 'policies', owner: { login: 'moon' }, isPrivate: false, object: commit, ...more },
  });

  async function ask(answer: object, errors?: readonly object[], more: Partial<typeof reference> | { ref: null } = {}) {
    mints();
    answers('SharedPolicy', answer, errors);
    return (await platform().platform.open(PULL, ALL)).sharedPolicy({ ...reference, ...more });
  }

  test('is read at a commit that is recorded', async () => {
    expect(await ask(shared({}))).toEqual({
      known: true,
      value: {
        layer: 'shared',
        source: 'moon/policies:strict.yml',
        commit: 'e'.repeat(40),
        oid: '2'.repeat(40),
        text: 'rules: {}',
      },
    });
  });

  test('may be named by an annotated tag', async () => {
    expect(await ask(shared({ object: { target: commit } }))).toMatchObject({ known: true, value: { commit: 'e'.repeat(40) } });
  });

  test.each([
    [
      'in a private repository of another account',
      shared({ isPrivate: true }),
      'it is in a private repository of another account',
    ],
    ['at a branch that does not exist', shared({ object: null }), 'there is no branch, tag or commit v1'],
    ['that is no file', shared({ object: { ...commit, policy: null } }), 'there is no file strict.yml'],
    ['in a repository that does not exist', { repository: null }, 'the repository does not exist, or Steward may not see it'],
  ])('%s is not used', async (_name, answer, reason) => {
    const absent = [{ type: 'NOT_FOUND', path: ['repository'], message: 'none' }];
    expect(await ask(answer, answer.repository ? undefined : absent)).toEqual({ known: false, reason });
  });

  test('that an account keeps from Apps is not used either', async () => {
    const refused = [
      { type: 'FORBIDDEN', path: ['repository'], message: 'Resource protected by organization SAML enforcement.' },
    ];
    expect(await ask({ repository: null }, refused)).toEqual({
      known: false,
      reason: 'the repository does not exist, or Steward may not see it',
    });
  });

  test('that cannot be read just now is asked for later', async () => {
    const lost = [{ path: ['repository'], message: 'Something went wrong' }];
    await expect(ask({ repository: null }, lost)).rejects.toThrow('A shared file could not be read');
  });

  test('of the same account may be private', async () => {
    const answer = shared({ isPrivate: true, owner: { login: 'ACME' } });
    expect(await ask(answer, undefined, { owner: 'acme' })).toMatchObject({ known: true });
  });

  test.each(['HEAD:secret', 'main~1', '-rf', 'a..b', 'x@{1}', ''])('at %j is not even asked for', async (ref) => {
    const opened = await platform().platform.open(PULL, ALL);
    expect(await opened.sharedPolicy({ ...reference, ref })).toEqual({
      known: false,
      reason: 'its reference is not the name of a branch, tag or commit',
    });
  });
});
