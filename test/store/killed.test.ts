/** A real process, really killed: a signature that was acknowledged is there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { openStore } from '../../src/server/jobs/open.ts';
import { describeOnBoth } from '../support/databases.ts';
import { ADA, BOB, signed } from './entries.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));

async function enterAndDie(order: object): Promise<void> {
  const child = spawn(process.execPath, ['--no-warnings', CHILD, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    child.kill('SIGKILL');
  }
  await ended;
  expect(said).toEqual(['entered']);
}

describeOnBoth('a signature', (kind) => {
  test('survives kill -9 the moment after it was entered, and the next one follows it', async () => {
    const place = await kind.create();
    try {
      const entry = signed(ADA);
      await enterAndDie({ place, entry });
      const store = await openStore(place);
      try {
        expect((await store.entries(0, 10)).map((one) => one.entry)).toEqual([entry]);
        expect([await store.enter(entry), await store.enter(signed(BOB))]).toEqual([false, true]);
        expect(await store.verifyRegister()).toMatchObject({ entries: 2, faults: [] });
      } finally {
        await store.close();
      }
    } finally {
      await place.remove();
    }
  });
});
