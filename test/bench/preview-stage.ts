/** Stored facts of an organization that does not exist: gathered from literal trees by the rules' own questions, varied by name. */
import { known } from '../../src/facts/answer.ts';
import { contribution } from '../../src/facts/commits.ts';
import { gather, interview } from '../../src/facts/gather.ts';
import { properties, repository } from '../../src/facts/repository.ts';
import { parse } from '../../src/policy/parse.ts';
import { resolve } from '../../src/policy/resolve.ts';
import { NO_WAIVERS } from '../../src/policy/waivers/waiver.ts';
import type { Rulebook } from '../../src/spine/preview/preview.ts';
import { rules } from '../../src/rules/index.ts';
import { readPresets } from '../../src/server/presets.ts';
import type { Source } from '../../src/facts/source.ts';
import { questionsOf } from '../../src/verdict/judge.ts';
import type { Keeping } from '../../src/verdict/stored.ts';
import { aCommit, aContribution, anAccount, anOid, aRepository, aSource, type Files } from '../support/builders.ts';
import { LIST } from '../support/license-texts.ts';

export const OWNER = 'acme';
export const presets = readPresets();

/** Options without which a rule has nothing to ask for. */
const OPTIONS: Readonly<Record<string, string>> = {
  cla: `, agreements: [{ id: icla, title: Agreement, version: '1', text: 'acme/legal:CLA.md', since: 2026-01-01 }]`,
  'dco-history': ', since: 2026-01-01',
  'license-file': ', allow: [Apache-2.0, MIT]',
  'license-headers': ", include: ['src/**'], license: Apache-2.0",
  notice: ', required: always',
};

const GROUPS = `groups:
  - name: documentation
    where: { names: ['*-docs'] }
    rules: { license-file: { kind: documentation } }
  - name: core
    where: { topics: [core], visibility: [public] }
    rules: { required-files: { files: [readme, security, changelog] } }
`;

/** The organization's policy with every rule at a level, and two groups. */
export function aRulebook(level: (index: number) => string): Rulebook {
  const lines = rules.map(({ id }, index) => `  ${id}: { enforce: ${level(index)}${OPTIONS[id] ?? ''} }`);
  const text = `${GROUPS}rules:\n${lines.join('\n')}\n`;
  const file = {
    layer: 'organization',
    source: `${OWNER}/.github:.github/steward.yml`,
    commit: 'c',
    oid: anOid(text),
    text,
  } as const;
  const { document, problems } = parse(file, rules, presets);
  if (!document) throw new Error(JSON.stringify(problems));
  return { documents: [document], oid: file.oid, waivers: NO_WAIVERS };
}

const APACHE = LIST['Apache-2.0']?.licenseText ?? '';
const MIT = LIST['MIT']?.licenseText ?? '';
const GPL = LIST['GPL-3.0-only']?.licenseText ?? '';
const source = (index: number): readonly [string, string] => [
  `src/part-${index % 9}/module-${index}.ts`,
  index % 3 === 0
    ? `export const answer = ${index};\n`
    : `// SPDX-License-Identifier: Apache-2.0\n\nexport const answer = ${index};\n`,
];
const SOURCES: Files = Object.fromEntries(Array.from({ length: 120 }, (_, index) => source(index)));
const manifest = (license: string): string =>
  JSON.stringify({ name: 'widget', version: '1.0.0', license, dependencies: { left: '1' } });
const COMMUNITY: Files = {
  'README.md': '# Widget\n\nUnder the Apache License 2.0, see [LICENSE](LICENSE).\n',
  'CONTRIBUTING.md': 'Sign off your commits.\n',
  'SECURITY.md': 'Report in private.\n',
  'CODE_OF_CONDUCT.md': 'Be kind.\n',
  '.github/CODEOWNERS': '* @acme/office\n',
};

/** Trees as they are found: well kept, with another license, with copyleft, and with next to nothing. */
const TREES: readonly Files[] = [
  { ...SOURCES, ...COMMUNITY, LICENSE: APACHE, NOTICE: 'Widget\nCopyright 2026 Acme\n', 'package.json': manifest('Apache-2.0') },
  { ...SOURCES, ...COMMUNITY, LICENSE: MIT, 'package.json': manifest('MIT') },
  { ...SOURCES, COPYING: GPL, 'README.md': '# Widget\n', 'package.json': manifest('GPL-3.0-only') },
  { ...SOURCES, 'README.md': '# Widget\n', 'package.json': manifest('Apache-2.0') },
  { 'README.md': '# Widget\n' },
];

const commit = (index: number, isSigned: boolean) =>
  aCommit(`Change ${index}${isSigned ? '\n\nSigned-off-by: Jane Doe <jane@example.org>' : ''}`, {
    authorAccount: anAccount('jane', 1),
    committerAccount: anAccount('jane', 1),
  });

/** The agreement can be read, and who contributes has signed it. */
const agreed: Partial<Source> = {
  agreements: (names) => Promise.resolve(known(names.map(({ id, version }) => ({ id, version, digest: anOid(id) })))),
  register: () => {
    const signature = { agreement: 'icla', version: '1', accountId: 1, at: '2026-02-01T00:00:00Z', until: null };
    return Promise.resolve(known({ signatures: [signature], companies: [] }));
  },
};

/** What is kept of a repository, or of a pull request to it, with the name `widget`. */
async function template(variant: number, kind: 'repository' | 'pull-request'): Promise<Keeping> {
  const tree = TREES[variant % TREES.length] ?? {};
  const isPull = kind === 'pull-request';
  const commits = Array.from({ length: isPull ? 5 : 20 }, (_, index) =>
    commit(index, variant === 0 || (index + variant) % 4 !== 0),
  );
  const header = variant === 0 ? '// SPDX-License-Identifier: Apache-2.0\n\n' : '';
  const [path, text] = [`src/part-0/added-${variant}.ts`, `${header}export const added = 1;\n`];
  const literal = aSource({
    repository: { topics: variant === 1 ? ['core'] : [], visibility: 'public', isPrivate: false },
    head: isPull ? { ...tree, [path]: text } : tree,
    ...(isPull ? { base: tree, changes: [{ path, status: 'added' }], commits } : {}),
    instead: {
      ...agreed,
      history: () => Promise.resolve(known(isPull ? [] : commits)),
    },
  });
  const place = { owner: OWNER, repo: 'widget' };
  const subject = isPull ? { kind: 'pull-request' as const, ...place, number: 7 } : { kind: 'repository' as const, ...place };
  const { policy } = resolve(aRulebook(() => 'block').documents, rules, presets);
  const asked = [repository(), properties(), ...(isPull ? [contribution()] : []), ...questionsOf({ subject, policy, rules })];
  const facts = Object.fromEntries(await gather(asked, interview(literal)));
  const opened = aContribution();
  const circumstances = {
    ...{ title: isPull ? opened.title : null, url: aRepository().url, author: isPull ? 'jane' : null },
    ...{ baseRef: isPull ? 'main' : null, isDraft: false, defaultBranch: 'main' },
  };
  return { subject, sha: anOid('head'), facts, circumstances, overrides: [], isPrivate: variant === 3 };
}

/** So many repositories, and an open pull request in every second of them. */
export async function* everyKeeping(repositories: number): AsyncGenerator<Keeping> {
  const variants = TREES.map((_, variant) => variant);
  const own = await Promise.all(variants.map(async (variant) => JSON.stringify(await template(variant, 'repository'))));
  const pulls = await Promise.all(variants.map(async (variant) => JSON.stringify(await template(variant, 'pull-request'))));
  for (let index = 0; index < repositories; index += 1) {
    const name = index % 10 === 3 ? `part-${index}-docs` : `part-${index}`;
    const named = (text: string | undefined): Keeping => JSON.parse((text ?? '').replaceAll('widget', name)) as Keeping;
    yield named(own[index % own.length]);
    if (index % 2 === 0) yield named(pulls[(index / 2) % pulls.length]);
  }
}
