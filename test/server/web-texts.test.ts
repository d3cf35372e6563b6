/** Texts of agreements on the web: read from a real https server on this machine, and refused where they should be. */
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { known, unknown, type Answer } from '../../src/facts/answer.ts';
import { isPublic } from '../../src/server/public-address.ts';
import { webTexts, type WebOptions } from '../../src/server/web-texts.ts';
import { CERTIFICATE, KEY } from '../support/certificate.ts';

const TEXT = '# Acme Individual Agreement\n\nYou give. We take, with thänks.\n';
const PLAIN = { 'content-type': 'text/plain; charset=utf-8' };

const answers: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
  '/icla.txt': (response) => response.writeHead(200, PLAIN).end(TEXT),
  '/icla.md': (response) => response.writeHead(200, { 'content-type': 'text/markdown' }).end(`\ufeff${TEXT}`),
  '/page': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>You give</p>'),
  '/untyped': (response) => response.writeHead(200).end(TEXT),
  '/latin': (response) => response.writeHead(200, { 'content-type': 'text/plain; charset=iso-8859-1' }).end(TEXT),
  '/broken': (response) => response.writeHead(200, PLAIN).end(Buffer.from([0x61, 0xff, 0x62])),
  '/binary': (response) => response.writeHead(200, PLAIN).end('a\0b'),
  '/empty': (response) => response.writeHead(200, PLAIN).end(' \n'),
  '/packed': (response) => response.writeHead(200, { ...PLAIN, 'content-encoding': 'gzip' }).end('x'),
  '/missing': (response) => response.writeHead(404, PLAIN).end('no'),
  '/down': (response) => response.writeHead(503, PLAIN).end('later'),
  '/largest': (response) => response.writeHead(200, PLAIN).end('a'.repeat(256 * 1024)),
  '/larger': (response) => response.writeHead(200, PLAIN).end('a'.repeat(256 * 1024 + 1)),
  '/endless': (response) => {
    response.writeHead(200, PLAIN);
    const more = (): void => {
      if (!response.destroyed) response.write('a'.repeat(64 * 1024), more);
    };
    more();
  },
  '/cut': (response) => {
    response.writeHead(200, { ...PLAIN, 'content-length': '100' });
    response.write('half', () => response.destroy());
  },
  '/silent': () => undefined,
  '/slow': (response) => response.writeHead(200, PLAIN).write('and then'),
  '/once': (response) => response.writeHead(302, { location: '/icla.txt' }).end(),
  '/thrice': (response) => response.writeHead(301, { location: '/twice' }).end(),
  '/twice': (response) => response.writeHead(307, { location: '/once' }).end(),
  '/four-times': (response) => response.writeHead(308, { location: '/thrice' }).end(),
  '/plainly': (response) => response.writeHead(302, { location: 'http://texts.example/icla.txt' }).end(),
  '/inward': (response, { headers }) =>
    response.writeHead(302, { location: `https://other.example:${headers.host?.split(':')[1] ?? ''}/icla.txt` }).end(),
  '/to-metadata': (response) => response.writeHead(302, { location: 'https://169.254.169.254/latest/meta-data/' }).end(),
};

let server: Server;
let port = 0;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
    asked.push(request.url ?? '');
    answers[request.url ?? '']?.(response, request);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** A name service in which `texts.example` is this machine, seen as a public address, and everything else is as told. */
const names: Readonly<Record<string, readonly string[]>> = {
  'texts.example': ['127.0.0.1'],
  'other.example': ['127.0.0.2'],
  'inside.example': ['10.1.2.3'],
  'both.example': ['127.0.0.1', '192.168.0.1'],
};
const here = {
  ca: CERTIFICATE,
  resolve: (host: string) => {
    const addresses = names[host];
    if (addresses) return Promise.resolve(addresses.map((address) => ({ address, family: 4 })));
    return Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }));
  },
  isAllowed: (address: string) => address === '127.0.0.1' || isPublic(address),
} satisfies WebOptions;

function read(path: string, options: WebOptions = {}, host = 'texts.example'): Promise<Answer<string>> {
  return webTexts({ ...here, ...options })(`https://${host}:${port}${path}`);
}

describe('a text', () => {
  test('is read as it stands, in plain text or Markdown, at most 256 KiB of it', async () => {
    expect(await read('/icla.txt')).toEqual(known(TEXT));
    expect(await read('/icla.md')).toEqual(known(TEXT));
    expect(await read('/largest')).toEqual(known('a'.repeat(256 * 1024)));
  });

  test.each([
    ['/page', 'it is a web page (text/html); the address of plain text or Markdown is needed, such as that of a raw file'],
    ['/untyped', 'it is of no stated type; the address of plain text or Markdown is needed, such as that of a raw file'],
    ['/latin', 'it is not in UTF-8'],
    ['/broken', 'it is not in UTF-8'],
    ['/binary', 'it is not text'],
    ['/empty', 'the text is empty'],
    ['/packed', 'it comes compressed, which was not asked for'],
    ['/missing', 'it answers with status 404'],
    ['/down', 'it answers with status 503'],
    ['/larger', 'the text is larger than 256 KiB'],
    ['/endless', 'the text is larger than 256 KiB'],
    ['/cut', 'its server cannot be reached (ECONNRESET)'],
  ])('at %s is unknown, with the reason', async (path, reason) => {
    expect(await read(path)).toEqual(unknown(reason));
  });

  test('that does not come in time is unknown, whether nothing comes or not all of it', async () => {
    const reason = 'it did not answer within 0.2 seconds';
    expect(await read('/silent', { patience: 200 })).toEqual(unknown(reason));
    expect(await read('/slow', { patience: 200 })).toEqual(unknown(reason));
    const never = new Promise<never>(() => undefined);
    expect(await read('/icla.txt', { patience: 200, resolve: () => never })).toEqual(unknown(reason));
  });

  test('of a server that is not there, or that nothing vouches for, is unknown', async () => {
    expect(await read('/icla.txt', {}, 'nowhere.example')).toEqual(unknown('its host name is not found'));
    expect(await webTexts(here)('https://texts.example:9/')).toEqual(unknown('its server cannot be reached (ECONNREFUSED)'));
    const strangers = { resolve: here.resolve, isAllowed: here.isAllowed };
    expect(await webTexts(strangers)(`https://texts.example:${port}/icla.txt`)).toEqual(
      unknown('its certificate cannot be trusted (DEPTH_ZERO_SELF_SIGNED_CERT)'),
    );
  });
});

describe('a redirect', () => {
  test('is followed three times, not four', async () => {
    expect(await read('/once')).toEqual(known(TEXT));
    expect(await read('/thrice')).toEqual(known(TEXT));
    expect(await read('/four-times')).toEqual(unknown('it redirects more than 3 times'));
  });

  test('leads neither away from https nor into a network', async () => {
    expect(await read('/plainly')).toEqual(unknown('it redirects to what is not https://'));
    expect(await read('/inward')).toEqual(unknown('other.example is not on the public internet'));
    expect(await read('/to-metadata')).toEqual(unknown('169.254.169.254 is not on the public internet'));
  });
});

describe('nothing is sent', () => {
  test.each([
    ['http://texts.example/icla.txt', 'it is not a web address that starts with https://'],
    ['https://jane:secret@texts.example/icla.txt', 'it is not a web address that starts with https://'],
    ['file:///etc/passwd', 'it is not a web address that starts with https://'],
    ['https://inside.example/', 'inside.example is not on the public internet'],
    ['https://both.example/', 'both.example is not on the public internet'],
    ['https://10.0.0.1/', '10.0.0.1 is not on the public internet'],
    ['https://0x0a.1/', '10.0.0.1 is not on the public internet'],
    ['https://2886729729/', '172.16.0.1 is not on the public internet'],
    ['https://[::1]/', '::1 is not on the public internet'],
    ['https://[::ffff:10.0.0.1]/', '::ffff:a00:1 is not on the public internet'],
    ['https://[fd00:ec2::254]/', 'fd00:ec2::254 is not on the public internet'],
  ])('for %s', async (url, reason) => {
    const before = asked.length;
    expect(await webTexts(here)(url)).toEqual(unknown(reason));
    expect(asked.length).toBe(before);
  });

  test('to this machine itself, unless a test allows it', async () => {
    const before = asked.length;
    const ordinary = { ca: here.ca, resolve: here.resolve };
    expect(await read('/icla.txt')).toEqual(known(TEXT));
    expect(await webTexts(ordinary)(`https://texts.example:${port}/icla.txt`)).toEqual(
      unknown('texts.example is not on the public internet'),
    );
    expect(await webTexts(ordinary)(`https://127.0.0.1:${port}/icla.txt`)).toEqual(
      unknown('127.0.0.1 is not on the public internet'),
    );
    expect(asked.length).toBe(before + 1);
  });
});

test('public addresses are those that anybody can reach, and no others', () => {
  const reachable = [
    '140.82.112.3',
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '2606:50c0:8000::153',
    '2a00:1450::1',
    '2001:4860::8888',
  ];
  const hidden = [
    ...['0.0.0.0', '10.255.255.255', '100.64.0.1', '127.0.0.1', '127.255.0.1', '168.63.129.16', '169.254.169.254', '172.31.0.1'],
    ...['192.168.1.1', '192.0.0.1', '192.0.2.1', '198.19.0.1', '198.51.100.1', '203.0.113.9', '224.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:8c52:7003', '64:ff9b::a00:1', '64:ff9b:1::1', '100::1', 'fc00::1'],
    ...['fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '2001::1', '2001:db8::1', '2002:a00:1::1', '3fff::1'],
    ...['', 'localhost', '1.2.3', '1.2.3.4.5'],
  ];
  expect(reachable.filter((address) => !isPublic(address))).toEqual([]);
  expect(hidden.filter(isPublic)).toEqual([]);
});
