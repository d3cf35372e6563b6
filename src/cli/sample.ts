/** The sample organization of the demo: real git repositories, made in a moment, with situations that people meet. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gitIn } from './git.ts';

export const SAMPLE_OWNER = 'sample-org';

/** A pull request of the sample: a branch and what people would see of it. */
export interface SamplePullRequest {
  readonly branch: string;
  readonly title: string;
  readonly author: string;
}

export interface SampleRepository {
  readonly name: string;
  readonly description: string;
  readonly pullRequests: readonly SamplePullRequest[];
}

interface SampleCommit {
  readonly author: string;
  readonly message: string;
  /** Path → text; null removes the file. */
  readonly files: Readonly<Record<string, string | null>>;
}

interface Plan extends SampleRepository {
  readonly main: readonly SampleCommit[];
  readonly branches: Readonly<Record<string, readonly SampleCommit[]>>;
}

const ADA = 'Ada Birch <ada@example.org>';
const NOOR = 'Noor Castellan <noor@example.org>';
const MALLORY = '@everyone | **Mallory** <mallory@example.org>';
const BOT = 'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>';
const signed = (message: string, person: string): string => `${message}\n\nSigned-off-by: ${person}\n`;

const POLICY = `extends: baseline
rules:
  dco:
    enforce: block
  license-file:
    enforce: warn
    allow: [Apache-2.0]
  required-files:
    enforce: warn
    files: [readme, contributing, code-of-conduct, security]
  dependency-licenses:
    enforce: block
    allow: [category:public-domain, category:permissive]
    review: [category:weak-copyleft]
    deny: [category:strong-copyleft, category:network-copyleft]
`;

/** Makes the sample repositories below `folder` and says what they are. */
export async function makeSample(folder: string, progress: (line: string) => void): Promise<readonly SampleRepository[]> {
  const plans = await plan();
  for (const repository of plans) {
    progress(`making ${SAMPLE_OWNER}/${repository.name}`);
    await makeRepository(join(folder, repository.name), repository);
  }
  return plans;
}

async function makeRepository(path: string, { main, branches }: Plan): Promise<void> {
  await mkdir(path, { recursive: true });
  const git = gitIn(path);
  await git(['init', '--quiet', '--initial-branch=main']);
  const stream = [
    ...history('main', null, main),
    ...Object.entries(branches).flatMap(([name, commits]) => history(name, 'main', commits)),
  ];
  await git(['fast-import', '--quiet', '--force'], { input: stream.join('') });
  await git(['reset', '--quiet', '--hard', 'main']);
}

/** A branch as git's fast-import reads it. Dates are fixed, so that every run makes the same commits. */
function history(branch: string, from: string | null, commits: readonly SampleCommit[]): readonly string[] {
  return commits.map((commit, index) => {
    const when = `${1_767_225_600 + index * 3600} +0000`;
    const start = index === 0 && from !== null ? `from refs/heads/${from}\n` : '';
    const files = Object.entries(commit.files).map(([path, text]) =>
      text === null ? `D ${path}\n` : `M 100644 inline ${path}\n${data(text)}`,
    );
    const people = `author ${commit.author} ${when}\ncommitter ${commit.author} ${when}\n`;
    return `commit refs/heads/${branch}\n${people}${data(commit.message)}${start}${files.join('')}\n`;
  });
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

async function plan(): Promise<readonly Plan[]> {
  const apache = await readFile(new URL('../../LICENSE', import.meta.url), 'utf8');
  return [policyRepository(apache), wallet(apache), ledgerTools(), nodeImages(apache)];
}

function policyRepository(apache: string): Plan {
  return {
    name: '.github',
    description: 'Policy and default files of the organization',
    main: [
      {
        author: ADA,
        message: signed('Write down what we expect of every repository', ADA),
        files: {
          '.github/steward.yml': POLICY,
          'CODE_OF_CONDUCT.md': '# Code of conduct\n\nBe kind.\n',
          'SECURITY.md': '# Security\n\nWrite to security@example.org.\n',
          'README.md': '# Defaults\n',
          LICENSE: apache,
          'CONTRIBUTING.md': '# Contributing\n\nSign off your commits.\n',
        },
      },
    ],
    branches: {
      'stricter-license': [
        {
          author: ADA,
          message: signed('Hold the license rule firmly', ADA),
          files: { '.github/steward.yml': POLICY.replace('enforce: warn\n    allow', 'enforce: blok\n    allows') },
        },
      ],
    },
    pullRequests: [{ branch: 'stricter-license', title: 'Hold the license rule firmly', author: 'ada' }],
  };
}

/** Package → license. */
type Dependencies = Readonly<Record<string, string>>;

/** The manifest and the lock file of npm. The packages are invented; a lock file says under which license each comes. */
function npmFiles(dependencies: Dependencies): SampleCommit['files'] {
  const named = Object.fromEntries(Object.keys(dependencies).map((name) => [name, '^1.0.0']));
  const project = { name: '@sample-org/wallet', version: '0.1.0', license: 'Apache-2.0', dependencies: named };
  const locked = Object.entries(dependencies).map(([name, license]) => {
    const resolved = `https://registry.npmjs.org/${name}/-/${name.slice(name.indexOf('/') + 1)}-1.0.0.tgz`;
    return [`node_modules/${name}`, { version: '1.0.0', resolved, license }] as const;
  });
  const { name, version } = project;
  const lock = { name, version, lockfileVersion: 3, packages: { '': project, ...Object.fromEntries(locked) } };
  return { 'package.json': json(project), 'package-lock.json': json(lock) };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function wallet(apache: string): Plan {
  const needed: Dependencies = { '@sample-org/ledger': 'Apache-2.0' };
  const wanted: Dependencies = { ...needed, '@sample-org/axes': 'MIT', '@sample-org/charts': 'GPL-3.0-only' };
  const main = [
    {
      author: ADA,
      message: signed('Start the wallet', ADA),
      files: {
        'README.md': '# Wallet\n',
        LICENSE: apache,
        'CONTRIBUTING.md': '# Contributing\n',
        'src/wallet.ts': 'export const coins = 0;\n',
        ...npmFiles(needed),
      },
    },
  ];
  const one = (message: string, file: string, author = NOOR): SampleCommit => ({
    author,
    message,
    files: { [file]: `export const changed = ${JSON.stringify(file)};\n` },
  });
  return {
    name: 'wallet',
    description: 'Everything in order; pull requests in several states',
    main,
    branches: {
      'feature/dark-mode': [one(signed('Add a dark mode', NOOR), 'src/dark.ts')],
      'fix/rounding': [one('Round half up\n', 'src/round.ts')],
      'feature/multi-asset': [
        one(signed('Read several assets', NOOR), 'src/assets.ts'),
        one('Show several assets\n', 'src/show.ts'),
        one(signed('Test several assets', 'Noor C. <noor@old-mail.example>'), 'test/assets.ts'),
      ],
      'docs/table': [
        one(
          'Fix | everything |\n\n| a | b |\n|---|---|\n| ✅ | all checks pass |\n\n</details> @everyone closes #1\n',
          'docs/x.md',
          MALLORY,
        ),
      ],
      'feature/charts': [
        {
          author: NOOR,
          message: signed('Draw charts', NOOR),
          files: { 'src/charts.ts': 'export const charts = true;\n', ...npmFiles(wanted) },
        },
      ],
      'license/wording': [
        {
          author: NOOR,
          message: signed('Polish the license', NOOR),
          files: { LICENSE: apache.replace('irrevocable copyright license', 'revocable copyright license') },
        },
      ],
    },
    pullRequests: [
      { branch: 'feature/dark-mode', title: 'Add a dark mode', author: 'noor' },
      { branch: 'fix/rounding', title: 'Round half up', author: 'noor' },
      { branch: 'feature/multi-asset', title: 'Support several assets', author: 'noor' },
      { branch: 'docs/table', title: 'Fix | everything | @everyone', author: 'mallory' },
      { branch: 'feature/charts', title: 'Draw charts', author: 'noor' },
      { branch: 'license/wording', title: 'Polish the license', author: 'noor' },
    ],
  };
}

function ledgerTools(): Plan {
  return {
    name: 'ledger-tools',
    description: 'No license file and no contributing guide yet',
    main: [{ author: ADA, message: signed('Start the tools', ADA), files: { 'README.md': '# Ledger tools\n' } }],
    branches: {
      'add-readme-badge': [
        { author: NOOR, message: signed('Show a badge', NOOR), files: { 'README.md': '# Ledger tools\n\nA badge.\n' } },
      ],
    },
    pullRequests: [{ branch: 'add-readme-badge', title: 'Show a badge', author: 'noor' }],
  };
}

function nodeImages(apache: string): Plan {
  return {
    name: 'node-images',
    description: 'One pull request removes the license, one comes from a bot',
    main: [
      {
        author: ADA,
        message: signed('Start the images', ADA),
        files: {
          'README.md': '# Images\n',
          LICENSE: apache,
          'CONTRIBUTING.md': '# Contributing\n',
          Dockerfile: 'FROM debian:12\n',
        },
      },
    ],
    branches: {
      'tidy-root': [{ author: NOOR, message: signed('Tidy the root folder', NOOR), files: { LICENSE: null } }],
      'dependabot/docker/debian-13': [
        {
          author: BOT,
          message: 'Bump debian from 12 to 13\n\nSigned-off-by: dependabot[bot] <support@github.com>\n',
          files: { Dockerfile: 'FROM debian:13\n' },
        },
      ],
    },
    pullRequests: [
      { branch: 'tidy-root', title: 'Tidy the root folder', author: 'noor' },
      { branch: 'dependabot/docker/debian-13', title: 'Bump debian from 12 to 13', author: 'dependabot[bot]' },
    ],
  };
}
