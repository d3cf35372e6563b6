/** What is waived is never hidden, and whoever asks for a waiver gets a file that reads as it is meant, whatever they write. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { quote, words } from '../../src/facts/words.ts';
import { parseWaiver } from '../../src/policy/waivers/parse.ts';
import type { Granted } from '../../src/policy/waivers/waiver.ts';
import { rules } from '../../src/rules/index.ts';
import { checkRun } from '../../src/views/check-run.ts';
import { comment } from '../../src/views/comment.ts';
import { COMMENT_MARKER, ISSUE_MARKER, replyMarker } from '../../src/views/effect.ts';
import { firmness } from '../../src/views/firmness.ts';
import { issue } from '../../src/views/issue.ts';
import { sarif } from '../../src/views/sarif.ts';
import { terminal } from '../../src/views/terminal.ts';
import { replies, type ReplyPlace } from '../../src/views/waive-reply.ts';
import { aFinding, aPass, aRepositoryVerdict, aRuleVerdict, aVerdict } from '../support/verdicts.ts';
import { granted } from './cases.ts';

const bad = aFinding({ waivedBy: 'w', says: words`There is no line.` });
const rule = (waiver: Granted = granted('w'), more: Parameters<typeof aRuleVerdict>[0] = {}) =>
  aRuleVerdict({ findings: [bad], waivers: [waiver], ...more });

describe('what is waived', () => {
  test('makes a green check that says so in its title and tells why, who and until when', () => {
    const { title, conclusion, summary, annotations } = checkRun([aVerdict({ rules: [rule()] })]);
    expect([title, conclusion, annotations]).toEqual(['Nothing to fix; 1 rule is waived', 'success', []]);
    for (const part of ['2026-09-30', 'Ada signed on paper', '**mira**', '/acme/.github/pull/31', 'There is no line.'])
      expect(summary).toContain(part);
    expect(summary).not.toContain('⏰');
  });

  test.each([
    ['2026-03-15', 'not said'],
    ['2026-03-14', 'in 14 days'],
    ['2026-03-03', 'in 3 days'],
    ['2026-03-01', 'today'],
  ])('until %s has its end, seen on 2026-03-01, told as %s, and how it is renewed', (until, when) => {
    const { summary } = checkRun([aVerdict({ rules: [rule(granted('w', { until }))] })]);
    expect(/\*\*This waiver ends (.*?)\*\*/.exec(summary)?.[1] ?? 'not said').toBe(when);
    expect(summary.includes('set a later `until` in [`w`]')).toBe(when !== 'not said');
  });

  test('reads the same on every day in the comment and the issue', () => {
    const on = (at: string) => {
      const waived = rule(granted('w', { until: '2026-03-03' }));
      const open = aRuleVerdict({ id: 'x', findings: [aFinding()] });
      return [
        comment(aVerdict({ at, rules: [waived] })),
        comment(aVerdict({ at, rules: [waived, open] })),
        issue(aRepositoryVerdict({ at, rules: [waived] })),
        issue(aRepositoryVerdict({ at, rules: [waived, open] })),
      ];
    };
    expect(on('2026-03-02T12:00:00.000Z')).toEqual(on('2026-02-01T12:00:00.000Z'));
  });

  test('is no task, and closes an issue in which nothing else is left', () => {
    const waived = rule();
    const closed = issue(aRepositoryVerdict({ rules: [waived] }));
    expect(closed).toMatchObject({ state: 'closed', body: expect.stringContaining('#### Waived') });
    const open = issue(aRepositoryVerdict({ rules: [waived, aRuleVerdict({ id: 'x', findings: [aFinding()] })] }));
    expect(open).toMatchObject({ state: 'open', body: expect.stringContaining('#### Waived') });
    expect(open?.body.match(/- \[ \]/g)).toHaveLength(1);
  });

  test('posts no comment by itself, and stands in one that is there', () => {
    expect(comment(aVerdict({ rules: [rule()] }))).toMatchObject({
      mode: 'edit-only',
      body: expect.stringContaining('ℹ️ **Waived: “Every commit is signed off”.** Until 2026-09-30'),
    });
  });

  test('is a suppressed result in SARIF, and marked in a terminal', () => {
    const verdict = aVerdict({ rules: [rule(granted('w'), { findings: [bad, aFinding({ about: 'b' })] })] });
    const [run] = sarif(verdict).runs;
    expect(run?.results.map(({ suppressions }) => suppressions)).toEqual([
      [
        {
          ...{ kind: 'external', status: 'accepted' },
          justification:
            'mira, until 2026-09-30: Ada signed on paper; the office keeps it. (https://github.com/acme/.github/pull/31)',
        },
      ],
      undefined,
    ]);
    expect(terminal(verdict)).toContain('    There is no line. (waived)');
    expect(terminal(aVerdict({ rules: [rule()] }))).toContain('✓ Every commit is signed off (dco, required, waived)');
  });

  test('until lately is named where it fails again, with the command for a new one', () => {
    const failing = aRuleVerdict({ findings: [aFinding()], endedWaivers: [granted('old', { until: '2026-02-28' })] });
    const bodies = [
      checkRun([aVerdict({ rules: [failing] })]).summary,
      comment(aVerdict({ rules: [failing] }))?.body,
      issue(aRepositoryVerdict({ rules: [failing] }))?.body,
    ];
    for (const body of bodies) {
      expect(body).toMatch(/A waiver covered this and ended: \[`old`\]\(.*old\.yml\) on 2026-02-28\./);
      expect(body).toContain('/steward waive dco until YYYY-MM-DD because …');
    }
  });

  test('for others, but not for whoever approved it, says so where it fails', () => {
    const failing = aRuleVerdict({ findings: [aFinding()], ownWaivers: [granted('old', { approvedBy: 'grace' })] });
    const verdict = aVerdict({ rules: [failing] });
    for (const body of [checkRun([verdict]).summary, comment(verdict)?.body]) {
      expect(body).toMatch(/The waiver \[`old`\]\(.*old\.yml\) is not for \*\*grace\*\*, who approved it\. Somebody else/);
    }
    expect(terminal(verdict)).toContain('The waiver old is not for grace, who approved it.');
  });

  test('by more waivers than anybody reads is counted', () => {
    const waivers = Array.from({ length: 40 }, (_, index) => granted(`w${index}`));
    const { summary } = checkRun([aVerdict({ rules: [rule(granted('w'), { waivers })] })]);
    expect(summary).toContain('- …and 35 more waivers.');
  });
});

describe('how firmly a rule is held', () => {
  const reached = { step: 0, aim: 'block', next: null, grace: null } as const;

  test('is told with what comes next, and with why it is milder', () => {
    const next = { enforce: 'block', from: '2027-03-01T00:00:00.000Z' } as const;
    const grace = { reason: 'first-contribution', until: null } as const;
    expect(firmness({ enforce: 'warn', rollout: { ...reached, next } })).toBe('Recommended until 2027-03-01, then required.');
    expect(firmness({ enforce: 'warn', rollout: { ...reached, grace } })).toBe('Held less firmly for a first contribution.');
    expect([firmness({ enforce: 'block', rollout: { ...reached, next } }), firmness({ enforce: 'warn' })]).toEqual(['', '']);
  });
});

const PLACE: ReplyPlace = {
  subject: { kind: 'repository', owner: 'acme', repo: 'widget' },
  policy: { waivers: { approvers: ['team:office', 'Jane', 'ada'], maxDays: null } },
  ...{ repository: 'acme/.github', hasRepository: true, branch: 'main', isPublic: true, isOpen: true },
};
const URL_OF_COMMENT = 'https://github.com/acme/widget/issues/7#issuecomment-55';

function asking(reason: string, more: Partial<Parameters<typeof replies>[0][number]> = {}) {
  const text = `waive dco until 2027-03-31 because ${reason}`;
  const decision = { outcome: 'accepted', reason: null } as const;
  return { ...({ kind: 'command', text, login: 'jane', commentId: 55, url: URL_OF_COMMENT, decision } as const), ...more };
}

/** The waiver that the link of a reply would create. */
function created(body: string) {
  const link = /\[Create the waiver file\]\(([^)\s]*)\)/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const { searchParams, pathname } = new URL(link);
  const source = `acme/.github:${searchParams.get('filename') ?? ''}`;
  const text = searchParams.get('value') ?? '';
  return {
    link,
    pathname,
    source,
    text,
    parsed: parseWaiver({ layer: 'organization', source, commit: null, oid: null, text }, rules),
  };
}

describe('the answer to whoever asks for a waiver', () => {
  test('has a link to the file, filled in, and says who approves it and who does not', () => {
    const [reply] = replies([asking('It was signed on paper.')], PLACE);
    expect(reply).toMatchObject({ kind: 'reply', number: 7, commentId: 55 });
    expect(reply?.body.startsWith(`${replyMarker(55)}\n`)).toBe(true);
    expect(reply?.body).toContain('2. One of **team:\u200boffice**, **ada** approves that pull request');
    const { pathname, source, parsed } = created(reply?.body ?? '');
    expect([pathname, source]).toEqual([
      '/acme/.github/new/main',
      'acme/.github:.github/steward/waivers/dco-widget-2027-03-31.yml',
    ]);
    expect(parsed.waiver).toMatchObject({
      ...{ rule: 'dco', scope: { repositories: ['widget'] }, reason: 'It was signed on paper.', until: '2027-03-31' },
      ...{ approver: 'ada', requestedBy: 'jane', discussion: URL_OF_COMMENT },
    });
  });

  test('leaves the approver open where the policy names none, so that the file does not count before somebody is named', () => {
    const place = { ...PLACE, policy: { waivers: { approvers: [], maxDays: null } }, branch: 'release/1' };
    const [reply] = replies([asking('It was signed on paper.')], place);
    const { parsed, text, pathname } = created(reply?.body ?? '');
    expect([parsed.waiver, parsed.problems.map(({ path }) => path)]).toEqual([null, ['approver']]);
    expect([pathname, text]).toEqual([
      '/acme/.github/new/release/1',
      expect.stringContaining('# The login of whoever approves this'),
    ]);
    expect(reply?.body).toContain('Somebody who may write in that repository approves');
  });

  test('tells nobody who approves waivers where the policy is not public', () => {
    const lists = [['team:secret-layoffs', 'boss'], ['jane'], []];
    const bodies = lists.map((approvers) => {
      const place = { ...PLACE, policy: { waivers: { approvers, maxDays: null } }, isPublic: false };
      return replies([asking('It was signed on paper.')], place)[0]?.body ?? '';
    });
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain('Somebody whom the policy names approves that pull request in a review');
    expect(bodies[0]).not.toMatch(/secret|boss/);
  });

  test('sends nobody to a page that is not there: without the policy repository, that is the first step', () => {
    const body = replies([asking('It was signed on paper.')], { ...PLACE, hasRepository: false, branch: null })[0]?.body ?? '';
    expect(body).toContain(
      '1. **[Create the policy repository](https://github.com/new?owner=acme&amp;name=.github)** `acme/.github` first',
    );
    expect(body).toContain(
      '2. **Create the waiver file**, as `.github/steward/waivers/dco-widget-2027-03-31.yml` with the text below',
    );
    expect(body).toContain('```yaml\nrule: dco\n');
    const empty = replies([asking('It was signed on paper.')], { ...PLACE, branch: null })[0]?.body ?? '';
    expect(empty).toContain('1. **Create the waiver file**, as `');
    for (const text of [body, empty]) expect(text).not.toMatch(/HEAD|filled in already/);
  });

  test('says that nobody else is named, where only whoever asks may approve', () => {
    const place = { ...PLACE, policy: { waivers: { approvers: ['JANE'], maxDays: null } } };
    expect(replies([asking('It was signed on paper.')], place)[0]?.body).toContain(
      '2. **Nobody but jane may approve waivers yet,** and nobody approves what they asked for. An administrator has to name somebody else under `waivers.approvers` in the policy.',
    );
  });

  test('is given once for a comment, on pull requests too, and to nothing else', () => {
    const pull = { commentId: 56, url: 'https://github.com/acme/widget/pull/8#issuecomment-56' };
    const given = replies(
      [
        asking('It was signed on paper.'),
        asking('It was signed on parchment.'),
        asking('It was signed on paper.', pull),
        asking('It was signed on paper.', { commentId: 57, decision: { outcome: 'refused', reason: null } }),
        asking('', { commentId: 58, text: 'override dco because it was signed on paper' }),
        asking('It was signed on paper.', { commentId: 59, kind: 'sentence' }),
        asking('It was signed on paper.', { commentId: null }),
        asking('It was signed on paper.', { commentId: 60, url: null }),
      ],
      PLACE,
    );
    expect(given.map(({ number, commentId }) => [number, commentId])).toEqual([
      [7, 55],
      [8, 56],
    ]);
  });
});

describe('a command that is refused', () => {
  const no = asking('', {
    text: 'waive dcoo until 2027-03-31 because @octocat said so',
    decision: { outcome: 'refused', reason: '"dcoo" is not a rule that is asked here. Did you mean "dco"?' },
  });

  test('is answered on an issue, which has no check to tell why', () => {
    expect(replies([no], PLACE).map(({ number, body }) => [number, body])).toEqual([
      [
        7,
        `${replyMarker(55)}\n**Nothing follows from this yet.** "dcoo" is not a rule that is asked here. Did you mean "dco"? Then write the command again, in a new comment.`,
      ],
    ]);
  });

  test('is told by the check on a pull request, and other commands have no answer', () => {
    const pull = { kind: 'pull-request', owner: 'acme', repo: 'widget', number: 7 } as const;
    expect(replies([no], { ...PLACE, subject: pull })).toEqual([]);
    // A closed one is not judged any more, so its check stays as it is.
    expect(replies([no], { ...PLACE, subject: pull, isOpen: false })).toMatchObject([{ number: 7, commentId: 55 }]);
    expect(replies([{ ...no, text: 'override dco because it was signed on paper' }], PLACE)).toEqual([]);
  });
});

const piece = fc.constantFrom(
  ...[
    '@octocat',
    '-->',
    '<!--',
    '</details>',
    '<b>',
    '|',
    '`',
    '```',
    '\n',
    '\r\n',
    '\u202e',
    '\u0007',
    '#12',
    '[x](y)',
    ': ',
    ' #',
    '- ',
  ],
  ...[
    'www.evil.example',
    '**',
    ' ',
    'é',
    '"',
    "'",
    '{',
    '&anchor',
    '*x',
    '!!js',
    '%',
    '---',
    '\ud800',
    '😀',
    'until 2020-01-01',
    ')',
    '&value=x',
  ],
);
const foreign = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => `${pieces.join('')} and ten more letters`);

test('whatever is written as a reason stays that reason in the file, in a link that a server takes', () => {
  fc.assert(
    fc.property(foreign, (reason) => {
      const [reply] = replies([asking(reason)], PLACE);
      const { link, parsed } = created(reply?.body ?? '');
      expect(link.length).toBeLessThanOrEqual(8000);
      expect(parsed.problems).toEqual([]);
      expect(parsed.waiver?.scope).toEqual({ repositories: ['widget'] });
      expect(parsed.waiver?.reason.replace(/\s+/g, ' ')).toBe(
        reason.trim().toWellFormed().replaceAll('\ufffd', '?').replace(/\s+/g, ' '),
      );
      expect(reply?.body).not.toMatch(/@octocat|<b>/);
    }),
  );
  const long = replies([asking('😀'.repeat(500))], PLACE)[0]?.body ?? '';
  expect(created(long).parsed.waiver?.reason).toBe('😀'.repeat(500));
});

test('whatever stands in a waiver stays text, in every view of it', () => {
  fc.assert(
    fc.property(foreign, foreign, (reason, name) => {
      const waiver = granted('w', { reason, approvedBy: name, requestedBy: name, id: 'w', until: '2026-03-03' });
      const part = rule(waiver, { findings: [bad, aFinding({ about: 'b', says: words`${quote(name)} is missing.` })] });
      const verdict = aVerdict({ rules: [part, aRuleVerdict({ id: 'x', findings: [aPass(words`Fine.`)] })] });
      const repository = aRepositoryVerdict({ rules: [rule(waiver)] });
      const bodies = [
        checkRun([verdict]).summary,
        comment(verdict)?.body.replace(COMMENT_MARKER, ''),
        issue(repository)?.body.replace(ISSUE_MARKER, ''),
        checkRun([aVerdict({ rules: [rule(waiver)] })]).summary,
      ];
      for (const body of bodies) expect(body).not.toMatch(/@octocat|[\u202e\u0007]|<!--|<b>|<\/details>|[^\\]\]\(y\)/);
      expect(terminal(verdict)).not.toMatch(/[\u202e\u0007]/);
    }),
  );
});
