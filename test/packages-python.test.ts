/** Manifests and lock files of Python. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { declaredLicense } from '../src/facts/packages/python/license.ts';
import { readPyproject } from '../src/facts/packages/python/pyproject.ts';
import { readers } from '../src/facts/packages/python/readers.ts';
import { readRequirement } from '../src/facts/packages/python/requirement.ts';
import { readSetupCfg } from '../src/facts/packages/python/setup-cfg.ts';
import type { Origin, Package } from '../src/facts/packages/package.ts';

const read = (path: string, text: string): unknown => readers.find(({ matches }) => matches(path))!.read(text);

const pypi = (name: string, line: number, rest: Partial<Package> = {}): Package => ({
  ecosystem: 'pypi',
  name,
  version: null,
  constraint: null,
  origin: { kind: 'registry', registry: null },
  usage: 'runtime',
  isDirect: true,
  license: null,
  line,
  ...rest,
});
const at = (url: string, ref: string | null, path: string | null = null): Origin => ({ kind: 'repository', url, ref, path });
const development = { usage: 'development' } as const;
const nothing = { name: null, version: null, license: null, licenseFile: null, isPrivate: false, isScaffold: false };

test('pyproject.toml says its license in SPDX, and what it needs for what', () => {
  const text = `[project]
name = "ledger"
version = "1.0"
license = "MIT OR Apache-2.0"
license-files = ["LICENSE*"]
dependencies = [
  "Zope.Interface[test] >= 5, <6 ; python_version < '3.12'",
  "fork",
  "pinned==1.2.3",
]
[project.optional-dependencies]
dev = ["ruff"]
fast = ["uvloop"]
[dependency-groups]
lint = ["mypy>=1", {include-group = "test"}]
[build-system]
requires = ["hatchling"]
[tool.uv.sources]
fork = { git = "https://github.com/acme/fork.git", rev = "abc" }
`;
  expect(readPyproject(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'pypi',
      name: 'ledger',
      version: '1.0',
      license: { text: 'MIT OR Apache-2.0', expression: 'MIT OR Apache-2.0', line: 4 },
      licenseFile: 'LICENSE*',
      isPrivate: false,
      isScaffold: false,
      dependencies: [
        pypi('zope-interface', 7, { constraint: '>= 5, <6' }),
        pypi('fork', 8, { origin: at('https://github.com/acme/fork', 'abc') }),
        pypi('pinned', 9, { version: '1.2.3' }),
        pypi('ruff', 12, development),
        pypi('uvloop', 13),
        pypi('mypy', 15, { constraint: '>=1', ...development }),
        pypi('hatchling', 17, development),
      ],
    },
  });
});

test('the tables of Poetry count as well', () => {
  const text = `[tool.poetry]
name = "ledger"
license = "Apache-2.0"
package-mode = false
[tool.poetry.dependencies]
python = "^3.12"
requests = "^2.31"
local = { path = "../local" }
[tool.poetry.group.dev.dependencies]
pytest = { version = "8.0", source = "inner" }
[[tool.poetry.source]]
name = "inner"
url = "https://user:secret@pypi.example.org/simple"
`;
  expect(readPyproject(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'pypi',
      name: 'ledger',
      version: null,
      license: { text: 'Apache-2.0', expression: 'Apache-2.0', line: 3 },
      licenseFile: null,
      isPrivate: true,
      isScaffold: false,
      dependencies: [
        pypi('requests', 7, { constraint: '^2.31' }),
        pypi('local', 8, { origin: { kind: 'own' } }),
        pypi('pytest', 10, {
          constraint: '8.0',
          origin: { kind: 'registry', registry: 'https://pypi.example.org/simple' },
          ...development,
        }),
      ],
    },
  });
});

test.each([
  ['MIT', [], 'MIT'],
  ['The MIT license', ['License :: OSI Approved :: MIT License'], 'MIT'],
  [null, ['License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)'], 'GPL-3.0-or-later'],
  [null, ['License :: OSI Approved :: BSD License'], null],
  ['BSD', ['License :: OSI Approved :: BSD License'], null],
  [null, ['License :: OSI Approved :: MIT License', 'License :: OSI Approved :: ISC License (ISCL)'], null],
])('license %j with classifiers %j means %s', (license, classifiers, expression) => {
  expect(declaredLicense(license, classifiers, { license: 1, classifiers: 2 })?.expression).toBe(expression);
});

test.each([
  [null, ['License :: OSI Approved :: Apache Software License'], { may: ['Apache-2.0', 'Apache-1.1', 'Apache-1.0'] }],
  ['Apache', ['License :: OSI Approved :: Apache Software License'], { may: ['Apache-2.0', 'Apache-1.1', 'Apache-1.0'] }],
  ['Apache-2.0', ['License :: OSI Approved :: Apache Software License'], {}],
  ['GPL-3.0-or-later', ['License :: OSI Approved :: GNU General Public License v3 (GPLv3)'], {}],
  ['MIT OR Apache-2.0', ['License :: OSI Approved :: MIT License'], {}],
  ['Apache-2.0', ['License :: OSI Approved'], {}],
  [
    'Apache-2.0',
    ['License :: OSI Approved', 'License :: OSI Approved :: MIT License'],
    { against: 'License :: OSI Approved :: MIT License' },
  ],
])('license %j with classifiers %j leaves open, or contradicts: %j', (license, classifiers, more) => {
  const found = declaredLicense(license, classifiers, { license: 1, classifiers: 2 });
  expect({ ...(found?.may && { may: found.may }), ...(found?.against !== undefined && { against: found.against }) }).toEqual(
    more,
  );
});

test('a license that the build fills in is not told', () => {
  expect(readPyproject('[project]\nname = "x"\ndynamic = ["version", "license"]\n')).toMatchObject({
    value: { license: { text: 'dynamic', expression: null, line: 3, untold: 'leaves its license to its build' } },
  });
});

test('without a license and classifiers nothing is declared', () => {
  expect(declaredLicense(null, ['Private :: Do Not Upload'], { license: null, classifiers: 2 })).toBeNull();
});

test('setup.cfg is read; setup.py is code and has no reader', () => {
  const text = `[metadata]
name = ledger
version = attr: ledger.__version__
license = MIT
license_files =
    LICENSE
classifiers =
    Private :: Do Not Upload
[options]
install_requires =
    requests>=2 ; python_version > "3"  # why
    attrs
[options.extras_require]
test = pytest
`;
  expect(readSetupCfg(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'pypi',
      name: 'ledger',
      version: null,
      license: { text: 'MIT', expression: 'MIT', line: 4 },
      licenseFile: 'LICENSE',
      isPrivate: true,
      isScaffold: false,
      dependencies: [pypi('requests', 11, { constraint: '>=2' }), pypi('attrs', 12), pypi('pytest', 14, development)],
    },
  });
  expect(readers.some(({ matches }) => matches('setup.py'))).toBe(false);
});

test('requirements name packages, addresses and folders; options and hashes name none', () => {
  const text = `# for running
--index-url https://pypi.example.org/simple
-r base.txt
Flask==3.0.0 \\
    --hash=sha256:abc \\
    --hash=sha256:def
requests[socks] >= 2.8, != 2.9 ; python_version < "3.7"  # old
-e git+https://github.com/acme/tool.git@v1#egg=tool&subdirectory=py
lib @ https://example.org/lib.zip
./local
`;
  const registry = { kind: 'registry', registry: 'https://pypi.example.org/simple' } as const;
  const dependencies = [
    pypi('flask', 4, { version: '3.0.0', origin: registry }),
    pypi('requests', 7, { constraint: '>= 2.8, != 2.9', origin: registry }),
    pypi('tool', 8, { origin: at('https://github.com/acme/tool', 'v1', 'py') }),
    pypi('lib', 9, { origin: { kind: 'archive', url: 'https://example.org/lib.zip' } }),
    pypi('local', 10, { origin: { kind: 'own' } }),
  ];
  const unread = [{ line: 3, what: 'includes "base.txt", which is not looked into' }];
  expect(read('requirements.txt', text)).toEqual({ known: true, value: { ecosystem: 'pypi', ...nothing, dependencies, unread } });
  expect(read('requirements-dev.txt', 'ruff\n')).toEqual({
    known: true,
    value: { ecosystem: 'pypi', ...nothing, dependencies: [pypi('ruff', 1, development)] },
  });
  expect(read('requirements.in', 'a\n<html>\n')).toEqual({
    known: false,
    reason: 'line 2: found "<html>" where a requirement was wanted',
  });
});

test.each(['', '-a', 'a b', '[x]', 'a==1$'])('%j is no requirement', (written) => {
  expect(readRequirement(written)).toBeNull();
});

test('uv.lock tells direct from indirect, and running from development', () => {
  const text = `version = 1
[[package]]
name = "ledger"
version = "1.0"
source = { editable = "." }
dependencies = [{ name = "a" }]
[package.dev-dependencies]
dev = [{ name = "c" }]
[[package]]
name = "a"
version = "1.1"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "b" }]
[[package]]
name = "b"
version = "1.2"
source = { git = "https://github.com/acme/b?rev=main#abc" }
[[package]]
name = "c"
version = "1.3"
`;
  expect(read('uv.lock', text)).toEqual({
    known: true,
    value: {
      ecosystem: 'pypi',
      packages: [
        pypi('ledger', 2, { version: '1.0', origin: { kind: 'own' }, isDirect: false }),
        pypi('a', 9, { version: '1.1' }),
        pypi('b', 14, { version: '1.2', origin: at('https://github.com/acme/b', 'abc'), isDirect: false }),
        pypi('c', 18, { version: '1.3', ...development }),
      ],
    },
  });
});

test('poetry.lock pins packages of its groups and sources', () => {
  const text = `[[package]]
name = "a"
version = "1.0"
groups = ["main", "dev"]
[[package]]
name = "b"
version = "2.0"
groups = ["dev"]
[package.source]
type = "git"
url = "https://github.com/acme/b.git"
reference = "main"
resolved_reference = "abc"
`;
  expect(read('poetry.lock', text)).toEqual({
    known: true,
    value: {
      ecosystem: 'pypi',
      packages: [
        pypi('a', 1, { version: '1.0', isDirect: null }),
        pypi('b', 5, { version: '2.0', isDirect: null, origin: at('https://github.com/acme/b', 'abc'), ...development }),
      ],
    },
  });
});

test('Pipfile.lock has two groups', () => {
  const text =
    '{"_meta": {},\n"default": {"a": {"version": "==1.0", "index": "pypi"}},\n"develop": {"b": {"git": "https://github.com/acme/b", "ref": "abc"}, "__proto__": {"version": "==3"}}}';
  expect(read('Pipfile.lock', text)).toEqual({
    known: true,
    value: {
      ecosystem: 'pypi',
      packages: [
        pypi('a', 2, { version: '1.0', isDirect: null }),
        pypi('b', 3, { origin: at('https://github.com/acme/b', 'abc'), isDirect: null, ...development }),
        pypi('-proto-', 3, { version: '3', isDirect: null, ...development }),
      ],
    },
  });
});

test('no text makes a reader of Python files throw', () => {
  const word = fc.constantFrom(
    '[project]\n',
    'dependencies = [',
    '"a>=1"',
    ']',
    '\n',
    'a==1',
    ' \\\n',
    '-e ',
    'git+',
    '@',
    '[[package]]\n',
    'name = "a"\n',
    '[options]\n',
    '__proto__',
    ' = ',
    '{',
  );
  const texts = fc.array(word, { maxLength: 20 }).map((words) => words.join(''));
  fc.assert(
    fc.property(fc.oneof(texts, fc.string({ unit: 'binary' })), (text) =>
      readers.every((reader) => typeof reader.read(text).known === 'boolean'),
    ),
  );
});

test.each([
  ['-r hidden.lst', 'includes "hidden.lst", which is not looked into'],
  ['-rhidden.lst', 'includes "hidden.lst", which is not looked into'],
  ['--requirem hidden.lst', 'includes "hidden.lst", which is not looked into'],
  ['--pre --requirement=hidden.lst', 'includes "hidden.lst", which is not looked into'],
  ['-r https://example.org/requirements.txt', 'includes "https://example.org/requirements.txt", which is not looked into'],
  ['-c constraints.txt', 'includes "constraints.txt", which is not looked into'],
  ['--extra-index-url https://u:p@example.org/simple', 'takes packages from "https://example.org/simple", too'],
  ['-f https://example.org/links', 'takes packages from "https://example.org/links", too'],
  ['--unheard of', 'has the option "--unheard", which is not known here'],
])('requirements tell what they do not name themselves: %s', (line, what) => {
  const value = { ecosystem: 'pypi', ...nothing, dependencies: [pypi('a', 1)], unread: [{ line: 2, what }] };
  expect(read('requirements.txt', `a\n${line}\n`)).toEqual({ known: true, value });
});

test.each([
  ['requirements.txt', '-r requirements-dev.txt'],
  ['requirements.txt', '-r requirements/base.txt'],
  ['requirements/dev.txt', '-r base.txt'],
  ['requirements.txt', '--extra-index-url https://pypi.org/simple --pre'],
])('%s has nothing unread where others are read by themselves: %s', (path, line) => {
  expect(read(path, `${line}\n`)).toEqual({ known: true, value: { ecosystem: 'pypi', ...nothing, dependencies: [] } });
});

test('an index holds for all lines of requirements, also for those above it', () => {
  const origin = { kind: 'registry', registry: 'https://example.org/simple' } as const;
  const value = { ecosystem: 'pypi', ...nothing, dependencies: [pypi('a', 1, { origin })] };
  expect(read('requirements.txt', 'a\n-ihttps://example.org/simple\n')).toEqual({ known: true, value });
});

test('an archive beside the project is not its own, as a folder is', () => {
  const origins = (path: string, text: string): unknown => {
    const answer = readers.find(({ matches }) => matches(path))?.read(text);
    if (!answer?.known) return answer;
    return ('packages' in answer.value ? answer.value.packages : answer.value.dependencies).map(({ origin }) => origin);
  };
  const both = [{ kind: 'own' }, { kind: 'archive', url: 'x.whl' }];
  expect([
    origins('requirements.txt', './x\n./x.whl\n'),
    origins('requirements.txt', '-e .\na @ file:x.whl\n'),
    origins(
      'uv.lock',
      '[[package]]\nname = "a"\nsource = { directory = "x" }\n[[package]]\nname = "b"\nsource = { path = "x.whl" }\n',
    ),
    origins(
      'poetry.lock',
      '[[package]]\nname = "a"\n[package.source]\ntype = "directory"\nurl = "x"\n[[package]]\nname = "b"\n[package.source]\ntype = "file"\nurl = "x.whl"\n',
    ),
  ]).toEqual([both, both, both, both]);
});
