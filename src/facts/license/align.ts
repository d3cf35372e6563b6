/** Aligns the words of a license with those of a text: Myers' O(ND) difference algorithm, given up where it gets dear. */

/** Places in the license and in the text between which they differ; one of the two may be empty. */
export interface Difference {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

type Words = Readonly<Uint16Array> | Readonly<Int32Array>;

/** What all comparisons of one text may cost together: every word that is looked at is a step. */
export interface Budget {
  steps: number;
}

/** The differences between `license` and `text[start, end)` in their order; null: more than `most` words, or over budget. */
export function align(
  license: Words,
  text: Words,
  start: number,
  end: number,
  most: number,
  budget: Budget,
): readonly Difference[] | null {
  let head = 0;
  while (head < license.length && start + head < end && license[head] === text[start + head]) head += 1;
  let tail = 0;
  const room = Math.min(license.length, end - start) - head;
  while (tail < room && license[license.length - 1 - tail] === text[end - 1 - tail]) tail += 1;
  budget.steps -= head + tail;
  const [n, m] = [license.length - head - tail, end - start - head - tail];
  if (Math.abs(n - m) > most) return null;
  if (n === 0 || m === 0) return n + m === 0 ? [] : [{ from: head, to: head + n, start: start + head, end: start + head + m }];
  const trace = forward(license, head, n, text, start + head, m, Math.min(most, n + m), budget);
  return trace === null ? null : backward(trace, n, m, head, start + head);
}

/** The furthest places of every step, one array a step; null: given up. */
function forward(
  license: Words,
  from: number,
  n: number,
  text: Words,
  start: number,
  m: number,
  most: number,
  budget: Budget,
): readonly Int32Array[] | null {
  const trace: Int32Array[] = [];
  const furthest = new Int32Array(2 * most + 3);
  budget.steps -= most >> 3;
  const zero = most + 1;
  for (let step = 0; step <= most; step += 1) {
    budget.steps -= step + 1;
    if (budget.steps < 0) return null;
    // Diagonals that lie outside of both texts lead nowhere.
    const [low, high] = [-(step - 2 * Math.max(0, step - m)), step - 2 * Math.max(0, step - n)];
    for (let diagonal = low; diagonal <= high; diagonal += 2) {
      const [down, right] = [furthest[zero + diagonal + 1] ?? 0, (furthest[zero + diagonal - 1] ?? 0) + 1];
      let x = step === 0 ? 0 : diagonal === -step || (diagonal !== step && right <= down) ? down : right;
      let y = x - diagonal;
      const begin = x;
      while (x < n && y < m && license[from + x] === text[start + y]) {
        x += 1;
        y += 1;
      }
      furthest[zero + diagonal] = x;
      budget.steps -= x - begin;
      if (x >= n && y >= m) {
        trace.push(furthest.slice(zero - step, zero + step + 1));
        return trace;
      }
    }
    trace.push(furthest.slice(zero - step, zero + step + 1));
  }
  return null;
}

/** Walks the steps back from the end, and joins what touches. */
function backward(trace: readonly Int32Array[], n: number, m: number, from: number, start: number): readonly Difference[] {
  const found: { from: number; to: number; start: number; end: number }[] = [];
  let [x, y] = [n, m];
  for (let step = trace.length - 1; step > 0; step -= 1) {
    const before = trace[step - 1] ?? new Int32Array();
    const reach = (diagonal: number): number => (Math.abs(diagonal) > step - 1 ? -1 : (before[diagonal + step - 1] ?? -1));
    const diagonal = x - y;
    const goesDown = diagonal === -step || (diagonal !== step && reach(diagonal - 1) + 1 <= reach(diagonal + 1));
    const px = goesDown ? reach(diagonal + 1) : reach(diagonal - 1);
    const py = px - (goesDown ? diagonal + 1 : diagonal - 1);
    const [toX, toY] = goesDown ? [px, py + 1] : [px + 1, py];
    const last = found.at(-1);
    if (last && last.from === from + toX && last.start === start + toY) [last.from, last.start] = [from + px, start + py];
    else found.push({ from: from + px, to: from + toX, start: start + py, end: start + toY });
    [x, y] = [px, py];
  }
  return found.reverse();
}
