/** The page of a pilot: for everybody, so that nothing private is on it. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listen, pathOf } from '../../src/server/front.ts';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import { keepBaselines } from '../../src/server/pilots/baseline.ts';
import { pilotPages } from '../../src/server/pilots/routes.ts';
import { readPresets } from '../../src/server/presets.ts';
import { rules } from '../../src/rules/index.ts';
import { SQLITE, type Place } from '../support/databases.ts';
import { keepPolicy, keepRepositories, PILOTS_POLICY } from '../support/pilots.ts';

const PATH = '/policy/acme/pilots/true-open-source';

describe('the page of a pilot', () => {
  let place: Place;
  let store: Memory;
  let base: string;
  let now = new Date('2026-12-01T03:00:00.000Z');
  const server = createServer((request, response) => {
    void site(request, response, pathOf(request)).then((isAnswered) => {
      if (!isAnswered) response.writeHead(404).end('somebody else');
    });
  });
  let site: ReturnType<typeof pilotPages>;

  beforeAll(async () => {
    place = await SQLITE.create();
    store = await openStore({ ...place, now: () => now });
    site = pilotPages({ memory: store, config: { hosts: { web: 'https://github.com' } } as never, now: () => now });
    await keepPolicy(
      store,
      'Acme',
      PILOTS_POLICY.replace('Maintainers outside', '<img src=x onerror=alert(1)> Maintainers outside'),
    );
    await keepRepositories(store, 'Acme', {
      '.github': { rules: { 'license-file': 'fail' } },
      'cardano-cli': { rules: { 'license-file': 'pass' }, pulls: ['fail'] },
      'cardano-secret': { rules: { 'license-file': 'fail' }, isPrivate: true },
      'other-secret': { rules: { 'license-file': 'pass' }, isPrivate: true },
    });
    await keepBaselines({ store, rules, presets: readPresets(), log: { info: () => undefined, warn: () => undefined } }, now);
    await keepPolicy(store, 'hidden');
    await keepRepositories(store, 'hidden', { '.github': { isPrivate: true }, 'cardano-cli': { rules: { dco: 'pass' } } });
    now = new Date('2027-01-15T12:00:00.000Z');
    base = await listen(server, { host: '127.0.0.1', port: 0 });
  });

  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await store.close();
    await place.remove();
  });

  const get = async (path: string, method = 'GET') => {
    const response = await fetch(`${base}${path}`, { method });
    return { status: response.status, text: (await response.text()).replace(/\s+/g, ' ') };
  };

  test('names public repositories and only counts private ones', async () => {
    const { status, text } = await get(PATH);
    expect(status).toBe(200);
    expect(text).toContain('<h1>True open source maturity</h1>');
    expect(text).toContain('running from 2026-12-01 to 2027-02-28, 45 days left');
    expect(text).toContain('<a href="https://github.com/Acme/cardano-cli">Acme/cardano-cli</a>');
    expect(text).toContain('1 private repository, not named here');
    expect(text).not.toContain('secret');
  });

  test('tells shares beside the rest and beside the start, and whether a target is met', async () => {
    const { text } = await get(PATH);
    expect(text).toMatch(/<meter[^>]* value="50">50%<\/meter>\s?50% \(1 of 2\) <small>at the start: 50% \(1 of 2\)<\/small>/);
    expect(text).toContain('80%: <span class="state bad">not yet met</span>');
  });

  test('shows foreign text as text', async () => {
    const { text } = await get(PATH);
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(text).not.toContain('<img');
  });

  test.each([
    ['a pilot that is not planned', '/policy/acme/pilots/other'],
    ['an account that Steward is not installed on', '/policy/nobody/pilots/true-open-source'],
    ['a policy that is not public', '/policy/hidden/pilots/true-open-source'],
  ])('is the same for %s: nothing is given away', async (_name, path) => {
    const { status, text } = await get(path);
    expect(status).toBe(404);
    expect(text).toContain('There is no such pilot here');
    expect(text.slice(text.indexOf('<main'))).not.toMatch(/hidden|nobody|acme/i);
  });

  test('can only be read, and leaves other paths to others', async () => {
    expect((await get(PATH, 'POST')).status).toBe(405);
    expect((await get('/policy/acme/repositories/x')).text).toBe('somebody else');
    expect((await get('/policy/acme/pilots/..%2f')).text).toBe('somebody else');
  });
});
