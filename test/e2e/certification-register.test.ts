/** What the register holds of a signature that came as a comment, read by `steward cla verify` as a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { signingSentence } from '../../src/facts/sentences.ts';
import { aStage, unsigned } from '../support/stage.ts';

const ICLA = { title: 'Widget Agreement', version: '1.0' };
const AGREEMENT = `{ id: icla, title: ${ICLA.title}, version: '1.0', text: 'acme/widgets:icla.md', since: 2026-01-01 }`;
const POLICY = `rules: { cla: { enforce: block, agreements: [${AGREEMENT}] } }\n`;

test('signatures are verified beside a running Steward, and a row that somebody changed in the file is found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'steward-register-'));
  const stage = await aStage({ env: { STEWARD_DATA: folder } });
  const acme = await stage.organization({ login: 'acme', policy: POLICY });
  const widgets = await stage.repository(acme, { name: 'widgets', files: { 'icla.md': 'You give what is yours to give.\n' } });
  for (const author of ['ada', 'ben', 'cy']) {
    const { number, sha } = await stage.pullRequest(widgets, unsigned({ author, message: `By ${author}` }), { author });
    await stage.deliver(stage.world.comment(widgets, number, author, signingSentence(ICLA)));
    expect(stage.run(widgets, sha).conclusion).toBe('success');
  }
  const sound = verify(folder);
  expect(sound).toMatchObject({ status: 0, stderr: '' });
  expect(sound.stdout).toMatch(/^The register holds: 3 entries\./);
  expect(await stage.close()).toEqual([]);

  tamper(join(folder, 'steward.db'));
  const { status, stdout } = verify(folder, '--format', 'json');
  expect(status).toBe(1);
  const { holds, faults } = JSON.parse(stdout) as { holds: boolean; faults: readonly { sequence: number }[] };
  expect([holds, faults.map(({ sequence }) => sequence)]).toEqual([false, [2]]);
  rmSync(folder, { recursive: true });
});

function verify(folder: string, ...args: readonly string[]) {
  const env = { PATH: process.env['PATH'] ?? '', STEWARD_DATA: folder };
  return spawnSync(process.execPath, ['src/cli/main.ts', 'cla', 'verify', ...args], { encoding: 'utf8', env });
}

/** Ben's signature becomes one of another time, by whoever may write the file and takes the triggers away that refuse it. */
function tamper(file: string): void {
  const database = new DatabaseSync(file);
  database.exec("DROP TRIGGER entries_refuse_update; UPDATE entries SET at = '2025-01-01T00:00:00.000Z' WHERE sequence = 2");
  database.close();
}
