/** Overrides: the button, how it is done, and that what a maintainer answers for never looks like a success. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { quote, words } from '../../src/facts/words.ts';
import type { Override, Verdict } from '../../src/verdict/verdict.ts';
import { checkRun } from '../../src/views/check-run.ts';
import { comment } from '../../src/views/comment.ts';
import { COMMENT_MARKER } from '../../src/views/effect.ts';
import { LIMITS, READABLE_TITLE } from '../../src/views/fit.ts';
import { sarif } from '../../src/views/sarif.ts';
import { terminal } from '../../src/views/terminal.ts';
import { aFinding, aPass, aRepositoryVerdict, aRuleVerdict, aVerdict } from '../support/verdicts.ts';

const override: Override = {
  rule: 'dco',
  by: { login: 'mira', accountId: 7 },
  permission: 'maintain',
  reason: 'It was signed on paper.',
  at: '2026-03-02T09:30:00.000Z',
  url: 'https://github.com/acme/widget/pull/12#issuecomment-77',
  covers: [],
};
const failing = aRuleVerdict({ findings: [aFinding()] });
const overridden = aRuleVerdict({ findings: [aFinding({ isOverridden: true })], overrides: [override] });

describe('the button', () => {
  const buttons = (verdict: Verdict) => checkRun([verdict]).actions?.map(({ identifier }) => identifier) ?? [];

  test('is there where a required rule fails on a pull request', () => {
    expect(buttons(aVerdict({ rules: [failing] }))).toEqual(['override']);
    expect(buttons(aVerdict({ rules: [{ ...failing, enforce: 'warn' }] }))).toEqual([]);
    expect(buttons(aVerdict({ rules: [overridden] }))).toEqual([]);
    expect(buttons(aVerdict({ rules: [aRuleVerdict({ findings: [aPass(words`Fine.`)] })] }))).toEqual([]);
  });

  test('is not there in a merge queue or in a clone, and asks for a waiver where nobody may override', () => {
    const subject = { owner: 'acme', repo: 'widget', number: 12 } as const;
    expect(buttons(aVerdict({ rules: [failing], subject: { kind: 'merge-group', ...subject, headSha: 'c' } }))).toEqual([]);
    expect(buttons(aVerdict({ rules: [failing], subject: { kind: 'pull-request', ...subject, number: 0 } }))).toEqual([]);
    expect(buttons(aRepositoryVerdict({ rules: [failing] }))).toEqual([]);
    const policy = { ...aVerdict().policy, mayOverride: 'nobody' } as const;
    const [button] = checkRun([aVerdict({ rules: [failing], policy })]).actions ?? [];
    expect(button).toEqual({ label: 'Ask for a waiver…', description: expect.any(String), identifier: 'override' });
    expect(button?.description.length).toBeLessThanOrEqual(LIMITS.actionDescription);
  });

  test("stays inside GitHub's limits, and has a part in the hidden key", () => {
    const run = checkRun([aVerdict({ rules: [failing] })]);
    const [{ label, description, identifier } = { label: '', description: '', identifier: '' }] = run.actions ?? [];
    expect(label.length).toBeLessThanOrEqual(LIMITS.actionLabel);
    expect(description.length).toBeLessThanOrEqual(LIMITS.actionDescription);
    expect(identifier.length).toBeLessThanOrEqual(20);
    const policy = { ...aVerdict().policy, mayOverride: 'nobody' } as const;
    expect(checkRun([aVerdict({ rules: [failing], policy })]).externalId).not.toBe(run.externalId);
  });
});

describe('whoever pressed it', () => {
  const help = (verdict: Partial<Verdict>) => checkRun([aVerdict({ help: 'override', ...verdict })]).summary;

  test('reads the exact line for each rule that is in the way, and from whom it counts', () => {
    const waiting = aRuleVerdict({ id: 'cla', findings: [aFinding({ outcome: 'unknown' })] });
    const text = help({ rules: [failing, waiting, aRuleVerdict({ id: 'ok', findings: [aPass(words`Fine.`)] })] });
    expect(text).toContain('```text\n/steward override dco because …\n/steward override cla because …\n```');
    expect(text).toContain('the role `admin` or `maintain` on this repository');
  });

  test('is told where the policy lets nobody', () => {
    const policy = { ...aVerdict().policy, mayOverride: 'nobody' } as const;
    expect(help({ rules: [failing], policy })).toContain('lets nobody override a rule');
    expect(help({ rules: [failing], policy })).not.toContain('/steward override');
  });

  test('reads how a waiver is asked for and what it is, also where nobody overrides', () => {
    const policy = { ...aVerdict().policy, mayOverride: 'nobody' } as const;
    for (const text of [help({ rules: [failing] }), help({ rules: [failing], policy })]) {
      expect(text).toContain('```text\n/steward waive dco until YYYY-MM-DD because …\n```');
      expect(text).toContain('a waiver is an exception with a last day, approved in the policy repository');
    }
  });

  test('reads every role that is enough', () => {
    const roles = (mayOverride: Verdict['policy']['mayOverride']) =>
      /the role (.*) on this/.exec(help({ rules: [failing], policy: { ...aVerdict().policy, mayOverride } }))?.[1];
    expect([roles('admin'), roles('write')]).toEqual(['`admin`', '`admin`, `maintain` or `write`']);
  });
});

describe('a rule that a maintainer answers for', () => {
  test('is named in the title, with the maintainer, and the conclusion is not a success', () => {
    const run = checkRun([aVerdict({ rules: [overridden, aRuleVerdict({ id: 'x', findings: [aPass(words`Fine.`)] })] })]);
    expect([run.title, run.conclusion]).toEqual(['Overridden by @mira: dco', 'neutral']);
  });

  test('has a title that fits, whoever and however many there are', () => {
    const by = (login: string, id: string) =>
      aRuleVerdict({ ...overridden, id, overrides: [{ ...override, by: { login, accountId: 1 } }] });
    const title = (...logins: string[]) =>
      checkRun([aVerdict({ rules: logins.map((login, index) => by(login, `rule-number-${index}`)) })]).title;
    expect(title('a', 'b')).toBe('Overridden: rule-number-0, rule-number-1');
    expect(title(...Array.from({ length: 9 }, () => 'x'.repeat(39))).length).toBeLessThanOrEqual(READABLE_TITLE);
  });

  test('tells who, in which role, when, why, for what, and where it was said', () => {
    const { summary } = checkRun([aVerdict({ rules: [overridden] })]);
    for (const part of [
      '**mira**',
      '`maintain`',
      '2026-03-02 09:30 UTC',
      'It was signed on paper.',
      'issuecomment-77',
      'Something is missing.',
    ])
      expect(summary).toContain(part);
  });

  test('does not count among failures, and is told beside those that are left', () => {
    const rule = aRuleVerdict({
      findings: [aFinding({ isOverridden: true, says: words`One.` }), aFinding({ about: 'b', says: words`Two.` })],
      overrides: [override],
    });
    const { title, summary } = checkRun([aVerdict({ rules: [rule] })]);
    expect(title).toBe('Two');
    expect(summary.indexOf('- Two.')).toBeLessThan(summary.indexOf('For a part of it a maintainer answers'));
    expect(summary.match(/- One\./g)).toHaveLength(1);
  });

  test('is told in the comment without commits or times, and the comment is no longer posted', () => {
    const told = comment(aVerdict({ rules: [overridden] }));
    expect(told?.mode).toBe('edit-only');
    expect(told?.body).toContain(
      '⚠️ **Overridden: “Every commit is signed off”.** **mira** answers for it: “It was signed on paper.”',
    );
    expect(told?.body).not.toMatch(/2026|Something is missing|All well/);
  });

  test('is a suppressed result in SARIF, and no tick in a terminal', () => {
    const [run] = sarif(aVerdict({ rules: [overridden] })).runs;
    expect(run?.results).toMatchObject([
      { suppressions: [{ kind: 'external', status: 'accepted', justification: 'mira: It was signed on paper.' }] },
    ]);
    expect(terminal(aVerdict({ rules: [overridden] }))).toContain('! Every commit is signed off (dco, required, overridden)');
  });
});

describe('what was asked for and does not count', () => {
  const refused = [
    { login: 'ada', text: 'override dco because @everyone', reason: 'Nobody overrides a rule for work of their own.' },
  ];

  test('is told in the details, with the reason, and mentions nobody', () => {
    const { summary, text } = checkRun([aVerdict({ rules: [failing], refused })]);
    expect(text).toContain('It does not count: Nobody overrides a rule for work of their own.');
    expect(summary).not.toContain('work of their own');
    expect(text).not.toContain('@everyone');
  });

  test('stays out of the comment', () => {
    expect(comment(aVerdict({ rules: [failing], refused }))?.body).not.toContain('It does not count');
  });
});

test('whatever people write stays text, in every view of it', () => {
  const toHtml = (text: string): string =>
    micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const piece = fc.constantFrom(
    '@octocat',
    '-->',
    '<!--',
    '</details>',
    '<b>',
    '|',
    '`',
    '```',
    '\n',
    '\u202e',
    '\u0007',
    '#12',
    '[x](y)',
    'www.evil.example',
    '**',
    ' ',
    'é',
  );
  const foreign = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(foreign, foreign, foreign, (login, reason, text) => {
      const rule = aRuleVerdict({
        findings: [aFinding({ isOverridden: true }), aFinding({ isLasting: true, briefly: words`${quote(reason)} is missing.` })],
        overrides: [{ ...override, by: { login, accountId: 1 }, reason, url: null }],
      });
      const verdict = aVerdict({ rules: [rule], refused: [{ login, text, reason }], help: 'override' });
      const run = checkRun([verdict]);
      for (const body of [run.summary, run.text, comment(verdict)?.body.replace(COMMENT_MARKER, '') ?? '']) {
        expect(body).not.toMatch(/@octocat|[\u202e\u0007]/);
        const html = toHtml(body);
        expect(html).not.toMatch(/<!--|<b>|evil\.example"|href="y"/);
        expect(html.match(/<details>/g)?.length ?? 0).toBe(html.match(/<\/details>/g)?.length ?? 0);
      }
      expect(run.title).not.toMatch(/[\n\u202e\u0007]/);
      expect(terminal(verdict)).not.toMatch(/[\u202e\u0007]/);
    }),
  );
});
