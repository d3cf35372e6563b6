import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { known, map, unknown } from '../../src/facts/answer.ts';
import { audit, readGithub, type ReadOwner } from '../../src/cli/audit.ts';
import type { AuditOptions } from '../../src/cli/audit-table.ts';
import { openCheckout } from '../../src/cli/checkout.ts';
import { alone, policyFilesIn } from '../../src/cli/policies.ts';
import { GoneError } from '../../src/github/later.ts';
import type { Audited } from '../../src/github/owner-audit.ts';
import { rules } from '../../src/rules/index.ts';
import { readPresets } from '../../src/server/presets.ts';
import { aConsole, type KeptConsole } from '../support/console.ts';
import { startGitHub, type GitHub } from '../support/github/server.ts';
import { aFolder, aRepository, removeFolders } from '../support/repository.ts';

const clones: Record<string, string> = {};

beforeAll(() => {
  for (const name of ['alpha', 'beta', '=cmd']) {
    const repository = aRepository({ name });
    if (name !== 'beta') repository.write('README.md', 'Hello');
    repository.commit('Begin');
    clones[name] = repository.path;
  }
  clones['empty'] = aRepository({ name: 'empty' }).path;
});
afterAll(removeFolders);

/** An account whose repositories are clones; names without a clone answer with a fault. */
function anAccount(names: readonly string[], told: { read: string[] } = { read: [] }): ReadOwner {
  return async function* (owner, done) {
    for (const [index, repo] of names.entries()) {
      if (done.includes(repo)) continue;
      told.read.push(repo);
      yield { owner, repo, position: index + 1, total: names.length, reading: await readingOf(owner, repo) };
    }
  };
}

async function readingOf(owner: string, repo: string): Promise<Audited['reading']> {
  const checkout = await openCheckout(clones[repo] ?? clones['alpha']!);
  const fault = clones[repo] ? null : repo === 'gone' ? new GoneError('gone') : new Error('GitHub answered 502');
  return {
    ...checkout,
    repository: async () => {
      if (fault) throw fault;
      return map(await checkout.repository(), (seen) => ({
        ...seen,
        owner,
        name: repo,
        url: `https://github.com/${owner}/${repo}`,
      }));
    },
    policyFiles: () => policyFilesIn(checkout),
    present: () => Promise.reject(new Error('An audit shows nothing.')),
    waiverFolder: () => Promise.resolve(known(null)),
    waiverFiles: () => Promise.resolve(known({ files: [] })),
    policyHistory: () => Promise.resolve([]),
    sharedPolicy: (reference) => alone(checkout).shared(reference),
    contribution: () => Promise.resolve(unknown('none')),
  };
}

const POLICY = 'rules: { required-files: { enforce: block, files: [readme] } }\n';

function policyFile(): string {
  const file = join(aFolder(), 'policy.yml');
  writeFileSync(file, POLICY);
  return file;
}

async function audited(
  names: readonly string[],
  options: Partial<AuditOptions> = {},
  told = { read: [] as string[] },
): Promise<{ code: number; console: KeptConsole }> {
  const console = aConsole();
  const shelf = { rules, presets: readPresets() };
  const code = await audit('example', { format: 'json', ...options }, shelf, console, anAccount(names, told));
  return { code, console };
}

describe('an audit', () => {
  test('judges every repository, and its exit code says whether one blocks', async () => {
    const policy = policyFile();
    const { code, console } = await audited(['beta', 'alpha', 'empty'], { policy });
    expect(code).toBe(1);
    expect(JSON.parse(console.printed())).toMatchObject({
      version: 1,
      owner: 'example',
      isPartial: false,
      rows: [
        { repository: 'alpha', verdict: { conclusion: 'success', subject: { owner: 'example', repo: 'alpha' } } },
        { repository: 'beta', verdict: { conclusion: 'failure' } },
        { repository: 'empty', skipped: 'no commit yet' },
      ],
    });
    expect((await audited(['alpha'], { policy })).code).toBe(0);
    expect((await audited(['beta'])).code).toBe(0);
  });

  test('one repository that cannot be read does not stop the others, and is never taken for fine', async () => {
    const { code, console } = await audited(['alpha', 'bad', 'gone'], { policy: policyFile() });
    expect(code).toBe(3);
    expect(JSON.parse(console.printed())).toMatchObject({
      isPartial: true,
      rows: [
        { repository: 'alpha' },
        { repository: 'bad', skipped: 'could not be read: GitHub answered 502' },
        { repository: 'gone', skipped: 'no longer there' },
      ],
    });
    expect(console.noted()).toContain('bad could not be read');
  });

  test('goes on where it was interrupted, even within a line, and reads faulty repositories again', async () => {
    const resume = join(aFolder(), 'audit.jsonl');
    const policy = policyFile();
    const first = await audited(['alpha', 'bad', 'beta', 'empty'], { resume, policy, limit: 2 });
    expect(JSON.parse(first.console.printed())).toMatchObject({ isPartial: true });
    appendFileSync(resume, '{"repository":"beta","verd');
    const told = { read: [] as string[] };
    await audited(['alpha', 'bad', 'beta', 'empty'], { resume, policy }, told);
    expect(told.read).toEqual(['bad', 'beta', 'empty']);
    const last = await audited(['alpha', 'beta', 'empty'], { resume, policy }, told);
    expect(told.read).toEqual(['bad', 'beta', 'empty']);
    expect(JSON.parse(last.console.printed()).rows).toHaveLength(3);
    expect(last.code).toBe(1);
  });

  test('refuses the journal of another account, or of another policy', async () => {
    const resume = join(aFolder(), 'audit.jsonl');
    await audited(['alpha'], { resume });
    await expect(audited(['alpha'], { resume, policy: policyFile() })).rejects.toThrow('another policy');
    expect(readFileSync(resume, 'utf8').split('\n')).toHaveLength(3);
  });

  test.each(['md', 'csv', 'html'] as const)('prints %s in which names do no harm', async (format) => {
    const { console } = await audited(['alpha', 'beta', '=cmd'], { format, policy: policyFile() });
    const printed = console.printed();
    expect(printed).toContain('alpha');
    if (format === 'csv') {
      const [head, ...lines] = printed.split('\r\n');
      expect(head).toBe('repository,state,rule,level,outcome,to fix,findings,commit,judged at');
      expect(lines[0]).toMatch(/^"'=cmd",success,required-files,block,pass,0,/);
      expect(lines[2]).toMatch(/^beta,failure,required-files,block,fail,1,/);
    }
    if (format === 'md')
      expect(printed).toContain('| [beta](https://github.com/example/beta) | Something to fix | 1 to fix (block) |');
    if (format === 'html') expect(printed).toMatch(/^<!doctype html>/);
  });
});

describe('over HTTP', () => {
  let github: GitHub | null = null;
  afterEach(() => github?.close());

  test('an organization is judged by its own policy, with a personal token and without one write', async () => {
    github = await startGitHub();
    const { world } = github;
    world.organization('acme');
    world.repository({ owner: 'acme', name: '.github', files: { '.github/steward.yml': POLICY, 'README.md': 'x' } });
    world.repository({ owner: 'acme', name: 'rocket', files: { 'README.md': '# Rocket' } });
    world.repository({ owner: 'acme', name: 'sled', files: { LICENSE: 'none' } });
    world.repository({ owner: 'acme', name: 'attic', files: { LICENSE: 'none' }, isArchived: true });
    world.repository({ owner: 'acme', name: 'empty' });
    const console = aConsole();
    const hosts = { api: github.url, web: github.url };
    const read = readGithub({ token: world.personalToken('ada'), hosts });
    const shelf = { rules, presets: readPresets() };
    const code = await audit('acme', { format: 'json' }, shelf, console, read);
    const { rows } = JSON.parse(console.printed()) as {
      rows: { repository: string; verdict?: { conclusion: string }; skipped?: string }[];
    };
    expect(rows.map(({ repository, verdict, skipped }) => [repository, verdict?.conclusion ?? skipped])).toEqual([
      ['.github', 'success'],
      ['empty', 'no commit yet'],
      ['rocket', 'success'],
      ['sled', 'failure'],
    ]);
    expect(code).toBe(1);
    await expect(audit('nobody', { format: 'json' }, shelf, console, read)).rejects.toThrow('no account nobody');
    const refused = readGithub({ token: 'ghp_wrong', hosts });
    await expect(audit('acme', { format: 'json' }, shelf, console, refused)).rejects.toThrow('does not accept the token');
    const writes = github.log.entries.filter(({ method, route }) => method !== 'GET' && route !== '/graphql');
    expect({ violations: github.violations, writes }).toEqual({ violations: [], writes: [] });
  });
});
