/** What administrators read of a version that is held, and how to go on. */
import { expect, test } from '@jest/globals';
import { NO_WAIVERS } from '../../src/policy/waivers/waiver.ts';
import { policyIssue, type PolicyMatters } from '../../src/views/policy-issue.ts';

function bodyOf(held: PolicyMatters['held']): string {
  const at = { repository: 'acme/.github', url: null, sha: 'f'.repeat(40), now: new Date('2026-03-10T12:00:00Z') };
  const [issue] = policyIssue({ ...at, problems: [], waivers: NO_WAIVERS, held });
  return issue?.kind === 'issue' ? issue.body : '';
}

test('a version that fails too much is held, with the limit that would let it through', () => {
  const body = bodyOf({ newFailures: 12, limit: 10, page: 'https://steward.example.org/policy/previews/x' });
  expect(body).toContain('12 repositories would newly fail, now or by what is planned');
  expect(body).toContain('raise `maxNewFailures` to 12');
  expect(body).toContain('(https://steward.example.org/policy/previews/x)');
});

test('a version that could not be judged in time is held, and no number is offered', () => {
  const body = bodyOf({ newFailures: null, limit: 10, page: null });
  expect(body).toContain('could not be judged in time');
  expect(body).toContain('in smaller parts');
  expect(body).not.toMatch(/null|raise/);
});
