/** Community and license files are seen as a merge would leave them, wherever GitHub accepts them, and asked for once. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { unknown } from '../src/facts/answer.ts';
import { communityFiles, type Standing } from '../src/facts/community.ts';
import { COMMUNITY_FILES, isLicenseName, type CommunityFile } from '../src/facts/community-names.ts';
import { merged, type Merge } from '../src/facts/files.ts';
import { interview } from '../src/facts/gather.ts';
import { licenseFiles } from '../src/facts/license/files.ts';
import { resolve } from '../src/facts/symlinks.ts';
import { FOLDERS } from '../src/github/queries.ts';
import { aChange, anEntry, aSource, type Files, type Literal } from './support/builders.ts';
import { LIST } from './support/license-texts.ts';

const MIT = LIST['MIT']!.licenseText;
const APACHE = LIST['Apache-2.0']!.licenseText;

async function standings(literal: Literal, side: 'head' | 'base' = 'head') {
  const answer = await interview(aSource(literal))(communityFiles(side));
  if (!answer.known) throw new Error(answer.reason);
  return answer.value;
}

async function placesOf(id: CommunityFile, literal: Literal): Promise<readonly string[]> {
  const { places } = (await standings(literal))[id];
  return places.map(({ path, where, via }) =>
    [path, ...(via === 'file' ? [] : [via]), ...(where === 'repository' ? [] : [where])].join(' '),
  );
}

const head = (...paths: readonly string[]): Literal => ({
  head: Object.fromEntries(paths.map((path) => [path, `text of ${path}`])),
});

const SPELLINGS: Readonly<Partial<Record<CommunityFile, string>>> = {
  readme: 'README readme.md README.rst docs/README.adoc .github/README.md',
  license:
    'LICENSE LICENCE.txt COPYING UNLICENSE LICENSE-MIT LICENSE.apache MIT-LICENSE license.md LICENSE-2.0.txt COPYING.LESSER LICENSE.rtf',
  contributing: 'CONTRIBUTING CONTRIBUTING.rst docs/contributing.md .github/CONTRIBUTING.md',
  'code-of-conduct': 'CODE_OF_CONDUCT.md CODE-OF-CONDUCT.md code_of_conduct CodeOfConduct.md docs/CODE_OF_CONDUCT.md',
  security: 'SECURITY.md .github/SECURITY.md docs/security.txt',
  codeowners: 'CODEOWNERS .github/CODEOWNERS docs/CODEOWNERS',
  changelog: 'CHANGELOG.md ChangeLog CHANGES.rst HISTORY.md NEWS RELEASES.md RELEASE_NOTES.md docs/CHANGELOG.md',
  notice: 'NOTICE NOTICE.txt NOTICE.md',
  governance: 'GOVERNANCE.md docs/GOVERNANCE.md',
  support: 'SUPPORT.md .github/SUPPORT.md',
  maintainers: 'MAINTAINERS MAINTAINERS.md OWNERS',
  'issue-template': 'ISSUE_TEMPLATE.md .github/issue_template.md docs/ISSUE_TEMPLATE.md',
  'pull-request-template': 'pull_request_template.md .github/PULL_REQUEST_TEMPLATE.md docs/pull_request_template.txt',
  description: 'DESCRIPTION DESCRIPTION.md',
};

describe('a community file is found', () => {
  const cases = COMMUNITY_FILES.flatMap((id) => (SPELLINGS[id] ?? '').split(' ').map((path) => ({ id, path })));
  test.each(cases)('$id as $path', async ({ id, path }) => {
    expect(await placesOf(id, { ...head(path), repository: { description: null } })).toEqual([path]);
  });

  test('in a folder of templates or forms', async () => {
    const files = head('.github/ISSUE_TEMPLATE/bug.yml', '.github/PULL_REQUEST_TEMPLATE/feature.md', 'CHANGELOG/1.0.md');
    expect(await placesOf('issue-template', files)).toEqual(['.github/ISSUE_TEMPLATE folder']);
    expect(await placesOf('pull-request-template', files)).toEqual(['.github/PULL_REQUEST_TEMPLATE folder']);
    expect(await placesOf('changelog', files)).toEqual(['CHANGELOG folder']);
  });

  test('in the order in which GitHub looks for a README', async () => {
    expect(await placesOf('readme', head('docs/README.md', 'README.md', '.github/README.md'))).toEqual([
      '.github/README.md',
      'README.md',
      'docs/README.md',
    ]);
  });

  test('beside a package that is named after the repository', async () => {
    expect(
      await placesOf('changelog', { ...head('widget/CHANGELOG.md', 'src/main.hs'), repository: { name: 'widget' } }),
    ).toEqual(['widget/CHANGELOG.md']);
  });

  test("as the repository's description on GitHub", async () => {
    expect(await placesOf('description', {})).toEqual([' setting']);
  });
});

describe('a community file is not found', () => {
  test.each<[CommunityFile, string]>([
    ['codeowners', 'CODEOWNERS.md'],
    ['codeowners', 'src/CODEOWNERS'],
    ['license', 'docs/LICENSE'],
    ['license', 'license.js'],
    ['license', 'LICENSE-THIRD-PARTY.txt'],
    ['license', 'LICENSE_HEADER'],
    ['notice', 'THIRD-PARTY-NOTICES.md'],
    ['issue-template', '.github/ISSUE_TEMPLATE/config.yml'],
    ['readme', 'README.js'],
    ['changelog', 'lib/CHANGELOG.md'],
    ['security', 'SECURITY-INSIGHTS.yml'],
  ])('%s as %s', async (id, path) => {
    expect(await placesOf(id, head(path))).toEqual([]);
  });
});

const misses = (standing: Standing): readonly string[] => standing.nearMisses.map(({ path, reason }) => `${path} ${reason}`);

describe('links and empty files', () => {
  test.each<[string, string, Files]>([
    ['elsewhere', '→ src/HISTORY.md', { 'src/HISTORY.md': 'x' }],
    ['in a folder of its own', '→ ./packages/a/CHANGELOG.md', { 'packages/a/CHANGELOG.md': 'x' }],
    ['through another link', '→ other', { other: '→ real.txt', 'real.txt': 'x' }],
  ])('a link to a file %s counts', async (_, link, files) => {
    expect(await placesOf('changelog', { head: { 'CHANGELOG.md': link, ...files } })).toEqual(['CHANGELOG.md symlink']);
  });

  test.each([
    ['nowhere', '→ gone.md'],
    ['out of the repository', '→ ../other/CHANGELOG.md'],
    ['to an absolute path', '→ /etc/passwd'],
    ['to itself', '→ CHANGELOG.md'],
  ])('a link %s does not count', async (_, link) => {
    const { changelog } = await standings({ head: { 'CHANGELOG.md': link } });
    expect([changelog.places, misses(changelog)]).toEqual([[], ['CHANGELOG.md dangling']]);
  });

  test('an empty file does not count', async () => {
    expect(misses((await standings({ head: { 'SECURITY.md': '' } })).security)).toEqual(['SECURITY.md empty']);
  });

  test('a link resolves within the repository or not at all', () => {
    expect(['../b', 'c/./d', '../../x', '', '/x', '..'].map((target) => resolve('a/link', target))).toEqual([
      'b',
      'a/c/d',
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("the organization's default files", () => {
  const defaults = Object.fromEntries(
    ['SECURITY.md', 'LICENSE', 'README.md', 'CODEOWNERS', '.github/ISSUE_TEMPLATE/bug.md'].map((path) => [path, 'x']),
  );

  test('count for what GitHub serves from them, and for nothing else', async () => {
    const found = await standings({ defaults });
    const ids = COMMUNITY_FILES.filter((id) => found[id].places.some(({ where }) => where === 'organization'));
    expect(ids).toEqual(['security', 'issue-template']);
  });

  test('do not count for the repository that holds them: there they are its own', async () => {
    expect(await placesOf('security', { defaults, repository: { name: '.github' } })).toEqual([]);
  });

  test('that cannot be read leave open what only they could hold', async () => {
    const literal: Literal = { ...head('SECURITY.md'), instead: {} };
    const source = aSource(literal);
    const blind = {
      ...source,
      directory: (tree: 'head' | 'base' | 'defaults', path: string) =>
        tree === 'defaults' ? Promise.resolve(unknown('GitHub is silent')) : source.directory(tree, path),
    };
    const answer = await interview(blind)(communityFiles('head'));
    const found = answer.known ? answer.value : null;
    expect([found?.security.unread, found?.support.unread, found?.readme.unread]).toEqual([null, 'GitHub is silent', null]);
  });
});

describe('a pull request is seen as merging would leave it', () => {
  const seen = async (literal: Literal): Promise<readonly string[]> => {
    const found = await standings(literal);
    return COMMUNITY_FILES.filter((id) => id !== 'description' && found[id].places.length > 0);
  };

  test('what the base gained since the branch left it counts', async () => {
    expect(await seen({ base: { 'README.md': 'x', 'SECURITY.md': 'new' }, head: { 'README.md': 'x' } })).toEqual([
      'readme',
      'security',
    ]);
  });

  test('what the pull request adds counts', async () => {
    const literal = {
      base: { 'README.md': 'x' },
      head: { 'README.md': 'x', 'SECURITY.md': 's' },
      changes: [aChange('SECURITY.md', 'added')],
    };
    expect(await seen(literal)).toEqual(['readme', 'security']);
  });

  test('what the pull request removes does not count', async () => {
    expect(
      await seen({
        base: { 'README.md': 'x', 'SECURITY.md': 's' },
        head: { 'README.md': 'x' },
        changes: [aChange('SECURITY.md', 'removed')],
      }),
    ).toEqual(['readme']);
  });

  test('what the base removed since does not count, although the head still has it', async () => {
    expect(await seen({ base: { 'README.md': 'x' }, head: { 'README.md': 'x', 'SECURITY.md': 's' } })).toEqual(['readme']);
  });

  test('what the pull request renames away does not count', async () => {
    const literal = {
      base: { 'README.md': 'x', 'SECURITY.md': 's' },
      head: { 'README.md': 'x', 'old.md': 's' },
      changes: [aChange('old.md', 'renamed')],
    };
    expect(await seen({ ...literal, renames: [{ from: 'SECURITY.md', to: 'old.md' }] })).toEqual(['readme']);
  });

  test('a folder that is renamed away as a whole does not count', async () => {
    const literal = {
      base: { '.github/SECURITY.md': 's' },
      head: { 'attic/SECURITY.md': 's' },
      changes: [aChange('attic/SECURITY.md', 'renamed')],
    };
    expect(await seen({ ...literal, renames: [{ from: '.github/SECURITY.md', to: 'attic/SECURITY.md' }] })).toEqual([]);
  });

  test('where no community file differs, neither changes nor renames are asked for', async () => {
    const source = aSource({
      base: { 'README.md': 'x', 'a.ts': '1', 'src/b.ts': '1' },
      head: { 'README.md': 'x', 'a.ts': '2', 'src/b.ts': '2' },
    });
    await interview(source)(communityFiles('head'));
    expect(source.asked.filter((method) => ['changes', 'renames', 'text'].includes(method))).toEqual([]);
  });

  test('no directory is asked for twice, though both sides are judged', async () => {
    const source = aSource({
      base: { 'README.md': 'x', '.github/ISSUE_TEMPLATE/a.md': '1' },
      head: { 'README.md': 'y' },
      changes: [aChange('README.md')],
    });
    const ask = interview(source);
    await Promise.all([
      ask(communityFiles('head')),
      ask(communityFiles('base')),
      ask(licenseFiles('head')),
      ask(licenseFiles('base')),
    ]);
    expect(source.asked.length).toBe(new Set(source.asked).size);
  });

  test('unknown changes make the files unknown, when they matter', async () => {
    const literal: Literal = {
      base: { 'README.md': 'x' },
      head: {},
      instead: { changes: () => Promise.resolve(unknown('too many')) },
    };
    expect(await interview(aSource(literal))(communityFiles('head'))).toEqual(unknown('too many'));
  });

  test('merging nothing into a base leaves the base, and merging a fast-forward leaves the head', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const tree = fc
      .dictionary(name, fc.constantFrom('1', '2'))
      .map((files) => Object.entries(files).map(([file, content]) => anEntry(file, content)));
    fc.assert(
      fc.property(tree, tree, (base, head) => {
        const names = (merge: Omit<Merge, 'path' | 'renames'>): readonly string[] =>
          merged({ path: '', renames: [], ...merge }).map(({ name: file, oid }) => file + oid);
        const flat = (entries: Merge['base']): readonly string[] => entries.map(({ name: file, oid }) => file + oid).sort();
        const changes = [
          ...head
            .filter((one) => !base.some((other) => other.name === one.name && other.oid === one.oid))
            .map((one) => aChange(one.name)),
          ...base.filter((one) => !head.some((other) => other.name === one.name)).map((one) => aChange(one.name, 'removed')),
        ];
        expect([names({ base, head, changes: [] }), names({ base, head, changes })]).toEqual([flat(base), flat(head)]);
      }),
    );
  });
});

describe('license files', () => {
  const licensesOf = async (literal: Literal) => interview(aSource(literal))(licenseFiles('head'));

  test('are identified by their text, whatever they are called', async () => {
    const answer = await licensesOf({
      head: { 'LICENSE-APACHE': APACHE, 'LICENSE-MIT': MIT, 'COPYING.md': 'Do what you like.', 'src/LICENSE': MIT },
    });
    const told = answer.known
      ? answer.value.map(({ path, license }) => [path, license.known ? license.value.may : license.known])
      : [];
    expect(told).toEqual([
      ['COPYING.md', []],
      ['LICENSE-APACHE', ['Apache-2.0']],
      ['LICENSE-MIT', ['MIT']],
    ]);
  });

  test('are read through links, and a link that leads nowhere is told as such', async () => {
    const answer = await licensesOf({ head: { LICENSE: '→ LICENSES/MIT.txt', COPYING: '→ gone', 'LICENSES/MIT.txt': MIT } });
    expect(answer.known && answer.value).toMatchObject([
      { path: 'COPYING', via: 'dead-link', license: unknown('it is a link that leads out of the repository, or nowhere') },
      { path: 'LICENSE', via: 'symlink', license: { known: true, value: { expression: 'MIT', may: ['MIT'] } } },
    ]);
  });

  test('that cannot be read are unknown with the reason', async () => {
    const answer = await licensesOf({
      head: { LICENSE: MIT },
      instead: { text: () => Promise.resolve(unknown('it is not text')) },
    });
    expect(answer.known && answer.value).toMatchObject([{ path: 'LICENSE', via: 'file', license: unknown('it is not text') }]);
  });

  test('a name of a megabyte is judged at once', () => {
    expect(isLicenseName(`LICENSE${'-a'.repeat(500_000)}`)).toBe(false);
  });
});

test('the folders that GitHub is asked for in one call are those in which community files are looked for', async () => {
  const source = aSource({ head: Object.fromEntries(FOLDERS.map((folder) => [`${folder}/x.md`, 'x'])) });
  await interview(source)(communityFiles('head'));
  const asked = source.asked.flatMap((method) => /^directory head:(.+)$/.exec(method)?.[1] ?? []);
  expect(asked.sort()).toEqual([...FOLDERS].sort());
});
