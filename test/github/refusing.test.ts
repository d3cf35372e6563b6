/** Where nothing may be written, or GitHub not be asked at all, nothing leaves the process: not even a token is made. */
import { describe, expect, test } from '@jest/globals';
import { CallRefused, counting, refusing, WriteRefused } from '../../src/github/calls.ts';
import type { Effect } from '../../src/views/effect.ts';
import { ALL, closesGitHub, installed, pullRequest, REPOSITORY } from './installed.ts';

closesGitHub();

const NOTHING = { checkRuns: [], comment: null, issue: null, policyIssue: null, siblings: [] };
const body = '<!-- steward:comment -->\nx';

const EVERY: readonly Effect[] = [
  { kind: 'comment', number: 1, body, mode: 'upsert' },
  { kind: 'issue', title: 'Upkeep', body, state: 'open' },
  { kind: 'issue', about: 'policy', title: 'The policy', body, state: 'open' },
  { kind: 'reaction', commentId: 5, content: '+1' },
  { kind: 'reply', number: 1, commentId: 5, to: 'ada', body },
  {
    kind: 'check-run',
    name: 'Steward',
    sha: 'a'.repeat(40),
    conclusion: 'success',
    ...{ title: 't', summary: 's', text: 'x', annotations: [], detailsUrl: null, externalId: 'steward:1:x:none' },
  },
];

describe('without writes', () => {
  test.each(EVERY.map((effect) => [effect.kind, effect] as const))(
    'a %s is refused before anything is sent',
    async (_kind, effect) => {
      const { github, platform } = await installed();
      await expect(refusing('writes', () => platform.publish(pullRequest(1), [effect], NOTHING))).rejects.toThrow(WriteRefused);
      expect(github.log.entries.filter(({ method }) => method !== 'GET')).toEqual([]);
    },
  );

  test('reading goes on, with a token that may only read', async () => {
    const { github, platform } = await installed();
    const answer = await refusing('writes', async () => (await platform.open(REPOSITORY, ALL)).repository());
    expect(answer.known).toBe(true);
    expect(github.log.writes()).toEqual([]);
  });

  test('a token for writing that is there already is not handed out either', async () => {
    const { github, platform, world, rocket } = await installed();
    world.push(rocket, 'topic', { author: world.user('ada'), message: 'A', files: { a: '1' } });
    world.openPullRequest(rocket, { head: 'topic', author: 'ada' });
    await platform.publish(pullRequest(1), [{ kind: 'comment', number: 1, body, mode: 'upsert' }], NOTHING);
    const mark = github.log.mark();
    const api = await platform.connection.as('acme', 'comment');
    await expect(refusing('writes', () => api.request('GET /repos/acme/rocket'))).rejects.toThrow(WriteRefused);
    expect(github.log.entries.length).toBe(mark);
  });

  test.each([
    'mutation { x }',
    'query A { viewer { login } } mutation B { x }',
    '# query\nmutation { x }',
    'subscription { x }',
    '',
  ])('the GraphQL document %j is none that only reads', async (document) => {
    const { github, platform } = await installed();
    const api = await platform.connection.as('acme', 'read');
    await expect(refusing('writes', () => api.graphql(document))).rejects.toThrow(WriteRefused);
    expect(github.log.entries).toEqual([]);
  });

  test('refusals are counted, and requests that were made are not', async () => {
    const { platform } = await installed();
    const { refused, calls } = await counting(() =>
      refusing('writes', async () => {
        const api = await platform.connection.as('acme', 'issue');
        await api.request('DELETE /repos/acme/rocket/issues/comments/1').catch(() => undefined);
        await api.request('PATCH /repos/acme/rocket/issues/1').catch(() => undefined);
      }),
    );
    expect({ refused, calls }).toEqual({ refused: 2, calls: { graphql: 0, rest: 0, writes: 0, tokens: 0 } });
  });
});

describe('without calls', () => {
  test('nothing at all is sent, however deep, and also where only writes are refused within', async () => {
    const { github, platform } = await installed();
    const ask = () => refusing('writes', async () => (await platform.open(REPOSITORY, ALL)).repository());
    await expect(refusing('calls', ask)).rejects.toThrow(CallRefused);
    await expect(refusing('calls', () => platform.connection.slug())).rejects.toThrow(CallRefused);
    expect(github.log.entries).toEqual([]);
  });

  test('everything is as before afterwards, and for others meanwhile', async () => {
    const { platform } = await installed();
    const read = async () => (await platform.open(REPOSITORY, ALL)).repository();
    const [other, refused] = await Promise.allSettled([read(), refusing('calls', read)]);
    expect([other.status, refused.status]).toEqual(['fulfilled', 'rejected']);
    expect((await read()).known).toBe(true);
  });
});
