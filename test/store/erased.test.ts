/** What is erased from the register is gone from the disk, not only from the answers. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { storeOn } from '../../src/store/memory.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { ADA, BOB, evidence, signed } from './entries.ts';

test('no file of the folder holds what was erased, once the process has ended', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'steward-')), 'data');
  const database = await openSqlite(folder, () => new Date());
  const store = storeOn(database);
  const body = 'I, Ada, whose words take more room than one page of the file. '.repeat(200);
  await store.enter(signed(ADA, { evidence: evidence({ body, url: 'https://ada.example/act' }) }));
  await store.enter(signed(BOB));
  const onDisk = (word: string): boolean => readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(word));
  expect(onDisk('ada@example.org')).toBe(true);
  await store.erase(ADA.accountId, evidence(), '2026-03-03T12:00:00.000Z');
  await store.close();
  expect(['ada@example.org', 'ada.example/act', 'whose words take'].filter(onDisk)).toEqual([]);
  expect(onDisk('bob')).toBe(true);
  rmSync(join(folder, '..'), { recursive: true });
});
