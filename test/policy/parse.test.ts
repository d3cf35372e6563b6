/** Broken policies and what their authors are told: place, path, what was found and wanted, the next step. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse, readersOf, references } from '../../src/policy/parse.ts';
import { problemText } from '../../src/policy/problem.ts';
import { rules } from '../../src/rules/index.ts';
import { aDocument, aFile, RULES } from './rules.ts';

const PRESETS = new Map([
  ['baseline', ''],
  ['observe', ''],
]);

/** Everything that is told about an organization's policy, one problem a line, without the name of the file. */
function told(text: string, layer: 'organization' | 'repository' = 'organization'): string[] {
  return parse(aFile(layer, text, 'f'), RULES, PRESETS).problems.map((problem) => problemText(problem).replace(/^f:/, ''));
}

const LEVELS = 'off, observe, warn, block';
const TOP =
  'extends, description, readers, certification, rules, checkName, mayLoosen, mayOverride, locked, mayOnlyTighten, lifecycle, groups, pilots, paused, maxNewFailures, maxWritesPerHour, waivers, notCheckable';
const DCO = 'enforce, clause, unset, rollout, grace, exemptBots, needsSignature, maxUnsigned, reviewers, team';

/** Name, text, and everything that is told. */
const BROKEN: readonly (readonly [name: string, text: string, ...told: string[]])[] = [
  [
    'an unknown key at the top has its nearest neighbor',
    'rule:\n  dco: {}\n',
    `1:1 rule: Unknown key "rule"; known here: ${TOP}. Did you mean "rules"?`,
  ],
  [
    'a rule at the top belongs below rules',
    'dco:\n  enforce: block\n',
    `1:1 dco: Unknown key "dco"; known here: ${TOP}. "dco" is a rule: write it below "rules:", indented.`,
  ],
  [
    'an unknown rule has its nearest neighbor',
    'rules:\n  licence-file:\n    enforce: warn\n',
    '2:3 rules.licence-file: Unknown rule "licence-file"; known here: dco, license-file, required-files. Did you mean "license-file"?',
  ],
  [
    'a rule nothing resembles is only listed against the known ones',
    'rules:\n  cookies: {}\n',
    '2:3 rules.cookies: Unknown rule "cookies"; known here: dco, license-file, required-files.',
  ],
  [
    'a misspelled level',
    'rules:\n  dco:\n    enforce: blok\n',
    `3:14 rules.dco.enforce: "blok" is not one of: ${LEVELS}. Did you mean "block"?`,
  ],
  [
    'a capital is a slip too',
    'rules:\n  dco:\n    enforce: Block\n',
    `3:14 rules.dco.enforce: "Block" is not one of: ${LEVELS}. Did you mean "block"?`,
  ],
  [
    'false is not off',
    'rules:\n  dco:\n    enforce: false\n',
    `3:14 rules.dco.enforce: The value false is not one of: ${LEVELS}. Did you mean "off"?`,
  ],
  [
    'true says nothing about how firmly',
    'rules:\n  dco:\n    enforce: true\n',
    `3:14 rules.dco.enforce: The value true is not one of: ${LEVELS}. Say how firmly: observe, warn or block.`,
  ],
  [
    'a key without a value',
    'rules:\n  dco:\n    enforce:\n',
    `3:5 rules.dco.enforce: Nothing is written here; expected one of: ${LEVELS}. Write a value, or remove the key.`,
  ],
  [
    'a misspelled option',
    'rules:\n  dco:\n    exempt_bot: true\n',
    `3:5 rules.dco.exempt_bot: Unknown option "exempt_bot"; known here: ${DCO}. Did you mean "exemptBots"?`,
  ],
  [
    'options have no group of their own',
    'rules:\n  dco:\n    options:\n      exemptBots: true\n',
    `3:5 rules.dco.options: Unknown option "options"; known here: ${DCO}. Options stand beside "enforce", without a group of their own.`,
  ],
  [
    'the word another tool uses for enforce',
    'rules:\n  dco:\n    severity: warn\n',
    `3:5 rules.dco.severity: Unknown option "severity"; known here: ${DCO}. Did you mean "enforce"?`,
  ],
  [
    'a level in place of a rule',
    'rules:\n  dco: block\n',
    '2:8 rules.dco: Expected a group of keys, found "block". Write "enforce: block" below it, indented.',
  ],
  [
    'rules as a list',
    'rules:\n  - dco\n',
    '2:3 rules: Expected a group of keys, found a list. Write each rule as a key below "rules:", without a dash.',
  ],
  [
    'rules that are all commented out',
    'rules:\n  # dco: {}\n',
    '1:1 rules: Expected a group of keys, found nothing. Write a value, or remove the key.',
  ],
  [
    'yes is text in YAML 1.2',
    'rules:\n  dco:\n    exemptBots: yes\n',
    '3:17 rules.dco.exemptBots: Expected true or false, found "yes". Write true.',
  ],
  [
    'one entry without its list',
    'rules:\n  license-file:\n    allow: Apache-2.0\n',
    '3:12 rules.license-file.allow: Expected a list, found "Apache-2.0". Write a list: [Apache-2.0].',
  ],
  [
    'an unknown license, by what the rule itself says',
    'rules:\n  license-file:\n    allow: [MIT, Apache2.0]\n',
    '3:18 rules.license-file.allow[1]: "Apache2.0" cannot stand here. It is not an SPDX license id. Did you mean "Apache-2.0"?',
  ],
  [
    'a number where text is wanted',
    'rules:\n  license-file:\n    allow:\n      - 2.0\n',
    '4:9 rules.license-file.allow[0]: Expected text, found the number 2. Put it in quotes.',
  ],
  [
    'an unknown file, in a list of one line',
    'rules: { required-files: { files: [readme, securty] } }\n',
    '1:44 rules.required-files.files[1]: "securty" is not one of: readme, license, contributing, code-of-conduct, security, codeowners, changelog, notice, governance, support, maintainers, issue-template, pull-request-template, description. Did you mean "security"?',
  ],
  [
    'a number too large',
    'rules:\n  dco:\n    maxUnsigned: 99\n',
    '3:18 rules.dco.maxUnsigned: Expected at most 10, found the number 99.',
  ],
  [
    'half a commit',
    'rules:\n  dco:\n    maxUnsigned: 1.5\n',
    '3:18 rules.dco.maxUnsigned: Expected a whole number, found the number 1.5.',
  ],
  ['empty text', 'rules:\n  dco:\n    team: ""\n', '3:11 rules.dco.team: Expected at least 1 character, found 0.'],
  [
    'a clause without its sentence',
    'rules:\n  dco:\n    clause:\n      url: https://example.org\n',
    '3:5 rules.dco.clause.says: "says" is missing here. Add "says: " with text.',
  ],
  [
    'a clause that links to a script',
    'rules:\n  dco:\n    clause:\n      says: Sign.\n      url: javascript:alert(1)\n',
    '5:12 rules.dco.clause.url: "javascript:alert(1)" cannot stand here. Expected a web address that starts with https://.',
  ],
  [
    'a misspelled preset',
    'extends: basline\n',
    '1:10 extends: There is no preset "basline"; the presets are: baseline, observe. Did you mean "baseline"?',
  ],
  [
    'a reference that leaves its repository',
    'extends: acme/.github:../secrets.yml\n',
    '1:10 extends: "acme/.github:../secrets.yml" cannot stand here. Expected the name of a preset, or OWNER/REPO[:PATH][@REF].',
  ],
  [
    'certification by a word nobody knows',
    'certification: DCO\n',
    '1:16 certification: "DCO" is not one of: none, either, dco, cla, both. Did you mean "dco"?',
  ],
  [
    'a role that GitHub does not have',
    'mayOverride: owner\n',
    '1:14 mayOverride: "owner" is not one of: nobody, admin, maintain, write.',
  ],
  ['two bases', 'extends: [baseline, observe]\n', '1:10 extends: Expected text, found a list.'],
  [
    'the name that is taken',
    'checkName: Steward policy\n',
    '1:12 checkName: "Steward policy" cannot stand here. Steward shows problems of policies under this name.',
  ],
  [
    'an option that cannot be loosened because there is none',
    'mayLoosen: [required-files.file]\n',
    '1:13 mayLoosen[0]: "required-files.file" is not one of: certification, dco, dco.enforce, dco.exemptBots, dco.needsSignature, dco.maxUnsigned, dco.reviewers, dco.team, license-file, license-file.enforce, license-file.allow, required-files, required-files.enforce, required-files.files. Did you mean "required-files.files"?',
  ],
  [
    'a key written twice, and another problem beside it',
    'rules:\n  dco:\n    enforce: block\n    enforce: of\n',
    '4:5 rules.dco.enforce: The key "enforce" is written twice; it stands on line 3 already. Keep one of them.',
    `4:14 rules.dco.enforce: "of" is not one of: ${LEVELS}. Did you mean "off"?`,
  ],
  [
    'all problems at once, in the order of the text',
    'extend: baseline\nrules:\n  dco:\n    enforce: wrn\n    bots: 1\n  required-files:\n    files: [redme]\n'.replace(
      '[redme]',
      'redme',
    ),
    `1:1 extend: Unknown key "extend"; known here: ${TOP}. Did you mean "extends"?`,
    `4:14 rules.dco.enforce: "wrn" is not one of: ${LEVELS}. Did you mean "warn"?`,
    `5:5 rules.dco.bots: Unknown option "bots"; known here: ${DCO}.`,
    '7:12 rules.required-files.files: Expected a list, found "redme". Write a list: [redme].',
  ],
];

/** Of locks, groups, roll-outs, pilots, pauses and limits. */
const UNGOVERNED: typeof BROKEN = [
  [
    'a lock on what does not exist',
    'locked: [dco.enforced]\n',
    '1:10 locked[0]: "dco.enforced" is not one of: certification, dco, dco.enforce, dco.exemptBots, dco.needsSignature, dco.maxUnsigned, dco.reviewers, dco.team, license-file, license-file.enforce, license-file.allow, required-files, required-files.enforce, required-files.files. Did you mean "dco.enforce"?',
  ],
  [
    'a group that means no repository, and one of the same name',
    'groups:\n  - name: docs\n    where: {}\n  - name: docs\n    where: { names: [a] }\n',
    '3:12 groups[0].where: A group of keys cannot stand here. It means no repository. Add names, topics, properties, visibility, languages or stages.',
    '4:11 groups[1].name: The name "docs" is given on line 2 already. Give each its own name.',
  ],
  [
    'a group by names with an owner, and by a visibility that GitHub does not have',
    'groups:\n  - name: docs\n    where:\n      names: [acme/*-docs]\n      visibility: [pubic]\n',
    '4:15 groups[0].where.names[0]: "acme/*-docs" cannot stand here. It is no pattern of repository names: it has a slash; the name of a repository is written without its owner. Write "*-docs".',
    '5:20 groups[0].where.visibility[0]: "pubic" is not one of: public, private, internal. Did you mean "public"?',
  ],
  [
    'a misspelled rule, option and level in a group',
    'groups:\n  - name: docs\n    where: { names: [a] }\n    rules:\n      dcoo: {}\n      dco: { enforc: warn }\n      license-file: warn\n',
    '5:7 groups[0].rules.dcoo: Unknown rule "dcoo"; known here: dco, license-file, required-files. Did you mean "dco"?',
    `6:14 groups[0].rules.dco.enforc: Unknown option "enforc"; known here: ${DCO}. Did you mean "enforce"?`,
    '7:21 groups[0].rules.license-file: Expected a group of keys, found "warn". Write "enforce: warn" below it, indented.',
  ],
  [
    'an option that is set and taken back',
    'rules:\n  dco:\n    team: ours\n    unset: [team, teem]\n',
    '4:19 rules.dco.unset[1]: "teem" is not one of: enforce, clause, rollout, grace, exemptBots, needsSignature, maxUnsigned, reviewers, team. Did you mean "team"?',
  ],
  [
    'an option that is set and taken back, rightly spelled',
    'rules:\n  dco:\n    team: ours\n    unset: [team]\n',
    '4:13 rules.dco.unset[0]: "team" cannot stand here. The same file sets "team" beside it. Keep one of the two.',
  ],
  [
    'a roll-out that goes back in time, for a cohort that nobody named',
    'rules:\n  dco:\n    rollout:\n      - { enforce: warn, from: 2027-03-01, cohorts: [doc] }\n      - { enforce: block, from: 2027-01-01 }\ngroups: [{ name: docs, where: { names: [a] } }]\n',
    '4:54 rules.dco.rollout[0].cohorts[0]: There is no group and no pilot called "doc"; there are: docs. Did you mean "docs"?',
    '5:33 rules.dco.rollout[1].from: "2027-01-01" cannot stand here. The step before it starts on 2027-03-01; the last step that applies decides. Write the steps in the order of their days.',
  ],
  [
    'a day that does not exist, and a share of nobody',
    'rules:\n  dco:\n    rollout: [{ enforce: warn, from: 2026-02-30, percent: 0 }]\n',
    '3:38 rules.dco.rollout[0].from: "2026-02-30" cannot stand here. Expected a day that exists, as YYYY-MM-DD.',
    '3:59 rules.dco.rollout[0].percent: Expected at least 1, found the number 0. Leave the step out, or use "enforce: observe".',
  ],
  [
    'grace for nobody',
    'rules:\n  dco:\n    grace: { level: warn }\n',
    '3:12 rules.dco.grace: A group of keys cannot stand here. It does not say who is spared. Add "newRepositories: 30" or "firstContributions: true".',
  ],
  [
    'a pilot that ends before it starts',
    'pilots:\n  - { name: trial, owner: ada, where: { names: [a] }, start: 2027-02-01, end: 2027-01-01 }\n',
    '2:79 pilots[0].end: "2027-01-01" cannot stand here. It is before the first day, 2027-02-01. Write a last day that is not before the first.',
  ],
  [
    'a pilot with a target for a rule that does not exist',
    'pilots:\n  - { name: trial, owner: ada, where: { names: [a] }, start: 2027-01-01, end: 2027-02-01, targets: [{ rule: dcoo, passing: 80 }] }\n',
    '2:109 pilots[0].targets[0].rule: "dcoo" is not one of: dco, license-file, required-files. Did you mean "dco"?',
  ],
  [
    'a pause without a reason',
    'paused: { until: 2026-12-24 }\n',
    '1:1 paused.because: "because" is missing here. Add "because: " with text.',
  ],
  [
    'limits out of bounds',
    'maxNewFailures: -1\nmaxWritesPerHour: 20000\n',
    '1:17 maxNewFailures: Expected at least 0, found the number -1.',
    '2:19 maxWritesPerHour: Expected at most 10000, found the number 20000.',
  ],
  [
    'somebody who is neither a person nor a team',
    'waivers: { approvers: [ada@example.org], maxDays: 0 }\n',
    '1:24 waivers.approvers[0]: "ada@example.org" cannot stand here. Expected the login of a person, or team:SLUG of the organization.',
    '1:51 waivers.maxDays: Expected at least 1, found the number 0.',
  ],
  [
    'a sentence without the reason why it cannot be checked',
    'notCheckable: [{ says: Be kind. }]\n',
    '1:16 notCheckable[0].why: "why" is missing here. Add "why: " with text.',
  ],
];

describe('a policy whose governance is broken', () => {
  test.each(UNGOVERNED.map(([name, text, ...expected]) => ({ name, text, expected })))('$name', ({ text, expected }) => {
    expect(told(text)).toEqual(expected);
  });

  test('in a repository may say none of it', () => {
    const keys = [
      'locked: []',
      'mayOnlyTighten: []',
      'lifecycle: {}',
      'groups: []',
      'pilots: []',
      'maxNewFailures: 1',
      'notCheckable: []',
    ];
    const paths = told(keys.join('\n'), 'repository').map(
      (line) => /Only the policy of the organization can set "(\w+)"/.exec(line)?.[1],
    );
    expect(paths).toEqual(keys.map((key) => key.split(':')[0]));
  });

  test('may use names of groups that another file gives, where it extends one', () => {
    expect(told('extends: acme/.github\nrules: { dco: { rollout: [{ enforce: warn, cohorts: [docs] }] } }\n')).toEqual([]);
  });
});

describe('a broken policy', () => {
  test.each(BROKEN.map(([name, text, ...expected]) => ({ name, text, expected })))('$name', ({ text, expected }) => {
    expect(told(text)).toEqual(expected);
  });

  test('is never half used: there is no document', () => {
    expect(parse(aFile('organization', 'rules:\n  dco:\n    enforce: warn\n    bots: 1\n'), RULES).document).toBeNull();
  });

  test('in a repository may not name the check, loosen itself or say who may override', () => {
    const hint = "Remove it here, or set it in the organization's .github repository.";
    expect(told('checkName: Ours\nmayLoosen: [dco]\nmayOverride: write\n', 'repository')).toEqual([
      `1:1 checkName: Only the policy of the organization can set "checkName". ${hint}`,
      `2:1 mayLoosen: Only the policy of the organization can set "mayLoosen". ${hint}`,
      `3:1 mayOverride: Only the policy of the organization can set "mayOverride". ${hint}`,
    ]);
  });

  test('lists fifty problems at most', () => {
    const text = Array.from({ length: 9_000 }, (_, index) => `key${index}: 1`).join('\n');
    expect(told(text)).toHaveLength(50);
    expect(told(text).at(-1)).toBe('50:1: There are more problems from here on. Mend the ones above first.');
  });

  test('of five megabytes is not read at all', () => {
    const start = performance.now();
    expect(told('# the same again\n'.repeat(300_000))).toEqual([
      '1:1: The file is 4981 KiB; a policy has at most 256 KiB. Keep only the policy in this file.',
    ]);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('cannot forge a line in a terminal', () => {
    expect(told('"a\\u001b[2J\\nb": 1\n')[0]).toMatch(/^1:1 a\\u\{1b\}\[2J⏎b: Unknown key "a\\u\{1b\}\[2J⏎b"/);
  });
});

/** A rule of which a file says nothing. */
const SILENT = { enforce: null, clause: null, unset: [], rollout: null, grace: null, options: {} };

/** What a file says of its own governance, when it says nothing. */
const NOTHING_GOVERNED = {
  ...{ locked: [], mayOnlyTighten: [], lifecycle: null, groups: [], pilots: null, paused: null },
  ...{ maxNewFailures: null, maxWritesPerHour: null, approvers: null, maxDays: null, notCheckable: null },
};

describe('a policy that parses', () => {
  const CONTRACT = `# .github/steward.yml in the organization's .github repository
extends: baseline          # a preset of policies/, or OWNER/REPO[:PATH][@REF]
rules:
  dco:
    enforce: block         # off | observe | warn | block
  license-file:
    enforce: warn
    allow: [Apache-2.0]
  required-files:
    enforce: warn
    files: [readme, security]
`;

  test('reads as it is written, with the line of every key', () => {
    expect(aDocument('organization', CONTRACT)).toEqual({
      file: { layer: 'organization', source: 'acme/.github:.github/steward.yml', commit: 'c0ffee', oid: null },
      extends: { value: 'baseline', line: 2, column: 1 },
      checkName: null,
      mayLoosen: null,
      mayOverride: null,
      certification: null,
      readers: [],
      governance: NOTHING_GOVERNED,
      rules: {
        dco: { ...SILENT, line: 4, column: 3, enforce: { value: 'block', line: 5, column: 5 } },
        'license-file': {
          ...SILENT,
          line: 6,
          column: 3,
          enforce: { value: 'warn', line: 7, column: 5 },
          options: { allow: { value: ['Apache-2.0'], line: 8, column: 5 } },
        },
        'required-files': {
          ...SILENT,
          line: 9,
          column: 3,
          enforce: { value: 'warn', line: 10, column: 5 },
          options: { files: { value: ['readme', 'security'], line: 11, column: 5 } },
        },
      },
    });
  });

  test('may be empty, and then has no opinion', () => {
    for (const text of ['', '\n', '# nothing yet\n', '---\n', '\uFEFF', '{}']) {
      expect(parse(aFile('organization', text), RULES)).toMatchObject({ document: { rules: {}, extends: null }, problems: [] });
    }
  });

  test('off is a word', () => {
    expect(aDocument('organization', 'rules: { dco: { enforce: off } }').rules['dco']?.enforce?.value).toBe('off');
  });

  test('says nothing about options that it does not mention', () => {
    expect(aDocument('organization', 'rules: { dco: { team: legal } }').rules['dco']).toEqual({
      ...SILENT,
      line: 1,
      column: 10,
      options: { team: { value: 'legal', line: 1, column: 17 } },
    });
  });

  test('is the same in Windows line ends and behind a byte order mark', () => {
    expect(aDocument('organization', `\uFEFF${CONTRACT.replaceAll('\n', '\r\n')}`)).toEqual(aDocument('organization', CONTRACT));
  });

  test('names the policy of another repository', () => {
    const named = (text: string) => references(aDocument('organization', `extends: ${text}\n`));
    expect(named('acme/.github')).toEqual({ owner: 'acme', repo: '.github', path: '.github/steward.yml', ref: null });
    expect(named('acme/rules:strict.yml@v1/next')).toEqual({ owner: 'acme', repo: 'rules', path: 'strict.yml', ref: 'v1/next' });
    expect(named('baseline')).toBeNull();
  });

  test('names who may read it from a private repository', () => {
    expect(readersOf('readers: [Acme, other]\n', RULES)).toEqual(['acme', 'other']);
    expect(readersOf('readers: [Acme\n', RULES)).toEqual([]);
  });

  test('every example of the documentation parses', () => {
    const pages = ['docs/policy.md', 'docs/licenses.md', 'docs/decisions/0008-policy-as-a-product.md']
      .map((page) => readFileSync(page, 'utf8'))
      .join('\n');
    const texts = [...pages.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] ?? '');
    // Waivers and policy tests are files of their own.
    const examples = texts.filter((text) => !/^# \S*\.github\/steward\//.test(text) && !text.startsWith('tests:'));
    expect(examples.length).toBeGreaterThan(3);
    const problems = examples.flatMap((text) => parse(aFile('organization', text), rules).problems.map(problemText));
    expect(problems).toEqual([]);
  });
});
