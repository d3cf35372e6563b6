/** A waiver covers what it names and nothing else, until it ends; nothing that is covered becomes a pass. */
import { describe, expect, test } from '@jest/globals';
import { known } from '../../src/facts/answer.ts';
import { contribution } from '../../src/facts/commits.ts';
import { readGlob } from '../../src/facts/license/glob.ts';
import { plain, words } from '../../src/facts/words.ts';
import type { Granted, Waiver, WaiverScope } from '../../src/policy/waivers/waiver.ts';
import type { Finding } from '../../src/rules/rule.ts';
import { coversOf } from '../../src/verdict/overridden.ts';
import { waived } from '../../src/verdict/waived.ts';
import { matching } from '../../src/verdict/matching.ts';
import { judge } from '../../src/verdict/judge.ts';
import { verdict as verdictSchema } from '../../src/cli/schemas.ts';
import { aContribution } from '../support/builders.ts';
import { aCase, aFinding, anOverride, shaOf, type Circumstance, type Found } from './case.ts';

const [a, b] = [shaOf('a'), shaOf('b')];

function aWaiver(scope: Partial<WaiverScope> = {}, more: Partial<Granted> = {}): Granted {
  const until = more.until ?? '2026-12-31';
  return {
    ...{ id: 'w', source: 'acme/.github:.github/steward/waivers/w.yml', rule: 'dco', reason: 'It was signed on paper.' },
    ...{ scope: { repositories: ['widget'], ...scope }, code: null, approver: 'mia', requestedBy: null, until },
    ...{ discussion: null, approvedBy: 'mia', url: 'https://github.com/acme/.github/pull/31' },
    ends: new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000).toISOString(),
    ...more,
  };
}

function judged(found: Found, granted: readonly Granted[], more: Circumstance & { readonly ended?: readonly Waiver[] } = {}) {
  const { ended = [], ...rest } = more;
  return judge({ ...aCase(found, rest), waivers: { granted, ended, problems: [] } });
}

/** Which of the findings are covered. */
function covered(findings: readonly Finding[], scope: Partial<WaiverScope>, more: Circumstance = {}): readonly string[] {
  const [rule] = judged({ dco: findings }, [aWaiver(scope)], more).rules;
  return (rule?.findings ?? []).flatMap(({ about, waivedBy }) => (waivedBy === 'w' ? [about] : []));
}

const REPOSITORY = { on: 'repository', subject: { kind: 'repository', owner: 'acme', repo: 'widget' } } as const;

describe('a waiver of a rule', () => {
  test.each(['observe', 'warn', 'block'] as const)('held at %s makes what fails waived, and the check a success', (enforce) => {
    const verdict = judged({ dco: [aFinding('pass', a), aFinding('fail', b)] }, [aWaiver()], { enforce });
    expect([verdict.conclusion, verdict.rules[0]?.outcome]).toEqual(['success', 'waived']);
    expect(verdict.rules[0]?.findings.map(({ outcome, waivedBy }) => [outcome, waivedBy])).toEqual([
      ['pass', undefined],
      ['fail', 'w'],
    ]);
    expect(verdict.rules[0]?.waivers).toEqual([aWaiver()]);
  });

  test('that passes is not shown', () => {
    const [rule] = judged({ dco: [aFinding('pass', a)] }, [aWaiver()]).rules;
    expect([rule?.outcome, rule?.waivers]).toEqual(['pass', undefined]);
  });

  test.each([
    ['of another rule', { rule: 'cla' }, {}],
    ['for another repository', {}, { repositories: ['gadget', 'widget-*', 'idget'] }],
  ])('%s covers nothing', (_, more, scope) => {
    expect(judged({ dco: [aFinding('fail', a)] }, [aWaiver(scope, more)]).conclusion).toBe('failure');
  });

  test.each([['WIDGET'], ['wid*'], ['*'], ['?idget']])('for the repositories %j covers them', (pattern) => {
    expect(judged({ dco: [aFinding('fail', a)] }, [aWaiver({ repositories: [pattern] })]).conclusion).toBe('success');
  });

  test('covers what could not be checked, so that nothing waits for it', () => {
    const verdict = judged({ dco: null }, [aWaiver()]);
    expect([verdict.conclusion, verdict.rules[0]?.outcome, verdict.isIncomplete]).toEqual(['success', 'waived', false]);
  });

  test('does not touch what was there before, or what a maintainer answers for', () => {
    const overrides = [anOverride('dco', [a])];
    const verdict = judged({ dco: [aFinding('fail', a), aFinding('fail', b)] }, [aWaiver()], { overrides });
    expect(verdict.rules[0]).toMatchObject({ outcome: 'overridden', findings: [{ isOverridden: true }, { waivedBy: 'w' }] });
    expect(verdict.rules[0]?.findings[0]?.waivedBy).toBeUndefined();
    expect(verdict.conclusion).toBe('neutral');
  });

  test('leaves nothing to override, and is not counted by the headline', () => {
    const verdict = judged({ dco: [aFinding('fail', a)] }, [aWaiver()]);
    expect(coversOf('dco', verdict)).toEqual([]);
    const part = judged({ dco: [aFinding('fail', a, { login: 'jane' }), aFinding('fail', b)] }, [aWaiver({ people: ['jane'] })]);
    expect([part.conclusion, part.rules[0]?.outcome, part.rules[0]?.headline]).toEqual(['failure', 'fail', '1 of 2']);
  });

  test('is one of several for the same thing: the one that ends last counts', () => {
    const later = aWaiver({}, { id: 'later', until: '2027-01-31' });
    expect(judged({ dco: [aFinding('fail', a)] }, [aWaiver(), later]).rules[0]?.waivers).toEqual([later]);
  });

  test('covers the other rule too where one of both is enough, and says so', () => {
    const found = { dco: [aFinding('fail', a)], cla: [aFinding('fail', 'account:1', { commits: [a] })] };
    const verdict = judged(found, [aWaiver()], { certification: 'either', commits: [a] });
    expect(verdict.rules.map(({ outcome }) => outcome)).toEqual(['waived', 'exempt']);
    expect(plain(verdict.rules[1]?.findings[0]?.says ?? [])).toContain('A waiver covers it.');
  });
});

describe('a waiver of a part', () => {
  const inFile = (path: string) => aFinding('fail', `about ${path}`, { location: { path } });

  test('covers findings at its paths, those about a file of that name, and those that a file of that name would mend', () => {
    const findings = [
      inFile('vendor/a/b.c'),
      inFile('src/a.c'),
      aFinding('fail', 'vendor/x'),
      aFinding('fail', 'readme', { create: 'vendor/README' }),
    ];
    expect(covered(findings, { paths: ['vendor/**'] }, REPOSITORY)).toEqual(['about vendor/a/b.c', 'vendor/x', 'readme']);
  });

  test('of paths covers no commit and no person, however wide the pattern is', () => {
    expect(covered([aFinding('fail', a), aFinding('fail', 'account:1', { login: 'jane' })], { paths: ['**'] })).toEqual([]);
  });

  test('covers findings about its packages, by the patterns of exceptions', () => {
    const about = (packageUrl: string) => aFinding('fail', packageUrl, { packageUrl });
    const findings = [
      about('pkg:npm/left-pad@1.3.0'),
      about('pkg:npm/right-pad@1.0.0'),
      aFinding('fail', 'pkg:npm/left-pad@1.3.0 in words'),
    ];
    expect(covered(findings, { packages: ['pkg:npm/left-pad@1.*'] })).toEqual(['pkg:npm/left-pad@1.3.0']);
  });

  test('covers findings about its people, where the account is certain', () => {
    const findings = [
      aFinding('fail', 'account:1', { login: 'Jane' }),
      aFinding('fail', 'account:2', { login: 'bob' }),
      aFinding('fail', a),
    ];
    expect(covered(findings, { people: ['jane'] })).toEqual(['account:1']);
  });

  test('matches by all keys that it gives', () => {
    const finding = aFinding('fail', 'x', { login: 'jane', location: { path: 'a.lock' }, packageUrl: 'pkg:npm/x@1' });
    expect(covered([finding], { people: ['jane'], paths: ['*.lock'], packages: ['pkg:npm/x'] })).toEqual(['x']);
    expect(covered([finding], { people: ['bob'], paths: ['*.lock'], packages: ['pkg:npm/x'] })).toEqual([]);
    expect(covered([finding], { people: ['jane'], paths: ['*.toml'], packages: ['pkg:npm/x'] })).toEqual([]);
  });

  test.each([{ paths: ['**'] }, { packages: ['pkg:npm/*'] }, { people: ['jane'] }])(
    'covers nothing of what could not be checked yet: %j',
    (scope) => {
      const verdict = judged({ dco: null }, [aWaiver(scope)], REPOSITORY);
      expect([verdict.conclusion, verdict.isIncomplete]).toEqual(['action_required', true]);
    },
  );
});

describe('nobody waives for themselves: a waiver of Mia does not cover', () => {
  const OWN = { about: a, own: ['w'] };
  /** What stays open, and which waivers are named because they are its approver's own. */
  function open(findings: readonly Finding[] | null, more: Circumstance = {}) {
    const [rule] = judged({ dco: findings }, [aWaiver()], more).rules;
    const left = rule?.findings.filter(({ waivedBy }) => waivedBy === undefined).map(({ about }) => about);
    return { about: left?.join(' '), own: (rule?.ownWaivers ?? []).map(({ id }) => id) };
  }

  test('what contribution rules find on her own pull request, whoever wrote the commit', () => {
    expect(open([aFinding('fail', a)], { author: 'Mia' })).toEqual(OWN);
    expect(open([aFinding('fail', a, { login: 'jane' })], { author: 'mia' })).toEqual(OWN);
    expect(judged({ dco: null }, [aWaiver()], { author: 'mia' }).conclusion).toBe('action_required');
  });

  test('a finding about her on the pull request of somebody else; it covers the others there', () => {
    expect(open([aFinding('fail', a, { login: 'MIA' }), aFinding('fail', b)], { author: 'jane' })).toEqual(OWN);
  });

  test('her own where only the stored contribution tells who opened it', () => {
    const matter = aCase({ dco: [aFinding('fail', a)] });
    const opened = aContribution({ author: { ...aContribution().author!, login: 'mia' } });
    const facts = new Map([...matter.facts, [contribution().key, known(opened)]]);
    const verdict = judge({ ...matter, facts, waivers: { granted: [aWaiver()], ended: [], problems: [] } });
    expect(verdict.conclusion).toBe('failure');
  });

  test('but the files of the repository also on her pull request, since they are not her own', () => {
    const place = { rule: { id: 'dco', on: 'repository' }, repository: 'widget', author: 'mia' } as const;
    const findings = [aFinding('fail', 'readme'), aFinding('fail', 'owner', { login: 'mia' })];
    const own = findings.map((finding) => ({ ...finding, isExisting: false }));
    expect(waived(own, { granted: [aWaiver()] }, place).map(({ waivedBy }) => waivedBy)).toEqual(['w', undefined]);
  });

  test('another waiver of somebody else does, and then hers is not named', () => {
    const others = aWaiver({}, { id: 'other', approver: 'bob', approvedBy: 'bob' });
    const [rule] = judged({ dco: [aFinding('fail', a)] }, [aWaiver(), others], { author: 'mia' }).rules;
    expect([rule?.outcome, rule?.waivers, rule?.ownWaivers]).toEqual(['waived', [others], undefined]);
  });

  test('and one that ended and was hers is not named as what had covered it', () => {
    const ended = [aWaiver({}, { until: '2026-03-09' })];
    const [rule] = judged({ dco: [aFinding('fail', a)] }, [], { ended, author: 'mia' }).rules;
    expect(rule?.endedWaivers).toBeUndefined();
  });
});

describe('a waiver that ended', () => {
  const ended = (until: string): Waiver => aWaiver({}, { until });

  test.each([
    ['2026-03-09', 1],
    ['2026-02-09', 1],
    ['2026-02-07', 0],
  ])('on %s, seen on 2026-03-10, is named beside what fails again %d times', (until, times) => {
    const [rule] = judged({ dco: [aFinding('fail', a)] }, [], { ended: [ended(until)] }).rules;
    expect([rule?.outcome, rule?.endedWaivers?.length ?? 0]).toEqual(['fail', times]);
  });

  test('is not named where nothing fails, or where another one covers it', () => {
    const none = [judged({ dco: [aFinding('pass', a)] }, [], { ended: [ended('2026-03-09')] })];
    const another = judged({ dco: [aFinding('fail', a)] }, [aWaiver()], { ended: [ended('2026-03-09')] });
    expect([...none, another].map(({ rules }) => rules[0]?.endedWaivers)).toEqual([undefined, undefined]);
  });
});

describe('a verdict says when it changes by itself', () => {
  test('when a waiver that it uses is warned about or ends, whichever comes first', () => {
    const until = (waivers: readonly Granted[], outcome: Finding['outcome'] = 'fail') =>
      judged({ dco: [aFinding(outcome, a)] }, waivers).until;
    expect(until([aWaiver()])).toBe('2026-12-18T00:00:00.000Z');
    expect(until([aWaiver({}, { until: '2026-03-20' })])).toBe('2026-03-18T00:00:00.000Z');
    expect(until([aWaiver({}, { until: '2026-03-10' })])).toBe('2026-03-11T00:00:00.000Z');
    expect(until([aWaiver()], 'pass')).toBeUndefined();
  });

  test('or when its policy does', () => {
    const matter = aCase({ dco: [aFinding('fail', a)] });
    const at = (time: string) =>
      judge({ ...matter, policy: { ...matter.policy, until: time }, waivers: { granted: [aWaiver()], ended: [], problems: [] } });
    expect(at('2026-06-01T00:00:00.000Z').until).toBe('2026-06-01T00:00:00.000Z');
    expect(at('2027-06-01T00:00:00.000Z').until).toBe('2026-12-18T00:00:00.000Z');
  });
});

test('a verdict tells its groups, its pause and its roll-out, and is read by its schema; so is one without all of it', () => {
  const matter = aCase({ dco: [aFinding('fail', a, { login: 'jane', packageUrl: 'pkg:npm/x@1' })], cla: [aFinding('fail', a)] });
  const reached = { step: 0, aim: 'block', next: { enforce: 'block', from: '2027-03-01T00:00:00.000Z' }, grace: null } as const;
  const paused = {
    ...{ because: 'A rule went wrong.', until: null },
    origin: { layer: 'group', source: 'acme/.github:.github/steward.yml', line: 3, group: 'documentation' },
  } as const;
  const rules = { ...matter.policy.rules, dco: { ...matter.policy.rules['dco']!, rollout: reached } };
  const policy = { ...matter.policy, groups: ['documentation'], paused, rules };
  const { id, source, scope, reason, code, approver, requestedBy, discussion } = aWaiver();
  const ended = [{ id, source, scope, reason, code, approver, requestedBy, discussion, rule: 'cla', until: '2026-03-09' }];
  const verdict = judge({ ...matter, policy, waivers: { granted: [aWaiver()], ended, problems: [] } });
  expect(verdict).toMatchObject({
    conclusion: 'neutral',
    policy: { groups: ['documentation'], paused },
    rules: [{ rollout: reached }, {}],
  });
  expect(verdictSchema.parse(JSON.parse(JSON.stringify(verdict)))).toEqual(verdict);
  const ordinary = judge(aCase({ dco: [aFinding('pass', a)] }));
  expect(verdictSchema.parse(JSON.parse(JSON.stringify(ordinary)))).toEqual(ordinary);
  expect(['groups', 'paused'].filter((key) => key in ordinary.policy)).toEqual([]);
});

test('two thousand waivers do not slow down the judging of a thousand repositories', () => {
  const granted = Array.from({ length: 2000 }, (_, index) =>
    aWaiver({ repositories: [`repo-${index}`, `lib-${index}`] }, { id: `w-${index}` }),
  );
  const matter = aCase({ dco: [aFinding('fail', a, { says: words`No.` })] });
  const waivers = { granted, ended: [], problems: [] };
  const start = performance.now();
  const outcomes = Array.from({ length: 1000 }, (_, index) => {
    const subject = { kind: 'repository', owner: 'acme', repo: `repo-${index * 3}` } as const;
    return judge({ ...matter, rules: matter.rules.map((rule) => ({ ...rule, on: 'repository' })), subject, waivers }).rules[0]
      ?.outcome;
  });
  expect([outcomes.filter((outcome) => outcome === 'waived').length, performance.now() - start < 500]).toEqual([667, true]);
});

test('as many patterns as one organization may have are matched with three hundred findings in less than a second', () => {
  const granted = Array.from({ length: 100 }, (_, index) =>
    aWaiver(
      {
        repositories: Array.from({ length: 100 }, (_, other) => `*a${index % 7}*b${other % 5}*c*d${index}-${other}*`),
        paths: Array.from({ length: 100 }, (_, other) => `*b/*b*b*${index}-${other}`),
      },
      { id: `w-${index}` },
    ),
  );
  const place = { rule: { id: 'dco', on: 'repository' }, repository: 'a0a1a2b0b1b2cd0-0d'.repeat(5), author: null } as const;
  const findings = Array.from({ length: 300 }, (_, index) => ({
    ...aFinding('fail', `${'b'.repeat(90)}/${index}`),
    isExisting: false,
  }));
  const start = performance.now();
  const open = waived(findings, { granted }, place).filter(({ waivedBy }) => waivedBy === undefined);
  expect([open.length, performance.now() - start < 1000]).toEqual([300, true]);
});

test('what is equal is matched once, and beyond the most that is matched nothing is covered', () => {
  const { path } = matching(2);
  const [all, glob] = [readGlob('**', 'path'), readGlob('b', 'path')];
  if (!all.known || !glob.known) throw new Error('They are patterns.');
  const asked = [path(all.value, 'a'), path(all.value, 'a'), path(glob.value, 'b'), path(all.value, 'b'), path(all.value, 'a')];
  expect(asked).toEqual([true, true, true, false, true]);
});
