/** What people read of a preview, in public and in private, and that nothing foreign in it can act. */
import { describe, expect, test } from '@jest/globals';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { plain } from '../../src/facts/words.ts';
import type { Preview } from '../../src/verdict/preview.ts';
import { policyCheck } from '../../src/views/policy-check.ts';
import { previewConclusion, previewSection } from '../../src/views/preview.ts';
import { countLines, previewHeadline } from '../../src/views/preview-lines.ts';
import { aPreview, aPullRow, aRow, many, MIXED, PLANNED, reported, SPARED, STOPPED } from './previews.ts';

const SHA = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

describe('the check', () => {
  const of = (preview: Preview, more = {}) => {
    const { conclusion, title } = policyCheck(SHA, [], { preview: reported(preview, more) });
    return [conclusion, title];
  };

  test('is a success where nothing newly fails, and says so', () => {
    expect(of(aPreview([]))).toEqual(['success', 'Nothing would newly fail']);
  });

  test('is neutral where something newly fails within the limit, or cannot be told', () => {
    expect(of(many(3), { limit: 3 })).toEqual(['neutral', '3 repositories would newly fail']);
    expect(of(aPreview([aRow('one')]))).toEqual(['neutral', '1 repository would newly fail']);
    expect(of(aPreview([aRow('one', { failing: [], unknown: ['dco'] })]))).toEqual([
      'neutral',
      'No new failure is known; 1 cannot be told',
    ]);
  });

  test('never says that nothing fails where nothing was judged', () => {
    expect(of(aPreview([], { repositories: 0, pullRequests: 0 }))).toEqual(['neutral', 'Nothing is stored yet to judge by']);
  });

  test('fails over the limit, and says what to write to go on', () => {
    const preview = reported(many(12), { limit: 10 });
    expect(of(many(12), { limit: 10 })).toEqual(['failure', '12 repositories would newly fail; the limit is 10']);
    expect(previewSection(preview)).toContain('raise the limit with `maxNewFailures: 12` in this same change');
    expect(of(many(1), { limit: 0 })).toEqual(['failure', '1 repository would newly fail; the limit is 0']);
  });

  test('counts beside what fails now what will by plan, with the day', () => {
    expect(of(PLANNED)).toEqual(['neutral', '1 repository would newly fail, 3 by 2027-03-01']);
    expect(of(PLANNED, { limit: 3 })[0]).toBe('neutral');
    expect(of(aPreview(PLANNED.rows.slice(1)))).toEqual(['neutral', '2 repositories would newly fail by 2027-03-01']);
    expect(of(SPARED)).toEqual(['neutral', '1 repository would newly fail later']);
    const shown = previewSection(reported(PLANNED));
    expect(shown).toContain('In 2 more repositories something newly fails by 2027-03-01');
    expect(shown).toMatch(/`tools`.*\| `dco` from 2027-03-01 \|/);
  });

  test('fails where the plan passes the limit, and says what to allow', () => {
    expect(of(PLANNED, { limit: 2 })).toEqual(['failure', '3 repositories fail by 2027-03-01; the limit is 2']);
    expect(of(PLANNED, { limit: 0 })[1]).toBe('1 repository would newly fail; the limit is 0');
    expect(of(PLANNED, { limit: 2, isHeld: true })[1]).toBe('Held back: 3 repositories fail by 2027-03-01');
    expect(previewSection(reported(PLANNED, { limit: 2 }))).toContain('raise the limit with `maxNewFailures: 3`');
  });

  test('says how much was judged where the time ran out, and no limit lets that through', () => {
    expect(of(STOPPED)).toEqual(['neutral', 'Not previewed in time, 3200 of 10000 judged']);
    expect(of(STOPPED, { limit: 5_000 })[0]).toBe('failure');
    expect(of(STOPPED, { limit: 1, isHeld: true })[1]).toBe('Held back: not previewed in time, 3200 of 10000 judged');
    const shown = previewSection(reported(STOPPED, { limit: 5_000 }));
    expect(shown).toContain('Make the change in smaller parts');
    expect(shown).not.toContain('raise the limit');
    expect(of(aPreview([], { stopped: { judged: 12, all: null } }))[1]).toBe('Not previewed in time, 12 judged');
  });

  test('fails while a pushed policy is held back, and says that the last good version stays in force', () => {
    const run = policyCheck(SHA, [], { preview: reported(many(12), { limit: 10, isHeld: true }) });
    expect([run.conclusion, run.title]).toEqual(['failure', 'Held back: 12 repositories would newly fail']);
    expect(run.summary).toContain('the last good version stays in force');
    expect(run.summary).not.toContain('It governs from the moment');
  });

  test('links to the whole list, where there is a page', () => {
    expect(policyCheck(SHA, [], { preview: reported(MIXED) }).detailsUrl).toBe(
      'https://steward.example.org/policy/previews/4f1c2aQ',
    );
    expect(previewSection(reported(MIXED, { page: null, csv: null }))).not.toContain('The whole list');
  });
});

describe('private repositories', () => {
  test('are only counted where everybody may read the check', () => {
    const shown = previewSection(reported(MIXED));
    expect(shown).not.toContain('secret');
    expect(shown).toContain('1 row of private repositories is left out here. In 1 private repository something newly fails.');
  });

  test('are named in a private policy repository', () => {
    expect(previewSection(reported(MIXED, { isPublic: false }))).toContain('`secret`');
  });

  test('of other accounts are only counted, also in a private policy repository', () => {
    const theirs = { kind: 'pull-request', owner: 'beta', repo: 'hidden', number: 3 } as const;
    const preview = aPreview([
      aRow('own', { isPrivate: true }),
      aPullRow('hidden', 3, 'Their plan', { subject: theirs, isPrivate: true }),
      aRow('open', { subject: { kind: 'repository', owner: 'beta', repo: 'open' } }),
    ]);
    const shown = previewSection(reported(preview, { isPublic: false }));
    expect(shown).toContain('`own`');
    expect(shown).toContain('`beta/open`');
    expect(shown).not.toMatch(/hidden|Their plan/);
    expect(shown).toContain('1 row of private repositories is left out here. In 1 private repository something newly fails.');
  });
});

test('the worst twenty rows are shown, and the others counted', () => {
  const shown = previewSection(reported(many(30), { isPublic: false }));
  expect(shown.match(/^\| \[/gm)).toHaveLength(20);
  expect(shown).toContain('…and 10 more.');
});

test('what there is none of is not told', () => {
  expect(countLines(aPreview([]))).toEqual([]);
  expect(countLines(MIXED).map(plain)).toHaveLength(7);
});

test('names of other accounts are told whole', () => {
  const foreign = aRow('tool', { subject: { kind: 'repository', owner: 'beta', repo: 'tool' } });
  expect(previewSection(reported(aPreview([foreign])))).toContain('`beta/tool`');
});

describe('hostile text', () => {
  const HOSTILE = '</details><!-- | @everyone\n\n# x ``` [y](javascript:alert(1))';
  const hostile = aPreview([aPullRow('x', 1, HOSTILE, { url: 'javascript:alert(1)', failing: ['dco'] })], {
    waiversUsed: ['`|<b>', '[x](javascript:alert(1))'],
  });

  test('stays in its cell and links nowhere', () => {
    const shown = previewSection(reported(hostile));
    const row = shown.split('\n').find((line) => line.includes('`x#1`'));
    expect(row?.replace(/\\\|/g, '').match(/\|/g)).toHaveLength(6);
    const html = micromark(shown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
    expect([...html.matchAll(/<(\/?[a-z0-9]+)/g)].map(([, tag]) => tag)).not.toContain('b');
    expect(html).not.toMatch(/<!--|<\/details|href="javascript/);
  });

  test('fits, however much there is', () => {
    const rows = Array.from({ length: 500 }, (_, index) => aPullRow('x'.repeat(100), index, '|'.repeat(5_000)));
    const waivers = Array.from({ length: 2_000 }, (_, index) => `waiver-${index}`.padEnd(200, '|'));
    const run = policyCheck(SHA, [], { preview: reported(aPreview(rows, { waiversUsed: waivers, waiversNeedless: waivers })) });
    expect(run.summary.length).toBeLessThanOrEqual(65_535);
    expect(run.title.length).toBeLessThanOrEqual(60);
  });
});

test('headlines stay readable at a glance', () => {
  const count = { unknown: 12_345, repositories: 10_000, newFailuresLater: 10_000, laterBy: '2027-03-01T00:00:00.000Z' };
  const huge = aPreview([], { ...count, newFailures: 10_000 });
  const planned = aPreview([], { ...count, newFailures: 9_000 });
  const stopped = aPreview([], { ...count, newFailures: 1, stopped: { judged: 100_000, all: 1_000_000 } });
  for (const preview of [huge, planned, stopped]) {
    for (const isHeld of [true, false]) {
      for (const limit of [null, 9_999]) expect(previewHeadline({ preview, limit, isHeld }).length).toBeLessThanOrEqual(60);
    }
  }
  expect(previewConclusion(reported(huge))).toBe('neutral');
});
