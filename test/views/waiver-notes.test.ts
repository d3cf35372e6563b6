/** Administrators are told of waivers that end, once for all that end on the same day. */
import { expect, test } from '@jest/globals';
import type { Granted } from '../../src/policy/waivers/waiver.ts';
import { waiverNotes } from '../../src/views/waiver-notes.ts';

const waiver = (id: string, until = '2027-01-31', repository = id): Granted => ({
  ...{ id, source: `acme/.github:.github/steward/waivers/${id}.yml`, rule: 'dco', scope: { repositories: [repository] } },
  ...{ reason: 'It came from upstream.', code: null, approver: 'ada', requestedBy: null, until, discussion: null },
  ...{ approvedBy: 'ada', url: 'https://github.com/acme/.github/pull/1' },
  ends: new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000).toISOString(),
});

const at = (granted: readonly Granted[], now: string) => waiverNotes(granted, new Date(now));

test('a waiver is told of from 14 days and from 3 days before its end, and not earlier', () => {
  const one = [waiver('a')];
  expect(at(one, '2027-01-17T23:59:00Z')).toEqual([]);
  const marks = ['2027-01-18T00:00:00Z', '2027-01-28T23:59:00Z', '2027-01-29T00:00:00Z', '2027-01-31T23:00:00Z'];
  expect(marks.map((now) => at(one, now).map(({ key, body }) => [key, /in \d+ days?/.exec(body)?.[0]]))).toEqual([
    [['waivers 2027-01-31 14', 'in 14 days']],
    [['waivers 2027-01-31 14', 'in 4 days']],
    [['waivers 2027-01-31 3', 'in 3 days']],
    [['waivers 2027-01-31 3', 'in 1 day']],
  ]);
});

test('300 waivers that end on the same day make one note, and those of another day another', () => {
  const many = [...Array.from({ length: 300 }, (_, index) => waiver(`w${index}`)), waiver('other', '2027-01-30')];
  const [first, second, ...rest] = at(many, '2027-01-20T12:00:00Z');
  expect([first?.key, second?.key, rest]).toEqual(['waivers 2027-01-31 14', 'waivers 2027-01-30 14', []]);
  const lines = first?.body.split('\n') ?? [];
  expect(lines[0]).toBe('<!-- steward:note waivers 2027-01-31 14 -->');
  expect(lines[1]).toContain('300 waivers end after 2027-01-31, in 12 days.');
  expect([lines[3], lines.at(-1), lines.length]).toEqual(['- `w0` of the rule `dco` (approved by ada)', '- …and 280 more.', 24]);
});

test('a waiver that another one of the same scope follows is not told of', () => {
  expect(at([waiver('old', '2027-01-31', 'rocket'), waiver('new', '2027-06-30', 'rocket')], '2027-01-30T12:00:00Z')).toEqual([]);
});
