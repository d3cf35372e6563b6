/** Lock files of Nix flakes. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readers } from '../src/facts/packages/nix/readers.ts';
import type { Origin, Package } from '../src/facts/packages/package.ts';

const [{ read, matches }] = readers as [(typeof readers)[number]];

const nix = (name: string, line: number, isDirect: boolean, origin: Origin): Package => ({
  ecosystem: 'nix',
  name,
  version: origin.kind === 'repository' ? origin.ref : null,
  constraint: null,
  origin,
  usage: 'runtime',
  isDirect,
  license: null,
  line,
});
const at = (url: string, ref: string, path: string | null = null): Origin => ({ kind: 'repository', url, ref, path });

test('flake.lock pins sources of every kind; what the flake takes in is direct, also along other inputs', () => {
  const text = `{ "nodes": {
  "root": { "inputs": { "nixpkgs": "nixpkgs_2", "lib": ["tool", "lib"], "own": "own" } },
  "nixpkgs_2": { "locked": { "type": "github", "owner": "NixOS", "repo": "nixpkgs", "rev": "abc" } },
  "tool": { "inputs": { "lib": ["own", "lib"] }, "locked": { "type": "git", "url": "https://user:secret@example.org/tool.git", "rev": "def", "dir": "nix" } },
  "own": { "inputs": { "lib": "lib" }, "locked": { "type": "path", "path": "./own" } },
  "lib": { "flake": false, "locked": { "type": "gitlab", "owner": "a", "repo": "lib", "rev": "123", "host": "gitlab.example.org" } },
  "data": { "locked": { "type": "tarball", "url": "https://example.org/data.tar.gz" } }
}, "root": "root", "version": 7 }`;
  expect(read(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'nix',
      packages: [
        nix('NixOS/nixpkgs', 3, true, at('https://github.com/NixOS/nixpkgs', 'abc')),
        nix('tool', 4, false, at('https://example.org/tool.git', 'def', 'nix')),
        nix('own', 5, true, { kind: 'own' }),
        nix('a/lib', 6, false, at('https://gitlab.example.org/a/lib', '123')),
        nix('data', 7, false, { kind: 'archive', url: 'https://example.org/data.tar.gz' }),
      ],
    },
  });
});

test('an input that follows others is direct where they end', () => {
  const text =
    '{"nodes":{"root":{"inputs":{"a":"a","b":["a","b"]}},"a":{"inputs":{"b":"b_2"}},"b_2":{"locked":{"type":"github","owner":"o","repo":"b","rev":"1"}}},"root":"root","version":7}';
  expect(read(text)).toEqual({
    known: true,
    value: { ecosystem: 'nix', packages: [nix('o/b', 1, true, at('https://github.com/o/b', '1'))] },
  });
});

test('inputs that follow each other in a circle end', () => {
  const text = '{"nodes":{"root":{"inputs":{"a":["b"],"b":["a"]}}},"root":"root"}';
  expect(read(text)).toEqual({ known: true, value: { ecosystem: 'nix', packages: [] } });
});

test.each([
  ['{}', 'the file holds no `nodes`, where a flake.lock of version 5 to 7 was wanted'],
  ['{"nodes":{},"root":"x"}', 'the node "x" is missing, from which the others are named'],
  ['{"nodes":{"__proto__":{"a":1}},"root":"toString"}', 'the node "toString" is missing, from which the others are named'],
])('%s is not known: %s', (text, reason) => {
  expect(read(text)).toEqual({ known: false, reason });
});

test('no text makes the reader throw', () => {
  const key = fc.constantFrom('nodes', 'root', 'inputs', 'locked', 'type', 'url', 'owner', 'repo', 'rev', '__proto__');
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom('root', 'github', 'a', null, 1),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(fc.property(tree, (value) => typeof read(JSON.stringify({ nodes: { root: value, a: value } })).known === 'boolean'));
  expect(matches('nix/flake.lock')).toBe(true);
});
