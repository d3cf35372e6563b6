import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../src/facts/answer.ts';
import { openCheckout, type Checkout } from '../src/cli/checkout.ts';
import { remoteName } from '../src/cli/repository.ts';
import { ADA, aFolder, aRepository, GRACE, removeFolders, runGit } from './support/repository.ts';

afterAll(removeFolders);

const value = <T>(answer: Answer<T>): T => {
  if (!answer.known) throw new Error(`unknown: ${answer.reason}`);
  return answer.value;
};
const reason = (answer: Answer<unknown>): string => (answer.known ? 'known' : answer.reason);
const names = async (checkout: Checkout, path = ''): Promise<readonly string[] | undefined> =>
  value(await checkout.directory('head', path))?.map(({ kind, name }) => `${kind} ${name}`);
const text = async (checkout: Checkout, name: string): Promise<Answer<string>> => {
  const entry = value(await checkout.directory('head', ''))?.find((one) => one.name === name);
  return checkout.text('head', entry?.oid ?? '');
};

describe('what a path leads to', () => {
  test('a folder inside a clone leads to the whole repository', async () => {
    const repository = aRepository();
    repository.write('docs/guide/index.md', 'Hello');
    repository.commit('Begin');
    const checkout = await openCheckout(join(repository.path, 'docs/guide'));
    expect(await names(checkout)).toEqual(['directory docs']);
    expect(checkout.name).toBe('example');
  });

  test('a bare repository is read like any other, and has no work tree to be dirty', async () => {
    const repository = aRepository();
    repository.write('README.md', 'Hello');
    const sha = repository.commit('Begin');
    const bare = join(aFolder(), 'project.git');
    runGit(repository.path, ['clone', '--quiet', '--bare', '.', bare]);
    const checkout = await openCheckout(bare);
    expect({ ...checkout }).toMatchObject({ headSha: sha, isDirty: null });
    expect(await names(checkout)).toEqual(['file README.md']);
  });

  test('a linked work tree is judged at its own HEAD', async () => {
    const repository = aRepository();
    repository.commit('Begin');
    const linked = join(aFolder(), 'linked');
    repository.git('worktree', 'add', '--quiet', '-b', 'feature/größe', linked);
    aRepository({ at: linked }).write('NEW.md', 'x');
    aRepository({ at: linked }).commit('Add');
    const checkout = await openCheckout(linked, { base: 'main' });
    expect(await names(checkout)).toEqual(['file NEW.md']);
    expect(value(await checkout.contribution()).headRef).toBe('feature/größe');
    expect(value(await checkout.commits())).toHaveLength(1);
  });

  test('a repository without commits has nothing to judge', async () => {
    const checkout = await openCheckout(aRepository().path);
    expect(checkout.headSha).toBeNull();
    expect(value(await checkout.repository()).defaultBranch).toBeNull();
    expect(reason(await checkout.directory('head', ''))).toBe('the repository has no commit yet');
  });

  test('a detached HEAD is judged where it stands', async () => {
    const repository = aRepository();
    const first = repository.commit('One');
    repository.commit('Two');
    repository.git('checkout', '--quiet', '--detach', first);
    const checkout = await openCheckout(repository.path);
    expect(checkout.headSha).toBe(first);
    expect(value(await checkout.repository()).defaultBranch).toBe('HEAD');
  });

  test('a path that is no repository, no folder or nothing at all is the caller’s mistake, in words', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(openCheckout(folder)).rejects.toThrow('is not in a git repository');
    await expect(openCheckout(join(folder, 'file'))).rejects.toThrow('is not a folder');
    await expect(openCheckout(join(folder, 'nothing'))).rejects.toThrow('is not a folder');
  });

  test.each(['nowhere', '--all', '-n', 'HEAD~9', '', 'main:README.md'])(
    'a base %p that names no commit is refused',
    async (base) => {
      const repository = aRepository();
      repository.write('README.md', 'Hello');
      repository.commit('Begin');
      await expect(openCheckout(repository.path, { base })).rejects.toThrow('names no commit of this clone');
    },
  );

  test('the work tree is not judged, and it is told when it differs', async () => {
    const repository = aRepository();
    repository.write('README.md', 'Hello');
    repository.commit('Begin');
    expect((await openCheckout(repository.path)).isDirty).toBe(false);
    repository.write('README.md', 'Changed');
    const checkout = await openCheckout(repository.path);
    expect(checkout.isDirty).toBe(true);
    expect(value(await text(checkout, 'README.md'))).toBe('Hello');
  });
});

describe('the name of a clone', () => {
  test.each([
    ['https://github.com/ada/engine.git', 'ada', 'engine', 'https://github.com/ada/engine'],
    ['https://x-access-token:secret@github.com/ada/engine', 'ada', 'engine', 'https://github.com/ada/engine'],
    ['git@github.com:ada/engine.git', 'ada', 'engine', 'https://github.com/ada/engine'],
    ['ssh://git@github.com:22/ada/engine/', 'ada', 'engine', 'https://github.com/ada/engine'],
    ['https://git.example.org/ada/.github', 'ada', '.github', null],
  ])('%s', (remote, owner, name, url) => {
    expect(remoteName(remote)).toEqual({ owner, name, url });
  });

  test.each(['', '/srv/git/engine.git', '../engine', 'https://github.com/ada/..', 'https://github.com/a b/c', 'file:///x'])(
    '%p names no repository on a host',
    (remote) => {
      expect(remoteName(remote)).toBeNull();
    },
  );

  test('without a remote, the folder gives the name', async () => {
    const repository = aRepository({ name: 'analytical engine' });
    repository.commit('Begin');
    expect(await openCheckout(repository.path)).toMatchObject({ owner: 'local', name: 'analytical engine' });
  });
});

describe('trees', () => {
  test('names keep their spaces, quotes, line breaks and scripts; bytes that are no UTF-8 are replaced', async () => {
    const repository = aRepository();
    for (const name of ['with space', 'quo"te\'s', 'line\nbreak', 'größe-長さ', '-dash', 'tab\tbed'])
      repository.write(name, name);
    repository.write(Buffer.from([0x66, 0xff, 0x66]), 'latin');
    repository.commit('Begin');
    const checkout = await openCheckout(repository.path);
    expect(new Set(await names(checkout))).toEqual(
      new Set(
        ['with space', 'quo"te\'s', 'line\nbreak', 'größe-長さ', '-dash', 'tab\tbed', 'f\ufffdf'].map((name) => `file ${name}`),
      ),
    );
    expect(value(await text(checkout, 'line\nbreak'))).toBe('line\nbreak');
  });

  test('links are seen and never followed, wherever they point', async () => {
    const repository = aRepository();
    repository.write('docs/README.md', 'Hello');
    repository.link('inside', 'docs/README.md');
    repository.link('dangling', 'nowhere');
    repository.link('outside', '/etc/passwd');
    repository.link('folder', 'docs');
    repository.commit('Begin');
    const checkout = await openCheckout(repository.path);
    expect(await names(checkout)).toEqual([
      'symlink dangling',
      'directory docs',
      'symlink folder',
      'symlink inside',
      'symlink outside',
    ]);
    expect(value(await text(checkout, 'outside'))).toBe('/etc/passwd');
    expect(await names(checkout, 'folder')).toBeUndefined();
  });

  test('a folder that is not there, or is a file, has no entries', async () => {
    const repository = aRepository();
    repository.write('docs', 'a file');
    repository.commit('Begin');
    const checkout = await openCheckout(repository.path);
    expect(value(await checkout.directory('head', 'docs'))).toBeNull();
    expect(value(await checkout.directory('head', 'docs/deeper'))).toBeNull();
    expect(value(await checkout.directory('head', '.github'))).toBeNull();
  });

  test('a submodule is an entry without text', async () => {
    const inner = aRepository();
    inner.commit('Inner');
    const repository = aRepository();
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'vendored');
    repository.commit('Add a submodule');
    const checkout = await openCheckout(repository.path);
    expect(await names(checkout)).toEqual(['file .gitmodules', 'submodule vendored']);
    expect(reason(await text(checkout, 'vendored'))).toMatch(/not in this clone/);
  });

  test('large files and files that are no text are unknown, and say so', async () => {
    const repository = aRepository();
    repository.write('big.txt', 'x'.repeat(1024 * 1024 + 1));
    repository.write('just.txt', 'x'.repeat(1024 * 1024));
    repository.write('binary', Buffer.from([1, 0, 2]));
    repository.write('empty', '');
    repository.commit('Begin');
    const checkout = await openCheckout(repository.path);
    expect(reason(await text(checkout, 'big.txt'))).toBe('the file is larger than 1 MiB (2 MiB)');
    expect(reason(await text(checkout, 'binary'))).toBe('the file is not text');
    expect(value(await text(checkout, 'just.txt'))).toHaveLength(1024 * 1024);
    expect(value(await text(checkout, 'empty'))).toBe('');
  });

  test('the base tree is the tip of the base, and the defaults come from the clone that is given', async () => {
    const shared = aRepository({ name: '.github' });
    shared.write('SECURITY.md', 'Report');
    shared.commit('Begin');
    const repository = aRepository();
    repository.commit('Begin');
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write('NEW.md', 'x');
    repository.commit('Add');
    repository.git('checkout', '--quiet', 'main');
    repository.write('MAIN.md', 'x');
    repository.commit('Go on');
    repository.git('checkout', '--quiet', 'topic');
    const checkout = await openCheckout(repository.path, { base: 'main', defaults: shared.path });
    expect(value(await checkout.directory('base', ''))?.map(({ name }) => name)).toEqual(['MAIN.md']);
    const [file] = value(await checkout.directory('defaults', '')) ?? [];
    expect(value(await checkout.text('defaults', file?.oid ?? ''))).toBe('Report');
    const without = await openCheckout(repository.path);
    expect(reason(await without.directory('defaults', ''))).toMatch(/--defaults PATH/);
    expect(reason(await without.directory('base', ''))).toMatch(/--base REF/);
  });
});

describe('commits since a base', () => {
  test('they come oldest first, whole and as they were written', async () => {
    const repository = aRepository();
    const base = repository.commit('Begin');
    const one = repository.commit('Erste Größe 長さ\r\n\r\nBody\r\n', { author: GRACE, committer: ADA });
    const two = repository.commit('');
    const checkout = await openCheckout(repository.path, { base });
    expect(value(await checkout.commits())).toEqual([
      {
        sha: one,
        message: 'Erste Größe 長さ\r\n\r\nBody\r\n',
        author: { name: 'Grace Hopper', email: 'grace@example.org' },
        committer: { name: 'Ada Lovelace', email: 'ada@example.org' },
        authorAccount: null,
        committerAccount: null,
        parents: [base],
        signature: null,
        coAuthors: [],
        tree: repository.git('rev-parse', `${one}^{tree}`).trim(),
        committedAt: '2026-01-01T00:02:00Z',
      },
      expect.objectContaining({ sha: two, message: '', parents: [one] }),
    ]);
  });

  test('a merge brings its parents and the commits of the merged branch', async () => {
    const repository = aRepository();
    const base = repository.commit('Begin');
    repository.git('checkout', '--quiet', '-b', 'side/branch-with-ü');
    const side = repository.commit('Aside');
    repository.git('checkout', '--quiet', 'main');
    const on = repository.commit('Go on');
    repository.git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'side/branch-with-ü');
    const checkout = await openCheckout(repository.path, { base });
    const commits = value(await checkout.commits());
    expect(new Set(commits.slice(0, 2).map(({ sha }) => sha))).toEqual(new Set([side, on]));
    expect(commits[2]?.parents).toEqual([on, side]);
  });

  test('a commit in another encoding is decoded as it says, and broken bytes do no harm', async () => {
    const repository = aRepository();
    const base = repository.commit('Begin');
    const tree = repository.git('rev-parse', 'HEAD^{tree}').trim();
    const raw = (encoding: string, parent: string): Buffer =>
      Buffer.from(
        `tree ${tree}\nparent ${parent}\nauthor Gr\xf6\xdfe <g@example.org> 1767225600 +0000\n` +
          `committer Gr\xf6\xdfe <g@example.org> 1767225600 +0000\n${encoding}\nGr\xf6\xdfe\n`,
        'latin1',
      );
    const latin = repository.object('commit', raw('encoding ISO-8859-1\n', base));
    const broken = repository.object('commit', raw('', latin));
    const nobody = repository.object('commit', raw('encoding klingon\n', broken));
    repository.git('reset', '--quiet', '--hard', nobody);
    const checkout = await openCheckout(repository.path, { base });
    const commits = value(await checkout.commits());
    expect(commits.map(({ author, message }) => [author.name, message])).toEqual([
      ['Größe', 'Größe\n'],
      ['Gr\ufffd\ufffde', 'Gr\ufffd\ufffde\n'],
      ['Gr\ufffd\ufffde', 'Gr\ufffd\ufffde\n'],
    ]);
  });

  test('a signature is seen but not taken for verified; one inside a message is none', async () => {
    const repository = aRepository();
    const base = repository.commit('Begin');
    const tree = repository.git('rev-parse', 'HEAD^{tree}').trim();
    const signed = repository.object(
      'commit',
      `tree ${tree}\nparent ${base}\nauthor ${ADA} 1767225600 +0000\ncommitter ${ADA} 1767225600 +0000\n` +
        'gpgsig -----BEGIN PGP SIGNATURE-----\n \n author Mallory <m@example.org> 1 +0000\n -----END PGP SIGNATURE-----\n\nSigned\n',
    );
    repository.git('reset', '--quiet', '--hard', signed);
    repository.commit('gpgsig no\n\ngpgsig no');
    const checkout = await openCheckout(repository.path, { base });
    const commits = value(await checkout.commits());
    expect(commits.map(({ signature }) => signature)).toEqual([{ isVerified: null, byGitHub: false }, null]);
    expect(commits[0]?.author.name).toBe('Ada Lovelace');
    expect(commits[0]?.message).toBe('Signed\n');
  });

  test('HEAD at the base adds nothing', async () => {
    const repository = aRepository();
    repository.commit('Begin');
    const checkout = await openCheckout(repository.path, { base: 'main' });
    expect(value(await checkout.commits())).toEqual([]);
    expect(value(await checkout.changes())).toEqual([]);
  });

  test('replaced objects and mail maps do not change what is judged', async () => {
    const repository = aRepository();
    const base = repository.commit('Begin');
    repository.write('.mailmap', `Somebody Else <else@example.org> <ada@example.org>\n`);
    const real = repository.commit('Real');
    const fake = repository.git('commit-tree', `${real}^{tree}`, '-p', base, '-m', 'Fake').trim();
    repository.git('replace', real, fake);
    const checkout = await openCheckout(repository.path, { base });
    expect(value(await checkout.commits()).map(({ message, author }) => [message, author.name])).toEqual([
      ['Real', 'Ada Lovelace'],
    ]);
  });
});

describe('what a clone knows of people and time', () => {
  test('co-authors are named without accounts, and a time that git cannot mean is the beginning of time', async () => {
    const repository = aRepository();
    const base = repository.commit('Begin');
    repository.commit(`Change\n\nCo-authored-by: ${GRACE}\nCo-authored-by: ${GRACE}\nCo-authored-by: no address`);
    const tree = repository.git('rev-parse', 'HEAD^{tree}').trim();
    const person = 'Ada <ada@example.org>';
    const raw = `tree ${tree}\nparent ${base}\nauthor ${person} 0 +0000\ncommitter ${person} 99999999999999 +0000\n\nOdd\n`;
    const odd = repository.object('commit', raw);
    const [change] = value(await (await openCheckout(repository.path, { base })).commits());
    expect(change?.coAuthors).toEqual([{ name: 'Grace Hopper', email: 'grace@example.org', account: null }]);
    const [far] = value(await (await openCheckout(repository.path, { base, head: odd })).commits());
    expect(far?.committedAt).toBe('1970-01-01T00:00:00Z');
  });

  test('the mail map is the one of the base; a link is none', async () => {
    const repository = aRepository();
    repository.write('.mailmap', 'Ada <ada@example.org>\n');
    const base = repository.commit('Begin');
    repository.git('rm', '--quiet', '.mailmap');
    repository.link('.mailmap', 'elsewhere');
    repository.commit('Link it');
    expect(value(await (await openCheckout(repository.path, { base })).mailmap())).toBe('Ada <ada@example.org>\n');
    expect(value(await (await openCheckout(repository.path)).mailmap())).toBeNull();
  });

  test('the history is every commit since a time, newest first', async () => {
    const repository = aRepository();
    repository.commit('Begin');
    const two = repository.commit('Two');
    repository.git('checkout', '--quiet', '-b', 'topic');
    const three = repository.commit('Three');
    const shas = async (options: { base?: string }, since: string) =>
      value(await (await openCheckout(repository.path, options)).history(since)).map(({ sha }) => sha);
    expect(await shas({}, '2026-01-01T00:02:00Z')).toEqual([three, two]);
    expect(await shas({ base: 'main' }, '2026-01-01T00:02:00Z')).toEqual([two]);
    expect(await shas({}, '2027-01-01T00:00:00Z')).toEqual([]);
  });

  test('a history that a shallow clone cuts off is unknown', async () => {
    const repository = aRepository();
    for (const message of ['One', 'Two', 'Three']) repository.commit(message);
    const clone = aRepository({ at: aFolder('shallow') });
    clone.git('clone', '--quiet', '--depth=2', `file://${repository.path}`, '.');
    const checkout = await openCheckout(clone.path);
    expect(await checkout.history('2026-01-01T00:00:00Z')).toMatchObject({ known: false });
    expect(await checkout.history('2026-01-01T00:03:00Z')).toMatchObject({ known: true, value: [{ message: 'Three' }] });
  });
});

describe('changes since a base', () => {
  test('they are compared with the merge base, under GitHub’s names', async () => {
    const repository = aRepository();
    const long = Array.from({ length: 50 }, (_, line) => `line ${line}\n`).join('');
    for (const name of ['stays', 'goes', 'turns']) repository.write(name, name);
    repository.write('moves', `moves\n${long}`);
    repository.commit('Begin');
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.git('rm', '--quiet', 'goes', 'turns');
    repository.git('mv', 'moves', 'moved here\n"so"');
    repository.write('moved here\n"so"', `moves!\n${long}`);
    repository.write('stays', 'otherwise');
    repository.write('größe', 'new');
    repository.link('turns', 'stays');
    repository.commit('Change');
    repository.git('checkout', '--quiet', 'main');
    repository.write('only-on-main', 'x');
    repository.commit('Go on');
    repository.git('checkout', '--quiet', 'topic');
    const checkout = await openCheckout(repository.path, { base: 'main' });
    const changes = value(await checkout.changes()).map(({ status, path }) => `${status} ${path}`);
    expect(new Set(changes)).toEqual(
      new Set(['removed goes', 'renamed moved here\n"so"', 'added größe', 'modified stays', 'changed turns']),
    );
    expect(value(await checkout.renames())).toEqual([{ from: 'moves', to: 'moved here\n"so"' }]);
  });

  test('branches that share no history cannot be compared', async () => {
    const repository = aRepository();
    repository.commit('Begin');
    repository.git('checkout', '--quiet', '--orphan', 'other');
    repository.commit('Begin anew');
    const checkout = await openCheckout(repository.path, { base: 'main' });
    expect(reason(await checkout.changes())).toMatch(/share no history/);
    expect(value(await checkout.commits())).toHaveLength(1);
  });
});

describe('incomplete clones', () => {
  test('a shallow clone that cuts the range knows neither its commits nor its changes', async () => {
    const origin = aRepository();
    origin.commit('One');
    origin.git('branch', 'old');
    for (const word of ['Two', 'Three', 'Four']) origin.commit(word);
    const clone = join(aFolder(), 'clone');
    runGit(origin.path, ['clone', '--quiet', '--depth=2', `file://${origin.path}`, clone]);
    runGit(clone, ['fetch', '--quiet', '--depth=1', 'origin', 'old:old']);
    const cut = await openCheckout(clone, { base: 'old' });
    expect(reason(await cut.commits())).toMatch(/git fetch --unshallow/);
    expect(reason(await cut.changes())).toMatch(/git fetch --unshallow/);
    const whole = await openCheckout(clone, { base: 'HEAD~1' });
    expect(value(await whole.commits()).map(({ message }) => message)).toEqual(['Four']);
    await expect(openCheckout(clone, { base: 'HEAD~2' })).rejects.toThrow('git fetch --unshallow');
  });

  test('a shallow base may hide that commits are already its own', async () => {
    const origin = aRepository();
    origin.commit('One');
    origin.git('branch', 'topic');
    origin.git('checkout', '--quiet', 'topic');
    origin.commit('Two');
    origin.git('checkout', '--quiet', 'main');
    origin.git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic');
    origin.commit('Three');
    const clone = join(aFolder(), 'clone');
    runGit(origin.path, ['clone', '--quiet', '--depth=1', `file://${origin.path}`, clone]);
    runGit(clone, ['fetch', '--quiet', '--depth=2', 'origin', 'topic:topic']);
    runGit(clone, ['checkout', '--quiet', 'topic']);
    const checkout = await openCheckout(clone, { base: 'origin/main' });
    expect(reason(await checkout.commits())).toMatch(/git fetch --unshallow/);
  });

  test('a partial clone answers from what it has and fetches nothing', async () => {
    const origin = aRepository();
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const long = Array.from({ length: 50 }, (_, line) => `line ${line}\n`).join('');
    origin.write('moves', long);
    origin.write('README.md', 'Hello');
    const base = origin.commit('Begin');
    origin.git('mv', 'moves', 'moved');
    origin.write('moved', `${long}more\n`);
    origin.commit('Move');
    const clone = join(aFolder(), 'clone');
    runGit(origin.path, ['clone', '--quiet', '--no-checkout', '--filter=blob:none', `file://${origin.path}`, clone]);
    runGit(clone, ['config', 'protocol.file.allow', 'always']);
    const checkout = await openCheckout(clone, { base });
    expect(await names(checkout)).toEqual(['file README.md', 'file moved']);
    const texts = await Promise.all([text(checkout, 'README.md'), text(checkout, 'moved')]);
    expect(texts.map(reason)).toEqual(Array(2).fill(expect.stringContaining('not in this clone')));
    expect(value(await checkout.commits())).toHaveLength(1);
    const changes = value(await checkout.changes()).map(({ status, path }) => `${status} ${path}`);
    expect(new Set(changes)).toEqual(new Set(['added moved', 'removed moves']));
    expect(value(await checkout.renames())).toEqual([]);
    expect(runGit(clone, ['rev-list', '--objects', '--missing=print', 'HEAD']).match(/^\?/gm)).toHaveLength(3);
  });

  test('a clone without its folders is unknown, never empty', async () => {
    const origin = aRepository();
    origin.git('config', 'uploadpack.allowFilter', 'true');
    origin.write('docs/README.md', 'Hello');
    origin.commit('Begin');
    const clone = join(aFolder(), 'clone');
    runGit(origin.path, ['clone', '--quiet', '--no-checkout', '--filter=tree:0', `file://${origin.path}`, clone]);
    const checkout = await openCheckout(clone);
    expect(reason(await checkout.directory('head', ''))).toMatch(/not in this clone/);
    expect(reason(await checkout.directory('head', 'docs'))).toMatch(/not in this clone/);
  });

  test('missing and present files that are asked for together are told apart', async () => {
    const origin = aRepository();
    origin.git('config', 'uploadpack.allowFilter', 'true');
    for (const [name, size] of [
      ['a', 10],
      ['b', 5000],
      ['c', 20],
      ['d', 6000],
      ['e', 30],
    ] as const) {
      origin.write(name, name.repeat(size));
    }
    origin.commit('Begin');
    const clone = join(aFolder(), 'clone');
    runGit(origin.path, ['clone', '--quiet', '--no-checkout', '--filter=blob:limit=1k', `file://${origin.path}`, clone]);
    const checkout = await openCheckout(clone);
    const texts = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => text(checkout, name)));
    expect(texts.map((answer) => (answer.known ? answer.value.length : null))).toEqual([10, null, 20, null, 30]);
  });
});

describe('hostile clones', () => {
  test('nothing that a clone’s configuration names is run', async () => {
    const repository = aRepository();
    const ran = join(repository.path, '..', 'ran');
    repository.write('.gitattributes', '* filter=evil diff=evil\n');
    repository.write('file', 'one\n');
    const base = repository.commit('Begin');
    repository.write('file', 'two\n');
    repository.commit('Change');
    const evil = `touch "${ran}"; cat`;
    const hooks = join(repository.path, 'hooks');
    mkdirSync(hooks);
    for (const hook of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction']) {
      writeFileSync(join(hooks, hook), `#!/bin/sh\ntouch "${ran}"\n`, { mode: 0o755 });
    }
    const settings = {
      'core.fsmonitor': evil,
      'core.hooksPath': hooks,
      'core.pager': evil,
      'core.sshCommand': evil,
      'core.alternateRefsCommand': evil,
      'diff.external': evil,
      'diff.evil.command': evil,
      'diff.evil.textconv': evil,
      'filter.evil.clean': evil,
      'filter.evil.smudge': evil,
      'filter.evil.required': 'true',
      'filter.evil=odd.process': evil,
      'gpg.program': evil,
      'log.showSignature': 'true',
      'protocol.allow': 'always',
      'remote.origin.url': `ext::sh -c ${evil}`,
      'remote.origin.promisor': 'true',
      'remote.origin.uploadpack': evil,
      'credential.helper': `!${evil}`,
      'submodule.recurse': 'true',
    };
    for (const [key, setting] of Object.entries(settings)) repository.git('config', key, setting);
    // The same size and a fresh time stamp: git must compare contents to tell whether the file changed.
    repository.write('file', 'two\n');
    if (existsSync(ran)) renameSync(ran, `${ran} while preparing`);
    const checkout = await openCheckout(repository.path, { base });
    await Promise.all([checkout.commits(), checkout.changes(), checkout.renames(), names(checkout)]);
    await checkout.text('head', '0123456789012345678901234567890123456789');
    expect(checkout.isDirty).toBe(false);
    expect(existsSync(ran)).toBe(false);
    // Git left to itself runs what the clone asks for: the trap is real.
    repository.git('status');
    expect(existsSync(ran)).toBe(true);
  });
});

describe('every file of a tree', () => {
  test('is listed with its whole path and kind, of the head and of the base; links and submodules are not entered', async () => {
    const repository = aRepository();
    repository.write('docs/guide/größe.md', 'Hello');
    repository.write('line\nbreak', 'x');
    repository.link('outside', '/etc');
    const submodule = '5'.repeat(40);
    repository.git('add', '--all');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${submodule},vendored`);
    repository.git('commit', '--quiet', '--message=Begin');
    repository.git('branch', 'base');
    repository.write('a/b/c', 'y');
    repository.commit('Add');
    const checkout = await openCheckout(repository.path, { base: 'base' });
    const seen = value(await checkout.files('base')).map(({ kind, path }) => `${kind} ${path}`);
    expect(seen).toEqual(['file docs/guide/größe.md', 'file line\nbreak', 'symlink outside', 'submodule vendored']);
    expect(value(await checkout.files('head'))).toContainEqual({
      path: 'a/b/c',
      kind: 'file',
      oid: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(value(await checkout.graphed())).toBeNull();
  });

  test('is unknown without a base, and without a commit', async () => {
    const checkout = await openCheckout(aRepository().path);
    expect(reason(await checkout.files('head'))).toBe('the repository has no commit yet');
    expect(reason(await checkout.files('base'))).toBe('no base was given; `--base REF` says what to compare with');
  });
});

test('a text is read up to the size that is asked for', async () => {
  const repository = aRepository();
  repository.write('big.lock', 'x'.repeat(2 * 1024 * 1024));
  repository.commit('Begin');
  const checkout = await openCheckout(repository.path);
  const oid = value(await checkout.files('head'))[0]?.oid ?? '';
  expect(reason(await checkout.text('head', oid))).toBe('the file is larger than 1 MiB (2 MiB)');
  expect(value(await checkout.text('head', oid, 2 * 1024 * 1024))).toHaveLength(2 * 1024 * 1024);
  expect(reason(await checkout.text('head', oid, 1000))).toBe('the file is larger than 1 KiB (2 MiB)');
});
