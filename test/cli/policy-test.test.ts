/** `steward policy test`: which files it finds, what it prints, and the code that it ends with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { run } from '../../src/cli/program.ts';
import { aConsole } from '../support/console.ts';
import { ADA, aFolder, aRepository, removeFolders } from '../support/repository.ts';

afterAll(removeFolders);

const POLICY = 'rules:\n  dco: { enforce: warn }\n  required-files: { enforce: warn, files: [readme] }\n';
const PASSING = 'tests:\n  - { name: sign-offs are asked for, rule: dco, expect: { enforce: warn } }\n';
const FAILING = 'tests:\n  - name: "they <stop> \\u202E a merge"\n    rule: dco\n    expect: { enforce: block }\n';

async function steward(...argv: readonly string[]): Promise<{ code: number; printed: string; noted: string }> {
  const console = aConsole();
  const code = await run(['policy', 'test', ...argv], console);
  return { code, printed: console.printed(), noted: console.noted() };
}

/** A folder with these files; the policy is `steward.yml`. */
function aPlace(files: Readonly<Record<string, string>>): { readonly at: (path: string) => string; readonly policy: string } {
  const folder = aFolder();
  for (const [path, text] of Object.entries({ 'steward.yml': POLICY, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { at: (path) => join(folder, path), policy: join(folder, 'steward.yml') };
}

test('every *.test.yml beside and below the policy is run, and the code says whether all pass', async () => {
  const { at, policy } = aPlace({
    'a.test.yml': PASSING,
    'steward/tests/b.test.yml': PASSING,
    'node_modules/c.test.yml': FAILING,
  });
  expect(await steward('--policy', policy)).toEqual({
    code: 0,
    printed: `pass  ${at('a.test.yml')}:2 sign-offs are asked for\npass  ${at('steward/tests/b.test.yml')}:2 sign-offs are asked for\n2 of 2 passed.\n`,
    noted: '',
  });
});

test('a case that fails says why, on lines of Steward’s own, and makes the code 1', async () => {
  const { at, policy } = aPlace({ 'a.test.yml': FAILING });
  expect(await steward('--policy', policy, at('a.test.yml'))).toEqual({
    code: 1,
    printed: `FAIL  ${at('a.test.yml')}:2 they <stop> \\u{202e} a merge\n      Expected it to be held at block, found warn. Set by enforce: warn (${policy}:2).\n0 of 1 passed.\n`,
    noted: '',
  });
});

test('JSON has the results, and JUnit XML escapes what is foreign', async () => {
  const { at, policy } = aPlace({ 'a.test.yml': FAILING });
  const json = await steward('--policy', policy, '--format', 'json');
  expect(JSON.parse(json.printed)).toEqual({
    results: [{ name: 'they <stop> ‮ a merge', source: at('a.test.yml'), line: 2, isPassed: false, says: expect.any(String) }],
    problems: [],
  });
  const { code, printed } = await steward('--policy', policy, '--format', 'junit');
  expect(code).toBe(1);
  expect(printed).toContain('<testsuites tests="1" failures="1" errors="0">');
  expect(printed).toContain('name="they &lt;stop&gt; \\u{202e} a merge"');
  expect(printed).not.toContain('<stop>');
});

test('a file that cannot be read makes the code 2, and the others run', async () => {
  const { at, policy } = aPlace({
    'a.test.yml': 'tests: [{ name: a, rule: dco, expect: { enforce: blok } }]',
    'b.test.yml': PASSING,
  });
  const { code, printed } = await steward('--policy', policy);
  expect(code).toBe(2);
  expect(printed).toBe(
    `${at('a.test.yml')}:1:50 tests[0].expect.enforce: "blok" is not one of: off, observe, warn, block. Did you mean "block"?\n` +
      `pass  ${at('b.test.yml')}:2 sign-offs are asked for\n1 of 1 passed. 1 file could not be read, and none of their cases ran.\n`,
  );
});

test('without a test file, a policy, or a sound policy the next step is told', async () => {
  const { at, policy } = aPlace({ 'bad.yml': 'rules: { dcoo: {} }', 'sub/steward.yml': POLICY });
  expect(await steward('--policy', at('sub/steward.yml'))).toEqual({
    code: 2,
    printed: '',
    noted: `No *.test.yml file lies beside or below ${at('sub/steward.yml')}. Write one, or name the files.`,
  });
  expect(await steward('--policy', policy, at('none.test.yml'))).toMatchObject({
    code: 2,
    noted: expect.stringContaining('there is no such file'),
  });
  expect(await steward('--policy', at('none.yml'))).toMatchObject({
    code: 2,
    noted: expect.stringContaining('there is no such file'),
  });
  expect(await steward('--policy', at('bad.yml'))).toMatchObject({
    code: 2,
    noted: expect.stringContaining('Did you mean "dco"?'),
  });
});

test('facts that check recorded are judged; what is not recorded fails in words', async () => {
  const clone = aRepository();
  clone.write('README.md', 'Hello');
  clone.commit('Begin', { signedOffBy: ADA });
  const { at, policy } = aPlace({
    'recorded.test.yml': `tests:
  - { name: it stands, recorded: ./wallet.jsonl, expect: { required-files: pass } }
  - { name: by name, recorded: wallet, expect: { required-files: pass } }
  - { name: no file, recorded: ./none.jsonl, expect: { required-files: pass } }
  - { name: another, recorded: ./steward.yml, expect: { required-files: pass } }
  - { name: two, recorded: ./two.jsonl, expect: { required-files: pass } }
`,
  });
  const console = aConsole();
  await run(['check', clone.path, '--policy', policy, '--format', 'facts'], console);
  writeFileSync(at('wallet.jsonl'), console.printed());
  writeFileSync(at('two.jsonl'), console.printed().repeat(2));
  const { code, printed } = await steward('--policy', policy, '--format', 'json');
  expect(code).toBe(1);
  const { results } = JSON.parse(printed) as { results: readonly { says: string | null }[] };
  expect(results.map(({ says }) => says)).toEqual([
    null,
    'The command line has no stored facts of repositories, so "wallet" cannot be judged here. Record them with "steward check --format facts > facts.jsonl", and write "recorded: ./facts.jsonl".',
    'The recorded facts in "./none.jsonl" cannot be used: there is no such file.',
    'The recorded facts in "./steward.yml" cannot be used: it is not what "steward check --format facts" writes.',
    'The recorded facts in "./two.jsonl" cannot be used: it has more than one line; a test judges the facts of one.',
  ]);
});
