/** `steward policy validate`: everything that is wrong with policy files, with line and column. */
import type { LayerKind, PolicyFile, Problem } from '../policy/policy.ts';
import { parse, references } from '../policy/parse.ts';
import { readTests } from '../verdict/policy-test-file.ts';
import { problemText } from '../policy/problem.ts';
import { referenceText } from '../policy/reference.ts';
import { ownNotices } from '../policy/own-notices.ts';
import { resolve } from '../policy/resolve.ts';
import { EXIT, type Console } from './console.ts';
import { policyAt, type Shelf } from './policies.ts';
import { isWaiver, waiverProblems } from './validate-waiver.ts';

export const VALIDATE_FORMATS = ['text', 'json'] as const;
export const LAYERS = ['organization', 'repository'] as const satisfies readonly LayerKind[];

export interface ValidateOptions {
  readonly format: (typeof VALIDATE_FORMATS)[number];
  readonly layer: (typeof LAYERS)[number];
}

interface Validated {
  readonly file: string;
  readonly valid: boolean;
  readonly problems: readonly Problem[];
}

/** Validates files and prints all their problems. */
export async function validate(
  paths: readonly string[],
  options: ValidateOptions,
  shelf: Shelf,
  console: Console,
): Promise<number> {
  const results: Validated[] = [];
  for (const path of paths) results.push(await validateFile(await policyAt(path, options.layer), shelf, console));
  await console.out(options.format === 'json' ? `${JSON.stringify(results, null, 2)}\n` : results.map(textOf).join(''));
  return results.every(({ valid }) => valid) ? EXIT.fine : EXIT.usage;
}

/** What a file is, its name and folder say: a waiver, a policy test, or else a policy. */
async function validateFile(file: PolicyFile, shelf: Shelf, console: Console): Promise<Validated> {
  if (isWaiver(file.source)) return judged(file, await waiverProblems(file, shelf, console.now()));
  if (/\.test\.ya?ml$/.test(file.source)) return judged(file, readTests(file, shelf.rules).problems);
  return validatePolicy(file, shelf, console);
}

function judged({ source }: PolicyFile, problems: readonly Problem[]): Validated {
  return { file: source, valid: problems.every(({ severity }) => severity !== 'error'), problems };
}

function validatePolicy(file: PolicyFile, { rules, presets }: Shelf, console: Console): Validated {
  const { document, problems } = parse(file, rules, presets);
  if (!document) return { file: file.source, valid: false, problems };
  const reference = references(document);
  if (reference) console.note(`Note: ${file.source} extends ${referenceText(reference)}, which is read on GitHub and not here.`);
  const now = console.now();
  const found = resolve([document], rules, presets, { now, traits: null, isFirst: null }).problems;
  return judged(file, [...found, ...ownNotices(document, rules, presets, now.toISOString().slice(0, 10))]);
}

function textOf({ file, valid, problems }: Validated): string {
  const lines = problems.map(problemText);
  return [...lines, ...(valid ? [`${file}: valid`] : [])].map((line) => `${line}\n`).join('');
}
