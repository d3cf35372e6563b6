/** What the lists of other tools say, row by row: literal files as those tools write them. */
import { describe, expect, test } from '@jest/globals';
import { FORMATS } from '../../src/cli/cla/import/formats.ts';
import { timeOf } from '../../src/cli/cla/import/time.ts';

describe('the CSV of CLA Assistant', () => {
  const HEADER =
    'User Name;Repository Owner;Repository Name;CLA Title;Gist URL;Gist Version;Signed At;Revoked At;Signed for Organization';
  const GIST = 'https://gist.github.com/acme/1a2b';
  const read = FORMATS['cla-assistant'];

  test('each row is a signature by a login; columns of custom fields follow the known ones', () => {
    const { rows, flaws } = read(
      [
        `${HEADER};Full name;E-mail`,
        `Octocat;acme;rocket;CLA;${GIST};ab12;2021-03-04T05:06:07.008Z;;;"Mona; the cat";mona@example.org`,
        `ada;acme;;CLA;${GIST};ab12;2020-01-01T00:00:00Z;2022-02-02T00:00:00Z;yes;Ada;`,
        '',
      ].join('\r\n'),
    );
    const of = { agreement: GIST, version: 'ab12' };
    expect(flaws).toEqual([]);
    expect(rows).toEqual([
      {
        line: 2,
        raw: `Octocat;acme;rocket;CLA;${GIST};ab12;2021-03-04T05:06:07.008Z;;;"Mona; the cat";mona@example.org`,
        says: { kind: 'signature', login: 'Octocat', accountId: null, at: '2021-03-04T05:06:07.008Z', revokedAt: null, of },
      },
      {
        line: 3,
        raw: `ada;acme;;CLA;${GIST};ab12;2020-01-01T00:00:00Z;2022-02-02T00:00:00Z;yes;Ada;`,
        says: {
          kind: 'signature',
          login: 'ada',
          accountId: null,
          at: '2020-01-01T00:00:00.000Z',
          revokedAt: '2022-02-02T00:00:00.000Z',
          of,
        },
      },
    ]);
  });

  test('a row that is short, or has no time, is named by its line with what was found and wanted', () => {
    const { rows, flaws } = read(
      `\uFEFF${HEADER}\nada;acme;"two\nlines";CLA;g;v;2020-01-01;;\nbob;acme\neve;a;r;C;g;v;yesterday;;\nmal;a;r;C;g;v;2021-01-01;2020-01-01;\n`,
    );
    expect(rows.map(({ line }) => line)).toEqual([2]);
    expect(flaws).toEqual([
      { line: 4, found: '2 columns', wanted: expect.stringContaining('9 columns') },
      { line: 5, found: '"yesterday" under Signed At', wanted: expect.stringContaining('2021-03-04') },
      { line: 6, found: expect.stringContaining('before it was signed'), wanted: 'the other order' },
    ]);
  });

  test('another table, a table with commas and an open quote are refused as a whole', () => {
    expect(() => read('login,id\nada,1\n')).toThrow('This is no list of CLA Assistant: its first line is "login,id"');
    expect(() => read(HEADER.replaceAll(';', ','))).toThrow('Wanted: User Name;Repository Owner');
    expect(() => read(`${HEADER}\n"ada;acme;r;C;g;v;2020-01-01;;\n`)).toThrow('The table cannot be read');
    expect(() => read('')).toThrow('This is no list of CLA Assistant');
  });
});

describe('the JSON of CLA Assistant', () => {
  const read = FORMATS['cla-assistant-json'];

  test('each object is a signature; what an owner asked for besides stays in the evidence', () => {
    const item = {
      user_name: 'octocat',
      repo_owner: 'acme',
      repo_name: 'rocket',
      gist_name: 'CLA',
      gist_url: 'https://gist.github.com/acme/1a2b',
      gist_version: 'ab12',
      signed_at: '2021-03-04T05:06:07.000Z',
      revoked_at: null,
      org_cla: false,
      favorite: 'tea',
    };
    expect(read(JSON.stringify([item]))).toEqual({
      flaws: [],
      rows: [
        {
          line: 1,
          raw: JSON.stringify(item),
          says: {
            kind: 'signature',
            login: 'octocat',
            accountId: null,
            at: '2021-03-04T05:06:07.000Z',
            revokedAt: null,
            of: { agreement: 'https://gist.github.com/acme/1a2b', version: 'ab12' },
          },
        },
      ],
    });
  });

  test('what is no list, no JSON or no signature is told', () => {
    expect(() => read('{"user_name": "ada"}')).toThrow('wanted: a list of objects');
    expect(() => read('[{]')).toThrow(/The file is no JSON: .*line 1 column 3/);
    expect(read('[{"user_name": "ada"}, 7]').flaws).toEqual([
      { line: 1, found: 'nothing under signed_at', wanted: 'text' },
      { line: 2, found: 'the number 7', wanted: 'a group of keys' },
    ]);
  });
});

test('contributor-assistant keeps numeric ids and the comments by which people signed', () => {
  const item = { name: 'octocat', id: 583231, comment_id: 77, created_at: '2023-05-06T07:08:09Z', repoId: 5, pullRequestNo: 12 };
  const { rows, flaws } = FORMATS['contributor-assistant'](
    JSON.stringify({ signedContributors: [item, { ...item, id: '583231' }, { ...item, created_at: 'now' }] }),
  );
  expect(rows).toEqual([
    {
      line: 1,
      raw: JSON.stringify(item),
      says: {
        kind: 'signature',
        login: 'octocat',
        accountId: 583231,
        at: '2023-05-06T07:08:09.000Z',
        revokedAt: null,
        commentId: 77,
      },
    },
  ]);
  expect(flaws).toEqual([
    { line: 2, found: '"583231" under id', wanted: expect.stringContaining('number') },
    { line: 3, found: '"now" under created_at', wanted: expect.stringContaining('2021-03-04') },
  ]);
  const bad = [
    { name: 'x', created_at: '2020' },
    { name: 7, id: 1, created_at: '2020' },
    { name: 'x', id: -1, created_at: '2020' },
    5,
  ];
  expect(FORMATS['contributor-assistant'](JSON.stringify(bad)).flaws).toEqual([
    { line: 1, found: 'nothing under id', wanted: 'a number' },
    { line: 2, found: 'the number 7 under name', wanted: 'text' },
    { line: 3, found: 'the number -1 under id', wanted: 'a number above 0' },
    { line: 4, found: 'the number 5', wanted: 'a group of keys' },
  ]);
  expect(() => FORMATS['contributor-assistant']('{"signed": []}')).toThrow('wanted: {"signedContributors": […]}');
});

describe('the CSVs of EasyCLA', () => {
  test('individual agreements: names hold commas and quotes that EasyCLA does not escape', () => {
    const { rows, flaws } = FORMATS['easycla-icla'](
      [
        'Name,GitHub Username,GitLab Username,LF_ID,Email,Signed Date,Approved,Signed',
        '"Mona Cat","octocat","","monalf","mona@example.org","Mar 4,2021",true,true',
        '"Doe, "JD" Jane","jane","","","","Nov 14,2022",true,true',
        'Plain, Old,plain,,,,Jan 2,2019,true,true',
        '"Gone","gone","","","","Jan 2,2019",false,true',
        '"No Account","","onlab","","","Jan 2,2019",true,true',
        '"Undated","undated","","","","",true,true',
        'half a line',
      ].join('\n'),
    );
    expect(rows.map(({ line, says }) => [line, says])).toEqual([
      [
        2,
        {
          kind: 'signature',
          login: 'octocat',
          accountId: null,
          at: '2021-03-04T00:00:00.000Z',
          revokedAt: null,
          name: 'Mona Cat',
          email: 'mona@example.org',
        },
      ],
      [
        3,
        {
          kind: 'signature',
          login: 'jane',
          accountId: null,
          at: '2022-11-14T00:00:00.000Z',
          revokedAt: null,
          name: 'Doe, "JD" Jane',
        },
      ],
      [
        4,
        {
          kind: 'signature',
          login: 'plain',
          accountId: null,
          at: '2019-01-02T00:00:00.000Z',
          revokedAt: null,
          name: 'Plain, Old',
        },
      ],
      [5, { kind: 'other', why: 'unsigned', found: 'gone: Approved false, Signed true' }],
      [6, expect.objectContaining({ kind: 'signature', login: null, name: 'No Account' })],
    ]);
    expect(flaws).toEqual([
      { line: 7, found: 'no date', wanted: expect.any(String) },
      { line: 8, found: 'half a line', wanted: expect.stringContaining('GitHub Username') },
    ]);
  });

  test('employees: a comma in a name shifts no column', () => {
    const { rows } = FORMATS['easycla-employees'](
      'GitHub ID,LF_ID,Name,Email,Date Signed\ngh-alice,alice-lf,Alice Smith,alice@example.com,"Jul 4,2023"\ngh-bob,,Jones, Bob, Jr.,bob@example.com,"Aug 15,2023"\n',
    );
    expect(rows.map(({ says }) => says)).toMatchObject([
      { login: 'gh-alice', name: 'Alice Smith', email: 'alice@example.com', at: '2023-07-04T00:00:00.000Z' },
      { login: 'gh-bob', name: 'Jones, Bob, Jr.', email: 'bob@example.com', at: '2023-08-15T00:00:00.000Z' },
    ]);
  });

  test('companies: the lists inside quotes are whom they cover; the last two columns say nothing', () => {
    const { rows, flaws } = FORMATS['easycla-companies'](
      [
        'Company Name,Signed,Approved,DomainApprovalList,EmailApprovalList,GitHubOrgApprovalList,GitHubUsernameApprovalList,Date Signed,Approved,Signed',
        '"Globex, Inc.",true,true,"globex.example,*.globex.example","pm@globex.example","Globex-Dev","ada,bob","Jan 2,2020",false,false',
        '"Initech",true,false,"","","","","Jan 2,2020",true,true',
        '"Hooli",true,true,"","","","","",true,true',
      ].join('\n'),
    );
    expect(rows.map(({ says }) => says)).toEqual([
      {
        kind: 'company',
        name: 'Globex, Inc.',
        at: '2020-01-02T00:00:00.000Z',
        logins: ['ada', 'bob'],
        organizations: ['Globex-Dev'],
        unproven: ['globex.example', '*.globex.example', 'pm@globex.example'],
      },
      { kind: 'other', why: 'unsigned', found: 'Initech: Signed true, Approved false' },
    ]);
    expect(flaws).toEqual([{ line: 4, found: 'no date', wanted: expect.any(String) }]);
  });

  test.each(['easycla-icla', 'easycla-employees', 'easycla-companies'] as const)('%s refuses another header', (format) => {
    expect(() => FORMATS[format]('a,b,c\n1,2,3\n')).toThrow('The first line is "a,b,c". Wanted: ');
  });
});

describe('the list of clabot', () => {
  const read = FORMATS['clabot'];

  test('names are logins; addresses and domains count for nobody', () => {
    const { rows, flaws } = read(
      '{"contributors": ["octocat", "jane@example.org", "@example.org", 5, ""], "label": "cla-signed"}',
    );
    expect(rows.map(({ says }) => says)).toEqual([
      { kind: 'signature', login: 'octocat', accountId: null, at: null, revokedAt: null },
      { kind: 'other', why: 'address', found: 'jane@example.org' },
      { kind: 'other', why: 'domain', found: '@example.org' },
    ]);
    expect(flaws).toEqual([
      { line: 4, found: 'the number 5', wanted: 'text' },
      { line: 5, found: expect.any(String), wanted: 'a login' },
    ]);
    expect(read('["octocat"]').rows).toHaveLength(1);
  });

  test.each([
    '{"contributors": "https://example.org/list.json"}',
    '{"contributorListGithubUrl": "https://example.org/list.json"}',
    '{"contributorListUrl": "https://example.org/list.json"}',
    '{"contributorWebhook": "https://example.org/list.json"}',
  ])('a list that is elsewhere is not fetched: %s', (text) => {
    expect(() => read(text)).toThrow('The list itself is at https://example.org/list.json. Save it to a file');
  });

  test('settings without a list are told', () => {
    expect(() => read('{"label": "x"}')).toThrow('wanted: "contributors" with a list of names');
    expect(() => read('null')).toThrow('The file holds nothing');
  });
});

test.each([
  ['2021-03-04T05:06:07+02:00', '2021-03-04T03:06:07.000Z'],
  ['2021-03-04', '2021-03-04T00:00:00.000Z'],
  ['Mar 4, 2021', '2021-03-04T00:00:00.000Z'],
  ['Thu Mar 04 2021 05:06:07 GMT+0100 (Central European Standard Time)', '2021-03-04T04:06:07.000Z'],
  ['2021-02-30', null],
  ['2021-02-30T00:00:00Z', null],
  ['Feb 30,2021', null],
  ['2021-03-04T05:06:07', null],
  ['04.03.2021', null],
  ['', null],
])('the time %j is %j', (text, time) => {
  expect(timeOf(text)).toBe(time);
});
