/** Broken waiver files and what their authors are told; and which waivers are in force on which day. */
import { describe, expect, test } from '@jest/globals';
import { problemText } from '../../src/policy/problem.ts';
import type { WaiverTerms } from '../../src/policy/managed.ts';
import { momentsOf } from '../../src/policy/dates.ts';
import { entitled } from '../../src/policy/waivers/entitled.ts';
import { waiversInForce } from '../../src/policy/waivers/in-force.ts';
import { parseWaiver } from '../../src/policy/waivers/parse.ts';
import { Shelf } from '../../src/policy/waivers/shelf.ts';
import { plainGroup, readYaml } from '../../src/policy/yaml.ts';
import { waiverSchema } from '../../src/policy/waivers/schema.ts';
import { A_FOLDER, NOT_A_FILE, type Approval, type KeptWaiver } from '../../src/policy/waivers/waiver.ts';
import type { PolicyFile } from '../../src/policy/policy.ts';
import { RULES } from './rules.ts';

const FOLDER = 'acme/.github:.github/steward/waivers';
const WHOLE = `rule: dco
repositories: [rocket, 'lib-*']
paths: ['vendor/**']
packages: ['pkg:npm/left-pad@*']
people: [jane, 'dependabot[bot]']
reason: The vendored code was signed off upstream.
code: not-applicable
approver: ada
requestedBy: jane
until: 2027-03-31
discussion: https://github.com/acme/rocket/issues/7
`;
const SMALL = `rule: dco\nrepositories: [rocket]\nreason: It was signed on paper.\napprover: ada\nuntil: 2027-03-31\n`;

function aFile(text: string, name = 'w.yml'): PolicyFile {
  return { layer: 'organization', source: `${FOLDER}/${name}`, commit: 'c0ffee', oid: null, text };
}

function told(text: string, name?: string): readonly string[] {
  return parseWaiver(aFile(text, name), RULES).problems.map((one) => problemText(one).replace(/^.*?\.ya?ml:/, ''));
}

describe('a waiver file', () => {
  test('says a rule, a scope, a reason, an approver and a last day', () => {
    expect(parseWaiver(aFile(WHOLE, 'dco-rocket.yml'), RULES).waiver).toEqual({
      ...{ id: 'dco-rocket', source: `${FOLDER}/dco-rocket.yml`, rule: 'dco', code: 'not-applicable' },
      scope: {
        repositories: ['rocket', 'lib-*'],
        paths: ['vendor/**'],
        packages: ['pkg:npm/left-pad@*'],
        people: ['jane', 'dependabot[bot]'],
      },
      ...{ reason: 'The vendored code was signed off upstream.', approver: 'ada', requestedBy: 'jane', until: '2027-03-31' },
      discussion: 'https://github.com/acme/rocket/issues/7',
    });
  });

  test('needs no more than that, and can end in .yaml', () => {
    const { waiver } = parseWaiver(aFile(SMALL, 'a.b_c-1.yaml'), RULES);
    expect(waiver).toMatchObject({
      ...{ id: 'a.b_c-1', scope: { repositories: ['rocket'] }, code: null, requestedBy: null, discussion: null },
    });
  });

  test('that says nothing is told everything that is missing', () => {
    expect(told('')).toEqual([
      '1:1 rule: "rule" is missing here. Add "rule: " with text.',
      '1:1 repositories: "repositories" is missing here. Add "repositories: " with a list.',
      '1:1 reason: "reason" is missing here. Add "reason: " with text.',
      '1:1 approver: "approver" is missing here. Add "approver: " with text.',
      '1:1 until: "until" is missing here. Add "until: " with text.',
    ]);
  });

  test.each([
    [
      'a rule that is none',
      /rule: dco/,
      'rule: dcoo',
      '1:7 rule: "dcoo" cannot stand here. The rules are: dco, license-file, required-files. Did you mean "dco"?',
    ],
    [
      'an unknown key',
      /code:/,
      'coed:',
      '7:1 coed: Unknown key "coed"; known here: rule, repositories, paths, packages, people, reason, code, approver, requestedBy, until, discussion. Did you mean "code"?',
    ],
    ['no repository', /\[rocket, 'lib-\*'\]/, '[]', '2:15 repositories: Expected at least 1 entry, found 0.'],
    [
      'a repository with its owner',
      /rocket, /,
      'acme/rocket, ',
      '2:16 repositories[0]: "acme/rocket" cannot stand here. Expected a pattern such as cardano-*; it has a slash; the name of a repository is written without its owner.',
    ],
    [
      'a path pattern of another kind',
      /vendor\/\*\*/,
      'vendor/[a-z]',
      '3:9 paths[0]: "vendor/[a-z]" cannot stand here. Expected a pattern such as vendor/**; beside *, ** and ? it holds signs that stand for more; write one pattern for each case.',
    ],
    [
      'a package that is no URL',
      /pkg:npm\/left-pad@\*/,
      'left-pad',
      '4:12 packages[0]: "left-pad" cannot stand here. Expected a package URL, such as pkg:npm/left-pad, pkg:npm/@acme/* or pkg:cargo/ring@0.17.*.',
    ],
    [
      'a package of a type that nobody reads',
      /pkg:npm/,
      'pkg:go',
      '4:12 packages[0]: "pkg:go/left-pad@*" cannot stand here. Expected a package URL of a type that Steward reads; go is none (did you mean pkg:golang/left-pad@*?).',
    ],
    [
      'a person that is no login',
      /people: \[jane/,
      'people: ["@jane"',
      '5:10 people[0]: "@jane" cannot stand here. Expected a login, as in github.com/LOGIN.',
    ],
    [
      'a reason that gives none',
      /The vendored.*/,
      '"  because "',
      '6:9 reason: "  because " cannot stand here. Expected a reason of at least 10 characters. Say why the rule does not fit here.',
    ],
    [
      'a code that is none',
      /not-applicable/,
      'not-aplicable',
      '7:7 code: "not-aplicable" is not one of: test-data, remediated, not-applicable, not-supported, not-detected. Did you mean "not-applicable"?',
    ],
    [
      'a day that does not exist',
      /2027-03-31/,
      '2027-02-29',
      '10:8 until: "2027-02-29" cannot stand here. Expected a day of the calendar, such as 2026-01-31.',
    ],
    [
      'a discussion without https',
      /https:/,
      'http:',
      '11:13 discussion: "http://github.com/acme/rocket/issues/7" cannot stand here. Expected a web address that starts with https://.',
    ],
    [
      'an approver who asked for it',
      /approver: ada/,
      'approver: Jane',
      '8:11 approver: "Jane" asked for this waiver, and nobody waives for themselves. Name somebody else who approves it.',
    ],
    [
      'a list',
      /^[^]*$/,
      '- dco\n',
      '1:1: The file holds a list; a waiver is a group of keys such as "rule:" and "repositories:".',
    ],
    ['a merge key', /code:.*/, '<<: x', '7:1 <<: Unknown key "<<"'],
    ['a key of every object', /code:.*/, '__proto__: x', '7:1 __proto__: Unknown key "__proto__"'],
  ])('with %s is told where and what to do', (_, from, to, problem) => {
    expect(told(WHOLE.replace(from, to))).toContainEqual(expect.stringContaining(problem));
  });

  test.each([
    ['approver', '4:1 approver: Expected text, found nothing. Write the login of whoever will approve this pull request.'],
    ['until', '5:1 until: Expected text, found nothing. Write the last day, such as 2026-01-31.'],
  ])('whose %s is left empty is told what to write there, for it is needed', (key, problem) => {
    expect(told(SMALL.replace(new RegExp(`${key}:.*`), `${key}:`))).toEqual([problem]);
  });

  test('beside a folder counts: of the folder there is a notice', () => {
    const found = waiversInForce([kept(A_FOLDER, '2027'), kept(NOT_A_FILE, 'link.yml'), kept()], TERMS, RULES, EARLY);
    expect(found.granted.map(({ id }) => id)).toEqual(['w']);
    expect(found.problems.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'notice: "2027" is a folder, and waivers lie directly in this one: nothing in it is read.',
      'error: "link.yml" is a link or a submodule, and a waiver is a file of its own.',
    ]);
  });

  test('is approved by nobody whom it covers', () => {
    expect(told(`${SMALL}people: [bob, ADA]\n`)).toEqual([
      '4:11 approver: "ada" is among the people whom this waiver covers, and nobody waives for themselves. Name somebody else who approves it.',
    ]);
  });

  test('has all its problems told at once, in the order of the text', () => {
    const text = 'rule: dcoo\nrepositories: rocket\nreason: no\napprover: ada\nrequestedBy: ada\nuntil: soon\n';
    expect(told(text).map((line) => line.slice(0, line.indexOf(':', 3)))).toEqual([
      ...['1:7 rule', '2:15 repositories', '3:9 reason', '4:11 approver', '6:8 until'],
    ]);
  });

  test('of another name, or larger than 16 KiB, is not read', () => {
    expect(told(SMALL, 'a b.yml')).toEqual([expect.stringContaining('The name "a b.yml" is none for a waiver.')]);
    expect(told(SMALL, `${'x'.repeat(101)}.yml`)).toHaveLength(1);
    expect(told(`${SMALL}# ${'x'.repeat(17_000)}\n`)).toEqual([
      '1:1: The file is 17 KiB; a waiver has at most 16 KiB. Keep the reason short, and link to the rest as "discussion".',
    ]);
  });

  test('has a schema for editors, with the rules', () => {
    expect(waiverSchema(RULES)).toMatchObject({
      properties: { rule: { enum: ['dco', 'license-file', 'required-files'] } },
      required: ['rule', 'repositories', 'reason', 'approver', 'until'],
    });
  });
});

const TERMS: WaiverTerms = { approvers: [], maxDays: null };
const APPROVED: Extract<Approval, { state: 'approved' }> = {
  ...{ state: 'approved', by: { login: 'ada', accountId: 5 }, author: 'jane', pull: 31 },
  ...{ url: 'https://github.com/acme/.github/pull/31', mergedAt: '2027-01-10T10:00:00Z' },
};
const at = (time: string): Date => new Date(time);
const EARLY = at('2027-01-11T00:00:00Z');

function kept(text = SMALL, name = 'w.yml', approval: Approval = APPROVED): KeptWaiver {
  return { file: aFile(text, name), approval };
}

function on(now: Date, all: readonly KeptWaiver[], terms = TERMS) {
  const { granted, ended, problems } = waiversInForce(all, terms, RULES, now);
  return { granted: granted.map(({ id }) => id), ended: ended.map(({ id }) => id), problems: problems.map(problemText) };
}

describe('a waiver that somebody else approved', () => {
  test('is in force through its last day in UTC, and not a moment longer', () => {
    expect(on(at('2027-03-31T23:59:59.999Z'), [kept()])).toMatchObject({ granted: ['w'], ended: [] });
    expect(on(at('2027-04-01T00:00:00Z'), [kept()])).toMatchObject({ granted: [], ended: ['w'] });
  });

  test('names who approved it, the pull request and its end', () => {
    expect(waiversInForce([kept()], TERMS, RULES, EARLY).granted).toMatchObject([
      { approvedBy: 'ada', url: 'https://github.com/acme/.github/pull/31', ends: '2027-04-01T00:00:00.000Z' },
    ]);
  });

  test.each([
    ['2027-03-17T23:59:59Z', undefined],
    ['2027-03-18T00:00:00Z', 'This waiver ends soon: 2027-03-31 is its last day.'],
    ['2027-03-28T23:59:59Z', 'This waiver ends soon: 2027-03-31 is its last day.'],
    ['2027-03-29T00:00:00Z', 'This waiver ends in a few days: 2027-03-31 is its last day.'],
    ['2027-04-01T00:00:00Z', 'This waiver has ended: 2027-03-31 was its last day.'],
    ['2027-05-02T00:00:00Z', undefined],
  ])('at %s has administrators told: %s', (now, words) => {
    const { problems } = on(at(now), [kept()]);
    expect(problems).toEqual(words === undefined ? [] : [expect.stringContaining(`${FOLDER}/w.yml:5:8 until: ${words}`)]);
  });

  test('and is followed by another of the same scope ends without a warning', () => {
    const later = kept(SMALL.replace('2027-03-31', '2027-09-30'), 'later.yml');
    expect(on(at('2027-03-30T00:00:00Z'), [kept(), later])).toEqual({ granted: ['later', 'w'], ended: [], problems: [] });
  });

  test('for longer than the policy allows does not count, and the day that it may have is told', () => {
    const terms = { ...TERMS, maxDays: 30 };
    expect(on(EARLY, [kept()], terms)).toMatchObject({ granted: [] });
    expect(on(EARLY, [kept()], terms).problems).toEqual([
      expect.stringContaining(
        'it lasts 80 days from its merge on 2027-01-10, and the policy allows 30. Set "until" to 2027-02-09 or an earlier day.',
      ),
    ]);
    expect(on(EARLY, [kept()], { ...TERMS, maxDays: 80 }).granted).toEqual(['w']);
  });

  test('changes by itself 14 and 3 days before its end, and at its end', () => {
    const ends = '2027-04-01T00:00:00.000Z';
    expect(momentsOf(ends, EARLY)).toEqual(['2027-03-18T00:00:00.000Z', '2027-03-29T00:00:00.000Z', ends]);
    expect(momentsOf(ends, at('2027-03-18T00:00:00Z'))).toEqual(['2027-03-29T00:00:00.000Z', ends]);
    expect(momentsOf(ends, at(ends))).toEqual([]);
  });
});

describe('a waiver does not count', () => {
  test('while nobody approved it, with the reason and the next step', () => {
    const refused = kept(SMALL, 'w.yml', { state: 'refused', reason: 'ada did not approve pull request 31' });
    expect(on(EARLY, [refused])).toEqual({
      ...{ granted: [], ended: [] },
      problems: [
        `${FOLDER}/w.yml:4:11 approver: This waiver does not count: ada did not approve pull request 31. Bring the file in with a pull request of somebody else's that "ada" approves before it is merged.`,
      ],
    });
  });

  test('while that is not known, which is a notice and no error', () => {
    const { problems, granted } = waiversInForce(
      [kept(SMALL, 'w.yml', { state: 'unknown', reason: 'GitHub is down' })],
      TERMS,
      RULES,
      EARLY,
    );
    expect([granted, problems.map(({ severity }) => severity)]).toEqual([[], ['notice']]);
  });

  test('where whoever approved it brought it in, asked for it, or is covered by it', () => {
    const own = (text: string, author: string | null) => on(EARLY, [kept(text, 'w.yml', { ...APPROVED, author })]);
    expect(own(SMALL, 'Ada').problems).toEqual([expect.stringContaining('nobody waives for themselves')]);
    const byBob = { ...APPROVED, by: { login: 'bob', accountId: 6 } } as Approval;
    expect(on(EARLY, [kept(`${SMALL}people: [bob]\n`, 'w.yml', byBob)]).granted).toEqual([]);
    expect(on(EARLY, [kept(`${SMALL}requestedBy: bob\n`, 'w.yml', byBob)]).granted).toEqual([]);
  });

  describe('where whoever approved it may not do so any more', () => {
    const by = (terms: readonly string[] | undefined, ...approvers: readonly string[]) =>
      on(EARLY, [kept(SMALL, 'w.yml', terms === undefined ? APPROVED : { ...APPROVED, terms })], { ...TERMS, approvers });

    test('since the policy lists logins and the approver is none of them, whichever list it was approved by', () => {
      expect(by(['ada'], 'eve')).toEqual({
        ...{ granted: [], ended: [] },
        problems: [
          `${FOLDER}/w.yml:4:11 approver: This waiver does not count: ada may no longer approve waivers. Name another approver, or add ada to "waivers.approvers" of the policy.`,
        ],
      });
      expect(by([], 'eve').granted).toEqual([]);
      expect(by(undefined, 'eve').problems).toEqual([expect.stringContaining('ada is not among those who approve waivers.')]);
    });

    test('but counts again once the approver is listed again', () => {
      expect(by(['ada'], 'eve', 'ADA').granted).toEqual(['w']);
    });

    test('and counts until GitHub is asked where teams decide, or whoever may write', () => {
      expect([by(['ada'], 'team:office'), by(['team:legal'], 'team:office', 'eve'), by(['ada'])]).toMatchObject(
        Array.from({ length: 3 }, () => ({ granted: ['w'], problems: [] })),
      );
      expect(entitled({ ...APPROVED, terms: ['team:legal'] }, { approvers: ['team:office'] })).toBe('ask');
      expect(entitled({ ...APPROVED, terms: ['team:OFFICE', 'eve'] }, { approvers: ['Eve', 'team:office'] })).toBe('yes');
      expect(entitled(APPROVED, { approvers: ['team:office'] })).toBe('yes');
    });
  });

  test('where it cannot be read, and the others count all the same', () => {
    const found = on(EARLY, [kept('rule: x', 'broken.yml'), kept()]);
    expect(found.granted).toEqual(['w']);
    expect(found.problems.length).toBeGreaterThan(3);
  });

  test('where another file has its name: findings name a waiver by it', () => {
    const found = on(EARLY, [kept(SMALL, 'w.yaml'), kept()]);
    expect(found).toMatchObject({ granted: ['w'], problems: [expect.stringContaining('Another waiver is called "w" already')] });
  });
});

describe('two thousand waivers', () => {
  const many = (text: (index: number) => string): readonly KeptWaiver[] =>
    Array.from({ length: 2000 }, (_, index) => kept(text(index), `w-${String(index).padStart(4, '0')}.yml`));
  const small = many((index) => SMALL.replace('[rocket]', `[rocket-${index}, 'lib-${index}-*']`));
  const long = (index: number, entries: number): string =>
    SMALL.replace(
      '[rocket]',
      `[${Array.from({ length: entries }, (_, other) => `r-${index}-${other}-${'x'.repeat(50)}*`).join(', ')}]`,
    );
  /** Of the processor, since others may use the machine at the same time. */
  const ms = (since?: NodeJS.CpuUsage): number => process.cpuUsage(since).user / 1000;
  const timed = (work: () => { readonly granted: readonly unknown[] }) => {
    const start = process.cpuUsage();
    const { length } = work().granted;
    return [length, ms(start)] as const;
  };

  test('are sorted in less than 50 ms once they were read, and not again for the same list on the same day', () => {
    waiversInForce([...small], TERMS, RULES, EARLY);
    const [granted, took] = timed(() => waiversInForce([...small], TERMS, RULES, at('2027-03-30T00:00:00Z')));
    expect([granted, took < 50]).toEqual([2000, true]);
    const first = waiversInForce(small, TERMS, RULES, at('2027-03-30T00:00:00Z'));
    expect(waiversInForce(small, { ...TERMS }, RULES, at('2027-03-30T23:59:59Z'))).toBe(first);
    expect(waiversInForce(small, TERMS, RULES, at('2027-03-31T00:00:00Z'))).not.toBe(first);
    expect(waiversInForce(small, { ...TERMS, maxDays: 9 }, RULES, at('2027-03-30T00:00:00Z'))).not.toBe(first);
  });

  test('of the largest size are read as far as they count, and administrators are told which do not', () => {
    const large = many((index) => long(index, 200));
    const [granted, took] = timed(() => waiversInForce([...large], TERMS, RULES, EARLY));
    expect([granted, took < 1000]).toEqual([100, true]);
    expect(on(EARLY, large).problems).toEqual([
      `${FOLDER}/w-0100.yml:1:1: 1,900 waivers, by name from "w-0100.yml" on, do not count: all waivers of an organization together have at most 20,000 names of repositories, paths, packages and people. Delete waivers that have ended, and use one pattern for repositories and paths of the same kind.`,
    ]);
    const wordy = many((index) => `${SMALL}# ${'x'.repeat(16_000)} ${index}\n`);
    expect(on(EARLY, [...wordy].reverse()).problems).toEqual([expect.stringContaining('together have at most 8 MiB of text.')]);
  });

  test('with nothing but mistakes are told in reasonable time, and of each file so many as anybody reads', () => {
    const keys = Array.from({ length: 1500 }, (_, other) => `k${other}: 1`).join('\n');
    const broken = many((index) => `${keys}\n# ${index}`);
    const start = process.cpuUsage();
    const { problems } = waiversInForce(broken, TERMS, RULES, EARLY);
    expect([problems.length, ms(start) < 5000]).toEqual([expect.any(Number), true]);
    expect(problems.at(-2)?.message).toContain('more files cannot be read as waivers, and do not count.');
  });
});

describe('a waiver file is read once for its git id', () => {
  const RUNS: string[] = [];
  const read = ({ text }: PolicyFile): string => (RUNS.push(text), text);
  const file = (text: string, oid = 'a'): PolicyFile => ({ ...aFile(text), oid });

  test('unless its text is another one, as that of a link to it', () => {
    const shelf = new Shelf<string>();
    expect([file('one'), file('one'), file('two'), file('one', 'b')].map((one) => shelf.of(one, read))).toHaveLength(4);
    expect(RUNS.splice(0)).toEqual(['one', 'two', 'one']);
  });

  test('and what was asked for longest ago is forgotten when there is too much', () => {
    const shelf = new Shelf<string>(3 * 1_040);
    for (const oid of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) shelf.of(file(oid.repeat(10), oid), read);
    expect(RUNS.map(([oid]) => oid)).toEqual(['a', 'b', 'c', 'd', 'b']);
  });
});

test('a file without mistakes is read quickly, and says the same at the same places', () => {
  const texts = [
    WHOLE,
    SMALL,
    JSON.stringify({ rule: 'dco' }),
    SMALL.replaceAll(': ', ':   '),
    `\uFEFF${SMALL}`,
    `# \u00e9\n${SMALL}`,
  ];
  const odd = [
    '? [rule]\n: dco\n',
    '[rule]: dco\n',
    'rule: &a dco\n',
    '"\\x5f_proto__": x\n',
    'rule: dco\nrule: dco\n',
    '<<: {rule: dco}\n',
  ];
  for (const text of [...texts, ...odd.map((line) => `${line}${SMALL.replace(/^rule.*\n/, '')}`)]) {
    const group = plainGroup(text);
    const { value, problems } = readYaml(text);
    if (group !== undefined) expect([group, problems]).toEqual([value, []]);
    const { waiver, places, problems: told } = { places: null, ...parseWaiver(aFile(text), RULES) };
    expect(waiver === null).toBe(told.length > 0);
    if (places) {
      const { positions } = readYaml(text);
      expect([places.approver, places.until]).toEqual([positions.value(['approver']), positions.value(['until'])]);
    }
  }
});
