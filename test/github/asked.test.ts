/** What is asked of GitHub at the moment it matters: the role of a person, and the text of an agreement. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../../src/facts/answer.ts';
import { LaterError } from '../../src/github/later.ts';
import { closesGitHub, installed, pullRequest } from './installed.ts';

closesGitHub();

describe('the role of an account', () => {
  test.each([
    ['admin', 'admin'],
    ['maintain', 'maintain'],
    ['write', 'write'],
    ['triage', 'triage'],
    ['read', 'read'],
    [{ name: 'release manager', base: 'write' as const }, 'write'],
  ] as const)('%j is told as %s', async (role, expected) => {
    const { world, rocket, platform } = await installed({ isPrivate: true });
    const ada = world.user('Ada');
    rocket.collaborators.set('Ada', role);
    expect(await platform.permission(pullRequest(1), { login: 'ada', accountId: ada.id })).toBe(expected);
  });

  test('nobody has none, nor has somebody who took over a login', async () => {
    const { world, rocket, platform } = await installed({ isPrivate: true });
    const [ada, eve] = [world.user('ada'), world.user('eve')];
    rocket.collaborators.set('ada', 'admin');
    expect(await platform.permission(pullRequest(1), { login: 'eve', accountId: eve.id })).toBeNull();
    expect(await platform.permission(pullRequest(1), { login: 'ada', accountId: ada.id + 100_000 })).toBeNull();
    expect(await platform.permission(pullRequest(1), { login: 'nobody', accountId: 1 })).toBeNull();
  });

  test('what cannot be told just now is asked again later', async () => {
    const { github, platform } = await installed();
    github.trouble({ kind: 'status', status: 502, on: 'repos/get-collaborator-permission-level' });
    await expect(platform.permission(pullRequest(1), { login: 'ada', accountId: 1 })).rejects.toThrow(LaterError);
  });
});

describe('the text of an agreement', () => {
  const text = '# Agreement\n\nYou agree.\n';

  test('lies in a repository, at its default branch or at a reference', async () => {
    const { world, rocket, platform } = await installed({ files: { 'legal/cla.md': text } });
    const first = rocket.branches.get('main') ?? '';
    world.push(rocket, 'main', { author: 'ada', files: { 'legal/cla.md': 'Another\n' } });
    expect(await platform.agreementText('acme/rocket:legal/cla.md', 'acme')).toEqual(known('Another\n'));
    expect(await platform.agreementText(`acme/rocket:legal/cla.md@${first}`, 'acme')).toEqual(known(text));
  });

  test('is read where it is public, and nowhere else, because everybody will see it on its page', async () => {
    const { world, platform } = await installed({ files: { 'cla.md': text }, isPrivate: true });
    const moon = world.organization('moon');
    world.install(moon);
    world.repository({ owner: moon, name: 'legal', files: { 'cla.md': 'Public\n' } });
    expect(await platform.agreementText('moon/legal:cla.md', 'acme')).toEqual(known('Public\n'));
    expect(await platform.agreementText('acme/rocket:cla.md', 'acme')).toEqual(
      unknown('it is in a private repository; an agreement has to be public'),
    );
    expect(await platform.agreementText('acme/rocket:cla.md', 'moon')).toEqual(
      unknown('the repository does not exist, or Steward may not see it'),
    );
  });

  test.each([
    ['acme/rocket:none.md', 'there is no file none.md'],
    ['acme/rocket:cla.md@gone', 'there is no branch, tag or commit gone'],
    ['acme/rocket:folder', 'it is not a file'],
    ['acme/rocket:large.md', 'the text is larger than 256 KiB'],
    ['acme/rocket:bytes', 'it is not text'],
    ['acme/rocket:empty.md', 'the file is empty'],
    ['acme/rocket', 'acme/rocket is neither https://… nor OWNER/REPO:PATH[@REF]'],
    ['acme/rocket:../cla.md', 'acme/rocket:../cla.md is neither https://… nor OWNER/REPO:PATH[@REF]'],
    ['http://example.com/cla', 'http://example.com/cla is neither https://… nor OWNER/REPO:PATH[@REF]'],
    ['https://example.com/cla', 'Steward does not read web pages here'],
  ])('%s is unknown: %s', async (reference, reason) => {
    const files = {
      'cla.md': text,
      'folder/cla.md': text,
      'large.md': 'x'.repeat(256 * 1024 + 1),
      bytes: Buffer.from([1, 0, 2]),
      'empty.md': '\n',
    };
    const { platform } = await installed({ files });
    expect(await platform.agreementText(reference, 'acme')).toEqual(unknown(reason));
  });

  test('on the web is read by whoever may read the web', async () => {
    const asked: string[] = [];
    const web = (url: string) => {
      asked.push(url);
      return Promise.resolve(url.endsWith('long') ? known('x'.repeat(256 * 1024 + 1)) : known(text));
    };
    const { github, platform } = await installed({ web });
    expect(await platform.agreementText('https://example.com/cla', 'acme')).toEqual(known(text));
    expect(await platform.agreementText('https://example.com/long', 'acme')).toEqual(unknown('the text is larger than 256 KiB'));
    expect(asked).toEqual(['https://example.com/cla', 'https://example.com/long']);
    expect(github.log.entries).toEqual([]);
  });

  test('that cannot be read just now is read again later', async () => {
    const { github, platform } = await installed({ files: { 'cla.md': text } });
    github.trouble({ kind: 'status', status: 502, on: 'graphql' });
    await expect(platform.agreementText('acme/rocket:cla.md', 'acme')).rejects.toThrow(LaterError);
  });
});
