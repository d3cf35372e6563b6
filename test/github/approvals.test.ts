/** Who approved a waiver is read from the reviews of the merged pull request that brought its content, and strictly. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../../src/facts/answer.ts';
import { counting } from '../../src/github/calls.ts';
import type { AskedApproval } from '../../src/spine/ports.ts';
import { entryAt } from '../support/github/git.ts';
import type { PullRequest, Repository } from '../support/github/model.ts';
import type { MergeMethod } from '../support/github/world/pulls.ts';
import { closesGitHub, installed, type Installed } from './installed.ts';

closesGitHub();

const HOME = { owner: 'acme', repo: '.github' };
const PATH = '.github/steward/waivers/dco-rocket.yml';
const TEXT = 'rule: dco\napprover: grace\n';

interface Place extends Installed {
  readonly home: Repository;
}

/** Grace writes in the policy repository, Ada proposes from a fork. */
async function place(): Promise<Place> {
  const at = await installed();
  const home = at.world.repository({ owner: at.acme, name: '.github', files: { 'README.md': '# Policies\n' } });
  at.world.user('grace');
  home.collaborators.set('grace', 'write');
  return { ...at, home };
}

function proposed({ world, home }: Place, text = TEXT, path = PATH): PullRequest {
  const fork = world.find('ada', '.github') ?? world.fork(home, 'ada');
  const branch = `waive-${home.pulls.size}`;
  world.push(fork, branch, { author: world.user('ada'), message: 'Waive', files: { [path]: text } });
  return world.openPullRequest(home, { head: { repository: fork, ref: branch }, author: 'ada' }).pull;
}

function asked({ home }: Place, more: Partial<AskedApproval> = {}): AskedApproval {
  const { path = PATH } = more;
  const tree = home.objects.commits.get(home.branches.get('main') ?? '')?.tree ?? '';
  return { path, oid: entryAt(home.objects, tree, path)?.oid ?? '', approver: 'grace', approvers: [], ...more };
}

async function told(at: Place, more: Partial<AskedApproval> = {}) {
  const [answer] = await at.platform.approvals(HOME, [asked(at, more)]);
  if (!answer) throw new Error('Nothing was answered.');
  return answer;
}

async function reason(at: Place, more: Partial<AskedApproval> = {}): Promise<string> {
  const answer = await told(at, more);
  return answer.state === 'approved' ? 'approved' : `${answer.state}: ${answer.reason}`;
}

const AGAIN = "bring it in again with a pull request of somebody else's that grace approves before it is merged";

describe('a waiver', () => {
  test.each<MergeMethod>(['merge', 'squash', 'rebase'])(
    'that was merged by %s with the approval of its approver is approved',
    async (method) => {
      const at = await place();
      const { number } = proposed(at);
      at.world.review(at.home, number, 'grace');
      at.world.mergePullRequest(at.home, number, 'grace', { method });
      expect(await told(at, { approver: 'Grace' })).toEqual({
        state: 'approved',
        by: { login: 'grace', accountId: at.world.user('grace').id },
        author: 'ada',
        pull: number,
        url: `https://github.com/acme/.github/pull/${number}`,
        mergedAt: at.home.pulls.get(number)?.mergedAt,
      });
    },
  );

  test('stays approved when other files change afterwards', async () => {
    const at = await place();
    const { number } = proposed(at);
    at.world.review(at.home, number, 'grace');
    at.world.mergePullRequest(at.home, number);
    at.world.push(at.home, 'main', { author: at.world.user('ada'), message: 'Else', files: { else: '1' } });
    expect(await reason(at)).toBe('approved');
  });

  test('that was pushed without a pull request is not, with the next step', async () => {
    const at = await place();
    at.world.push(at.home, 'main', { author: at.world.user('grace'), message: 'Waive', files: { [PATH]: TEXT } });
    expect(await reason(at)).toBe(
      `refused: ${PATH} was pushed without a pull request; take it back, and bring it in again with a pull request that its approver approves before it is merged`,
    );
  });

  test('whose pull request GitHub does not find yet is looked for again, and approved once it does', async () => {
    const at = await place();
    const { number } = proposed(at);
    at.world.review(at.home, number, 'grace');
    at.world.writesNow = true;
    at.world.mergePullRequest(at.home, number, 'grace', { method: 'squash' });
    at.world.lag = 60_000;
    expect(await reason(at)).toBe(
      `unknown: GitHub tells only some minutes after a merge which pull request brought ${PATH}, and this is such a moment`,
    );
    at.world.lag = 0;
    expect(await reason(at)).toBe('approved');
  });

  test('that was merged with commits from long before is looked for again too: the tip of the branch tells that it moved', async () => {
    const at = await place();
    const { number } = proposed(at);
    at.world.review(at.home, number, 'grace');
    at.world.writesNow = true;
    at.world.mergePullRequest(at.home, number, 'grace');
    at.world.lag = 60_000;
    expect(await reason(at)).toContain('unknown: GitHub tells only some minutes after a merge');
  });

  test.each([
    [-14, 'unknown'],
    [-16, 'refused'],
    [14, 'unknown'],
    [16, 'refused'],
  ])(
    'that was pushed by a clock %i minutes from now is %s: nothing is waited for longer than a quarter of an hour',
    async (minutes, state) => {
      const at = await place();
      at.world.writesNow = true;
      at.world.ahead = minutes * 60_000;
      at.world.push(at.home, 'main', { author: at.world.user('grace'), message: 'Waive', files: { [PATH]: TEXT } });
      expect((await told(at)).state).toBe(state);
    },
  );

  test('that was changed by a push after an approved merge is not', async () => {
    const at = await place();
    const { number } = proposed(at);
    at.world.review(at.home, number, 'grace');
    at.world.mergePullRequest(at.home, number);
    at.world.push(at.home, 'main', {
      author: at.world.user('ada'),
      message: 'More',
      files: { [PATH]: `${TEXT}until: 2099-01-01\n` },
    });
    expect(await reason(at)).toContain('was pushed without a pull request');
  });

  test('that nobody approved is not', async () => {
    const at = await place();
    const { number } = proposed(at);
    at.world.mergePullRequest(at.home, number);
    expect(await reason(at)).toBe(`refused: grace did not approve #${number}; ${AGAIN}`);
  });

  test('that somebody else than its approver approved is not', async () => {
    const at = await place();
    const { number } = proposed(at);
    at.world.review(at.home, number, 'eve');
    at.world.mergePullRequest(at.home, number);
    expect(await reason(at)).toContain('grace did not approve');
  });

  test.each(['CHANGES_REQUESTED', 'DISMISSED'] as const)(
    'of which the approver’s last word is %s is not; a mere comment takes nothing back',
    async (state) => {
      const at = await place();
      const { number } = proposed(at);
      at.world.review(at.home, number, 'grace');
      at.world.review(at.home, number, 'grace', 'COMMENTED');
      const merging = await place();
      const other = proposed(merging);
      merging.world.review(merging.home, other.number, 'grace');
      merging.world.review(merging.home, other.number, 'grace', state);
      for (const one of [at, merging]) one.world.mergePullRequest(one.home, 1);
      expect([await reason(at), await reason(merging)]).toEqual([
        'approved',
        `refused: grace did not approve #${other.number} in the end; ${AGAIN}`,
      ]);
    },
  );

  test('that was changed after its approval is not', async () => {
    const at = await place();
    const { number, head } = proposed(at);
    at.world.review(at.home, number, 'grace');
    if (!head.repository) throw new Error('There is no fork.');
    at.world.push(head.repository, head.ref, {
      author: at.world.user('ada'),
      message: 'More',
      files: { [PATH]: `${TEXT}# more\n` },
    });
    at.world.mergePullRequest(at.home, number);
    expect(await reason(at)).toBe(`refused: #${number} was changed after grace approved it; ${AGAIN}`);
  });

  test.each(['eve', 'grace'])(
    'whose pull request was brought up to date with its base after the approval, by %s, is approved',
    async (who) => {
      const at = await place();
      const { number } = proposed(at);
      at.world.review(at.home, number, 'grace');
      at.world.push(at.home, 'main', { author: at.world.user('eve'), message: 'Else', files: { else: '1' } });
      at.world.updateBranch(at.home, number, who);
      at.world.mergePullRequest(at.home, number);
      expect(await reason(at)).toBe('approved');
    },
  );

  test('beside which another file was changed after the approval is approved, and that file is not', async () => {
    const at = await place();
    const { number, head } = proposed(at);
    at.world.review(at.home, number, 'grace');
    if (!head.repository) throw new Error('There is no fork.');
    const other = '.github/steward/waivers/other.yml';
    at.world.push(head.repository, head.ref, {
      author: at.world.user('ada'),
      message: 'More',
      files: { [other]: `${TEXT}# 2\n` },
    });
    at.world.mergePullRequest(at.home, number);
    expect(await reason(at)).toBe('approved');
    expect(await reason(at, { path: other })).toContain(`#${number} was changed after grace approved it`);
  });

  test.each([
    ['is no merge', { message: 'Tidy' }],
    ['is not by GitHub', { message: "Merge branch 'main' into waive", sign: { isValid: true, byGitHub: false } }],
    ['changes the file', { message: "Merge branch 'main' into waive", files: { [PATH]: `${TEXT}# 2\n` } }],
  ])('with a commit of its approver that %s is not: only bringing it up to date makes nobody an author', async (_, commit) => {
    const at = await place();
    const { number, head } = proposed(at);
    if (!head.repository) throw new Error('There is no fork.');
    const sign = { isValid: true, byGitHub: true };
    at.world.push(head.repository, head.ref, { author: at.world.user('grace'), files: { else: '1' }, sign, ...commit });
    at.world.review(at.home, number, 'grace');
    at.world.mergePullRequest(at.home, number);
    expect(await reason(at)).toContain(`grace wrote some of #${number}`);
  });

  test('that was approved after its merge is not', async () => {
    const at = await place();
    const { number } = proposed(at);
    at.world.mergePullRequest(at.home, number);
    at.world.ahead += 60_000;
    at.world.review(at.home, number, 'grace');
    expect(await reason(at)).toBe(`refused: #${number} was merged before grace approved it; ${AGAIN}`);
  });

  test.each(['opened the pull request', 'wrote a commit'])('whose approver %s is not: nobody approves their own', async (how) => {
    const at = await place();
    const author = how === 'wrote a commit' ? at.world.user('grace') : at.world.user('ada');
    at.world.push(at.home, 'waive', { author, message: 'Waive', files: { [PATH]: TEXT } });
    const { number } = at.world.openPullRequest(at.home, { head: 'waive', author: how === 'wrote a commit' ? 'ada' : 'grace' });
    at.world.review(at.home, number, 'grace');
    at.world.mergePullRequest(at.home, number);
    expect(await reason(at)).toBe(`refused: grace wrote some of #${number}, and nobody approves their own waiver; ${AGAIN}`);
  });

  test('whose approver is a bot is not', async () => {
    const at = await place();
    const { number } = proposed(at);
    at.world.review(at.home, number, at.world.bot('helper'));
    at.world.mergePullRequest(at.home, number);
    expect(await reason(at, { approver: 'helper' })).toBe(
      'refused: helper is no person, and only people approve waivers; name a person as "approver"',
    );
  });

  test('whose approver has the name of an App that reviewed too is approved by the person alone', async () => {
    const at = await place();
    const { number } = proposed(at);
    at.world.review(at.home, number, at.world.bot('grace'));
    at.world.review(at.home, number, 'grace');
    at.world.mergePullRequest(at.home, number);
    expect(await reason(at)).toBe('approved');
  });

  test('merged into another branch is not', async () => {
    const at = await place();
    at.world.push(at.home, 'next', { author: at.world.user('eve'), message: 'Next', files: { next: '1' } });
    const { number } = at.world.openPullRequest(at.home, { head: branchWith(at), base: 'next', author: 'ada' });
    at.world.review(at.home, number, 'grace');
    at.world.mergePullRequest(at.home, number);
    const main = at.world.openPullRequest(at.home, { head: 'next', author: 'eve' });
    at.world.mergePullRequest(at.home, main.number);
    expect(await reason(at)).toContain(`grace did not approve #${main.number}`);
  });

  test('of which the base was changed after its approval is not: what was approved was the difference to another branch', async () => {
    const at = await place();
    at.world.push(at.home, 'waive', { author: at.world.user('ada'), message: 'Waive', files: { [PATH]: TEXT } });
    at.world.push(at.home, 'ready', { author: at.world.user('ada'), message: 'Ready', files: { [PATH]: TEXT } });
    const { number } = at.world.openPullRequest(at.home, { head: 'waive', base: 'ready', author: 'ada' });
    at.world.review(at.home, number, 'grace');
    at.world.ahead += 60_000;
    at.world.changeBase(at.home, number, 'main', 'ada');
    at.world.mergePullRequest(at.home, number);
    expect(await reason(at)).toBe(`refused: the base of #${number} was changed after grace approved it; ${AGAIN}`);
  });

  test('that reads otherwise by now is asked for again', async () => {
    const at = await place();
    const { number } = proposed(at);
    at.world.review(at.home, number, 'grace');
    at.world.mergePullRequest(at.home, number);
    expect(await reason(at, { oid: 'f'.repeat(40) })).toBe('unknown: the file has changed since it was read');
  });

  test('whose approver no login can be is told of without repeating that name', async () => {
    const at = await place();
    const { number } = proposed(at);
    at.world.mergePullRequest(at.home, number);
    expect(await reason(at, { approver: '<img src=x>' })).toContain('its approver did not approve');
  });
});

function branchWith({ world, home }: Place): string {
  world.push(home, 'waive', { author: world.user('ada'), message: 'Waive', files: { [PATH]: TEXT } });
  return 'waive';
}

describe('who may approve', () => {
  async function approved(): Promise<Place> {
    const at = await place();
    const { number } = proposed(at);
    at.world.review(at.home, number, 'grace');
    at.world.mergePullRequest(at.home, number);
    return at;
  }

  test('is whoever may write in the policy repository, unless the policy lists somebody', async () => {
    const at = await approved();
    at.home.collaborators.set('grace', 'read');
    expect(await reason(at)).toContain('grace may not write in the policy repository');
    expect(await reason(at, { approvers: ['GRACE'] })).toBe('approved');
    at.home.collaborators.delete('grace');
    expect(await reason(at, { approvers: ['GRACE'] })).toContain(
      'refused: grace is neither a member of the organization nor let into',
    );
    at.acme.members.set('grace', 'member');
    expect(await reason(at, { approvers: ['GRACE'] })).toBe('approved');
    expect(await reason(at, { approvers: ['eve'] })).toBe(
      'refused: grace is not among those who approve waivers; name another approver, or add grace to "waivers.approvers" of the policy',
    );
  });

  test('is who belongs to a listed team, which costs one call more for all of them', async () => {
    const at = await approved();
    at.acme.teams.set('office', new Set(['grace'])).set('legal', new Set(['eve']));
    const ask = (...approvers: readonly string[]) => counting(() => reason(at, { approvers }));
    expect(await ask('team:legal', 'team:Office')).toMatchObject({ value: 'approved', calls: { graphql: 2 } });
    expect((await ask('team:legal')).value).toContain('refused: grace is not among those who approve waivers');
    // Nobody has to be asked where the approver is listed by name.
    expect(await ask('team:legal', 'grace')).toMatchObject({ value: 'approved', calls: { graphql: 1 } });
  });

  test('is not known where a team cannot be seen, and never a yes', async () => {
    const at = await approved();
    expect(await reason(at, { approvers: ['team:gone'] })).toBe(
      'unknown: the members of the team gone cannot be seen; check its name in "waivers.approvers" of the policy',
    );
    at.github.trouble({ kind: 'status', status: 502, on: 'graphql' });
    expect(await reason(at)).toBe('unknown: GitHub does not tell just now');
  });
});

test('25 waivers cost two calls, and each is answered in its place', async () => {
  const at = await place();
  const paths = Array.from({ length: 25 }, (_, index) => `.github/steward/waivers/w${index}.yml`);
  const files = Object.fromEntries(paths.map((path) => [path, `${TEXT}# ${path}\n`]));
  const fork = at.world.fork(at.home, 'ada');
  at.world.push(fork, 'waive', { author: at.world.user('ada'), message: 'Waive', files });
  const { number } = at.world.openPullRequest(at.home, { head: { repository: fork, ref: 'waive' }, author: 'ada' });
  at.world.review(at.home, number, 'grace');
  at.world.mergePullRequest(at.home, number);
  at.world.push(at.home, 'main', { author: at.world.user('ada'), message: 'More', files: { [paths[22] ?? '']: 'x\n' } });
  const all = paths.map((path) => asked(at, { path }));
  const { value, calls } = await counting(() => at.platform.approvals(HOME, all));
  expect(calls).toMatchObject({ graphql: 2, rest: 0 });
  expect(value.flatMap(({ state }, index) => (state === 'approved' ? [] : [index]))).toEqual([22]);
});

describe('who belongs to teams', () => {
  test('is told in one call, before anybody approves', async () => {
    const at = await place();
    at.acme.teams.set('office', new Set(['grace'])).set('legal', new Set(['eve']));
    const asked = ['Grace', 'eve', 'ada', 'nobody'];
    const { value, calls } = await counting(() => at.platform.inTeams('acme', asked, ['office', 'legal']));
    expect(value).toEqual(known(['Grace', 'eve']));
    expect(calls).toMatchObject({ graphql: 1, rest: 0 });
  });

  test('is unknown where one of the teams cannot be seen, or the owner has not granted it', async () => {
    const at = await place();
    expect(await at.platform.inTeams('acme', ['grace'], ['gone'])).toEqual(
      unknown('the members of the team gone cannot be seen'),
    );
    const ungranted = await installed({ granted: { metadata: 'read', contents: 'read' } });
    expect(await ungranted.platform.inTeams('acme', ['grace'], ['office'])).toMatchObject({ known: false });
  });
});

describe('names in a policy', () => {
  test('that exist in no account and no team are told in one call', async () => {
    const at = await place();
    at.acme.teams.set('office', new Set(['grace']));
    const names = ['grace', 'nobody', 'team:Office', 'team:legal', 'not a login', 'helper[bot]'];
    const { value, calls } = await counting(() => at.platform.missing('acme', names));
    expect(value).toEqual(known(['nobody', 'team:legal', 'not a login']));
    expect(calls).toMatchObject({ graphql: 1, rest: 0 });
  });

  test('are unknown where GitHub does not tell, or the owner has not granted it', async () => {
    const at = await place();
    at.github.trouble({ kind: 'partial', on: 'graphql', path: ['u0'] });
    expect(await at.platform.missing('acme', ['grace'])).toMatchObject({ known: false });
    const ungranted = await installed({ granted: { metadata: 'read', contents: 'read' } });
    expect(await ungranted.platform.missing('acme', ['team:office'])).toMatchObject({ known: false });
  });
});
