/** `steward policy validate`: everything that is wrong with policy files, with line and column. */
import type { LayerKind, PolicyFile, Problem } from '../policy/policy.ts';
import { parse, references } from '../policy/parse.ts';
import { problemText } from '../policy/problem.ts';
import { referenceText } from '../policy/reference.ts';
import { resolve } from '../policy/resolve.ts';
import { EXIT, type Console } from './console.ts';
import { policyAt, type Shelf } from './policies.ts';

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
  for (const path of paths) results.push(validateFile(await policyAt(path, options.layer), shelf, console));
  await console.out(options.format === 'json' ? `${JSON.stringify(results, null, 2)}\n` : results.map(textOf).join(''));
  return results.every(({ valid }) => valid) ? EXIT.fine : EXIT.usage;
}

function validateFile(file: PolicyFile, { rules, presets }: Shelf, console: Console): Validated {
  const { document, problems } = parse(file, rules, presets);
  if (!document) return { file: file.source, valid: false, problems };
  const reference = references(document);
  if (reference) console.note(`Note: ${file.source} extends ${referenceText(reference)}, which is read on GitHub and not here.`);
  const found = resolve([document], rules, presets, { now: console.now(), traits: null, isFirst: null }).problems;
  return { file: file.source, valid: found.every(({ severity }) => severity !== 'error'), problems: found };
}

function textOf({ file, valid, problems }: Validated): string {
  const lines = problems.map(problemText);
  return [...lines, ...(valid ? [`${file}: valid`] : [])].map((line) => `${line}\n`).join('');
}
