/** The environment in, a configuration or every problem out. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { auditConfig, normalizeKey, readConfig, type Config, type Env } from '../../src/server/config.ts';
import { HOST_NAMES } from '../../src/server/registries/hosts.ts';
import { credentialsPath, keepCredentials } from '../../src/server/credentials.ts';

const folder = mkdtempSync(join(tmpdir(), 'steward-config-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const complete: Env = { STEWARD_DATA: folder, APP_ID: '12', PRIVATE_KEY: pkcs1, WEBHOOK_SECRET: 'a long random one' };

function config(env: Env): Config {
  const read = readConfig({ STEWARD_DATA: folder, ...env });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read.config;
}

function problems(env: Env): readonly string[] {
  const read = readConfig({ STEWARD_DATA: folder, ...env });
  return 'problems' in read ? read.problems : [];
}

describe('credentials', () => {
  test('are complete with an id, a key and a secret', () => {
    expect(config(complete).credentials).toEqual({
      appId: 12,
      privateKey: pkcs8,
      webhookSecret: 'a long random one',
      clientId: null,
      clientSecret: null,
      url: null,
    });
  });

  test.each([
    ['as GitHub gives it', pkcs1],
    ['in PKCS #8', pkcs8],
    ['with escaped line breaks', pkcs1.replaceAll('\n', '\\n')],
    ['on one line', pkcs1.replaceAll('\n', ' ')],
    ['in base64', Buffer.from(pkcs1).toString('base64')],
    ['with Windows line breaks', pkcs1.replaceAll('\n', '\r\n')],
  ])('take a key %s', (_how, text) => {
    expect(normalizeKey(text)).toBe(pkcs8);
  });

  test('take a key from a file', () => {
    const path = join(folder, 'key.pem');
    writeFileSync(path, pkcs1);
    expect(config({ ...complete, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: path }).credentials?.privateKey).toBe(pkcs8);
  });

  test('may be missing altogether outside production: then the set-up page is served', () => {
    expect(config({}).credentials).toBeNull();
  });

  test('missing in production are named, all at once', () => {
    expect(problems({ NODE_ENV: 'production' })).toEqual([
      expect.stringContaining('APP_ID is not set'),
      expect.stringContaining('WEBHOOK_SECRET is not set'),
      expect.stringContaining('PRIVATE_KEY is not set'),
    ]);
  });

  test('given in part are a mistake anywhere', () => {
    expect(problems({ APP_ID: '12' })).toHaveLength(2);
    expect(problems({ ...complete, WEBHOOK_SECRET: '  ' })).toEqual([expect.stringContaining('WEBHOOK_SECRET is not set')]);
  });

  test('with the secret everybody knows are refused in production', () => {
    const known = { ...complete, WEBHOOK_SECRET: 'development' };
    expect(problems({ ...known, NODE_ENV: 'production' })).toEqual([expect.stringContaining('which everybody knows')]);
    expect(problems(known)).toEqual([]);
  });

  test('that make no sense are refused without being repeated', () => {
    const wrong = problems({ ...complete, APP_ID: 'Iv1.abc', PRIVATE_KEY: 'hunter2' });
    expect(wrong).toEqual([expect.stringContaining('APP_ID'), expect.stringContaining('PRIVATE_KEY')]);
    expect(wrong.join()).not.toContain('hunter2');
  });
});

describe('kept credentials', () => {
  const kept = { appId: 7, privateKey: pkcs8, webhookSecret: 's', clientId: null, clientSecret: null, url: null };

  test('are used when the environment has none, are private, and are never overwritten', () => {
    const data = join(folder, 'kept');
    keepCredentials(data, kept);
    expect(config({ STEWARD_DATA: data, NODE_ENV: 'production' }).credentials).toEqual(kept);
    expect(config({ ...complete, STEWARD_DATA: data }).credentials?.appId).toBe(12);
    expect(statSync(credentialsPath(data)).mode & 0o777).toBe(0o600);
    expect(() => {
      keepCredentials(data, { ...kept, appId: 8 });
    }).toThrow(/EEXIST/);
    expect(JSON.parse(readFileSync(credentialsPath(data), 'utf8'))).toEqual(kept);
  });

  test('that are damaged are a problem told without their content', () => {
    const data = mkdtempSync(join(folder, 'damaged-'));
    writeFileSync(credentialsPath(data), '{"privateKey": "hunter2"');
    expect(problems({ STEWARD_DATA: data })).toEqual([expect.stringContaining('does not hold the credentials')]);
    expect(problems({ STEWARD_DATA: data }).join()).not.toContain('hunter2');
  });
});

test('GitHub is github.com unless told otherwise', () => {
  const hosts = (env: Env): Config['hosts'] => config(env).hosts;
  expect(hosts({})).toEqual({ api: 'https://api.github.com', web: 'https://github.com' });
  expect(hosts({ GHE_HOST: 'github.example.com' })).toEqual({
    api: 'https://github.example.com/api/v3',
    web: 'https://github.example.com',
  });
  expect(hosts({ GHE_HOST: 'localhost:8080', GHE_PROTOCOL: 'http' }).api).toBe('http://localhost:8080/api/v3');
  expect(hosts({ GHE_HOST: 'octocorp.ghe.com' }).api).toBe('https://api.octocorp.ghe.com');
});

test('every other setting has a default that works', () => {
  expect(config({})).toMatchObject({
    host: 'localhost',
    port: 3000,
    logLevel: 'info',
    dataFolder: folder,
    databaseUrl: null,
    publicUrl: null,
    allowedOwners: null,
    registryHosts: HOST_NAMES,
    metricsToken: null,
  });
});

test('accounts may be separated by commas and blanks, in any case', () => {
  expect(config({ ALLOWED_OWNERS: 'Acme, example-org\nMona' }).allowedOwners).toEqual(['acme', 'example-org', 'mona']);
  expect(config({ ALLOWED_OWNERS: ' , ' }).allowedOwners).toBeNull();
});

test('registries can be switched off, or be fewer than Steward knows, and never others', () => {
  const { registryHosts } = config({ REGISTRY_HOSTS: 'PyPI.org, crates.io' });
  expect(registryHosts).toEqual(['pypi.org', 'crates.io']);
  expect(config({ REGISTRIES: 'off', REGISTRY_HOSTS: 'pypi.org' }).registryHosts).toEqual([]);
  expect(problems({ REGISTRIES: 'maybe' })).toEqual(['REGISTRIES is not one of on, off.']);
  expect(problems({ REGISTRY_HOSTS: 'pypi.org registry.example' })).toEqual([
    expect.stringContaining('REGISTRY_HOSTS names registry.example. Only these can be named: registry.npmjs.org, '),
  ]);
});

test('every setting that cannot be understood is named at once', () => {
  const wrong = {
    PORT: '70000',
    LOG_LEVEL: 'loud',
    GHE_HOST: 'https://x/',
    GHE_PROTOCOL: 'ftp',
    DATABASE_URL: 'mysql://x',
    PUBLIC_URL: 'x',
  };
  expect(problems(wrong).map((problem) => problem.split(' ')[0])).toEqual([
    'GHE_PROTOCOL',
    'GHE_HOST',
    'PORT',
    'LOG_LEVEL',
    'DATABASE_URL',
    'PUBLIC_URL',
  ]);
});

test('an audit needs a token and nothing of an App', () => {
  expect(auditConfig({ GH_TOKEN: 't' })).toMatchObject({ token: 't' });
  expect(auditConfig({})).toEqual({ problems: [expect.stringContaining('GITHUB_TOKEN is not set')] });
});
