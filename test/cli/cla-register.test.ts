/** The office's commands on the register, on both databases. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, test } from '@jest/globals';
import { officeAt, type Office } from '../../src/cli/cla/desk.ts';
import { exportRegister } from '../../src/cli/cla/export.ts';
import { erase, revoke } from '../../src/cli/cla/revoke.ts';
import { head, verify } from '../../src/cli/cla/verify.ts';
import { who } from '../../src/cli/cla/who.ts';
import { openStore } from '../../src/server/jobs/open.ts';
import { stage } from '../store/stage.ts';
import { aboutPerson, ADA, BOB, CCLA, CLA, companySigned, evidence, EVE, revoked, signed } from '../store/entries.ts';
import { aConsole, type KeptConsole } from '../support/console.ts';
import { describeOnBoth, describeOnPostgres, POSTGRESQL, SQLITE } from '../support/databases.ts';
import { aFolder, removeFolders } from '../support/repository.ts';

type Act = (office: Office, console: KeptConsole) => Promise<number>;

describeOnBoth('the register on the command line', (kind) => {
  const { store, raw } = stage(kind);
  // Opening takes longer than most tests; `beside a server` below opens for real.
  const ours = (): Office => ({
    reading: (work) => work(store()),
    writing: (work) => work({ store: store(), jobs: store().jobs }),
  });
  const run = async (act: Act): Promise<{ code: number; out: string; notes: string }> => {
    const console = aConsole();
    const code = await act(ours(), console);
    return { code, out: console.printed(), notes: console.noted() };
  };

  test('a register that was left alone holds; its head is printed to be anchored, and found again later', async () => {
    await store().enter(signed(ADA));
    await store().enter(signed(BOB));
    const anchored = await run((office, console) => head({ format: 'text' }, office, console));
    expect(anchored.out).toMatch(/^2 [0-9a-f]{64}\n$/);
    expect(anchored.notes).toContain('signed commit');
    const anchor = anchored.out.trim().split(' ')[1]!;
    await store().enter(revoked(ADA, '2026-04-01T00:00:00Z'));
    const { code, out } = await run((office, console) =>
      verify({ format: 'text', anchor: anchor.toUpperCase() }, office, console),
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^The register holds: 3 entries\. The anchor is in it\. Head: [0-9a-f]{64}\n$/);
    const held = await run((office, console) => verify({ format: 'json', anchor }, office, console));
    expect(JSON.parse(held.out)).toMatchObject({ holds: true, anchor, entries: 3, faults: [] });
    const json = await run((office, console) => head({ format: 'json' }, office, console));
    expect(JSON.parse(json.out)).toMatchObject({ entries: 3, head: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test('an empty register holds and has no head', async () => {
    expect(await run((office, console) => verify({ format: 'text' }, office, console))).toMatchObject({
      code: 0,
      out: 'The register holds: 0 entries.\n',
    });
    expect(await run((office, console) => head({ format: 'text' }, office, console))).toMatchObject({ code: 0, out: '0 none\n' });
  });

  test('a row changed past Steward is named by its sequence with what to do; the broken chain gives no head', async () => {
    for (const person of [ADA, BOB, EVE]) await store().enter(signed(person));
    await raw(tamper(kind.name, "UPDATE entries SET version = '2.0' WHERE sequence = 2"));
    const { code, out } = await run((office, console) => verify({ format: 'text' }, office, console));
    expect(code).toBe(1);
    expect(out).toContain('Entry 2: It is not what was entered');
    expect(out).toContain('Compare entry 2 with a backup');
    expect(out).toContain('The register does not hold: 3 entries;');
    const json = await run((office, console) => verify({ format: 'json' }, office, console));
    expect(JSON.parse(json.out)).toMatchObject({ holds: false, entries: 3, faults: [{ sequence: 2, todo: expect.any(String) }] });
    expect(await run((office, console) => head({ format: 'text' }, office, console))).toMatchObject({ code: 1, out: '' });
  });

  test('an anchor that is in no entry is a fault of the whole chain; one that is no hash is bad usage', async () => {
    await store().enter(signed(ADA));
    const { code, out } = await run((office, console) => verify({ format: 'text', anchor: '0'.repeat(64) }, office, console));
    expect(code).toBe(1);
    expect(out).toContain('The chain: No entry has the anchored hash');
    await expect(run((office, console) => verify({ format: 'text', anchor: 'abc' }, office, console))).rejects.toThrow(
      '64 hexadecimal digits',
    );
  });

  test('an export has every entry, also what is left of erased ones, in three formats', async () => {
    await store().enter(signed({ ...ADA, name: '=cmd|"/c calc"!A0' }));
    await store().enter(signed(BOB, { evidence: evidence({ source: 'import', body: '+1\nand "more"' }) }));
    await store().enter(companySigned({ by: null }));
    await store().erase(ADA.accountId, evidence({ reason: '@all' }), '2026-05-01T00:00:00Z');
    const json = await run((office, console) => exportRegister({ format: 'json' }, office, console));
    const entries = await store().entries(0, 10);
    expect(JSON.parse(json.out)).toEqual({ version: 1, entries });
    const lines = await run((office, console) => exportRegister({ format: 'jsonl' }, office, console));
    expect(
      lines.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(entries);
    const csv = await run((office, console) => exportRegister({ format: 'csv' }, office, console));
    const rows = parse<Record<string, string>>(csv.out, { columns: true });
    expect(rows).toMatchObject([
      { sequence: '1', kind: 'signed', erased: 'yes', login: '', 'account id': '' },
      { sequence: '2', kind: 'signed', erased: '', login: 'bob', 'account id': '102', evidence: `'+1\nand "more"` },
      { sequence: '3', kind: 'company-signed', company: 'globex', 'company name': 'Globex, Inc.' },
      { sequence: '4', kind: 'erased', 'erased entries': '1', reason: "'@all" },
    ]);
  });

  test.each(['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1'])(
    'a cell that begins like %j is no formula in a spreadsheet',
    async (name) => {
      await store().enter(signed({ ...ADA, name }));
      const { out } = await run((office, console) => exportRegister({ format: 'csv' }, office, console));
      expect(parse<Record<string, string>>(out, { columns: true })[0]!['name']).toBe(`'${name}`);
    },
  );

  test('an export of one agreement has its companies and its earlier names, and nothing of others', async () => {
    await store().enter(signed(ADA, { agreement: 'acme/old/cla' }));
    await store().enter({ kind: 'renamed', from: 'acme/old', to: 'acme/new', at: '2026-03-02T00:00:00Z', evidence: evidence() });
    await store().enter(signed(BOB, { agreement: 'acme/new/cla' }));
    await store().enter(signed(EVE, { agreement: 'zeta/cla' }));
    await store().enter(companySigned());
    const kinds = async (agreement: string): Promise<unknown> => {
      const { out } = await run((office, console) => exportRegister({ format: 'json', agreement }, office, console));
      return (JSON.parse(out) as { entries: { sequence: number }[] }).entries.map(({ sequence }) => sequence);
    };
    expect(await kinds('ACME/new/cla')).toEqual([1, 2, 3]);
    await store().enter(aboutPerson('person-added', ADA, '2026-03-03T00:00:00Z'));
    expect(await kinds(CCLA)).toEqual([2, 5, 6]);
  });

  test('who prints every entry that names an account, by its id or by a login in any case', async () => {
    await store().enter(signed(ADA));
    await store().enter(companySigned({ by: ADA }));
    await store().enter(signed(BOB));
    const { out, code } = await run((office, console) => who('@ADA', { format: 'text' }, office, console));
    expect(code).toBe(0);
    expect(out).toBe(
      '@ada, account 101\n' +
        '  1 2026-03-01T12:00:00.000Z signed acme/cla 1.0 (comment)\n' +
        '  2 2026-01-01T00:00:00.000Z company-signed globex, acme/corporate 1.0 (office) entered it\n',
    );
    const json = await run((office, console) => who('102', { format: 'json' }, office, console));
    expect(JSON.parse(json.out)).toMatchObject([{ person: { login: 'bob' }, entries: [{ sequence: 3 }] }]);
    expect((await run((office, console) => who('nobody', { format: 'text' }, office, console))).out).toContain('holds nothing');
  });

  test('a revocation by the office ends the signature and keeps why; revoking nothing is refused', async () => {
    const options = { agreement: 'Acme/CLA', reason: 'Signed for a former employer.', format: 'text' } as const;
    await store().enter(signed(ADA, { at: '2025-03-01T12:00:00Z' }));
    const { code, out } = await run((office, console) => revoke('Ada', options, office, console));
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('What @ada (101) signed of acme/cla is revoked.') });
    const { signatures } = await store().register([CLA], [ADA.accountId]);
    expect(signatures).toMatchObject([{ until: '2026-01-02T03:04:05.000Z' }]);
    expect((await store().entries(1, 1))[0]?.entry).toMatchObject({
      kind: 'revoked',
      evidence: { source: 'office', reason: options.reason },
    });
    await expect(
      run((office, console) => revoke('ada', { ...options, agreement: 'acme/other' }, office, console)),
    ).rejects.toThrow('No signature of acme/other by ada (101) is in force');
    await expect(run((office, console) => revoke('eve', options, office, console))).rejects.toThrow('names nobody called eve');
    await expect(run((office, console) => revoke('ada', { ...options, reason: ' ' }, office, console))).rejects.toThrow(
      '--reason',
    );
    await expect(run((office, console) => revoke('ada', { ...options, agreement: 'cla' }, office, console))).rejects.toThrow(
      'Wanted: OWNER/ID',
    );
  });

  test('a login that two accounts had is no name of either', async () => {
    await store().enter(signed(ADA));
    await store().enter(signed({ accountId: 555, login: 'ADA' }));
    const options = { agreement: CLA, reason: 'x', format: 'text' } as const;
    await expect(run((office, console) => revoke('ada', options, office, console))).rejects.toThrow(
      'has belonged to several accounts: 101, 555',
    );
    expect((await run((office, console) => revoke('555', options, office, console))).code).toBe(0);
  });

  test('erasing tells first what would go and what stays; with --yes it is done, and the chain still holds', async () => {
    await store().enter(signed(ADA));
    await store().enter(signed(BOB));
    const first = await run((office, console) => erase('101', { reason: 'Asked.', format: 'text' }, office, console));
    expect(first).toMatchObject({ code: 2, out: '' });
    expect(first.notes).toMatch(/named in entry 1\.[^]*tombstone[^]*--yes/);
    expect((await store().verifyRegister()).erased).toBe(0);
    const second = await run((office, console) => erase('101', { reason: 'Asked.', format: 'text', yes: true }, office, console));
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('Erased: 1 entry that named account 101.') });
    expect(await store().verifyRegister()).toMatchObject({ entries: 3, erased: 1, faults: [] });
    expect((await store().entries(2, 1))[0]?.entry).toMatchObject({
      kind: 'erased',
      entries: [1],
      evidence: { reason: 'Asked.' },
    });
    const again = await run((office, console) => erase('101', { reason: 'Asked.', format: 'json', yes: true }, office, console));
    expect(JSON.parse(again.out)).toMatchObject({ entries: 0 });
    await expect(run((office, console) => erase('ada', { reason: 'x', format: 'text' }, office, console))).rejects.toThrow(
      'is not the id of an account',
    );
  });
});

describe('beside a server that owns the SQLite folder', () => {
  test('reading works while it runs, and writing asks to stop it', async () => {
    const place = await SQLITE.create();
    const steward = (...args: readonly string[]) => {
      const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
      const env = { PATH: process.env['PATH'] ?? '', STEWARD_DATA: place.dataFolder };
      const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'cla', ...args], { encoding: 'utf8', env });
      return { status, stdout, stderr };
    };
    const server = await openStore(place);
    await server.enter(signed(ADA, { at: '2025-03-01T12:00:00Z' }));
    expect(steward('verify')).toMatchObject({ status: 0, stdout: expect.stringContaining('holds: 1 entry.'), stderr: '' });
    const { status, stdout, stderr } = steward('revoke', 'ada', '--agreement', CLA, '--reason', 'x');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/Another Steward is using the data folder.*Nothing was changed/s);
    await server.close();
    expect(steward('revoke', 'ada', '--agreement', CLA, '--reason', 'x')).toMatchObject({ status: 0, stderr: '' });
    expect(steward('verify')).toMatchObject({ status: 0, stdout: expect.stringContaining('holds: 2 entries.') });
    await place.remove();
  });

  test('a folder without a register is told, and none is made', async () => {
    const elsewhere = officeAt({ dataFolder: '/nowhere/at-all' });
    await expect(verify({ format: 'text' }, elsewhere, aConsole())).rejects.toThrow('There is no register in /nowhere/at-all');
  });
});

describe('a database that SQLite cannot read', () => {
  afterAll(removeFolders);

  const told = (damage: (path: string) => void) => {
    const folder = aFolder();
    damage(join(folder, 'steward.db'));
    const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
    const env = { PATH: process.env['PATH'] ?? '', STEWARD_DATA: folder };
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'cla', 'verify'], { encoding: 'utf8', env });
    return { status, stdout, stderr };
  };
  const DAMAGED =
    /^The register cannot be read: .*steward\.db is damaged, or is no database of Steward \(SQLite: .*\)\.\nKeep the file/;

  test('a file of something else is damage, with code 1 and what to do', () => {
    const result = told((path) => {
      writeFileSync(path, 'not a database, '.repeat(500));
    });
    expect(result).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(DAMAGED) });
  });

  test('a file that was cut short is damage as well', async () => {
    const place = await SQLITE.create();
    const server = await openStore(place);
    for (const person of [ADA, BOB, EVE]) await server.enter(signed(person));
    await server.close();
    const whole = readFileSync(join(place.dataFolder ?? '', 'steward.db'));
    await place.remove();
    const result = told((path) => {
      writeFileSync(path, whole.subarray(0, 3 * 4096));
    });
    expect(result).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(DAMAGED) });
  });

  test('an empty file is from no version, and nothing is made of it', () => {
    const result = told((path) => {
      writeFileSync(path, '');
    });
    expect(result).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('is empty or from another version of Steward'),
    });
  });
});

describeOnPostgres('beside a server', () => {
  test('reading and writing work while it runs', async () => {
    const place = await POSTGRESQL.create();
    const server = await openStore(place);
    await server.enter(signed(ADA, { at: '2025-03-01T12:00:00Z' }));
    const office = officeAt(place);
    expect(await revoke('ada', { agreement: CLA, reason: 'x', format: 'text' }, office, aConsole())).toBe(0);
    expect(await verify({ format: 'text' }, office, aConsole())).toBe(0);
    expect((await server.verifyRegister()).entries).toBe(2);
    await server.close();
    await place.remove();
    await expect(verify({ format: 'text' }, office, aConsole())).rejects.toThrow(
      'The PostgreSQL server of DATABASE_URL cannot be used',
    );
  });
});

/** Triggers refuse such a change; whoever has the database can take them away. */
function tamper(kind: string, statement: string): string {
  return kind === 'SQLite' ? `${DROP}${statement}` : `SET session_replication_role = replica; ${statement};`;
}
const DROP = 'DROP TRIGGER entries_refuse_update; ';
