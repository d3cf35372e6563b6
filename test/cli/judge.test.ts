import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { load } from 'js-yaml';
import { run } from '../../src/cli/program.ts';
import { readPresets } from '../../src/server/presets.ts';
import { aConsole } from '../support/console.ts';
import { ADA, aFolder, aRepository, GRACE, removeFolders } from '../support/repository.ts';

afterAll(removeFolders);

async function steward(argv: readonly string[], input = ''): Promise<{ code: number; printed: string; noted: string }> {
  const console = aConsole(input);
  const code = await run(argv, console);
  return { code, printed: console.printed(), noted: console.noted() };
}

function policyFile(text = 'extends: intersect\nrules:\n  dco: { enforce: block }\n'): string {
  const file = join(aFolder(), 'policy.yml');
  writeFileSync(file, text);
  return file;
}

function aClone(): string {
  const repository = aRepository();
  repository.write('README.md', 'Hello');
  repository.commit('Begin', { signedOffBy: ADA });
  repository.commit('One', { author: GRACE });
  repository.commit('Two', { signedOffBy: ADA });
  return repository.path;
}

describe('judge', () => {
  test('facts that check wrote give the verdict that check gives', async () => {
    const policy = policyFile();
    const clone = aClone();
    const check = ['check', clone, '--policy', policy, '--base', 'HEAD~2', '--format'];
    const facts = await steward([...check, 'facts']);
    expect(facts.code).toBe(0);
    const judged = await steward(['judge', '--policy', policy], facts.printed);
    const checked = await steward([...check, 'json']);
    expect(judged.code).toBe(1);
    expect(JSON.parse(judged.printed)).toEqual(JSON.parse(checked.printed));
  });

  test('a bad line is answered in its place, and the others are judged', async () => {
    const facts = {
      subject: { kind: 'repository', owner: 'a', repo: 'b' },
      sha: 'a'.repeat(40),
      at: '2025-01-01T00:00:00Z',
      facts: {},
    };
    const lines = ['{', '', JSON.stringify(facts), '[]', JSON.stringify({ ...facts, sha: 'HEAD' }), JSON.stringify(facts)];
    const { code, printed } = await steward(['judge', '--policy', policyFile()], lines.join('\n'));
    const answers = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { error?: { line: number; message: string }; at?: string; isIncomplete?: boolean });
    expect(answers.map((answer) => answer.error?.line ?? answer.at)).toEqual([
      1,
      '2025-01-01T00:00:00.000Z',
      4,
      5,
      '2025-01-01T00:00:00.000Z',
    ]);
    expect(answers[1]?.isIncomplete).toBe(true);
    expect(answers[3]?.error?.message).toContain('sha');
    expect(code).toBe(2);
  });

  test('values of the wrong shape are Steward’s to be unsure of, never a pass or a crash', async () => {
    const line = JSON.stringify({
      subject: { kind: 'pull-request', owner: 'a', repo: 'b', number: 1 },
      sha: 'a'.repeat(40),
      facts: { commits: { known: true, value: 'none' }, __proto__: { known: true, value: 1 } },
    }).replace('{"commits"', '{"__proto__":{"known":true,"value":1},"commits"');
    const { code, printed } = await steward(['judge', '--policy', policyFile('rules: { dco: { enforce: block } }\n')], line);
    expect(JSON.parse(printed)).toMatchObject({ conclusion: 'action_required' });
    expect(code).toBe(1);
  });
});

describe('schemas', () => {
  const compile = async (what: string) => {
    const { code, printed } = await steward(['schema', what]);
    expect(code).toBe(0);
    const schema = JSON.parse(printed) as Record<string, unknown>;
    const isLatest = String(schema['$schema']).includes('2020-12');
    const ajv = isLatest ? new Ajv2020({ strict: false }) : new Ajv({ strict: false });
    (addFormats as unknown as (ajv: Ajv | Ajv2020) => void)(ajv);
    return ajv.compile(schema);
  };

  test('facts and verdicts of a real clone fit, and nothing else does', async () => {
    const check = ['check', aClone(), '--policy', policyFile(), '--base', 'HEAD~2', '--format'];
    const facts = JSON.parse((await steward([...check, 'facts'])).printed) as object;
    const verdict = JSON.parse((await steward([...check, 'json'])).printed) as object;
    const [isFacts, isVerdict] = [await compile('facts'), await compile('verdict')];
    expect(isFacts(facts) || isFacts.errors).toBe(true);
    expect(isVerdict(verdict) || isVerdict.errors).toBe(true);
    expect(isVerdict({ ...verdict, conclusion: 'fine' })).toBe(false);
    expect(isVerdict({ ...verdict, extra: 1 })).toBe(false);
    expect(isFacts({ ...facts, sha: 'HEAD' })).toBe(false);
  });

  test('every preset fits the schema of a policy', async () => {
    const isPolicy = await compile('policy');
    for (const [name, text] of readPresets()) expect([name, isPolicy(load(text)) || isPolicy.errors]).toEqual([name, true]);
    expect(isPolicy({ rules: { dco: { enforce: 'blok' } } })).toBe(false);
  });
});

describe('policy validate', () => {
  const noticed = async (cla: string) => {
    const { code, printed } = await steward(['policy', 'validate', policyFile(cla)]);
    expect(code).toBe(0);
    return printed
      .split('\n')
      .slice(0, -2)
      .map((line) => line.slice(line.indexOf('rules.')));
  };
  const agreement = (kind: string) =>
    `    agreements: [{ id: a, kind: ${kind}, title: An Agreement, version: '1', text: 'https://example.org/a.txt', since: 2025-01-01 }]\n`;
  const until = (day: string) =>
    `    exempt: [{ account: 'renovate[bot]', id: 29139614, reason: It updates versions., until: ${day} }]\n`;

  test('notices that nobody can sign, for want of an agreement or of one for individuals', async () => {
    const asked = 'rules:\n  cla:\n    enforce: warn\n';
    expect(await noticed(asked)).toEqual([
      expect.stringMatching(/^rules\.cla\.agreements: No agreement is named, so nobody can sign/),
    ]);
    expect(await noticed(asked + agreement('corporate'))).toEqual([expect.stringContaining('No agreement is for individuals')]);
    expect(await noticed(asked + agreement('individual'))).toEqual([]);
    expect(await noticed('rules:\n  cla:\n    enforce: off\n')).toEqual([]);
    expect(await noticed(`certification: none\n${asked}`)).toEqual([]);
  });

  test('notices an exemption whose last day has passed', async () => {
    const asked = `rules:\n  cla:\n    enforce: warn\n${agreement('individual')}`;
    expect(await noticed(asked + until('2026-01-01'))).toEqual([
      'rules.cla.exempt: The exemption of "renovate[bot]" ended with 2026-01-01, so it exempts nobody. Remove it, or give it a later day.',
    ]);
    expect(await noticed(asked + until('2026-01-02'))).toEqual([]);
  });

  test('every preset is valid', async () => {
    const { code, noted } = await steward([
      'policy',
      'validate',
      ...[...readPresets().keys()].map((name) => `policies/${name}.yml`),
    ]);
    expect({ code, noted }).toEqual({ code: 0, noted: '' });
  });

  test('all problems of all files are told, as lines or as JSON', async () => {
    const bad = policyFile('rules:\n  dco: { enforce: blok }\n  dcoo: {}\n');
    const good = policyFile();
    const text = await steward(['policy', 'validate', bad, good]);
    expect(text.code).toBe(2);
    expect(text.printed).toContain(`${bad}:2:19 rules.dco.enforce`);
    expect(text.printed).toContain(`${good}: valid`);
    const json = await steward(['policy', 'validate', bad, good, '--format', 'json']);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.printed)).toMatchObject([
      { file: bad, valid: false, problems: [{ line: 2, column: 19 }, { line: 3 }] },
      { file: good, valid: true, problems: [] },
    ]);
  });

  test('a huge file, a binary one and a folder are problems and no crash', async () => {
    const huge = policyFile('x'.repeat(10 * 1024 * 1024));
    const binary = policyFile('rules: \0');
    expect(await steward(['policy', 'validate', huge])).toMatchObject({
      code: 2,
      printed: expect.stringContaining('at most 256 KiB'),
    });
    expect(await steward(['policy', 'validate', binary])).toMatchObject({ code: 2, printed: expect.stringContaining('UTF-8') });
    expect(await steward(['policy', 'validate', aFolder()])).toMatchObject({
      code: 2,
      noted: expect.stringContaining('a folder'),
    });
  });
});
