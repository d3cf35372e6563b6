/** Signing an agreement as a contributor sees it, in a real browser, on a running Steward. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { serve, type Running } from '../../src/server/main.ts';
import { describeInBrowser, openBrowser } from '../support/browser.ts';
import { anAgreement, freePort, NOON, signingConfig } from '../support/cla.ts';
import { aLog } from '../support/server.ts';
import { aSigningGithub, type SigningGithub } from '../support/sign-in.ts';

const PATH = '/cla/acme/icla';
/** What the focused control is called. */
const FOCUSED = "(document.activeElement?.closest('label') ?? document.activeElement)?.textContent";

describeInBrowser('the signing pages in a browser', () => {
  let github: SigningGithub;
  let running: Running;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  let dataFolder: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    github = await aSigningGithub();
    github.people.push({ id: 9, login: 'ada' });
    const config = signingConfig(github, await freePort());
    dataFolder = config.dataFolder;
    const [served, opened] = await Promise.all([serve(config, { log: aLog().log, isPaced: false }), openBrowser()]);
    running = served!;
    browser = opened;
    await running.services.memory.keepAgreement(anAgreement());
    page = await browser.context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
    page.on('request', (request) => {
      const isKnown = request.url().startsWith(`${running.url}/cla/`) || request.url().startsWith(`${github.url}/login/oauth/`);
      if (!isKnown && !request.url().startsWith('data:')) complaints.push(`request to ${request.url()}`);
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await running.stop();
    github.close();
    rmSync(dataFolder, { recursive: true });
  });

  const signatures = async () => (await running.services.memory.register(['acme/icla'], [github.person.id])).signatures;
  const isWide = (): Promise<boolean> => page.evaluate('document.documentElement.scrollWidth > window.innerWidth');

  test('a contributor reads, signs in with GitHub, and signs', async () => {
    await page.goto(running.url + PATH);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Widget CLA');
    expect(await page.getByText('You wrote it yourself.').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: /Sign as/ }).count()).toBe(0);

    await page.getByRole('link', { name: 'Continue with GitHub' }).click();
    await page.waitForURL(running.url + PATH);
    expect(await page.getByRole('banner').innerText()).toContain('Signed in as @octocat');

    await page.getByRole('button', { name: 'Sign as @octocat' }).click();
    expect(await signatures()).toEqual([]);
    await page.getByRole('checkbox', { name: 'I have read and agree to the Widget CLA, version 1.0.' }).check();
    await page.getByRole('button', { name: 'Sign as @octocat' }).click();
    await page.waitForURL(`${running.url}${PATH}?done=signed`);
    expect(await page.getByRole('status').innerText()).toBe('Signed. Your pull requests are looked at again.');
    expect(await signatures()).toMatchObject([{ version: '1.0', until: null }]);
  });

  test('reloading the page after signing signs nothing again', async () => {
    await page.reload();
    expect(await page.getByText('You signed this version on').isVisible()).toBe(true);
    expect(await running.services.memory.entries(0, 10)).toHaveLength(1);
  });

  test('after a major version the page shows what changed, and asks to sign again', async () => {
    const text = anAgreement().text.replace('*everybody* a license', '*everybody* a broad license');
    await running.services.memory.keepAgreement(anAgreement({ version: '2.0', text }));
    await page.goto(running.url + PATH);
    const changed = page.getByRole('region', { name: 'What changed since version 1.0' });
    expect(await changed.locator('.changes ins').allInnerTexts()).toEqual(['broad ']);
    expect(await changed.locator('.changes del').count()).toBe(0);
    expect(await changed.getByText('Thank you for your interest.').isVisible()).toBe(false);
    await changed.locator('summary').first().click();
    expect(await changed.getByText('Thank you for your interest.').isVisible()).toBe(true);
  });

  test('the new version is signed, and later revoked, by keyboard alone', async () => {
    const until = async (name: string): Promise<void> => {
      for (let step = 0; step < 30; step += 1) {
        await page.keyboard.press('Tab');
        const found = await page.evaluate<string | undefined>(FOCUSED);
        if (found?.trim().startsWith(name)) return;
      }
      throw new Error(`Nothing that is named ${name} can be reached by Tab.`);
    };
    await page.goto(running.url + PATH);
    await until('Skip to content');
    await until('Go to signing');
    await page.keyboard.press('Enter');
    await until('I have read and agree');
    await page.keyboard.press('Space');
    await until('Sign as @octocat');
    await page.keyboard.press('Enter');
    await page.waitForURL('**done=signed');
    expect((await signatures()).map(({ version }) => version)).toEqual(['1.0', '2.0']);

    await until('Revoke your signature');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('I changed jobs.');
    await until('Revoke my signature');
    await page.keyboard.press('Enter');
    await page.waitForURL('**done=revoked');
    expect((await signatures()).filter(({ until }) => until === null)).toEqual([]);
    expect(await page.getByRole('status').innerText()).toContain('Revoked.');
  });

  test('a manager adds and removes somebody', async () => {
    const { memory } = running.services;
    const act = { company: 'initech', by: null, at: NOON } as const;
    const office = (key: string) => ({ source: 'office', key }) as const;
    const signed = { agreement: 'acme/ccla', version: '1.0', text: null, name: 'Initech' } as const;
    await memory.enter({ ...act, ...signed, kind: 'company-signed', evidence: office('1') });
    await memory.enter({
      ...act,
      kind: 'manager-added',
      person: { accountId: github.person.id, login: 'octocat' },
      evidence: office('2'),
    });
    await page.goto(`${running.url}/cla/companies/initech`);
    await page.getByLabel('GitHub name of somebody to add').fill('ada');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.waitForURL('**done=added');
    await page.getByRole('button', { name: 'Remove @ada' }).click();
    await page.waitForURL('**done=removed');
    expect((await memory.company('initech'))?.people).toEqual([]);
    expect(await page.getByRole('button', { name: 'Remove @ada' }).count()).toBe(0);
  });

  test('on a phone nothing is wider than the screen', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of [PATH, '/cla/companies/initech']) {
      await page.goto(running.url + path);
      expect(await isWide()).toBe(false);
    }
  });

  test('who signs out is signed out', async () => {
    await page.goto(running.url + PATH);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Continue with GitHub' }).waitFor();
    expect(await browser.context.cookies()).toEqual([]);
  });

  test('nothing ran, nothing was refused by the content security policy, nobody but GitHub was called', () => {
    expect(complaints).toEqual([]);
  });
});
