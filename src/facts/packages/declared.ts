/** What a declared license means in SPDX's words. */
import { parseExpression, printExpression } from '../spdx/expression.ts';
import type { Declared } from './package.ts';

/** A license as a manifest writes it; null expression: it is not one of SPDX's. */
export function declared(text: string, line: number | null): Declared {
  return { text, expression: expressionOf(text), line };
}

/** In SPDX's own spelling; null: that cannot be told. npm writes `UNLICENSED` where nobody may use a package. */
export function expressionOf(text: string): string | null {
  if (text.trim().toUpperCase() === 'UNLICENSED') return 'NONE';
  const parsed = parseExpression(text);
  return parsed.known ? printExpression(parsed.value) : null;
}
