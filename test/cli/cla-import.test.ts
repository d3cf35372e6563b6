/** Importing lists: whose account a row is, what is entered, what is left for the office, and that twice adds nothing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { officeAt, type Office } from '../../src/cli/cla/desk.ts';
import { finderOf, importList } from '../../src/cli/cla/import.ts';
import type { ImportOptions } from '../../src/cli/cla/import/target.ts';
import { byGithub, byTable, type Finder } from '../../src/cli/cla/import/accounts.ts';
import { stage } from '../store/stage.ts';
import { ADA, CLA, companySigned, signed } from '../store/entries.ts';
import { aConsole } from '../support/console.ts';
import { SQLITE } from '../support/databases.ts';
import { startGitHub, type GitHub } from '../support/github/server.ts';
import { aFolder, removeFolders } from '../support/repository.ts';

afterAll(removeFolders);

const { store } = stage(SQLITE);
const office: Office = {
  reading: (work) => work(store()),
  writing: (work) => work({ store: store(), jobs: store().jobs }),
};

interface Printed {
  readonly code: number;
  readonly notes: string;
  readonly report: {
    readonly rows: number;
    readonly entered: number;
    readonly known: number;
    readonly told: readonly { line: number; why: string; found: string; isLeft: boolean }[];
    readonly unreadable: readonly unknown[];
  };
}

async function imported(text: string, options: Partial<ImportOptions>, finder: Finder = byTable(ACCOUNTS)): Promise<Printed> {
  const file = join(aFolder(), 'list');
  writeFileSync(file, text);
  const console = aConsole();
  const all = { from: 'clabot', agreement: CLA, version: '1.0', format: 'json', ...options } as const;
  const code = await importList(file, all, office, console, () => Promise.resolve(finder));
  const printed = console.printed();
  return { code, notes: console.noted(), report: (printed === '' ? {} : JSON.parse(printed)) as Printed['report'] };
}

const ACCOUNTS = 'login,id\nada,101\nbob,102\nEve,103\n';
const CSV =
  'User Name;Repository Owner;Repository Name;CLA Title;Gist URL;Gist Version;Signed At;Revoked At;Signed for Organization\n';
const row = (login: string, at = '2021-01-01', until = '', repo = 'rocket') =>
  `${login};acme;${repo};CLA;gist;1;${at};${until};\n`;
const assistant = { from: 'cla-assistant' } as const;
const entries = async () => (await store().entries(0, 1000)).map(({ entry }) => entry);

describe('what is entered', () => {
  test('a row becomes a signature with the row as evidence, under the account of the login in any case', async () => {
    const { code, report } = await imported(CSV + row('ADA'), { ...assistant, textSha256: 'A'.repeat(64) });
    expect({ code, entered: report.entered, told: report.told }).toEqual({ code: 0, entered: 1, told: [] });
    expect(await entries()).toEqual([
      {
        kind: 'signed',
        agreement: CLA,
        version: '1.0',
        text: 'a'.repeat(64),
        person: { accountId: 101, login: 'ada' },
        at: '2021-01-01T00:00:00.000Z',
        evidence: {
          source: 'import',
          key: expect.stringMatching(/^import:cla-assistant:acme\/cla:[0-9a-f]{64}:1\.0$/),
          body: row('ADA').trim(),
          digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    ]);
  });

  test('importing twice adds nothing, and neither does a list that has grown add what was there', async () => {
    await imported(CSV + row('ada'), assistant);
    expect((await imported(CSV + row('ada'), assistant)).report).toMatchObject({ entered: 0, known: 1 });
    expect((await imported(CSV + row('ada') + row('bob'), assistant)).report).toMatchObject({ entered: 1, known: 1 });
    expect((await store().verifyRegister()).faults).toEqual([]);
  });

  test('a row that is there under another version is told and left, and entered under both on request alone', async () => {
    await imported(CSV + row('ada'), assistant);
    const list = CSV + row('ada') + row('bob');
    const told = [{ line: 2, why: 'other-version', found: 'ada (101): version 1.0', isLeft: true }];
    const trial = await imported(list, { ...assistant, version: '2.0', dryRun: true });
    expect(trial).toMatchObject({ code: 1, report: { entered: 1, known: 0, told } });
    expect(await imported(list, { ...assistant, version: '2.0' })).toMatchObject({ code: 1, report: { entered: 1, told } });
    const wanted = { ...assistant, version: '2.0', anotherVersion: true };
    expect(await imported(list, wanted)).toMatchObject({ code: 0, report: { entered: 1, known: 1, told: [] } });
    expect(await imported(list, wanted)).toMatchObject({ code: 0, report: { entered: 0, known: 2, told: [] } });
    const { signatures } = await store().register([CLA], [101]);
    expect(signatures.map(({ version, until }) => [version, until])).toEqual([
      ['1.0', null],
      ['2.0', null],
    ]);
  });

  test('a trial tells what is there already, and needs no register', async () => {
    await imported(CSV + row('ada'), assistant);
    const trial = await imported(CSV + row('ada') + row('bob'), { ...assistant, dryRun: true });
    expect(trial).toMatchObject({ code: 0, report: { entered: 1, known: 1 } });
    const file = join(aFolder(), 'list');
    writeFileSync(file, '["ada"]');
    const console = aConsole();
    const options = { from: 'clabot', agreement: CLA, version: '1.0', dryRun: true, format: 'text' } as const;
    const nowhere = officeAt({ dataFolder: join(aFolder(), 'none') });
    expect(await importList(file, options, nowhere, console, () => Promise.resolve(byTable(ACCOUNTS)))).toBe(0);
    expect(console.printed()).toContain('1 entry would be entered, 0 there already; nothing was written.');
  });

  test('what was revoked there is revoked here', async () => {
    await imported(CSV + row('ada', '2020-01-01', '2021-01-01') + row('bob'), assistant);
    const { signatures } = await store().register([CLA], [101, 102]);
    expect(signatures.map(({ accountId, until }) => [accountId, until])).toEqual([
      [101, '2021-01-01T00:00:00.000Z'],
      [102, null],
    ]);
  });

  test('a second row of a person is a duplicate; a revocation in another row is told, because it ends both', async () => {
    const again = await imported(CSV + row('ada', '2021-01-01') + row('Ada', '2020-01-01', '', 'sled'), assistant);
    expect(again).toMatchObject({ code: 0, report: { entered: 1, told: [{ line: 2, why: 'duplicate', isLeft: false }] } });
    expect((await entries())[0]?.at).toBe('2020-01-01T00:00:00.000Z');
    const ended = await imported(CSV + row('bob', '2020-01-01') + row('bob', '2019-01-01', '2021-01-01', 'sled'), assistant);
    expect(ended).toMatchObject({ code: 1, report: { entered: 3, told: [{ line: 2, why: 'revoked', isLeft: true }] } });
    expect((await store().register([CLA], [102])).signatures.every(({ until }) => until !== null)).toBe(true);
  });

  test('a list without times counts from its import; a trial writes nothing', async () => {
    expect((await imported('["ada", "bob"]', { dryRun: true })).report).toMatchObject({ rows: 2, entered: 2, known: 0 });
    expect(await entries()).toEqual([]);
    const { notes } = await imported('["ada", "bob"]', {});
    expect((await entries()).map((entry) => entry?.at)).toEqual(['2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z']);
    expect(notes).toContain('Steward has not read version 1.0 of acme/cla yet');
  });

  test('whoever was erased is not known again: the office is told to look', async () => {
    await imported(CSV + row('ada'), assistant);
    await store().erase(101, { source: 'office', key: 'erasure' }, '2026-01-01T00:00:00Z');
    const { notes } = await imported(CSV + row('bob'), assistant);
    expect(notes).toContain('People have been erased from this register, and it cannot tell whether the list names them.');
  });
});

describe('what is left for the office', () => {
  test('addresses, domains, bots, unknown logins and numbers are never signatures', async () => {
    const finder: Finder = { by: 'github', find: (login) => byTable(ACCOUNTS).find(login) };
    const names = ['ada', 'a@b.example', '@b.example', 'renovate[bot]', 'nobody', '12345', 'no login!'];
    const { code, report } = await imported(JSON.stringify(names), {}, finder);
    expect({ code, entered: report.entered }).toEqual({ code: 1, entered: 1 });
    expect(report.told.map(({ line, why, isLeft }) => [line, why, isLeft])).toEqual([
      [2, 'address', true],
      [3, 'domain', true],
      [4, 'bot', true],
      [5, 'missing', true],
      [6, 'ambiguous', true],
      [7, 'no-account', true],
    ]);
  });

  test('a row that cannot be read stops everything, with its line; on request it is left out', async () => {
    const list = CSV + row('ada') + row('bob', 'soon') + row('eve', '2199-01-01');
    const refused = await imported(list, assistant);
    expect(refused).toMatchObject({ code: 2, report: {} });
    expect(refused.notes).toMatch(/Row 3: found "soon" under Signed At\. Wanted: a time such as/);
    expect(refused.notes).toMatch(/Row 4: found a time that has not come yet\..*\nNothing was written/);
    expect(await entries()).toEqual([]);
    const skipped = await imported(list, { ...assistant, skipUnreadable: true });
    expect(skipped).toMatchObject({ code: 1, report: { rows: 1, entered: 1, unreadable: [{ line: 3 }, { line: 4 }] } });
  });

  test('a list of several agreements is not imported as one', async () => {
    const list = CSV + row('ada') + row('bob').replace('gist', 'other');
    await expect(imported(list, assistant)).rejects.toThrow(
      /several agreements.*--only ADDRESS:\n {2}gist: 1 rows\n {2}other: 1 rows/s,
    );
    expect((await imported(list, { ...assistant, only: 'other' })).report).toMatchObject({ rows: 1, entered: 1 });
    await expect(imported(list, { ...assistant, only: 'third' })).rejects.toThrow('No row is of the agreement third');
  });

  test('the text report groups what is left, and says what to do', async () => {
    const file = join(aFolder(), 'list');
    writeFileSync(file, '["ada", "x@y.example\\u202e"]');
    const console = aConsole();
    const options = { from: 'clabot', agreement: CLA, version: '1.0', format: 'text' } as const;
    await importList(file, options, office, console, () => Promise.resolve(byTable(ACCOUNTS)));
    expect(console.printed()).toBe(
      '2 rows read: 1 entry entered, 0 there already. 1 left for you.\n\n' +
        '1 is an address and no account. It counts for nobody. Ask the person to sign with their account.\n' +
        '  row 2: x@y.example\\u{202e}\n',
    );
  });

  test.each<[Partial<ImportOptions>, string]>([
    [{ agreement: 'cla' }, 'Wanted: OWNER/ID'],
    [{ version: 'one' }, '--version one is no version'],
    [{ textSha256: 'abc' }, '64 hexadecimal digits'],
    [{ company: 'globex' }, '--company is for --from easycla-employees alone'],
    [{ from: 'easycla-employees' }, '--company is the short name'],
    [{ from: 'easycla-employees', company: 'nobody' }, 'No agreement of a company called nobody is in force'],
  ])('bad usage is told: %j', async (options, message) => {
    await expect(imported('[]', options)).rejects.toThrow(message);
  });

  test('a table of accounts has one id a login', () => {
    expect(() => byTable('ada,x\n')).toThrow('Row 1 of the table of accounts: found "ada,x". Wanted: login,id');
    expect(() => byTable('login,id\nada,1\nADA,2\n')).toThrow('a second id for ADA');
    expect(() => byTable('ada;1\n')).toThrow('found "ada;1,"');
  });

  test('a file that is not there, and one that is no text, are told', async () => {
    const options = { from: 'clabot', agreement: CLA, version: '1.0', format: 'text' } as const;
    await expect(importList('/no/such/file', options, office, aConsole())).rejects.toThrow('there is no such file');
    const file = join(aFolder(), 'list');
    writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00]));
    await expect(importList(file, options, office, aConsole())).rejects.toThrow('it is not text in UTF-8');
  });
});

describe('companies', () => {
  const HEADER =
    'Company Name,Signed,Approved,DomainApprovalList,EmailApprovalList,GitHubOrgApprovalList,GitHubUsernameApprovalList,Date Signed,Approved,Signed\n';

  test('a company covers the accounts and organizations of its row; domains and addresses are listed for the office', async () => {
    const list = `${HEADER}"Globex, Inc.",true,true,"globex.example","pm@globex.example","Globex-Dev","ada,nobody","Jan 2,2020",true,true\n`;
    const options = { from: 'easycla-companies', agreement: 'acme/corporate' } as const;
    const { code, report } = await imported(list, options);
    expect(code).toBe(1);
    expect(report.told.map(({ why, found }) => [why, found])).toEqual([
      ['unresolved', 'nobody'],
      ['domain', 'globex-inc: globex.example'],
      ['address', 'globex-inc: pm@globex.example'],
    ]);
    expect(await store().company('globex-inc')).toMatchObject({
      name: 'Globex, Inc.',
      agreement: 'acme/corporate',
      from: '2020-01-02T00:00:00.000Z',
      people: [{ accountId: 101 }],
      organizations: [{ login: 'globex-dev', from: '2026-01-02T03:04:05.000Z' }],
      domains: [],
      managers: [],
    });
    expect((await imported(list, options)).report).toMatchObject({ entered: 0, known: 3 });
  });

  test('two companies of one short name are left for the office', async () => {
    const line = (name: string) => `"${name}",true,true,"","","","","Jan 2,2020",true,true\n`;
    const { report } = await imported(HEADER + line('Müller & Co') + line('MULLER CO') + line('株式会社'), {
      from: 'easycla-companies',
    });
    expect(report).toMatchObject({
      entered: 1,
      told: [
        { line: 3, why: 'same-name' },
        { line: 4, why: 'same-name' },
      ],
    });
  });

  test('employees are covered by their company and sign nothing for themselves', async () => {
    await store().enter(companySigned());
    const list = 'GitHub ID,LF_ID,Name,Email,Date Signed\nada,,Lovelace, Ada,ada@example.org,"Jul 4,2023"\n';
    const { report } = await imported(list, { from: 'easycla-employees', company: 'globex' });
    expect(report).toMatchObject({ entered: 1, told: [] });
    const person = { accountId: 101, login: 'ada', name: 'Lovelace, Ada', email: 'ada@example.org' };
    expect(await store().company('globex')).toMatchObject({ people: [person] });
    expect((await store().register([CLA], [101])).signatures).toEqual([]);
  });
});

describe('asking GitHub', () => {
  let github: GitHub | null = null;
  afterEach(() => github?.close());

  test('logins are asked for once, in any case; ids of a list are the identity, and are told where the login moved', async () => {
    github = await startGitHub();
    const { world } = github;
    const [ada, bob] = [world.user('Ada'), world.user('bob')];
    world.organization('acme');
    const hosts = { api: github.url, web: github.url };
    const finder = byGithub(() => undefined, { token: world.personalToken('ada'), hosts });
    // The double's accounts are of 2020.
    const list = CSV + row('ADA') + row('ada', '2021-05-05') + row('bob', '2019-01-01') + row('gone') + row('acme');
    const { report } = await imported(list, assistant, finder);
    expect(report.told.map(({ line, why, isLeft }) => [line, why, isLeft])).toEqual([
      [3, 'duplicate', false],
      [4, 'reused', true],
      [5, 'missing', true],
      [6, 'organization', true],
    ]);
    expect((await entries()).map((entry) => entry && 'person' in entry && entry.person)).toEqual([
      { accountId: ada.id, login: 'Ada' },
    ]);
    const asked = github.log.entries.filter(({ route }) => route === '/users/{username}').length;
    expect({ asked, violations: github.violations }).toEqual({ asked: 4, violations: [] });

    const item = (name: string, id: number) => ({ name, id, comment_id: id, created_at: '2022-01-01T00:00:00Z' });
    const lite = { signedContributors: [item('bob', bob.id), item('ada', 9_000_001), item('renamed', 9_000_002)] };
    const second = await imported(JSON.stringify(lite), { from: 'contributor-assistant', agreement: 'acme/lite' }, finder);
    expect(second).toMatchObject({ code: 0, report: { entered: 3 } });
    expect(second.report.told.map(({ line, why, found }) => [line, why, found])).toEqual([
      [2, 'reused', `ada (9000001): the login is account ${ada.id} now`],
      [3, 'renamed', 'renamed (9000002)'],
    ]);
  });

  test('a token that GitHub refuses is told, and so is that there is none', async () => {
    github = await startGitHub();
    const hosts = { api: github.url, web: github.url };
    const refused = byGithub(() => undefined, { token: 'ghp_wrong', hosts });
    await expect(imported(CSV + row('ada'), assistant, refused)).rejects.toThrow('does not accept the token');
    const tokens = [process.env.GITHUB_TOKEN, process.env.GH_TOKEN];
    delete process.env.GITHUB_TOKEN;
    delete process.env.GH_TOKEN;
    const none = finderOf({ ...assistant, format: 'text' }, aConsole());
    await expect(none).rejects.toThrow(
      /GITHUB_TOKEN is not set\. It is what GitHub is asked with.*\nOr give --accounts with a table/,
    );
    const [token, other] = tokens;
    if (token !== undefined) process.env.GITHUB_TOKEN = token;
    if (other !== undefined) process.env.GH_TOKEN = other;
  });
});

test('pull requests that waited for an imported person are looked at again, by whatever server opens the database next', async () => {
  const place = await SQLITE.create();
  const console = aConsole();
  const file = join(aFolder(), 'list');
  writeFileSync(file, '["ada"]');
  const options = { from: 'clabot', agreement: CLA, version: '1.0', format: 'json' } as const;
  let waiting = 0;
  const waited: Office = {
    ...officeAt(place),
    writing: (work) =>
      officeAt(place).writing(async (desk) => {
        const subject = { kind: 'pull-request', owner: 'acme', repo: 'rocket', number: 7 } as const;
        const result = await work({
          ...desk,
          store: { ...desk.store, awaiting: (id) => Promise.resolve(id === 101 ? [subject] : []) },
        });
        waiting = (await (desk.jobs as ReturnType<typeof store>['jobs']).counts()).waiting;
        return result;
      }),
  };
  await importList(file, options, waited, console, () => Promise.resolve(byTable(ACCOUNTS)));
  expect(JSON.parse(console.printed())).toMatchObject({ again: { pullRequests: 1, accounts: 0 } });
  expect(waiting).toBe(1);
  await place.remove();
});

test('a thousand people are imported in one go, and the chain holds', async () => {
  await store().enter(signed(ADA));
  const many = Array.from({ length: 1000 }, (_, index) => `person-${index}`);
  const table = many.map((login, index) => `${login},${index + 5000}`).join('\n');
  expect((await imported(JSON.stringify(many), {}, byTable(table))).report).toMatchObject({ rows: 1000, entered: 1000 });
  expect(await store().verifyRegister()).toMatchObject({ entries: 1001, faults: [] });
});

test('an import that ended half-way is finished by the next, and what was entered stands', async () => {
  const many = Array.from({ length: 250 }, (_, index) => `person-${index}`);
  const table = byTable(many.map((login, index) => `${login},${index + 5000}`).join('\n'));
  let portions = 0;
  const failing: Office = {
    ...office,
    writing: (work) => {
      const transaction: ReturnType<typeof store>['transaction'] = (inner) => {
        portions += 1;
        return portions > 1 ? Promise.reject(new Error('The disk is full.')) : store().transaction(inner);
      };
      return work({ store: { ...store(), transaction }, jobs: store().jobs });
    },
  };
  const file = join(aFolder(), 'list');
  writeFileSync(file, JSON.stringify(many));
  const options = { from: 'clabot', agreement: CLA, version: '1.0', format: 'json' } as const;
  const first = importList(file, options, failing, aConsole(), () => Promise.resolve(table));
  await expect(first).rejects.toThrow('The disk is full.');
  expect(await store().verifyRegister()).toMatchObject({ entries: 100, faults: [] });
  expect((await imported(JSON.stringify(many), {}, table)).report).toMatchObject({ entered: 150, known: 100 });
});
