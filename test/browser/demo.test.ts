/** The demo as a visitor sees it, in a real browser. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, openBrowser } from '../support/browser.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts `steward demo` and waits for the line that names its address. */
async function startDemo(): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const port = await freePort();
  const child = spawn(process.execPath, ['src/cli/main.ts', 'demo', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/localhost:\d+/.exec(line)?.[0];
    if (url) return { process: child, url };
  }
  throw new Error('The demo ended before it served anything.');
}

describeInBrowser('the demo in a browser', () => {
  let demo: Awaited<ReturnType<typeof startDemo>>;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
    page = await browser.context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(demo.url)) complaints.push(`request to ${request.url()}`);
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    demo.process.kill('SIGTERM');
    await once(demo.process, 'exit');
  });

  test('the first page lists repositories and pull requests, each leading to its own page', async () => {
    await page.goto(demo.url);
    const links: string[] = await page
      .locator('tbody th a')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    expect(links).toContain('/sample-org/wallet/pull/3');
    for (const link of links) {
      expect((await page.goto(demo.url + link))?.status()).toBe(200);
      expect(await page.locator('h1').count()).toBe(1);
    }
  });

  test('an unsigned pull request shows the check, the command that mends it, and the comment', async () => {
    await page.goto(demo.url);
    await page.getByRole('link', { name: 'wallet#3 Support several assets' }).click();
    const check = page.getByRole('region', { name: 'Check run Steward' });
    expect(await check.getByText('2 of 3 commits need a sign-off').first().isVisible()).toBe(true);
    expect(await check.locator('pre').innerText()).toContain('git rebase --signoff');
    expect(await page.getByRole('region', { name: 'Comment' }).innerText()).toContain('This pull request needs a fix');
  });

  test('a hostile commit message forges nothing', async () => {
    await page.goto(`${demo.url}/sample-org/wallet/pull/4`);
    expect(await page.locator('table').count()).toBe(0);
    expect(await page.getByRole('link', { name: /everyone/ }).count()).toBe(0);
  });

  test('a broken policy is shown on its lines', async () => {
    await page.goto(`${demo.url}/sample-org/.github/pull/1`);
    const policy = page.getByRole('region', { name: 'Check run Steward policy' });
    expect(await policy.getByText('Did you mean "block"?').first().isVisible()).toBe(true);
    expect(await policy.getByText('.github/steward.yml, line 6').first().isVisible()).toBe(true);
  });

  test('a license of which one word was changed is shown with that word, and is not taken for the license', async () => {
    await page.goto(`${demo.url}/sample-org/wallet/pull/6`);
    const check = page.getByRole('region', { name: 'Check run Steward' });
    expect(await check.getByText('The license text was altered').first().isVisible()).toBe(true);
    const words = await check.innerText();
    expect(words).toContain('Line 29 says “revocable” instead of “irrevocable”.');
    expect(words).toContain('LICENSE, line 29');
  });

  test('a dependency under a denied license is named, with its license and where that stands', async () => {
    await page.goto(`${demo.url}/sample-org/wallet/pull/5`);
    const check = page.getByRole('region', { name: 'Check run Steward' });
    expect(await check.getByText('A dependency needs another license').first().isVisible()).toBe(true);
    const words = await check.innerText();
    expect(words).toContain('@sample-org/charts 1.0.0 (npm) under GPL-3.0-only, as its lock file says, is not allowed here.');
    expect(words).toContain('package-lock.json, line 26');
    expect(words).not.toContain('@sample-org/axes');
  });

  test('nothing ran, nothing was refused by the content security policy, nobody else was called', () => {
    expect(complaints).toEqual([]);
  });
});
