/** What a policy caused is taken back: comments deleted, issues closed as not planned; nothing of somebody else's is touched. */
import { describe, expect, test } from '@jest/globals';
import { closesGitHub, installed, pullRequest, REPOSITORY } from './installed.ts';

closesGitHub();

const WORDS = 'The policy that this followed from was taken back.';
const BODY = '<!-- steward:issue -->\nThree things are to fix.';

describe('a comment', () => {
  test('of Steward’s is deleted, once', async () => {
    const { platform, world, rocket } = await installed();
    world.push(rocket, 'topic', { author: world.user('ada'), message: 'A', files: { a: '1' } });
    const { number } = world.openPullRequest(rocket, { head: 'topic', author: 'ada' });
    const { comment } = world.comment(rocket, number, world.app.bot, '<!-- steward:comment -->\nOne step.');
    const again = () => platform.takeBack(pullRequest(number), { kind: 'comment', number: comment.id }, WORDS);
    expect([await again(), await again()]).toEqual([{ state: 'done' }, { state: 'gone' }]);
    expect(rocket.comments.size).toBe(0);
  });

  test('of somebody else’s stays', async () => {
    const { platform, world, rocket } = await installed();
    world.push(rocket, 'topic', { author: world.user('ada'), message: 'A', files: { a: '1' } });
    const { number } = world.openPullRequest(rocket, { head: 'topic', author: 'ada' });
    const { comment } = world.comment(rocket, number, 'ada', '<!-- steward:comment -->\nOne step.');
    expect(await platform.takeBack(pullRequest(number), { kind: 'comment', number: comment.id }, WORDS)).toMatchObject({
      state: 'refused',
    });
    expect(rocket.comments.size).toBe(1);
  });
});

describe('an issue', () => {
  test('of Steward’s is closed as not planned, says why, and keeps its mark and what it said', async () => {
    const { github, platform, world, rocket } = await installed();
    const { issue } = world.openIssue(rocket, { title: 'Upkeep', body: BODY, author: world.app.bot });
    const again = () => platform.takeBack(REPOSITORY, { kind: 'issue', number: issue.number }, WORDS);
    expect(await again()).toEqual({ state: 'done' });
    expect(issue).toMatchObject({ state: 'closed', stateReason: 'not_planned' });
    expect(issue.body).toMatch(/^<!-- steward:issue -->\nThe policy that this followed from was taken back\.\n/);
    expect(issue.body).toContain('Three things are to fix.');
    const mark = github.log.mark();
    expect(await again()).toEqual({ state: 'gone' });
    expect(github.log.writes(mark)).toEqual([]);
  });

  test('that leaves no room for what it said says why alone', async () => {
    const { platform, world, rocket } = await installed();
    const { issue } = world.openIssue(rocket, { title: 'U', body: `${BODY}${'x'.repeat(65_450)}`, author: world.app.bot });
    await platform.takeBack(REPOSITORY, { kind: 'issue', number: issue.number }, WORDS);
    expect(issue.body).toBe(`<!-- steward:issue -->\n${WORDS}`);
  });

  test('of somebody else’s stays open', async () => {
    const { platform, world, rocket } = await installed();
    const { issue } = world.openIssue(rocket, { title: 'Upkeep', body: BODY, author: 'ada' });
    expect(await platform.takeBack(REPOSITORY, { kind: 'issue', number: issue.number }, WORDS)).toEqual({
      state: 'refused',
      reason: `#${issue.number} is not an issue of Steward's`,
    });
    expect(issue.state).toBe('open');
  });

  test('in an archived repository cannot be closed, which is told', async () => {
    const { platform, world, rocket } = await installed();
    const { issue } = world.openIssue(rocket, { title: 'Upkeep', body: BODY, author: world.app.bot });
    world.archive(rocket);
    expect(await platform.takeBack(REPOSITORY, { kind: 'issue', number: issue.number }, WORDS)).toEqual({
      state: 'refused',
      reason: 'the repository is archived',
    });
  });
});
