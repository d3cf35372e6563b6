/** Which merged pull requests, and whose, a policy would have stopped: from the history of a clone, and from what is stored. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { officeAt } from '../../src/cli/cla/desk.ts';
import { gitAt } from '../../src/cli/git.ts';
import { backtestStored } from '../../src/cli/policy/backtest-stored.ts';
import { keptGit } from '../../src/cli/policy/kept-git.ts';
import type { LookBack } from '../../src/cli/policy/looked-back.ts';
import { nameOf } from '../../src/cli/policy/merged.ts';
import { since } from '../../src/cli/policy/since.ts';
import { run } from '../../src/cli/program.ts';
import { known, type Answer } from '../../src/facts/answer.ts';
import { rules } from '../../src/rules/index.ts';
import { openStore } from '../../src/server/jobs/open.ts';
import { readPresets } from '../../src/server/presets.ts';
import { aConsole } from '../support/console.ts';
import { ADA, aFolder, aRepository, GRACE, removeFolders, runGit, type TestRepository } from '../support/repository.ts';
import { keeping } from '../support/verdicts.ts';

afterAll(removeFolders);

const DCO = 'rules:\n  dco: { enforce: block }\n';

function policyFile(text = DCO): string {
  const file = join(aFolder(), 'policy.yml');
  writeFileSync(file, text);
  return file;
}

async function backtest(...argv: readonly string[]): Promise<{ code: number; printed: string; noted: string }> {
  const console = aConsole();
  const code = await run(['policy', 'backtest', ...argv], console);
  return { code, printed: console.printed(), noted: console.noted() };
}

async function lookedBack(repository: TestRepository, policy = DCO, ...more: readonly string[]): Promise<LookBack> {
  const { printed, noted } = await backtest(repository.path, '--policy', policyFile(policy), '--format', 'json', ...more);
  if (printed === '') throw new Error(noted);
  return JSON.parse(printed) as LookBack;
}

const fates = ({ pulls }: LookBack) => pulls.map(({ number, author, fate }) => [number, author, fate]);

/** A project with a first commit that nobody signed off: it is no pull request. */
function aProject(): TestRepository {
  const repository = aRepository();
  repository.write('README.md', '# Example\n');
  repository.write('LICENSE', 'All rights reserved.\n');
  repository.commit('Begin');
  return repository;
}

/** Merges a branch with one commit, as GitHub's button does; Ada presses it. */
function mergePull(
  repository: TestRepository,
  number: number,
  by: string,
  isSignedOff: boolean,
  work = (): void => undefined,
): void {
  repository.git('checkout', '--quiet', '-b', `topic-${number}`);
  work();
  repository.commit(`Work on ${number}`, { author: by, ...(isSignedOff ? { signedOffBy: by } : {}) });
  repository.git('checkout', '--quiet', 'main');
  repository.git('merge', '--quiet', '--no-ff', '-m', `Merge pull request #${number} from fork/topic`, `topic-${number}`);
}

describe('in a clone', () => {
  test('a merge is a pull request of whoever wrote it, a commit that ends in a number is one, and others are counted', async () => {
    const repository = aProject();
    mergePull(repository, 1, GRACE, false);
    mergePull(repository, 2, GRACE, true);
    repository.commit('Squashed (#3)', { author: ADA });
    repository.commit('Squashed, too (#4)', { author: ADA, signedOffBy: ADA });
    repository.commit('Mentions (#5) within');
    const back = await lookedBack(repository);
    expect(fates(back)).toEqual([
      [4, 'Ada Lovelace', 'passed'],
      [3, 'Ada Lovelace', 'stopped'],
      [2, 'Grace Hopper', 'passed'],
      [1, 'Grace Hopper', 'stopped'],
    ]);
    expect(back).toMatchObject({ place: 'local/example', branch: 'main', merged: 4, stopped: 2, unknown: 0, direct: 2 });
    expect(back.rules).toEqual([{ id: 'dco', stops: 2, warns: 0, notes: 0, unknown: 0 }]);
    expect(back.authors).toEqual([
      { name: 'Ada Lovelace', merged: 2, stopped: 1 },
      { name: 'Grace Hopper', merged: 2, stopped: 1 },
    ]);
  });

  test('people read who and why, without any address; the code says that something would have been stopped', async () => {
    const repository = aProject();
    mergePull(repository, 7, 'grace@example.org <grace@example.org>', false);
    const { code, printed } = await backtest(repository.path, '--policy', policyFile());
    expect(code).toBe(1);
    expect(printed).toBe(
      [
        'local/example, main since 2025-10-04: 1 pull request was merged; 1 would have been stopped. 1 commit was pushed directly and not judged.',
        '',
        'Would have been stopped:',
        '  #7  2026-01-01  somebody without a name  dco',
        '',
        'By rule:',
        '  dco  stops 1',
        '',
        'By author:',
        '  somebody without a name  1 of 1',
        '',
      ].join('\n'),
    );
  });

  test('a spreadsheet gets a line for each, also for those that pass, and no formula', async () => {
    const repository = aProject();
    mergePull(repository, 1, '=cmd() <e@example.org>', false);
    const { printed } = await backtest(repository.path, '--policy', policyFile(), '--format', 'csv');
    const [head, line] = printed.split('\r\n');
    expect(head).toBe('repository,pull_request,commit,merged_at,author,fate,stopped_by,warned_by,noted_by,unknown');
    expect(line).toMatch(/^local\/example,1,[0-9a-f]{40},2026-01-01T[\d:.]+Z,"'=cmd\(\)",stopped,dco,,,$/);
  });

  test('a rule about the repository stops only what makes it worse', async () => {
    const policy = 'rules:\n  required-files: { enforce: block, files: [readme, contributing] }\n  dco: { enforce: off }\n';
    const repository = aProject();
    mergePull(repository, 1, GRACE, false);
    mergePull(repository, 2, GRACE, false, () => repository.git('rm', '--quiet', 'README.md'));
    expect(fates(await lookedBack(repository, policy))).toEqual([
      [2, 'Grace Hopper', 'stopped'],
      [1, 'Grace Hopper', 'passed'],
    ]);
  });

  test('what the branch gained while a pull request was open is not held against it', async () => {
    const policy = 'rules:\n  required-files: { enforce: block, files: [contributing] }\n  dco: { enforce: off }\n';
    const repository = aProject();
    repository.git('branch', 'old');
    repository.write('CONTRIBUTING.md', '# How\n');
    repository.commit('Explain');
    repository.git('checkout', '--quiet', 'old');
    repository.write('old.txt', 'x');
    repository.commit('Old work', { author: GRACE });
    repository.git('checkout', '--quiet', 'main');
    repository.git('merge', '--quiet', '--no-ff', '-m', 'Merge branch old', 'old');
    expect(fates(await lookedBack(repository, policy))).toEqual([[null, 'Grace Hopper', 'passed']]);
  });

  test('what is only recommended or observed stops nobody, and is counted', async () => {
    const repository = aProject();
    mergePull(repository, 1, GRACE, false);
    for (const [level, counts] of [
      ['warn', { warns: 1, notes: 0 }],
      ['observe', { warns: 0, notes: 1 }],
    ] as const) {
      const back = await lookedBack(repository, `rules:\n  dco: { enforce: ${level} }\n`);
      expect([back.stopped, back.rules]).toEqual([0, [{ id: 'dco', stops: 0, unknown: 0, ...counts }]]);
    }
  });

  test('what a clone cannot tell is unknown, never a pass', async () => {
    const repository = aProject();
    mergePull(repository, 1, GRACE, true);
    const agreement =
      '{ id: icla, title: T, kind: individual, version: "1.0", text: "https://example.org/cla", since: 2026-01-01 }';
    const policy = `certification: cla\nrules:\n  cla:\n    enforce: block\n    agreements: [${agreement}]\n`;
    const { code, printed } = await backtest(repository.path, '--policy', policyFile(policy));
    expect(printed).toContain('none would have been stopped, and of 1 it cannot be told');
    expect(printed).toContain('--owner');
    expect(code).toBe(0);
  });

  test('the policy of the clone as it is now judges also what came before it, at the day that is asked for', async () => {
    const repository = aProject();
    mergePull(repository, 1, GRACE, false);
    repository.write(
      '.github/steward.yml',
      'rules:\n  dco:\n    enforce: observe\n    rollout: [{ enforce: block, from: 2027-03-01 }]\n',
    );
    repository.commit('Add a policy');
    expect((await backtest(repository.path)).code).toBe(0);
    expect((await backtest(repository.path, '--at', '2027-03-01')).code).toBe(1);
  });

  describe('which repository it is judged as', () => {
    const GROUPED = [
      'rules: { dco: { enforce: observe } }',
      'groups:',
      '  - { name: core, where: { names: [wallet] }, rules: { dco: { enforce: block } } }',
      '  - { name: docs, where: { topics: [documentation] }, rules: { dco: { enforce: warn } } }',
      '',
    ].join('\n');
    const noted = async (...more: readonly string[]): Promise<{ readonly code: number; readonly noted: string }> => {
      const repository = aProject();
      mergePull(repository, 1, GRACE, false);
      return backtest(repository.path, '--policy', policyFile(GROUPED), ...more);
    };

    test('a clone without an origin goes by its folder, and it is said how to name it', async () => {
      const { code, noted: told } = await noted();
      expect(code).toBe(0);
      expect(told).toContain('Note: judged as local/example, after the clone. It is in no group and no pilot.');
      expect(told).toContain('give that with --name OWNER/REPO');
    });

    test('a name that is given decides the groups', async () => {
      const { code, noted: told } = await noted('--name', 'acme/wallet');
      expect(code).toBe(1);
      expect(told).toContain('Note: judged as acme/wallet, as --name says. It is in: core.\n');
    });

    test('what a clone cannot know is told as that, and taken from --trait', async () => {
      const { noted: told } = await noted('--name', 'acme/wallet');
      expect(told).toContain('A clone does not know topics, custom properties, visibility and language: tell them with --trait');
      expect(told).not.toContain('permission');
      const given = await noted('--name', 'acme/wallet', '--trait', 'topic=documentation');
      expect(given.code).toBe(0);
      expect(given.noted).toBe('Note: judged as acme/wallet, as --name says. It is in: core, docs.');
    });

    test('of an account neither is asked', async () => {
      const { code, noted: told } = await backtest('--owner', 'acme', '--name', 'acme/wallet');
      expect([code, told]).toEqual([2, expect.stringContaining('--name and --trait tell of a clone')]);
    });
  });

  test('only what was merged since is looked at', async () => {
    const repository = aProject();
    mergePull(repository, 1, GRACE, false);
    expect((await lookedBack(repository, DCO, '--since', '2026-01-02')).merged).toBe(0);
    expect((await lookedBack(repository, DCO, '--since', '2026-01-01')).merged).toBe(1);
  });

  test('the default branch of the clone is walked, whatever is checked out', async () => {
    const repository = aProject();
    mergePull(repository, 1, GRACE, false);
    const clone = join(aFolder(), 'clone');
    runGit(repository.path, ['clone', '--quiet', repository.path, clone]);
    runGit(clone, ['checkout', '--quiet', '-b', 'feature', 'HEAD~1']);
    const { printed } = await backtest(clone, '--policy', policyFile());
    expect(printed).toContain(', main since 2025-10-04: 1 pull request was merged');
  });

  test('objects that are remembered read as git prints them', async () => {
    const repository = aProject();
    repository.write('src/ä b.ts', 'x');
    repository.link('link', 'README.md');
    const sha = repository.commit('More');
    const git = gitAt(join(repository.path, '.git'));
    const { git: remembering } = keptGit(git);
    const [tree, blob] = [`${sha}^{tree}`, repository.git('rev-parse', 'HEAD:README.md').trim()];
    for (const args of [
      ['ls-tree', '-z', tree],
      ['ls-tree', '-r', '-z', tree],
    ]) {
      const printed = (await git(args)).stdout.toString();
      expect([(await remembering(args)).stdout.toString(), (await remembering(args)).stdout.toString()]).toEqual([
        printed,
        printed,
      ]);
    }
    for (const args of [
      ['cat-file', '--batch'],
      ['cat-file', '--batch-check'],
    ]) {
      for (const input of [`${blob}\n${sha}\n${blob}\n`, `${blob}\n${'0'.repeat(40)}\n`]) {
        expect((await remembering(args, { input })).stdout.toString()).toBe((await git(args, { input })).stdout.toString());
      }
    }
  });
});

describe('what cannot be looked back at is told, with the next step', () => {
  test('a folder that is no repository', async () => {
    const { code, noted } = await backtest(aFolder());
    expect([code, noted]).toEqual([2, expect.stringContaining('is not in a git repository')]);
  });

  test('a repository without a commit', async () => {
    const { code, printed } = await backtest(aRepository().path);
    expect([code, printed]).toEqual([0, expect.stringContaining('0 pull requests were merged; none would have been stopped.')]);
  });

  test('a shallow clone that does not reach back so far', async () => {
    const repository = aProject();
    mergePull(repository, 1, GRACE, false);
    repository.commit('Later (#2)');
    const clone = join(aFolder(), 'clone');
    runGit(repository.path, ['clone', '--quiet', '--depth', '1', pathToFileURL(repository.path).href, clone]);
    const { code, noted } = await backtest(clone);
    expect([code, noted]).toEqual([2, expect.stringContaining('git fetch --unshallow')]);
  });

  test.each([
    ['soon', 'Write a span such as 90d'],
    ['0d', 'Write a span such as 90d'],
    ['2026-02-30', 'Write a span such as 90d'],
    ['2030-01-01', 'is a day to come'],
  ])('--since %s', async (given, told) => {
    const { code, noted } = await backtest(aProject().path, '--since', given);
    expect([code, noted]).toEqual([2, expect.stringContaining(told)]);
  });

  test('a policy that does not parse, in a file or in the clone', async () => {
    const repository = aProject();
    const file = policyFile('rules:\n  dco: { enforce: blok }\n');
    expect(await backtest(repository.path, '--policy', file)).toMatchObject({
      code: 2,
      noted: expect.stringContaining(`${file}:2:19`),
    });
    repository.write('.github/steward.yml', 'rules: [dco]\n');
    repository.commit('Add a policy');
    expect(await backtest(repository.path)).toMatchObject({ code: 2, noted: expect.stringContaining('steward.yml:1:') });
  });

  test('a clone and an account at once', async () => {
    const { code, noted } = await backtest('.', '--owner', 'acme');
    expect([code, noted]).toEqual([2, expect.stringContaining('not both')]);
  });
});

test.each([
  ['Ada Lovelace', 'Ada Lovelace'],
  ['ada@example.org', 'somebody without a name'],
  ['Ada (ada@example.org)', 'Ada'],
  ['Ada <ada@example.org>', 'Ada'],
  ['\u001b[31mAda', '\\u{1b}[31mAda'],
])('the name %j is told as %j', (given, told) => {
  expect(nameOf(given)).toBe(told);
});

describe('in what is stored', () => {
  const place = { dataFolder: join(aFolder(), 'data') };
  const shelf = { rules, presets: readPresets() };
  const NOW = new Date('2026-03-01T12:00:00.000Z');
  const look = (policy?: string) => {
    const occasion = { now: NOW, traits: null, isFirst: null };
    const looking = { since: '2026-02-01T00:00:00.000Z', shelf, console: aConsole(), occasion };
    const options = {
      since: since('90d'),
      format: 'json',
      ...(policy === undefined ? {} : { policy: policyFile(policy) }),
    } as const;
    return backtestStored('Acme', options, looking, officeAt(place));
  };

  test('merged pull requests are judged by their stored facts, and nothing that is not stored passes', async () => {
    const store = await openStore({ ...place, now: () => NOW });
    const pull = (number: number) => ({ kind: 'pull-request', owner: 'Acme', repo: 'Widget', number }) as const;
    const keep = async (number: number, facts: Readonly<Record<string, Answer<unknown>>>): Promise<void> => {
      const circumstances = { ...keeping(pull(number), 's').circumstances, author: 'ada', baseRef: 'main' };
      await store.keepFacts(keeping(pull(number), `sha${number}`, facts, { circumstances }));
    };
    for (const number of [1, 2, 3]) await keep(number, number === 1 ? {} : { commits: known([]) });
    await store.closeFacts(pull(1), 'merged');
    await store.closeFacts(pull(2), 'closed');
    await store.keepGoodPolicy({
      ...{ layer: 'organization', source: 'Acme/.github:.github/steward.yml', commit: null, oid: 'o1' },
      text: 'rules:\n  dco: { enforce: warn }\n',
    });
    await store.close();
    const pulls = [{ repository: 'Acme/Widget', number: 1, sha: 'sha1', at: NOW.toISOString(), author: 'ada', fate: 'unknown' }];
    expect(await look(DCO)).toMatchObject({ place: 'Acme', branch: null, merged: 1, unknown: 1, direct: null, pulls });
    expect(await look()).toMatchObject({ merged: 1, unknown: 0, stopped: 0 });
    await expect(look('rules: [dco]\n')).rejects.toThrow('The policy cannot be used.');
    await expect(look('extends: other/base\n')).rejects.toThrow('The policy cannot be used.');
  });
});
