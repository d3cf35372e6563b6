/** Certification by comment: which commits a statement covers, and what counts as documentation. */
import { describe, expect, test } from '@jest/globals';
import type { Statement } from '../src/facts/source.ts';
import { certifiedByComment, isDocumentationOnly, mayCertifyByComment } from '../src/rules/dco/by-comment.ts';
import { aChange, aCommit, anAccount, anOid, BOB } from './support/builders.ts';
import { aSetting } from './support/setting.ts';

const jane = anAccount('jane', 1);
const fix = aCommit('Fix', { authorAccount: jane, committerAccount: jane });
const says = (seen: readonly string[], changes: Partial<Statement> = {}): Statement => ({
  accountId: 1,
  login: 'jane',
  at: '2026-03-10T12:00:00Z',
  commentId: 5,
  digest: 'd'.repeat(64),
  seen,
  ...changes,
});
const covered = (setting: Parameters<typeof aSetting>[0], byComment: 'all' | 'docs' | 'off' = 'all'): readonly string[] => [
  ...certifiedByComment(aSetting(setting, { byComment })).keys(),
];

describe('a statement covers', () => {
  test("its writer's own commits that were there when it was said", () => {
    const commits = [fix, aCommit('Later', { authorAccount: jane })];
    expect(covered({ commits, statements: [says([fix.sha])] })).toEqual([fix.sha]);
  });

  test("the writer's commit that somebody else committed", () => {
    const commits = [{ ...fix, committer: BOB, committerAccount: anAccount('bob', 2) }];
    expect(covered({ commits, statements: [says([fix.sha])] })).toEqual([fix.sha]);
  });

  test('a commit once: the first word on it stands', () => {
    const statements = [says([fix.sha]), says([fix.sha], { commentId: 6 })];
    const found = certifiedByComment(aSetting({ commits: [fix], statements }, { byComment: 'all' }));
    expect(found.get(fix.sha)?.commentId).toBe(5);
  });
});

describe('a statement does not cover', () => {
  test.each([
    ['commits of others', { ...fix, author: BOB, authorAccount: anAccount('bob', 2) }],
    ['what its writer only committed', { ...fix, author: BOB, authorAccount: anAccount('bob', 2), committerAccount: jane }],
    ['a commit without an author account, whatever name it bears', { ...fix, authorAccount: null }],
    ['a commit of an account with the same login', { ...fix, authorAccount: anAccount('jane', 11) }],
    ['the work of a bot', { ...fix, authorAccount: anAccount('jane', 1, 'Bot') }],
  ])('%s', (_, commit) => {
    expect(covered({ commits: [commit], statements: [says([fix.sha])] })).toEqual([]);
  });

  test('the work of an AI agent, whose account cannot certify', () => {
    const commit = aCommit('Fix', { authorAccount: anAccount('claude', 81847) });
    expect(covered({ commits: [commit], statements: [says([commit.sha], { accountId: 81847 })] })).toEqual([]);
  });

  test('commits that were not there: a force-push asks again', () => {
    expect(covered({ commits: [fix], statements: [says([anOid('before the force-push')])] })).toEqual([]);
  });

  test('anything where policy takes none', () => {
    expect(covered({ commits: [fix], statements: [says([fix.sha])] }, 'off')).toEqual([]);
  });
});

describe('for documentation only', () => {
  const statements = [says([fix.sha])];
  test('a statement counts where nothing else changes', () => {
    expect(covered({ commits: [fix], statements, changes: [aChange('README.md')] }, 'docs')).toEqual([fix.sha]);
  });

  test('it does not where one other file changes', () => {
    expect(covered({ commits: [fix], statements, changes: [aChange('README.md'), aChange('src/a.ts')] }, 'docs')).toEqual([]);
  });

  test('it does not where the changes are not known', () => {
    expect(covered({ commits: [fix], statements, changes: null }, 'docs')).toEqual([]);
    expect(mayCertifyByComment(aSetting({ changes: null }, { byComment: 'docs' }))).toBe(false);
    expect(mayCertifyByComment(aSetting({ changes: null }, { byComment: 'all' }))).toBe(true);
  });

  test.each([
    'README.md',
    'CHANGELOG.MD',
    'guide/intro.mdx',
    'doc/index.rst',
    'a.adoc',
    'docs/notes.txt',
    'docs/img/a.png',
    'site/docs/b.svg',
    'doc/c.JPEG',
  ])('%s is documentation', (path) => {
    expect(isDocumentationOnly([aChange(path)])).toBe(true);
  });

  test.each([
    'src/a.ts',
    'requirements.txt',
    'CMakeLists.txt',
    'logo.png',
    'docs/conf.py',
    'docs/package.json',
    'docs/Makefile',
    'docs.md/a.ts',
    'mydocs/a.txt',
    '.github/workflows/docs.yml',
    'LICENSE.md',
    'sub/COPYING.rst',
    'NOTICE',
    'docs/DCO.txt',
    'cla.md',
    'license-apache.md',
    'readme',
  ])('%s is not', (path) => {
    expect(isDocumentationOnly([aChange(path)])).toBe(false);
  });

  test('words that only begin like terms are documentation', () => {
    expect(isDocumentationOnly([aChange('docs/classes.md'), aChange('docs/noticeboard.md'), aChange('licensing/guide.md')])).toBe(
      true,
    );
  });

  test('a file that came from elsewhere is not: what it was before is not known', () => {
    expect(isDocumentationOnly([aChange('docs/a.md', 'renamed')])).toBe(false);
    expect(isDocumentationOnly([aChange('docs/a.md', 'removed'), aChange('docs/b.md', 'added')])).toBe(true);
  });
});
