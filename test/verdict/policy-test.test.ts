/** Policy tests: what a case can say, what comes of it, and what is said of a file that cannot be read. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { known, type Answer } from '../../src/facts/answer.ts';
import { commits } from '../../src/facts/commits.ts';
import { communityFiles } from '../../src/facts/community.ts';
import type { Facts } from '../../src/facts/fact.ts';
import { repository } from '../../src/facts/repository.ts';
import { parse, type Document } from '../../src/policy/parse.ts';
import { problemText } from '../../src/policy/problem.ts';
import { rules } from '../../src/rules/index.ts';
import { runPolicyTests } from '../../src/verdict/policy-test.ts';
import type { Bench } from '../../src/verdict/policy-test-bench.ts';

const POLICY = `rules:
  dco: { enforce: block }
  license-file:
    enforce: warn
    allow: [Apache-2.0]
  required-files: { enforce: warn, files: [readme] }
`;
const SOURCE = 'acme/.github:.github/steward/a.test.yml';
const none: Bench = { rules, presets: new Map(), now: new Date('2026-03-10T12:00:00Z'), recorded: () => Promise.resolve(null) };

function documentOf(text: string): Document {
  const { document, problems } = parse({ layer: 'organization', source: 'steward.yml', commit: null, oid: null, text }, rules);
  if (!document) throw new Error(problems.map(problemText).join('\n'));
  return document;
}

/** What is said of each case: null where it passes. */
async function said(tests: string, { policy = POLICY, bench = none } = {}): Promise<readonly (string | null)[]> {
  const { results, problems } = await runPolicyTests([{ source: SOURCE, text: tests }], [documentOf(policy)], bench);
  expect(problems.map(problemText)).toEqual([]);
  return results.map(({ says }) => says);
}

async function problems(text: string): Promise<readonly string[]> {
  const run = await runPolicyTests([{ source: 'a.test.yml', text }], [documentOf(POLICY)], none);
  expect(run.results).toEqual([]);
  return run.problems.map(problemText);
}

/** What an evaluation stored of a repository with a README and nothing else. */
function stored(name = 'wallet'): Facts {
  const readme = { places: [{ path: 'README.md', where: 'repository', via: 'file' }], nearMisses: [], unread: null };
  const owned = { owner: 'acme', name, topics: ['docs'], isPrivate: false };
  return new Map<string, Answer<unknown>>([
    [communityFiles('head').key, known({ readme })],
    ['license-files:head', known([])],
    [repository().key, known(owned)],
  ]);
}

describe('a case about one rule', () => {
  test('passes when the rule finds in its own example what is expected', async () => {
    const text = `tests:
  - name: a commit without the sign-off of its author is stopped
    rule: dco
    example: A sign-off of somebody else does not count.
    expect: { outcome: fail, enforce: block }
  - name: and with it is not
    rule: dco
    example: a commit signed off by its author passes
    expect: { outcome: pass, findings: [{ outcome: pass, says: signed off }] }`;
    expect(await said(text)).toEqual([null, null]);
  });

  test('is run on facts by the names that the rule has for them', async () => {
    const text = `tests:
  - name: a README is enough
    rule: required-files
    facts:
      community:
        readme: { places: [{ path: README.md, where: repository, via: file }], nearMisses: [], unread: null }
    expect: { outcome: pass, findings: [{ about: readme }] }`;
    expect(await said(text)).toEqual([null]);
  });

  test('that fails says what was expected, what was found, and which file and line set it', async () => {
    const text = `tests:
  - name: MIT will do
    rule: license-file
    example: another license than the allowed ones fails
    expect: { outcome: pass, enforce: block }`;
    expect(await said(text)).toEqual([
      'Expected pass, found fail. Expected it to be held at block, found warn. It found fail: LICENSE is MIT, which is not allowed here. Set by enforce: warn (steward.yml:4), allow (steward.yml:5).',
    ]);
  });

  test('can be about settings alone', async () => {
    const text = `tests:
  - { name: held, rule: dco, expect: { enforce: block } }
  - { name: not asked, rule: cla, expect: { outcome: off } }
  - { name: asked, rule: notice, expect: { enforce: warn } }`;
    expect(await said(text)).toEqual([
      null,
      null,
      'Expected it to be held at warn, found off. No file says how firmly the rule is held.',
    ]);
  });

  test('is told when certification takes a rule out', async () => {
    const text = 'tests: [{ name: a, rule: dco, expect: { enforce: block } }]';
    expect(await said(text, { policy: `certification: cla\n${POLICY}` })).toEqual([
      'Expected it to be held at block, found off. Certification is cla, which does not ask for it. Set by enforce: block (steward.yml:3).',
    ]);
  });

  test('names a finding that is missing', async () => {
    const text = `tests:
  - name: a
    rule: license-file
    example: a repository without a license file fails
    expect: { findings: [{ outcome: fail, about: COPYING, says: MIT }] }`;
    expect(await said(text)).toEqual([
      expect.stringMatching(
        /^Expected a finding \(fail about "COPYING"\) that says "MIT", found none such\. It found fail: There is no/,
      ),
    ]);
  });

  test('that leaves a fact out, or gives one of another shape, is unknown and never passes', async () => {
    const text = `tests:
  - { name: none, rule: required-files, facts: {}, expect: { outcome: pass } }
  - { name: odd, rule: required-files, facts: { community: { readme: 7 } }, expect: { outcome: pass } }
  - { name: proto, rule: required-files, facts: { community: { constructor: { readme: { places: [1] } } } }, expect: { outcome: pass } }`;
    const [none, ...odd] = await said(text);
    expect(none).toMatch(/^Expected pass, found unknown\. It found unknown: .* the case does not give the fact "community"\./);
    expect(odd).toEqual([
      'The facts of this test have a number as "community.readme", and not that which the rule required-files reads. The facts of its examples are a whole: name one as "example".',
      'The facts of this test lack "community.readme", which the rule required-files reads. The facts of its examples are a whole: name one as "example".',
    ]);
  });

  test('fails with what its facts lack of what the rule reads, and never passes', async () => {
    const readme = '{ places: [{ path: README.md, where: repository, via: file }], nearMisses: [], unread: null }';
    const text = `tests:
  - { name: lacks a file, rule: required-files, facts: { community: { readme: ${readme} } }, expect: { outcome: unknown } }
  - { name: not that rule, rule: cla, facts: {}, expect: { outcome: off } }`;
    const policy = POLICY.replace('[readme]', '[readme, security]');
    const [lacks, off] = await said(text, { policy });
    expect(lacks).toBe(
      'The facts of this test lack "community.security", which the rule required-files reads. The facts of its examples are a whole: name one as "example".',
    );
    expect(off).toBeNull();
  });
});

describe('the repository and the day of a case', () => {
  const policy = `groups:
  - { name: texts, where: { topics: [documentation] }, rules: { license-file: { kind: documentation } } }
  - { name: core, where: { properties: { tier: [core] }, visibility: [private] }, rules: { required-files: { enforce: block } } }
  - { name: new, where: { stages: [incubation] }, rules: { dco: { enforce: observe } } }
lifecycle: { stages: { incubation: ['new-*'] } }
rules:
  dco:
    enforce: warn
    rollout: [{ enforce: block, from: 2026-12-01 }]
    grace: { newRepositories: 30, firstContributions: true, level: warn }
  license-file:
    enforce: warn
    allow: [Apache-2.0]
    kinds: { documentation: { allow: [CC-BY-4.0] } }
  required-files: { enforce: warn }
`;

  test('decide which groups hold, and how far a roll-out has come', async () => {
    const text = `tests:
  - name: documentation
    repository: { topics: [documentation] }
    rule: license-file
    example: documentation can be held to other licenses than code
    expect: { outcome: pass }
  - name: code
    repository: {}
    rule: license-file
    example: documentation can be held to other licenses than code
    expect: { outcome: fail }
  - { name: core, repository: { visibility: private, properties: { tier: core } }, rule: required-files, expect: { enforce: block } }
  - { name: public, repository: { properties: { tier: core } }, rule: required-files, expect: { enforce: warn } }
  - { name: a stage, repository: { name: new-one }, rule: dco, expect: { enforce: observe } }
  - { name: before, repository: {}, at: 2026-11-30, rule: dco, expect: { enforce: warn } }
  - { name: from then on, repository: {}, at: 2026-12-01, rule: dco, expect: { enforce: block } }
  - { name: young, repository: { createdAt: 2026-11-20 }, at: 2026-12-01, rule: dco, expect: { enforce: warn } }
  - { name: newcomer, repository: {}, at: 2026-12-01, firstContribution: true, rule: dco, expect: { enforce: warn } }
  - { name: no longer, repository: {}, at: 2026-12-01, firstContribution: false, rule: dco, expect: { enforce: block } }
  - { name: any repository, at: 2026-12-01, rule: dco, expect: { enforce: warn } }`;
    expect(await said(text, { policy })).toEqual(Array(11).fill(null));
  });

  test('are told by recorded facts where the case does not say them', async () => {
    const text = `tests:
  - { name: by its topics, recorded: wallet, expect: { license-file: { enforce: warn } } }
  - { name: by its name, recorded: new-wallet, at: 2026-12-01, expect: { dco: { enforce: observe } } }`;
    const recorded = (name: string): Promise<Facts> => Promise.resolve(stored(name));
    expect(await said(text, { policy, bench: { ...none, recorded } })).toEqual([null, null]);
  });
});

test('the example of the documentation passes on the policy beside it', async () => {
  const page = readFileSync('docs/policy.md', 'utf8');
  const [, policy = ''] = /These cases hold for this policy:\n\n```yaml\n(.*?)```/s.exec(page) ?? [];
  const [, text = ''] = /```yml\n(# \.github\/steward\/tests\/.*?)```/s.exec(page) ?? [];
  const recorded = (name: string): Promise<Facts | null> => Promise.resolve(name === './wallet.jsonl' ? stored() : null);
  expect(await said(text, { policy, bench: { ...none, recorded } })).toEqual(Array(5).fill(null));
});

describe('a case about recorded facts', () => {
  const recorded = (name: string): Promise<Facts | null> => Promise.resolve(name === 'wallet' ? stored() : null);
  const bench = { ...none, recorded };

  test('says of each rule what it finds, briefly or in full', async () => {
    const text = `tests:
  - name: the wallet stands as it is
    recorded: wallet
    expect: { required-files: pass, license-file: { outcome: fail, enforce: warn } }`;
    expect(await said(text, { bench })).toEqual([null]);
  });

  test('tells every rule that differs, and a rule that is asked of something else', async () => {
    const text = `tests:
  - name: the wallet
    recorded: wallet
    expect: { required-files: fail, dco: fail }`;
    const [says] = await said(text, { bench });
    expect(says?.split('\n')).toEqual([
      'dco: Expected fail, found not asked. The rule is asked of contributions, and these facts are of a repository. Set by enforce: block (steward.yml:2).',
      'required-files: Expected fail, found pass. It found pass: The README is README.md. Set by enforce: warn (steward.yml:6), files (steward.yml:6).',
    ]);
  });

  test('judges a contribution where the facts have commits', async () => {
    const facts = new Map([...stored(), [commits().key, known([])] as const]);
    const text = 'tests: [{ name: a, recorded: wallet, expect: { dco: unknown } }]';
    expect(await said(text, { bench: { ...none, recorded: () => Promise.resolve(facts) } })).toEqual([null]);
  });

  test('fails where nothing is recorded, or what is recorded cannot be read', async () => {
    const text = `tests:
  - { name: a, recorded: rocket, expect: { license-file: pass } }`;
    expect(await said(text, { bench })).toEqual(['No facts of "rocket" are recorded here, so nothing can be judged.']);
    expect(await said(text.replace('rocket', './rocket.jsonl'), { bench })).toEqual([
      'No facts of "./rocket.jsonl" are recorded here, so nothing can be judged. Files of facts are read by "steward policy test" alone; here name the repository.',
    ]);
    const broken = { ...none, recorded: () => Promise.reject(new Error('The disk is gone.')) };
    expect(await said(text, { bench: broken })).toEqual(['The disk is gone.']);
  });
});

describe('a file that cannot be read runs none of its cases', () => {
  test('every problem is told with its line, its column and the next step', async () => {
    const text = `tests:
  - name: a
    rule: dcoo
    expect: { outcome: fails }
  - name: b
    rule: dco
    example: a commit signed of by its author passes
    expects: {}
    expect: { outcome: pass }
  - { name: c, rule: dco, example: x, expect: { outcome: pass } }
  - { name: d, rule: dco, facts: { comits: [] }, expect: { outcome: pass } }
  - { name: e, rule: dco, expect: { outcome: pass } }
  - { name: f, rule: dco, example: a merge commit is exempt, facts: {}, expect: { enforce: warn } }
  - { name: g, expect: { outcome: pass } }
  - { name: h, recorded: wallet, rule: dco, expect: { licence-file: pass } }
  - { name: i, recorded: wallet, expect: { dco: passed } }
  - { name: j, rule: dco, expect: {} }
  - { name: k, rule: dco, at: tomorrow, expect: { enforce: warn } }
  - { name: l, rule: dco, repository: { topic: [a], visibility: open }, expect: { enforce: warn } }
  - name: m`;
    expect(await problems(text)).toEqual([
      'a.test.yml:3:11 tests[0].rule: "dcoo" is not one of: dco, cla, dco-history, license-file, license-consistency, notice, license-headers, dependency-licenses, required-files. Did you mean "dco"?',
      'a.test.yml:4:24 tests[0].expect.outcome: "fails" is not one of: pass, fail, exempt, unknown, off. Did you mean "fail"?',
      'a.test.yml:8:5 tests[1].expects: Unknown key "expects"; known here: name, repository, at, firstContribution, rule, facts, example, expect. Did you mean "expect"?',
      'a.test.yml:10:36 tests[2].example: The rule dco has no example "x". The examples are listed in docs/rules/dco.md.',
      'a.test.yml:11:36 tests[3].facts.comits: The rule dco asks for no fact "comits"; it asks for: commits, contribution, repository, mailmap, memberships, statements, certified, changes. Did you mean "commits"?',
      'a.test.yml:12:27 tests[4].expect: The case expects what the rule finds, and says nothing to find it in. Add "example: …" with the sentence of one of the rule\'s examples, or "facts:".',
      'a.test.yml:13:27 tests[5].example: "facts" and "example" are both here, and a case is run on one of them. Remove one of them.',
      'a.test.yml:14:5 tests[6]: The case says neither which rule it is about nor which recorded facts. Add "rule: ID", or "recorded: REPOSITORY".',
      'a.test.yml:15:34 tests[7].rule: "rule" does not go together with "recorded". A case is about one rule, with "rule", or about recorded facts, with "recorded".',
      expect.stringMatching(/^a\.test\.yml:15:55 tests\[7\]\.expect\.licence-file: .*Did you mean "license-file"\?$/),
      'a.test.yml:16:49 tests[8].expect.dco.outcome: "passed" is not one of: pass, fail, exempt, unknown, off. Did you mean "pass"?',
      'a.test.yml:17:35 tests[9].expect: A group of keys cannot stand here. Expected "outcome", "enforce" or "findings".',
      'a.test.yml:18:31 tests[10].at: "tomorrow" cannot stand here. Expected a day such as 2026-12-31.',
      expect.stringMatching(/^a\.test\.yml:19:41 tests\[11\]\.repository\.topic: .*Did you mean "topics"\?$/),
      'a.test.yml:19:65 tests[11].repository.visibility: "open" is not one of: public, private, internal.',
      'a.test.yml:20:5 tests[12]: The case says neither which rule it is about nor which recorded facts. Add "rule: ID", or "recorded: REPOSITORY".',
    ]);
  });

  test('an example that is nearly right is named', async () => {
    const text = 'tests: [{ name: a, rule: dco, example: a commit signed of by its author passes, expect: { outcome: pass } }]';
    expect(await problems(text)).toEqual([
      'a.test.yml:1:40 tests[0].example: The rule dco has no example "a commit signed of by its author passes". Did you mean "a commit signed off by its author passes"? The examples are listed in docs/rules/dco.md.',
    ]);
  });

  test.each([
    ['rules: {}', /"tests" is missing here/],
    ['tests: []', /Expected at least 1 entry, found 0/],
    ['tests: [7]', /tests\[0\]: Expected a group of keys|tests\[0\]: Expected .*, found the number 7/],
    ['- a', /The file holds a list; a policy test file is a list of cases below "tests:"/],
    ['tests: [', /This is not valid YAML/],
    ['tests: &a [*a]', /repeats another part of the file/],
    ['\0', /not text in UTF-8/],
    [' '.repeat(256 * 1024 + 1), /The file is 257 KiB; a policy test file has at most 256 KiB. Spread the cases/],
    [`tests: [${'{},'.repeat(501)}]`, /Expected at most 500 entries, found 501/],
    ['tests: [{ name: a, rule: constructor, expect: { __proto__: 1 } }]', /"constructor" is not one of/],
  ])('%#: nothing crashes', async (text, told) => {
    expect((await problems(text)).join('\n')).toMatch(told);
  });

  test('files beyond the fiftieth are told, and the others run', async () => {
    const text = 'tests: [{ name: a, rule: dco, expect: { enforce: block } }]';
    const files = Array.from({ length: 51 }, (_, index) => ({ source: `${index}.test.yml`, text }));
    const run = await runPolicyTests(files, [documentOf(POLICY)], none);
    expect(run.results.length).toBe(50);
    expect(run.problems.map(problemText)).toEqual([
      '50.test.yml:1:1: There are 51 policy test files; at most 50 are read. Put the cases of several files into one.',
    ]);
  });

  test('cases beyond the two thousandth are told, and not run', async () => {
    const one = '  - { name: a, rule: dco, expect: { enforce: block } }';
    const files = Array.from({ length: 5 }, (_, index) => ({
      source: `${index}.test.yml`,
      text: `tests:\n${`${one}\n`.repeat(500)}`,
    }));
    const run = await runPolicyTests(files, [documentOf(POLICY)], none);
    expect(run.results.length).toBe(2000);
    expect(run.problems.map(problemText)).toEqual([
      '4.test.yml:2:1: There are 2500 cases; at most 2000 are run, and those from here on are not. Remove cases that say the same.',
    ]);
  });
});
