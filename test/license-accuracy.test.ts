/** A small part of what `npm run bench -- --only licenses` measures, so that no change makes the answers worse unseen. */
import { describe, expect, test } from '@jest/globals';
import { licenseDetector } from '../src/server/license-detector.ts';
import { judgeCase, type Case } from './support/license-case.ts';
import { materialEdits, reported } from './support/license-edits.ts';
import { DISTINCT, textOf } from './support/license-families.ts';
import { withoutLicense } from './support/license-headers.ts';
import { LAYOUTS } from './support/license-layouts.ts';
import { multipleLicenses } from './support/license-multiple.ts';
import { notices } from './support/license-notices.ts';
import { Random } from './support/random.ts';

const detect = licenseDetector();
const random = new Random(2026);

/** Texts of up to this length keep the suite short; the longest ones are measured by the bench. */
const SHORT = 6_000;
const SHORT_IDS = DISTINCT.filter((id) => textOf(id).length < SHORT);

/** What was not answered as wanted, in a line each. */
function missed(cases: readonly Case[], fold = true): readonly string[] {
  return cases.flatMap((one) => {
    const detection = detect(one.text);
    const judgment = judgeCase(one, detection, fold);
    return judgment === 'exact' ? [] : [`${one.name} is ${judgment}: ${detection.expression ?? detection.reason ?? 'nothing'}`];
  });
}

function every<T>(all: readonly T[], count: number): readonly T[] {
  const step = all.length / count;
  return Array.from({ length: count }, (_, nth) => all[Math.floor(nth * step)]!);
}

test('texts of the SPDX list are named', () => {
  expect(missed(every(SHORT_IDS, 60).map((id) => ({ name: id, text: textOf(id), wanted: [id] })))).toEqual([]);
});

test.each(Object.keys(LAYOUTS))('a text that is %s is named all the same, and not said to be altered', (layout) => {
  const ids = ['MIT', 'BSD-3-Clause', 'ISC', 'Zlib'];
  expect(missed(ids.map((id) => ({ name: id, text: LAYOUTS[layout]!(textOf(id), random), wanted: [id] })))).toEqual([]);
});

test('headers and notices are named with the suffix that they state', () => {
  expect(missed(every(notices(), 26), false)).toEqual([]);
});

test('texts without a license have none, though they name one', () => {
  expect(missed(every(withoutLicense(), 30).map((text) => ({ name: text, text, wanted: [] })))).toEqual([]);
});

test('files with several short licenses are named by all of them', () => {
  const short = multipleLicenses(60, 2026).filter(({ text }) => text.length < SHORT);
  expect(missed(short.slice(0, 8))).toEqual([]);
});

describe('an edit that changes the meaning', () => {
  const answers = every(
    materialEdits(2026).filter(({ text }) => text.length < SHORT),
    40,
  ).map((one) => ({ one, ...reported(one, detect(one.text)) }));

  test('is reported, or makes the text of another license', () => {
    expect(answers.filter(({ as }) => as === 'accepted' || as === 'not named').map(({ one }) => one.name)).toEqual([]);
  });

  test('is shown by its words', () => {
    // MIT without its condition is nearer to MIT-0, so the words shown are those that MIT-0 does not have.
    const others = answers.filter(({ one }) => !/^MIT: .*sentence removed/.test(one.name));
    expect(others.filter(({ isShown }) => !isShown).map(({ one }) => one.name)).toEqual([]);
  });
});

describe('licenses that are easily taken for one another', () => {
  const apache = textOf('Apache-2.0');
  const mit = textOf('MIT');
  test.each<[string, string, string]>([
    ['Apache without its appendix is not Pixar', apache.slice(0, apache.indexOf('APPENDIX')), 'Apache-2.0'],
    ['Pixar', textOf('Pixar'), 'Pixar'],
    ['MIT', mit, 'MIT'],
    ['JSON is MIT with one sentence more', textOf('JSON'), 'JSON'],
    ['MIT-0 is MIT without its condition', textOf('MIT-0'), 'MIT-0'],
    ['BSD with two clauses', textOf('BSD-2-Clause'), 'BSD-2-Clause'],
    ['BSD with three clauses', textOf('BSD-3-Clause'), 'BSD-3-Clause'],
    ['BSD with views', textOf('BSD-2-Clause-Views'), 'BSD-2-Clause-Views'],
    ['BSD with advertising', textOf('BSD-4-Clause'), 'BSD-4-Clause'],
    ['ISC', textOf('ISC'), 'ISC'],
    ['0BSD is ISC without its condition', textOf('0BSD'), '0BSD'],
    ['MPL', textOf('MPL-2.0'), 'MPL-2.0'],
  ])('%s', (_, text, id) => {
    const { expression, modified } = detect(text);
    expect({ expression, modified }).toEqual({ expression: id, modified: null });
  });

  test('MIT without its condition is no MIT', () => {
    const { expression, modified } = detect(mit.replace(/The above copyright notice[\s\S]*?Software\.\n/, ''));
    expect({ expression, isModified: modified !== null }).toEqual({ expression: null, isModified: true });
  });
});
