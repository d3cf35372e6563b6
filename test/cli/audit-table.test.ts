import { describe, expect, test } from '@jest/globals';
import { csvCell } from '../../src/cli/audit-table.ts';

describe('a cell of a CSV file', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])('%j is never a formula', (text) => {
    expect(csvCell(text).replaceAll('"', '')).toMatch(/^'/);
  });

  test.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['say "so"', '"say ""so"""'],
    ['two\nlines', '"two\nlines"'],
    ['=cmd|"/c calc"!A1', '"\'=cmd|""/c calc""!A1"'],
    ['', ''],
    ['a-b', 'a-b'],
  ])('%j is written %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });
});
