/** The other forms of a verdict: SARIF, terminal, report and pages. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { code, quote, words } from '../../src/facts/words.ts';
import type { JudgedFinding } from '../../src/verdict/verdict.ts';
import { anchor, html, trusted } from '../../src/views/html.ts';
import { organizationPage } from '../../src/views/pages/organization.ts';
import { verdictPage } from '../../src/views/pages/verdict.ts';
import { report } from '../../src/views/report.ts';
import { sarif } from '../../src/views/sarif.ts';
import { terminal } from '../../src/views/terminal.ts';
import { aFinding, aPass, aRuleVerdict, aVerdict } from '../support/verdicts.ts';
import { CASES } from './cases.ts';
import { effectsOf } from './render.ts';

const all = Object.entries(CASES);

describe('SARIF', () => {
  const located = aFinding({
    says: words`${code('a')} is wrong.`,
    fix: words`Mend it.`,
    location: { path: 'docs/a b#.md', line: 3 },
  });
  const rule = aRuleVerdict({
    on: 'repository',
    findings: [located, aFinding({ outcome: 'unknown', about: 'u' }), aPass(words`Fine.`), { ...located, isExisting: true }],
  });
  const [run] = sarif(aVerdict({ rules: [rule] })).runs;

  test('has a result for each finding that fails or is not known, at its place', () => {
    expect(run?.results.map(({ kind, level, baselineState }) => [kind, level, baselineState])).toEqual([
      ['fail', 'error', 'new'],
      ['open', 'none', 'new'],
      ['fail', 'note', 'unchanged'],
    ]);
    expect(run?.results[0]).toMatchObject({
      ruleId: 'dco',
      ruleIndex: 0,
      message: { text: 'a is wrong. Mend it.' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'docs/a%20b%23.md' }, region: { startLine: 3 } } }],
    });
  });

  test('has the fields that the specification requires', () => {
    for (const [, verdicts] of all) {
      const log = sarif(verdicts[0]!);
      expect(log.version).toBe('2.1.0');
      for (const { tool, results } of log.runs) {
        expect(tool.driver.name).toBe('Steward');
        for (const { shortDescription, help } of tool.driver.rules) expect([shortDescription.text, help.text]).not.toContain('');
        for (const result of results) expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      }
    }
  });
});

describe('the terminal', () => {
  test('shows what to do about what is not known, once where the next finding needs the same', () => {
    const open = (about: string, fix: string): JudgedFinding =>
      aFinding({ outcome: 'unknown', about, says: words`${about} is not known.`, fix: words`${fix}` });
    const findings = [open('a', 'Look.'), open('b', 'Look.'), open('c', 'Ask.')];
    expect(
      terminal(aVerdict({ rules: [aRuleVerdict({ findings, origin: null })] }))
        .split('\n')
        .slice(3, 8),
    ).toEqual(['    a is not known.', '    b is not known.', '      Look.', '    c is not known.', '      Ask.']);
  });

  const excepted = (name: string): JudgedFinding =>
    aFinding({ outcome: 'exempt', about: name, says: words`${name} is excepted until 2026-12-31: ours.`, isExcepted: true });
  const linesOf = (findings: readonly JudgedFinding[]): readonly string[] =>
    terminal(aVerdict({ rules: [aRuleVerdict({ findings })] })).split('\n');

  test.each([
    ['passes', aPass(words`Fine.`)],
    ['fails', aFinding({ says: words`Wrong.` })],
  ])('shows exceptions that were used where the rule %s, and no other exemption', (_, beside) => {
    const lines = linesOf([beside, excepted('left-pad'), aFinding({ outcome: 'exempt', about: 'm', says: words`A merge.` })]);
    expect(lines).toContain('    left-pad is excepted until 2026-12-31: ours.');
    expect(lines.join('\n')).not.toContain('A merge.');
  });

  test('counts exceptions where there are many', () => {
    const lines = linesOf(Array.from({ length: 12 }, (_, index) => excepted(`a${index}`)));
    expect(lines.filter((line) => line.includes(' is excepted until'))).toHaveLength(5);
    expect(lines).toContain('    …and 7 more exceptions.');
  });

  test('names the sentence that a rule carries out and where its level was written', () => {
    const rule = aRuleVerdict({
      findings: [aFinding({})],
      clause: { says: `Sign off.\n${'x'.repeat(500)}`, url: 'https://policy.example.org/' },
      origin: { layer: 'organization', source: 'acme/.github:.github/steward.yml', line: 4 },
    });
    const line = `    policy: “Sign off.⏎${'x'.repeat(189)}…” https://policy.example.org/ · required by acme/.github:.github/steward.yml:4`;
    expect(terminal(aVerdict({ rules: [rule] })).split('\n')).toContain(line);
  });

  test('shows no control character that foreign text brings', () => {
    const says = words`By ${quote('\u001b[31mred\u202e\r\nnext')}.`;
    const text = terminal(aVerdict({ rules: [aRuleVerdict({ findings: [aFinding({ says, commands: ['echo \u001b[2J'] })] })] }));
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  test('shows a command that several findings share once', () => {
    expect(terminal(CASES['two-hundred-unsigned']![0]!).match(/git rebase/g)).toHaveLength(1);
  });

  test('shows it once, too, where the commits of two people alternate', () => {
    const by = (about: string, command: string) => aFinding({ about, says: words`Commit ${code(about)}.`, commands: [command] });
    const findings = [by('a1', 'git one'), by('b1', 'git two'), by('a2', 'git one'), by('b2', 'git two')];
    const lines = terminal(aVerdict({ rules: [aRuleVerdict({ findings })] })).split('\n');
    expect(lines.flatMap((line) => /Commit ..|git .*/.exec(line)?.[0] ?? [])).toEqual([
      'Commit a1',
      'Commit a2',
      'git one',
      'Commit b1',
      'Commit b2',
      'git two',
    ]);
  });

  test('shows it although the last of those findings is overridden', () => {
    const findings = [
      aFinding({ about: 'a', commands: ['git one'] }),
      { ...aFinding({ about: 'b', commands: ['git one'] }), isOverridden: true },
    ];
    expect(terminal(aVerdict({ rules: [aRuleVerdict({ findings })] }))).toContain('git one');
  });

  test('is colored only when asked', () => {
    const [, [verdict]] = all[0]!;
    expect(terminal(verdict!)).not.toContain('\u001b');
    expect(terminal(verdict!, { color: true })).toContain('\u001b[32m');
  });
});

test('the report of every case names the repository and is one document', () => {
  for (const [, verdicts] of all) expect(report(verdicts[0]!)).toMatch(/^# acme\/widget.*\n/);
});

describe('HTML', () => {
  test('escapes every value in text and in attributes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', ' ') }), (text) => {
        expect(html`<p title="${text}">${[text]}</p>`.text).toMatch(/^<p title="[^<>"']*">[^<>"']*<\/p>$/);
      }),
    );
    expect(html`${null}${undefined}${false}${0}${trusted('<b>')}${html`${'<'}`}`.text).toBe('0<b>&lt;');
  });

  test('links only to the web and within the site', () => {
    const links = ['javascript:alert(1)', '//evil.example', '/\\evil.example', 'data:x', 'https://a:b@example.org'];
    expect(links.map((url) => anchor(url, 'x').text)).toEqual(links.map(() => 'x'));
    expect(anchor('/demo/1', '<').text).toBe('<a href="/demo/1">&lt;</a>');
    expect(anchor('https://example.org/?a="b"', 'x').text).toBe('<a href="https://example.org/?a=%22b%22">x</a>');
  });

  const asText = (text: string): string => html`${text}`.text;

  test('a page holds no script, whatever a title holds', () => {
    const evil = '</title><script>alert(1)</script>';
    const verdict = aVerdict({ circumstances: { ...aVerdict().circumstances, title: evil, url: 'javascript:alert(1)' } });
    const pages = [
      verdictPage({ verdict, effects: effectsOf([verdict]), markdown: asText }),
      organizationPage({ owner: evil, verdicts: [verdict] }),
    ];
    for (const page of pages) {
      expect(page).not.toMatch(/<script|javascript:/);
      expect(page).toContain('<html lang="en">');
    }
  });

  test('every case has a page, and every table of one has headers with a scope', () => {
    for (const [, verdicts] of all) {
      const page = verdictPage({ verdict: verdicts[0]!, effects: effectsOf(verdicts), markdown: asText, nonce: 'n0' });
      expect(page).toContain('<style nonce="n0">');
    }
    const page = organizationPage({ owner: 'acme', verdicts: all.flatMap(([, verdicts]) => verdicts) });
    expect(page.match(/<th[ >]/g)?.length).toBe(page.match(/<th scope="(row|col)"/g)?.length);
  });

  test('an organization that was just installed has a page too', () => {
    expect(organizationPage({ owner: 'acme', verdicts: [] })).toContain('Nothing has been judged yet.');
  });
});

test('what is shown on GitHub names no time, which would change it at every look', () => {
  const folder = new URL('golden/', import.meta.url);
  for (const name of [...Object.keys(CASES)])
    expect(readFileSync(new URL(`${name}.md`, folder), 'utf8')).not.toMatch(/\d\d:\d\d:\d\d/);
});
