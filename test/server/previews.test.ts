/** The pages of previews over real HTTP, from a real store: who sees what, and what others wrote cannot act. */
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { createHttpServer, listen, pathOf, refuse } from '../../src/server/front.ts';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import { SHOWN_ROWS } from '../../src/server/previews/page.ts';
import { createPreviews, previewPath } from '../../src/server/previews/routes.ts';
import { SQLITE, type Place } from '../support/databases.ts';
import { aLog } from '../support/server.ts';
import { aPreview, aPullRow, aRow, many, MIXED } from '../views/previews.ts';

const TOKEN = 'token-of-the-operators';
const AS_OPERATOR = { headers: { authorization: `Bearer ${TOKEN}` } };

let place: Place;
let memory: Memory;
let server: Server;
let url: string;

beforeAll(async () => {
  place = await SQLITE.create();
  memory = await openStore({ ...place });
  const site = createPreviews({ memory, metricsToken: TOKEN });
  server = createHttpServer(aLog().log, async (request, response) => {
    if (!(await site(request, response, pathOf(request)))) refuse(response, 404, 'There is nothing here.');
  });
  url = await listen(server, { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await memory.close();
  await place.remove();
});

async function show(preview: typeof MIXED, format: 'html' | 'csv' = 'html', options = {}) {
  const response = await fetch(`${url}${previewPath(await memory.keepPreview(preview), format)}`, options);
  return { response, text: await response.text() };
}

function rowsOf(csv: string): readonly string[][] {
  return parse(csv);
}

describe('the page', () => {
  test('says what the check says, and has every row', async () => {
    const { response, text } = await show(MIXED);
    expect(response.status).toBe(200);
    for (const said of ['3 repositories would newly fail', '120 repositories', '2 issues would open', 'wallet#12', '>tools<']) {
      expect(text).toContain(said);
    }
  });

  test('names private repositories and waivers for operators alone', async () => {
    const [others, operators] = [await show(MIXED), await show(MIXED, 'html', AS_OPERATOR)];
    expect(others.text).not.toMatch(/secret|dco-rocket/);
    expect(others.text).toContain('In 1 private repository something newly fails.');
    expect(operators.text).toMatch(/>secret<[\s\S]*private/);
    expect(operators.text).toContain('dco-rocket');
  });

  test('is not scripted, and nothing foreign in it acts', async () => {
    const hostile = aPullRow('x', 1, '</table><script>alert(1)</script>\u202e', { url: 'javascript:alert(1)' });
    const { response, text } = await show(aPreview([hostile]));
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).not.toMatch(/<script|javascript:|\u202e/);
    expect(text).toContain('&lt;/table&gt;');
  });

  test('shows so many rows that a browser still likes, and leaves the rest to the CSV', async () => {
    const { text } = await show(many(SHOWN_ROWS + 7), 'html', AS_OPERATOR);
    expect(text.match(/<th scope="row">/g)).toHaveLength(SHOWN_ROWS);
    expect(text).toContain('…and 7 more');
  });
});

describe('the CSV', () => {
  test('has every row that the reader may see', async () => {
    const { response, text } = await show(MIXED, 'csv');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="steward-preview-2026-03-10.csv"');
    const [head, first, second] = rowsOf(text);
    expect(head?.slice(0, 3)).toEqual(['owner', 'repository', 'pull request']);
    expect(first).toEqual(
      ['acme', 'engine', '', '', 'https://github.com/acme/engine', 'no', 'success', 'failure'].concat([
        'license-file required-files',
        '',
        '',
        '',
        'opens',
      ]),
    );
    expect(second?.[2]).toBe('12');
    expect(rowsOf(text)).toHaveLength(6);
    expect(rowsOf((await show(MIXED, 'csv', AS_OPERATOR)).text)).toHaveLength(7);
  });

  test('has no formulas', async () => {
    const titles = ['=HYPERLINK("https://evil.example")', '+1', '-1', '@SUM(A1)', '\t=1', '＝1'];
    const { text } = await show(aPreview(titles.map((title, index) => aPullRow('x', index, title))), 'csv');
    const cells = rowsOf(text)
      .slice(1)
      .map((cell) => cell[3] ?? '');
    expect(cells).toHaveLength(titles.length);
    expect(cells.filter((cell) => /^[=+\-@\t\r＝]/u.test(cell))).toEqual([]);
  });
});

test('an address that nobody made is answered with words', async () => {
  const missing = await fetch(`${url}${previewPath('A'.repeat(22), 'html')}`);
  expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('There is no such preview')]);
  expect((await fetch(`${url}/policy/previews/..%2f..`)).status).toBe(404);
  expect((await fetch(`${url}/policy/previews/`)).status).toBe(404);
});

test('it can only be read', async () => {
  const id = await memory.keepPreview(aPreview([aRow('one')]));
  expect((await fetch(`${url}${previewPath(id, 'html')}`, { method: 'POST' })).status).toBe(405);
  const head = await fetch(`${url}${previewPath(id, 'html')}`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});
