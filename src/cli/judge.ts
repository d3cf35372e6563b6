/** `steward judge`: facts as JSON Lines in, one verdict a line out, by the same engine as everywhere. */
import { z } from 'zod';
import type { InForce } from '../policy/in-force.ts';
import { judge as judgeCase } from '../verdict/judge.ts';
import type { Circumstances, Verdict } from '../verdict/verdict.ts';
import { isBlocking } from './blocking.ts';
import { EXIT, type Console } from './console.ts';
import { linesOf, type Line } from './lines.ts';
import { policyAt, policyOf, type Shelf } from './policies.ts';
import { factsLine } from './schemas.ts';

const MAX_LINE = 8 * 1024 * 1024;

const NO_CIRCUMSTANCES: Circumstances = {
  title: null,
  url: null,
  author: null,
  baseRef: null,
  isDraft: false,
  defaultBranch: null,
};

/** A line that could not be judged. */
interface BadLine {
  readonly error: { readonly line: number; readonly message: string };
}

/** Judges every line of the input. A bad line is answered by an error object, and does not stop the others. */
export async function judge(options: { readonly policy: string }, shelf: Shelf, console: Console): Promise<number> {
  const inForce = await policyOf(await policyAt(options.policy), shelf);
  let code: number = EXIT.fine;
  for await (const line of linesOf(console.input, MAX_LINE)) {
    if (console.isClosed()) break;
    const answer = judgeLine(line, inForce, shelf, console.now());
    await console.out(`${JSON.stringify(answer)}\n`);
    code = Math.max(code, codeOf(answer));
  }
  return code;
}

function codeOf(answer: Verdict | BadLine): number {
  if ('error' in answer) return EXIT.usage;
  return isBlocking(answer) ? EXIT.blocking : EXIT.fine;
}

function judgeLine(line: Line, { policy, problems }: InForce, { rules }: Shelf, now: Date): Verdict | BadLine {
  const bad = (message: string): BadLine => ({ error: { line: line.number, message } });
  if (line.text === null) return bad(`The line cannot be read: ${line.problem ?? 'no reason is known'}.`);
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch (error) {
    return bad(`The line is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const parsed = factsLine.safeParse(value);
  if (!parsed.success) return bad(`The line does not fit the schema of facts:\n${z.prettifyError(parsed.error)}`);
  const { subject, sha, at, circumstances, facts } = parsed.data;
  return judgeCase({
    subject,
    sha,
    policy,
    problems,
    rules,
    facts: new Map(Object.entries(facts)),
    circumstances: { ...NO_CIRCUMSTANCES, ...circumstances },
    now: at === undefined ? now : new Date(at),
  });
}
