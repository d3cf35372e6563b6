/** Configuration of other DCO tools becomes a policy that does the same, and says what it could not keep. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { importPolicy } from '../../src/cli/import/import.ts';
import type { PolicyImportOptions } from '../../src/cli/import/asked.ts';
import { run } from '../../src/cli/program.ts';
import { validate } from '../../src/cli/validate.ts';
import { parse } from '../../src/policy/parse.ts';
import { resolve } from '../../src/policy/resolve.ts';
import { rules } from '../../src/rules/index.ts';
import { readPresets } from '../../src/server/presets.ts';
import { aConsole } from '../support/console.ts';
import { aFolder, removeFolders } from '../support/repository.ts';

afterAll(removeFolders);

const shelf = { rules, presets: readPresets() };

interface Done {
  readonly code: number;
  readonly out: string;
  readonly notes: string;
}

async function imported(name: string, text: string | Buffer, options: Partial<PolicyImportOptions> = {}): Promise<Done> {
  const file = join(aFolder(), name);
  writeFileSync(file, text);
  const console = aConsole();
  const code = await importPolicy([file], { format: 'text', layer: 'organization', ...options }, shelf, console);
  return { code, out: console.printed(), notes: console.noted().replaceAll(file, name) };
}

/** The policy that comes of a text: what `policy validate` accepts, resolved. */
async function policyOf(name: string, text: string) {
  const { code, out } = await imported(name, text);
  expect(code).toBe(0);
  const file = join(aFolder(), 'steward.yml');
  writeFileSync(file, out);
  expect(await validate([file], { format: 'text', layer: 'organization' }, shelf, aConsole())).toBe(0);
  const { document } = parse({ layer: 'organization', source: 'x', commit: null, oid: null, text: out }, rules);
  const { policy } = resolve([document!], rules, shelf.presets);
  const { enforce, options } = policy.rules['dco']!;
  return { ...policy, enforce, dco: options };
}

describe('.github/dco.yml', () => {
  test.each(['', '# nothing\n', 'require:\n  members: true\n'])('what both apps do by default: %j', async (text) => {
    expect(await policyOf('dco.yml', text)).toMatchObject({
      checkName: 'DCO',
      mayOverride: 'write',
      certification: 'dco',
      enforce: 'block',
      dco: { trailers: 'compat', agents: 'as-authors', exempt: [], remediation: 'off', mergeCommits: 'skip', bots: 'verified' },
    });
  });

  test('members need no sign-off on commits that they signed with a key', async () => {
    expect(await policyOf('dco.yml', 'require: {members: false}\n')).toMatchObject({
      dco: { exempt: ['members'], exemptSigned: true },
    });
  });

  test('a group without its key is read in the stricter way, because the apps differ', async () => {
    expect(await policyOf('dco.yml', 'require: {}\n')).toMatchObject({ dco: { exempt: [] } });
    expect((await imported('dco.yml', 'require: {}\n')).out).toContain('# require without members: members sign off, too.');
  });

  test.each([
    ['individual: true', 'individual'],
    ['individual: true\n  thirdParty: true', 'third-party'],
    ['thirdParty: true', 'off'],
    ['individual: false', 'off'],
  ])('allowRemediationCommits %j is remediation %s', async (text, remediation) => {
    const policy = await policyOf('dco.yml', `allowRemediationCommits:\n  ${text}\n`);
    expect(policy).toMatchObject({ dco: { remediation, representatives: [] } });
  });

  test('third parties are left to be named, for anybody could be one', async () => {
    const { out, notes } = await imported('dco.yml', 'allowRemediationCommits:\n  individual: true\n  thirdParty: true\n');
    expect(out).toContain('# TODO thirdParty: true: anybody could sign for others there. Name those who may by account id');
    expect(notes).toBe('1 thing is left for you: look for TODO.');
  });

  test('no button means that nobody overrides', async () => {
    expect(await policyOf('dco.yml', 'allowOverrideAction: false\n')).toMatchObject({ mayOverride: 'nobody' });
  });

  test('keys that neither app knows, and another file that is extended, are told', async () => {
    const { out, code } = await imported(
      'dco.yml',
      '_extends: .github\nrequires:\n  members: false\nrequire:\n  member: false\n',
    );
    expect(code).toBe(0);
    expect(out).toContain('# TODO _extends: is not followed here.');
    expect(out).toContain('# TODO requires: is no key of either app and had no effect. Did you mean "require"?');
    expect(out).toContain('# TODO require.member: is no key of either app and had no effect. Did you mean "members"?');
  });

  test('a file that is no group of keys is told in words of its own', async () => {
    const { code, notes } = await imported('dco.yml', '- members\n');
    expect(code).toBe(2);
    expect(notes).toBe(
      'dco.yml:1:1: The file holds a list; the file of a DCO app is a group of keys such as "require:". Give .github/dco.yml as the app reads it.',
    );
  });

  test('a policy of Steward is not imported as one that an app ignores', async () => {
    const { code, out, notes } = await imported('steward.yml', 'certification: cla\nrules: {}\n');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain('This is a policy of Steward already');
  });

  test('every line has a comment that says why', async () => {
    const { out } = await imported('dco.yml', 'require:\n  members: false\n');
    const lines = out.trim().split('\n').slice(1);
    const settings = lines.filter((line) => !line.trim().startsWith('#') && !/^(rules| {2}dco):$/.test(line));
    expect(settings.every((line) => lines[lines.indexOf(line) - 1]?.trim().startsWith('# '))).toBe(true);
    expect(settings).toContain('    exempt: [members]');
  });

  test('for a repository, what only the organization can say stays a comment', async () => {
    const { out, code } = await imported('dco.yml', '', { layer: 'repository' });
    expect(code).toBe(0);
    expect(out).toContain("Only the organization's policy can say so: checkName: DCO");
    expect(out).not.toMatch(/^checkName/m);
    const { problems } = parse({ layer: 'repository', source: 'x', commit: null, oid: null, text: out }, rules);
    expect(problems).toEqual([]);
  });

  test.each([
    ['require:\n  members: no\n', 'dco.yml:2:12 require.members: Expected true or false, found "no".'],
    ['allowOverrideAction: 1\n', 'dco.yml:1:22 allowOverrideAction: Expected true or false, found the number 1.'],
    ['require: yes\n', 'dco.yml:1:10 require: Expected a group of keys, found "yes".'],
    ['- require\n', 'dco.yml:1:1: The file holds a list'],
    ['require: [\n', 'dco.yml:2:1: This is not valid YAML'],
    ['a: &x {b: 1}\nrequire: *x\n', 'dco.yml:2:10 require: "*x" repeats another part of the file'],
    ['\0', 'dco.yml:1:1: The file is not text in UTF-8'],
  ])('bad input is told with its line: %j', async (text, message) => {
    const { code, out, notes } = await imported('dco.yml', text);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(message);
  });

  test('ten megabytes are refused, and an alias bomb makes nothing', async () => {
    expect((await imported('dco.yml', 'a'.repeat(10 * 1024 * 1024))).notes).toContain('The file is 10240 KiB');
    const bomb = 'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n';
    expect((await imported('dco.yml', bomb)).code).toBe(2);
  });

  test('as JSON there are the policy and its decisions, or the problems', async () => {
    expect(JSON.parse((await imported('dco.yml', '', { format: 'json' })).out)).toMatchObject({
      from: [{ tool: 'dco-app' }],
      policy: expect.stringContaining('checkName: DCO'),
      decisions: expect.arrayContaining([expect.objectContaining({ set: { key: 'rules.dco.trailers', value: 'compat' } })]),
    });
    expect(JSON.parse((await imported('dco.yml', 'require: 1', { format: 'json' })).out)).toMatchObject({
      problems: [{ line: 1 }],
    });
  });
});

describe('dco-check.toml of actions-dco', () => {
  test('an empty file is what the action does by default', async () => {
    expect(await policyOf('dco-check.toml', '')).toMatchObject({
      checkName: 'DCO',
      mayOverride: 'nobody',
      certification: 'dco',
      enforce: 'block',
      dco: { trailers: 'strict', bots: 'verified', remediation: 'off', agents: 'as-authors' },
    });
  });

  test('everything that the action knows is carried over, or told with what to do', async () => {
    const text = [
      'exempt-authors = ["joe@example.net", "@example.com"]',
      'trailer-parsing = "lenient"',
      'comment = true',
      '[bots]',
      'policy = "well-known"',
      'categories = ["dependency-updaters", "ci-cd"]',
      '[alias-signoffs.aliases]',
      '"49699333+dependabot[bot]@users.noreply.github.com" = ["support@github.com"]',
    ].join('\n');
    expect(await policyOf('dco-check.toml', text)).toMatchObject({
      dco: { trailers: 'git', bots: 'listed', botAccounts: [49699333, 29139614, 41898282] },
    });
    const { out, notes } = await imported('dco-check.toml', text);
    expect(out).toContain('# TODO exempt-authors: joe@example.net: an address in a commit proves nobody.');
    expect(out).toContain('# TODO exempt-authors: @example.com: an address in a commit proves nobody.');
    expect(out).toContain('# TODO snyk-bot[bot]: add its id to botAccounts');
    expect(out).toContain(
      '.mailmap on the base branch: <49699333+dependabot[bot]@users.noreply.github.com> <support@github.com>',
    );
    expect(out).toContain('# comment: true: Steward always tells a failing check in one comment');
    expect(notes).toContain('4 things are left for you');
  });

  test('no bots, and bots by a list', async () => {
    expect(await policyOf('dco-check.toml', '[bots]\npolicy = "none"\n')).toMatchObject({ dco: { bots: 'none' } });
    const list = '[bots]\npolicy = "allowlist"\nallow = ["Dependabot[bot]", "own[bot]"]\n';
    expect(await policyOf('dco-check.toml', list)).toMatchObject({ dco: { bots: 'listed', botAccounts: [49699333] } });
  });

  test('keys that it does not know are told', async () => {
    const { out } = await imported('dco-check.toml', 'exempt_authors = []\n[bots]\nai-detection = true\n');
    expect(out).toContain('# TODO exempt_authors: is no key of the action and had no effect. Did you mean "exempt-authors"?');
    expect(out).toContain('# TODO bots.ai-detection: is no key of the action');
  });

  test('what people wrote cannot leave its comment', async () => {
    const { out } = await imported('dco-check.toml', 'exempt-authors = ["x\\nrules: {}\\u202e"]\n');
    expect(out).toContain('# TODO exempt-authors: x⏎rules: {}\\u{202e}: an address');
  });

  test.each([
    ['a = [', 'dco-check.toml:1:5: This is not valid TOML: unfinished array'],
    ['comment = "yes"\n', 'dco-check.toml:1:1 comment: Expected true or false, found "yes".'],
    [
      '\n[bots]\npolicy = "some"\n',
      'dco-check.toml:3:1 bots.policy: Expected "all", "none", "well-known" or "allowlist", found "some".',
    ],
    ['[bots]\nallow = ["a", 5]\n', 'dco-check.toml:2:1 bots.allow[1]: Expected a text, found the number 5.'],
    ['[alias-signoffs]\naliases = 7\n', 'dco-check.toml:2:1 alias-signoffs.aliases: Expected a table, found the number 7.'],
    ['exempt-authors = "@example.com"\n', 'Expected a list of texts, found "@example.com".'],
    ['ref = "https://example.org/dco.toml"\n', 'Save that file, and import it instead.'],
  ])('bad input is told with its line: %j', async (text, message) => {
    const { code, out, notes } = await imported('dco-check.toml', text);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(message);
  });

  test('ten megabytes are refused', async () => {
    expect((await imported('x.toml', 'a'.repeat(10 * 1024 * 1024))).notes).toContain('The file is 10240 KiB; at most 256 KiB');
  });
});

test('a file of another name needs to be told whose it is; one that is not there is told', async () => {
  await expect(imported('config', '')).rejects.toThrow('Say it with --from: dco-app, actions-dco, ');
  expect((await imported('config', '', { from: 'actions-dco' })).code).toBe(0);
  const console = aConsole();
  expect(await run(['policy', 'import', '/no/such/file.yml'], console)).toBe(2);
  expect(console.noted()).toContain('there is no such file');
});
