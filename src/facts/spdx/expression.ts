/** SPDX license expressions: what they say, read without recursion and without ever growing faster than their text. */
import { unknown, type Answer } from '../answer.ts';

/** One license of an expression. */
export interface License {
  readonly kind: 'license';
  /** SPDX id in its own spelling, without deprecated forms (`GPL-2.0+` is `GPL-2.0-or-later`), or a `LicenseRef-`, or a `DocumentRef-…:LicenseRef-`. */
  readonly id: string;
  /** An explicit `+` on an id that has no `-or-later` form: `CDDL-1.0+`. */
  readonly orLater: boolean;
  /** SPDX exception id; null: none. */
  readonly exception: string | null;
}

/** `NONE` and `UNLICENSED`: nobody may use it. */
export interface NoLicense {
  readonly kind: 'none';
}

/** `NOASSERTION` and nothing written: nobody said. */
export interface NoAssertion {
  readonly kind: 'no-assertion';
}

export interface Compound {
  readonly kind: 'and' | 'or';
  /** At least two, none of them of the same kind. */
  readonly operands: readonly Expression[];
}

export type Expression = License | NoLicense | NoAssertion | Compound;

/** Reads an expression; unknown, with what was found and what was wanted, when it is none. */
export function parseExpression(_text: string): Answer<Expression> {
  return unknown('expressions are not read yet');
}

/** The expression in SPDX's own spelling, with as few parentheses as its meaning allows. */
export function printExpression(_expression: Expression): string {
  return '';
}
