/** Files that name packages, damaged: no reader throws, forgets itself, gives more than it was given, or touches what all objects share. */
import fc from 'fast-check';
import { expressionOf } from '../../src/facts/packages/declared.ts';
import { added } from '../../src/facts/packages/diff.ts';
import type { Package, PackageReader } from '../../src/facts/packages/package.ts';
import { READERS } from '../../src/facts/packages/readers.ts';
import { packageUrl } from '../../src/facts/packages/url.ts';
import { cabalProject } from '../support/cabal-project.ts';
import { attempt, must, share, type Check } from './check.ts';

const entry = { version: '1.0.0', resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz', license: 'MIT' };
const project = cabalProject();
const pypi = { name: 'a', version: '1.0', source: { registry: 'https://pypi.org/simple' } };

/** A file of each format, by its path. */
const SEEDS: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify(
    { name: 'w', license: 'ISC', dependencies: { a: '^1', b: 'npm:@s/c@2', d: 'git+ssh://git@github.com/x/y.git#v1' } },
    null,
    2,
  ),
  'package-lock.json': JSON.stringify(
    { lockfileVersion: 3, packages: { '': {}, 'node_modules/a': entry, 'node_modules/@s/b/node_modules/a': entry } },
    null,
    1,
  ),
  'npm-shrinkwrap.json': JSON.stringify({ lockfileVersion: 1, dependencies: { a: { ...entry, dependencies: { b: entry } } } }),
  'pnpm-lock.yaml': `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: { specifier: ^1, version: 1.0.0(b@2.0.0) }\npackages:\n  a@1.0.0: { resolution: { integrity: x } }\n  /b/2.0.0: { dev: true }\nsnapshots:\n  a@1.0.0(b@2.0.0): {}\n`,
  'yarn.lock': `# yarn lockfile v1\n\n"a@^1", a@~1.0:\n  version "1.0.0"\n  resolved "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz#0a"\n  dependencies:\n    b "^2"\n`,
  'berry/yarn.lock': `__metadata:\n  version: 8\n"a@npm:^1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  linkType: hard\n`,
  'bun.lock': `{ "lockfileVersion": 1, // so\n "workspaces": { "": { "dependencies": { "a": "^1", }, }, },\n "packages": { "a": ["a@1.0.0", "", {}, "sha512-x"], }, }`,
  'bun.lockb': '#!/usr/bin/env bun\nbun-lockfile-format-v0\n',
  'Cargo.toml': `[package]\nname = "w"\nlicense = "MIT/Apache-2.0"\n[dependencies]\na = "1"\nb = { version = "2", git = "https://github.com/x/y", rev = "0a" }\n[target.'cfg(unix)'.dev-dependencies]\nc = "=3.0.0"\n`,
  'Cargo.lock': `version = 4\n[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\ndependencies = ["b 2.0.0"]\n`,
  'go.mod': `module example.org/w\n\ngo 1.22\n\nrequire (\n\tgithub.com/x/y v1.2.3 // indirect\n\texample.org/z v0.0.0\n)\nreplace example.org/z => ../z\n`,
  'pom.xml': `<?xml version="1.0"?>\n<project><groupId>g</groupId><artifactId>w</artifactId><version>1</version><properties><v>1.0</v></properties>\n<licenses><license><name>MIT</name></license></licenses><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>\${v}</version><scope>test</scope></dependency></dependencies></project>`,
  'build.gradle.kts': `plugins { id("java") }\ndependencies {\n  implementation("g:a:1.0")\n  testImplementation(platform('g:b:2.0'))\n  /* api "g:c:3" */\n}\n`,
  'libs.versions.toml': `[versions]\na = "1.0"\n[libraries]\na = { module = "g:a", version.ref = "a" }\nb = "g:b:2.0"\n`,
  'gradle.lockfile': '# by Gradle\ng:a:1.0=runtimeClasspath\ng:b:2.0=testRuntimeClasspath\nempty=\n',
  'flake.lock': JSON.stringify({
    nodes: {
      root: { inputs: { n: 'n' } },
      n: { locked: { type: 'github', owner: 'NixOS', repo: 'nixpkgs', rev: '0a' }, original: {} },
    },
    root: 'root',
    version: 7,
  }),
  'aiken.toml': `name = "acme/w"\nversion = "1.0.0"\nlicense = "Apache-2.0"\n[[dependencies]]\nname = "aiken-lang/stdlib"\nversion = "v2"\nsource = "github"\n`,
  'aiken.lock': `[[requirements]]\nname = "aiken-lang/stdlib"\nversion = "v2"\nsource = "github"\n\n[[packages]]\nname = "aiken-lang/stdlib"\nversion = "v2"\nrequirements = []\nsource = "github"\n\n[etags]\n`,
  'pyproject.toml': `[project]\nname = "w"\nlicense = "MIT"\nclassifiers = ["License :: OSI Approved :: MIT License"]\ndependencies = ["a>=1; python_version < '3'", "b[x] @ git+https://github.com/x/y@v1"]\n[tool.poetry.dependencies]\nc = { version = "^1", optional = true }\n[dependency-groups]\ndev = ["d"]\n`,
  'setup.cfg': `[metadata]\nname = w\nlicense = MIT\n[options]\ninstall_requires =\n  a >= 1\n  b\n[options.extras_require]\ntest = c; d\n`,
  Pipfile: `[packages]\na = "*"\nb = { version = "==1.0", index = "pypi" }\n[dev-packages]\nc = ">=1"\n`,
  'Pipfile.lock': JSON.stringify({ _meta: { sources: [] }, default: { a: { version: '==1.0' } }, develop: { b: { git: 'x' } } }),
  'uv.lock': `version = 1\n[[package]]\nname = "a"\nversion = "1.0"\nsource = { registry = "${pypi.source.registry}" }\n[[package]]\nname = "w"\nsource = { editable = "." }\ndependencies = [{ name = "a" }]\n`,
  'poetry.lock': `[[package]]\nname = "a"\nversion = "1.0"\noptional = false\ngroups = ["main"]\n[package.source]\ntype = "git"\nurl = "https://github.com/x/y"\nresolved_reference = "0a"\n`,
  'pylock.toml': `lock-version = "1.0"\n[[packages]]\nname = "a"\nversion = "1.0"\n[packages.vcs]\ntype = "git"\nurl = "https://github.com/x/y"\n`,
  'requirements-dev.txt': '-r other.txt\na==1.0 \\\n  --hash=sha256:0a\nb>=2,<3 ; os_name == "nt"\n',
  'requirements.txt': '# all\na==1.0\n-e git+https://u:p@github.com/x/y@v1#egg=y\nhttps://example.org/z.whl\n',
  'requirements/base.txt': '-i https://example.org/simple\na==1.0\n-c ../all.lst\n',
  'requirements/test.in': '-r base.txt\n--extra-index-url=https://example.org\nb\n',
  'w.cabal': project['widget-node/widget-node.cabal'] ?? '',
  'package.yaml': `name: w\nlicense: BSD3\ndependencies:\n- base >= 4 && < 5\n- name: a\n  version: "^>= 1"\ntests:\n  t:\n    dependencies: [b, "c == 1.*"]\n`,
  'cabal.project.freeze':
    'constraints: any.a ==1.0,\n             b ==2.0.1,\n             c +flag\nindex-state: 2026-01-01T00:00:00Z\n',
  'cabal.project': `${project['cabal.project'] ?? ''}source-repository-package\n  type: git\n  location: https://github.com/x/y\n  tag: 0a\n  subdir: one two\n`,
  'stack.yaml.lock': `packages:\n- completed:\n    hackage: a-1.0@sha256:0a,1\n  original: { hackage: a-1.0 }\nsnapshots: []\n`,
  'stack.yaml': `resolver: lts-22.0\npackages: [.]\nextra-deps:\n- a-1.0\n- git: https://github.com/x/y\n  commit: 0a\n  subdirs: [one]\n`,
};

const cases = Object.entries(SEEDS).map(([path, text]) => ({ path, text, reader: readerFor(path) }));

function readerFor(path: string): PackageReader {
  const reader = READERS.find(({ matches }) => matches(path));
  if (!reader) throw new Error(`Nobody reads ${path}.`);
  return reader;
}

const forgotten = READERS.filter((reader) => !cases.some((one) => one.reader === reader));
if (forgotten.length > 0) throw new Error(`There is no file for ${forgotten.length} readers.`);

const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__'];
const TOKENS = [
  ...KEYS,
  ...KEYS.map((key) => `"${key}": {"polluted": true},`),
  ...KEYS.map((key) => `\n${key}:\n  polluted: true\n`),
  ...KEYS.map((key) => `\n[${key}]\npolluted = true\n`),
  ...['{', '}', '[', ']', '(', ')', '"', "'", '"""', "'''", '<', '>', '</', '<!--', '<![CDATA[', '&a ', '*a', '<<: *a\n', '${v}'],
  ...[
    '\n',
    '\r\n',
    '\t',
    '\0',
    '\ufeff',
    '\ud800',
    '\u2028',
    ' ',
    ',',
    ':',
    ';',
    '=',
    '==',
    '@',
    '#',
    '\\',
    '/',
    '../',
    '-',
    '--',
  ],
  ...['1e999', '-0', 'null', 'true', '2026-01-01', '!!js/function x', '<!DOCTYPE x [<!ENTITY a "&a;&a;">]>&a;'],
];
const LONG = [
  ...['{', '[', '(', '<a>', '{"a":', '[{"a":', '- ', '  ', 'if a\n', '/*', '\\\n', '"\n[', '/* " */ ['].map((one) =>
    one.repeat(4000),
  ),
  'x'.repeat(5000),
];

type Edit =
  | { readonly kind: 'put'; readonly at: number; readonly text: string }
  | { readonly kind: 'cut'; readonly at: number; readonly to: number }
  | { readonly kind: 'again'; readonly at: number; readonly to: number; readonly times: number };

const edits = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('put' as const),
      at: share,
      text: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...TOKENS) },
        { weight: 1, arbitrary: fc.constantFrom(...LONG) },
        { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
      ),
    }),
    fc.record({ kind: fc.constant('cut' as const), at: share, to: share }),
    fc.record({ kind: fc.constant('again' as const), at: share, to: share, times: fc.integer({ min: 2, max: 30 }) }),
  ),
  { maxLength: 6 },
);

function damaged(text: string, all: readonly Edit[]): string {
  let now = text;
  for (const edit of all) {
    const at = Math.floor(edit.at * now.length);
    if (edit.kind === 'put') now = now.slice(0, at) + edit.text + now.slice(at);
    else {
      const [from, to] = [at, Math.floor(edit.to * now.length)].sort((a, b) => a - b) as [number, number];
      const part = now.slice(from, to);
      now = now.slice(0, from) + (edit.kind === 'cut' ? '' : part.repeat(edit.times)) + now.slice(to);
    }
    if (now.length > 200_000) return now.slice(0, 200_000);
  }
  return now;
}

const anyFile = fc.record({
  of: fc.constantFrom(...cases.map(({ path }) => path)),
  text: fc.oneof(
    { weight: 8, arbitrary: edits.map((all) => (seed: string) => damaged(seed, all)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 400 }).map((text) => () => text) },
  ),
});

/** So much is spent on no file of this size. */
const SLOWEST = 5_000;

function holds(path: string, text: string): void {
  const started = performance.now();
  const answer = readerFor(path).read(text);
  const took = performance.now() - started;
  must(took < SLOWEST, () => `${path} took ${Math.round(took)} ms for ${text.length} characters`);
  must(Object.keys(Object.prototype).length === 0 && !('polluted' in {}), () => `${path} changed what all objects share`);
  if (!answer.known) {
    must(
      answer.reason !== '' && answer.reason.length < 1000,
      () => `${path} gives a reason of ${answer.reason.length} characters`,
    );
    return;
  }
  const { value } = answer;
  const packages: readonly Package[] = 'packages' in value ? value.packages : value.dependencies;
  must(packages.length <= text.length, () => `${path} names ${packages.length} packages in ${text.length} characters`);
  const size = JSON.stringify(packages).length;
  must(size <= 400 * (text.length + 100), () => `${path} becomes ${size} characters from ${text.length}`);
  for (const one of packages) {
    must(one.name !== '' && typeof one.name === 'string', () => `${path} names a package ${JSON.stringify(one.name)}`);
    must(packageUrl(one).startsWith('pkg:'), () => `${one.name} has no package URL`);
    if (one.license !== null) expressionOf(one.license);
  }
  must(added(packages, packages).length === 0, () => `${path} adds packages to itself`);
}

/** Undamaged, each names a package; else damaging it shows nothing. */
for (const { path, text } of cases) {
  const answer = readerFor(path).read(text);
  if (!answer.known && path !== 'bun.lockb') throw new Error(`${path} is not read: ${answer.reason}`);
}

export const packages: Check = {
  name: 'packages',
  says: 'a file that names packages, however it is damaged, is read or told to be unreadable',
  run: (options) =>
    attempt(
      anyFile.map(({ of, text }) => ({ path: of, text: text(SEEDS[of] ?? '') })),
      ({ path, text }) => {
        holds(path, text);
      },
      options,
    ),
};
