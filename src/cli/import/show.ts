/** Shows what came of an import, or why nothing did. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Problem } from '../../policy/policy.ts';
import { inOrder, pathText, problemText } from '../../policy/problem.ts';
import { POLICY_PATH } from '../../policy/reference.ts';
import { EXIT, type Console } from '../console.ts';
import { UsageError } from '../repository.ts';
import type { Fault, WaiverFile } from './decision.ts';
import type { Made, Named, PolicyImportOptions } from './asked.ts';

/** Everything that came of the files. */
export interface Shown extends Made {
  readonly waivers: readonly WaiverFile[];
  /** The waiver files that Steward does not take before their TODO is done. */
  readonly unready: readonly string[];
  readonly files: readonly Named[];
}

/** Prints the policy and the waivers, or writes them into a folder, and notes what is left to do. Throws `UsageError`. */
export async function show(made: Shown, { format, to }: PolicyImportOptions, console: Console): Promise<void> {
  const { policy, decisions, waivers, unready, files } = made;
  const todos = decisions.filter(({ isTodo }) => isTodo);
  const notCarriedOver = todos.map(({ source, line, key, found, says }) => ({ source, line, key: key || found, why: says }));
  if (to !== undefined) await write(to, [{ file: POLICY_PATH, text: policy }, ...waivers], console);
  if (format === 'json') {
    const from = files.map(({ source, from: tool }) => ({ file: source, tool }));
    await console.out(`${JSON.stringify({ version: 1, from, policy, waivers, notCarriedOver, decisions }, null, 2)}\n`);
  } else if (to === undefined) await console.out(policy + waivers.map(inComments).join(''));
  if (waivers.length > 0 && to === undefined) {
    console.note(
      `${waivers.length} ${waivers.length === 1 ? 'waiver' : 'waivers'} below the policy: --to FOLDER writes the files.`,
    );
  }
  for (const file of unready) console.note(`Not a waiver yet, before its TODO is done: ${file}`);
  if (todos.length > 0)
    console.note(`${todos.length} ${todos.length === 1 ? 'thing is' : 'things are'} left for you: look for TODO.`);
}

/** A waiver is a file of its own; in comments below the policy it changes nothing there. */
function inComments({ file, text }: WaiverFile): string {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => `# ${line}`.trimEnd());
  return `\n# ---- ${file}\n${lines.join('\n')}\n`;
}

async function write(folder: string, files: readonly WaiverFile[], console: Console): Promise<void> {
  for (const { file, text } of files) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeFile(path, text, { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw new UsageError(`${path} is there already, and nothing is written over it. Name another folder with --to.`, {
        cause: error,
      });
    }
    console.note(`Written: ${path}`);
  }
}

/** Tells everything that is wrong with the files. */
export async function refuse(faults: readonly Fault[], { format }: PolicyImportOptions, console: Console): Promise<number> {
  const bySource = Map.groupBy(faults, ({ source }) => source);
  const problems = [...bySource.values()].flatMap((some) =>
    inOrder(some.map(({ path, ...flaw }): Problem => ({ ...flaw, path: pathText(path), severity: 'error' }))),
  );
  if (format === 'json') await console.out(`${JSON.stringify({ version: 1, problems }, null, 2)}\n`);
  else console.note(problems.map(problemText).join('\n'));
  return EXIT.usage;
}
