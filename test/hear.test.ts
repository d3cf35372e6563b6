/** What people say counts when it is theirs to say, once, and by the role that GitHub names at that moment. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../src/facts/answer.ts';
import { interview } from '../src/facts/gather.ts';
import type { Entry, KeptAgreement } from '../src/facts/register.ts';
import { CERTIFICATION, signingSentence } from '../src/facts/sentences.ts';
import type { AgreementSignature } from '../src/facts/source.ts';
import { hear, type Hearing } from '../src/spine/hear.ts';
import type { NamedAgreement } from '../src/policy/register-name.ts';
import { helpOf, overridesOf, refusedOf, signedBy } from '../src/verdict/heard.ts';
import type { Said } from '../src/verdict/said.ts';
import { judge } from '../src/verdict/judge.ts';
import type { Verdict } from '../src/verdict/verdict.ts';
import { aCommit, aContribution, anAccount, aSource } from './support/builders.ts';
import { aCase, aFinding, aPolicy, NOW, PULL, shaOf } from './verdict/case.ts';

const [a, b] = [shaOf('a'), shaOf('b')];
const MIA = { accountId: 9, login: 'mia' };
const JANE = { accountId: 1, login: 'jane' };
const REASON = 'agreed on the mailing list';
const ICLA: NamedAgreement = {
  ...{ id: 'icla', title: 'Widget Agreement', version: '1.2', kind: 'individual' },
  ...{ text: 'https://acme.example/icla.txt', register: 'acme/icla' },
};
const CCLA: NamedAgreement = { ...ICLA, id: 'ccla', title: 'Widget Company Agreement', kind: 'corporate', register: 'acme/ccla' };
const KEPT: KeptAgreement = {
  ...ICLA,
  agreement: 'acme/icla',
  source: ICLA.text,
  text: 'I agree.',
  digest: 'd1',
  at: '2026-01-01T00:00:00Z',
};

let ids = 0;
function saying(text: string, more: Partial<Said> = {}): Said {
  ids += 1;
  const place = { commentId: 100 + ids, url: `https://github.com/acme/widget/pull/7#issuecomment-${100 + ids}` };
  const kept = { body: null, digest: null, seen: seen(), decision: null };
  return { id: ids, kind: 'command', ...MIA, text, at: '2026-03-10T11:00:00Z', ...place, ...kept, ...more };
}

/** The verdict that stood: one commit fails. */
const seen = (sha = a): Verdict => judge(aCase({ dco: [aFinding('fail', sha)] }, { sha }));

interface World extends Partial<Hearing> {
  readonly role?: string | null;
  readonly signatures?: readonly AgreementSignature[];
  readonly byComment?: string;
  readonly commits?: Parameters<typeof aSource>[0]['commits'];
}

/** A hearing in which mia maintains, jane contributes, and the verdict is known; with what it asked and entered. */
function aHearing(world: World = {}) {
  const { role = 'maintain', signatures = [], byComment = 'all', commits, ...more } = world;
  const own = commits ?? [aCommit('One', { sha: a, authorAccount: anAccount('jane', 1) })];
  const source = aSource({ base: {}, commits: own, instead: { contribution: () => Promise.resolve(known(aContribution())) } });
  const asked: string[] = [];
  const entered: Entry[] = [];
  const bare = aPolicy(['dco', 'cla']);
  const policy = { ...bare, rules: { ...bare.rules, dco: { ...bare.rules['dco']!, options: { byComment } } } };
  const hearing: Hearing = {
    ...{
      subject: PULL,
      isOpen: true,
      policy,
      asked: ['dco', 'cla'],
      agreements: [ICLA, CCLA],
      ask: interview(source),
    },
    agreement: () => Promise.resolve(known(KEPT)),
    platform: { permission: (_subject, { login }) => (asked.push(login), Promise.resolve(role)) },
    memory: {
      register: () => Promise.resolve({ signatures, companies: [] }),
      enter: (entry) => (entered.push(entry), Promise.resolve(true)),
    },
    now: () => NOW,
    ...more,
  };
  return { hearing, asked, entered };
}

async function decision(said: Said, world: World = {}) {
  const { hearing, asked, entered } = aHearing(world);
  const { fresh } = await hear([said], hearing);
  return { ...fresh[0]?.decision, asked, entered };
}

describe('an override', () => {
  const command = `override dco because ${REASON}`;

  test('by a maintainer is accepted, for what the verdict that stood had found, with the role that GitHub named', async () => {
    expect(await decision(saying(command, { seen: seen(b) }))).toMatchObject({
      ...{ outcome: 'accepted', reason: null, permission: 'maintain', covers: [b], at: NOW.toISOString(), asked: ['mia'] },
    });
  });

  test('answers for nothing where no verdict stood when it was written', async () => {
    const found = await decision(saying(command, { seen: null }));
    expect(found).toMatchObject({ outcome: 'refused', covers: [], asked: [] });
    expect(found.reason).toContain('had not looked at this pull request yet');
  });

  test.each([
    ['admin', 'maintain', 'accepted'],
    ['maintain', 'maintain', 'accepted'],
    ['write', 'maintain', 'refused'],
    ['write', 'write', 'accepted'],
    ['maintain', 'admin', 'refused'],
    ['triage', 'write', 'refused'],
    ['nobody', 'write', 'refused'],
    [null, 'write', 'refused'],
  ] as const)('with the role %s where policy wants %s is %s', async (role, mayOverride, outcome) => {
    const { hearing } = aHearing();
    expect(await decision(saying(command), { role, policy: { ...hearing.policy, mayOverride } })).toMatchObject({ outcome });
  });

  test('is refused with the role that is missing and who to ask', async () => {
    expect((await decision(saying(command), { role: 'read' })).reason).toBe(
      'Overriding a rule takes the role "maintain" or a higher one here, and GitHub says that yours is "read". Ask somebody who has it.',
    );
  });

  test('is refused where policy lets nobody, and GitHub is not asked', async () => {
    const { hearing } = aHearing();
    const decided = await decision(saying(command), { policy: { ...hearing.policy, mayOverride: 'nobody' } });
    expect(decided).toMatchObject({ outcome: 'refused', asked: [] });
  });

  test('of one’s own pull request is refused, whatever the role', async () => {
    expect(await decision(saying(command, JANE), { commits: [], role: 'admin' })).toMatchObject({
      ...{ outcome: 'refused', reason: 'You opened this pull request, so somebody else has to answer for it.', asked: [] },
    });
  });

  test.each([
    ['author', { authorAccount: anAccount('mia', 9) }],
    ['committer', { committerAccount: anAccount('mia', 9) }],
    ['co-author', { coAuthors: [{ name: 'Mia', email: 'mia@example.org', account: anAccount('mia', 9) }] }],
  ])('by the %s of a commit is refused', async (_role, people) => {
    const decided = await decision(saying(command), { commits: [aCommit('One', { sha: a, ...people })] });
    expect(decided.reason).toBe('You took part in commit aaaaaaa, so somebody else has to answer for it.');
  });

  describe('by somebody who only merged the base branch into it', () => {
    const merged = { parents: [a, shaOf('c')], authorAccount: anAccount('mia', 9), committerAccount: null };
    const branch = [
      aCommit('One', { sha: a, authorAccount: anAccount('jane', 1) }),
      aCommit('Merge main', { sha: b, ...merged }),
    ];

    test('is accepted: a merge is nobody’s contribution', async () => {
      expect(await decision(saying(command), { commits: branch })).toMatchObject({ outcome: 'accepted', covers: [a] });
    });

    test('is refused where the merge itself is what stands in the way', async () => {
      const decided = await decision(saying(command, { seen: seen(b) }), { commits: branch });
      expect(decided.reason).toContain('You took part in commit bbbbbbb');
    });

    test('is refused where another commit is theirs as well', async () => {
      const more = aCommit('More', { sha: shaOf('d'), authorAccount: anAccount('mia', 9) });
      expect((await decision(saying(command), { commits: [...branch, more] })).reason).toContain('commit ddddddd');
    });
  });

  test('is refused while GitHub does not tell whose commits these are', async () => {
    const source = aSource({ base: {}, instead: { commits: () => Promise.resolve(unknown('GitHub is down')) } });
    expect(await decision(saying(command), { ask: interview(source) })).toMatchObject({ outcome: 'refused', asked: [] });
  });

  test('of what passes is refused: there is nothing to answer for', async () => {
    const passing = judge(aCase({ dco: [aFinding('pass', a)] }));
    expect(await decision(saying(command, { seen: passing }))).toMatchObject({ outcome: 'refused', asked: [] });
  });

  test('on a closed pull request is refused: nothing is judged there any more', async () => {
    expect((await decision(saying(command), { isOpen: false })).reason).toContain('This pull request is closed.');
  });

  test('on an issue is refused', async () => {
    const subject = { kind: 'repository', owner: 'acme', repo: 'widget' } as const;
    expect((await decision(saying(command), { subject })).reason).toContain('on pull requests only');
  });

  test.each([
    ['override dco', 'An override is written in one line: "/steward override RULE because REASON".'],
    ['override dco because', 'An override needs a reason of at least 10 characters'],
    ['override dco because fine', 'An override needs a reason of at least 10 characters'],
    [`override dco because ${'x'.repeat(501)}`, 'has at most 500 characters, and this one has 501'],
    [`override dcoo because ${REASON}`, '"dcoo" is not a rule that is asked here. These are: dco, cla. Did you mean "dco"?'],
    [`override license-file because ${REASON}`, '"license-file" is not a rule that is asked here.'],
    [
      'status',
      '"status" is not a command. Steward knows "/steward recheck", "/steward override RULE because REASON" and "/steward waive RULE until YYYY-MM-DD because REASON".',
    ],
    ['recheckk', 'Did you mean "/steward recheck"?'],
    ['\u202eoverride', '"\\u{202e}override" is not a command.'],
  ])('written as %j is told how it is done', async (text, reason) => {
    expect(await decision(saying(text))).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining(reason),
      asked: [],
    });
  });

  test.each([`OVERRIDE DCO Because ${REASON}`, `override \`dco\` because ${REASON}`])('reads %j', async (text) => {
    expect(await decision(saying(text))).toMatchObject({ outcome: 'accepted' });
  });

  test('takes effect as long as policy takes the word of that role', async () => {
    const { fresh } = await hear([saying(command)], aHearing().hearing);
    expect(overridesOf(fresh, { mayOverride: 'maintain' })).toEqual([
      {
        ...{ rule: 'dco', by: { login: 'mia', accountId: 9 }, permission: 'maintain', reason: REASON, covers: [a] },
        ...{ at: '2026-03-10T11:00:00Z', url: fresh[0]?.url },
      },
    ]);
    expect(overridesOf(fresh, { mayOverride: 'admin' })).toEqual([]);
    expect(overridesOf(fresh, { mayOverride: 'nobody' })).toEqual([]);
  });

  test('that was decided is never decided again', async () => {
    const { hearing, asked } = aHearing();
    const { fresh } = await hear([saying(command)], hearing);
    const again = await hear(fresh, hearing);
    expect([again.said, again.fresh, asked]).toEqual([fresh, [], ['mia']]);
  });
});

describe('asking for a waiver', () => {
  const command = 'waive dco until 2026-06-30 because it was signed on paper';
  const terms = async (maxDays: number | null, text = command) => {
    const { hearing } = aHearing();
    return decision(saying(text, JANE), { policy: { ...hearing.policy, waivers: { approvers: [], maxDays } } });
  };

  test('is open to anybody, asks GitHub for no role, and covers nothing', async () => {
    expect(await decision(saying(command, JANE), { role: null })).toMatchObject({
      ...{ outcome: 'accepted', reason: null, permission: null, covers: [], asked: [] },
    });
  });

  test('works on an issue, on a closed pull request, and for a rule that is asked elsewhere in the repository', async () => {
    const subject = { kind: 'repository', owner: 'acme', repo: 'widget' } as const;
    expect(await decision(saying(command), { subject, asked: [] })).toMatchObject({ outcome: 'accepted' });
    expect(await decision(saying(command), { isOpen: false })).toMatchObject({ outcome: 'accepted' });
  });

  test.each([
    ['waive dco', 'A waiver is asked for in one line: "/steward waive RULE until YYYY-MM-DD because REASON".'],
    ['waive dco because it was signed on paper', 'A waiver is asked for in one line'],
    [
      'waive dco until 2026-02-30 because it was signed on paper',
      '"2026-02-30" is no day of the calendar. Write the last day as YYYY-MM-DD.',
    ],
    ['waive dco until Friday because it was signed on paper', '"Friday" is no day of the calendar.'],
    ['waive dco until 2026-06-30 because fine', 'A waiver needs a reason of at least 10 characters'],
    [
      `waive dco until 2026-06-30 because ${'x'.repeat(501)}`,
      'The reason of a waiver has at most 500 characters, and this one has 501.',
    ],
    [
      'waive dcoo until 2026-06-30 because it was signed on paper',
      '"dcoo" is not a rule that is asked here. These are: dco, cla. Did you mean "dco"?',
    ],
    ['waive constructor until 2026-06-30 because it was signed on paper', '"constructor" is not a rule that is asked here.'],
    [
      'waive dco until 2026-03-10 because it was signed on paper',
      '2026-03-10 is no later day than today, 2026-03-10 in UTC. Write a day to come.',
    ],
  ])('as %j is told how it is done', async (text, reason) => {
    expect(await decision(saying(text))).toMatchObject({ outcome: 'refused', reason: expect.stringContaining(reason) });
  });

  test('for a rule that is off is refused', async () => {
    const { hearing } = aHearing();
    const policy = { ...hearing.policy, rules: aPolicy(['dco'], 'off').rules };
    expect((await decision(saying(command), { policy })).reason).toContain('nothing to waive');
  });

  test('for longer than the policy allows is refused with the last day that it may have', async () => {
    expect(await terms(null)).toMatchObject({ outcome: 'accepted' });
    expect(await terms(112)).toMatchObject({ outcome: 'accepted' });
    expect((await terms(111)).reason).toBe('The policy lets a waiver last 111 days at most. Write 2026-06-29 or an earlier day.');
  });
});

describe('certifying by comment', () => {
  const sentence = (more: Partial<Said> = {}) =>
    saying(CERTIFICATION, { kind: 'sentence', ...JANE, body: CERTIFICATION, ...more });

  test('covers the commits that were judged when it was written', async () => {
    expect(await decision(sentence({ seen: seen(a) }))).toMatchObject({ outcome: 'accepted', covers: [a] });
  });

  test('is refused where policy does not take it', async () => {
    expect(await decision(sentence(), { byComment: 'off' })).toMatchObject({ outcome: 'refused' });
    expect(await decision(sentence(), { asked: ['cla'] })).toMatchObject({ outcome: 'refused' });
  });

  test('is refused to whoever wrote none of the commits, with the next step', async () => {
    expect((await decision(sentence(MIA))).reason).toContain('Add the address in your commits to your account');
  });

  test('before anything was judged covers nothing, and is asked for again', async () => {
    expect((await decision(sentence({ seen: null }))).reason).toContain('Write the sentence again.');
  });
});

describe('signing by comment', () => {
  const text = signingSentence(ICLA);
  const body = `Hello!\n${text}`;
  const sentence = (more: Partial<Said> = {}) => saying(text, { kind: 'sentence', ...JANE, body, digest: 'e1', ...more });

  test('enters the signature with the whole comment as evidence', async () => {
    const said = sentence();
    const { entered, ...decided } = await decision(said);
    expect(decided).toMatchObject({ outcome: 'accepted', covers: [] });
    const { commentId, url, at } = said;
    const evidence = { source: 'comment', key: `comment:${String(commentId)} acme/icla`, url, commentId, body, digest: 'e1' };
    expect(entered).toEqual([{ kind: 'signed', agreement: 'acme/icla', version: '1.2', text: 'd1', person: JANE, evidence, at }]);
  });

  test('of two agreements in one comment is two signatures', async () => {
    const second: NamedAgreement = { ...ICLA, id: 'patents', title: 'Patent Agreement', register: 'acme/patents' };
    const { hearing, entered } = aHearing({ agreements: [ICLA, second] });
    const one = sentence();
    await hear([one, { ...one, id: 999, text: signingSentence(second) }], hearing);
    expect(entered.map((entry) => 'agreement' in entry && entry.agreement)).toEqual(['acme/icla', 'acme/patents']);
    expect(new Set(entered.map(({ evidence }) => evidence.key)).size).toBe(2);
  });

  test('twice is once', async () => {
    const signature = { agreement: 'acme/icla', version: '1.2', accountId: 1, at: '2026-01-01T00:00:00Z', until: null };
    expect(await decision(sentence(), { signatures: [signature] })).toMatchObject({ outcome: 'accepted', entered: [] });
    const revoked = { ...signature, until: '2026-02-01T00:00:00Z' };
    expect((await decision(sentence(), { signatures: [revoked] })).entered).toHaveLength(1);
  });

  test('of another version or agreement is refused with the sentence to write', async () => {
    const other = (title: string, version: string) => sentence({ text: signingSentence({ title, version }) });
    expect(await decision(other(ICLA.title, '1.1'))).toMatchObject({
      ...{ outcome: 'refused', reason: `Version 1.1 is not the one in force. Write: ${text}`, entered: [] },
    });
    expect((await decision(other('Gadget Agreement', '1.2'))).reason).toBe(
      `No agreement of this title is asked for here. Write: ${text}`,
    );
  });

  test('a corporate agreement is refused: no person signs it in a comment', async () => {
    expect(await decision(sentence({ text: signingSentence(CCLA) }))).toMatchObject({ outcome: 'refused', entered: [] });
  });

  test('is refused where no agreement is asked for', async () => {
    expect(await decision(sentence(), { asked: ['dco'] })).toMatchObject({ outcome: 'refused', entered: [] });
  });

  test('counts on a closed pull request too: it holds everywhere', async () => {
    expect((await decision(sentence(), { isOpen: false })).entered).toHaveLength(1);
  });

  test('what cannot be read now is not signed, and decided another time', async () => {
    const { hearing, entered } = aHearing({ agreement: () => Promise.resolve(unknown('the address is down')) });
    expect([await hear([sentence()], hearing), entered]).toEqual([{ said: [], fresh: [] }, []]);
  });

  test('has every pull request looked at that waits for this person', async () => {
    const { fresh } = await hear([sentence(), sentence({ text: 'nothing of the kind' })], aHearing().hearing);
    expect(signedBy(fresh)).toEqual([1]);
  });
});

describe('what is told', () => {
  test('the button of the check run shows how a rule is overridden; other buttons ask for nothing', async () => {
    const pressed = async (text: string) =>
      helpOf((await hear([saying(text, { kind: 'action', commentId: null })], aHearing().hearing)).fresh);
    expect([await pressed('override'), await pressed('recheck')]).toEqual(['override', null]);
  });

  test('a recheck needs no answer', async () => {
    expect(await decision(saying('recheck'))).toMatchObject({ outcome: 'ignored', reason: null });
  });

  test('a refusal stays on the commit until the same person is followed', async () => {
    const { hearing } = aHearing();
    const no = await hear([saying('overide dco')], hearing);
    const told = refusedOf(no.fresh, null);
    expect(told).toEqual([{ login: 'mia', text: 'overide dco', reason: expect.stringContaining('is not a command') }]);
    expect(refusedOf([], { refused: told })).toEqual(told);
    const yes = await hear([saying(`override dco because ${REASON}`)], hearing);
    expect(refusedOf(yes.fresh, { refused: told })).toEqual([]);
  });

  test('at most five refusals are told, each cut to a readable length', async () => {
    const many = Array.from({ length: 9 }, (_, index) => saying(`${index} ${'x'.repeat(4000)}`));
    const told = refusedOf((await hear(many, aHearing().hearing)).fresh, null);
    expect(told).toHaveLength(5);
    expect(Math.max(...told.map(({ text }) => text.length))).toBe(201);
  });
});
