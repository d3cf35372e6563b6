import { expect, test } from '@jest/globals';
import { progressOn } from '../../src/cli/progress.ts';
import { aConsole, type KeptConsole } from '../support/console.ts';

function at(isWatched: boolean): { console: KeptConsole; tell: (seconds: number) => void } {
  let now = 0;
  const console = { ...aConsole(), isWatched, now: () => new Date(now) };
  const progress = progressOn(console);
  const tell = (seconds: number): void => {
    now = seconds * 1000;
    progress(`after ${seconds} s`);
  };
  return { console, tell };
}

test('short work passes in silence', () => {
  const { console, tell } = at(true);
  [0.1, 0.5, 0.9].forEach(tell);
  expect(console.noted()).toBe('');
});

test('in a log, long work says a line every ten seconds', () => {
  const { console, tell } = at(false);
  for (let seconds = 1; seconds <= 22; seconds += 1) tell(seconds);
  expect(console.noted()).toBe('after 1 s\nafter 11 s\nafter 21 s');
});

test('a line that people watch is replaced by the next', () => {
  const { console, tell } = at(true);
  [1, 1.5, 2].forEach(tell);
  expect(console.noted()).toBe('after 1 s\n\u001b[1A\u001b[2Kafter 2 s');
});
