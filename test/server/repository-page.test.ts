/** The page of a repository: the same as `policy explain`, for everybody where everything on it is public. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { words, quote } from '../../src/facts/words.ts';
import { known } from '../../src/facts/answer.ts';
import { listen, pathOf } from '../../src/server/front.ts';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import { repositoryPath } from '../../src/server/repository/places.ts';
import { repositoryPages } from '../../src/server/repository/routes.ts';
import { aRepository } from '../support/builders.ts';
import { SQLITE, type Place } from '../support/databases.ts';
import { EXPLAINED_POLICY, keepExplained } from '../support/explained.ts';
import { keepPolicy } from '../support/pilots.ts';
import { aFinding, aRepositoryVerdict, aRuleVerdict, keeping } from '../support/verdicts.ts';

const PATH = '/policy/Acme/rocket';
const SHA = 'a'.repeat(40);

describe('the page of a repository', () => {
  let place: Place;
  let store: Memory;
  let base: string;
  const now = new Date('2027-01-15T12:00:00.000Z');
  const token = 'operators only';
  let site: ReturnType<typeof repositoryPages>;
  const server = createServer((request, response) => {
    void site(request, response, pathOf(request)).then((isAnswered) => {
      if (!isAnswered) response.writeHead(404).end('somebody else');
    });
  });

  beforeAll(async () => {
    place = await SQLITE.create();
    store = await openStore({ ...place, now: () => now });
    const config = { hosts: { web: 'https://github.com' }, metricsToken: token } as never;
    site = repositoryPages({ memory: store, config, now: () => now });
    await keepExplained(store, 'Acme');
    const hostile = aFinding({ about: 'LICENSE', says: words`The file says ${quote('<img src=x onerror=alert(1)>')}.` });
    const covered = aFinding({ about: 'security', says: words`There is no SECURITY file.`, waivedBy: 'security-rocket' });
    const subject = { kind: 'repository', owner: 'Acme', repo: 'rocket' } as const;
    const rules = [
      aRuleVerdict({ id: 'license-file', on: 'repository', findings: [hostile] }),
      aRuleVerdict({ id: 'required-files', on: 'repository', findings: [covered] }),
    ];
    const verdict = aRepositoryVerdict({ subject, sha: SHA, rules });
    const own = { layer: 'repository', source: 'Acme/rocket:.github/steward.yml', commit: SHA, oid: SHA } as const;
    await store.keepVerdict({ ...verdict, policy: { ...verdict.policy, files: [...verdict.policy.files, own] } });
    await store.keepPublication(subject, 'issue', 17);
    await repository('Acme', 'secret', { isPrivate: true });
    await repository('Acme', 'inside', { isPrivate: true, visibility: 'internal' });
    await repository('Acme', 'pilots');
    await keepPolicy(store, 'previews', 'rules: { dco: { enforce: warn } }\n');
    await repository('previews', 'rocket');
    await keepPolicy(store, 'closed', EXPLAINED_POLICY.replace('example.org', 'closed.example'));
    await repository('closed', '.github', { isPrivate: true });
    await repository('closed', 'rocket', { topics: ['documentation'] });
    base = await listen(server, { host: '127.0.0.1', port: 0 });
  });

  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await store.close();
    await place.remove();
  });

  const repository = async (owner: string, name: string, more: Parameters<typeof aRepository>[0] = {}): Promise<void> => {
    const facts = { repository: known(aRepository({ owner, name, ...more })) };
    const subject = { kind: 'repository', owner, repo: name } as const;
    await store.keepFacts(keeping(subject, SHA, facts, { isPrivate: more.isPrivate ?? false }));
  };
  const get = async (path: string, { method = 'GET', authorization = '' } = {}) => {
    const response = await fetch(`${base}${path}`, { method, headers: authorization === '' ? {} : { authorization } });
    return { status: response.status, text: (await response.text()).replace(/\s+/g, ' ') };
  };
  const asOperator = { authorization: `Bearer ${token}` };

  test('every value stands beside a link to the line that says it, at the commit that was read', async () => {
    const { status, text } = await get(PATH);
    expect(status).toBe(200);
    expect(text).toContain(
      `<a href="https://github.com/Acme/.github/blob/${SHA}/.github/steward.yml#L13">Acme/.github:.github/steward.yml:13</a>`,
    );
    expect(text).toContain(`/blob/${SHA}/.github/steward.yml#L6">Acme/.github:.github/steward.yml:6 (group documentation)</a>`);
    expect(text).toContain('<span class="soft">the rule&#39;s default</span>');
    expect(text).toContain('It carries out: “All contributions are signed off.” (must, RFC 2119)');
    expect(text).toContain('preset baseline:');
  });

  test('what has no effect says which line stands against it', async () => {
    const { text } = await get(PATH);
    expect(text).toContain('&quot;off&quot; has no effect here, because a repository may only tighten');
    expect(text).toContain('>Acme/rocket:.github/steward.yml:2</a>');
  });

  test('tells how each rule stands, with what was found, and the issue that tells the same', async () => {
    const { text } = await get(PATH);
    expect(text).toMatch(
      /<a href="#license-file">.*?<\/a> <small>license-file<\/small><\/th> <td>Required<\/td> <td> <span class="word bad">To fix<\/span>/,
    );
    expect(text).toMatch(/<a href="#dco">.*?<td> <span class="soft">judged on each pull request<\/span>/);
    expect(text).toContain('<section class="card" id="license-file">');
    expect(text).toContain('<a href="https://github.com/Acme/rocket/issues/17">issue #17</a>');
  });

  test('shows waivers with reason, approver, last day and the days that are left, and names no other repository', async () => {
    const { text } = await get(PATH);
    expect(text).toContain('until <strong>2027-03-31</strong> (76 days left)');
    expect(text).toContain('“The security contact is being set up.” Approved by ada');
    expect(text).toContain(
      '<span class="word care">Waived</span>: There is no SECURITY file. (waiver <code>security-rocket</code>)',
    );
    expect(text).not.toContain('other-project');
    // A waiver that nobody else approved does not count.
    expect(text).not.toContain('unapproved');
  });

  test('shows foreign text as text', async () => {
    const { text } = await get(PATH);
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(text).not.toMatch(/<img|<script|javascript:/);
  });

  test.each([
    ['a repository of which nothing is known', '/policy/Acme/nothing'],
    ['a private repository', '/policy/Acme/secret'],
    ['an internal repository', '/policy/Acme/inside'],
    ['an account that Steward is not installed on', '/policy/nobody/rocket'],
  ])('is the same for %s: nothing is given away', async (_name, path) => {
    const { status, text } = await get(path);
    expect(status).toBe(404);
    expect(text).toContain('There is no page of such a repository here');
    expect(text.slice(text.indexOf('<main'))).not.toMatch(/nothing|secret|inside|nobody|acme/i);
  });

  test('operators see private repositories, and that others do not', async () => {
    const { status, text } = await get('/policy/Acme/secret', asOperator);
    expect(status).toBe(200);
    expect(text).toContain('This repository is not public: the page is for operators alone.');
    expect((await get('/policy/Acme/nothing', asOperator)).status).toBe(404);
  });

  test('a policy that not everybody can read tells everybody only what checks tell anyway', async () => {
    const { status, text } = await get('/policy/closed/rocket');
    expect(status).toBe(200);
    expect(text).toContain('A part of the policy stands in a repository that is not known to be public.');
    expect(text).toContain('closed/.github:.github/steward.yml:13');
    expect(text).not.toMatch(/Apache-2\.0, MIT|documentation|true-open-source/);
    const { text: whole } = await get('/policy/closed/rocket', asOperator);
    expect(whole).toContain('[Apache-2.0, MIT]');
    expect(whole).not.toContain('not known to be public');
  });

  test('leaves pages of pilots and previews to others, and loses no repository to them', async () => {
    expect((await get('/policy/Acme/pilots')).text).toContain('<h1>Acme/pilots</h1>');
    expect((await get('/policy/Acme/pilots/true-open-source')).text).toBe('somebody else');
    expect((await get('/policy/previews/rocket')).text).toBe('somebody else');
    expect(repositoryPath('previews', 'rocket')).toBe('/policy/@previews/rocket');
    expect((await get('/policy/@previews/rocket')).text).toContain('<h1>previews/rocket</h1>');
    expect((await get('/policy/Acme/..%2frocket')).text).toBe('somebody else');
  });

  test('can only be read', async () => {
    expect((await get(PATH, { method: 'POST' })).status).toBe(405);
  });
});
