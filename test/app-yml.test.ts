/** The App asks for what its facts, effects and events need, and for nothing else. */
import { readFileSync, existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { GRANTS } from '../src/github/tokens.ts';
import { EVENTS } from '../src/server/webhooks.ts';

type Level = 'read' | 'write';
type Permissions = Record<string, Level>;

const app = load(readFileSync('app.yml', 'utf8')) as { default_permissions: Permissions; default_events: string[] };

/** What an App must be allowed to read before it may subscribe to an event ("Webhook events and payloads"). */
const PERMISSION_OF: Readonly<Record<string, string>> = {
  check_run: 'checks',
  check_suite: 'checks',
  installation_target: 'metadata',
  issue_comment: 'issues',
  merge_group: 'merge_queues',
  organization: 'members',
  pull_request: 'pull_requests',
  push: 'contents',
  repository: 'metadata',
};

test('the App asks for exactly what its tokens and its events need', () => {
  const forEvents: Permissions = Object.fromEntries(app.default_events.map((event) => [PERMISSION_OF[event] ?? event, 'read']));
  expect(app.default_permissions).toEqual(union([forEvents, ...Object.values(GRANTS)]));
});

test('the tokens for reading ask for exactly what the facts of all rules need, and what Steward shows', async () => {
  const facts = await permissionsOfAllFacts();
  // Check runs, comment and issue are read together with the facts; policies are contents.
  const shown: Permissions = { checks: 'read', contents: 'read', issues: 'read', metadata: 'read', pull_requests: 'read' };
  expect(union([facts, shown])).toEqual(union([GRANTS.read, GRANTS.members]));
});

test('only publishing writes, each purpose one thing, and contents are never written', () => {
  const written = Object.entries(GRANTS).map(([purpose, grant]) => [
    purpose,
    Object.entries(grant).flatMap(([name, level]) => (level === 'write' ? [name] : [])),
  ]);
  expect(Object.fromEntries(written)).toEqual({
    read: [],
    members: [],
    check: ['checks'],
    comment: ['pull_requests'],
    issue: ['issues'],
  });
  expect(app.default_permissions.contents).toBe('read');
});

test('the README lists exactly the permissions that the App asks for', () => {
  const readme = readFileSync('README.md', 'utf8');
  const named = (start: string): readonly string[] => {
    const line = readme.split('\n').find((one) => one.startsWith(start)) ?? '';
    return [...line.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name);
  };
  const asked = (level: Level): readonly string[] =>
    Object.entries(app.default_permissions).flatMap(([name, one]) => (one === level ? [name] : []));
  expect(named('- to read:')).toEqual(asked('read'));
  expect(named('- to read and write')).toEqual(asked('write'));
});

test('the App subscribes to exactly the events that the server understands', () => {
  expect([...app.default_events].sort()).toEqual([...EVENTS].sort());
});

function union(all: readonly Partial<Permissions>[]): Permissions {
  const result: Permissions = {};
  for (const [name, level] of all.flatMap((one) => Object.entries(one))) {
    if (level && result[name] !== 'write') result[name] = level;
  }
  return result;
}

/** Read permissions of every question that a rule could ask. */
async function permissionsOfAllFacts(): Promise<Permissions> {
  if (!existsSync('src/rules/index.ts')) return {};
  const list = '../src/rules/index.ts';
  const { rules } = (await import(list)) as {
    rules: readonly {
      options: { parse: (given: object) => object };
      needs: (at: 'head' | 'base', options: object) => Record<string, { permissions: string[] }>;
    }[];
  };
  const questions = rules.flatMap((rule) => {
    const options = rule.options.parse({});
    return [...Object.values(rule.needs('head', options)), ...Object.values(rule.needs('base', options))];
  });
  return Object.fromEntries(questions.flatMap(({ permissions }) => permissions.map((name) => [name, 'read' as const])));
}
