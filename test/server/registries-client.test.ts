/** How registries are asked: only those, only over https, small, in turn, once, and never when they want to be left alone. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { known, unknown } from '../../src/facts/answer.ts';
import { registryClient } from '../../src/server/registries/client.ts';
import { startRegistries, type Registries, type Reply } from '../support/registries.ts';

let double: Registries;
beforeAll(async () => {
  double = await startRegistries(Date.parse('2026-03-01T12:00:00Z'));
});
beforeEach(() => {
  double.clear();
});
afterAll(() => double.close());

const forever = new AbortController().signal;
const NPM = 'registry.npmjs.org/left-pad/1.0.0';

function ask(address = NPM, options = {}) {
  return double.client(options)(`https://${address}`, forever);
}

test('an answer is told as it stands, and whoever asked says who they are', async () => {
  double.shelves.set(NPM, '{"license":"MIT"}');
  expect(await ask()).toEqual(known('{"license":"MIT"}'));
  expect(double.agents).toEqual(new Set(['Steward (+https://steward.example)']));
});

test.each([404, 410])('what is not there (%i) is known not to be there', async (status) => {
  double.shelves.set(NPM, (response) => response.writeHead(status).end());
  expect(await ask()).toEqual(known(null));
});

describe('nobody is asked', () => {
  test.each([
    ['http://registry.npmjs.org/a', 'registry.npmjs.org'],
    ['https://registry.npmjs.org:8443/a', 'registry.npmjs.org:8443'],
    ['https://me:secret@registry.npmjs.org/a', 'registry.npmjs.org'],
    ['https://registry.npmjs.org.evil.example/a', 'registry.npmjs.org.evil.example'],
    ['https://127.0.0.1/a', '127.0.0.1'],
    ['nowhere', 'the address'],
  ])('at %s', async (address, host) => {
    expect(await double.client()(address, forever)).toEqual(unknown(`${host} is not asked (REGISTRY_HOSTS)`));
    expect(double.asked).toEqual([]);
  });

  test('whom the settings leave out', async () => {
    expect(await ask(NPM, { hosts: ['pypi.org'] })).toEqual(unknown('registry.npmjs.org is not asked (REGISTRY_HOSTS)'));
  });

  test('whose name leads to an address that is not public', async () => {
    const resolve = () => Promise.resolve([{ address: '10.0.0.1', family: 4 }]);
    const client = registryClient({ hosts: ['pypi.org'], contact: null, web: { resolve } });
    expect(await client('https://pypi.org/pypi/a/json', forever)).toEqual(
      unknown('pypi.org was asked in vain: pypi.org is not on the public internet'),
    );
  });

  test('when nobody waits for the answer any more', async () => {
    const answer = await double.client()(`https://${NPM}`, AbortSignal.abort());
    expect(answer).toEqual(unknown('there was no time left to ask registry.npmjs.org; it is asked the next time'));
    expect(double.asked).toEqual([]);
  });
});

describe('a redirect', () => {
  const to =
    (location: string): Reply =>
    (response) =>
      response.writeHead(301, { location }).end();

  test('is followed on the same host', async () => {
    double.shelves.set('pypi.org/pypi/Zope_Interface/json', to('/pypi/zope-interface/json'));
    double.shelves.set('pypi.org/pypi/zope-interface/json', '{}');
    expect(await ask('pypi.org/pypi/Zope_Interface/json')).toEqual(known('{}'));
  });

  test.each(['http://registry.npmjs.org/a', 'https://169.254.169.254/latest/meta-data/', 'https://evil.example/', 'https://'])(
    'to %s is not',
    async (location) => {
      double.shelves.set(NPM, to(location));
      expect(await ask()).toEqual(unknown('registry.npmjs.org sends to an address that is not asked'));
      expect(double.asked).toEqual([NPM]);
    },
  );

  test('in circles ends', async () => {
    double.shelves.set(NPM, to('/left-pad/1.0.0'));
    expect(await ask()).toEqual(unknown('registry.npmjs.org redirects more than 3 times'));
    expect(double.asked).toHaveLength(4);
  });
});

describe('what a server does wrong is told, and bounded', () => {
  const more: Reply = (response) => {
    const write = (): void => {
      if (!response.destroyed) response.write('a'.repeat(256 * 1024), write);
    };
    response.writeHead(200);
    write();
  };

  test.each<[string, Reply, string]>([
    ['a body without an end', more, 'registry.npmjs.org answers with more than 5 MiB'],
    [
      'a body of 10 MB',
      (response) => response.writeHead(200, { 'content-length': '10000000' }).end(Buffer.alloc(10_000_000)),
      'registry.npmjs.org answers with more than 5 MiB',
    ],
    ['a status 502', (response) => response.writeHead(502).end(), 'registry.npmjs.org answers with status 502'],
    ['a status 400', (response) => response.writeHead(400).end(), 'registry.npmjs.org answers with status 400'],
    [
      'a compressed body',
      (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      'registry.npmjs.org answers compressed, which was not asked for',
    ],
    [
      'a connection that breaks',
      (response) => response.destroy(),
      'registry.npmjs.org was asked in vain: its server cannot be reached (ECONNRESET)',
    ],
  ])('%s', async (_what, reply, reason) => {
    double.shelves.set(NPM, reply);
    expect(await ask()).toEqual(unknown(reason));
  });

  test.each<[string, Reply]>([
    ['no answer at all', () => undefined],
    ['an answer that never ends', (response) => response.writeHead(200).write('{')],
  ])('%s', async (_what, reply) => {
    double.shelves.set(NPM, reply);
    expect(await ask(NPM, { patience: 50 })).toEqual(unknown('registry.npmjs.org did not answer within 0.05 seconds'));
  });
});

describe('a host that wants to be left alone', () => {
  test.each([
    ['in seconds', { 'retry-after': '120' }, '12:02'],
    ['as a date', { 'retry-after': 'Sun, 01 Mar 2026 12:30:00 GMT' }, '12:30'],
    ['for a day', { 'retry-after': '86400' }, '13:00'],
    ['without a time', {}, '12:01'],
    ['in a way that cannot be read', { 'retry-after': 'soon' }, '12:01'],
  ])('%s is, and the others are not', async (_how, headers, until) => {
    double.shelves.set(NPM, (response) => response.writeHead(429, headers).end());
    double.shelves.set('pypi.org/a', 'fine');
    const client = double.client();
    const waits = unknown(`registry.npmjs.org asks to wait until ${until} UTC`);
    expect(await client(`https://${NPM}`, forever)).toEqual(waits);
    expect(await client('https://registry.npmjs.org/other', forever)).toEqual(waits);
    expect(await client('https://pypi.org/a', forever)).toEqual(known('fine'));
    expect(double.asked).toEqual([NPM, 'pypi.org/a']);
  });

  test('is asked again when that time is over', async () => {
    const client = double.client();
    double.shelves.set(NPM, (response) => response.writeHead(503, { 'retry-after': '60' }).end());
    await client(`https://${NPM}`, forever);
    double.shelves.set(NPM, 'fine');
    double.pass(60_000);
    expect(await client(`https://${NPM}`, forever)).toEqual(known('fine'));
  });

  test('may have no words for it: after four failures in a row it gets a minute', async () => {
    const client = double.client();
    const tell = async () => client(`https://${NPM}`, forever);
    double.shelves.set(NPM, (response) => response.writeHead(500).end());
    for (let time = 0; time < 3; time += 1) await tell();
    expect(await tell()).toEqual(unknown('registry.npmjs.org failed several times and is left alone until 12:01 UTC'));
    expect(double.asked).toHaveLength(4);
  });
});

describe('the pace', () => {
  test('is four at a time with a pause between', async () => {
    const client = double.client();
    const names = Array.from({ length: 20 }, (_, index) => `https://registry.npmjs.org/package-${index}/1.0.0`);
    await Promise.all(names.map((name) => client(name, forever)));
    expect(double.most()).toBeLessThanOrEqual(4);
    expect(double.asked).toHaveLength(20);
    expect(double.waits).toHaveLength(19);
  });

  test('is one a second at crates.io, as it asks', async () => {
    const client = double.client();
    await Promise.all(['a', 'b', 'c'].map((name) => client(`https://crates.io/api/v1/crates/${name}`, forever)));
    expect(double.waits).toEqual([1000, 1000]);
    expect(double.most()).toBe(1);
  });

  test('is not held up by what nobody waits for any more', async () => {
    const client = double.client();
    const ending = new AbortController();
    double.shelves.set('crates.io/a', (response) => {
      ending.abort();
      response.writeHead(200).end();
    });
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => client(`https://crates.io/${name}`, ending.signal)));
    expect({ asked: double.asked, waits: double.waits }).toEqual({ asked: ['crates.io/a'], waits: [] });
  });

  test('is two at a time at Hackage, with pauses, and slower than usual at GitHub', async () => {
    const client = double.client();
    await Promise.all(['a', 'b', 'c'].map((name) => client(`https://hackage.haskell.org/package/${name}`, forever)));
    expect(double.waits).toEqual([200, 200]);
    expect(double.most()).toBeLessThanOrEqual(2);
    await Promise.all(['a', 'b'].map((name) => client(`https://raw.githubusercontent.com/${name}`, forever)));
    expect(double.waits).toEqual([200, 200, 50]);
  });

  test('lets everybody have a turn: who asks little does not wait until who asks much has ended', async () => {
    const client = double.client();
    const ask = (names: readonly string[]) => {
      const { signal } = new AbortController();
      return Promise.all(names.map((name) => client(`https://crates.io/${name}`, signal)));
    };
    await Promise.all([ask(['a1', 'a2', 'a3', 'a4', 'a5']), ask(['b1', 'b2']), ask(['c1'])]);
    expect(double.asked.map((address) => address.slice('crates.io/'.length)).join(' ')).toBe('a1 a2 b1 c1 a3 b2 a4 a5');
  });

  test('of an answer that two wait for is that of the one who still waits', async () => {
    const client = double.client();
    const ending = new AbortController();
    double.shelves.set('crates.io/busy', (response) => {
      ending.abort();
      response.writeHead(200).end();
    });
    double.shelves.set('crates.io/a', 'fine');
    const [, first, second, third] = await Promise.all([
      client('https://crates.io/busy', forever),
      client('https://crates.io/a', ending.signal),
      client('https://crates.io/a', forever),
      client('https://crates.io/a', forever),
    ]);
    expect(first).toEqual(unknown('there was no time left to ask crates.io; it is asked the next time'));
    expect([second, third]).toEqual([known('fine'), known('fine')]);
    expect(double.asked).toEqual(['crates.io/busy', 'crates.io/a']);
  });

  test('lets those who ask the same at the same time share one answer', async () => {
    double.shelves.set(NPM, 'fine');
    const client = double.client();
    const answers = await Promise.all([1, 2, 3].map(() => client(`https://${NPM}`, forever)));
    expect(answers).toEqual([known('fine'), known('fine'), known('fine')]);
    expect(double.asked).toEqual([NPM]);
  });
});
