/** What people without a clone paste as the message of a commit on github.com: made with it, the commit passes and so do the others. */
import { describe, expect, test } from '@jest/globals';
import type { Commit } from '../src/facts/source.ts';
import { dco } from '../src/rules/dco/index.ts';
import type { Finding } from '../src/rules/rule.ts';
import { aCommit, aContribution, anAccount, anOid, aRepository, BOB } from './support/builders.ts';

const ACCOUNT = anAccount('jane', 1);
const NOREPLY = { name: 'Jane Doe', email: '1+jane@users.noreply.github.com' };
/** An edit on github.com: the author is the web identity of the account, the committer GitHub, which signs. */
const WEB = {
  author: NOREPLY,
  authorAccount: ACCOUNT,
  committer: { name: 'GitHub', email: 'noreply@github.com' },
  committerAccount: anAccount('web-flow', 19_864_447),
  signature: { isVerified: true, byGitHub: true },
};
const edit = (message: string, changes: Partial<Commit> = {}): Commit => aCommit(message, { ...WEB, ...changes });

function judged(commits: readonly Commit[], options: object = {}, number: number | null = 7): readonly Finding[] {
  const facts = {
    commits,
    contribution: aContribution({ number, author: ACCOUNT }),
    repository: aRepository(),
    mailmap: null,
    memberships: [],
    statements: [],
    certified: [],
    changes: null,
  };
  return dco.check(facts, dco.options.parse(options));
}

const pasteOf = (findings: readonly Finding[]): string | undefined => findings.find(({ paste }) => paste !== undefined)?.paste;

/** Pastes what is told until nothing is; what is found then, and how often it took. */
function mended(commits: readonly Commit[], options: object = {}, more: Partial<Commit> = {}) {
  const branch = [...commits];
  for (let times = 0; ; times += 1) {
    const findings = judged(branch, options);
    const paste = pasteOf(findings);
    if (paste === undefined || times > 9) return { times, outcomes: [...new Set(findings.map(({ outcome }) => outcome))] };
    branch.push(edit(paste, { sha: anOid(`edit ${times}`), ...more }));
  }
}

const edits = (count: number): readonly Commit[] => Array.from({ length: count }, (_, index) => edit(`Edit ${index}`));

describe('the text for github.com', () => {
  test('has a title, a line for each commit, and the sign-off of the same person', () => {
    const [one, other] = [edit('Fix'), edit('Oil')];
    const by = 'I, Jane Doe <1+jane@users.noreply.github.com>, hereby add my Signed-off-by to this commit:';
    expect(judged([one, other]).map(({ paste }) => paste)).toEqual(
      [one, other].map(
        () =>
          `Sign off earlier commits\n\n${by} ${one.sha}\n${by} ${other.sha}\n\nSigned-off-by: Jane Doe <1+jane@users.noreply.github.com>`,
      ),
    );
  });

  test.each([
    ['one commit', edits(1), {}, 1],
    ['twenty-five', edits(25), {}, 1],
    ['sixty: the next text comes with the check that follows', edits(60), {}, 3],
    [
      'one before that of somebody else',
      [edit('Fix'), aCommit('Oil\n\nSigned-off-by: Bob Roe <bob@example.org>', { author: BOB })],
      {},
      1,
    ],
    ['under strict trailers', edits(2), { trailers: 'strict' }, 1],
    ['under compat', edits(2), { trailers: 'compat' }, 1],
    ['where only authors may sign', edits(2), { committerMaySign: false }, 1],
    [
      'under two addresses of the account, of which the later one signs',
      [edit('Fix', { author: { name: 'Jane Doe', email: 'jane@example.org' } }), edit('Oil')],
      {},
      1,
    ],
  ])('mends %s', (_, commits, options, times) => {
    expect(mended(commits, options)).toEqual({ times, outcomes: ['pass'] });
  });

  test('mends also when the editor ends its lines as Windows does', () => {
    const commits = edits(2);
    const paste = pasteOf(judged(commits)) ?? '';
    const after = judged([...commits, edit(paste.replaceAll('\n', '\r\n'))]);
    expect(after.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass']);
  });

  test('is given for the commits that it names, and for no others', () => {
    expect(judged(edits(30)).filter(({ paste }) => paste !== undefined)).toHaveLength(25);
    const renamed = [edit('Fix', { author: { ...NOREPLY, name: 'Jane Roe' } }), edit('Oil')];
    expect(judged(renamed).map(({ paste }) => paste?.includes(anOid('Oil')))).toEqual([undefined, true]);
  });

  test.each<[string, readonly Commit[], object, number | null]>([
    ['a commit was made in a clone', [edit('Fix'), aCommit('Oil', { author: NOREPLY, authorAccount: ACCOUNT })], {}, 7],
    ['GitHub knows no account, so nobody can tell what its editor would write', [edit('Fix', { authorAccount: null })], {}, 7],
    ['the policy takes no later sign-off', edits(2), { remediation: 'off' }, 7],
    ['the policy wants addresses that take mail', edits(2), { noreply: 'forbid' }, 7],
    ['the commits are those of a clone', edits(2), {}, null],
  ])('is not given where %s', (_, commits, options, number) => {
    expect(pasteOf(judged(commits, options, number))).toBeUndefined();
  });
});
