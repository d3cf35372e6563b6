/** What a proposed waiver is told before anybody merges it: an approver who may not approve, and repositories that are not there. */
import { describe, expect, test } from '@jest/globals';
import { problemText } from '../../src/policy/problem.ts';
import { waiversInForce } from '../../src/policy/waivers/in-force.ts';
import { parseWaiver } from '../../src/policy/waivers/parse.ts';
import { hopedApproval, openApprover, unknownRepositories } from '../../src/policy/waivers/proposed.ts';
import { RULES } from './rules.ts';

const SOURCE = 'acme/.github:.github/steward/waivers/w.yml';
const NOW = new Date('2027-01-11T00:00:00Z');

function proposed(repositories = '[rocket]') {
  const text = `rule: dco\nrepositories: ${repositories}\nreason: It was signed on paper.\napprover: Grace\nuntil: 2027-03-31\n`;
  const file = { layer: 'organization', source: SOURCE, commit: null, oid: 'f', text } as const;
  const { waiver, places } = parseWaiver(file, RULES) as Extract<ReturnType<typeof parseWaiver>, { problems: readonly [] }>;
  return { file, waiver, places };
}

/** Whether it would count, and what is said of its approver. */
function told(approvers: readonly string[], members: readonly string[] | null = null, author = 'ada') {
  const { file, waiver, places } = proposed();
  const prospect = { approvers, members: members && new Set(members) };
  const approval = hopedApproval(waiver, prospect, { author, pull: 7, mergedAt: NOW.toISOString() });
  const { granted, problems } = waiversInForce([{ file, approval }], { approvers, maxDays: null }, RULES, NOW);
  const all = [...problems, ...openApprover(waiver, places, prospect)];
  return { counts: granted.length === 1, says: all.map((one) => `${one.severity} ${problemText(one)}`) };
}

describe('the approver that a proposed waiver names', () => {
  test('is an error where the policy names others, with their list', () => {
    expect(told(['eve', 'hal'])).toEqual({
      counts: false,
      says: [
        `error ${SOURCE}:4:11 approver: This waiver does not count: Grace is not among those who approve waivers (eve, hal). Name one of them, or add Grace to "waivers.approvers" of the policy.`,
      ],
    });
  });

  test('is an error where it belongs to none of the teams', () => {
    expect(told(['team:office', 'hal'], [])).toMatchObject({
      counts: false,
      says: [expect.stringMatching(/^error .*\(team:office, hal\)/)],
    });
  });

  test.each([
    ['nobody is listed', [], null],
    ['it is listed by name', ['team:office', 'GRACE'], null],
    ['it belongs to a team', ['team:office'], ['grace']],
  ])('is fine where %s', (_, approvers, members) => {
    expect(told(approvers, members)).toEqual({ counts: true, says: [] });
  });

  test('is told to be open where the members of teams are not known', () => {
    expect(told(['team:office'])).toEqual({
      counts: true,
      says: [
        `notice ${SOURCE}:4:11 approver: Whether "Grace" may approve this waiver is not known before the merge: those who may are team:office. Make sure that it is one of them, or a member of one of these teams.`,
      ],
    });
  });

  test('is an error where it opened the pull request', () => {
    expect(told([], null, 'grace')).toMatchObject({
      counts: false,
      says: [expect.stringMatching(/^error .*4:11 approver: .*nobody waives for themselves/)],
    });
  });
});

describe('the repositories of a proposed waiver', () => {
  const unknown = (repositories: string, ...names: readonly string[]) => {
    const { waiver, places } = proposed(repositories);
    return unknownRepositories(waiver, places, new Set(names)).map((one) => `${one.severity} ${problemText(one)}`);
  };

  test('that nobody knows are told, each in its place', () => {
    expect(unknown("[rocket, 'lib-*', Tools, 'x-?']", 'tools', 'x-1', 'lib')).toEqual([
      `notice ${SOURCE}:2:16 repositories[0]: No repository that Steward knows is called "rocket". Write its name as it is now, without the owner. One that is archived, or was never looked at, is not known.`,
      expect.stringContaining('2:24 repositories[1]: No repository that Steward knows is called "lib-*".'),
    ]);
  });

  test('are not told of while none is known at all', () => {
    expect(unknown('[rocket]')).toEqual([]);
  });
});
