/** The steps for an address that belongs to no account are run in a real repository: afterwards every commit of hers counts. */
import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from '@jest/globals';
import { openCheckout } from '../src/cli/checkout.ts';
import type { Commit } from '../src/facts/source.ts';
import { cla } from '../src/rules/cla/index.ts';
import type { Finding } from '../src/rules/rule.ts';
import { aContribution, anAccount } from './support/builders.ts';
import { aRepository, removeFolders, type TestRepository } from './support/repository.ts';

afterAll(removeFolders);

const LAPTOP = 'Ada Lovelace <ada@laptop.local>';
const BOB = 'Bob Roe <bob@example.org>';
const ACCOUNTS: Readonly<Record<string, number>> = { 'ada@example.org': 1, 'bob@example.org': 2 };
const agreement = { id: 'icla', title: 'Acme Agreement', version: '1', text: 'acme/legal:icla.md', since: '2026-01-01' };

/** A branch `thing` of these authors, one commit each, on a base that has moved on. */
function branchOf(...authors: readonly string[]): TestRepository {
  const repository = aRepository();
  repository.write('start', 'x');
  repository.commit('Start', { author: BOB });
  repository.git('switch', '--quiet', '--create', 'thing');
  authors.forEach((author, index) => {
    repository.write(`file-${index}`, String(index));
    repository.commit(`Step ${index}`, { author });
  });
  repository.git('switch', '--quiet', 'main');
  repository.write('later', 'x');
  repository.commit('Later', { author: BOB });
  repository.git('switch', '--quiet', 'thing');
  return repository;
}

/** The commits of the branch, with the accounts that GitHub would link; everybody has signed. */
async function judged({ path }: TestRepository): Promise<{ commits: readonly Commit[]; findings: readonly Finding[] }> {
  const answer = await (await openCheckout(path, { base: 'main' })).commits();
  if (!answer.known) throw new Error(answer.reason);
  const linked = (email: string) => (ACCOUNTS[email] ? anAccount(email, ACCOUNTS[email]) : null);
  const commits = answer.value.map((commit) => ({
    ...commit,
    authorAccount: linked(commit.author.email),
    committerAccount: linked(commit.committer.email),
  }));
  const at = '2026-01-01T00:00:00Z';
  const signatures = [1, 2].map((accountId) => ({ agreement: 'icla', version: '1', accountId, at, until: null }));
  const facts = { commits, contribution: aContribution(), memberships: [], now: at, register: { signatures, companies: [] } };
  const options = cla.options.parse({ agreements: [agreement], signers: ['authors'] });
  return { commits, findings: cla.check({ ...facts, texts: [{ id: 'icla', version: '1', digest: 'd' }] }, options) };
}

/** The commands that a finding names, in order. */
function commandsOf(finding: Finding): readonly string[] {
  return (finding.fix ?? []).flatMap((part) => (typeof part === 'object' && 'code' in part ? [part.code] : []));
}

/** Runs commands as Ada would; where git opens the list of commits she marks her own with the word told. */
function run(repository: TestRepository, commands: readonly string[], mark = ''): void {
  repository.git('config', 'user.name', 'Ada Lovelace');
  const env = {
    ...{ PATH: process.env['PATH'], HOME: '/nonexistent', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    ...{ GIT_EDITOR: 'true', GIT_SEQUENCE_EDITOR: mark === '' ? 'true' : `sed -i -E '${mark}'` },
  };
  for (const command of commands) execFileSync('sh', ['-euc', command], { cwd: repository.path, env, stdio: 'pipe' });
}

test('the last commit is amended, and nothing else changes', async () => {
  const repository = branchOf(BOB, LAPTOP);
  const before = await judged(repository);
  const [finding] = before.findings.filter(({ outcome }) => outcome === 'fail');
  const [recheck, config = '', amend = '', ...rest] = commandsOf(finding!);
  expect([recheck, rest]).toEqual(['/steward recheck', []]);
  run(repository, [config.replace('ADDRESS', 'ada@example.org'), amend]);
  const after = await judged(repository);
  expect(after.findings.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
  expect(after.commits[0]).toEqual(before.commits[0]);
  expect(after.commits[1]?.tree).toBe(before.commits[1]?.tree);
});

test('earlier commits are marked and amended; the work of others in between stays theirs', async () => {
  const repository = branchOf(BOB, LAPTOP, BOB, LAPTOP);
  const before = await judged(repository);
  const [finding] = before.findings.filter(({ outcome }) => outcome === 'fail');
  expect(finding?.commits?.length).toBe(2);
  const [, config = '', rebase = '', word = '', amend = '', onward = ''] = commandsOf(finding!);
  const marks = finding!.commits!.map((sha) => `s/^pick (${sha.slice(0, 7)})/${word} \\1/`).join(';');
  const steps = [config.replace('ADDRESS', 'ada@example.org'), `${rebase} main`, amend, onward, amend, onward];
  run(repository, steps, marks);
  const after = await judged(repository);
  expect(after.findings.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
  expect(after.commits.map(({ author }) => author.email)).toEqual([
    ...['bob@example.org', 'ada@example.org', 'bob@example.org', 'ada@example.org'],
  ]);
  // git ends a message with a line break, which the messages here lack.
  const contents = (commits: readonly Commit[]) => commits.map(({ tree, message }) => [tree, message.trim()]);
  expect(contents(after.commits)).toEqual(contents(before.commits));
  expect(after.commits[0]?.sha).toBe(before.commits[0]?.sha);
});
