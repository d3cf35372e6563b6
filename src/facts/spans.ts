/** Code spans and struck out text that go over several lines of a paragraph, as GitHub renders them. */

/** Backticks or tildes in a row. */
interface Run {
  readonly line: number;
  readonly mark: string;
  readonly isStart: boolean;
  readonly isEnd: boolean;
}

/** Indexes of the lines that begin within a code span or struck out text. A line that is null ends a paragraph, as an empty one does. */
export function acrossLines(lines: readonly (string | null)[]): ReadonlySet<number> {
  const within = new Set<number>();
  let runs: Run[] = [];
  for (const [index, line] of [...lines, null].entries()) {
    if (line !== null && line.trim() !== '') runs.push(...runsOf(line, index));
    else {
      for (const kind of ['`', '~'])
        mark(
          runs.filter((run) => run.mark.startsWith(kind)),
          within,
        );
      runs = [];
    }
  }
  return within;
}

function runsOf(line: string, index: number): readonly Run[] {
  return [...line.matchAll(/`+|~+/g)].flatMap(({ 0: run, index: at }) => {
    if (run.startsWith('`')) return { line: index, mark: run, isStart: true, isEnd: true };
    // Tildes strike out what they touch, one or two on either side.
    const isStart = /\S/.test(line.charAt(at + run.length));
    return run.length > 2 ? [] : { line: index, mark: run, isStart, isEnd: /\S/.test(line.charAt(at - 1)) };
  });
}

/** From each run that has an end to that: the next one that is as long. What has none is only a character. */
function mark(runs: readonly Run[], within: Set<number>): void {
  const next = new Map<string, Run>();
  const ends = new Map<Run, Run>();
  for (const run of runs.toReversed()) {
    const end = next.get(run.mark);
    if (end && run.isStart) ends.set(run, end);
    if (run.isEnd) next.set(run.mark, run);
  }
  let until: Run | null = null;
  for (const run of runs) {
    if (until !== null) {
      if (run === until) until = null;
      continue;
    }
    until = ends.get(run) ?? null;
    for (let line = run.line + 1; until !== null && line <= until.line; line += 1) within.add(line);
  }
}
