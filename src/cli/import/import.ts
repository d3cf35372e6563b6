/** `steward policy import`: the configuration of another DCO tool becomes a policy that does the same. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Flaw } from '../../policy/positions.ts';
import { parse } from '../../policy/parse.ts';
import { inOrder, pathText, problemText } from '../../policy/problem.ts';
import { MAX_BYTES } from '../../policy/yaml.ts';
import { EXIT, type Console } from '../console.ts';
import type { Shelf } from '../policies.ts';
import { readAction } from './actions-dco.ts';
import { readApps } from './dco-app.ts';
import { policyText, type Decision } from './decision.ts';
import { UsageError } from '../repository.ts';
import type { ValidateOptions } from '../validate.ts';

const IMPORT_FROM = ['dco-app', 'actions-dco'] as const;

export interface PolicyImportOptions {
  readonly format: ValidateOptions['format'];
  readonly layer: ValidateOptions['layer'];
  readonly from?: (typeof IMPORT_FROM)[number];
}

/** Prints the policy, with a comment for each decision. */
export async function importPolicy(path: string, options: PolicyImportOptions, shelf: Shelf, console: Console): Promise<number> {
  const text = await textAt(path);
  const from = options.from ?? kindOf(path);
  const read = from === 'actions-dco' ? readAction(text) : readApps(text);
  if ('flaws' in read) return refuse(path, read.flaws, options, console);
  const decisions = options.layer === 'repository' ? read.decisions.map(forRepository) : read.decisions;
  const policy = policyText(basename(path), decisions);
  assertSound(policy, options.layer, shelf);
  const left = decisions.filter(({ isTodo }) => isTodo).length;
  if (options.format === 'json') await console.out(`${JSON.stringify({ version: 1, from, policy, decisions }, null, 2)}\n`);
  else await console.out(policy);
  if (left > 0) console.note(`${left} ${left === 1 ? 'thing is' : 'things are'} left for you: look for TODO.`);
  return EXIT.fine;
}

/** What only the organization's policy can say stays in a comment. */
function forRepository(decision: Decision): Decision {
  const { set } = decision;
  if (set?.key !== 'checkName' && set?.key !== 'mayOverride') return decision;
  const says = `${decision.says} Only the organization's policy can say so: ${set.key}: ${String(set.value)}`;
  return { ...decision, says, set: null, isTodo: true };
}

function kindOf(path: string): (typeof IMPORT_FROM)[number] {
  if (/\.toml$/i.test(path)) return 'actions-dco';
  if (/\.ya?ml$/i.test(path)) return 'dco-app';
  throw new UsageError(`${path} ends neither in .yml nor in .toml. Say with --from whose it is: ${IMPORT_FROM.join(' or ')}.`);
}

async function refuse(path: string, flaws: readonly Flaw[], { format }: PolicyImportOptions, console: Console): Promise<number> {
  const problems = inOrder(
    flaws.map(({ path: keys, ...flaw }) => ({ ...flaw, source: path, path: pathText(keys), severity: 'error' as const })),
  );
  if (format === 'json') await console.out(`${JSON.stringify({ version: 1, problems }, null, 2)}\n`);
  else console.note(problems.map(problemText).join('\n'));
  return EXIT.usage;
}

function assertSound(text: string, layer: ValidateOptions['layer'], { rules }: Shelf): void {
  const { problems } = parse({ layer, source: 'the imported policy', commit: null, oid: null, text }, rules);
  if (problems.length > 0) throw new Error(`The import made a policy that is not sound: ${problems.map(problemText).join(' ')}`);
}

async function textAt(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    // The readers refuse a larger file in words; there is no need to read it for that.
    return size > 16 * MAX_BYTES ? ' '.repeat(Math.min(size, 256 * MAX_BYTES)) : await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code);
    throw new UsageError(`${path} cannot be read: ${reason}.`, { cause: error });
  }
}
