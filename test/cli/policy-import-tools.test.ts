/** Files of Allstar, repolinter and CLOMonitor become one policy, and nothing that they say is lost without a word. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { importPolicy } from '../../src/cli/import/import.ts';
import type { PolicyImportOptions } from '../../src/cli/import/asked.ts';
import { parse } from '../../src/policy/parse.ts';
import { parseWaiver } from '../../src/policy/waivers/parse.ts';
import { resolve } from '../../src/policy/resolve.ts';
import { rules } from '../../src/rules/index.ts';
import { readPresets } from '../../src/server/presets.ts';
import { aConsole } from '../support/console.ts';
import { aFolder, removeFolders } from '../support/repository.ts';

afterAll(removeFolders);

const shelf = { rules, presets: readPresets() };
const NOW = new Date('2026-12-01T12:00:00Z');

type Files = Readonly<Record<string, string>>;

async function imported(files: Files, options: Partial<PolicyImportOptions> = {}) {
  const folder = aFolder();
  const paths = Object.keys(files).filter((name) => !name.startsWith('beside/'));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name.replace(/^beside\//, ''));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const console = { ...aConsole(), now: () => NOW };
  const all = { format: 'text', layer: 'organization', ...options } as const;
  const code = await importPolicy(
    paths.map((name) => join(folder, name)),
    all,
    shelf,
    console,
  );
  const short = (text: string): string => text.replaceAll(`${folder}/`, '');
  return { code, out: short(console.printed()), notes: short(console.noted()), folder };
}

/** The policy for a repository, by the text that was printed. */
async function policyFor(files: Files, name = 'rocket', visibility: 'public' | 'private' = 'public') {
  const { code, out, notes } = await imported(files);
  expect({ code, notes }).toEqual({ code: 0, notes: expect.any(String) });
  const { document, problems } = parse({ layer: 'organization', source: 'x', commit: null, oid: null, text: out }, rules);
  expect(problems).toEqual([]);
  const traits = { owner: 'acme', name, visibility };
  const { policy } = resolve([document!], rules, shelf.presets, { now: NOW, traits, isFirst: null });
  const [file, license] = [policy.rules['required-files']!, policy.rules['license-file']!];
  return { files: file.enforce === 'off' ? [] : file.options['files'], enforce: file.enforce, license: license.enforce, policy };
}

/** What was not carried over: place, key and reason. */
async function left(files: Files, options: Partial<PolicyImportOptions> = {}): Promise<readonly string[]> {
  const { out } = await imported(files, { ...options, format: 'json' });
  const { notCarriedOver } = JSON.parse(out) as { notCarriedOver: { source: string; line: number; key: string; why: string }[] };
  return notCarriedOver.map(({ source, line, key, why }) => `${source}:${line} ${key}: ${why}`);
}

const ON = 'optConfig:\n  optOutStrategy: true\n';

describe('Allstar', () => {
  test('a policy that opted everybody in asks every repository, as firmly as its action', async () => {
    const issue = { 'security.yaml': `${ON}action: issue\n` };
    expect(await policyFor(issue)).toMatchObject({ enforce: 'warn', files: ['security'] });
    expect(await policyFor({ 'security.yaml': ON })).toMatchObject({ enforce: 'observe' });
    expect(await policyFor({ 'security.yaml': `${ON}action: fix\n` })).toMatchObject({ enforce: 'warn' });
  });

  test('two policies of different firmness become one rule: the firmer wins, and it is said', async () => {
    const files = {
      'security.yaml': `${ON}action: issue\n`,
      'codeowners.yaml': `${ON}action: log\nrequireCODEOWNERS: true\n`,
    };
    expect(await policyFor(files)).toMatchObject({ enforce: 'warn', files: ['security', 'codeowners'] });
    expect((await imported(files)).out).toMatch(
      /# Contradiction: .*codeowners\.yaml, line 3, says "observe"; the firmer value is kept\./,
    );
  });

  test('repositories that opted out are a group that is not asked; those that can be seen by few as well', async () => {
    const files = {
      'allstar.yaml': `${ON}  optOutRepos: [sandbox-*]\n  optOutPrivateRepos: true\n`,
      'security.yaml': `${ON}  optOutRepos: [old]\naction: issue\n`,
    };
    expect(await policyFor(files)).toMatchObject({ enforce: 'warn' });
    expect(await policyFor(files, 'Sandbox-1')).toMatchObject({ enforce: 'off' });
    expect(await policyFor(files, 'old')).toMatchObject({ enforce: 'off' });
    expect(await policyFor(files, 'rocket', 'private')).toMatchObject({ enforce: 'off' });
  });

  test('where repositories opt in, only those are asked', async () => {
    const files = { 'security.yaml': 'optConfig:\n  optInRepos: [wallet, node-*]\naction: issue\n' };
    expect(await policyFor(files)).toMatchObject({ enforce: 'off' });
    expect(await policyFor(files, 'node-api')).toMatchObject({ enforce: 'warn', files: ['security'] });
  });

  test('a repository that opted out of one policy is asked the other', async () => {
    const files = {
      'security.yaml': `${ON}  optOutRepos: [notes]\naction: issue\n`,
      'codeowners.yaml': `${ON}action: issue\nrequireCODEOWNERS: true\n`,
    };
    expect(await policyFor(files, 'notes')).toMatchObject({ enforce: 'warn', files: ['codeowners'] });
  });

  test("a file of the organization's that speaks of one repository is a group of one", async () => {
    const files = { 'security.yaml': `${ON}action: issue\n`, '.allstar/notes/security.yaml': 'optConfig:\n  optOut: true\n' };
    expect(await policyFor(files, 'notes')).toMatchObject({ enforce: 'off' });
  });

  test('who may change what in a repository is locked, or may be loosened', async () => {
    const locked = (await imported({ 'security.yaml': `${ON}  disableRepoOverride: true\n` })).out;
    expect(locked).toContain('locked: [required-files.enforce]');
    expect((await imported({ 'security.yaml': ON })).out).toContain('mayLoosen: [required-files]');
  });

  test('Scorecard checks that a rule asks are asked by it, and the others told', async () => {
    const files = { 'scorecard.yaml': `${ON}action: issue\nchecks: [License, Security-Policy, Fuzzing]\nthreshold: 8\n` };
    expect(await policyFor(files)).toMatchObject({ license: 'warn', files: ['security'] });
    expect(await left(files)).toEqual([
      'scorecard.yaml:4 checks[2]: Steward does not run OpenSSF Scorecard; keep its action for this.',
      'scorecard.yaml:5 threshold: Steward does not run OpenSSF Scorecard; keep its action for this.',
    ]);
  });

  test('a list of repositories has a comment, or stands among what was not carried over', async () => {
    const files = {
      'security.yaml': 'optConfig:\n  optInRepos: [wallet]\n  optOutRepos: [old]\naction: issue\n',
      'binary_artifacts.yaml': 'optConfig:\n  optInRepos: [wallet]\naction: issue\n',
    };
    expect(await left(files)).toEqual([
      'binary_artifacts.yaml:3 action: Steward has no rule about binary files.',
      'binary_artifacts.yaml:2 optConfig.optInRepos: Steward has no rule about binary files.',
    ]);
    const { out } = await imported(files);
    expect(out).toContain('optConfig.optInRepos: wallet');
    expect(out).toContain('optConfig.optOutRepos: old');
  });

  test('a file that is none of Allstar is told, and the others are imported', async () => {
    const files = {
      '.allstar/security.yaml': `${ON}action: issue\n`,
      '.allstar/secuirty.yml': 'a: 1\n',
      '.allstar/notes.yaml': 'a: 1\n',
    };
    expect(await policyFor(files)).toMatchObject({ enforce: 'warn', files: ['security'] });
    expect(await left(files)).toEqual([
      '.allstar/secuirty.yml:1 secuirty.yml: is not the name of a file of Allstar, so neither Allstar nor this import reads it. Did you mean "security"?',
      '.allstar/notes.yaml:1 notes.yaml: is not the name of a file of Allstar, so neither Allstar nor this import reads it.',
    ]);
    await expect(imported({ '.allstar/notes.yaml': 'a: 1\n' })).rejects.toThrow('cannot be told from its name');
    await expect(imported({ '.allstar/a.yaml': 'a: 1\n', '.allstar/b.yaml': 'a: 1\n' })).rejects.toThrow('None of the files');
  });

  test('every file without a counterpart says so, key by key, with its line', async () => {
    const files = {
      'branch_protection.yaml': `${ON}action: fix\nenforceDefault: true\napprovalCount: 2\n`,
      'outside.yaml': `${ON}action: issue\n`,
      'admin.yaml': `${ON}ownerlessAllowed: false\n`,
      'binary_artifacts.yaml': `${ON}ignoreFiles: [a.jar]\n`,
      'dangerous_workflow.yaml': `${ON}action: log\n`,
      'actions.yaml': 'action: issue\ngroups: []\n',
      'allstar.yaml': `${ON}issueLabel: compliance\nschedule: {timezone: UTC, days: [sunday]}\nbaseConfig: acme/base\n`,
    };
    expect((await left(files)).map((line) => line.slice(0, line.indexOf(': ')))).toEqual([
      'branch_protection.yaml:3 action',
      'branch_protection.yaml:4 enforceDefault',
      'branch_protection.yaml:5 approvalCount',
      'outside.yaml:3 action',
      'admin.yaml:3 ownerlessAllowed',
      'binary_artifacts.yaml:3 ignoreFiles',
      'dangerous_workflow.yaml:3 action',
      'actions.yaml:1 action',
      'actions.yaml:2 groups',
      'allstar.yaml:5 baseConfig',
      'allstar.yaml:3 issueLabel',
      'allstar.yaml:4 schedule',
    ]);
  });

  test('keys that Allstar did not know are told: it ignored the whole file', async () => {
    expect(await left({ 'security.yaml': `${ON}  optOutRepo: [x]\nactoin: issue\n` })).toEqual([
      'security.yaml:4 actoin: is no key of this file, so Allstar ignored the whole file. Did you mean "action"?',
      'security.yaml:3 optConfig.optOutRepo: is no key of Allstar, which ignored the whole file. Did you mean "optOutRepos"?',
    ]);
  });

  test("a repository's own files say what that repository wishes", async () => {
    const { out, code } = await imported(
      { '.allstar/security.yaml': 'optConfig:\n  optIn: true\naction: issue\n' },
      { layer: 'repository' },
    );
    expect(code).toBe(0);
    expect(parse({ layer: 'repository', source: 'x', commit: null, oid: null, text: out }, rules)).toMatchObject({
      problems: [],
      document: { rules: { 'required-files': { enforce: { value: 'warn' } } } },
    });
    expect((await left({ '.allstar/allstar.yaml': 'optConfig:\n  optOut: true\n' }, { layer: 'repository' }))[0]).toContain(
      'whether a repository is looked at at all is for the organization to say',
    );
  });

  test.each([
    ['optConfig: yes\n', 'security.yaml:1:12 optConfig: Expected a group of keys, found "yes".'],
    [
      'optConfig:\n  optOutRepos: old\n',
      'security.yaml:2:16 optConfig.optOutRepos: Expected a list of repositories, found "old".',
    ],
    ['action: [issue]\n', 'security.yaml:1:9 action: Expected log, issue or fix, found a list.'],
    ['- action\n', 'security.yaml:1:1: The file holds a list; a file of Allstar is a group of keys such as "optConfig:".'],
    ['__proto__: {action: issue}\n', 'security.yaml:1:1 __proto__: Unknown key "__proto__"'],
  ])('bad input is told with its line: %j', async (text, message) => {
    const { code, out, notes } = await imported({ 'security.yaml': text });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(message);
  });
});

const ruleset = (rules_: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ version: 2, axioms: {}, rules: rules_, ...more }, null, 2);
const rule = (type: string, options: object = {}, more: object = {}) => ({ level: 'error', rule: { type, options }, ...more });

describe('repolinter', () => {
  test('files that people look for are asked for, whatever their patterns', async () => {
    const text = ruleset({
      readme: rule('file-existence', { globsAny: ['README.md', 'README'] }),
      license: rule('file-existence', { globsAny: ['LICENSE*', 'COPYING*'], nocase: true }),
      contributing: rule('file-existence', { globsAny: ['docs/', '{docs/,.github/,}CONTRIB*'] }),
      conduct: rule('file-existence', { files: ['CODE-OF-CONDUCT*', '.github/CODE_OF_CONDUCT*'] }),
      owners: { ...rule('file-existence', { globsAny: ['.github/CODEOWNERS'] }), level: 'warning' },
      changes: { ...rule('file-existence', { globsAny: ['CHANGELOG*'] }), level: 'off' },
    });
    expect(await policyFor({ 'repolinter.json': text })).toMatchObject({
      enforce: 'block',
      files: ['readme', 'license', 'contributing', 'code-of-conduct', 'codeowners'],
    });
  });

  test('patterns that mean other files, or several, are told', async () => {
    const text = ruleset({
      ci: rule('file-existence', { globsAny: ['.travis.yml', 'Jenkinsfile'] }),
      either: rule('file-existence', { globsAny: ['README*', 'LICENSE*'] }),
    });
    expect((await left({ 'repolint.json': text })).map((line) => line.slice(0, 28))).toEqual([
      'repolint.json:5 rules.ci: St',
      'repolint.json:17 rules.eithe',
    ]);
  });

  test('license texts, NOTICE files and headers have rules of their own', async () => {
    const text = ruleset({
      license: rule('license-detectable-by-licensee', {}, { where: ['license=*'] }),
      apache: rule('file-contents', { globsAll: ['LICENSE*'], content: 'Apache License.*Version 2.0' }),
      notice: rule('file-existence', { globsAny: ['NOTICE*'] }, { where: ['license=Apache-2.0'], level: 'warning' }),
      headers: rule('file-starts-with', {
        globsAll: ['./src/**/*.ts', '!dist/**'],
        patterns: ['Copyright', 'SPDX-License-Identifier: MIT'],
      }),
    });
    const { policy } = await policyFor({ 'repolinter.json': text });
    expect(policy.rules).toMatchObject({
      'license-file': { enforce: 'block', options: { allow: ['Apache-2.0'] } },
      notice: { enforce: 'warn', options: { required: 'apache' } },
      'license-headers': { enforce: 'block', options: { include: ['src/**/*.ts'], exclude: ['dist/**'], copyright: true } },
    });
    expect((await left({ 'repolinter.json': text }))[0]).toContain('the pattern names MIT: write "license: MIT"');
  });

  test('what a policy sentence said becomes the clause of the rule', async () => {
    const text = ruleset({
      readme: rule(
        'file-existence',
        { globsAny: ['README*'] },
        { policyInfo: 'Projects have a README.', policyUrl: 'https://example.org/p' },
      ),
    });
    const { policy } = await policyFor({ 'repolinter.json': text });
    expect(policy.rules['required-files']?.clause).toEqual({ says: 'Projects have a README.', url: 'https://example.org/p' });
  });

  test('conditions are told with the group that would say the same', async () => {
    const text = ruleset({ readme: rule('file-existence', { globsAny: ['README*'] }, { where: ['language=java'] }) });
    expect((await left({ 'repolinter.json': text }))[0]).toContain('Write a group with "languages: [java]"');
  });

  test('each type without a counterpart is told why, and a type that is none as well', async () => {
    const text = ruleset({ a: rule('git-grep-log'), b: rule('file-type-exclusion'), c: rule('file-existance') });
    expect(await left({ 'repolinter.json': text })).toEqual([
      'repolinter.json:5 rules.a: Steward does not search a history for words; secret scanning of GitHub does.',
      'repolinter.json:12 rules.b: Steward has no rule about binary files.',
      'repolinter.json:19 rules.c: is no type of repolinter\'s rules. Did you mean "file-existence"?',
    ]);
  });

  test('version 1 is read, too', async () => {
    const text = JSON.stringify({
      rules: {
        all: { 'readme-file-exists:file-existence': ['warning', { files: ['README*'] }] },
        'license=*': { 'license-detectable-by-licensee': ['error'] },
      },
    });
    expect(await policyFor({ 'repolint.json': text })).toMatchObject({ enforce: 'warn', files: ['readme'], license: 'block' });
  });

  test('a file that is extended is read from beside; lists are merged entry by entry, as repolinter does, and that is told', async () => {
    const parent = ruleset({
      license: rule('file-existence', { globsAny: ['LICENSE*', 'NOTICE*'] }),
      readme: rule('file-existence', { globsAny: ['README*'] }),
    });
    const child = ruleset({ license: rule('file-existence', { globsAny: ['LICENCE'] }) }, { extends: './base.json' });
    const files = { 'repolinter.json': child, 'beside/base.json': parent };
    expect(await policyFor(files)).toMatchObject({ files: ['readme'] });
    const told = await left(files);
    expect(told[0]).toContain('rules.license: Steward asks for the files that people look for');
    expect(told[1]).toContain('rules.license.rule.options.globsAny: repolinter merges this list entry by entry');
  });

  test.each(['https://example.org/base.json', 'ewogICJ2ZXJzaW9uIjogMgp9', '../../etc/passwd.json', 'file:///etc/x.json'])(
    '%s is not read, and that is told',
    async (base) => {
      expect((await left({ 'repolinter.json': ruleset({}, { extends: base }) }))[0]).toMatch(
        /extends: .*(?:not fetched|not read|only files beside)/,
      );
    },
  );

  test('axioms have a comment', async () => {
    const { out } = await imported({
      'repolint.json': JSON.stringify({ version: 2, axioms: { linguist: 'language' }, rules: {} }),
    });
    expect(out).toContain('axioms: "language"');
  });

  test('rulesets that extend each other in a circle are refused', async () => {
    const files = {
      'repolinter.json': ruleset({}, { extends: 'b.json' }),
      'beside/b.json': ruleset({}, { extends: './repolinter.json' }),
    };
    const { code, notes } = await imported(files);
    expect(code).toBe(2);
    expect(notes).toContain(
      'b.json:5:14 extends: The rulesets extend each other in a circle: "./repolinter.json" is among those that lead here.',
    );
  });

  test.each([
    [
      'version: 2\nrules:\n  a: {level: fatal, rule: {type: x}}\n',
      'repolinter.yaml:3:14 rules.a.level: Expected off, warning or error, found "fatal".',
    ],
    ['version: 2\nrules:\n  a:\n    level: off\n', 'repolinter.yaml:3:3 rules.a.rule: Expected a group of keys, found nothing.'],
    ['rules: [a]\n', 'repolinter.yaml:1:8 rules: Expected a group of keys, found a list.'],
    ['rules: {\n', 'This is not valid YAML'],
    ['a: &a [x, x]\nb: *a\n', 'repeats another part of the file'],
  ])('bad input is told with its line: %j', async (text, message) => {
    const { code, notes } = await imported({ 'repolinter.yaml': text });
    expect(code).toBe(2);
    expect(notes).toContain(message);
  });

  test('keys of objects that every program has are names like any other, but for one that would be lost', async () => {
    const rule_ = '{"level": "error", "rule": {"type": "toString"}}';
    const { code, out } = await imported({ 'repolinter.json': `{"version": 2, "rules": {"constructor": ${rule_}}}` });
    expect(code).toBe(0);
    expect(out).toContain("constructor (toString): is no type of repolinter's rules.");
    const { notes } = await imported({ 'repolinter.json': `{"version": 2, "rules": {"__proto__": ${rule_}}}` });
    expect(notes).toContain('repolinter.json:1:26 rules.__proto__: Unknown key "__proto__"');
  });
});

describe('CLOMonitor', () => {
  const TEXT =
    'exemptions:\n  - check: changelog\n    reason: "Releases are described on GitHub: see there"\n  - check: slack_presence\n    reason: We use Matrix.\n';

  test('an exemption becomes a waiver file that Steward reads, with its reason and an end', async () => {
    const options = { format: 'json', repository: 'wallet', approver: 'ada' } as const;
    const { out } = await imported({ '.clomonitor.yml': TEXT }, options);
    const { waivers } = JSON.parse(out) as { waivers: { file: string; text: string }[] };
    expect(waivers.map(({ file }) => file)).toEqual(['.github/steward/waivers/required-files-changelog-wallet.yml']);
    const text = waivers[0]?.text ?? '';
    expect(
      parseWaiver(
        { layer: 'organization', source: `acme/.github:${waivers[0]?.file ?? ''}`, commit: null, oid: null, text },
        rules,
      ),
    ).toMatchObject({
      problems: [],
      waiver: {
        rule: 'required-files',
        scope: { repositories: ['wallet'], paths: ['changelog'] },
        reason: 'Releases are described on GitHub: see there',
        approver: 'ada',
        until: '2027-12-01',
      },
    });
    expect(await left({ '.clomonitor.yml': TEXT }, options)).toEqual([
      '.clomonitor.yml:2 exemptions[0]: is a waiver of required-files in a file of its own. CLOMonitor knows no end, and the waiver ends in a year: choose its last day there; --until DATE does.',
      '.clomonitor.yml:4 exemptions[1]: no rule of Steward asks for it, so nothing is to be waived.',
    ]);
  });

  test('without an approver the waiver says that it lacks one', async () => {
    const { out, notes } = await imported({ 'wallet/.clomonitor.yml': TEXT });
    expect(out).toContain('# repositories: [wallet]\n');
    expect(out).toContain('# # TODO approver: the login of who approves this by a review');
    expect(notes).toContain(
      'Not a waiver yet, before its TODO is done: .github/steward/waivers/required-files-changelog-wallet.yml',
    );
    expect(notes).toContain('3 things are left for you');
  });

  test('too short a reason is kept in a waiver that Steward reads, and counted as left to do', async () => {
    const text = 'exemptions:\n  - {check: dco, reason: short}\n';
    const options = { format: 'json', repository: 'wallet', approver: 'ada', until: '2027-03-31' } as const;
    const { out, notes } = await imported({ '.clomonitor.yml': text }, options);
    const { waivers } = JSON.parse(out) as { waivers: { file: string; text: string }[] };
    const [{ file, text: made } = { file: '', text: '' }] = waivers;
    expect(made).toContain('# TODO reason: why the rule does not fit');
    const read = parseWaiver(
      { layer: 'organization', source: `acme/.github:${file}`, commit: null, oid: null, text: made },
      rules,
    );
    expect(read).toMatchObject({ problems: [], waiver: { reason: 'As CLOMonitor was told: short' } });
    expect(notes).toContain('1 thing is left for you: look for TODO.');
    expect(await left({ '.clomonitor.yml': text }, options)).toEqual([
      '.clomonitor.yml:2 exemptions[0]: is a waiver of dco in a file of its own. Its reason, “short”, tells little: write there why the rule does not fit.',
    ]);
  });

  test('printed below the policy, waivers do not spoil it', async () => {
    const { out } = await imported({ '.clomonitor.yml': TEXT, 'security.yaml': ON });
    expect(parse({ layer: 'organization', source: 'x', commit: null, oid: null, text: out }, rules).problems).toEqual([]);
    expect(out).toContain('# ---- .github/steward/waivers/required-files-changelog-');
  });

  test.each([
    [
      'exemptions:\n  - check: dco\n',
      '.clomonitor.yml:2:5 exemptions[0].reason: Expected a reason; CLOMonitor asks for one, and so does a waiver, found nothing.',
    ],
    [
      'exemptions:\n  - check: dco\n    reason: " "\n',
      '.clomonitor.yml:3:13 exemptions[0].reason: The reason is empty; CLOMonitor asks for one, and so does a waiver.',
    ],
    ['exemptions: dco\n', '.clomonitor.yml:1:13 exemptions: Expected a list of exemptions, found "dco".'],
  ])('bad input is told with its line: %j', async (text, message) => {
    const { code, notes } = await imported({ '.clomonitor.yml': text });
    expect({ code, notes }).toEqual({ code: 2, notes: message });
  });

  test('a reason cannot leave its line, nor a check its comment', async () => {
    const text =
      'exemptions:\n  - {check: "dco", reason: "x\\napprover: mallory\\u202e and more"}\n  - {check: "a\\nrules: {}", reason: r}\n';
    const { out } = await imported({ '.clomonitor.yml': text }, { approver: 'ada', repository: 'wallet' });
    expect(out).not.toMatch(/^(?:rules|approver)/m);
    expect(out).toContain('# TODO exemptions: a⏎rules: {}: is no check of CLOMonitor.');
  });
});

describe('several files', () => {
  test('of several tools become one policy, and a group of one takes nothing from another', async () => {
    const files = {
      'security.yaml': `${ON}  optOutRepos: [old]\naction: issue\n`,
      'repolinter.json': ruleset({ readme: rule('file-existence', { globsAny: ['README*'] }) }),
    };
    expect(await policyFor(files)).toMatchObject({ enforce: 'block', files: ['security', 'readme'] });
    expect(await policyFor(files, 'old')).toMatchObject({ enforce: 'block', files: ['readme'] });
  });

  test('two that contradict each other: the firmer wins', async () => {
    const files = { 'dco.yml': 'allowOverrideAction: true\n', 'dco-check.toml': '' };
    const { policy } = await policyFor(files);
    expect(policy).toMatchObject({ mayOverride: 'nobody', rules: { dco: { options: { trailers: 'strict' } } } });
    expect((await imported(files)).out).toContain('says "write"; the firmer value is kept.');
  });

  test('into a folder they are written as files, and nothing is written over', async () => {
    const to = join(aFolder(), 'policy');
    const files = {
      '.clomonitor.yml': 'exemptions:\n  - {check: dco, reason: Old commits are imported.}\n',
      'security.yaml': ON,
    };
    const { code, out, notes } = await imported(files, { to, repository: 'wallet', approver: 'ada' });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(notes).toContain(`Written: ${join(to, '.github/steward.yml')}`);
    expect(readFileSync(join(to, '.github/steward/waivers/dco-wallet.yml'), 'utf8')).toContain(
      'rule: dco\nrepositories: [wallet]\n',
    );
    await expect(imported(files, { to })).rejects.toThrow('is there already, and nothing is written over it');
    expect(existsSync(join(to, 'security.yaml'))).toBe(false);
  });

  test('five megabytes are refused, and the problems of all files are told at once', async () => {
    const { code, notes } = await imported({ 'security.yaml': ' '.repeat(5 * 1024 * 1024), 'outside.yaml': 'action: 1\n' });
    expect(code).toBe(2);
    expect(notes).toContain('security.yaml:1:1: The file is 5120 KiB');
    expect(notes).toContain('outside.yaml:1:9 action: Expected log, issue or fix, found the number 1.');
  });

  test('a file whose tool cannot be told is not guessed', async () => {
    await expect(imported({ 'config.yml': 'a: 1\n' })).rejects.toThrow('cannot be told from its name');
    await expect(imported({ 'notes.txt': '' })).rejects.toThrow('dco-app, actions-dco, allstar, repolinter or clomonitor');
  });
});
