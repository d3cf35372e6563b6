/** Signing an agreement as contributors and managers see it, in a real browser, on a running Steward. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, openBrowser } from '../support/browser.ts';
import { freePort, NOON } from '../support/cla.ts';
import type { Repository } from '../support/github/model.ts';
import { aStage, POLICY_PATH, unsigned, type Stage } from '../support/stage.ts';

/** What the focused control is called. */
const FOCUSED = "(document.activeElement?.closest('label') ?? document.activeElement)?.textContent";
const TOO_WIDE = 'document.documentElement.scrollWidth > window.innerWidth';

const TEXT = `# Widget CLA

Thank you for your interest.

## Grant

You grant everybody a license.

## Source

You wrote it yourself.
`;

const policy = (version: string): string => `certification: cla
rules:
  cla:
    enforce: block
    agreements:
      - { id: icla, title: Widget CLA, version: '${version}', text: 'acme/legal:CLA-${version}.md', since: 2026-01-01, graceDays: 0 }
`;

describeInBrowser('the signing pages in a browser', () => {
  let stage: Stage;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  let base: string;
  let widgets: Repository;
  let policies: Repository;
  let first: { readonly number: number; readonly sha: string };
  const complaints: string[] = [];

  beforeAll(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    [stage, browser] = await Promise.all([aStage({ env: { PORT: String(port), PUBLIC_URL: base } }), openBrowser()]);
    const { world, signIn } = stage.github;
    world.app.callbackUrls.push(`${base}/cla/callback`);
    signIn.person = world.user('ada');
    const files = { 'CLA-1.0.md': TEXT, 'CLA-2.0.md': TEXT.replace('a license', 'a broad license') };
    const acme = await stage.organization({ login: 'acme', policy: policy('1.0') });
    await stage.repository(acme, { name: 'legal', files });
    widgets = await stage.repository(acme);
    policies = acme.policies!;
    first = await stage.pullRequest(widgets, unsigned());
    page = await browser.context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
    page.on('request', (request) => {
      const url = request.url();
      const isKnown =
        url.startsWith(`${base}/cla/`) || url.startsWith(`${stage.github.url}/login/oauth/`) || url.startsWith('data:');
      if (!isKnown) complaints.push(`request to ${url}`);
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    expect(await stage.close()).toEqual([]);
  });

  const adaId = (): number => stage.world.user('ada').id;
  const signatures = async () => (await stage.running.services.memory.register(['acme/icla'], [adaId()])).signatures;
  const conclusionOf = (sha: string): string | null => stage.run(widgets, sha).conclusion;

  /** Presses Tab until something of that name has the focus. */
  async function tabTo(name: string): Promise<void> {
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate<string | undefined>(FOCUSED))?.trim().startsWith(name)) return;
    }
    throw new Error(`Nothing that is named ${name} can be reached by Tab.`);
  }

  test('a contributor comes from the check, reads, signs in with GitHub, signs, and the check passes', async () => {
    expect(conclusionOf(first.sha)).toBe('failure');
    const { summary, text } = stage.run(widgets, first.sha);
    const [link = ''] = /http:\/\/127\.0\.0\.1:\d+\/cla\/[\w/-]+/.exec(`${summary ?? ''}\n${text ?? ''}`) ?? [];
    expect(link).toBe(`${base}/cla/acme/icla`);
    await page.goto(link);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Widget CLA');
    expect(await page.getByText('You wrote it yourself.').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: /Sign as/ }).count()).toBe(0);

    await page.getByRole('link', { name: 'Continue with GitHub' }).click();
    await page.waitForURL(link);
    expect(await page.getByRole('banner').innerText()).toContain('Signed in as @ada');
    expect(await page.getByText('One pull request waits for your signature.').isVisible()).toBe(true);

    await page.getByRole('button', { name: 'Sign as @ada' }).click();
    expect(await signatures()).toEqual([]);
    await page.getByRole('checkbox', { name: 'I have read and agree to the Widget CLA, version 1.0.' }).check();
    await page.getByRole('button', { name: 'Sign as @ada' }).click();
    await page.waitForURL(`${link}?done=signed`);
    expect(await page.getByRole('status').innerText()).toBe('Signed. Your pull requests are looked at again.');
    expect(await signatures()).toMatchObject([{ version: '1.0', until: null }]);

    await stage.settled();
    expect(conclusionOf(first.sha)).toBe('success');
  });

  test('reloading the page after signing signs nothing again', async () => {
    await page.reload();
    expect(await page.getByText('You signed this version on').isVisible()).toBe(true);
    expect(await stage.running.services.memory.entries(0, 10)).toHaveLength(1);
  });

  test('after a major version the page shows what changed, and asks to sign again', async () => {
    await stage.push(policies, 'main', { files: { [POLICY_PATH]: policy('2.0') } });
    const { sha } = await stage.pullRequest(widgets, unsigned({ message: 'Another change' }));
    expect(conclusionOf(sha)).toBe('failure');
    await page.goto(`${base}/cla/acme/icla`);
    const changed = page.getByRole('region', { name: 'What changed since version 1.0' });
    expect(await changed.locator('.changes ins').allInnerTexts()).toEqual(['broad ']);
    expect(await changed.locator('.changes del').count()).toBe(0);
    expect(await changed.getByText('Thank you for your interest.').isVisible()).toBe(false);
    await changed.locator('summary').first().click();
    expect(await changed.getByText('Thank you for your interest.').isVisible()).toBe(true);
  });

  test('the new version is signed, and later revoked, by keyboard alone', async () => {
    await page.goto(`${base}/cla/acme/icla`);
    await tabTo('Skip to content');
    await tabTo('Go to signing');
    await page.keyboard.press('Enter');
    await tabTo('I have read and agree');
    await page.keyboard.press('Space');
    await tabTo('Sign as @ada');
    await page.keyboard.press('Enter');
    await page.waitForURL('**done=signed');
    expect((await signatures()).map(({ version }) => version)).toEqual(['1.0', '2.0']);

    await tabTo('Revoke your signature');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('I changed jobs.');
    await tabTo('Revoke my signature');
    await page.keyboard.press('Enter');
    await page.waitForURL('**done=revoked');
    expect((await signatures()).filter(({ until }) => until === null)).toEqual([]);
    expect(await page.getByRole('status').innerText()).toContain('Revoked.');
  });

  test('a manager adds and removes somebody', async () => {
    const { memory } = stage.running.services;
    const act = { company: 'initech', by: null, at: NOON } as const;
    const office = (key: string) => ({ source: 'office', key }) as const;
    const signed = { agreement: 'acme/ccla', version: '1.0', text: null, name: 'Initech' } as const;
    await memory.enter({ ...act, ...signed, kind: 'company-signed', evidence: office('1') });
    await memory.enter({ ...act, kind: 'manager-added', person: { accountId: adaId(), login: 'ada' }, evidence: office('2') });
    stage.world.user('grace');
    await page.goto(`${base}/cla/companies/initech`);
    await page.getByLabel('GitHub name of somebody to add').fill('grace');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.waitForURL('**done=added');
    await page.getByRole('button', { name: 'Remove @grace' }).click();
    await page.waitForURL('**done=removed');
    expect(await page.getByText('Nobody yet.').isVisible()).toBe(true);
    expect((await memory.company('initech'))?.accounts).toHaveLength(1);
  });

  test('on a phone nothing is wider than the screen', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ['/cla/acme/icla', '/cla/companies/initech']) {
      await page.goto(base + path);
      expect(await page.evaluate<boolean>(TOO_WIDE)).toBe(false);
    }
  });

  test('who signs out is signed out', async () => {
    await page.goto(`${base}/cla/acme/icla`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Continue with GitHub' }).waitFor();
    expect(await browser.context.cookies()).toEqual([]);
  });

  test('nothing ran, nothing was refused by the content security policy, nobody but GitHub was called', () => {
    expect(complaints).toEqual([]);
  });
});
