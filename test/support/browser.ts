/** A real browser for tests, and whether there is one. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { chromium, type BrowserContext } from 'playwright-core';

const PLACES = [
  process.env['TEST_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = PLACES.find((path) => path !== undefined && existsSync(path));

/** Runs a suite that needs a browser, or says why it is skipped. With CI=true that is a failure: nothing may go untested there. */
export function describeInBrowser(name: string, suite: () => void): void {
  const reason = 'no Chromium was found; install it, or name one by TEST_CHROMIUM';
  if (executablePath !== undefined) describe(name, suite);
  else if (process.env['CI'] === 'true') throw new Error(reason);
  else describe.skip(`${name} (skipped: ${reason})`, suite);
}

/** Opens a browser with a profile of its own that talks to nobody unasked. */
export async function openBrowser(): Promise<{ readonly context: BrowserContext; close(): Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), 'steward-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
