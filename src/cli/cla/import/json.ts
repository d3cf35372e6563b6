/** Lists that are JSON: items are counted from 1. */
import type { z } from 'zod';
import { found } from '../../../policy/problem.ts';
import { UsageError } from '../../repository.ts';
import { parsed, type Parsed, type Reading } from './row.ts';

/** The value of a JSON text. Throws `UsageError` with the place of what is wrong. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new UsageError(`The file is no JSON: ${(error as Error).message}.`, { cause: error });
  }
}

/** The list that a JSON text is. Throws `UsageError` when it is something else. */
export function itemsOf(text: string, wanted: string): readonly unknown[] {
  return listIn(jsonOf(text), wanted);
}

/** A value as a list. Throws `UsageError`. */
export function listIn(value: unknown, wanted: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UsageError(`The file holds ${found(value)}; wanted: ${wanted}.`);
}

/** Reads items of one shape; those of another are flaws. */
export function readItems<T>(items: readonly unknown[], shape: z.ZodType<T>, read: (item: T) => Reading): Parsed {
  return parsed(
    items.map((item, index) => {
      const result = shape.safeParse(item);
      const reading = result.success ? read(result.data) : flawOf(item, result.error);
      return { line: index + 1, raw: JSON.stringify(item), reading };
    }),
  );
}

function flawOf(item: unknown, error: z.ZodError): Reading {
  const [issue] = error.issues;
  const path = issue?.path.join('.') ?? '';
  const at = (item as Readonly<Record<string, unknown>> | null)?.[path];
  return {
    found: path === '' ? found(item) : `${found(at)} under ${path}`,
    wanted: wantedBy(issue),
  };
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a group of keys',
  array: 'a list',
};

/** What the shape wants, in words; the parser's own, where it has none of these kinds. */
function wantedBy(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_type') return KINDS[issue.expected] ?? issue.expected;
  if (issue?.code === 'too_small') return 'a number above 0';
  return issue?.message ?? '';
}
