import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { run } from '../../src/cli/program.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import { aConsole } from '../support/console.ts';
import { ADA, aFolder, aRepository, GRACE, removeFolders, type TestRepository } from '../support/repository.ts';

afterAll(removeFolders);

const STRICT = `rules:
  dco: { enforce: block }
  required-files: { enforce: block, files: [readme] }
`;

async function steward(...argv: readonly string[]): Promise<{ code: number; printed: string; noted: string }> {
  const console = aConsole();
  const code = await run(argv, console);
  return { code, printed: console.printed(), noted: console.noted() };
}

async function verdictOf(...argv: readonly string[]): Promise<Verdict> {
  const { printed, noted } = await steward('check', ...argv, '--format', 'json');
  if (printed === '') throw new Error(noted);
  return JSON.parse(printed) as Verdict;
}

function policyFile(text: string): string {
  const file = join(aFolder(), 'policy.yml');
  writeFileSync(file, text);
  return file;
}

function withReadme(): TestRepository {
  const repository = aRepository();
  repository.write('README.md', '# Hello\n');
  repository.commit('Begin', { signedOffBy: ADA });
  return repository;
}

describe('exit codes', () => {
  test('0: nothing blocks', async () => {
    const { code, printed } = await steward('check', withReadme().path, '--policy', policyFile(STRICT));
    expect(code).toBe(0);
    expect(printed).toContain('local/example');
  });

  test('1: a blocking rule fails', async () => {
    const repository = aRepository();
    repository.write('src/main.ts', 'x');
    repository.commit('Begin');
    const { code } = await steward('check', repository.path, '--policy', policyFile(STRICT));
    expect(code).toBe(1);
  });

  test('0: the same failure, only observed', async () => {
    const repository = aRepository();
    repository.commit('Begin');
    const { code, noted } = await steward('check', repository.path);
    expect(code).toBe(0);
    expect(noted).toContain('the built-in baseline is observed and nothing blocks');
  });

  test('2: a policy with mistakes is told with line and column, all of them at once', async () => {
    const file = policyFile('rules:\n  dco:\n    enforce: blok\n  licence-file: {}\n');
    const { code, noted, printed } = await steward('check', withReadme().path, '--policy', file);
    expect(code).toBe(2);
    expect(printed).toBe('');
    expect(noted).toContain(`${file}:3:14 rules.dco.enforce`);
    expect(noted).toContain(`${file}:4:3 rules.licence-file`);
    expect(noted).toContain('block');
  });

  test('2: a policy in the clone with mistakes', async () => {
    const repository = withReadme();
    repository.write('.github/steward.yml', 'rules: [dco]\n');
    repository.commit('Add a policy');
    const { code, noted } = await steward('check', repository.path);
    expect(code).toBe(2);
    expect(noted).toContain('local/example:.github/steward.yml:1:');
  });

  test.each([
    [['check', '/nowhere/at/all'], 'is not a folder'],
    [['check', '--base', 'nowhere'], 'names no commit'],
    [['check', '--policy', '/nowhere.yml'], 'there is no such file'],
    [['check', '--name', 'nobody'], 'OWNER/REPO'],
    [['check', '--format', 'jsn'], 'Did you mean json?'],
    [['check', '--polcy', 'x'], 'Did you mean --policy?'],
    [['chek'], 'Did you mean check?'],
    [['check', 'a', 'b'], 'too many arguments'],
    [['judge'], "required option '--policy <file>' not specified"],
    [['schema', 'verdikt'], 'Did you mean verdict?'],
    [['audit', 'example', '--limit', '0'], '1 or more'],
    [['policy', 'validate'], 'missing required argument'],
    [[], 'Usage: steward'],
    [['policy'], 'Usage: steward policy'],
  ])('2: %j is bad usage, and the note says what is wrong', async (argv, words) => {
    const folder = argv[0] === 'check' && !argv[1]?.startsWith('/') && argv[1] !== 'a' ? [withReadme().path] : [];
    const [command, ...rest] = argv;
    const { code, noted, printed } = await steward(...(command === undefined ? [] : [command]), ...folder, ...rest);
    expect(noted).toContain(words);
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
  });

  test.each(['check', 'judge', 'audit', 'policy', 'policy validate', 'schema', 'serve', 'demo', ''])(
    '0: help of "%s" shows examples and the exit codes',
    async (command) => {
      const { code, printed } = await steward(...command.split(' ').filter((word) => word !== ''), '--help');
      expect(code).toBe(0);
      expect(printed).toContain('Exit codes:\n  0  nothing is blocking');
      if (command !== '') expect(printed).toContain('Examples:\n  $ ');
    },
  );

  test.each(['cla', 'cla verify', 'cla import', 'cla company', 'cla company person', 'cla company domain'])(
    '0: help of "%s" shows examples, its exit codes and where the register is',
    async (command) => {
      const { code, printed } = await steward(...command.split(' '), '--help');
      expect(code).toBe(0);
      expect(printed).toMatch(/Examples:\n {2}\$ .*Exit codes:\n {2}0 {2}done, or the chain holds.*STEWARD_DATA/s);
    },
  );

  test('a repository without commits is nothing to judge, in every format', async () => {
    const { path } = aRepository();
    expect(await steward('check', path)).toMatchObject({ code: 0, printed: expect.stringContaining('no commit yet') });
    expect(await steward('check', path, '--format', 'json')).toMatchObject({ code: 0, printed: 'null\n' });
    expect(JSON.parse((await steward('check', path, '--format', 'sarif')).printed)).toMatchObject({ version: '2.1.0' });
    expect((await steward('check', path, '--format', 'md')).printed).toContain('no commit yet');
  });
});

describe('what is judged', () => {
  test('a license that only a registry knows is told with who asks it, and an exception that was used with its reason', async () => {
    const repository = withReadme();
    repository.git('checkout', '--quiet', '-b', 'feature');
    repository.write('package.json', '{ "dependencies": { "left-pad": "^1.3.0", "right-pad": "^1.0.0" } }');
    repository.commit('Add packages', { signedOffBy: ADA });
    const policy = policyFile(
      "rules:\n  dependency-licenses: { enforce: warn, exceptions: [{ package: 'pkg:npm/right-pad', reason: Ours }] }\n",
    );
    const { printed } = await steward('check', repository.path, '--policy', policy, '--base', 'main');
    expect(printed).toContain('the command line asks no registry; on GitHub Steward does. (package.json:1)');
    expect(printed).toContain('can add an exception for pkg:npm/left-pad under that license.');
    expect(printed).toContain('right-pad ^1.0.0 (npm), whose license is not known, is excepted: Ours.');
  });

  test('without a base the repository alone; with one its commits, too', async () => {
    const repository = withReadme();
    repository.git('checkout', '--quiet', '-b', 'feature/größe');
    repository.commit('Forget the sign-off', { author: GRACE });
    const policy = policyFile(STRICT);
    const alone = await verdictOf(repository.path, '--policy', policy);
    expect(alone.rules.map(({ id }) => id)).toEqual(['required-files']);
    expect(alone.conclusion).toBe('success');
    const since = await verdictOf(repository.path, '--policy', policy, '--base', 'main');
    expect(since.rules.find(({ id }) => id === 'dco')?.outcome).toBe('fail');
    expect(since.conclusion).toBe('failure');
    expect(since.circumstances).toMatchObject({ baseRef: 'main', title: 'feature/größe since main' });
  });

  test('what the base fails already is shown and not held against the branch', async () => {
    const repository = aRepository();
    repository.commit('Begin', { signedOffBy: ADA });
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write('a', 'a');
    repository.commit('Add a', { signedOffBy: ADA });
    const policy = policyFile(STRICT);
    const verdict = await verdictOf(repository.path, '--policy', policy, '--base', 'main');
    expect(verdict.conclusion).toBe('success');
    expect(verdict.rules.find(({ id }) => id === 'required-files')?.findings).toEqual([
      expect.objectContaining({ outcome: 'fail', isExisting: true }),
    ]);
    expect((await verdictOf(repository.path, '--policy', policy)).conclusion).toBe('failure');
  });

  test('the branch is judged by the policy of its base, never by its own', async () => {
    const repository = aRepository();
    repository.write('.github/steward.yml', STRICT);
    repository.write('README.md', 'Hello');
    repository.commit('Begin', { signedOffBy: ADA });
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write('.github/steward.yml', 'rules: { dco: { enforce: off } }\n');
    repository.commit('Loosen');
    const verdict = await verdictOf(repository.path, '--base', 'main');
    expect(verdict.conclusion).toBe('failure');
    expect(verdict.policy.files.at(-1)).toMatchObject({
      layer: 'repository',
      commit: repository.git('rev-parse', 'main').trim(),
    });
  });

  test('a branch that breaks the policy file is told so', async () => {
    const repository = withReadme();
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write('.github/steward.yml', 'rules: { dco: { enforce: blok } }\n');
    repository.commit('Add a policy', { signedOffBy: ADA });
    const { code, noted } = await steward('check', repository.path, '--base', 'main');
    expect(code).toBe(2);
    expect(noted).toContain('.github/steward.yml:1:');
  });

  test('a branch that is only behind its base does not propose the older policy', async () => {
    const repository = aRepository();
    repository.write('.github/steward.yml', 'rules: [broken]\n');
    repository.commit('Begin', { signedOffBy: ADA });
    repository.git('branch', 'topic');
    repository.write('.github/steward.yml', STRICT);
    repository.write('README.md', 'Hello');
    repository.commit('Mend the policy', { signedOffBy: ADA });
    repository.git('checkout', '--quiet', 'topic');
    repository.commit('Go on', { signedOffBy: ADA });
    expect((await steward('check', repository.path, '--base', 'main')).code).toBe(0);
  });

  test("the organization's clone gives its policy and its default files", async () => {
    const shared = aRepository({ name: '.github' });
    shared.write('.github/steward.yml', 'rules:\n  required-files: { enforce: block, files: [security] }\n');
    shared.commit('Begin');
    const repository = withReadme();
    expect((await verdictOf(repository.path, '--defaults', shared.path)).conclusion).toBe('failure');
    shared.write('SECURITY.md', 'Write to us.');
    shared.commit('Add');
    const verdict = await verdictOf(repository.path, '--defaults', shared.path);
    expect(verdict.conclusion).toBe('success');
    expect(verdict.policy.files).toEqual([
      expect.objectContaining({ layer: 'organization', source: 'local/.github:.github/steward.yml' }),
    ]);
  });

  test('without that clone a missing file that it could hold is unknown, and never passes', async () => {
    const policy = policyFile('rules:\n  required-files: { enforce: block, files: [security] }\n');
    const { code, printed } = await steward('check', withReadme().path, '--policy', policy);
    expect(code).toBe(1);
    expect(printed).toContain('--defaults PATH');
  });

  test('changes that are not committed are not judged, and it is said', async () => {
    const repository = withReadme();
    repository.write('README.md', 'otherwise');
    expect((await steward('check', repository.path)).noted).toContain('The last commit was judged.');
  });

  test('a policy that extends another repository cannot be read from a clone', async () => {
    const policy = policyFile('extends: example/policies\n');
    const { code, noted } = await steward('check', withReadme().path, '--policy', policy);
    expect(code).toBe(2);
    expect(noted).toContain('reads no other repository');
  });
});

describe('text', () => {
  test('shows what is not known beside what fails, and what passes only when asked', async () => {
    const policy = policyFile('rules:\n  required-files: { enforce: block, files: [readme, security, notice] }\n');
    const clone = withReadme().path;
    const { printed } = await steward('check', clone, '--policy', policy);
    expect(printed).toContain('There is no NOTICE.');
    expect(printed).toContain('Whether there is a security policy is not known');
    expect(printed).not.toContain('The README is README.md');
    expect(printed).not.toContain('tries again');
    const fine = policyFile('rules:\n  required-files: { enforce: block, files: [readme] }\n');
    expect((await steward('check', clone, '--policy', fine, '--verbose')).printed).toContain('The README is README.md');
  });

  test('names the commits of a clone by their base', async () => {
    const repository = withReadme();
    repository.commit('Go on', { signedOffBy: ADA });
    const { printed } = await steward('check', repository.path, '--base', 'HEAD~1', '--name', 'acme/rocket');
    expect(printed).toMatch(/^acme\/rocket since HEAD~1 {2}/);
  });
});

describe('what the server alone can judge', () => {
  const AGREEMENT = `  cla:
    enforce: block
    agreements:
      - { id: individual, title: Example Agreement, version: '1.0', text: 'https://example.org/a.txt', since: 2026-01-01 }
`;
  const signedOff = (isSigned: boolean): string => {
    const repository = withReadme();
    repository.commit('Go on', isSigned ? { signedOffBy: ADA } : {});
    return repository.path;
  };
  const judged = (policy: string, isSigned: boolean) =>
    steward('check', signedOff(isSigned), '--policy', policyFile(policy), '--base', 'HEAD~1');

  test('0, and never a pass: agreements are judged on the pull request, and it is said', async () => {
    const { code, printed, noted } = await judged(`certification: cla\nrules:\n${AGREEMENT}`, true);
    expect(code).toBe(0);
    expect(printed).toContain('Not everything can be judged on a clone');
    expect(printed).toContain('1 not known yet');
    expect(printed).not.toContain('tries again');
    expect(noted).toContain(
      '`cla` is not judged here, because a clone does not hold what is needed; Steward judges it on the pull',
    );
    const policy = policyFile(`certification: cla\nrules:\n${AGREEMENT}`);
    const verdict = await verdictOf(signedOff(true), '--policy', policy, '--base', 'HEAD~1');
    expect(verdict).toMatchObject({ conclusion: 'action_required', rules: [{ id: 'cla', outcome: 'unknown' }] });
  });

  test('1: what can be judged here and fails blocks as ever', async () => {
    expect((await judged(`certification: both\nrules:\n  dco: { enforce: block }\n${AGREEMENT}`, false)).code).toBe(1);
  });

  test('1: where one of both is enough, a missing sign-off is told as what a signature settles, too', async () => {
    const { code, noted } = await judged(`certification: either\nrules:\n  dco: { enforce: block }\n${AGREEMENT}`, false);
    expect(code).toBe(1);
    expect(noted).toContain('A commit without a sign-off is fine as well where its people have signed.');
  });

  test('1: what the clone could hold and does not is for whoever runs the command', async () => {
    const policy = policyFile('rules:\n  required-files: { enforce: block, files: [security] }\n');
    const { code, noted } = await steward('check', withReadme().path, '--policy', policy);
    expect(code).toBe(1);
    expect(noted).not.toContain('not judged here');
  });
});

describe('formats', () => {
  const failing = (): TestRepository => {
    const repository = withReadme();
    repository.commit('| a | @everyone <b>\u001b[31m', { author: 'M. `x` <m@example.org>' });
    return repository;
  };

  test('text has no escape sequences of anybody’s', async () => {
    const { printed } = await steward('check', failing().path, '--policy', policyFile(STRICT), '--base', 'HEAD~1');
    expect(printed).not.toContain('\u001b');
    expect(printed).toContain('✗');
  });

  test('md is a report', async () => {
    const { code, printed } = await steward(
      'check',
      failing().path,
      '--policy',
      policyFile(STRICT),
      '--base',
      'HEAD~1',
      '--format',
      'md',
    );
    expect(code).toBe(1);
    expect(printed).toMatch(/^# /);
    expect(printed).toMatch(/<sub>Judged `[0-9a-f]{7}` by the policy `[^`]*policy\.yml`\.<\/sub>\n$/);
  });

  test('md says when the built-in baseline judged', async () => {
    const { printed } = await steward('check', withReadme().path, '--format', 'md');
    expect(printed).toContain("by Steward's built-in baseline.");
  });

  test('sarif lists what fails', async () => {
    const { code, printed } = await steward(
      'check',
      failing().path,
      '--policy',
      policyFile(STRICT),
      '--base',
      'HEAD~1',
      '--format',
      'sarif',
    );
    expect(code).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({ version: '2.1.0', runs: [{ results: [{ ruleId: 'dco', level: 'error' }] }] });
  });
});
